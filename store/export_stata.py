"""A table as a Stata file, version 118: numbers are doubles, text of any length is kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from store.contract import ExportTable, table_to_rows

_STAMP = datetime(1960, 1, 1)
"""Stata's epoch in place of the time of writing: the same content gives the same bytes."""


def write_stata(connection: Connection, table: ExportTable, path: Path) -> None:
    # pandas takes 0.4 s to import.
    import pandas

    columns = list(zip(*table_to_rows(connection, table), strict=True))
    if not columns:
        columns = [()] * len(table.columns)
    series = {}
    for column, values in zip(table.columns, columns, strict=True):
        if column.kind in ("text", "prose"):
            texts = ["" if value is None else value for value in values]
            series[column.name] = pandas.Series(texts, dtype=object)
        elif column.kind == "date":
            series[column.name] = pandas.to_datetime(pandas.Series(values, dtype=object))
        else:
            numbers = [_value_to_number(value) for value in values]
            series[column.name] = pandas.Series(numbers, dtype="float64")
    pandas.DataFrame(series).to_stata(
        path,
        version=118,
        write_index=False,
        time_stamp=_STAMP,
        data_label=f"gongkai {table.name}",
        convert_strl=[column.name for column in table.columns if column.kind == "prose"],
    )


def _value_to_number(value: object) -> float | None:
    """A boolean as 1 or 0, an exact decimal as the nearest double."""
    return None if value is None else float(value if isinstance(value, int) else str(value))
