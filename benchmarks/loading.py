"""How fast reports go into a database: `python -m benchmarks.loading [--reports N] [--repeats N]`.

SQLite: the store against the same rows put there by sqlite3's executemany. PostgreSQL: the rows by
COPY, as the store writes them, against SQLAlchemy's inserts, and saving whole reports with either.
The server is the one that GONGKAI_TEST_POSTGRES names, or one started for the purpose.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import Connection, Engine, insert, select, text

from benchmarks.speed.loading import load_cost
from benchmarks.speed.timing import take_turns
from normalize.forms import all_fields
from normalize.report import Report, Verdict
from pipeline.plan import paths_to_tasks
from pipeline.work import task_to_report
from pipeline.writing import MOST_REPORTS
from store import bulk
from store.coding import Coding
from store.connections import writing
from store.database import load_fields, open_database
from store.fields import stored_fields
from store.names import name_of
from store.rows import COLUMNS, Facts, facts_to_rows, report_to_rows
from store.save import save_several
from store.schema import METADATA
from store.schema import reports as stored
from tests.postgres_server import running_server, why_no_server

FOLDER = Path(__file__).parents[1] / "fixtures" / "reports"
GOAL_COPY, GOAL_SQLITE = 3.0, 2.0
FACTS = (
    *("observation_rows", "observation_originals", "check_rows", "suggestion_rows"),
    *(
        "statement_rows",
        "sections",
        "extras",
        "as_read",
        "panel_rows",
        "panel_checks",
        "panel_prints",
    ),
)


@dataclass(frozen=True, slots=True)
class PostgresCost:
    """Median seconds by the clock for so many rows, and for the reports that they belong to."""

    rows: int
    copy: float
    inserts: float
    save: float
    save_by_inserts: float


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.loading", description=__doc__)
    parser.add_argument("--reports", type=int, default=1000, help="how many (default 1000)")
    parser.add_argument("--repeats", type=int, default=5, help="how often (default 5)")
    options = parser.parse_args(arguments)
    reports = some_reports(options.reports)
    sqlite = load_cost(reports, options.repeats)
    print(f"{sqlite.reports} reports, {sqlite.rows:,} rows, median of {options.repeats}\n")
    print("| SQLite | rows/s | against executemany |\n|---|---:|---:|")
    for name, seconds in (
        ("executemany, one transaction", sqlite.at_once),
        (f"store, {MOST_REPORTS} reports a transaction", sqlite.store),
        ("store, a report a transaction", sqlite.store_by_report),
    ):
        print(f"| {name} | {sqlite.rows / seconds:,.0f} | {seconds / sqlite.at_once:.2f} |")
    met = sqlite.store <= GOAL_SQLITE * sqlite.at_once
    print(f"\nat most {GOAL_SQLITE:g} times executemany: {'met' if met else 'not met'}\n")
    if lacking := why_no_server():
        print(lacking, file=sys.stderr)
        return 1
    with running_server() as url:
        cost = postgres_cost(url, reports, options.repeats)
    print("| PostgreSQL | rows/s | against COPY |\n|---|---:|---:|")
    for name, seconds, base in (
        ("rows by COPY", cost.copy, cost.copy),
        ("rows by SQLAlchemy's inserts", cost.inserts, cost.copy),
        ("whole reports by the store", cost.save, cost.save),
        ("the same with SQLAlchemy's inserts", cost.save_by_inserts, cost.save),
    ):
        print(f"| {name} | {cost.rows / seconds:,.0f} | {seconds / base:.2f} |")
    faster = cost.inserts / cost.copy
    met = faster >= GOAL_COPY
    print(f"\nCOPY is {faster:.1f} times as fast as inserts, {GOAL_COPY:g} wanted")
    return 0 if met else 1


def some_reports(count: int) -> list[Report]:
    """The reports of the project's text fixtures, again and again with other bytes."""
    read = [task_to_report(task, None) for task in paths_to_tasks([FOLDER], ["source.txt"])]
    kept = [report for report in read if report.verdict is not Verdict.QUARANTINED]
    return [
        replace(
            kept[number % len(kept)],
            sha256=sha256(f"{number}".encode()).hexdigest(),
            source=f"{number:06}.txt",
        )
        for number in range(count)
    ]


