"""Grids and characters -> pieces of tables, and what was left outside of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from operator import not_, sub

from extract.document import BBox
from extract.pdf.edges import rules_to_edge_groups
from extract.pdf.lattice import Grid, GridCell, edge_group_to_grid
from extract.pdf.lines import chars_to_rows, chars_to_text
from extract.pdf.overflow import char_owners, figures_cut, figures_over
from extract.pdf.page import Char, Page
from extract.pdf.piece import Piece, PieceCell, in_reading_order
from extract.pdf.script import is_chinese_page
from extract.pdf.tables.coarse import complete_grid
from extract.pdf.tables.evidence import is_drawing
from extract.pdf.tolerances import TOLERANCES, Tolerances
from extract.pdf.vertical import vertical_runs

FIGURE = re.compile(r"[-+−－]?\d+(?:[,，.．]\d+)*%?|[-—/\\]{1,4}")
"""A cell that holds a figure, or a mark that stands for none, and nothing else."""
_LONGEST_LABEL = 60
"""A single column with a longer text than this is a box round prose."""
_CELL_PADDING = 11.0
"""Points that word processors leave blank at the sides of a cell, both together."""
_THINNEST = 8.0
"""An empty row or column at a table's side thinner than this (points) is a double frame."""


@dataclass(frozen=True, slots=True)
class Framed:
    """A grid that alone is no table (one box, a stack of boxes), with the characters in it.

    It counts as a piece only when it goes on from, or into, a table on the page beside.
    `around_table` tells that it frames a table and so is no row of one; `drawing` that it is the
    grid of a chart.
    """

    piece: Piece
    chars: tuple[Char, ...]
    around_table: bool
    drawing: bool = False


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a page's rules make of its characters; `rest` stands outside of every grid.

    `doubts` are figures that run over the edge of their cell. `chinese`: the page is one of a form.
    """

    pieces: tuple[Piece, ...]
    framed: tuple[Framed, ...]
    rest: tuple[Char, ...]
    doubts: tuple[str, ...]
    chinese: bool


def page_to_ruled(page: Page, tolerances: Tolerances = TOLERANCES) -> Ruled:
    """The page's ruled tables; a grid inside another one's cell is a table of its own."""
    grids = [
        grid
        for group in rules_to_edge_groups(page.rules, tolerances)
        if (grid := edge_group_to_grid(group, tolerances)) is not None
    ]
    pieces: list[Piece] = []
    framed: list[Framed] = []
    doubts: list[str] = []
    drawings: list[BBox] = []
    rest: Sequence[Char] = page.chars
    chinese = is_chinese_page(page.chars)
    for grid in sorted(grids, key=_area):
        inside, outside = _split(rest, grid)
        if not inside:
            continue
        drawing = False
        if not chinese:
            grid = complete_grid(grid, inside)
        piece, overflowing = grid_to_piece(grid, inside, page.number)
        if not chinese:
            drawing = is_drawing(piece) or any(_lies_in(box, _box(grid)) for box in drawings)
            if drawing:
                drawings.append(_box(grid))
        if is_table(piece) and not drawing:
            pieces.append(piece)
            doubts.extend(overflowing)
        elif any(other is not grid and _lies_in(_box(grid), _box(other)) for other in grids):
            continue
        else:
            around = any(_lies_in(other.bbox, _box(grid)) for other in pieces)
            framed.append(Framed(piece, tuple(inside), around or drawing, drawing))
        rest = outside
    return Ruled(
        pieces=tuple(in_reading_order(pieces, lambda piece: piece.bbox)),
        framed=tuple(in_reading_order(framed, lambda frame: frame.piece.bbox)),
        rest=tuple(rest),
        doubts=tuple(doubts),
        chinese=chinese,
    )


def _box(grid: Grid) -> BBox:
    return (grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])


def _area(grid: Grid) -> float:
    x0, top, x1, bottom = _box(grid)
    return (x1 - x0) * (bottom - top)


def _lies_in(inner: BBox, outer: BBox) -> bool:
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )


def _split(chars: Sequence[Char], grid: Grid) -> tuple[list[Char], list[Char]]:
    """The characters whose middle stands in the grid, and the others; order kept.

    A figure that runs over the table's side is inside or outside as a whole, and so is a vertical
    label that runs over its head or foot.
    """
    x0, x1 = 2 * grid.xs[0], 2 * grid.xs[-1]
    top, bottom = 2 * grid.ys[0], 2 * grid.ys[-1]
    held = [x0 <= ax + bx < x1 and top <= ay + by < bottom for _, ax, ay, bx, by in chars]
    if True not in held:
        return [], list(chars)
    for start, stop in figures_cut(chars, held):
        middle = chars[start].x0 + chars[stop - 1].x1
        held[start:stop] = [x0 <= middle < x1] * (stop - start)
    for start, stop in vertical_runs(chars):
        if any(held[start:stop]):
            middle = chars[start].top + chars[stop - 1].bottom
            held[start:stop] = [top <= middle < bottom] * (stop - start)
    inside = list(compress(chars, held))
    outside = list(compress(chars, map(not_, held)))
    return inside, outside


def grid_to_piece(grid: Grid, chars: Sequence[Char], page: int) -> tuple[Piece, list[str]]:
    """The grid with its cells' texts, and doubts about figures that cross an edge."""
    cell_at = [[0] * (len(grid.xs) - 1) for _ in range(len(grid.ys) - 1)]
    for index, cell in enumerate(grid.cells):
        for row in range(cell.row, cell.row + cell.rowspan):
            cell_at[row][cell.column : cell.column + cell.colspan] = [index] * cell.colspan
    xs, ys = grid.xs, grid.ys
    inner_xs, inner_ys = xs[1:-1], ys[1:-1]

    def owner(x: float, y: float) -> int:
        return cell_at[bisect_right(inner_ys, y)][bisect_right(inner_xs, x)]

    held: list[list[Char]] = [[] for _ in grid.cells]
    owners, crossing = char_owners(chars, owner, xs)
    for char, index in zip(chars, owners, strict=True):
        held[index].append(char)
    texts = [chars_to_text(mine) if mine else "" for mine in held]
    doubts = [
        f"page {page}: the figure {figure!r} runs over the edge of its cell" for figure in crossing
    ]
    if _is_open_at_one_side(grid) or figures_over(chars, xs[0], xs[-1]):
        doubts.append(f"page {page}: a table is cut off at its side, and figures may be, too")
    cells = []
    for cell, text, mine in zip(grid.cells, texts, held, strict=True):
        if text or not _is_notch(cell):
            width = xs[cell.column + cell.colspan] - xs[cell.column]
            at_end = cell.row + cell.rowspan >= len(ys) - 2
            full = at_end and text != "" and _fills(mine, width)
            cells.append(_piece_cell(cell, text, full, grid, page))
    return _without_empty_sides(cells, xs, ys, page), doubts


