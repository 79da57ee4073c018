"""Tables over page breaks: one table, no row lost, doubled or put beside the wrong label."""

from collections.abc import Sequence
from types import ModuleType

import pytest

from extract.document import Table
from tests.pdf_drawing import (
    READERS,
    Sheet,
    Span,
    even,
    grid,
    row_spans,
    rows,
    spans,
    tables,
    texts,
)

pytestmark = pytest.mark.parametrize("reader", READERS, ids=lambda r: r.__name__.split(".")[-1])

XS = [60.0, 90.0, 160.0, 300.0, 360.0, 420.0]
FOOT = 760.0
HEAD = 80.0


def label_row(row: int, label: str, *figures: str) -> list[Span]:
    return [(row, 2 + number, 1, 1, text) for number, text in enumerate((label, *figures))]


def two_pages(
    above: Sequence[Span],
    below: Sequence[Span],
    above_rows: int,
    below_rows: int,
    open_bottom: bool = False,
    open_top: bool = False,
    xs_below: Sequence[float] = XS,
    number: str = "- {} -",
) -> Sheet:
    """A table at the foot of page 1 and one at the head of page 2, with page numbers."""
    sheet = Sheet()
    sheet.text(60, 100, "一、总体情况", 12)
    sheet.table(XS, even(FOOT - 24 * above_rows, 24, above_rows), above, open_bottom=open_bottom)
    sheet.text(290, 800, number.format(1), 9)
    sheet.page()
    sheet.table(xs_below, even(HEAD, 24, below_rows), below, open_top=open_top)
    sheet.text(60, 700, "五、存在的主要问题及改进情况", 12)
    sheet.text(290, 800, number.format(2), 9)
    return sheet


def only_table(reader: ModuleType, sheet: Sheet) -> Table:
    reading = reader.read(sheet.done())
    found = tables(reading)
    assert len(found) == 1
    assert [text for _, text in texts(reading)] == ["一、总体情况", "五、存在的主要问题及改进情况"]
    return found[0]


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


def test_banner_at_the_foot_and_its_head_on_the_next_page(reader: ModuleType) -> None:
    above: list[Span] = [
        (0, 0, 1, 5, "第二十条第（一）项"),
        (1, 0, 1, 2, "信息内容"), (1, 2, 1, 1, "制发"), (1, 3, 1, 1, "废止"), (1, 4, 1, 1, "有效"),
        (2, 0, 1, 2, "规章"), (2, 2, 1, 1, "1"), (2, 3, 1, 1, "0"), (2, 4, 1, 1, "9"),
        (3, 0, 1, 5, "第二十条第（六）项"),
    ]  # fmt: skip
    below: list[Span] = [
        (0, 0, 1, 1, "信息内容"), (0, 1, 1, 1, "本年处理决定数量"),
        (1, 0, 1, 1, "行政处罚"), (1, 1, 1, 1, "4119"),
    ]  # fmt: skip
    sheet = two_pages(above, below, 4, 2, xs_below=[60.4, 161.2, 419.5])
    table = only_table(reader, sheet)
    assert spans(table) == [
        (0, 0, 1, 4, "第二十条第（一）项"),
        (1, 0, 1, 1, "信息内容"), (1, 1, 1, 1, "制发"), (1, 2, 1, 1, "废止"), (1, 3, 1, 1, "有效"),
        (2, 0, 1, 1, "规章"), (2, 1, 1, 1, "1"), (2, 2, 1, 1, "0"), (2, 3, 1, 1, "9"),
        (3, 0, 1, 4, "第二十条第（六）项"),
        (4, 0, 1, 1, "信息内容"), (4, 1, 1, 3, "本年处理决定数量"),
        (5, 0, 1, 1, "行政处罚"), (5, 1, 1, 3, "4119"),
    ]  # fmt: skip


@pytest.mark.parametrize("banner_below", [True, False])
def test_banner_alone_on_a_page(reader: ModuleType, banner_below: bool) -> None:
    body = [(0, 0, 1, 3, "规章"), (0, 3, 1, 1, "1"), (0, 4, 1, 1, "2")]
    banner = [(0, 0, 1, 5, "第二十条第（六）项")]
    pair = (body, banner) if banner_below else (banner, body)
    table = only_table(reader, two_pages(*pair, 1, 1))
    expected = [["规章", "1", "2"], ["第二十条第（六）项"]]
    assert grid(table) == (expected if banner_below else expected[::-1])


