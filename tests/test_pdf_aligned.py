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


@pytest.mark.parametrize(
    ("upper", "middle", "lower"),
    [
        ("（二）部分公开（区分处理的，只计这一情形，", "", "不计其他情形）"),
        ("（二）部分公开（区分处理的，", "只计这一情形，", "不计其他情形）"),
    ],
    ids=["two lines", "three lines"],
)
def test_label_of_several_lines_at_the_head_of_a_page(
    reader: ModuleType, upper: str, middle: str, lower: str
) -> None:
    sheet = Sheet()
    xs = [80, 380, 430, 480]
    pitch = 14 if middle else 7
    sheet.text(80, 60, upper, 10)
    columns(sheet, [[middle, "1", "2", "3"]], xs, 60 + pitch)
    sheet.text(80, 60 + 2 * pitch, lower, 10)
    rows = [["1.属于国家秘密", "0", "0", "0"], ["2.其他", "4", "5", "9"]]
    columns(sheet, rows, xs, 80 + 2 * pitch)
    (table,) = tables(reader.read(sheet.done()))
    label = "\n".join(part for part in (upper, middle, lower) if part)
    assert grid(table)[0] == [label, "1", "2", "3"]
    assert grid(table)[1:] == rows


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


def proactive(sheet: Sheet, ruled: bool) -> None:
    """Blocks under banners: three columns of figures, then one."""
    lines = [
        ("第二十条第（一）项",),
        ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("规章", "0", "0", "0"),
        ("行政规范性文件", "8", "4", "40"),
        ("第二十条第（五）项",),
        ("信息内容", "本年处理决定数量"),
        ("行政许可", "276"),
        ("第二十条第（八）项",),
        ("信息内容", "本年收费金额（单位：万元）"),
        ("行政事业性收费", "95.86"),
    ]
    for row, line in enumerate(lines):
        top = 100 + 18 * row
        if len(line) == 1:
            sheet.centered(80, 500, top, line[0], 9)
        elif len(line) == 2:
            sheet.text(84, top, line[0], 9)
            sheet.centered(200, 500, top, line[1], 9)
        else:
            sheet.text(84, top, line[0], 9)
            for column, text in enumerate(line[1:]):
                sheet.centered(200 + 100 * column, 300 + 100 * column, top, text, 9)
        if ruled:
            sheet.line(80, top - 4, 500, top - 4)
    if ruled:
        sheet.line(80, 100 + 18 * len(lines) - 4, 500, 100 + 18 * len(lines) - 4)


@pytest.mark.parametrize("ruled", [False, True], ids=["no rules", "level rules"])
def test_blocks_with_columns_of_their_own(reader: ModuleType, ruled: bool) -> None:
    sheet = Sheet()
    proactive(sheet, ruled)
    reading = reader.read(sheet.done())
    (table,) = tables(reading)
    assert spans(table) == [
        (0, 0, 1, 4, "第二十条第（一）项"),
        (1, 0, 1, 1, "信息内容"), (1, 1, 1, 1, "本年制发件数"),
        (1, 2, 1, 1, "本年废止件数"), (1, 3, 1, 1, "现行有效件数"),
        (2, 0, 1, 1, "规章"), (2, 1, 1, 1, "0"), (2, 2, 1, 1, "0"), (2, 3, 1, 1, "0"),
        (3, 0, 1, 1, "行政规范性文件"), (3, 1, 1, 1, "8"), (3, 2, 1, 1, "4"), (3, 3, 1, 1, "40"),
        (4, 0, 1, 4, "第二十条第（五）项"),
        (5, 0, 1, 1, "信息内容"), (5, 1, 1, 3, "本年处理决定数量"),
        (6, 0, 1, 1, "行政许可"), (6, 1, 1, 3, "276"),
        (7, 0, 1, 4, "第二十条第（八）项"),
        (8, 0, 1, 1, "信息内容"), (8, 1, 1, 3, "本年收费金额（单位：万元）"),
        (9, 0, 1, 1, "行政事业性收费"), (9, 1, 1, 3, "95.86"),
    ]  # fmt: skip
    assert texts(reading) == []


def groups(sheet: Sheet, numbers: Sequence[int], top: float, labels: Sequence[str]) -> None:
    """Rows of a group with the group's label beside their middle."""
    for row, number in enumerate(numbers):
        sheet.text(160, top + 18 * row, f"{number}.项目{'甲乙丙丁戊'[number - 1]}", 9)
        for column in range(4):
            sheet.text(300 + 50 * column, top + 18 * row, str(number * 10 + column), 9)
    for line, label in enumerate(labels):
        sheet.text(90, top + 9 * len(numbers) - 10 + 10 * line, label, 9)


