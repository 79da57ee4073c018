"""A piece of a table: what one page shows of it, before pieces are stitched together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from extract.document import BBox, Cell, Table


class PieceCell(NamedTuple):
    """A cell with its text. `open_top`, `open_bottom`: no rule closes it there."""

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    page: int
    bbox: BBox
    open_top: bool = False
    open_bottom: bool = False

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
    `last_page` and `last_bbox` those of the last.
    """

    page: int
    bbox: BBox
    xs: tuple[float, ...]
    rows: int
    cells: tuple[PieceCell, ...]
    last_page: int
    last_bbox: BBox

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    def row_cells(self, row: int) -> list[PieceCell]:
        """The cells that stand in this row, also those that reach into it."""
        return [c for c in self.cells if c.row <= row < c.bottom_row]


def piece_to_table(piece: Piece) -> Table:
    cells = tuple(
        Cell(c.row, c.column, c.text, c.rowspan, c.colspan, c.page, round_box(c.bbox))
        for c in sorted(piece.cells, key=lambda c: (c.row, c.column))
    )
    return Table(piece.rows, piece.columns, cells, piece.page, round_box(piece.bbox))


def round_box(box: BBox) -> BBox:
    """Hundredths of a point are finer than any print."""
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))
