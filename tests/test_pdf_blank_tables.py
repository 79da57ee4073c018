"""Tables without upright rules in which little or nothing is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from extract.document import Table, Text
from extract.pdf import pdfium_reader
from extract.pdf.unruled.drawn.blank import may_begin_with_label
from tests.pdf_drawing import Sheet

XS = [80.0, 230.0, 330.0, 430.0]
APPLICANTS = ["自然人", "商业企业", "科研机构", "公益组织", "法律服务", "其他", "总计"]
FIGURES_AT = [300.0 + 34 * column for column in range(7)]


def read(sheet: Sheet) -> tuple[list[Table], list[str]]:
    """The tables, and the texts outside of them."""
    blocks = pdfium_reader.read(sheet.done()).blocks
    texts = [block.text for block in blocks if isinstance(block, Text)]
    return [block for block in blocks if isinstance(block, Table)], texts


def rows_of(table: Table) -> list[list[str]]:
    return [[c.text for c in table.cells if c.row == row] for row in range(table.rows)]


def write(sheet: Sheet, xs: Sequence[float], top: float, texts: Sequence[str]) -> float:
    """One row; where the next begins."""
    for x, text in zip(xs, texts, strict=False):
        if text:
            sheet.text(x, top, text, 9)
    return top + 17


def write_proactive(sheet: Sheet, figures: Sequence[str], fees: str) -> None:
    top = write(sheet, [250], 100, ["第二十条第（一）项"])
    top = write(sheet, XS, top, ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"])
    top = write(sheet, XS, top, ["规章", *figures])
    top = write(sheet, XS, top, ["行政规范性文件", *figures])
    top = write(sheet, [250], top, ["第二十条第（八）项"])
    top = write(sheet, [80, 280], top, ["信息内容", "本年收费金额（单位：万元）"])
    top = write(sheet, [80, 280], top, ["行政事业性收费", fees])
    sheet.text(97, top + 10, "三、收到和处理政府信息公开申请情况", 14)
    sheet.text(92, top + 40, "本年度没有人提出政府信息公开申请。", 12)


@pytest.mark.parametrize(
    ("figures", "fees"), [((), ""), (("1", "2", "3"), ""), ((), "5.25"), (("", "", "7"), "无")]
)
def test_blank_rows_under_heads_of_the_form(figures: tuple[str, ...], fees: str) -> None:
    sheet = Sheet()
    write_proactive(sheet, figures, fees)
    (table,), texts = read(sheet)
    printed = [*figures, *[""] * (3 - len(figures))]
    assert rows_of(table) == [
        ["第二十条第（一）项"],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", *printed],
        ["行政规范性文件", *printed],
        ["第二十条第（八）项"],
        ["信息内容", "本年收费金额（单位：万元）"],
        ["行政事业性收费", fees],
    ]
    told = "三、收到和处理政府信息公开申请情况本年度没有人提出政府信息公开申请。"
    assert "".join("".join(texts).split()) == told


def test_a_mark_close_behind_its_label_is_not_part_of_a_blank_row() -> None:
    sheet = Sheet()
    top = write(sheet, [250], 100, ["第二十条第（八）项"])
    top = write(sheet, [80, 280], top, ["信息内容", "本年收费金额（单位：万元）"])
    write(sheet, [80], top, ["行政事业性收费无"])
    tables, texts = read(sheet)
    assert tables == []
    assert any("无" in text for text in texts)


@pytest.mark.parametrize("rest", ["(fèi)", "的金额"])
def test_a_label_that_goes_on_beside_a_figure_is_no_blank_row(rest: str) -> None:
    sheet = Sheet()
    top = write(sheet, [250], 100, ["第二十条第（八）项"])
    top = write(sheet, [80, 280], top, ["信息内容", "本年收费金额（单位：万元）"])
    top = write(sheet, [80], top, ["行政事业性收费"])
    write(sheet, [80, 330], top - 4, [rest, "5.25"])
    tables, _ = read(sheet)
    blank = [row for table in tables for row in rows_of(table) if row == ["行政事业性收费", ""]]
    assert blank == []


def write_requests(sheet: Sheet, figures: Sequence[str]) -> float:
    write(sheet, [380], 640, ["申请人情况"])
    write(sheet, [300, 375, 504], 656, ["自然人", "法人或其他组织", "总计"])
    write(sheet, FIGURES_AT[1:6], 672, ["企业", "机构", "公益", "法律", "其他"])
    top = write(sheet, [80, *FIGURES_AT], 690, ["一、本年新收政府信息公开申请数量", *figures])
    top = write(sheet, [80, *FIGURES_AT], top, ["二、上年结转政府信息公开申请数量", *figures])
    return write(sheet, [80, *FIGURES_AT], top, ["三、本年度办理结果", *figures])


def test_blank_rows_go_on_over_a_page_break() -> None:
    sheet = Sheet()
    write_requests(sheet, ())
    sheet.page()
    top = 70.0
    for label in ("四、结转下年度继续办理", "五、其他请求数量", "六、更正请求数量"):
        top = write(sheet, [80], top, [label])
    sheet.text(97, top + 20, "没有其他需要报告的事项。", 12)
    (table,), texts = read(sheet)
    assert [row[0] for row in rows_of(table)[-4:]] == [
        "三、本年度办理结果",
        "四、结转下年度继续办理",
        "五、其他请求数量",
        "六、更正请求数量",
    ]
    assert {text for row in rows_of(table)[-6:] for text in row[1:]} == {""}
    assert texts == ["没有其他需要报告的事项。"]


def test_numbered_lines_of_a_text_at_the_head_of_a_page_stay_a_text() -> None:
    sheet = Sheet()
    sheet.text(92, 700, "主要问题如下。", 12)
    sheet.page()
    for number, line in enumerate(("1.更新不够及时", "2.目录分类不细", "3.解读形式单一")):
        sheet.text(92, 70 + 20 * number, line, 12)
    tables, texts = read(sheet)
    assert tables == []
    assert "3.解读形式单一" in "".join(texts)


def test_units_tell_the_rows_of_an_annex_left_blank() -> None:
    labels = ["（一）主动公开政府信息数", "1．政府公报公开数", "2．政府网站公开数", "3．微博公开数"]
    sheet = Sheet()
    top = write(sheet, [150, 385, 450], 100, ["统计指标", "单位", "统计数"])
    top = write(sheet, [80, 385, 455], top, ["一、主动公开情况", "——", "——"])
    for label in labels:
        top = write(sheet, [80, 389], top, [label, "条"])
    (table,), _ = read(sheet)
    assert rows_of(table) == [
        ["统计指标", "单位", "统计数"],
        ["一、主动公开情况", "——", "——"],
        *([label, "条", ""] for label in labels),
    ]


def test_an_annex_in_two_halves() -> None:
    heads = ["统计指标", "单位", "统计数"]
    left = [
        ["1．当面申请数", "件", "11"],
        ["2．传真申请数", "件", "5"],
        ["3．网络申请数", "件", "204"],
    ]
    right = [
        ["四、行政复议数量", "件", "3"],
        ["（一）维持行为数", "件", "2"],
        ["（二）纠错数", "件", "1"],
    ]
    xs = [70.0, 220.0, 260.0, 310.0, 450.0, 490.0]
    sheet = Sheet()
    top = write(sheet, xs, 100, [*heads, *heads])
    for a, b in zip(left, right, strict=True):
        top = write(sheet, xs, top, [*a, *b])
    (table,), _ = read(sheet)
    assert rows_of(table) == [
        [*heads, *heads],
        *([*a, *b] for a, b in zip(left, right, strict=True)),
    ]


def test_blank_cells_of_a_further_page_have_boxes_of_their_own() -> None:
    sheet = Sheet()
    write_requests(sheet, ["9", "1", "2", "3", "1", "1", "8"])
    sheet.page()
    top = write(sheet, [80, FIGURES_AT[0], FIGURES_AT[6]], 70, ["（七）总计", "4", "4"])
    top = write(sheet, [80, FIGURES_AT[0], FIGURES_AT[6]], top, ["四、结转下年度", "5", "5"])
    sheet.text(97, top + 40, "没有其他需要报告的事项。", 12)
    (table,), _ = read(sheet)
    for row in range(table.rows - 2, table.rows):
        boxes = [c.bbox for c in table.cells if c.row == row and c.column > 0]
        known = [box for box in boxes if box is not None]
        assert len(known) == len(APPLICANTS)
        assert all(a[2] <= b[0] + 0.01 for a, b in pairwise(known))
        assert all(box[3] - box[1] < 17 for box in known)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("（二）部分公开", True),
        ("规章", True),
        ("其他对外管理服务事项", True),
        ("1.更新不够及时。", False),
        ("没有其他需要报告的事项。", False),
        ("行政事业性收费无", False),
    ],
)
def test_lines_that_may_begin_with_a_label(line: str, expected: bool) -> None:
    assert may_begin_with_label(line) is expected