def postgres_cost(url: str, reports: Sequence[Report], repeats: int) -> PostgresCost:
    """Rows for reports that are there already, then whole reports."""
    engine = open_database(url)
    load_fields(engine, all_fields())
    save_all = _saver(engine, reports)
    save_all()
    facts = _facts_of(engine, reports)
    rows = _in_turns(
        engine,
        FACTS,
        {
            "copy": lambda: _fill(engine, facts, bulk.write_facts),
            "inserts": lambda: _fill(engine, facts, insert_facts),
        },
        repeats,
    )
    whole = _in_turns(
        engine,
        (*FACTS, "sources", "reports"),
        {"save": save_all, "save_by_inserts": lambda: _with_inserts(save_all)},
        repeats,
    )
    engine.dispose()
    count = sum(one.count for together in facts for one in together)
    return PostgresCost(count, **rows, **whole)


def _in_turns(
    engine: Engine,
    tables: Sequence[str],
    jobs: Mapping[str, Callable[[], object]],
    repeats: int,
) -> dict[str, float]:
    """Median seconds; the tables are emptied before each turn, which is not counted."""
    spent = 0.0

    def emptied(job: Callable[[], object]) -> Callable[[], None]:
        def run() -> None:
            nonlocal spent
            start = time.perf_counter()
            names = ", ".join(f'"{name}"' for name in tables)
            with writing(engine) as connection:
                connection.execute(text(f"TRUNCATE {names} CASCADE"))
            spent += time.perf_counter() - start
            job()

        return run

    return take_turns(
        {name: emptied(job) for name, job in jobs.items()},
        repeats,
        clock=lambda: time.perf_counter() - spent,
    )


def insert_facts(connection: Connection, table: str, facts: Sequence[Facts]) -> None:
    """What `store.bulk.write_facts` does, by SQLAlchemy's inserts of many rows."""
    rows = chain.from_iterable(map(facts_to_rows, facts))
    given = [dict(zip(COLUMNS[table], row, strict=True)) for row in rows]
    connection.execute(insert(METADATA.tables[table]), given)


def _with_inserts(save_all: Callable[[], None]) -> None:
    with patch.object(bulk, "write_facts", insert_facts):
        save_all()


def _saver(engine: Engine, reports: Sequence[Report]) -> Callable[[], None]:
    def save_all() -> None:
        for start in range(0, len(reports), MOST_REPORTS):
            part = reports[start : start + MOST_REPORTS]
            save_several(engine, [(report, False) for report in part])

    return save_all


def _facts_of(engine: Engine, reports: Sequence[Report]) -> list[list[Facts]]:
    """All rows table by table, as many together as a run puts into one transaction.

    The reports are stored already, and the words that the rows' numbers stand for.
    """
    with writing(engine) as connection:
        cells = {name_of(field): field for field in stored_fields(connection)}
        keys = dict(connection.execute(select(stored.c.sha256, stored.c.report_key)).tuples().all())
        coding = Coding(connection)
    out: list[list[Facts]] = []
    for start in range(0, len(reports), MOST_REPORTS):
        tables: dict[str, list[Facts]] = {}
        for report in reports[start : start + MOST_REPORTS]:
            rows = report_to_rows(report, cells).facts
            for facts in (coding.encode(one, keys[report.sha256]) for one in rows if one.count):
                tables.setdefault(facts.table, []).append(facts)
        out += tables.values()
    return out


def _fill(
    engine: Engine,
    facts: Sequence[Sequence[Facts]],
    write: Callable[[Connection, str, Sequence[Facts]], None],
) -> None:
    with writing(engine) as connection:
        for together in facts:
            write(connection, together[0].table, together)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
