"""What happens when one reader's figures do not add up and another one is asked."""

from dataclasses import replace
from decimal import Decimal

import pytest

from normalize.report import Report
from pipeline.opinions import needs_second_opinion, weigh_opinions
from tests.reading import cell, flags, text_to_report
from tests.requests_text import one_row_a_line, sound_figures


def report_by(reader: str, figures: list[list[int]]) -> Report:
    report = text_to_report(one_row_a_line(figures))
    observations = tuple(replace(o, reader=reader) for o in report.observations)
    return replace(report, reader=reader, observations=observations)


def misread(row: int, column: int, figure: int) -> list[list[int]]:
    figures = sound_figures()
    figures[row][column] = figure
    return figures


def test_a_sound_reading_needs_no_second_one() -> None:
    assert not needs_second_opinion(report_by("pdfium", sound_figures()))
    assert needs_second_opinion(report_by("pdfium", misread(0, 0, 17)))


@pytest.mark.parametrize("swapped", [False, True])
def test_the_reading_that_adds_up_wins_and_the_difference_is_flagged(swapped: bool) -> None:
    readings = [report_by("pdfium", misread(0, 0, 10)), report_by("pdfplumber", sound_figures())]
    kept = weigh_opinions(*(reversed(readings) if swapped else readings))
    received = cell(kept, "requests", "received", "natural_person")
    assert (received.value, received.reader) == (Decimal(16), "pdfplumber")
    assert flags(kept) == {("requests", "received", "natural_person"): ("pdfium reads '10'",)}


def test_when_both_agree_the_agency_printed_it_so() -> None:
    wrong = misread(0, 0, 17)
    kept = weigh_opinions(report_by("pdfium", wrong), report_by("pdfplumber", wrong))
    assert kept.reader == "pdfium"
    assert cell(kept, "requests", "received", "natural_person").value == 17
    assert cell(kept, "requests", "received", "natural_person").doubts == (
        "fails Q-ROW",
        "fails Q-BAL",
    )
