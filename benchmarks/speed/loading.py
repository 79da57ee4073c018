"""Saving reports against the same rows put into the same tables by sqlite3 alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.speed.stages import empty_database, save_all
from benchmarks.speed.timing import take_turns
from normalize.report import Report

TABLES = (
    *("reports", "sources", "sections", "observation_rows", "check_rows", "statement_rows"),
    *("suggestion_rows", "extras", "panel_rows"),
)

ONCE = ("readers", "check_rules", "statement_kinds")
"""What stands once for all reports."""

Rows = Mapping[str, Sequence[tuple[object, ...]]]
"""The rows of one report by table, as SQLite holds them."""


@dataclass(frozen=True, slots=True)
class LoadCost:
    """Median seconds for so many reports of so many rows, by the store and by sqlite3.

    `store` puts as many reports into a transaction as a run does, `store_by_report` one.
    """

    reports: int
    rows: int
    store: float
    store_by_report: float
    by_report: float
    at_once: float


def load_cost(reports: Sequence[Report], repeats: int) -> LoadCost:
    """All loads go into files with the same empty tables; making those is not counted."""
    with TemporaryDirectory() as folder:
        files = iter(Path(folder, f"{number}.db") for number in range(4 * repeats + 1))
        model = next(files)
        save_all(reports, empty_database(model))
        rows = _rows_of(model)
        empty = [empty_database(file) for file in files]
        seconds = take_turns(
            {
                "store": lambda: save_all(reports, empty.pop()),
                "store_by_report": lambda: save_all(reports, empty.pop(), 1),
                "by_report": lambda: _insert(rows, empty.pop(), True),
                "at_once": lambda: _insert(rows, empty.pop(), False),
            },
            repeats,
        )
    count = sum(len(facts) for report in rows for facts in report.values())
    return LoadCost(len(rows), count, **seconds)


def _rows_of(file: Path) -> list[Rows]:
    """By report; what stands once for all is with the first."""
    with closing(sqlite3.connect(file)) as connection:
        ids = connection.execute(
            "SELECT report_id, report_key, sha256 FROM reports ORDER BY report_key"
        ).fetchall()
        of_reports: list[Rows] = []
        for id_, number, sha in ids:
            keys = {"report_key": number, "report_id": id_, "sha256": sha}
            rows = {table: _select(connection, table, keys) for table in TABLES}
            if not of_reports:
                rows = {table: _select(connection, table, {}) for table in ONCE} | rows
            of_reports.append(rows)
    return of_reports


def _select(
    connection: sqlite3.Connection, table: str, keys: Mapping[str, object]
) -> list[tuple[object, ...]]:
    """The rows of a table that have the first of the keys that it has, all where it has none."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    key = next((key for key in keys if key in columns), None)
    condition = "" if key is None else f"WHERE {key} = ?"
    values = () if key is None else (keys[key],)
    return connection.execute(f'SELECT * FROM "{table}" {condition}', values).fetchall()


def _insert(reports: Sequence[Rows], file: Path, by_report: bool) -> None:
    """The rows as they are, in one transaction a report or in one for all."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        for rows in reports:
            for table, facts in rows.items():
                if facts:
                    marks = ", ".join("?" * len(facts[0]))
                    connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', facts)
            if by_report:
                connection.execute("COMMIT")
                connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
