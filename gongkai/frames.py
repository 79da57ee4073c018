"""Rows as a DataFrame: nullable types, so that NA is NA, and the codebook's words in `attrs`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import pandas

from store.contract import ExportColumn, Kind
from store.export_labels import Labels

_TYPES: dict[Kind, str] = {
    "text": "string",
    "prose": "string",
    "integer": "Int64",
    "float": "Float64",
    "decimal": "Float64",
    "boolean": "boolean",
}


def rows_to_frame(
    name: str,
    columns: Sequence[ExportColumn],
    rows: Iterable[Sequence[object]],
    labels: Labels,
    exact: bool,
) -> pandas.DataFrame:
    """The rows with the words of the codebook in `attrs`.

    Decimals are doubles, or with `exact` objects of the class Decimal, None where there is none.
    """
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    frame = pandas.DataFrame(
        {
            column.name: _to_series(column.kind, of_column, exact)
            for column, of_column in zip(columns, values, strict=True)
        }
    )
    words = {column.name: labels[name, column.name] for column in columns}
    frame.attrs = {
        "table": name,
        "labels_zh": {column: label.label_zh for column, label in words.items()},
        "labels_en": {column: label.label_en for column, label in words.items()},
        "units": {column: label.unit for column, label in words.items() if label.unit},
        "descriptions": {column: label.description for column, label in words.items()},
        "descriptions_zh": {column: label.description_zh for column, label in words.items()},
    }
    return frame


def _to_series(kind: Kind, values: Sequence[Any], exact: bool) -> pandas.Series:
    if kind == "decimal" and exact:
        digits = [None if value is None else Decimal(str(value)) for value in values]
        return pandas.Series(digits, dtype=object)
    if kind in ("decimal", "float"):
        numbers = [None if value is None else float(str(value)) for value in values]
        return pandas.Series(numbers, dtype="Float64")
    if kind == "date":
        return pandas.to_datetime(pandas.Series(values, dtype=object)).astype("datetime64[s]")
    return pandas.Series(list(values), dtype=_TYPES[kind])