def test_labels_of_groups_beside_their_rows(reader: ModuleType) -> None:
    sheet = Sheet()
    groups(sheet, [1, 2, 3], 100, ["（三）不予", "公开"])
    groups(sheet, [1, 2], 154, ["（四）无法", "提供"])
    (table,) = tables(reader.read(sheet.done()))
    assert [span for span in spans(table) if span[1] < 2] == [
        (0, 0, 3, 1, "（三）不予\n公开"), (0, 1, 1, 1, "1.项目甲"),
        (1, 1, 1, 1, "2.项目乙"),
        (2, 1, 1, 1, "3.项目丙"),
        (3, 0, 2, 1, "（四）无法\n提供"), (3, 1, 1, 1, "1.项目甲"),
        (4, 1, 1, 1, "2.项目乙"),
    ]  # fmt: skip
    assert [[t for t in row if t.isdigit()] for row in grid(table)] == [
        [str(number * 10 + column) for column in range(4)] for number in (1, 2, 3, 1, 2)
    ]


def test_group_that_goes_on_over_the_page(reader: ModuleType) -> None:
    sheet = Sheet()
    groups(sheet, [1, 2, 3], 700, ["（三）不予", "公开"])
    sheet.page()
    groups(sheet, [4, 5], 80, [])
    sheet.text(90, 116, "（七）总计", 9)
    for column in range(4):
        sheet.text(300 + 50 * column, 116, str(column), 9)
    (table,) = tables(reader.read(sheet.done()))
    assert [span for span in spans(table) if span[1] == 0] == [
        (0, 0, 5, 1, "（三）不予\n公开"),
        (5, 0, 1, 2, "（七）总计"),
    ]
    assert [row[-1] for row in grid(table)] == ["13", "23", "33", "43", "53", "3"]


def test_one_row_of_many_figures_under_heads_of_three_rows(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.centered(60, 360, 100, "行政复议", 9)
    sheet.centered(360, 560, 100, "行政诉讼", 9)
    for column in range(5):
        for line, text in enumerate(("结果", "维持")):
            sheet.centered(60 + 60 * column, 120 + 60 * column, 118 + 11 * line, text, 9)
    for column in range(5, 9):
        for line, text in enumerate(("其他", "纠正")):
            sheet.centered(
                60 * column + 60 - 10 * (column - 5),
                110 + 60 * column - 10 * (column - 5),
                118 + 11 * line,
                text,
                9,
            )
    for column in range(9):
        x0 = 60 + 60 * column if column < 5 else 360 + 50 * (column - 5)
        sheet.centered(x0, x0 + (60 if column < 5 else 50), 148, str(column), 9)
    (table,) = tables(reader.read(sheet.done()))
    assert spans(table)[:2] == [(0, 0, 1, 5, "行政复议"), (0, 5, 1, 4, "行政诉讼")]
    assert grid(table)[1] == ["结果\n维持"] * 5 + ["其他\n纠正"] * 4
    assert grid(table)[2] == [str(column) for column in range(9)]


def test_dashes_set_to_another_side_than_the_figures(reader: ModuleType) -> None:
    sheet = Sheet()
    lines = [("一、主动公开情况", "——", "——"), ("（一）公开数", "条", "9843"),
             ("其中：文件数", "条", "18"), ("二、回应情况", "——", "——"), ("（一）次数", "次", "7")]  # fmt: skip
    for row, (label, unit, value) in enumerate(lines):
        sheet.text(80, 100 + 20 * row, label, 10)
        sheet.text(330, 100 + 20 * row, unit, 10)
        if value == "——":
            sheet.text(390, 100 + 20 * row, value, 10)
        else:
            sheet.centered(390, 500, 100 + 20 * row, value, 10)
    (table,) = tables(reader.read(sheet.done()))
    assert grid(table) == [list(line) for line in lines]


def test_figures_with_their_unit_or_a_note(reader: ModuleType) -> None:
    sheet = Sheet()
    lines = [["甲", "1", "85.09万元"], ["乙", "27（含修订2件）", "3"], ["丙", "5", "6"]]
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.text((80, 250, 400)[column], 100 + 20 * row, text, 10)
    (table,) = tables(reader.read(sheet.done()))
    assert grid(table) == lines


def test_heads_between_rows_without_a_banner(reader: ModuleType) -> None:
    sheet = Sheet()
    lines = [["信息内容", "上一年", "本年", "合计"], ["规章", "1", "2", "3"], ["文件", "4", "5", "6"],
             ["信息内容", "项目数", "增减", "决定"], ["许可", "7", "8", "9"], ["处罚", "1", "0", "2"]]  # fmt: skip
    columns(sheet, lines, [80, 250, 350, 450], 100)
    (table,) = tables(reader.read(sheet.done()))
    assert grid(table) == lines


def test_words_among_the_figures_are_not_passed_over(reader: ModuleType) -> None:
    sheet = Sheet()
    columns(sheet, [["甲", "1", "2"], ["乙", "3", "4"], ["丙", "5", "6"]], [80, 300, 400], 100)
    sheet.text(270, 130, "未制作", 10)
    reading = reader.read(sheet.done())
    cells = [text for table in tables(reading) for row in grid(table) for text in row]
    printed = "".join([*cells, *(text for _, text in texts(reading))])
    assert "未制作" in printed
