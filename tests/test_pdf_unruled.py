"""Tables without rules that leave much to white space: blanks, page ends, boxes, close heads."""

from collections.abc import Sequence

import pytest

from extract.document import Table
from extract.pdf import pdfium_reader
from tests.pdf_drawing import Sheet, tables

PROCEEDINGS = ["维持", "纠正", "其他", "未结", "总计"]
UNITS = [260.0, 420.0]


def read(sheet: Sheet) -> list[Table]:
    return tables(pdfium_reader.read(sheet.done()))


def grid(table: Table) -> list[list[str]]:
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


def row(
    sheet: Sheet, top: float, xs: Sequence[float], texts: Sequence[str], size: float = 9
) -> None:
    """A label at the first x, and texts in the middle of the others."""
    sheet.text(xs[0], top, texts[0], size)
    for x, text in zip(xs[1:], texts[1:], strict=False):
        if text:
            sheet.centered(x - 40, x + 40, top, text, size)


def proceedings(sheet: Sheet, top: float) -> list[float]:
    """Heads of two ranks over ten columns; the middles of these."""
    middles = [80 + 48.0 * n for n in range(10)]
    sheet.centered(60, 290, top, "行政复议", 9)
    sheet.centered(300, 530, top, "行政诉讼", 9)
    for middle, head in zip(middles, PROCEEDINGS * 2, strict=True):
        sheet.centered(middle - 20, middle + 20, top + 17, head, 9)
    return middles


def test_unit_beside_a_blank_figure_makes_a_row() -> None:
    sheet = Sheet()
    rows = [
        ("（一）收到申请数", "件", "12"),
        ("1．当面申请数", "件", ""),
        ("2．传真申请数", "件", ""),
        ("（二）申请办结数", "件", "12"),
        ("（三）举办培训班", "次", "3"),
        ("（四）接受培训", "人次", ""),
    ]
    for number, texts in enumerate(rows):
        row(sheet, 100 + 17 * number, [80.0, *UNITS], texts)
    (table,) = read(sheet)
    assert grid(table) == [list(texts) for texts in rows]


def test_rows_left_blank_that_begin_as_sections_do() -> None:
    sheet = Sheet()
    sheet.text(80, 60, "三、收到和处理政府信息公开申请情况", 14)
    xs = [80.0, 330.0, 380.0, 430.0, 480.0]
    rows = [
        ("类别", "自然人", "企业", "其他", "总计"),
        ("一、本年新收政府信息公开申请", "3", "0", "1", "4"),
        ("二、上年结转政府信息公开申请", "", "", "", ""),
        ("三、本年度办理结果总计", "3", "0", "1", "4"),
        ("四、结转下年度继续办理", "", "", "", ""),
    ]
    for number, texts in enumerate(rows):
        row(sheet, 100 + 17 * number, xs, texts)
    sheet.text(80, 210, "四、政府信息公开行政复议、行政诉讼情况", 14)
    (table,) = read(sheet)
    assert grid(table) == [list(texts) for texts in rows]


@pytest.mark.parametrize(
    "figures", [{}, {4: "2", 9: "1"}], ids=["no figure at all", "two figures far apart"]
)
def test_heads_over_a_row_of_blanks(figures: dict[int, str]) -> None:
    sheet = Sheet()
    middles = proceedings(sheet, 100)
    for column, text in figures.items():
        sheet.centered(middles[column] - 20, middles[column] + 20, 136, text, 9)
    sheet.text(60, 165, "五、存在的主要问题及改进情况", 12)
    sheet.text(60, 190, "更新不够及时。", 10)
    (table,) = read(sheet)
    assert grid(table)[-2:] == [
        PROCEEDINGS * 2,
        [figures.get(column, "") for column in range(10)],
    ]


def test_heads_at_the_foot_of_a_page_have_a_blank_row_when_text_follows() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "四、行政复议、行政诉讼情况", 12)
    proceedings(sheet, 730)
    sheet.text(290, 800, "- 1 -", 9)
    sheet.page()
    sheet.text(60, 100, "五、存在的主要问题及改进情况", 12)
    (table,) = read(sheet)
    assert grid(table)[-1] == [""] * 10
    assert table.rows == 3


def test_last_row_alone_on_the_next_page() -> None:
    sheet = Sheet()
    xs = [80.0, 330.0]
    for number, (banner, label) in enumerate(
        (("第二十条第（五）项", "行政许可"), ("第二十条第（六）项", "行政处罚"))
    ):
        top = 600 + 60 * number
        sheet.centered(80, 520, top, banner, 9)
        row(sheet, top + 17, xs, ("信息内容", "本年处理决定数量"))
        row(sheet, top + 34, xs, (label, "12"))
    sheet.centered(80, 520, 720, "第二十条第（八）项", 9)
    row(sheet, 737, xs, ("信息内容", "本年收费金额（单位：万元）"))
    sheet.page()
    row(sheet, 80, xs, ("行政事业性收费", "427383.9373"))
    sheet.text(80, 140, "三、收到和处理政府信息公开申请情况", 14)
    (table,) = read(sheet)
    assert grid(table)[-3:] == [
        ["第二十条第（八）项", ""],
        ["信息内容", "本年收费金额（单位：万元）"],
        ["行政事业性收费", "427383.9373"],
    ]


def test_label_and_figure_at_the_head_of_a_page_alone_are_text() -> None:
    sheet = Sheet()
    sheet.text(80, 400, "一、总体情况", 12)
    sheet.page()
    row(sheet, 80, [80.0, 330.0], ("联系电话", "12345"))
    sheet.text(80, 140, "二、主动公开政府信息情况", 12)
    assert read(sheet) == []


@pytest.mark.parametrize("boxed", [False, True], ids=["open", "in a box"])
def test_spaces_within_the_figures_of_one_row(boxed: bool) -> None:
    sheet = Sheet()
    xs = [80.0, 330.0, 380.0, 430.0, 480.0]
    if boxed:
        sheet.frame(70, 90, 520, 160)
    row(sheet, 100, xs, ("类别", "自然人", "企业", "其他", "总计"))
    row(sheet, 117, xs, ("新收", "1 3", "0", "0", "1 3"))
    row(sheet, 134, xs, ("结转", "", "", "", "2"))
    (table,) = read(sheet)
    assert grid(table)[1:] == [["新收", "1 3", "0", "0", "1 3"], ["结转", "", "", "", "2"]]


def test_heads_closer_than_columns_of_text_are() -> None:
    sheet = Sheet()
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结"]
    middles = [100 + 39.0 * n for n in range(4)]
    for middle, head, figure in zip(middles, heads, "4120", strict=True):
        sheet.centered(middle - 20, middle + 20, 100, head, 9)
        sheet.centered(middle - 20, middle + 20, 117, figure, 9)
        sheet.centered(middle - 20, middle + 20, 134, figure, 9)
    (table,) = read(sheet)
    assert grid(table)[0] == heads


def test_what_a_browser_prints_at_the_edge_of_the_paper_is_no_row() -> None:
    sheet = Sheet()
    xs = [80.0, 330.0, 380.0, 430.0, 480.0]
    for page in (1, 2):
        sheet.text(40, 12, "11/23/26, 4:05 PM", 8)
        sheet.text(300, 12, "水务局2024年政府信息公开工作年度报告", 8)
        for number in range(3):
            row(sheet, 30 + 17 * number, xs, (f"{3 * page + number}.项目", "3", "0", "1", "4"))
        sheet.page()
    (table,) = read(sheet)
    assert [cells[0] for cells in grid(table)] == [f"{n}.项目" for n in range(3, 9)]
