"""A piece without rules on the columns of the piece before it, of which it may show a part only.

Where zeros are left blank, a page may hold no figure at all in some columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.pdf.piece import Piece, PieceCell

_SIDES = 12.0
"""Points by which the sides of the two pieces differ."""


def fit_columns(upper: Piece, lower: Piece) -> Piece:
    """The lower piece with the columns of the upper one, if each of its own lies within one.

    Any other piece is returned as it is.
    """
    if not (upper.unruled and lower.unruled and 2 < lower.columns < upper.columns):
        return lower
    if abs(upper.xs[0] - lower.xs[0]) > _SIDES or abs(upper.xs[-1] - lower.xs[-1]) > _SIDES:
        return lower
    places = _places(upper, lower)
    if places is None:
        return lower
    cells = [_moved(cell, places, upper.columns) for cell in lower.cells]
    taken = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.bottom_row)
        for column in range(cell.column, cell.right_column)
    }
    for row in range(lower.rows):
        own = [cell for cell in cells if cell.row <= row < cell.bottom_row]
        top, bottom = min(c.bbox[1] for c in own), max(c.bbox[3] for c in own)
        for column in range(upper.columns):
            if (row, column) not in taken:
                box = (upper.xs[column], top, upper.xs[column + 1], bottom)
                cells.append(PieceCell(row, column, 1, 1, "", lower.page, box))
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    return replace(lower, xs=upper.xs, cells=ordered)


def _places(upper: Piece, lower: Piece) -> list[int] | None:
    """For each column of the lower piece the upper one that it lies in; None when two share one."""
    places: list[int] = []
    for column in range(lower.columns):
        own = [c.bbox for c in lower.cells if c.column == column and c.colspan == 1 and c.text]
        figures = column and own
        x = sum(b[0] + b[2] for b in own) / (2 * len(own)) if figures else lower.xs[column] + 1
        place = max((i for i in range(upper.columns) if upper.xs[i] <= x), default=0)
        if places and place <= places[-1]:
            return None
        places.append(place)
    return places


def _moved(cell: PieceCell, places: Sequence[int], columns: int) -> PieceCell:
    """The cell in its new column; one over several reaches up to the next column's place."""
    first = places[cell.column]
    if cell.colspan == 1 and cell.column > 0 and first > places[cell.column - 1]:
        return cell._replace(column=first)
    last = places[cell.right_column] if cell.right_column < len(places) else columns
    return cell._replace(column=first, colspan=last - first)
