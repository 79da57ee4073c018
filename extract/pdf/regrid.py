"""A piece without rules on the columns of the piece before it, of which it may show a part only.

Where zeros are left blank, a page may hold no figure at all in some columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import BBox
from extract.pdf.cells import is_figure
from extract.pdf.piece import Piece, PieceCell

_SIDES = 12.0
"""Points by which the sides of the two pieces differ."""
_LEAST_VALUES = 2
_LABEL_AND_VALUE = 2
_SAME_PLACE = 3.0
"""Points by which texts of one column differ in place."""


def has_heads(piece: Piece) -> bool:
    """Whether something else than a figure stands first in the last column."""
    last = [c for c in piece.cells if c.right_column == piece.columns and c.text]
    return not last or not is_figure(min(last).text)


def fit_columns(upper: Piece, lower: Piece) -> Piece:
    """The lower piece with the columns of figures of the upper one's last row, if each fits in one.

    Its columns of labels stay. Any other piece is returned as it is, and so is one with heads.
    """
    if lower.sparse and _is_blank(lower):
        return _fit_blank(upper, lower)
    slots = value_slots(upper)
    if lower.sparse and lower.columns == _LABEL_AND_VALUE:
        fitted = _fit_narrow(upper, lower)
        if fitted is not lower or len(slots) < _LEAST_VALUES:
            return fitted
    lower = _with_outer_labels(upper, lower)
    own = lower.columns - lower.label_columns
    if not (upper.unruled and lower.unruled and lower.label_columns and 0 < own <= len(slots)):
        return lower
    if own == upper.columns - upper.label_columns or len(slots) < _LEAST_VALUES:
        return lower
    # Labels may be set to the middle, and texts end before columns that are blank at the right.
    inside = upper.xs[0] <= lower.xs[0] < upper.xs[upper.label_columns]
    off = [0.0 if inside else abs(upper.xs[0] - lower.xs[0])]
    if not lower.sparse:
        off.append(lower.xs[-1] - upper.xs[-1])
    if has_heads(lower) or max(off) > _SIDES:
        return lower
    lines = [upper.xs[first] for first, _ in slots] + [upper.xs[-1]]
    places = _places(lines, lower)
    if places is None or lower.xs[lower.label_columns - 1] >= lines[0]:
        return lower
    labels = lower.label_columns
    inner = labels - upper.label_columns
    of_labels = upper.xs[:labels] if inner == 0 else (upper.xs[0], *lower.xs[1:labels])
    xs = (*of_labels, *upper.xs[upper.label_columns :])
    spans = [(first + inner, last + inner) for first, last in slots]
    cells = [_moved(cell, [spans[place] for place in places], labels, xs) for cell in lower.cells]
    taken = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.bottom_row)
        for column in range(cell.column, cell.right_column)
    }
    for row in range(lower.rows):
        own_row = [cell for cell in cells if cell.row <= row < cell.bottom_row]
        own_row = [cell for cell in own_row if cell.rowspan == 1] or own_row
        top, bottom = min(c.bbox[1] for c in own_row), max(c.bbox[3] for c in own_row)
        for first, last in spans:
            if (row, first) not in taken:
                box = (xs[first], top, xs[last], bottom)
                cells.append(PieceCell(row, first, 1, last - first, "", lower.page, box))
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    return replace(lower, xs=xs, cells=ordered)


def _is_blank(piece: Piece) -> bool:
    """Whether a piece has labels alone, and one column beside them that is blank."""
    beside = [cell for cell in piece.cells if cell.right_column > piece.label_columns]
    return piece.columns == piece.label_columns + 1 and not any(
        cell.text for cell in beside if cell.column >= piece.label_columns
    )


def _fit_blank(upper: Piece, lower: Piece) -> Piece:
    """Labels of blank rows with the columns of the piece above, where its own labels stand."""
    slots = value_slots(upper)
    count, own = upper.label_columns, lower.label_columns
    if not (upper.unruled and count and slots):
        return lower
    labels = [cell for cell in lower.cells if cell.column < own]
    left = min(cell.bbox[0] for cell in labels)
    right = max(cell.bbox[2] for cell in labels if cell.text)
    values = [c.bbox[0] for c in upper.cells if c.column >= count and c.colspan == 1 and c.text]
    first = min(values, default=upper.xs[count])
    if left < upper.xs[0] - _SIDES or max(right, lower.xs[own - 1]) >= first:
        return lower
    of_labels = upper.xs[:count] if own == count else (upper.xs[0], *lower.xs[1:own])
    xs = (*of_labels, *upper.xs[count:])
    cells = list(labels)
    for row in range(lower.rows):
        boxes = [cell.bbox for cell in lower.cells if cell.row == row and cell.rowspan == 1]
        top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
        for slot in slots:
            a, b = slot[0] + own - count, slot[1] + own - count
            box = (xs[a], top, xs[b], bottom)
            cells.append(PieceCell(row, a, 1, b - a, "", lower.page, box))
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    return replace(lower, xs=xs, cells=ordered)


def _with_outer_labels(upper: Piece, lower: Piece) -> Piece:
    """The lower piece with the columns of labels that only the upper one shows, before its own.

    The label of a group that goes on over the break is not printed again.
    """
    if not (upper.unruled and lower.unruled and lower.label_columns) or has_heads(lower):
        return lower
    inner = range(1, upper.label_columns)
    first = next((k for k in inner if abs(upper.xs[k] - lower.xs[0]) <= _SIDES), None)
    if first is None or abs(upper.xs[0] - lower.xs[0]) <= _SIDES:
        return lower
    xs = (*upper.xs[:first], *lower.xs)
    _, top, _, bottom = lower.bbox
    groups = [
        PieceCell(
            row=0,
            column=column,
            rowspan=lower.rows,
            colspan=1,
            text="",
            page=lower.page,
            bbox=(xs[column], top, xs[column + 1], bottom),
            open_top=True,
            open_bottom=True,
        )
        for column in range(first)
    ]
    cells = (*groups, *(cell._replace(column=cell.column + first) for cell in lower.cells))
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    return replace(lower, xs=xs, cells=ordered, label_columns=lower.label_columns + first)


def _fit_narrow(upper: Piece, lower: Piece) -> Piece:
    """Labels and figures in two columns, brought to the sides of the piece above.

    Its labels must begin at the same side, and its figures stand under what else has the whole
    width beside the labels there; where nothing has, they must have a head of their own.
    """
    if not (upper.unruled and upper.label_columns) or abs(upper.xs[0] - lower.xs[0]) > _SIDES:
        return lower
    left, right = upper.xs[upper.label_columns], upper.xs[-1]
    wide = [
        cell.bbox
        for cell in upper.cells
        if cell.column == upper.label_columns and cell.right_column == upper.columns and cell.text
    ]
    values = [cell.bbox for cell in lower.cells if cell.column == 1]
    if not all(left <= box[0] and box[2] <= right for box in values):
        return lower
    under = any(_is_under(above, values[0]) for above in wide)
    if not under and (wide or not has_heads(lower)):
        return lower
    return replace(lower, xs=(upper.xs[0], left, right))


def _is_under(above: BBox, below: BBox) -> bool:
    """Whether two boxes have a side or the middle in common."""
    sides = abs(above[0] - below[0]), abs(above[2] - below[2])
    middles = abs(above[0] + above[2] - below[0] - below[2]) / 2
    return min(*sides, middles) <= _SAME_PLACE


def value_slots(upper: Piece) -> list[tuple[int, int]]:
    """First column and the one after the last of each cell for a figure in the last row.

    None where these do not fill the row.
    """
    last = sorted(upper.row_cells(upper.rows - 1), key=lambda cell: cell.column)
    slots = [(c.column, c.right_column) for c in last if c.column >= upper.label_columns]
    ends = [upper.label_columns, *(end for _, end in slots)]
    filled = all(start == end for (start, _), end in zip(slots, ends, strict=False))
    return slots if filled and ends[-1] == upper.columns else []


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
    box = cell.bbox if cell.text else (xs[first], cell.bbox[1], xs[last], cell.bbox[3])
    return cell._replace(column=first, colspan=last - first, bbox=box)
