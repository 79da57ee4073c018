"""Tables over page breaks: one table whose columns and heads agree, and no row lost or doubled."""

from types import ModuleType

import pytest

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
from tests.pdf_two_pages import FOOT, HEAD, label_row, only_table, two_pages

pytestmark = pytest.mark.parametrize("reader", READERS, ids=lambda r: r.__name__.split(".")[-1])


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
