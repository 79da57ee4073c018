"""Ruled tables in made PDFs, each with both readers: every cell, its spans and its place."""

from types import ModuleType

import pytest

from extract.document import Table
from tests.pdf_drawing import (
    READERS,
    Sheet,
    Span,
    dashes,
    double_line,
    even,
    grid,
    rows,
    spans,
    tables,
    texts,
    thin_box,
)

pytestmark = pytest.mark.parametrize("reader", READERS, ids=lambda r: r.__name__.split(".")[-1])

XS = [60.0, 90.0, 200.0, 260.0, 320.0, 380.0]
YS = even(100.0, 22.0, 5)
MERGED: list[Span] = [
    (0, 0, 2, 2, "项目"),
    (0, 2, 1, 3, "申请人情况"),
    (1, 2, 1, 1, "自然人"),
    (1, 3, 1, 1, "企业"),
    (1, 4, 1, 1, "总计"),
    (2, 0, 2, 1, "三"),
    (2, 1, 1, 1, "（一）予以公开"),
    (2, 2, 1, 1, "21"),
    (2, 3, 1, 1, "0"),
    (2, 4, 1, 1, "21"),
    (3, 1, 1, 1, "（二）部分公开"),
    (3, 2, 1, 1, "4"),
    (3, 3, 1, 1, ""),
    (3, 4, 1, 1, "4"),
    (4, 0, 1, 2, "四、结转"),
    (4, 2, 1, 1, "0"),
    (4, 3, 1, 1, "-"),
    (4, 4, 1, 1, "/"),
]


def only_table(reader: ModuleType, sheet: Sheet) -> Table:
    found = tables(reader.read(sheet.done()))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("side", [Sheet.line, thin_box, double_line, dashes])
def test_spans_whatever_draws_the_sides(reader: ModuleType, side) -> None:
    sheet = Sheet()
    sheet.table(XS, YS, MERGED, side=side)
    assert spans(only_table(reader, sheet)) == MERGED


def test_outlined_boxes_are_four_rules(reader: ModuleType) -> None:
    sheet = Sheet()
    for row, column, rowspan, colspan, text in MERGED:
        sheet.frame(XS[column], YS[row], XS[column + colspan], YS[row + rowspan])
        sheet.text(XS[column] + 3, YS[row] + 6, text, 8)
    assert spans(only_table(reader, sheet)) == MERGED


def test_shading_is_no_rule_and_white_ink_upon_it_is(reader: ModuleType) -> None:
    sheet = Sheet()
    for row in range(3):
        sheet.box(100, 100 + 22 * row, 400, 122 + 22 * row, (0.6, 0.7, 0.9))
    for x in (100, 200, 300, 399.5):
        sheet.box(x, 100, x + 0.5, 166, (1, 1, 1))
    for top in (100, 122, 144, 165.5):
        sheet.box(100, top, 400, top + 0.5, (1, 1, 1))
    for row in range(3):
        for column in range(3):
            sheet.text(120 + 100 * column, 106 + 22 * row, str(10 * row + column), 9)
    assert grid(only_table(reader, sheet)) == [
        ["0", "1", "2"],
        ["10", "11", "12"],
        ["20", "21", "22"],
    ]


def test_white_boxes_behind_lines_are_nothing(reader: ModuleType) -> None:
    sheet = Sheet()
    for row in range(8):
        sheet.box(74, 100 + 27 * row, 518, 127 + 27 * row, (1, 1, 1))
        sheet.text(76, 108 + 27 * row, "加强政府网站及政务新媒体日常管理，执行信息审核发布制度", 14)
    reading = reader.read(sheet.done())
    assert tables(reading) == []
    assert len(texts(reading)) >= 1


@pytest.mark.parametrize(
    "draw",
    [
        lambda s: s.line(80, 114, 300, 114),
        lambda s: s.frame(70, 90, 520, 130),
        lambda s: (s.frame(70, 90, 520, 130), s.frame(70, 130, 520, 170)),
        lambda s: (s.line(70, 60, 520, 60, 1.5), s.line(70, 63, 520, 63, 0.5)),
        lambda s: s.frame(40, 40, 555, 800),
    ],
    ids=["underline", "box", "stack of boxes", "banner", "page frame"],
)
def test_lines_around_prose_are_no_table(reader: ModuleType, draw) -> None:
    sheet = Sheet()
    draw(sheet)
    sheet.text(80, 100, "本报告由办公室编制，共六个部分，统计数据截至年底。", 10)
    sheet.text(80, 140, "对内容有疑问的，可以向办公室查询，电话见网站首页。", 10)
    reading = reader.read(sheet.done())
    assert tables(reading) == []
    assert "".join(text for _, text in texts(reading)) == (
        "本报告由办公室编制，共六个部分，统计数据截至年底。"
        "对内容有疑问的，可以向办公室查询，电话见网站首页。"
    )


