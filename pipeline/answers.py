"""A query's result as a table for a terminal."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from pipeline.plain_text import without_controls
from store.query import Result

_MOST_COLUMNS = 12
"""Columns that a terminal shows side by side; wider rows are printed one value a line."""


def result_to_table(result: Result) -> Table:
    """The rows, one column a column of the result; wide ones one under another.

    Null is an empty cell, empty text two quotes.
    """
    if len(result.columns) > _MOST_COLUMNS:
        return _rows_under_one_another(result)
    table = Table()
    for column in result.columns:
        table.add_column(Text(column), overflow="fold")
    for row in result.rows:
        table.add_row(*(Text(_shown(value)) for value in row))
    return table


def _rows_under_one_another(result: Result) -> Table:
    table = Table(show_header=False)
    for row in result.rows:
        for column, value in zip(result.columns, row, strict=True):
            table.add_row(Text(column, style="bold"), Text(_shown(value), overflow="fold"))
        table.add_section()
    return table


def _shown(value: object) -> str:
    if value is None:
        return ""
    return "''" if value == "" else without_controls(str(value))
