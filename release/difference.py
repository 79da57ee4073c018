"""What changed since the release before: reports, and cell by cell with both values.

A report is the same where its id is, which is that of its bytes; of those that are left, where its
source is: then the file under that name has other bytes now.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from release.errors import BadRelease
from release.tables import MadeTable, open_file
from store.contract import ExportColumn, ExportRow

DATABASE = "gongkai.db"

REPORT_COLUMNS = (
    ExportColumn("change", "text"),
    ExportColumn("report_id", "text"),
    ExportColumn("previous_report_id", "text"),
    ExportColumn("source", "text"),
    ExportColumn("agency", "text"),
    ExportColumn("year", "integer"),
    ExportColumn("cells", "integer"),
)
CELL_COLUMNS = (
    *REPORT_COLUMNS[:-1],
    ExportColumn("form", "text"),
    ExportColumn("table", "text"),
    ExportColumn("row", "text"),
    ExportColumn("column", "text"),
    ExportColumn("previous_value", "decimal"),
    ExportColumn("value", "decimal"),
    ExportColumn("previous_status", "text"),
    ExportColumn("status", "text"),
    ExportColumn("previous_flagged", "boolean"),
    ExportColumn("flagged", "boolean"),
)

_REPORTS = (
    "SELECT report_id, source, agency, year FROM reports WHERE superseded_by IS NULL "
    "ORDER BY report_id"
)
_CELLS = """
SELECT f.form, f."table", f.row, f."column", o.value_exact, o.status, o.flagged
FROM observations AS o JOIN fields AS f ON f.field_id = o.field_id
WHERE o.report_id = ?
"""

_Name = tuple[str, str, str, str]
_Cell = tuple[str | None, str, bool]


@dataclass(frozen=True, slots=True)
class Pair:
    """A report in both releases, or in one of them, with the words that name it."""

    report_id: str | None
    previous_id: str | None
    source: str
    agency: str | None
    year: int | None

    @property
    def change(self) -> str:
        if self.previous_id is None:
            return "added"
        return "removed" if self.report_id is None else "changed"


def find_previous(folder: Path) -> Path:
    """The database of the release in `folder`; BadRelease where there is none."""
    file = folder / DATABASE
    try:
        with closing(open_file(file)) as connection:
            connection.execute(_REPORTS).fetchone()
            connection.execute(_CELLS, ("",)).fetchone()
    except sqlite3.Error as error:
        raise BadRelease(
            f"{folder}: there is no release there ({DATABASE}: {error}); name its folder"
        ) from error
    return file


def difference_tables(file: Path, previous: Path) -> tuple[MadeTable, MadeTable]:
    """Reports that changed, and cells that changed."""
    return (
        MadeTable("changed_reports", REPORT_COLUMNS, lambda: _changed_reports(file, previous)),
        MadeTable("changed_cells", CELL_COLUMNS, lambda: _changed_cells(file, previous)),
    )


def _changed_reports(file: Path, previous: Path) -> Iterator[ExportRow]:
    with closing(open_file(file)) as new, closing(open_file(previous)) as old:
        for pair in _pairs(new, old):
            cells = sum(1 for _ in _cells_of(pair, new, old))
            if cells or pair.change != "changed" or pair.report_id != pair.previous_id:
                yield (*_named(pair.change, pair), cells)


def _changed_cells(file: Path, previous: Path) -> Iterator[ExportRow]:
    with closing(open_file(file)) as new, closing(open_file(previous)) as old:
        for pair in _pairs(new, old):
            yield from _cells_of(pair, new, old)


def _named(change: str, pair: Pair) -> ExportRow:
    return (change, pair.report_id, pair.previous_id, pair.source, pair.agency, pair.year)


def _pairs(new: sqlite3.Connection, old: sqlite3.Connection) -> list[Pair]:
    """All reports of both, those of the new release first, each with its former self."""
    now = {row["report_id"]: row for row in new.execute(_REPORTS)}
    before = {row["report_id"]: row for row in old.execute(_REPORTS)}
    former = {row["source"]: key for key, row in before.items() if key not in now}
    pairs = []
    for key, row in now.items():
        previous = key if key in before else former.pop(row["source"], None)
        pairs.append(Pair(key, previous, row["source"], row["agency"], row["year"]))
    matched = {pair.previous_id for pair in pairs}
    for key, row in before.items():
        if key not in matched:
            pairs.append(Pair(None, key, row["source"], row["agency"], row["year"]))
    return pairs


def _cells_of(pair: Pair, new: sqlite3.Connection, old: sqlite3.Connection) -> Iterator[ExportRow]:
    """The cells that differ, in the order of their names."""
    now, before = _read_cells(new, pair.report_id), _read_cells(old, pair.previous_id)
    for name in sorted({*now, *before}):
        one, two = before.get(name), now.get(name)
        if one == two:
            continue
        change = "added" if one is None else "removed" if two is None else "changed"
        was, is_now = one or (None, None, None), two or (None, None, None)
        values = (value for both in zip(was, is_now, strict=True) for value in both)
        yield (*_named(change, pair), *name, *values)


def _read_cells(connection: sqlite3.Connection, report_id: str | None) -> Mapping[_Name, _Cell]:
    if report_id is None:
        return {}
    return {
        (row[0], row[1], row[2], row[3]): (row[4], row[5], bool(row[6]))
        for row in connection.execute(_CELLS, (report_id,))
    }
