"""A piece without rules on the columns of the piece before it, of which it may show a part only.

Where zeros are left blank, a page may hold no figure at all in some columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.pdf.cells import is_figure
from extract.pdf.piece import Piece, PieceCell

_SIDES = 12.0
"""Points by which the sides of the two pieces differ."""
_LEAST_VALUES = 2


def has_heads(piece: Piece) -> bool:
    """Whether something else than a figure stands first in the last column."""
    last = [c for c in piece.cells if c.right_column == piece.columns and c.text]
    return not last or not is_figure(min(last).text)


def fit_columns(upper: Piece, lower: Piece) -> Piece:
    """The lower piece with the columns of figures of the upper one's last row, if each fits in one.

    Its columns of labels stay. Any other piece is returned as it is, and so is one with heads.
    """
    slots = value_slots(upper)
    own = lower.columns - lower.label_columns
    if not (upper.unruled and lower.unruled and lower.label_columns and 0 < own <= len(slots)):
        return lower
    if own == upper.columns - upper.label_columns or len(slots) < _LEAST_VALUES:
        return lower
    if has_heads(lower) or any(abs(a - b) > _SIDES for a, b in _sides(upper, lower)):
        return lower
    lines = [upper.xs[first] for first, _ in slots] + [upper.xs[-1]]
    places = _places(lines, lower)
    if places is None or lower.xs[lower.label_columns - 1] >= lines[0]:
        return lower
    labels = lower.label_columns
    off = labels - upper.label_columns
    xs = (*lower.xs[:labels], *upper.xs[upper.label_columns :])
    spans = [(first + off, last + off) for first, last in slots]
    cells = [_moved(cell, [spans[place] for place in places], labels, xs) for cell in lower.cells]
    taken = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.bottom_row)
        for column in range(cell.column, cell.right_column)
    }
    for row in range(lower.rows):
        own_row = [cell for cell in cells if cell.row <= row < cell.bottom_row]
        top, bottom = min(c.bbox[1] for c in own_row), max(c.bbox[3] for c in own_row)
        for first, last in spans:
            if (row, first) not in taken:
                box = (xs[first], top, xs[last], bottom)
                cells.append(PieceCell(row, first, 1, last - first, "", lower.page, box))
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    return replace(lower, xs=xs, cells=ordered)


def value_slots(upper: Piece) -> list[tuple[int, int]]:
    """First column and the one after the last of each cell for a figure in the last row.

    None where these do not fill the row.
    """
    last = sorted(upper.row_cells(upper.rows - 1), key=lambda cell: cell.column)
    slots = [(c.column, c.right_column) for c in last if c.column >= upper.label_columns]
    ends = [upper.label_columns, *(end for _, end in slots)]
    filled = all(start == end for (start, _), end in zip(slots, ends, strict=False))
    return slots if filled and ends[-1] == upper.columns else []


def _sides(upper: Piece, lower: Piece) -> list[tuple[float, float]]:
    return [(upper.xs[0], lower.xs[0]), (upper.xs[-1], lower.xs[-1])]


def _places(lines: Sequence[float], lower: Piece) -> list[int] | None:
    """For each column of figures the one between `lines` that it is in; None when two share one."""
    places: list[int] = []
    for column in range(lower.label_columns, lower.columns):
        own = [c.bbox for c in lower.cells if c.column == column and c.colspan == 1 and c.text]
        if not own:
            return None
        x = sum(b[0] + b[2] for b in own) / (2 * len(own))
        place = max((i for i in range(len(lines) - 1) if lines[i] <= x), default=0)
        if places and place <= places[-1]:
            return None
        places.append(place)
    return places


def _moved(
    cell: PieceCell, slots: Sequence[tuple[int, int]], labels: int, xs: Sequence[float]
) -> PieceCell:
    """The cell in its new columns; one that reaches over figures reaches to the same side."""
    if cell.right_column <= labels:
        return cell
    last = slots[cell.right_column - labels - 1][1]
    if cell.right_column - labels == len(slots) and cell.column < labels:
        last = len(xs) - 1
    first = slots[cell.column - labels][0] if cell.column >= labels else cell.column
    return cell._replace(column=first, colspan=last - first)
