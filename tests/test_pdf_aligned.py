"""Tables without upright rules: clear ones are read, doubtful ones stay lines."""

from collections.abc import Sequence
from types import ModuleType

import pytest

from tests.pdf_drawing import READERS, Sheet, grid, spans, tables, texts

pytestmark = pytest.mark.parametrize("reader", READERS, ids=lambda r: r.__name__.split(".")[-1])

REQUESTS = [
    ["项目", "自然人", "企业", "总计"],
    ["一、本年新收申请", "21", "0", "21"],
    ["二、上年结转", "3", "14", "17"],
    ["（一）予以公开", "100", "2", "102"],
    ["（二）部分公开", "4", "-", "4"],
]


def columns(
    sheet: Sheet, lines: Sequence[Sequence[str]], xs: Sequence[float], top: float, pitch: float = 20
) -> None:
    """Labels from the left, other columns to the right side."""
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            width = sheet.canvas.stringWidth(text, "STSong-Light", 10)
            x = xs[column] if column == 0 else xs[column] - width
            sheet.text(x, top + pitch * row, text, 10)


@pytest.mark.parametrize("ruled", [False, True], ids=["no rules", "level rules"])
def test_figures_under_one_another(reader: ModuleType, ruled: bool) -> None:
    sheet = Sheet()
    sheet.text(80, 60, "三、收到和处理政府信息公开申请情况", 12)
    columns(sheet, REQUESTS, [80, 300, 380, 460], 100)
    if ruled:
        for row in range(6):
            sheet.line(75, 96 + 20 * row, 470, 96 + 20 * row)
    sheet.text(80, 220, "以上为全年数据，统计截至年底，由办公室负责汇总。", 10)
    reading = reader.read(sheet.done())
    (table,) = tables(reading)
    assert grid(table) == REQUESTS
    assert table.aligned
    assert [text for _, text in texts(reading)] == [
        "三、收到和处理政府信息公开申请情况",
        "以上为全年数据，统计截至年底，由办公室负责汇总。",
    ]


def test_label_unit_and_figure(reader: ModuleType) -> None:
    sheet = Sheet()
    lines = [
        ["统计指标", "单位", "统计数"],
        ["一、主动公开情况", "——", "——"],
        ["（一）主动公开政府信息数", "条", "9843"],
        ["其中：规范性文件数", "条", "18"],
        ["七、收取的费用", "万元", "21.32"],
    ]
    columns(sheet, lines, [80, 360, 460], 100)
    (table,) = tables(reader.read(sheet.done()))
    assert grid(table) == lines


def test_blank_places_are_empty_cells(reader: ModuleType) -> None:
    sheet = Sheet()
    lines = [
        ["甲", "1", "2", "3"],
        ["乙", "", "5", "6"],
        ["丙", "7", "8", "9"],
        ["丁", "1", "", "4"],
    ]
    columns(sheet, lines, [80, 200, 300, 400], 100)
    (table,) = tables(reader.read(sheet.done()))
    assert grid(table) == lines


def test_groups_without_figures_span_the_table(reader: ModuleType) -> None:
    sheet = Sheet()
    lines = [
        ["（三）不予公开"],
        ["1.国家秘密", "1", "2"],
        ["2.法律禁止", "3", "4"],
        ["3.安全", "5", "6"],
    ]
    columns(sheet, lines[1:2], [80, 300, 400], 100)
    columns(sheet, lines[:1], [80], 120)
    columns(sheet, lines[2:], [80, 300, 400], 140)
    (table,) = tables(reader.read(sheet.done()))
    assert spans(table)[3:5] == [(1, 0, 1, 3, "（三）不予公开"), (2, 0, 1, 1, "2.法律禁止")]


def test_label_on_two_lines_with_figures_midway(reader: ModuleType) -> None:
    sheet = Sheet()
    columns(sheet, [["1.重复申请", "1", "2"]], [80, 300, 400], 100)
    sheet.text(80, 124, "2.要求行政机关确认或", 10)
    columns(sheet, [["", "3", "4"]], [80, 300, 400], 130)
    sheet.text(80, 136, "重新出具已获取信息", 10)
    columns(sheet, [["3.其他", "5", "6"], ["4.总计", "9", "12"]], [80, 300, 400], 160, 30)
    (table,) = tables(reader.read(sheet.done()))
    assert grid(table) == [
        ["1.重复申请", "1", "2"],
        ["2.要求行政机关确认或\n重新出具已获取信息", "3", "4"],
        ["3.其他", "5", "6"],
        ["4.总计", "9", "12"],
    ]


def test_head_over_several_columns(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.text(310, 60, "申请人情况", 10)
    columns(sheet, REQUESTS, [80, 240, 340, 440], 80)
    (table,) = tables(reader.read(sheet.done()))
    assert spans(table)[:2] == [(0, 0, 2, 1, "项目"), (0, 1, 1, 3, "申请人情况")]
    assert grid(table)[1:] == [REQUESTS[0][1:], *REQUESTS[1:]]


@pytest.mark.parametrize(
    "lines",
    [
        [["一、概述", "1"], ["二、主动公开", "3"], ["三、依申请公开", "5"], ["四、其他", "8"]],
        [["甲", "1", "2"], ["乙", "3", "4"]],
    ],
    ids=["two columns", "two lines"],
)
def test_too_little_to_be_clear(reader: ModuleType, lines: list[list[str]]) -> None:
    sheet = Sheet()
    columns(sheet, lines, [80, 300, 400], 100)
    reading = reader.read(sheet.done())
    assert tables(reading) == []
    assert "".join(text for _, text in texts(reading)).replace(" ", "") == "".join(
        "".join(line) for line in lines
    )


def test_prose_with_figures_is_no_table(reader: ModuleType) -> None:
    sheet = Sheet()
    for number in range(6):
        sheet.text(
            80,
            100 + 20 * number,
            f"全年受理申请{21 + number}件，上年结转3件，均在法定期限内答复，共 {number} 件",
            10,
        )
    assert tables(reader.read(sheet.done())) == []


def test_columns_that_run_into_each_other_are_left(reader: ModuleType) -> None:
    sheet = Sheet()
    columns(sheet, [["甲", "1", "2"], ["乙", "3", "4"], ["丙", "5", "6"]], [80, 300, 400], 100)
    sheet.text(80, 160, "丁", 10)
    sheet.text(292, 160, "777777777777777777777777", 10)
    sheet.text(440, 160, "8", 10)
    reading = reader.read(sheet.done())
    for table in tables(reading):
        assert grid(table) == [["甲", "1", "2"], ["乙", "3", "4"], ["丙", "5", "6"]]