def _piece_cell(cell: GridCell, text: str, full: bool, grid: Grid, page: int) -> PieceCell:
    xs, ys = grid.xs, grid.ys
    box = (
        xs[cell.column],
        ys[cell.row],
        xs[cell.column + cell.colspan],
        ys[cell.row + cell.rowspan],
    )
    row, column, rowspan, colspan, open_top, open_bottom, _, _ = cell
    return PieceCell(row, column, rowspan, colspan, text, page, box, open_top, open_bottom, full)


def _fills(chars: Sequence[Char], width: float) -> bool:
    """Whether the last line of a cell's text leaves no room for another character."""
    _, lefts, tops, rights, bottoms = zip(*chars, strict=True)
    most = max(map(sub, bottoms, tops))
    if width - (max(rights) - min(lefts)) > _CELL_PADDING + most * 1.3:
        return False
    for row in reversed(chars_to_rows(chars)):
        inked = [char for char in row if not char[0].isspace()]
        if inked:
            _, lefts, tops, rights, bottoms = zip(*inked, strict=True)
            size: float = max(map(sub, bottoms, tops))
            room: float = width - (max(rights) - min(lefts))
            return room <= _CELL_PADDING + size * 1.3
    return False


def _is_open_at_one_side(grid: Grid) -> bool:
    """Whether one side has no rule at all while the other has, as where a page cuts a table off."""
    left = all(c.open_left for c in grid.cells if c.column == 0)
    right = all(c.open_right for c in grid.cells if c.column + c.colspan == len(grid.xs) - 1)
    return left != right


