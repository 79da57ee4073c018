"""What stands in the cells of ruled tables: figures kept whole and apart, labels in any direction."""

from types import ModuleType

import pytest

from tests.pdf_drawing import (
    MERGED,
    READERS,
    XS,
    YS,
    Sheet,
    Span,
    even,
    grid,
    only_table,
    rows,
    spans,
    tables,
    texts,
)

pytestmark = pytest.mark.parametrize("reader", READERS, ids=lambda r: r.__name__.split(".")[-1])


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


def test_figure_over_the_side_of_its_table(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table([60, 200, 216], [100, 130, 160], rows([["费用", ""], ["规章", "2"]]))
    sheet.text(202, 106, "98765", 8)
    reading = reader.read(sheet.done())
    assert grid(tables(reading)[0]) == [["费用", "98765"], ["规章", "2"]]
    assert reading.notes == ("page 1: a table is cut off at its side, and figures may be, too",)


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
