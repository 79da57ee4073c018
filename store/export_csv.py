"""A table as CSV: UTF-8, a header, `\\n` line ends, fields quoted only where need be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from store.contract import Exportable, ExportRow
from store.values import float_to_text

_AT_ONCE = 5000
_TO_QUOTE = re.compile('[,"\n\r]')


def write_csv(connection: Connection, table: Exportable, path: Path) -> None:
    rows = table.rows(connection)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(column.name for column in table.columns) + "\n")
        while batch := list(islice(rows, _AT_ONCE)):
            file.write(rows_to_lines(batch))


def rows_to_lines(rows: Sequence[ExportRow]) -> str:
    """Rows as lines, made column by column: most columns hold nothing that needs a closer look."""
    columns = map(_column_to_fields, zip(*rows, strict=True))
    return "\n".join(map(",".join, zip(*columns, strict=True))) + "\n"


def _column_to_fields(values: Sequence[object]) -> Sequence[str]:
    kinds = set(map(type, values)) - {type(None)}
    if kinds == {str}:
        texts = ["" if value is None else str(value) for value in values]
        return texts if not _TO_QUOTE.search("".join(texts)) else list(map(value_to_field, texts))
    if kinds == {int}:
        return ["" if value is None else str(value) for value in values]
    return list(map(value_to_field, values))


def value_to_field(value: object) -> str:
    """One field: nothing for null and for empty text, plain digits for numbers.

    The csv module is not used because its quoting of a lone carriage return depends on Python's
    version.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        if _TO_QUOTE.search(value):
            return '"' + value.replace('"', '""') + '"'
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return float_to_text(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in CSV")
