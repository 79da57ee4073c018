"""Rows that a reader tore apart, and rows that only look like it."""

import pytest

from extract.document import Cell, Document, Table, Text
from normalize import interpret
from normalize.report import Report
from tests.reading import TITLE, flags, values
from tests.requests_text import LABELS, sound_figures

BLANK = [""] * 7


def grid_to_report(rows: list[list[str]]) -> Report:
    cells = tuple(
        Cell(row, column, text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    blocks = (
        Text("heading", TITLE),
        Text("heading", "三、收到和处理政府信息公开申请情况"),
        Table(len(rows), 8, cells),
    )
    return interpret(Document("a.pdf", "0" * 64, "application/pdf", "pdfium", 1, blocks))


def rows_with(split: dict[int, list[list[str]]]) -> list[list[str]]:
    """The table with some rows replaced by the pieces they are torn into."""
    rows = []
    for at, (label, figures) in enumerate(zip(LABELS, sound_figures(), strict=True)):
        rows += split.get(at, [[label, *map(str, figures)]])
    return rows


FIVE = [str(figure) for figure in sound_figures()[5]]


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param(
            [["2.其他法律行政法规禁", *BLANK], ["止公开", *FIVE]], id="figures beside the end"
        ),
        pytest.param(
            [["2.其他法律行政法规禁", *FIVE], ["止公开", *BLANK]], id="figures beside the beginning"
        ),
        pytest.param(
            [["2.其他法律行政", *BLANK], ["", *FIVE], ["法规禁止公开", *BLANK]],
            id="figures between",
        ),
        pytest.param(
            [["2.其他", *BLANK], ["法律行政", *BLANK], ["", *FIVE], ["法规禁止公开", *BLANK]],
            id="four lines",
        ),
    ],
)
def test_the_pieces_of_a_row_are_joined(pieces: list[list[str]]) -> None:
    report = grid_to_report(rows_with({5: pieces}))
    assert values(report, "requests", "refused_prohibited_by_law") == sound_figures()[5]
    assert flags(report) == {}


def test_a_blank_row_stays_blank_beside_whole_rows() -> None:
    report = grid_to_report(rows_with({4: [[LABELS[4], *BLANK]]}))
    assert values(report, "requests", "refused_state_secret") == ["blank"] * 7
    assert values(report, "requests", "refused_prohibited_by_law") == sound_figures()[5]
    assert flags(report) == {}


def test_figures_between_two_whole_labels_belong_to_neither_and_put_both_in_doubt() -> None:
    torn = {4: [[LABELS[4], *BLANK], ["", *FIVE]], 5: [[LABELS[5], *BLANK]]}
    report = grid_to_report(rows_with(torn))
    doubt = "figures without a label stand near this blank row"
    for row in ("refused_state_secret", "refused_prohibited_by_law"):
        assert values(report, "requests", row) == ["blank"] * 7
        assert doubt in flags(report)["requests", row, "total"]
