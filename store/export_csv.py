"""A table as CSV: UTF-8, a header, `\\n` line ends, fields quoted only where need be."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from store.contract import Exportable
from store.values import float_to_text

_TO_QUOTE = re.compile('[,"\n\r]')


def write_csv(connection: Connection, table: Exportable, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(column.name for column in table.columns) + "\n")
        for row in table.rows(connection):
            file.write(",".join(map(value_to_field, row)) + "\n")


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
