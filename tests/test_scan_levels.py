"""Scanned tables without upright rules: texts side by side on different levels, parted."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("cv2", reason="recognition needs OpenCV: pip install 'gongkai[ocr]'")

from extract.document import Cell, Table
from extract.pdf.page import Page
from extract.scan.candidates import block_with_candidates
from extract.scan.ink import Box
from extract.scan.levels import boxes_on_rows, ink_to_level_lines
from extract.scan.marks import has_sign
from extract.scan.page import FreeLine, ScannedPage
from extract.scan.pictures import Dots
from extract.scan.stacked import boxes_to_stacks, join_pieces

SIZE = 20.0


def ink(*boxes: tuple[int, int, int, int]) -> Dots:
    """Full boxes of ink (x0, y0, x1, y1) on a sheet of 600 x 200 dots."""
    dots = np.zeros((200, 600), np.uint8)
    for x0, y0, x1, y1 in boxes:
        dots[y0:y1, x0:x1] = 1
    return dots


@pytest.mark.parametrize(
    ("boxes", "lines"),
    [
        # A label of two lines, and a figure at half its height.
        (
            [(10, 10, 100, 30), (10, 34, 60, 54), (200, 24, 210, 38)],
            [(10, 10, 100, 30), (10, 34, 60, 54), (200, 24, 210, 38)],
        ),
        # A group's label in two lines beside the labels of its rows, near by.
        (
            [(10, 20, 50, 40), (10, 44, 50, 64), (58, 10, 150, 30), (58, 36, 150, 56)],
            [(10, 20, 50, 40), (10, 44, 50, 64), (58, 10, 150, 30), (58, 36, 150, 56)],
        ),
        # Two labels a little off each other.
        ([(10, 10, 60, 30), (70, 14, 150, 34)], [(10, 10, 60, 30), (70, 14, 150, 34)]),
        # Heads of columns on one line; the white behind a comma is no gap.
        ([(10, 10, 50, 30), (70, 10, 110, 30)], [(10, 10, 50, 30), (70, 10, 110, 30)]),
        ([(10, 10, 50, 30), (52, 25, 57, 30), (78, 10, 120, 30)], [(10, 10, 120, 30)]),
        # The strokes of a number in large type, before the rest of a heading.
        (
            [(10, 12, 42, 14), (10, 25, 42, 27), (10, 38, 42, 40), (70, 10, 300, 50)],
            [(10, 10, 42, 50), (70, 10, 300, 50)],
        ),
    ],
)
def test_lines_on_different_levels(
    boxes: list[tuple[int, int, int, int]], lines: list[tuple[int, int, int, int]]
) -> None:
    found = ink_to_level_lines(ink(*boxes), SIZE)
    assert sorted(tuple(box) for box in found) == sorted(lines)


def test_a_character_that_fell_apart_row_by_row_is_one() -> None:
    pieces = [Box(10, 10, 28, 16), Box(10, 22, 28, 25), Box(100, 10, 118, 12)]
    assert sorted(join_pieces(pieces, SIZE)) == [Box(10, 10, 28, 25), Box(100, 10, 118, 12)]


def test_figures_of_two_rows_are_not_joined() -> None:
    dashes = [Box(10, 10, 28, 12), Box(10, 40, 28, 42)]
    assert join_pieces(dashes, SIZE) == dashes


def test_characters_under_one_another_are_a_stack_from_four_on() -> None:
    column = [Box(10, 10 + 24 * i, 28, 28 + 24 * i) for i in range(4)]
    assert boxes_to_stacks([Box(60, 10, 78, 28), *column[::-1]], SIZE) == [[4, 3, 2, 1]]
    assert boxes_to_stacks(column[:3], SIZE) == []


def test_figures_of_one_row_have_one_head_and_foot() -> None:
    row = [Box(10, 20, 20, 34), Box(50, 21, 60, 35), Box(90, 20, 100, 35)]
    below = Box(10, 60, 20, 74)
    assert boxes_on_rows([*row, below], SIZE) == [
        *(box._replace(y0=20, y1=35) for box in row),
        below,
    ]


@pytest.mark.parametrize(
    ("strokes", "sign"),
    [
        ([(0, 6, 6, 8), (8, 0, 16, 14)], True),
        # It touches the figure, as in bad print.
        ([(0, 6, 6, 8), (6, 0, 16, 14)], True),
        ([(0, 0, 10, 14)], False),
        ([(0, 6, 2, 8), (2, 0, 10, 14)], False),
        ([(0, 12, 6, 14), (8, 0, 16, 14)], False),
        ([(0, 6, 6, 8)], False),
    ],
)
def test_a_sign_is_a_flat_stroke_that_may_touch_its_figure(
    strokes: list[tuple[int, int, int, int]], sign: bool
) -> None:
    dots = ink(*strokes)[:14, :20]
    assert has_sign(dots, SIZE) is sign


def scanned(*lines: FreeLine) -> dict[int, ScannedPage]:
    page = Page(1, 600, 800, (), ())
    return {1: ScannedPage(page, {}, lines, None)}


def table(*rows: tuple[str, ...]) -> Table:
    """A table without rules, its cells 100 x 20 points."""
    cells = tuple(
        Cell(r, c, text, page=1, bbox=(100.0 * c, 20.0 * r, 100.0 * c + 100, 20.0 * r + 20))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Table(len(rows), len(rows[0]), cells, page=1)


def candidates(block: Table, *lines: FreeLine) -> dict[tuple[int, int], object]:
    found = block_with_candidates(block, scanned(*lines))
    assert isinstance(found, Table)
    return {(cell.row, cell.column): cell.candidates for cell in found.cells}


def test_a_cell_without_rules_has_the_candidates_of_its_line() -> None:
    said = (("7", 0.98), ("1", 0.02))
    label = FreeLine((5, 5, 60, 15), (("予以公开", 0.99),))
    found = candidates(table(("予以公开", "7", "")), label, FreeLine((140, 5, 150, 15), said))
    assert found[(0, 1)] == said
    assert found[(0, 2)] == (("", 1.0),)


def test_a_part_of_a_line_is_not_sure() -> None:
    found = candidates(table(("予以公开", "7")), FreeLine((5, 5, 190, 15), (("予以公开7", 0.99),)))
    assert found[(0, 1)] == (("7", 0.85),)


def test_a_blank_with_ink_that_became_no_text_is_not_sure() -> None:
    found = candidates(table(("予以公开", "")), FreeLine((140, 5, 150, 15), ()))
    assert found[(0, 1)] == (("", 0.5), ("\ufffd", 0.5))


def test_a_blank_below_a_figure_without_a_label_is_not_sure() -> None:
    found = candidates(table(("", "0"), ("部分公开", "")))
    assert found[(1, 1)] == (("", 0.5), ("0", 0.5))
