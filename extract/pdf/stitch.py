"""Pieces of one table on several pages -> one piece, columns matched by their x positions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.pdf.cells import is_figure
from extract.pdf.piece import Piece, PieceCell
from extract.pdf.tolerances import TOLERANCES, Tolerances

NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、．.]|\d{1,2}[.．、)）]|其中"
)
"""How the label of a new row begins."""
_LONGEST_HEAD = 6
"""Rows of a head that is looked for again after a page break."""
_DRIFT = 15.0
"""Points by which all edges may move when both pieces have as many columns."""


def are_one_table(upper: Piece, lower: Piece, tolerances: Tolerances = TOLERANCES) -> bool:
    """Whether two pieces next to each other over a page break have the same columns.

    The sides must agree, and so must the lines between columns of the piece that has fewer; a
    single stray one among many is forgiven, and so is any where a cell is open on both sides of
    the break.
    """
    shift = _shift(upper, lower, tolerances)
    if shift is None:
        return False
    above = [x + shift for x in upper.xs]
    _, above_at, below_at = unite_lines(above, lower.xs, tolerances)
    shared = set(above_at[1:-1]) & set(below_at[1:-1])
    fewer = min(len(above_at), len(below_at)) - 2
    strays = fewer - len(shared)
    if strays <= (1 if fewer >= 4 else 0):
        return True
    return any(c.open_bottom for c in upper.row_cells(upper.rows - 1)) and any(
        c.open_top for c in lower.row_cells(0)
    )


def _shift(upper: Piece, lower: Piece, tolerances: Tolerances) -> float | None:
    """How far the lower piece stands to the right, None when the sides do not agree."""
    left = lower.xs[0] - upper.xs[0]
    right = lower.xs[-1] - upper.xs[-1]
    if abs(left) <= tolerances.extent and abs(right) <= tolerances.extent:
        return 0.0
    if abs(left - right) <= tolerances.column and abs(left) <= tolerances.shift:
        return (left + right) / 2
    return None


def unite_lines(
    above: Sequence[float], below: Sequence[float], tolerances: Tolerances = TOLERANCES
) -> tuple[list[float], list[int], list[int]]:
    """All column lines of both pieces, and for each piece where its own lines are among them.

    Lines that agree are one, at the lower piece's position; the outer ones always agree.
    """
    if len(above) == len(below) and all(
        abs(a - b) <= min(_DRIFT, 0.45 * _narrowest_beside(below, i))
        for i, (a, b) in enumerate(zip(above, below, strict=True))
    ):
        return list(below), list(range(len(above))), list(range(len(below)))
    united: list[float] = [below[0]]
    above_at, below_at = [0], [0]
    i = j = 1
    while i < len(above) - 1 or j < len(below) - 1:
        a = above[i] if i < len(above) - 1 else float("inf")
        b = below[j] if j < len(below) - 1 else float("inf")
        near = abs(a - b) <= tolerances.column
        if near or a < b:
            above_at.append(len(united))
            i += 1
        if near or b < a:
            below_at.append(len(united))
            j += 1
        united.append(b if near or b < a else a)
    above_at.append(len(united))
    below_at.append(len(united))
    united.append(below[-1])
    return united, above_at, below_at


def _narrowest_beside(lines: Sequence[float], index: int) -> float:
    sides = [b - a for a, b in pairwise(lines)]
    return min(sides[max(index - 1, 0) : index + 1])


def stitch(upper: Piece, lower: Piece, tolerances: Tolerances = TOLERANCES) -> Piece:
    """One piece of both; a head repeated by the lower one is kept once, cut cells are glued."""
    shift = _shift(upper, lower, tolerances) or 0.0
    xs, above_at, below_at = unite_lines([x + shift for x in upper.xs], lower.xs, tolerances)
    above = [_at_lines(cell, above_at) for cell in upper.cells]
    below = [_at_lines(cell, below_at) for cell in lower.cells]
    repeated = _repeated_head(above, upper.rows, below, lower.rows)
    below = [c._replace(row=c.row - repeated) for c in below if c.row >= repeated]
    cells, rows = _glued(above, upper.rows, below, lower.rows - repeated)
    return replace(
        upper,
        xs=tuple(xs),
        rows=rows,
        cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))),
        last_page=lower.last_page,
        last_bbox=lower.last_bbox,
    )


def _at_lines(cell: PieceCell, at: Sequence[int]) -> PieceCell:
    left, right = at[cell.column], at[cell.right_column]
    if left == cell.column and right == cell.right_column:
        return cell
    return cell._replace(column=left, colspan=right - left)


def _repeated_head(
    above: Sequence[PieceCell], above_rows: int, below: Sequence[PieceCell], below_rows: int
) -> int:
    """How many rows at the start of the lower piece repeat those at the start of the upper."""
    for rows in range(min(_LONGEST_HEAD, above_rows, below_rows - 1), 0, -1):
        first = _head(above, rows)
        if first and first == _head(below, rows) and not any(is_figure(c[-1]) for c in first):
            return rows
    return 0


def _head(cells: Sequence[PieceCell], rows: int) -> list[tuple[int, int, int, int, str]] | None:
    """The first rows as plain values, None when a cell reaches out of them or all is empty."""
    head = [c for c in cells if c.row < rows]
    if any(c.bottom_row > rows for c in head) or not any(c.text for c in head):
        return None
    return sorted((c.row, c.column, c.rowspan, c.colspan, "".join(c.text.split())) for c in head)


def _glued(
    above: Sequence[PieceCell], above_rows: int, below: Sequence[PieceCell], below_rows: int
) -> tuple[list[PieceCell], int]:
    """The cells of both pieces, those cut by the page break made whole, and the number of rows."""
    last = {(c.column, c.colspan): c for c in above if c.bottom_row == above_rows}
    first = {(c.column, c.colspan): c for c in below if c.row == 0}
    if _is_cut_row(last, first):
        offset, overlap, pairs = above_rows - 1, 1, set(last)
    else:
        offset, overlap = above_rows, 0
        values_from = _values_from(last, first)
        pairs = {
            place
            for place in set(last) & set(first)
            if _is_cut_cell(last[place], first[place], last, first, values_from)
        }
    glued = {place: _glue(last[place], first[place], overlap) for place in pairs}
    cells = [
        glued[place] if c.bottom_row == above_rows and place in glued else c
        for c in above
        for place in ((c.column, c.colspan),)
    ]
    cells += [
        c._replace(row=c.row + offset)
        for c in below
        if c.row > 0 or (c.column, c.colspan) not in glued
    ]
    return cells, above_rows + below_rows - overlap


Boundary = dict[tuple[int, int], PieceCell]
"""The cells along one side of the break by (column, colspan)."""


def _values_from(last: Boundary, first: Boundary) -> int | None:
    """The first column with a figure on either side of the break, None when none has."""
    figures = [c.column for c in (*last.values(), *first.values()) if is_figure(c.text)]
    return min(figures, default=None)


def _is_cut_row(last: Boundary, first: Boundary) -> bool:
    """Whether the break runs through one row: its label goes on and only one part has figures."""
    if set(last) != set(first) or len(last) < 2:
        return False
    figures_above = any(is_figure(c.text) for c in last.values())
    figures_below = any(is_figure(c.text) for c in first.values())
    if figures_above and figures_below:
        return False
    values_from = _values_from(last, first)
    if values_from is None:
        values_from = max(last)[0] + 1
    labels = [p for p in last if p[0] < values_from and last[p].text and first[p].text]
    if not labels:
        return False
    upper, lower = last[max(labels)], first[max(labels)]
    if NUMBERED.match(lower.text):
        return False
    if upper.open_bottom and lower.open_top:
        return True
    return (
        figures_above != figures_below
        and NUMBERED.match(upper.text) is not None
        and not any(
            cell.text
            for (column, _), cell in (first if figures_above else last).items()
            if column >= values_from
        )
    )


def _is_cut_cell(
    upper: PieceCell,
    lower: PieceCell,
    last: Boundary,
    first: Boundary,
    values_from: int | None,
) -> bool:
    """Whether a group's label, or a head over several rows, goes on below the break."""
    both_open = upper.open_bottom and lower.open_top
    if values_from is None:
        return both_open and not NUMBERED.match(lower.text)
    grouped = any(
        upper.right_column <= column < values_from and cell.text
        for side in (last, first)
        for (column, _), cell in side.items()
    )
    if not grouped or (upper.text and lower.text and NUMBERED.match(lower.text)):
        return False
    if both_open:
        return True
    if upper.text and lower.text:
        return NUMBERED.match(upper.text) is not None
    return upper.open_bottom or lower.open_top or upper.rowspan > 1 or lower.rowspan > 1


def _glue(upper: PieceCell, lower: PieceCell, overlap: int) -> PieceCell:
    """One cell; its place is that of the part that has the text, the upper one if both have."""
    placed = upper if upper.text or not lower.text else lower
    return upper._replace(
        rowspan=upper.rowspan + lower.rowspan - overlap,
        text="\n".join(text for text in (upper.text, lower.text) if text),
        page=placed.page,
        bbox=placed.bbox,
        open_bottom=lower.open_bottom,
    )
