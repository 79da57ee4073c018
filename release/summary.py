"""What a release holds, counted in its database: for its pages and its citation."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from release.tables import open_file

Row = tuple[object, ...]

_COUNTS = """
SELECT count(*), sum(status = 'accepted'), sum(status = 'needs_review'),
    sum(status = 'quarantined'), count(DISTINCT coalesce(agency_id, agency)), min(year), max(year)
FROM reports
"""
_CELLS = """
SELECT f.form, f."table", count(DISTINCT o.report_id), count(*),
    sum(o.status IN ('reported', 'corrected')), sum(o.status = 'blank'),
    sum(o.status = 'placeholder'), sum(o.status = 'unreadable'), sum(o.status = 'missing'),
    sum(o.status = 'corrected'), sum(o.flagged)
FROM observations AS o JOIN fields AS f ON f.field_id = o.field_id
GROUP BY f.form, f."table" ORDER BY f.form, f."table"
"""
_IDENTITIES = """
SELECT form, "table", sum(passed IS 1), sum(passed IS 0), sum(passed IS NULL),
    sum(passed IS 0 AND blame = 'source'), sum(passed IS 0 AND blame = 'extraction'),
    sum(passed IS 0 AND coalesce(blame, 'unknown') = 'unknown')
FROM checks WHERE kind = 'H' AND form <> '' GROUP BY form, "table" ORDER BY form, "table"
"""
_OF_CHECKS = """
SELECT "check", kind, sum(passed IS 1), sum(passed IS 0), sum(passed IS NULL)
FROM {table} GROUP BY "check", kind ORDER BY kind, "check"
"""
_YEARS = """
SELECT year, count(*), sum(status = 'accepted'), sum(status = 'needs_review'),
    sum(status = 'quarantined'), count(DISTINCT coalesce(agency_id, agency))
FROM reports GROUP BY year ORDER BY year IS NULL, year
"""
_READERS = "SELECT reader, media_type, count(*) FROM reports GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"
_READ_BY = (
    "SELECT read_by, count(*) FROM reports WHERE read_by IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
)


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts; the tables are rows as the statements above name them."""

    reports: int
    accepted: int
    needs_review: int
    quarantined: int
    agencies: int
    first_year: int | None
    last_year: int | None
    cells: Sequence[Row]
    identities: Sequence[Row]
    checks: Sequence[Row]
    panel_checks: Sequence[Row]
    years: Sequence[Row]
    readers: Sequence[Row]
    read_by: Sequence[Row]

    @property
    def years_text(self) -> str:
        """The span of years, empty where none is known."""
        if self.first_year is None:
            return ""
        if self.first_year == self.last_year:
            return str(self.first_year)
        return f"{self.first_year}–{self.last_year}"


def read_summary(file: Path) -> Summary:
    """The counts of the release's database."""
    with closing(open_file(file)) as connection:
        counts = connection.execute(_COUNTS).fetchone()
        reports, accepted, to_review, quarantined, agencies, first, last = counts
        return Summary(
            *(reports, accepted or 0, to_review or 0, quarantined or 0, agencies, first, last),
            cells=_rows(connection, _CELLS),
            identities=_rows(connection, _IDENTITIES),
            checks=_rows(connection, _OF_CHECKS.format(table="checks")),
            panel_checks=_rows(connection, _OF_CHECKS.format(table="panel_checks")),
            years=_rows(connection, _YEARS),
            readers=_rows(connection, _READERS),
            read_by=_rows(connection, _READ_BY),
        )


def _rows(connection: sqlite3.Connection, query: str) -> tuple[Row, ...]:
    return tuple(tuple(row) for row in connection.execute(query))