def test_continuation_with_fewer_columns(reader: ModuleType) -> None:
    above: list[Span] = [
        (0, 0, 2, 1, "三"),
        (0, 1, 2, 1, "（一）公开"),
        *label_row(0, "1.属于", "10", "10"),
        *label_row(1, "2.其他", "3", "3"),
    ]
    below: list[Span] = rows([["四、结转", "1", "2"], ["五、其他", "", "4"]])
    sheet = two_pages(above, below, 2, 2, xs_below=[60.5, 298.0, 361.0, 420.0])
    assert spans(only_table(reader, sheet))[-6:] == [
        (2, 0, 1, 3, "四、结转"), (2, 3, 1, 1, "1"), (2, 4, 1, 1, "2"),
        (3, 0, 1, 3, "五、其他"), (3, 3, 1, 1, ""), (3, 4, 1, 1, "4"),
    ]  # fmt: skip


def test_continuation_with_a_stray_column(reader: ModuleType) -> None:
    xs = even(60, 60, 6)
    above = rows([["项目", "甲", "乙", "丙", "丁", "戊"], ["数量", "1", "2", "3", "4", "5"]])
    below: list[Span] = [
        (0, 0, 1, 1, "六、其他"), (0, 1, 1, 1, ""),
        *[(0, 2 + n, 1, 1, text) for n, text in enumerate("67890")],
        (1, 0, 1, 2, "七、总计"),
        *[(1, 2 + n, 1, 1, text) for n, text in enumerate("13579")],
    ]  # fmt: skip
    sheet = Sheet()
    sheet.table(xs, even(FOOT - 48, 24, 2), above)
    sheet.page()
    sheet.table([60, 100, *xs[1:]], even(HEAD, 24, 2), below)
    (table,) = tables(reader.read(sheet.done()))
    assert table.columns == 7
    assert spans(table) == [
        (0, 0, 1, 2, "项目"), *[(0, 2 + n, 1, 1, t) for n, t in enumerate("甲乙丙丁戊")],
        (1, 0, 1, 2, "数量"), *[(1, 2 + n, 1, 1, t) for n, t in enumerate("12345")],
        (2, 0, 1, 1, "六、其他"), (2, 1, 1, 1, ""),
        *[(2, 2 + n, 1, 1, t) for n, t in enumerate("67890")],
        (3, 0, 1, 2, "七、总计"), *[(3, 2 + n, 1, 1, t) for n, t in enumerate("13579")],
    ]  # fmt: skip


def test_repeated_head_is_kept_once(reader: ModuleType) -> None:
    head = [["统计指标", "单位", "统计数"]]
    sheet = Sheet()
    xs = [60, 300, 360, 420]
    for page in range(3):
        sheet.text(60, 30, "政府信息公开情况统计表（2016年度）", 9)
        lines = head + [
            [f"（{'一二三四五六七八九'[3 * page + n]}）项", "条", str(n)] for n in range(3)
        ]
        sheet.table(xs, even(HEAD, 24, 4), rows(lines))
        sheet.text(290, 800, str(page + 7), 9)
        if page < 2:
            sheet.page()
    reading = reader.read(sheet.done())
    (table,) = tables(reading)
    assert grid(table) == head + [
        [f"（{'一二三四五六七八九'[n]}）项", "条", str(n % 3)] for n in range(9)
    ]
    assert [text for _, text in texts(reading)] == ["政府信息公开情况统计表（2016年度）"]


def test_data_rows_alike_are_no_head(reader: ModuleType) -> None:
    sheet = Sheet()
    content = [["规章", "0", "0"], ["文件", "1", "0"]]
    sheet.table([60, 300, 360, 420], even(FOOT - 48, 24, 2), rows(content))
    sheet.page()
    sheet.table([60, 300, 360, 420], even(HEAD, 24, 2), rows(content))
    (table,) = tables(reader.read(sheet.done()))
    assert grid(table) == content + content


