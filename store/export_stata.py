"""A table as a Stata file, version 118, with Chinese labels; numbers are doubles.

Statuses are numbers with value labels, `tabulate` shows the words. A variable's label is cut to
the 80 characters that Stata takes, its name to 32: `codebook.dta` has both in full.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from store.contract import Exportable, ExportColumn
from store.export_labels import Label, Labels, is_status, status_codes, status_words
from store.export_names import names_to_stata

if TYPE_CHECKING:
    import pandas

MOST_IN_LABEL = 80
_AT_ONCE = 5000
_MOST_TEXTS = 100_000
_STAMP = datetime(1960, 1, 1)
"""Stata's epoch in place of the time of writing: the same content gives the same bytes."""


def write_stata(
    connection: Connection, table: Exportable, path: Path, labels: Labels | None = None
) -> None:
    # pandas takes 0.4 s to import.
    import pandas

    columns = [_Gathered(column) for column in table.columns]
    rows = table.rows(connection)
    while batch := list(islice(rows, _AT_ONCE)):
        for gathered, values in zip(columns, zip(*batch, strict=True), strict=True):
            gathered.add(values)
    known = labels or {}
    short = names_to_stata(column.name for column in table.columns)
    series = {short[g.column.name]: g.to_series() for g in columns}
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


class _Gathered:
    """The values of one column, in as little memory as can be: equal texts are kept once."""

    def __init__(self, column: ExportColumn) -> None:
        self.column = column
        self._numbers = array("d")
        self._others: list[object] = []
        self._texts: dict[str, str] = {}

    def add(self, values: Sequence[object]) -> None:
        if is_status(self.column):
            codes = status_codes()
            self._others += [None if value is None else codes[str(value)] for value in values]
        elif self.column.kind == "text":
            kept = self._texts
            texts = ["" if value is None else str(value) for value in values]
            self._others += [kept.setdefault(text, text) for text in texts]
            if len(kept) > _MOST_TEXTS:
                kept.clear()
        elif self.column.kind == "prose":
            self._others += ["" if value is None else value for value in values]
        elif self.column.kind == "date":
            self._others += values
        else:
            numbers = map(_value_to_number, values)
            self._numbers.extend(nan if number is None else number for number in numbers)

    def to_series(self) -> pandas.Series:
        import numpy
        import pandas

        if is_status(self.column):
            return pandas.Series(self._others, dtype="Int8")
        if self.column.kind in ("text", "prose"):
            return pandas.Series(self._others, dtype=object)
        if self.column.kind == "date":
            return pandas.to_datetime(pandas.Series(self._others, dtype=object))
        return pandas.Series(numpy.array(self._numbers, dtype="float64"))


def _value_to_number(value: object) -> float | None:
    """A boolean as 1 or 0, an exact decimal as the nearest double."""
    return None if value is None else float(value if isinstance(value, int) else str(value))
