"""Rows and groups cut in two by a page break: made whole, and none beside the wrong label."""

from collections.abc import Sequence
from types import ModuleType

import pytest

from tests.pdf_drawing import (
    READERS,
    Sheet,
    Span,
    even,
    grid,
    rows,
    spans,
    tables,
)
from tests.pdf_two_pages import FOOT, HEAD, XS, label_row, only_table, two_pages

pytestmark = pytest.mark.parametrize("reader", READERS, ids=lambda r: r.__name__.split(".")[-1])


@pytest.mark.parametrize("number", ["- {} -", "— {} —", "{}", "第 {} 页 共 2 页"])
def test_group_cut_without_a_bottom_rule(reader: ModuleType, number: str) -> None:
    above: list[Span] = [
        (0, 0, 2, 1, "三"),
        (0, 1, 2, 1, "（四）无法提供"),
        *label_row(0, "1.本机关不掌握", "10", "10"),
        *label_row(1, "2.没有现成信息", "3", "3"),
    ]
    below: list[Span] = [
        (0, 0, 3, 1, ""),
        (0, 1, 1, 1, ""),
        *label_row(0, "3.补正后仍不明确", "0", "0"),
        (1, 1, 1, 2, "（七）总计"),
        (1, 3, 1, 1, "13"),
        (1, 4, 1, 1, "13"),
        (2, 1, 1, 2, "（八）其他"),
        (2, 3, 1, 1, "1"),
        (2, 4, 1, 1, ""),
    ]
    sheet = Sheet()
    sheet.text(60, 100, "一、总体情况", 12)
    sheet.table(XS, [FOOT - 48, FOOT - 24, FOOT], above, open_bottom=True)
    sheet.text(290, 800, number.format(1), 9)
    sheet.page()
    for row, column, rowspan, colspan, text in below:
        open_top = row == 0 and column < 2
        sheet.table(
            [XS[column], XS[column + colspan]],
            [HEAD + 24 * row, HEAD + 24 * (row + rowspan)],
            [(0, 0, 1, 1, text)],
            open_top=open_top,
        )
    sheet.text(60, 700, "五、存在的主要问题及改进情况", 12)
    sheet.text(290, 800, number.format(2), 9)
    table = only_table(reader, sheet)
    assert spans(table) == [
        (0, 0, 5, 1, "三"),
        (0, 1, 3, 1, "（四）无法提供"),
        *label_row(0, "1.本机关不掌握", "10", "10"),
        *label_row(1, "2.没有现成信息", "3", "3"),
        *label_row(2, "3.补正后仍不明确", "0", "0"),
        (3, 1, 1, 2, "（七）总计"),
        (3, 3, 1, 1, "13"),
        (3, 4, 1, 1, "13"),
        (4, 1, 1, 2, "（八）其他"),
        (4, 3, 1, 1, "1"),
        (4, 4, 1, 1, ""),
    ]
    assert {cell.text: cell.page for cell in table.cells if cell.text in ("10", "13")} == {
        "10": 1,
        "13": 2,
    }


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "closed"])
@pytest.mark.parametrize(
    ("upper", "lower", "whole"),
    [
        ("（四）无", "法提供", "（四）无\n法提供"),
        ("（四）无法提供", "", "（四）无法提供"),
        ("", "（四）无法提供", "（四）无法提供"),
    ],
)
def test_group_label_cut_in_two(
    reader: ModuleType, is_open: bool, upper: str, lower: str, whole: str
) -> None:
    above: list[Span] = [
        (0, 0, 1, 3, "二、上年结转"),
        (0, 3, 1, 1, "1"),
        (0, 4, 1, 1, "1"),
        (1, 0, 2, 2, upper),
        *label_row(1, "1.本机关不掌握", "10", "10"),
        *label_row(2, "2.没有现成信息", "3", "3"),
    ]
    below: list[Span] = [
        (0, 0, 1, 2, lower),
        *label_row(0, "3.补正后仍不明确", "0", "0"),
        (1, 0, 1, 3, "四、结转"),
        (1, 3, 1, 1, "13"),
        (1, 4, 1, 1, "13"),
    ]
    table = only_table(reader, two_pages(above, below, 3, 2, is_open, is_open))
    assert (1, 0, 3, 1, whole) in spans(table)
    assert grid(table) == [
        ["二、上年结转", "1", "1"],
        [whole, "1.本机关不掌握", "10", "10"],
        ["2.没有现成信息", "3", "3"],
        ["3.补正后仍不明确", "0", "0"],
        ["四、结转", "13", "13"],
    ]


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "closed"])
@pytest.mark.parametrize("figures_above", [True, False])
def test_row_cut_with_its_figures_on_one_page(
    reader: ModuleType, is_open: bool, figures_above: bool
) -> None:
    figures, none = ("5", "7"), ("", "")
    above = [
        (0, 0, 1, 3, "4.重复"), (0, 3, 1, 1, "0"), (0, 4, 1, 1, "1"),
        (1, 0, 1, 3, "5.要求行政机关确认或重"),
        *[(1, 3 + n, 1, 1, t) for n, t in enumerate(figures if figures_above else none)],
    ]  # fmt: skip
    below = [
        (0, 0, 1, 3, "新出具已获取信息"),
        *[(0, 3 + n, 1, 1, t) for n, t in enumerate(none if figures_above else figures)],
        (1, 0, 1, 3, "6.其他"), (1, 3, 1, 1, "8"), (1, 4, 1, 1, "9"),
    ]  # fmt: skip
    table = only_table(reader, two_pages(above, below, 2, 2, is_open, is_open))
    assert grid(table) == [
        ["4.重复", "0", "1"],
        ["5.要求行政机关确认或重\n新出具已获取信息", "5", "7"],
        ["6.其他", "8", "9"],
    ]
    page = next(cell.page for cell in table.cells if cell.text == "5")
    assert page == (1 if figures_above else 2)


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "closed"])
@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["行政处罚", "5", "7"], ["行政强制", "0", "1"]),
        (["行政处罚", "5", "7"], ["行政强制", "", "1"]),
        (["1.属于国家秘密", "5", "7"], ["2.法律禁止公开", "", ""]),
        (["1.属于国家秘密", "", ""], ["2.法律禁止公开", "1", "2"]),
    ],
)
def test_rows_that_end_at_the_break_stay_two(
    reader: ModuleType, is_open: bool, upper: list[str], lower: list[str]
) -> None:
    def wide(row: int, line: Sequence[str]) -> list[Span]:
        label, *figures = line
        return [(row, 0, 1, 3, label), *[(row, 3 + n, 1, 1, f) for n, f in enumerate(figures)]]

    above = wide(0, ["甲", "1", "2"]) + wide(1, upper)
    below = wide(0, lower) + wide(1, ["乙", "3", "4"])
    table = only_table(reader, two_pages(above, below, 2, 2, is_open, is_open))
    assert grid(table) == [["甲", "1", "2"], upper, lower, ["乙", "3", "4"]]


