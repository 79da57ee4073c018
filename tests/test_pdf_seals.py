"""Seals, watermarks and rows that blanks make hard: nothing foreign gets into a cell."""

import math
from types import ModuleType

import pytest

from extract.pdf.piece import Piece, PieceCell
from extract.pdf.regrid import fit_columns
from extract.pdf.slanted import upright_in_rings
from tests.pdf_drawing import READERS, SONG, Sheet, even, grid, rows, tables

READER = pytest.mark.parametrize("reader", READERS, ids=lambda r: r.__name__.split(".")[-1])
FIGURES = [["项目", "自然人", "总计"], ["予以公开", "21", "21"], ["部分公开", "4", "4"]]


def ring(sheet: Sheet, x: float, top: float, name: str, radius: float = 30) -> None:
    """The letters of a seal along the upper half of a circle, the middle one upright."""
    canvas = sheet.canvas
    for number, letter in enumerate(name):
        angle = 140 - 100 * number / (len(name) - 1)
        canvas.saveState()
        canvas.translate(
            x + radius * math.cos(math.radians(angle)),
            sheet.height - top + radius * math.sin(math.radians(angle)),
        )
        canvas.rotate(angle - 90)
        canvas.setFont(SONG, 9)
        canvas.drawCentredString(0, 0, letter)
        canvas.restoreState()


@READER
def test_no_letter_of_a_seal_stands_in_a_cell(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table(even(60, 80, 3), even(100, 22, 3), rows(FIGURES))
    ring(sheet, 180, 160, "青砚市民政局专")
    ring(sheet, 180, 160, "青砚市民政局")
    reading = reader.read(sheet.done())
    assert [grid(table) for table in tables(reading)] == [FIGURES]
    assert reading.notes == ()


@READER
def test_figures_in_slanted_text_are_noted(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table(even(60, 80, 3), even(100, 22, 3), rows(FIGURES))
    ring(sheet, 300, 400, "内部资料12")
    (note,) = reader.read(sheet.done()).notes
    assert "slanted text" in note


def test_only_what_is_close_to_slanted_letters_joins_them() -> None:
    near = [(0.0, 0.0, 9.0, 9.0), (12.0, 2.0, 21.0, 11.0), (24.0, 0.0, 33.0, 9.0)]
    far = [near[0], (300.0, 2.0, 309.0, 11.0), near[2]]
    assert upright_in_rings([True, False, True], near) == [1]
    assert upright_in_rings([True, False, True], far) == []
    assert upright_in_rings([True, False, False], near) == []


def piece(page: int, xs: list[float], texts: list[tuple[int, int, float, str]]) -> Piece:
    """Single cells (row, column, middle, text) of a piece without rules."""
    cells = tuple(
        PieceCell(row, column, 1, 1, text, page, (x - 4, 20.0 * row, x + 4, 20.0 * row + 8))
        for row, column, x, text in texts
    )
    box = (xs[0], 0.0, xs[-1], 40.0)
    last = max(row for row, *_ in texts) + 1
    return Piece(page, box, tuple(xs), last, cells, page, box, unruled=True, label_columns=1)


def test_a_page_without_figures_in_one_column_keeps_to_the_columns_before() -> None:
    head = [(0, 0, 80.0, "项目"), (0, 1, 220.0, "甲"), (0, 2, 320.0, "乙"), (0, 3, 420.0, "丙")]
    upper = piece(1, [60, 180, 270, 370, 470], head)
    lower = piece(
        2, [60, 200, 320, 470], [(0, 0, 80.0, "其他"), (0, 1, 220.0, "1"), (0, 2, 420.0, "2")]
    )
    fitted = fit_columns(upper, lower)
    assert [(c.column, c.text) for c in fitted.cells] == [(0, "其他"), (1, "1"), (2, ""), (3, "2")]
    two = [(0, 0, 80.0, "其他"), (0, 1, 210.0, "1"), (0, 2, 240.0, "2")]
    unfit = piece(2, [60, 200, 230, 470], two)
    assert fit_columns(upper, unfit) is unfit
