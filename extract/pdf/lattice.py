"""Groups of edges -> grids: which fields between the edges belong to one cell.

The edges' positions cut the group's extent into fields. Fields without an edge between them
belong to one cell, so spans need no special case; an edge that covers only part of a field's
side is a stray and parts nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extract.pdf.edges import Edge, EdgeGroup
from extract.pdf.tolerances import TOLERANCES, Tolerances

_MOST_FIELDS = 40_000
"""More fields than this are a drawing, not a table."""


class GridCell(NamedTuple):
    """A side is open when no rule closes it, as at a page cut."""

    row: int
    column: int
    rowspan: int
    colspan: int
    open_top: bool
    open_bottom: bool
    open_left: bool
    open_right: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells sorted by row and column over the lines `xs` and `ys`, one more than columns, rows."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]


def edge_group_to_grid(group: EdgeGroup, tolerances: Tolerances = TOLERANCES) -> Grid | None:
    """The cells between the group's edges, None when the edges enclose nothing.

    Sides without a rule are implied: an open-sided table ends where its level edges end, and a
    row that the page cuts ends where its upright edges end.
    """
    xs = _lines(group.upright, group.level, tolerances)
    ys = _lines(group.level, group.upright, tolerances)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > _MOST_FIELDS:
        return None
    level = _coverage(group.level, ys, xs)
    upright = _coverage(group.upright, xs, ys)

    parted_below = _parted(level, xs, tolerances)
    parted_right = _parted(upright, ys, tolerances)

    def is_open(covered: Sequence[float], lines: Sequence[float], first: int, last: int) -> bool:
        return sum(covered[first:last]) < tolerances.covered * (lines[last] - lines[first])

    cells: list[GridCell] = []
    for top, left, bottom, right in fields_to_boxes(parted_below, parted_right):
        rowspan, colspan = bottom - top, right - left
        if colspan == 1:
            above, below = not parted_below[top][left], not parted_below[bottom][left]
        else:
            above = is_open(level[top], xs, left, right)
            below = is_open(level[bottom], xs, left, right)
        if rowspan == 1:
            before, after = not parted_right[left][top], not parted_right[right][top]
        else:
            before = is_open(upright[left], ys, top, bottom)
            after = is_open(upright[right], ys, top, bottom)
        cells.append(GridCell(top, left, rowspan, colspan, above, below, before, after))
    return _without_idle_lines(Grid(xs, ys, tuple(cells)))


def _lines(
    along: Sequence[Edge], across: Sequence[Edge], tolerances: Tolerances
) -> tuple[float, ...]:
    """The positions of `along`, and the outer ones that the ends of `across` imply.

    An end implies a line when two edges reach it; a single one may just be drawn too long.
    """
    lines = sorted({edge.position for edge in along})
    starts = sorted(edge.start for edge in across)
    ends = sorted((edge.end for edge in across), reverse=True)
    start = starts[1] if len(starts) > 1 else starts[0]
    end = ends[1] if len(ends) > 1 else ends[0]
    if start < lines[0] - tolerances.row:
        lines.insert(0, start)
    if end > lines[-1] + tolerances.row:
        lines.append(end)
    return tuple(lines)


def _coverage(
    edges: Sequence[Edge], lines: Sequence[float], crossing: Sequence[float]
) -> list[list[float]]:
    """For each line and each step between crossing lines, the length that edges cover there."""
    index_of = {position: index for index, position in enumerate(lines)}
    coverage = [[0.0] * (len(crossing) - 1) for _ in lines]
    for position, start, end in edges:
        covered = coverage[index_of[position]]
        first = max(bisect_right(crossing, start) - 1, 0)
        last = min(bisect_left(crossing, end), len(crossing) - 1)
        for step in range(first, last):
            covered[step] += min(end, crossing[step + 1]) - max(start, crossing[step])
    return coverage


def _parted(
    coverage: Sequence[Sequence[float]], crossing: Sequence[float], tolerances: Tolerances
) -> list[list[bool]]:
    """For each line and each step between crossing lines, whether an edge parts the fields."""
    needed = [tolerances.covered * (b - a) for a, b in pairwise(crossing)]
    return [[c >= n for c, n in zip(covered, needed, strict=True)] for covered in coverage]


Box = tuple[int, int, int, int]
"""Lines around a cell: top, left, bottom, right."""


def fields_to_boxes(
    level: Sequence[Sequence[bool]], upright: Sequence[Sequence[bool]]
) -> list[Box]:
    """Fields that no edge parts, united; a region that is no rectangle is cut into some.

    `level[line][column]` and `upright[line][row]` tell where edges part fields.
    """
    rows, columns = len(level) - 1, len(upright) - 1
    taken = [[False] * columns for _ in range(rows)]
    boxes: list[Box] = []
    for row, (held, above, below) in enumerate(zip(taken, level, level[1:], strict=False)):
        sides = [line[row] for line in upright]
        for column in range(columns):
            if held[column]:
                continue
            held[column] = True
            if above[column] and below[column] and sides[column] and sides[column + 1]:
                boxes.append((row, column, row + 1, column + 1))
                continue
            fields = [(row, column)]
            for r, c in fields:
                if c + 1 < columns and not (upright[c + 1][r] or taken[r][c + 1]):
                    taken[r][c + 1] = True
                    fields.append((r, c + 1))
                if c > 0 and not (upright[c][r] or taken[r][c - 1]):
                    taken[r][c - 1] = True
                    fields.append((r, c - 1))
                if r + 1 < rows and not (level[r + 1][c] or taken[r + 1][c]):
                    taken[r + 1][c] = True
                    fields.append((r + 1, c))
                if r > 0 and not (level[r][c] or taken[r - 1][c]):
                    taken[r - 1][c] = True
                    fields.append((r - 1, c))
            if len(fields) == 1:
                boxes.append((row, column, row + 1, column + 1))
            else:
                boxes.extend(_region_to_boxes(fields))
    return sorted(boxes)


def _region_to_boxes(fields: Sequence[tuple[int, int]]) -> list[Box]:
    """The region itself when it is a rectangle, else its runs of columns stacked where alike."""
    in_row: dict[int, list[int]] = {}
    for row, column in fields:
        in_row.setdefault(row, []).append(column)
    boxes: list[Box] = []
    growing: list[Box] = []
    for row in sorted(in_row):
        grown: list[Box] = []
        for left, right in _runs(sorted(in_row[row])):
            above = next((b for b in growing if (b[1], b[3]) == (left, right)), None)
            grown.append((above[0] if above else row, left, row + 1, right))
        boxes.extend(b for b in growing if all((g[0], g[1]) != (b[0], b[1]) for g in grown))
        growing = grown
    return boxes + growing


def _runs(columns: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and runs[-1][1] == column:
            runs[-1] = (runs[-1][0], column + 1)
        else:
            runs.append((column, column + 1))
    return runs


def _without_idle_lines(grid: Grid) -> Grid:
    """The grid without lines at which no cell begins or ends."""
    used_y = sorted({y for c in grid.cells for y in (c.row, c.row + c.rowspan)})
    used_x = sorted({x for c in grid.cells for x in (c.column, c.column + c.colspan)})
    if len(used_y) == len(grid.ys) and len(used_x) == len(grid.xs):
        return grid
    y_of = {old: new for new, old in enumerate(used_y)}
    x_of = {old: new for new, old in enumerate(used_x)}
    cells = tuple(
        c._replace(
            row=y_of[c.row],
            column=x_of[c.column],
            rowspan=y_of[c.row + c.rowspan] - y_of[c.row],
            colspan=x_of[c.column + c.colspan] - x_of[c.column],
        )
        for c in grid.cells
    )
    return Grid(tuple(grid.xs[x] for x in used_x), tuple(grid.ys[y] for y in used_y), cells)
