"""Ruled tables in made PDFs, each with both readers: every cell, its spans and its place."""

from types import ModuleType

import pytest

from tests.pdf_drawing import (
    MERGED,
    READERS,
    XS,
    YS,
    Sheet,
    Span,
    dashes,
    double_line,
    even,
    grid,
    only_table,
    rows,
    spans,
    tables,
    texts,
    thin_box,
)

pytestmark = pytest.mark.parametrize("reader", READERS, ids=lambda r: r.__name__.split(".")[-1])


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


def test_table_cut_off_by_the_page(reader: ModuleType) -> None:
    sheet = Sheet(300, 400)
    sheet.table([60, 200, 290, 350], [100, 130, 160], rows([["规章", "1", ""], ["文件", "2", ""]]))
    sheet.text(292, 108, "30", 10)
    reading = reader.read(sheet.done())
    assert [row[:2] for row in grid(tables(reading)[0])] == [["规章", "1"], ["文件", "2"]]
    assert "30" in [cell.text for cell in tables(reading)[0].cells]