def test_table_in_a_page_frame(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.frame(40, 40, 555, 800)
    sheet.text(70, 60, "二、主动公开政府信息情况", 12)
    sheet.table(XS, YS, MERGED)
    reading = reader.read(sheet.done())
    assert [spans(table) for table in tables(reading)] == [MERGED]
    assert texts(reading) == [("heading", "二、主动公开政府信息情况")]


def test_open_sides(reader: ModuleType) -> None:
    sheet = Sheet()
    for top in even(100, 22, 3):
        sheet.line(60, top, 400, top)
    sheet.line(200, 100, 200, 166)
    sheet.line(300, 100, 300, 166)
    content = [["项目", "上年", "本年"], ["规章", "1", "2"], ["文件", "", "30"]]
    for row, line in enumerate(content):
        for column, text in enumerate(line):
            sheet.text((70, 240, 340)[column], 106 + 22 * row, text, 9)
    assert grid(only_table(reader, sheet)) == content


def test_upright_rules_that_stop_short_or_overshoot(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table(XS, YS, MERGED)
    sheet.line(230, 122 + 5, 230, 122 + 16)
    sheet.line(XS[0], 210, XS[0], 214)
    sheet.line(290, 195, 290, 203)
    assert spans(only_table(reader, sheet)) == MERGED


def test_table_without_its_left_upper_corner(reader: ModuleType) -> None:
    sheet = Sheet()
    cells: list[Span] = [
        (0, 1, 1, 1, "上年"),
        (0, 2, 1, 1, "本年"),
        (1, 0, 1, 1, "规章"),
        (1, 1, 1, 1, "1"),
        (1, 2, 1, 1, "2"),
    ]
    sheet.table([60, 200, 300, 400], [100, 120, 140], cells)
    assert spans(only_table(reader, sheet)) == cells


def test_rounded_corners(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.canvas.roundRect(100, 842 - 166, 300, 66, 5, stroke=1, fill=0)
    for top in (122, 144):
        sheet.line(100, top, 400, top)
    sheet.line(250, 100, 250, 166)
    for row in range(3):
        sheet.text(120, 106 + 22 * row, f"指标{'甲乙丙'[row]}", 9)
        sheet.text(300, 106 + 22 * row, str(row + 7), 9)
    assert grid(only_table(reader, sheet)) == [["指标甲", "7"], ["指标乙", "8"], ["指标丙", "9"]]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_place_as_the_page_is_seen(reader: ModuleType, rotate: int) -> None:
    """The page is drawn so that it looks the same after every rotation."""
    sheet = Sheet(842, 595, rotate)
    canvas = sheet.canvas
    if rotate == 90:
        canvas.translate(595, 0)
    elif rotate == 180:
        canvas.translate(842, 595)
    elif rotate == 270:
        canvas.translate(0, 842)
    canvas.rotate(rotate)
    sheet.table(XS, YS, MERGED)
    table = only_table(reader, sheet)
    assert spans(table) == MERGED
    assert table.bbox == pytest.approx((60, 100, 380, 210), abs=0.6)
    cell = next(c for c in table.cells if c.text == "自然人")
    assert cell.bbox == pytest.approx((200, 122, 260, 144), abs=0.6)
    assert {c.page for c in table.cells} == {1}


def test_crop_box_moves_the_origin(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.canvas.setCropBox((50, 300, 500, 800))
    sheet.table(XS, YS, MERGED)
    table = only_table(reader, sheet)
    assert spans(table) == MERGED
    assert table.bbox == pytest.approx((10, 58, 330, 168), abs=0.6)


def test_form_xobject_with_a_matrix(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.canvas.beginForm("inner")
    sheet.table(XS, YS, MERGED)
    sheet.canvas.endForm()
    sheet.canvas.saveState()
    sheet.canvas.translate(20, 400)
    sheet.canvas.scale(0.5, 0.5)
    sheet.canvas.doForm("inner")
    sheet.canvas.restoreState()
    table = only_table(reader, sheet)
    assert spans(table) == MERGED
    assert table.bbox == pytest.approx((50, 71, 210, 126), abs=0.6)


def test_characters_drawn_in_odd_order(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table([60, 200, 300], [100, 130, 160], rows([["", ""], ["", ""]]))
    for x, top, text in [
        (238, 110, "3"), (226, 110, "1"), (232, 110, "2"),
        (232, 140, "0"), (226, 140, "4"),
        (90, 110, "章"), (80, 110, "规"), (80, 140, "文"), (90, 140, "件"),
    ]:  # fmt: skip
        sheet.text(x, top, text, 10)
    assert grid(only_table(reader, sheet)) == [["规章", "123"], ["文件", "40"]]


def test_bold_by_printing_twice(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table([60, 200, 300], [100, 130, 160], rows([["总计", "1100"], ["规章", "22"]]))
    sheet.table([60.3, 200.3, 300.3], [100, 130, 160], rows([["总计", "1100"], ["规章", "22"]]))
    assert grid(only_table(reader, sheet)) == [["总计", "1100"], ["规章", "22"]]


def test_two_numbers_in_a_cell_stay_two(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table([60, 200, 300, 400], [100, 130], rows([["申请", "", ""]]))
    sheet.text(210, 110, "12", 10)
    sheet.text(230, 110, "7", 10)
    sheet.text(310, 110, "1 6", 10)
    assert grid(only_table(reader, sheet)) == [["申请", "12 7", "1 6"]]


def test_figure_wider_than_its_cell_stays_whole(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table([60, 200, 216, 260], [100, 130, 160], rows([["费用", "", "9"], ["规章", "1", "2"]]))
    sheet.text(196, 106, "1234567", 8)
    reading = reader.read(sheet.done())
    assert grid(tables(reading)[0]) == [["费用", "1234567", "9"], ["规章", "1", "2"]]
    assert reading.notes == ("page 1: the figure '1234567' runs over the edge of its cell",)


def test_tight_neighbours_stay_apart(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table(
        [60, 120, 141.5, 163, 184.5], [100, 120], rows([["行", "1234", "5678", "9012"]]), size=9
    )
    assert grid(only_table(reader, sheet)) == [["行", "1234", "5678", "9012"]]


def test_vertical_label_of_one_character_a_line(reader: ModuleType) -> None:
    sheet = Sheet()
    cells: list[Span] = [
        (0, 0, 3, 1, ""),
        (0, 1, 1, 1, "（一）予以公开"),
        (0, 2, 1, 1, "3"),
        (1, 1, 1, 1, "（二）部分公开"),
        (1, 2, 1, 1, "0"),
        (2, 1, 1, 1, "（三）不予公开"),
        (2, 2, 1, 1, "5"),
    ]
    sheet.table([60, 85, 220, 260], even(100, 35, 3), cells)
    for number, character in enumerate("三、本年度办理结果"):
        sheet.text(68, 105 + 11 * number, character, 9)
    assert spans(only_table(reader, sheet)) == [(0, 0, 3, 1, "三、本年度办理结果"), *cells[1:]]


def test_figures_one_above_the_other_are_not_joined(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table([60, 120, 180], [100, 150], rows([["合计", ""]]))
    for number, figure in enumerate(("1", "2", "3")):
        sheet.text(145, 105 + 12 * number, figure, 9)
    assert grid(only_table(reader, sheet)) == [["合计", "1\n2\n3"]]


def test_decimals_and_signs(reader: ModuleType) -> None:
    sheet = Sheet()
    content = [["7730.28", "-35", "+4"], ["824,019", "--", "——"], ["\\", "0.5%", "11111"]]
    sheet.table(even(60, 80, 3), even(100, 22, 3), rows(content))
    assert grid(only_table(reader, sheet)) == content


def test_side_by_side(reader: ModuleType) -> None:
    sheet = Sheet()
    left, right = [["甲", "1"], ["乙", "2"]], [["丙", "3"], ["丁", "4"]]
    sheet.table([60, 160, 260], [100, 125, 150], rows(left))
    sheet.table([300, 400, 500], [100, 125, 150], rows(right))
    assert [grid(table) for table in tables(reader.read(sheet.done()))] == [left, right]


def test_table_in_a_cell_is_its_own(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table([50, 150, 540], [80, 300], rows([["内容", ""]]))
    inner = [["甲", "1"], ["乙", "2"]]
    sheet.table([170, 300, 400], [100, 125, 150], rows(inner))
    sheet.text(170, 200, "以上为全年数据。", 10)
    found = [grid(table) for table in tables(reader.read(sheet.done()))]
    assert found == [[["内容", "以上为全年数据。"]], inner]


def test_drawing_without_text_is_no_table(reader: ModuleType) -> None:
    sheet = Sheet()
    for x in even(100, 10, 20):
        sheet.line(x, 100, x, 300)
    for top in even(100, 10, 20):
        sheet.line(100, top, 300, top)
    sheet.text(100, 320, "图一", 10)
    assert tables(reader.read(sheet.done())) == []


def test_footnote_mark_is_no_digit(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table([60, 160, 260], even(100, 24, 2), rows([["申请", ""], ["结转", "10"]]))
    sheet.text(200, 107, "10", 10)
    sheet.text(210.2, 106, "3", 6)
    assert grid(only_table(reader, sheet)) == [["申请", "10³"], ["结转", "10"]]


def test_watermark_is_left_out_and_noted(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table(XS, YS, MERGED)
    sheet.canvas.saveState()
    sheet.canvas.translate(150, 842 - 200)
    sheet.canvas.rotate(35)
    sheet.canvas.setFont("STSong-Light", 40)
    sheet.canvas.drawString(0, 0, "内部资料12")
    sheet.canvas.restoreState()
    reading = reader.read(sheet.done())
    assert [spans(table) for table in tables(reading)] == [MERGED]
    assert texts(reading) == []
    assert reading.notes == (
        "page 1: slanted text, as of a watermark or a seal, is left out: '内部资料12'",
    )


def test_slanted_type_is_kept(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table([60, 160, 260], even(100, 24, 2), rows([["申请", "7"], ["结转", ""]]))
    sheet.canvas.saveState()
    sheet.canvas.transform(1, 0, 0.33, 1, 0, 0)
    sheet.text(200 - 0.33 * 710, 128, "10", 10)
    sheet.canvas.restoreState()
    assert grid(only_table(reader, sheet)) == [["申请", "7"], ["结转", "10"]]


@pytest.mark.parametrize("turn", [90, 270, 180])
def test_page_whose_text_lies_on_its_side(reader: ModuleType, turn: int) -> None:
    """No /Rotate: the page itself shows the table lying."""
    width, height = (595, 842) if turn != 180 else (842, 595)
    sheet = Sheet(width, height)
    canvas = sheet.canvas
    canvas.translate(*{90: (width, 0), 270: (0, height), 180: (width, height)}[turn])
    canvas.rotate(turn)
    sheet.height = 595
    sheet.text(60, 60, "三、收到和处理政府信息公开申请情况", 12)
    sheet.table(XS, YS, MERGED)
    reading = reader.read(sheet.done())
    (table,) = tables(reading)
    assert spans(table) == MERGED
    assert texts(reading) == [("heading", "三、收到和处理政府信息公开申请情况")]
    seen = {
        90: (100, 842 - 380, 210, 842 - 60),
        270: (595 - 210, 60, 595 - 100, 380),
        180: (842 - 380, 595 - 210, 842 - 60, 595 - 100),
    }[turn]
    assert table.bbox == pytest.approx(seen, abs=0.6)
    assert reading.notes == ("page 1 was turned because its text lies on its side",)


def test_figure_over_the_side_of_its_table(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table([60, 200, 216], [100, 130, 160], rows([["费用", ""], ["规章", "2"]]))
    sheet.text(202, 106, "98765", 8)
    reading = reader.read(sheet.done())
    assert grid(tables(reading)[0]) == [["费用", "98765"], ["规章", "2"]]
    assert reading.notes == ("page 1: a table is cut off at its side, and figures may be, too",)


def test_table_cut_off_by_the_page(reader: ModuleType) -> None:
    sheet = Sheet(300, 400)
    sheet.table([60, 200, 290, 350], [100, 130, 160], rows([["规章", "1", ""], ["文件", "2", ""]]))
    sheet.text(292, 108, "30", 10)
    reading = reader.read(sheet.done())
    assert [row[:2] for row in grid(tables(reading)[0])] == [["规章", "1"], ["文件", "2"]]
    assert "30" in [cell.text for cell in tables(reading)[0].cells]


@pytest.mark.parametrize("upwards", [False, True])
def test_vertical_label_longer_than_its_cell(reader: ModuleType, upwards: bool) -> None:
    sheet = Sheet()
    cells: list[Span] = [
        (0, 0, 1, 2, "二、上年结转"), (0, 2, 1, 1, "1"),
        (1, 0, 2, 1, ""), (1, 1, 1, 1, "（一）予以公开"), (1, 2, 1, 1, "3"),
        (2, 1, 1, 1, "（二）部分公开"), (2, 2, 1, 1, "0"),
    ]  # fmt: skip
    sheet.table([60, 85, 220, 260], even(100, 30, 3), cells)
    places = list(enumerate("三、本年度办理结果"))
    for number, character in reversed(places) if upwards else places:
        sheet.text(68, 111 + 11 * number, character, 9)
    reading = reader.read(sheet.done())
    label = "果结理办度年本、三" if upwards else "三、本年度办理结果"
    assert [spans(table) for table in tables(reading)] == [
        [*cells[:2], (1, 0, 2, 1, label), *cells[3:]]
    ]
    assert texts(reading) == []
