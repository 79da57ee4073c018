"""Web pages of tests, as read."""

from __future__ import annotations

from extract.document import Block, Reading, Table, Text
from extract.html.reader import read


def blocks_of(markup: str) -> tuple[Block, ...]:
    return read(("<!doctype html>" + markup).encode()).blocks


def table_of(markup: str) -> Table:
    (table,) = [block for block in blocks_of(markup) if isinstance(block, Table)]
    return table


def rows_of(table: Table) -> list[list[str]]:
    """The texts of a table's cells in order, without their positions."""
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(cell.text)
    return rows


def texts_of(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if isinstance(block, Text)]
