"""Tables without rules, told by the order in which their cells were drawn."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.document import Table
from extract.pdf import pdfium_reader
from tests.pdf_drawing import Sheet

LEADING = 11.0


def cell(sheet: Sheet, x: float, top: float, text: str, size: float = 9) -> None:
    """One cell's lines, drawn from the top down."""
    for number, line in enumerate(text.split("\n")):
        sheet.text(x, top + LEADING * number, line, size)


def tables(sheet: Sheet) -> list[Table]:
    reading = pdfium_reader.read(sheet.done())
    return [block for block in reading.blocks if isinstance(block, Table)]


def rows_of(table: Table) -> list[list[str]]:
    return [[c.text for c in table.cells if c.row == row] for row in range(table.rows)]


def draw(sheet: Sheet, rows: Sequence[Sequence[str]], xs: Sequence[float], top: float) -> float:
    """Rows of cells set to the left and to the top, each as high as its highest cell."""
    for row in rows:
        for x, text in zip(xs, row, strict=True):
            if text:
                cell(sheet, x, top, text)
        top += LEADING * max(text.count("\n") + 1 for text in row) + 9
    return top


def test_labels_of_several_lines_set_to_the_top() -> None:
    rows = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "1", "2", "3"],
        ["行政规范\n性文件", "4", "5", "16"],
        ["其他主动\n公开文件", "7", "8", "19"],
    ]
    sheet = Sheet()
    draw(sheet, rows, [80, 125, 200, 275], 100)
    (table,) = tables(sheet)
    assert rows_of(table) == rows


def test_labels_that_all_but_touch_the_figures() -> None:
    labels = ["1.属于国家秘密", "2.法律法规禁止", "3.安全稳定情形", "4.第三方的权益"]
    rows = [[label, str(n), str(n + 1), str(2 * n + 1)] for n, label in enumerate(labels, 1)]
    sheet = Sheet()
    draw(sheet, rows, [80, 148, 200, 250], 100)
    (table,) = tables(sheet)
    assert [row[-4:] for row in rows_of(table)] == rows


def test_figures_right_of_heads_set_to_the_left() -> None:
    sheet = Sheet()
    xs = [80, 180, 300, 420]
    draw(sheet, [["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"]], xs, 100)
    for row, (label, figures) in enumerate([("规章", "101"), ("规范性文件", "657")]):
        sheet.text(80, 120 + 20 * row, label, 9)
        for x, figure in zip((285, 405, 525), figures, strict=True):
            sheet.text(x, 120 + 20 * row, figure, 9)
    (table,) = tables(sheet)
    assert rows_of(table) == [
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["规章", "1", "0", "1"],
        ["规范性文件", "6", "5", "7"],
    ]


@pytest.mark.parametrize("figure", ["222", "９１３"])
def test_a_figure_that_goes_on_in_the_next_line_is_one(figure: str) -> None:
    sheet = Sheet()
    xs = [80, 180, 240, 300]
    draw(sheet, [["项目", "结果一", "结果二", "总计"], ["甲类", "1", "2", "3"]], xs, 100)
    draw(sheet, [["乙类", f"{figure[:2]}\n{figure[2]}", "5", "7"]], xs, 150)
    (table,) = tables(sheet)
    assert rows_of(table)[-1] == ["乙类", f"{figure[:2]}\n{figure[2]}", "5", "7"]


def test_a_group_without_labels_of_its_own_rows() -> None:
    sheet = Sheet()
    xs = [300, 340, 380, 420, 460]
    draw(sheet, [["（一）公开", "1", "2", "3", "4", "10"]], [80, *xs], 100)
    sheet.text(80, 140, "（二）不公开", 9)
    draw(sheet, [["1", "0", "0", "0", "1"], ["2", "0", "0", "1", "3"]], xs, 130)
    draw(sheet, [["1", "1", "0", "0", "2"]], xs, 170)
    draw(sheet, [["（三）总计", "5", "3", "3", "5", "16"]], [80, *xs], 190)
    (table,) = tables(sheet)
    spans = [(c.row, c.rowspan, c.text) for c in table.cells if c.text.startswith("（")]
    assert spans == [(0, 1, "（一）公开"), (1, 3, "（二）不公开"), (4, 1, "（三）总计")]


def test_cells_drawn_in_no_order_are_left_to_their_places() -> None:
    sheet = Sheet()
    xs = [80, 200, 280, 360]
    rows = [["甲类", "1", "2", "3"], ["乙类", "4", "5", "9"], ["丙类", "0", "1", "1"]]
    for column in range(4):
        for number, row in enumerate(rows):
            sheet.text(xs[column], 100 + 18 * number, row[column], 9)
    (table,) = tables(sheet)
    assert rows_of(table) == rows
