"""Printed cells at their places in a form, before they are read as numbers."""

from __future__ import annotations

from dataclasses import dataclass

from normalize.forms import FormTable
from normalize.printed import Line, Printed
from normalize.rows import Cells

POSITION_ONLY = "row known by its place only"
UNKNOWN_LABEL = "row label not recognised"
APART = "row label printed apart from its figures"
CUT_SHORT = "the document ends within the row"
LAST_LOST = "the row's last cell is blank or one of its cells is lost"
BLANKS_LOST = "blank cells of this row were left out, its figures may have moved"
SURPLUS = "one cell too many in the row"
OTHER_ORDER = "column heads printed in another order than the form's"
OUT_OF_ORDER = "row printed in another order than the form's"
LOOSE_FIGURES = "figures without a label stand near this blank row"
NO_HEADS = "column heads not found"
NOT_SEPARABLE = "figures of this row cannot be told apart"
LABEL_BEHIND = "figures stand in front of the first label"
SUB_ROWS = "printed as several sub-rows"
CHANGED_HEAD = "the column has another head"


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """The cells of one form row, or of all rows of a block that stand side by side.

    `cells` follows `columns`, row after row; None for the whole when figures are printed that
    cannot be told apart: they are in `loose`. `heads` is the print over each column and
    `unit_texts` what else around the row may name a unit of money. `doubts` concern every cell.
    """

    table: FormTable
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Cells | None
    loose: tuple[Printed, ...] = ()
    heads: tuple[str, ...] = ()
    unit: str | None = None
    unit_texts: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherColumn:
    """A printed column that the form lacks: its head, and its cells by the form's row.

    The row is empty beside a line that the form does not know, and where rows stand side by side.
    """

    label: str
    cells: tuple[tuple[str, Printed], ...]


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """One printed table: its edition, the rows found, and what the form does not know."""

    table: FormTable
    rows: tuple[PlacedRow, ...]
    extras: tuple[Line, ...]
    others: tuple[OtherColumn, ...] = ()
