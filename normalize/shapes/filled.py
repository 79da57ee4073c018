"""Rows of text that a program filled up to the width of their table.

Programs that flatten a page leave out cells that are empty and fill the row up at its end, as they
do for spans. The reader gives the filling as a span of the row's last cell; here it becomes blank
cells again, as many as were printed, and known for what they are.
"""

from __future__ import annotations

from dataclasses import replace

from extract.document import Cell, Table

Place = tuple[int, int]
"""(row, column) of a cell."""


def without_spans(table: Table) -> tuple[Table, frozenset[Place]]:
    """A table of text with a cell at each column, and the places that only fill up rows.

    A table whose columns agree is left as it is, and nothing in it is filling.
    """
    if table.aligned or all(cell.colspan == 1 for cell in table.cells):
        return table, frozenset()
    cells: list[Cell] = []
    filling: set[Place] = set()
    for cell in table.cells:
        cells.append(replace(cell, colspan=1))
        for column in range(cell.column + 1, cell.column + cell.colspan):
            cells.append(replace(cell, column=column, colspan=1, text="", candidates=()))
            filling.add((cell.row, column))
    return replace(table, cells=tuple(cells)), frozenset(filling)
