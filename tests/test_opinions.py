"""What happens when one reader's figures do not add up and another one is asked."""

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.document import Document
from extract.text import reader as text_reader
from normalize import interpret
from normalize.opinions import (
    Difference,
    differences,
    is_in_dispute,
    needs_another_opinion,
    weigh_opinions,
)
from normalize.report import Status
from normalize.tables import TableReading
from tests.reading import TITLE, cell, flags
from tests.requests_text import one_row_a_line, sound_figures


def document_by(reader: str, figures: list[list[int]]) -> Document:
    blocks = text_reader.read(f"{TITLE}\n{one_row_a_line(figures)}").blocks
    return Document("a.pdf", "0" * 64, "application/pdf", reader, None, blocks)


def misread(row: int, column: int, figure: int) -> list[list[int]]:
    figures = sound_figures()
    figures[row][column] = figure
    return figures


def test_a_sound_reading_needs_no_second_one() -> None:
    assert not needs_another_opinion(interpret(document_by("pdfium", sound_figures())))
    assert needs_another_opinion(interpret(document_by("pdfium", misread(0, 0, 17))))


@pytest.mark.parametrize("swapped", [False, True])
def test_the_reading_that_adds_up_wins_and_the_difference_is_flagged(swapped: bool) -> None:
    readings = [
        document_by("pdfium", misread(0, 0, 10)),
        document_by("pdfplumber", sound_figures()),
    ]
    kept = interpret(*(reversed(readings) if swapped else readings))
    received = cell(kept, "requests", "received", "natural_person")
    assert (received.value, received.reader) == (Decimal(16), "pdfplumber")
    assert flags(kept) == {("requests", "received", "natural_person"): ("pdfium reads '10'",)}
    assert is_in_dispute(kept)


def test_when_both_agree_the_agency_printed_it_so() -> None:
    wrong = misread(0, 0, 17)
    kept = interpret(document_by("pdfium", wrong), document_by("pdfplumber", wrong))
    assert kept.reader == "pdfium"
    assert cell(kept, "requests", "received", "natural_person").value == 17
    assert cell(kept, "requests", "received", "natural_person").doubts == (
        "fails Q-ROW",
        "fails Q-BAL",
    )
    assert not is_in_dispute(kept)


def test_a_table_that_only_another_reader_finds_is_taken_from_it() -> None:
    without = Document("a.pdf", "0" * 64, "application/pdf", "pdfium", None, ())
    blocks = text_reader.read(
        f"{TITLE}\n一、总体情况\n本年度认真公开政府信息。\n三、申请情况\n见下表。"
    ).blocks
    kept = interpret(replace(without, blocks=blocks), document_by("pdfplumber", sound_figures()))
    assert cell(kept, "requests", "received", "natural_person").reader == "pdfplumber"
    assert [section.heading for section in kept.sections] == ["", "一、总体情况", "三、申请情况"]


def test_differences_name_every_reading_of_a_cell() -> None:
    reports = [
        interpret(document_by("pdfium", misread(0, 0, 10))),
        interpret(document_by("camelot", sound_figures())),
    ]
    assert differences(reports) == (
        Difference(
            "requests",
            "received",
            "natural_person",
            None,
            (("pdfium", "10"), ("camelot", "16")),
        ),
    )


def test_a_reading_with_more_cells_that_contradicts_the_first_is_not_taken() -> None:
    blocks = text_reader.read(f"{TITLE}\n{PROACTIVE_WITHOUT_FEES}").blocks
    more = text_reader.read(f"{TITLE}\n{PROACTIVE_OTHERWISE}").blocks
    first = Document("a.pdf", "0" * 64, "application/pdf", "pdfium", None, blocks)
    kept = interpret(first, replace(first, reader="camelot", blocks=more))
    assert cell(kept, "proactive", "permits", "decisions").value == 12
    assert cell(kept, "proactive", "permits", "decisions").doubts == ("camelot reads '13'",)
    assert cell(kept, "proactive", "fees", "amount").status.value == "missing"


def test_a_cell_that_only_another_reader_found_is_in_doubt() -> None:
    blocks = text_reader.read(f"{TITLE}\n{PROACTIVE_WITHOUT_FEES}").blocks
    more = text_reader.read(f"{TITLE}\n{PROACTIVE_WHOLE}").blocks
    first = Document("a.pdf", "0" * 64, "application/pdf", "pdfium", None, blocks)
    kept = interpret(first, replace(first, reader="camelot", blocks=more))
    assert "found by camelot alone" in cell(kept, "proactive", "fees", "amount").doubts
    assert cell(kept, "proactive", "permits", "decisions").doubts == ()


PROACTIVE_WITHOUT_FEES = "\n".join(
    (
        "第二十条第（一）项",
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数",
        "规章\t0\t0\t0",
        "行政规范性文件\t3\t0\t9",
        "第二十条第（五）项",
        "信息内容\t本年处理决定数量",
        "行政许可\t12",
        "第二十条第（六）项",
        "信息内容\t本年处理决定数量",
        "行政处罚\t4",
        "行政强制\t0",
    )
)
PROACTIVE_WHOLE = "\n".join(
    (
        PROACTIVE_WITHOUT_FEES,
        "第二十条第（八）项",
        "信息内容\t本年收费金额（单位：万元）",
        "行政事业性收费\t5.5",
    )
)
PROACTIVE_OTHERWISE = PROACTIVE_WHOLE.replace("行政许可\t12", "行政许可\t13")


@pytest.mark.parametrize(("second", "value"), [(0, Decimal(0)), (1, None)])
def test_a_blank_yields_to_a_figure_that_two_others_agree_on(
    second: int, value: Decimal | None
) -> None:
    sound = interpret(document_by("pdfium", sound_figures()))
    zero = replace(cell(sound, "requests", "received", "research"), value=Decimal(0), raw="0")
    said = (
        replace(zero, value=None, status=Status.BLANK, raw="", reader="camelot"),
        zero,
        replace(zero, value=Decimal(second), raw=str(second), reader="pdfplumber"),
    )
    opinions = [TableReading("requests", one.reader or "", (one,), (), ()) for one in said]
    (kept,) = weigh_opinions(opinions[:1], [[one] for one in opinions[1:]])
    assert kept.observations[0].value == value
    assert kept.observations[0].doubts
