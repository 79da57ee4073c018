"""A block printed in two halves side by side: labels, units and figures, and the same again.

So a long table in three columns is set to save a page. Each row of the page is two of the table's.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.pdf.piece import Piece, PieceCell
from extract.pdf.unruled.drawn.cells import DrawnCell
from extract.pdf.unruled.drawn.row import DrawnRow
from extract.pdf.unruled.drawn.words import UNITS
from extract.pdf.unruled.zones import Extent, Span

_LEAST_ROWS = 3
"""So many rows with a label behind a figure show two halves."""
_LEAST_LABEL = 4
"""Characters of a label that so stands."""

Half = tuple[DrawnCell | None, DrawnCell | None, DrawnCell | None]
"""Label, unit and figure of one half of a row."""


def rows_to_halves(
    heads: Sequence[DrawnCell], body: Sequence[DrawnRow], extent: Extent, page: int
) -> Piece | None:
    """The rows as a piece of six columns, or four without units; None where they are no halves.

    None also where a cell does not fit in: nothing printed is passed over.
    """
    start = _second_half(body)
    if start is None:
        return None
    left = [cell for row in body for cell in row.cells if cell.box[0] < start - 1]
    right = [cell for row in body for cell in row.cells if cell.box[0] >= start - 1]
    if any(cell.box[2] > start for cell in left):
        return None
    places = _places(left), _places(right)
    rows: list[list[Half]] = []
    for row in body:
        halves: list[Half] = []
        for second, place in zip((False, True), places, strict=True):
            cells = [cell for cell in row.cells if (cell.box[0] >= start - 1) is second]
            half = _cells_to_half(cells, place)
            if half is None:
                return None
            halves.append(half)
        rows.append(halves)
    units = any(half[1] is not None for row in rows for half in row)
    width = 3 if units else 2
    if heads and len(heads) != 2 * width:
        return None
    xs = _lines(rows, units, start, extent)
    if any(b <= a for a, b in pairwise(xs)):
        return None
    return _rows_to_piece(heads, rows, units, xs, page)


def _second_half(body: Sequence[DrawnRow]) -> float | None:
    """Where the labels of the second half begin; None without any."""
    found = [
        cell.box[0]
        for row in body
        for before, cell in pairwise(row.cells)
        if before.figure and not cell.figure and len(cell.text) >= _LEAST_LABEL
    ]
    return min(found) if len(found) >= _LEAST_ROWS else None


def _places(cells: Sequence[DrawnCell]) -> tuple[Span | None, Span | None]:
    """How far units and figures reach in one half."""
    units = [cell.box for cell in cells if cell.text in UNITS]
    figures = [cell.box for cell in cells if cell.figure and any(c.isdigit() for c in cell.text)]
    return _reach(units), _reach(figures)


def _reach(boxes: Sequence[tuple[float, float, float, float]]) -> Span | None:
    if not boxes:
        return None
    return min(box[0] for box in boxes), max(box[2] for box in boxes)


def _cells_to_half(
    cells: Sequence[DrawnCell], places: tuple[Span | None, Span | None]
) -> Half | None:
    """What stands in one half of a row; None where a cell has no place or two have the same."""
    label: DrawnCell | None = None
    values: list[DrawnCell | None] = [None, None]
    for cell in cells:
        if not cell.figure and cell.text not in UNITS:
            if label is not None or any(values):
                return None
            label = cell
            continue
        over = [i for i, place in enumerate(places) if place is not None and _meets(cell, place)]
        if len(over) != 1 or values[over[0]] is not None:
            return None
        values[over[0]] = cell
    if label is None and any(values):
        return None
    return label, values[0], values[1]


def _meets(cell: DrawnCell, place: Span) -> bool:
    return cell.box[0] < place[1] and place[0] < cell.box[2]


def _lines(
    rows: Sequence[Sequence[Half]], units: bool, start: float, extent: Extent
) -> list[float]:
    """The lines between columns, as no rules show them."""
    xs: list[float] = []
    for side, left in enumerate((extent.left, start - 1)):
        xs.append(left)
        for kind in (1, 2) if units else (2,):
            found = [cell.box[0] for row in rows if (cell := row[side][kind]) is not None]
            xs.append(min(found, default=xs[-1] + 1) - 1)
    figures = [cell.box[2] for row in rows if (cell := row[1][2]) is not None]
    return [*xs, max([extent.right, *figures])]


def _rows_to_piece(
    heads: Sequence[DrawnCell],
    rows: Sequence[Sequence[Half]],
    units: bool,
    xs: Sequence[float],
    page: int,
) -> Piece:
    cells = [
        PieceCell(0, column, 1, 1, head.text, page, head.box)
        for column, head in enumerate(sorted(heads, key=lambda head: head.box[0]))
    ]
    first = 1 if heads else 0
    for number, row in enumerate(rows, first):
        present = [cell.box for half in row for cell in half if cell is not None]
        top, bottom = min(box[1] for box in present), max(box[3] for box in present)
        flat = [cell for half in row for i, cell in enumerate(half) if units or i != 1]
        for column, cell in enumerate(flat):
            box = cell.box if cell else (xs[column], top, xs[column + 1], bottom)
            cells.append(PieceCell(number, column, 1, 1, cell.text if cell else "", page, box))
    box = (xs[0], min(c.bbox[1] for c in cells), xs[-1], max(c.bbox[3] for c in cells))
    return Piece(
        page, box, tuple(xs), first + len(rows), tuple(cells), page, box, True, label_columns=1
    )
