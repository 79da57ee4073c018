"""Text outside of tables: headings, paragraphs, running lines, columns, in reading order."""

from types import ModuleType

import pytest

from tests.pdf_drawing import READERS, Sheet, even, grid, rows, tables, texts

pytestmark = pytest.mark.parametrize("reader", READERS, ids=lambda r: r.__name__.split(".")[-1])

LEFT, SIZE, PITCH, LENGTH = 80.0, 12.0, 22.0, 36
BODY = (
    "本报告由青砚市人民政府办公室根据《中华人民共和国政府信息公开条例》要求编制，"
    "报告中所列数据的统计期限自2023年1月1日起至2023年12月31日止，"
    "如对本报告有疑问，请与办公室联系。"
)


def paragraph(sheet: Sheet, top: float, text: str, indent: int = 2) -> float:
    """Draws lines of equal length, the first one set in; gives the top of the next line."""
    room = LENGTH - indent
    x = LEFT + indent * SIZE
    while text:
        line, width = "", 0.0
        while text and width < room:
            step = 0.5 if text[0] < "\u0250" else 1.0
            width += step
            line, text = line + text[0], text[1:]
        sheet.text(x, top, line, SIZE)
        room, x, top = LENGTH, LEFT, top + PITCH
    return top


def test_headings_and_paragraphs(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.centered(LEFT, LEFT + LENGTH * SIZE, 60, "青砚市人民政府", 20)
    sheet.centered(LEFT, LEFT + LENGTH * SIZE, 90, "2023年政府信息公开工作年度报告", 20)
    top = paragraph(sheet, 140, BODY)
    top = paragraph(sheet, top, "一、总体情况")
    top = paragraph(sheet, top, "（一）主动公开。" + BODY)
    paragraph(sheet, top, "无。")
    assert texts(reader.read(sheet.done())) == [
        ("heading", "青砚市人民政府\n2023年政府信息公开工作年度报告"),
        ("paragraph", BODY),
        ("heading", "一、总体情况"),
        ("paragraph", "（一）主动公开。" + BODY),
        ("paragraph", "无。"),
    ]


def test_paragraph_over_a_page_break_with_running_lines(reader: ModuleType) -> None:
    sheet = Sheet()
    long = BODY * 3
    for page in range(3):
        sheet.text(LEFT, 40, "青砚市人民政府2023年政府信息公开工作年度报告", 8)
        sheet.text(290, 800, f"— {page + 1} —", 9)
        if page == 0:
            half = paragraph(sheet, 700, long[:34]) and long[34:]
            sheet.page()
        elif page == 1:
            paragraph(sheet, 80, half, indent=0)
            sheet.page()
        else:
            paragraph(sheet, 80, "无。")
    assert texts(reader.read(sheet.done())) == [
        ("paragraph", "青砚市人民政府2023年政府信息公开工作年度报告"),
        ("paragraph", long),
        ("paragraph", "无。"),
    ]


def test_number_in_the_text_is_no_page_number(reader: ModuleType) -> None:
    sheet = Sheet()
    paragraph(sheet, 100, BODY)
    sheet.text(LEFT, 400, "2023", SIZE)
    assert ("paragraph", "2023") in texts(reader.read(sheet.done()))


def test_latin_words_are_joined_with_a_space(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.text(LEFT, 100, "The report of the office of open government work in", SIZE, "Helvetica")
    sheet.text(LEFT, 118, "2023 covers all sections of the national form here.", SIZE, "Helvetica")
    assert texts(reader.read(sheet.done())) == [
        (
            "paragraph",
            "The report of the office of open government work in "
            "2023 covers all sections of the national form here.",
        )
    ]


def test_text_and_tables_in_reading_order(reader: ModuleType) -> None:
    sheet = Sheet()
    top = paragraph(sheet, 80, "二、主动公开政府信息情况")
    sheet.table([LEFT, 300, 400], even(top, 24, 2), rows([["规章", "1"], ["文件", "2"]]))
    top = paragraph(sheet, top + 60, "三、收到和处理政府信息公开申请情况")
    sheet.table([LEFT, 300, 400], even(top, 24, 2), rows([["新收", "3"], ["结转", "4"]]))
    paragraph(sheet, top + 60, "无。")
    blocks = reader.read(sheet.done()).blocks
    assert [getattr(block, "text", "table") for block in blocks] == [
        "二、主动公开政府信息情况", "table", "三、收到和处理政府信息公开申请情况", "table", "无。",
    ]  # fmt: skip
    assert [block.page for block in blocks] == [1] * 5


def test_two_columns_of_prose(reader: ModuleType) -> None:
    left, right = "左栏文字从这里开始，" * 12, "右栏文字在后面接着，" * 12
    sheet = Sheet()
    sheet.text(60, 60, "一、总体情况", 14)
    for number in range(6):
        sheet.text(60, 100 + 18 * number, left[20 * number : 20 * number + 20], 10)
        sheet.text(300, 100 + 18 * number, right[20 * number : 20 * number + 20], 10)
    assert texts(reader.read(sheet.done())) == [
        ("heading", "一、总体情况"),
        ("paragraph", left),
        ("paragraph", right),
    ]


def test_note_below_a_table_is_not_in_it(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table([80, 300, 400], even(100, 24, 2), rows([["规章", "1"], ["文件", "2"]]))
    sheet.text(80, 150, "注：数量含上年度结转数量。", 9)
    reading = reader.read(sheet.done())
    assert grid(tables(reading)[0]) == [["规章", "1"], ["文件", "2"]]
    assert texts(reading) == [("paragraph", "注：数量含上年度结转数量。")]
