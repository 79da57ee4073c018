"""The rows of a block in columns: labels and values parted, and the lines that no rules show."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.pdf.glue import NUMBERED
from extract.pdf.unruled.drawn.cells import DrawnCell
from extract.pdf.unruled.drawn.row import DrawnRow
from extract.pdf.unruled.tokens import Token
from extract.pdf.unruled.zones import Extent, Span

_UNIT, _UNIT_ROWS = 3, 3
"""Characters of a unit of measure, and rows that show where units stand."""


def values_from(body: Sequence[DrawnRow]) -> float:
    """Where figures begin, or the units of measure before them; infinity without figures."""
    figures = [cell.box[0] for row in body for cell in row.cells if cell.figure]
    units = [
        cell.box[0]
        for row in body
        for cell in row.cells[1:]
        if not cell.figure and len(cell.text) <= _UNIT and cell.text.isalpha()
    ]
    others = [
        cell.box[2]
        for row in body
        for cell in row.cells
        if not cell.figure and (len(cell.text) > _UNIT or not cell.text.isalpha())
    ]
    if len(units) < _UNIT_ROWS or min(units) < max(others, default=0.0):
        units = []
    return min([*figures, *units], default=float("inf"))


def split_row(
    row: DrawnRow, values_from: float
) -> tuple[Sequence[DrawnCell], Sequence[DrawnCell]] | None:
    """The row's labels and values; None where a label stands among the values."""
    count = next(
        (i for i, c in enumerate(row.cells) if c.figure or c.box[0] >= values_from - 1),
        len(row.cells),
    )
    alike = len(row.cells) > 2 and len({cell.text for cell in row.cells[1:]}) == 1
    if alike and not row.figures and not row.is_labels:
        count = 1
    labels, values = row.cells[:count], row.cells[count:]
    if any(NUMBERED.match(cell.text) and not cell.figure for cell in values):
        return None
    return labels, values


def values_in_columns(
    rows: Sequence[Sequence[Token]], columns: Sequence[Span]
) -> list[list[Token | None]] | None:
    grid: list[list[Token | None]] = []
    for row in rows:
        placed: list[Token | None] = [None] * len(columns)
        for token in row:
            at = [i for i, (a, b) in enumerate(columns) if a <= token.middle <= b]
            if len(at) != 1 or placed[at[0]] is not None:
                return None
            placed[at[0]] = token
        grid.append(placed)
    return grid


def lines_between(
    labels: Sequence[Sequence[DrawnCell]],
    ranks: Sequence[Sequence[int]],
    count: int,
    columns: Sequence[Span],
    labels_end: float,
    extent: Extent,
) -> list[float]:
    """The lines between columns, as no rules show them."""
    xs: list[float] = []
    for column in range(count):
        starts = [
            one.box[0]
            for row, at in zip(labels, ranks, strict=True)
            for one, rank in zip(row, at, strict=True)
            if rank == column
        ]
        least = xs[-1] + 1 if xs else extent.left
        xs.append(max(min(starts, default=least) - 1, least) if column else extent.left)
    first = (max(labels_end, xs[-1] + 1) + columns[0][0]) / 2 if count else extent.left
    return [
        *xs,
        first,
        *((a[1] + b[0]) / 2 for a, b in pairwise(columns)),
        max(extent.right, columns[-1][1]),
    ]
