"""Tables that a release makes itself, from the SQLite file that is part of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from store.contract import Digits, ExportColumn, ExportRow, texts_to_digits


@dataclass(frozen=True, slots=True)
class MadeTable:
    """A table whose rows are made anew whenever they are asked for."""

    name: str
    columns: tuple[ExportColumn, ...]
    make: Callable[[], Iterator[ExportRow]]

    def rows(self, connection: object) -> Iterator[ExportRow]:
        return self.make()

    def count(self, connection: object) -> int:
        return sum(1 for _ in self.make())

    def digits(self, connection: object) -> dict[str, Digits]:
        found: dict[str, Digits] = {}
        for place, column in enumerate(self.columns):
            if column.kind == "decimal":
                values = (row[place] for row in self.make())
                found[column.name] = texts_to_digits(v for v in values if v is not None)
        return found


def open_file(file: Path) -> sqlite3.Connection:
    """A connection that can only read, its rows by name."""
    connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


CHECK_COLUMNS = (
    ExportColumn("against", "text"),
    ExportColumn("check", "text"),
    ExportColumn("kind", "text"),
    ExportColumn("form", "text"),
    ExportColumn("table", "text"),
    ExportColumn("year", "integer"),
    ExportColumn("holds", "integer"),
    ExportColumn("fails", "integer"),
    ExportColumn("not_assessable", "integer"),
    ExportColumn("printed_so", "integer"),
)

_CHECKS = """
SELECT 'report' AS against, c."check", c.kind, nullif(c.form, ''), nullif(c."table", ''), r.year,
    sum(c.passed IS 1), sum(c.passed IS 0), sum(c.passed IS NULL),
    sum(c.passed IS 0 AND c.blame IS 'source')
FROM checks AS c JOIN reports AS r ON r.report_id = c.report_id
GROUP BY c."check", c.kind, c.form, c."table", r.year
UNION ALL
SELECT 'panel', c."check", c.kind, nullif(c.form, ''), nullif(c."table", ''), c.year,
    sum(c.passed IS 1), sum(c.passed IS 0), sum(c.passed IS NULL), NULL
FROM panel_checks AS c GROUP BY c."check", c.kind, c.form, c."table", c.year
ORDER BY 1 DESC, 2, 3, 4, 5, 6
"""


def check_report(file: Path) -> MadeTable:
    """How often each check holds and fails, by form and year."""

    def make() -> Iterator[ExportRow]:
        with closing(open_file(file)) as connection:
            yield from (tuple(row) for row in connection.execute(_CHECKS))

    return MadeTable("check_report", CHECK_COLUMNS, make)
