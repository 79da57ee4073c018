"""Tables without upright rules in which rows hold words or nothing in place of figures."""

from collections.abc import Sequence

import pytest

from extract.document import Table
from extract.pdf import pdfium_reader
from tests.pdf_drawing import Sheet, spans, tables

HEADS = ["类别", "自然人", "企业", "科研机构", "其他", "总计"]
XS = [80.0, 260.0, 310.0, 360.0, 420.0, 470.0]


def lines(sheet: Sheet, rows: Sequence[Sequence[str]], top: float, pitch: float = 18) -> None:
    """Labels from the left, everything else in the middle of its column."""
    for number, row in enumerate(rows):
        for column, (x, text) in enumerate(zip(XS, row, strict=False)):
            if column == 0:
                sheet.text(x, top + number * pitch, text, 9)
            elif text:
                sheet.centered(x - 25, x + 25, top + number * pitch, text, 9)


def read(sheet: Sheet) -> list[Table]:
    return tables(pdfium_reader.read(sheet.done()))


def grid(table: Table) -> list[list[str]]:
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            [
                ["一、新收", "3", "", "1", "", "4"],
                ["二、结转", "", "", "", "", ""],
                ["三、公开", "2", "", "", "", "2"],
                ["四、不公开", "1", "", "1", "", "2"],
            ],
            id="a numbered row without a figure",
        ),
        pytest.param(
            [["规章", "", "", "", "", ""], ["文件", "1", "2", "3", "4", "10"]],
            id="a row without a figure under the heads",
        ),
        pytest.param(
            [
                ["规章", "不制定", "不制定", "无", "不制定", "不制定"],
                ["文件", "1", "2", "3", "4", "10"],
            ],
            id="words under the heads",
        ),
        pytest.param([["强制", "-", "-", "-", "-", "-"]], id="dashes alone"),
        pytest.param([["许可", "5", "6", "7", "无", "18"]], id="a word for none"),
    ],
)
def test_rows_are_kept_apart(rows: list[list[str]]) -> None:
    sheet = Sheet()
    lines(sheet, [HEADS, *rows], 100)
    (table,) = read(sheet)
    assert grid(table) == [HEADS, *rows]


def test_figures_in_one_column_keep_to_the_columns_of_the_page_before() -> None:
    first = [["一、新收", "3", "1", "2", "1", "7"], ["二、结转", "1", "1", "1", "1", "4"]]
    rest = [
        [label, "", "", "", "", total] for label, total in (("三、公开", "2"), ("四、其他", "1"))
    ]
    sheet = Sheet()
    lines(sheet, [HEADS, *first], 720)
    for number in range(4):
        sheet.line(70, 716 + 18 * number, 500, 716 + 18 * number)
    sheet.page()
    lines(sheet, rest, 64)
    for number in range(3):
        sheet.line(70, 60 + 18 * number, 500, 60 + 18 * number)
    (table,) = read(sheet)
    assert grid(table) == [HEADS, *first, *rest]


def test_heads_over_an_empty_row_between_rules() -> None:
    sheet = Sheet()
    for y in (100, 118, 136):
        sheet.line(230, y, 500, y)
    for x, text in zip(XS[1:], ("维持", "纠正", "其他", "未结", "总计"), strict=True):
        sheet.centered(x - 25, x + 25, 104, text, 9)
    (table,) = read(sheet)
    assert grid(table) == [["维持", "纠正", "其他", "未结", "总计"], [""] * 5]


def test_labels_in_the_middle_of_rows_without_labels() -> None:
    rows = [
        ["（一）公开", "1", "0", "0", "0", "1"],
        ["", "2", "0", "0", "0", "2"],
        ["", "3", "0", "0", "0", "3"],
        ["", "4", "0", "0", "0", "4"],
        ["", "5", "0", "0", "0", "5"],
        ["（三）总计", "15", "0", "0", "0", "15"],
    ]
    sheet = Sheet()
    lines(sheet, [HEADS, *rows], 100)
    sheet.text(80, 100 + 2 * 18 + 27, "（二）不公开", 9)
    (table,) = read(sheet)
    assert [span for span in spans(table) if span[1] == 0 and span[0] > 0] == [
        (1, 0, 1, 1, "（一）公开"),
        (2, 0, 4, 1, "（二）不公开"),
        (6, 0, 1, 1, "（三）总计"),
    ]
