"""A table as a Stata file, version 118, with Chinese labels; numbers are doubles.

Statuses are numbers with value labels, `tabulate` shows the words. A variable's label is cut to
the 80 characters that Stata takes, its name to 32: `codebook.dta` has both in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from store.contract import Exportable, ExportColumn
from store.export_labels import Label, Labels, is_status, status_codes, status_words
from store.export_names import names_to_stata

MOST_IN_LABEL = 80
_STAMP = datetime(1960, 1, 1)
"""Stata's epoch in place of the time of writing: the same content gives the same bytes."""


def write_stata(
    connection: Connection, table: Exportable, path: Path, labels: Labels | None = None
) -> None:
    # pandas takes 0.4 s to import.
    import pandas

    columns = list(zip(*table.rows(connection), strict=True))
    if not columns:
        columns = [()] * len(table.columns)
    known = labels or {}
    short = names_to_stata(column.name for column in table.columns)
    series = {}
    for column, values in zip(table.columns, columns, strict=True):
        name = short[column.name]
        if is_status(column):
            codes = [None if value is None else status_codes()[str(value)] for value in values]
            series[name] = pandas.Series(codes, dtype="Int8")
        elif column.kind in ("text", "prose"):
            texts = ["" if value is None else value for value in values]
            series[name] = pandas.Series(texts, dtype=object)
        elif column.kind == "date":
            series[name] = pandas.to_datetime(pandas.Series(values, dtype=object))
        else:
            numbers = [_value_to_number(value) for value in values]
            series[name] = pandas.Series(numbers, dtype="float64")
    pandas.DataFrame(series).to_stata(
        path,
        version=118,
        write_index=False,
        time_stamp=_STAMP,
        data_label=f"gongkai {table.name}",
        convert_strl=[short[column.name] for column in table.columns if column.kind == "prose"],
        variable_labels={
            short[column.name]: label_to_variable_label(known.get((table.name, column.name)))
            for column in table.columns
        },
        value_labels=_value_labels(table.columns, short),
    )


def label_to_variable_label(label: Label | None) -> str:
    """The Chinese label, cut to what Stata takes."""
    said = "" if label is None else label.label_zh
    return said if len(said) <= MOST_IN_LABEL else f"{said[: MOST_IN_LABEL - 1]}…"


def _value_labels(
    columns: Sequence[ExportColumn], short: dict[str, str]
) -> dict[str, dict[float, str]]:
    words = status_words()
    said: dict[float, str] = {
        code: f"{word} {words[word][0]}" for word, code in status_codes().items()
    }
    return {short[column.name]: said for column in columns if is_status(column)}


def _value_to_number(value: object) -> float | None:
    """A boolean as 1 or 0, an exact decimal as the nearest double."""
    return None if value is None else float(value if isinstance(value, int) else str(value))
