"""A database of many reports, quickly: some thousand are saved, then copied under other names.

The copies go in by SQL, each a province's agencies with the figures of the first. Sections are
left out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from benchmarks.questions.reports import make_sound_reports
from normalize.forms import all_fields
from store.database import load_fields, open_database
from store.save import save_several

SAVED = 2000
"""Reports that are made and saved; the others are copies."""

_AT_ONCE = 200
_PROVINCES = (
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41",
    "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65",
)  # fmt: skip
_KEY = "printf('%04x', :copy) || substr({column}, 5)"
_CHANGED = {
    "report_id": _KEY.format(column="report_id"),
    "sha256": _KEY.format(column="sha256"),
    "source": ":copy || '/' || source",
    "agency": ":place || agency",
    "agency_id": ":copy || ':' || agency_id",
    "region_code": ":province || '0100'",
    "report_key": "report_key + :copy * (SELECT max(report_key) FROM first.reports)",
}
_ONCE = ("readers", "check_rules", "statement_kinds")
_COPIED = (
    *("reports", "sources", "observation_rows", "check_rows", "statement_rows", "suggestion_rows"),
    "panel_rows",
)


def fill(file: Path, count: int, seed: int) -> int:
    """Make a database at `file` with `count` reports, rounded up to whole copies.

    Returned is how many of them are no copies.
    """
    first = file.with_name("first.db")
    saved = min(SAVED, count)
    _save(first, saved, seed)
    _copy(first, file, -(-count // saved))
    for part in first.parent.glob("first.db*"):
        part.unlink()
    return saved


def _save(file: Path, count: int, seed: int) -> None:
    engine = open_database(f"sqlite:///{file}")
    load_fields(engine, all_fields())
    made = make_sound_reports(count, seed)
    while batch := list(islice(made, _AT_ONCE)):
        save_several(engine, [(report, False) for report in batch])
    engine.dispose()


def _copy(first: Path, file: Path, copies: int) -> None:
    engine = open_database(f"sqlite:///{file}")
    load_fields(engine, all_fields())
    engine.dispose()
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -262144")
        connection.execute("ATTACH ? AS first", [str(first)])
        for copy in range(copies):
            province = _PROVINCES[copy % len(_PROVINCES)]
            values = {"copy": copy, "province": province, "place": f"第{copy}省"}
            connection.execute("BEGIN")
            for statement in _statements(connection, () if copy else _ONCE):
                connection.execute(statement, values)
            connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _statements(connection: sqlite3.Connection, before: Sequence[str]) -> Iterator[str]:
    """What copies each table once, in the order of its key, so that rows are only appended."""
    for table in (*before, *_COPIED):
        columns = [row[1] for row in connection.execute(f"PRAGMA first.table_info({table})")]
        names = ", ".join(f'"{name}"' for name in columns)
        values = ", ".join(_CHANGED.get(name, f'"{name}"') for name in columns)
        keys = ("report_key", "report_id", "sha256", columns[0])
        order = next(key for key in keys if key in columns)
        chosen = f"SELECT {values} FROM first.{table} ORDER BY {order}"
        yield f"INSERT INTO main.{table} ({names}) {chosen}"
