"""Pieces of one table on several pages -> one piece, columns matched by their x positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.pdf.cells import is_figure
from extract.pdf.glue import glue
from extract.pdf.piece import Piece, PieceCell
from extract.pdf.regrid import has_heads, value_slots
from extract.pdf.tolerances import TOLERANCES, Tolerances

_LONGEST_HEAD = 6
"""Rows of a head that is looked for again after a page break."""
_DRIFT = 15.0
"""Points by which all edges may move when both pieces have as many columns."""
_TEXT_END = 0.6
"""Where no rule ends a table its texts do, which may leave this share of the last column free."""


def are_one_table(upper: Piece, lower: Piece, tolerances: Tolerances = TOLERANCES) -> bool:
    """Whether two pieces next to each other over a page break have the same columns.

    The sides must agree, and so must the lines between columns of the piece that has fewer; a
    single stray one among many is forgiven, and so is any where a cell is open on both sides of
    the break.
    """
    shift = _shift(upper, lower, tolerances)
    if shift is None:
        return False
    if _has_loose_lines(upper, lower):
        return True
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
    loose = tolerances.extent
    if upper.unruled and lower.unruled and upper.columns == lower.columns:
        loose = max(loose, _TEXT_END * (upper.xs[-1] - upper.xs[-2]))
    if abs(left) <= tolerances.extent and abs(right) <= loose:
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


def _has_loose_lines(upper: Piece, lower: Piece) -> bool:
    """Whether lines that no rules show may be matched in their order instead of by place.

    So they may where both pieces have as many columns, or one has labels and values alone; but not
    where figures in one column go on below a row with several, since nothing tells under which.
    """
    if not (upper.unruled and lower.unruled):
        return False
    if upper.columns == lower.columns or upper.columns == 2:
        return True
    return lower.columns == 2 and (has_heads(lower) or len(value_slots(upper)) < 2)


def unite_loose_lines(
    above: Sequence[float], below: Sequence[float]
) -> tuple[list[float], list[int], list[int]]:
    """The column lines of the piece that has more, and where each piece's lines are among them."""
    more, fewer = (above, below) if len(above) > len(below) else (below, above)
    if len(more) == len(fewer):
        at = list(range(len(more)))
    else:
        inner = min(range(1, len(more) - 1), key=lambda i: abs(more[i] - fewer[1]))
        at = [0, inner, len(more) - 1]
    all_of_it = list(range(len(more)))
    return list(more), *((all_of_it, at) if more is above else (at, all_of_it))


def _narrowest_beside(lines: Sequence[float], index: int) -> float:
    sides = [b - a for a, b in pairwise(lines)]
    return min(sides[max(index - 1, 0) : index + 1])


def stitch(
    upper: Piece, lower: Piece, tolerances: Tolerances = TOLERANCES, over_pages: bool = True
) -> Piece:
    """One piece of both; a head repeated on a further page is kept once, cut cells are glued."""
    shift = _shift(upper, lower, tolerances) or 0.0
    above_xs = [x + shift for x in upper.xs]
    if _has_loose_lines(upper, lower):
        xs, above_at, below_at = unite_loose_lines(above_xs, lower.xs)
    else:
        xs, above_at, below_at = unite_lines(above_xs, lower.xs, tolerances)
    above = [_at_lines(cell, above_at) for cell in upper.cells]
    below = [_at_lines(cell, below_at) for cell in lower.cells]
    repeated = _repeated_head(above, upper.rows, below, lower.rows) if over_pages else 0
    below = [c._replace(row=c.row - repeated) for c in below if c.row >= repeated]
    cells, rows = glue(above, upper.rows, below, lower.rows - repeated)
    return replace(
        upper,
        xs=tuple(xs),
        rows=rows,
        cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))),
        last_page=lower.last_page,
        last_bbox=lower.last_bbox,
        label_columns=max(above_at[upper.label_columns], below_at[lower.label_columns]),
        sparse=upper.sparse or (lower.sparse and not over_pages),
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
