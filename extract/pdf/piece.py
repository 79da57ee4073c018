"""A piece of a table: what one page shows of it, before pieces are stitched together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import NamedTuple, TypeVar

from extract.document import BBox, Cell, Table

T = TypeVar("T")

_LEVEL = 6.0
"""Points by which the tops of things side by side may differ."""


class PieceCell(NamedTuple):
    """A cell with its text. `open_top`, `open_bottom`: no rule closes it there.

    `full`: the last line of its text fills the cell's width, so that a further line may follow.
    It is known only for cells at the end of a piece.
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    page: int
    bbox: BBox
    open_top: bool = False
    open_bottom: bool = False
    full: bool = False

    @property
    def bottom_row(self) -> int:
        """The first row below the cell."""
        return self.row + self.rowspan

    @property
    def right_column(self) -> int:
        """The first column right of the cell."""
        return self.column + self.colspan


@dataclass(frozen=True, slots=True)
class Piece:
    """Cells sorted by row and column; `xs` are the x positions of the lines between columns.

    After stitching `xs` are those of the last page, `page` and `bbox` those of the first,
    `last_page` and `last_bbox` those of the last. `unruled`: no rules show where the lines are,
    they only stand somewhere between the texts. Of the columns of such a piece `label_columns` hold
    labels. `sparse`: too few figures stand in its columns for it to be a table by itself.
    """

    page: int
    bbox: BBox
    xs: tuple[float, ...]
    rows: int
    cells: tuple[PieceCell, ...]
    last_page: int
    last_bbox: BBox
    unruled: bool = False
    label_columns: int = 0
    sparse: bool = False

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    def row_cells(self, row: int) -> list[PieceCell]:
        """The cells that stand in this row, also those that reach into it."""
        return [c for c in self.cells if c.row <= row < c.bottom_row]


def in_reading_order(items: Iterable[T], box_of: Callable[[T], BBox]) -> list[T]:
    """From the top down, and from left to right where tops are as good as level."""
    ordered: list[T] = []
    level: list[T] = []
    for item in sorted(items, key=lambda item: box_of(item)[1]):
        if level and box_of(item)[1] - box_of(level[0])[1] > _LEVEL:
            ordered += sorted(level, key=lambda item: box_of(item)[0])
            level = []
        level.append(item)
    return ordered + sorted(level, key=lambda item: box_of(item)[0])


def piece_to_table(piece: Piece) -> Table:
    # Cells share their sides, so each is rounded once.
    sides = {side: round(side, 2) for side in chain.from_iterable(c[6] for c in piece.cells)}
    cells = []
    for row, column, rowspan, colspan, text, page, box, _, _, _ in sorted(
        piece.cells, key=itemgetter(0, 1)
    ):
        x0, top, x1, bottom = box
        rounded = (sides[x0], sides[top], sides[x1], sides[bottom])
        cells.append(Cell(row, column, text, rowspan, colspan, page, rounded))
    return Table(piece.rows, piece.columns, tuple(cells), piece.page, round_box(piece.bbox))


def round_box(box: BBox) -> BBox:
    """Hundredths of a point are finer than any print."""
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))