def test_mirrored_margins(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table(
        [60, 300, 360, 420], even(FOOT - 48, 24, 2), rows([["甲", "1", "2"], ["乙", "3", "4"]])
    )
    sheet.page()
    sheet.table([90, 330, 390, 450], even(HEAD, 24, 1), rows([["丙", "5", "6"]]))
    (table,) = tables(reader.read(sheet.done()))
    assert grid(table) == [["甲", "1", "2"], ["乙", "3", "4"], ["丙", "5", "6"]]


@pytest.mark.parametrize(
    ("xs", "between"),
    [
        ([60, 300, 360, 420], "三、收到和处理政府信息公开申请情况"),
        ([60, 180, 240, 330, 420], ""),
        ([60, 200, 300], ""),
    ],
    ids=["heading between", "other columns", "other width"],
)
def test_two_tables_stay_two(reader: ModuleType, xs: list[float], between: str) -> None:
    first = [["甲", "1", "2"], ["乙", "3", "4"]]
    second = [["丙丁戊己"[n] for n in range(len(xs) - 1)]] * 2
    sheet = Sheet()
    sheet.table([60, 300, 360, 420], even(FOOT - 48, 24, 2), rows(first))
    sheet.page()
    if between:
        sheet.text(60, 50, between, 11)
    sheet.table(xs, even(HEAD, 24, 2), rows(second))
    reading = reader.read(sheet.done())
    assert [grid(table) for table in tables(reading)] == [first, second]
    assert [text for _, text in texts(reading)] == ([between] if between else [])


def test_side_by_side_tables_go_on_each_for_itself(reader: ModuleType) -> None:
    sheet = Sheet()
    lefts, rights = [60, 160, 260], [300, 400, 500]
    sheet.table(lefts, even(FOOT - 24, 24, 1), row_spans(0, ["甲", "1"]))
    sheet.table(rights, even(FOOT - 24, 24, 1), row_spans(0, ["丙", "3"]))
    sheet.page()
    sheet.table(lefts, even(HEAD, 24, 1), row_spans(0, ["乙", "2"]))
    sheet.table(rights, even(HEAD, 24, 1), row_spans(0, ["丁", "4"]))
    found = [grid(table) for table in tables(reader.read(sheet.done()))]
    assert found == [[["甲", "1"], ["乙", "2"]], [["丙", "3"], ["丁", "4"]]]


def test_note_that_the_table_goes_on(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table([60, 300, 360, 420], even(FOOT - 24, 24, 1), row_spans(0, ["甲", "1", "2"]))
    sheet.page()
    sheet.text(60, 50, "（续表）", 9)
    sheet.table([60, 300, 360, 420], even(HEAD, 24, 1), row_spans(0, ["乙", "3", "4"]))
    reading = reader.read(sheet.done())
    assert [grid(table) for table in tables(reading)] == [[["甲", "1", "2"], ["乙", "3", "4"]]]
    assert texts(reading) == [("paragraph", "（续表）")]


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


def test_head_cut_between_its_rows(reader: ModuleType) -> None:
    xs = [60, 220, 280, 340, 400]
    sheet = Sheet()
    above: list[Span] = [
        (0, 0, 2, 1, "（第一项加第二项之和，"), (0, 1, 1, 3, "申请人情况"),
        (1, 1, 1, 1, "自然人"), (1, 2, 1, 1, "法人"), (1, 3, 1, 1, "总计"),
    ]  # fmt: skip
    below: list[Span] = [
        (0, 0, 1, 1, "等于第三项）"), (0, 1, 1, 1, ""), (0, 2, 1, 1, "企业"), (0, 3, 1, 1, ""),
        (1, 0, 1, 1, "一、新收"), (1, 1, 1, 1, "1"), (1, 2, 1, 1, "2"), (1, 3, 1, 1, "3"),
    ]  # fmt: skip
    sheet.table(xs, even(FOOT - 48, 24, 2), above)
    sheet.page()
    sheet.table(xs, even(HEAD, 24, 2), below)
    (table,) = tables(reader.read(sheet.done()))
    assert spans(table) == [
        (0, 0, 3, 1, "（第一项加第二项之和，\n等于第三项）"), (0, 1, 1, 3, "申请人情况"),
        (1, 1, 2, 1, "自然人"), (1, 2, 1, 1, "法人"), (1, 3, 2, 1, "总计"),
        (2, 2, 1, 1, "企业"),
        (3, 0, 1, 1, "一、新收"), (3, 1, 1, 1, "1"), (3, 2, 1, 1, "2"), (3, 3, 1, 1, "3"),
    ]  # fmt: skip


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