def _is_notch(cell: GridCell) -> bool:
    """An empty corner outside of the table: open at one end and to one side."""
    return (cell.open_top or cell.open_bottom) and (cell.open_left or cell.open_right)


def _without_empty_sides(
    cells: Sequence[PieceCell], xs: Sequence[float], ys: Sequence[float], page: int
) -> Piece:
    """The piece without empty rows that hang over its end and without double frames."""
    rows = range(len(ys) - 1)
    columns = range(len(xs) - 1)

    def idle_row(row: int) -> bool:
        single = [c for c in cells if c.row == row and c.rowspan == 1]
        if any(c.text for c in single):
            return False
        own = [c for c in cells if c.row <= row < c.bottom_row]
        hanging = all(c.open_bottom if row == rows[-1] else c.open_top for c in own)
        thin = ys[row + 1] - ys[row] < _THINNEST
        return (thin and len(single) == len(own)) or (hanging and len(single) > 0)

    def idle_column(column: int) -> bool:
        if xs[column + 1] - xs[column] >= _THINNEST:
            return False
        return not any(c.text for c in cells if c.column == column and c.colspan == 1)

    while len(rows) > 1 and idle_row(rows[-1]):
        rows = rows[:-1]
    while len(rows) > 1 and idle_row(rows[0]):
        rows = rows[1:]
    while len(columns) > 1 and idle_column(columns[-1]):
        columns = columns[:-1]
    while len(columns) > 1 and idle_column(columns[0]):
        columns = columns[1:]
    kept = cells
    if len(rows) < len(ys) - 1 or len(columns) < len(xs) - 1:
        within = [_cell_within(cell, rows, columns, xs, ys) for cell in cells]
        kept = [cell for cell in within if cell is not None]
    box = (xs[columns[0]], ys[rows[0]], xs[columns[-1] + 1], ys[rows[-1] + 1])
    return Piece(
        page=page,
        bbox=box,
        xs=tuple(xs[columns[0] : columns[-1] + 2]),
        rows=len(rows),
        cells=tuple(kept),
        last_page=page,
        last_bbox=box,
    )


def _cell_within(
    cell: PieceCell, rows: range, columns: range, xs: Sequence[float], ys: Sequence[float]
) -> PieceCell | None:
    top, bottom = max(cell.row, rows[0]), min(cell.bottom_row, rows[-1] + 1)
    left, right = max(cell.column, columns[0]), min(cell.right_column, columns[-1] + 1)
    if top >= bottom or left >= right:
        return None
    box: BBox = (xs[left], ys[top], xs[right], ys[bottom])
    return cell._replace(
        row=top - rows[0],
        column=left - columns[0],
        rowspan=bottom - top,
        colspan=right - left,
        bbox=box,
    )


def is_table(piece: Piece) -> bool:
    """Whether the piece is a table on its own: several cells, and not just boxes round prose."""
    texts = [cell.text for cell in piece.cells if cell.text]
    if len(texts) < 2:
        return False
    if piece.columns > 1:
        return any(c.colspan < piece.columns for c in piece.cells)
    figures = sum(1 for text in texts if is_figure(text))
    return figures >= 2 and max(len(text) for text in texts) <= _LONGEST_LABEL


def is_figure(text: str) -> bool:
    """Whether a cell's text is a figure, or a mark in place of one, and nothing else."""
    return FIGURE.fullmatch("".join(text.split())) is not None
