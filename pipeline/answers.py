"""A query's result as a table for a terminal."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from store.query import Result


def result_to_table(result: Result) -> Table:
    """One column a column of the result; null is an empty cell, empty text two quotes."""
    table = Table()
    for column in result.columns:
        table.add_column(Text(column), overflow="fold")
    for row in result.rows:
        table.add_row(*(Text(_shown(value)) for value in row))
    return table


def _shown(value: object) -> str:
    if value is None:
        return ""
    return "''" if value == "" else str(value)