def test_blank_row_with_closed_rules_stays_a_row(reader: ModuleType) -> None:
    above = rows([["行政许可", "5"], ["行政处罚", "7"]])
    below = rows([["行政强制", ""], ["行政收费", "1"]])
    sheet = Sheet()
    sheet.table([60, 300, 420], even(FOOT - 48, 24, 2), above)
    sheet.page()
    sheet.table([60, 300, 420], even(HEAD, 24, 2), below)
    (table,) = tables(reader.read(sheet.done()))
    assert grid(table) == [
        ["行政许可", "5"], ["行政处罚", "7"], ["行政强制", ""], ["行政收费", "1"],
    ]  # fmt: skip


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "closed"])
def test_row_cut_under_a_label_without_a_number(reader: ModuleType, is_open: bool) -> None:
    """A label whose last line is full goes on; one that ends early does not."""
    xs = [60, 180, 240, 300]
    long, rest = "危及国家安全公共安全经济安全", "和社会稳定"
    sheet = Sheet()
    sheet.table(xs, [720, 760], rows([[long, "件", "12"]]), open_bottom=is_open)
    sheet.page()
    sheet.table(
        xs, [80, 110, 140], rows([[rest, "", ""], ["其他情形", "件", "3"]]), open_top=is_open
    )
    (table,) = tables(reader.read(sheet.done()))
    assert grid(table) == [[f"{long}\n{rest}", "件", "12"], ["其他情形", "件", "3"]]


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "closed"])
def test_rows_with_their_units_are_no_group(reader: ModuleType, is_open: bool) -> None:
    xs = [60, 180, 240, 300]
    above = [["涉及国家秘密", "件", "1"], ["涉及商业秘密", "件", "2"]]
    below = [["涉及个人隐私", "件", "3"], ["其他", "件", "4"]]
    sheet = Sheet()
    sheet.table(xs, even(FOOT - 48, 24, 2), rows(above), open_bottom=is_open)
    sheet.page()
    sheet.table(xs, even(HEAD, 24, 2), rows(below), open_top=is_open)
    (table,) = tables(reader.read(sheet.done()))
    assert grid(table) == above + below
    assert {cell.rowspan for cell in table.cells} == {1}


def test_group_over_a_whole_page_without_rules_of_its_own(reader: ModuleType) -> None:
    """Its column touches no level rule on the page between."""
    sheet = Sheet()
    for page in range(3):
        lines = even(HEAD, 24, 3)
        cells = [
            span
            for row in range(3)
            for span in label_row(row, f"{3 * page + row + 1}.项目", str(page), str(row))
        ]
        sheet.table(XS, lines, cells)
        sheet.line(XS[0], lines[0], XS[0], lines[-1])
        sheet.line(XS[2], lines[0], XS[2], lines[-1])
        if page == 0:
            sheet.line(XS[0], lines[0], XS[2], lines[0])
            sheet.text(XS[0] + 10, lines[1], "（三）不予公开", 8)
        if page == 2:
            sheet.line(XS[0], lines[-1], XS[2], lines[-1])
        if page < 2:
            sheet.page()
    (table,) = tables(reader.read(sheet.done()))
    assert (0, 0, 9, 1, "（三）不予公开") in spans(table)
    assert [row[-3:] for row in grid(table)] == [
        [f"{3 * page + row + 1}.项目", str(page), str(row)] for page in range(3) for row in range(3)
    ]
