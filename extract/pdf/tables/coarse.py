"""Grids whose rules part only some rows and columns -> grids with the missing lines.

Many tables are ruled around their head, or between groups of rows, and leave the rest to white
space. A cell of such a grid holds figures of several columns or rows. What the rules part stays
parted, and a cell is cut only where figures stand on their own on either side.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.pdf.lattice import Grid, GridCell
from extract.pdf.lines import chars_to_lines
from extract.pdf.page import Char
from extract.pdf.sideways import without_turned
from extract.pdf.tables.chunks import TextLine, line_to_text_line
from extract.pdf.tables.gutters import gutters_to_columns, lines_to_gutters
from extract.pdf.tables.rows import lines_to_rows, place_line

_LEAST_VALUES = 0.5
"""A share of figures right of a line without a rule, among the lines that it would cut."""
_LEAST_LINES = 2
_FILLED = 0.4
"""A share of the cells that hold text; with fewer the grid is that of a chart, and is left."""
_MOST_LEFT = 3
"""With more chunks side by side in one cell, as on the axis of a chart, the grid is left."""


@dataclass(slots=True)
class _Held:
    """A cell with its lines and the x and y at which it is to be cut."""

    cell: GridCell
    lines: list[TextLine]
    xs: list[float]
    ys: list[float]


def complete_grid(grid: Grid, chars: Sequence[Char]) -> Grid:
    """The grid with lines added where its cells hold figures of several rows or columns."""
    held = _cells_with_lines(grid, without_turned(chars))
    if not any(_is_crowded(h.lines) for h in held):
        return grid
    for group in _by_columns(held):
        _cut_columns(group, grid)
    if any(_parts_left(h) > _MOST_LEFT for h in held):
        return grid
    for row in range(len(grid.ys) - 1):
        band = [h for h in held if h.cell.row == row and h.cell.rowspan == 1]
        _cut_rows(band)
    if not any(h.xs or h.ys for h in held):
        return grid
    completed = _cut_grid(grid, held)
    filled = sum(_filled(h) for h in held)
    return completed if filled >= _FILLED * len(completed.cells) else grid


def _cells_with_lines(grid: Grid, chars: Sequence[Char]) -> list[_Held]:
    at = {}
    for index, cell in enumerate(grid.cells):
        for row in range(cell.row, cell.row + cell.rowspan):
            for column in range(cell.column, cell.column + cell.colspan):
                at[row, column] = index
    mine: list[list[Char]] = [[] for _ in grid.cells]
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    for char in chars:
        row = min(max(bisect_right(grid.ys, (char.top + char.bottom) / 2) - 1, 0), rows - 1)
        column = min(max(bisect_right(grid.xs, (char.x0 + char.x1) / 2) - 1, 0), columns - 1)
        mine[at[row, column]].append(char)
    return [
        _Held(cell, [line_to_text_line(line) for line in chars_to_lines(own)], [], [])
        for cell, own in zip(grid.cells, mine, strict=True)
    ]


def _is_crowded(lines: Sequence[TextLine]) -> bool:
    """Whether a cell holds figures side by side, or one under another."""
    side = any(any(chunk.value for chunk in line.chunks[1:]) for line in lines)
    return side or sum(1 for line in lines if line.values == len(line.chunks)) >= _LEAST_LINES


def _filled(held: _Held) -> int:
    """How many of the cells that the cell is cut into hold text."""
    return len(
        {
            (bisect_left(held.ys, (line.top + line.bottom) / 2), bisect_left(held.xs, chunk.middle))
            for line in held.lines
            for chunk in line.chunks
        }
    )


def _parts_left(held: _Held) -> int:
    """The most chunks that stand side by side in what the cell is cut into."""
    most = 0
    for line in held.lines:
        counts: dict[int, int] = {}
        for chunk in line.chunks:
            at = bisect_left(held.xs, chunk.middle)
            counts[at] = counts.get(at, 0) + 1
        most = max(most, *counts.values())
    return most


def _by_columns(held: Sequence[_Held]) -> list[list[_Held]]:
    """Cells that span the same columns."""
    groups: dict[tuple[int, int], list[_Held]] = {}
    for h in held:
        if h.lines:
            groups.setdefault((h.cell.column, h.cell.colspan), []).append(h)
    return list(groups.values())


def _cut_columns(group: Sequence[_Held], grid: Grid) -> None:
    """Finds the x at which cells of the same columns are cut, at lines of the grid if possible."""
    lines = [line for h in group for line in h.lines]
    valued = [line for line in lines if any(chunk.value for chunk in line.chunks[1:])]
    if not valued:
        return
    first = group[0].cell
    known = grid.xs[first.column + 1 : first.column + first.colspan]
    if len(valued) < _LEAST_LINES and not known:
        return
    cuts = []
    for left, right in lines_to_gutters(valued):
        inside = [x for x in known if left <= x <= right]
        behind = [c for line in valued for c in line.chunks if c.x0 >= right]
        values = sum(1 for c in behind if c.value)
        if inside or values >= _LEAST_VALUES * len(behind):
            cuts.append(inside[0] if inside else (left + right) / 2)
    for h in group:
        if any(len(line.chunks) > 1 for line in h.lines):
            h.xs = [x for x in cuts if not _crosses(h.lines, x)]


def _crosses(lines: Sequence[TextLine], x: float) -> bool:
    return any(chunk.x0 < x < chunk.x1 for line in lines for chunk in line.chunks)


def _cut_rows(band: Sequence[_Held]) -> None:
    """Finds the y at which the cells of one row are cut, where several rows of figures stand."""
    if sum(1 for h in band if len(h.lines) >= _LEAST_LINES) < 2 and not any(h.xs for h in band):
        return
    lines = _whole_lines(band)
    if len(lines) < _LEAST_LINES:
        return
    spans = [(x, x) for h in band for x in h.xs] + _between_cells(band)
    if not spans:
        return
    columns = gutters_to_columns(lines, spans)
    rows = lines_to_rows([place_line(line, columns) for line in lines], columns, ())
    anchors = [row for row in rows if any(line.values for line in row)]
    if len(anchors) < _LEAST_LINES:
        return
    ends = [
        (max(u.line.bottom for u in upper) + min(w.line.top for w in lower)) / 2
        for upper, lower in pairwise(rows)
    ]
    for h in band:
        middles = [(line.top + line.bottom) / 2 for line in h.lines]
        at = {bisect_left(ends, middle) for middle in middles}
        if len(at) > 1:
            h.ys = ends


def _between_cells(band: Sequence[_Held]) -> list[tuple[float, float]]:
    filled = sorted((h for h in band if h.lines), key=lambda h: h.cell.column)
    found = []
    for a, b in pairwise(filled):
        right = max(line.line.x1 for line in a.lines)
        left = min(line.line.x0 for line in b.lines)
        found.append((min(right, left), max(right, left)))
    return found


def _whole_lines(band: Sequence[_Held]) -> list[TextLine]:
    chars = [char for h in band for line in h.lines for char in line.line.chars]
    return [line_to_text_line(line) for line in chars_to_lines(chars)]


def _cut_grid(grid: Grid, held: Sequence[_Held]) -> Grid:
    """The grid with the new lines, cells cut at them or reaching over them."""
    xs = sorted({*grid.xs, *(x for h in held for x in h.xs)})
    ys = sorted({*grid.ys, *(y for h in held for y in h.ys)})
    x_at = {x: i for i, x in enumerate(xs)}
    y_at = {y: i for i, y in enumerate(ys)}
    cells: list[GridCell] = []
    for h in held:
        c = h.cell
        lefts = [grid.xs[c.column], *h.xs, grid.xs[c.column + c.colspan]]
        tops = [grid.ys[c.row], *h.ys, grid.ys[c.row + c.rowspan]]
        for i, (top, bottom) in enumerate(pairwise(tops)):
            for j, (left, right) in enumerate(pairwise(lefts)):
                cells.append(
                    GridCell(
                        row=y_at[top],
                        column=x_at[left],
                        rowspan=y_at[bottom] - y_at[top],
                        colspan=x_at[right] - x_at[left],
                        open_top=c.open_top and i == 0,
                        open_bottom=c.open_bottom and i == len(tops) - 2,
                        open_left=c.open_left and j == 0,
                        open_right=c.open_right and j == len(lefts) - 2,
                    )
                )
    return Grid(tuple(xs), tuple(ys), tuple(sorted(cells)))
