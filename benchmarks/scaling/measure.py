"""The costs of reading and of writing one report, on processes of this machine and on a cluster."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, text

from benchmarks.speed.measure import NOT_DIGITAL, make_documents, repeat_documents
from normalize.forms import all_fields
from normalize.report import Report
from pipeline.cluster import reading_on
from pipeline.limits import Limits
from pipeline.plan import Task, paths_to_tasks
from pipeline.workers import Done, Reading, reading_here
from pipeline.writing import MOST_REPORTS
from store.database import load_fields, open_database
from store.save import save_several
from tests.postgres_server import running_server, why_no_server


@dataclass(frozen=True, slots=True)
class Read:
    """One way of reading all documents: wall clock seconds, those of its start apart."""

    way: str
    workers: int
    start: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Written:
    """Writing all reports into an empty database: seconds, and the bytes it has then."""

    database: str
    seconds: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Costs:
    """`reading` is what single documents took, in seconds of their readers together.

    `no_postgres` says why the one database was not measured.
    """

    documents: int
    reading: float
    ways: tuple[Read, ...]
    databases: tuple[Written, ...]
    no_postgres: str | None


def measure(documents: int, workers: Sequence[int], say: Callable[[str], None]) -> Costs:
    """Reads the same documents in every way, and writes their reports into every database."""
    with TemporaryDirectory(prefix="gongkai-scaling-") as name:
        folder = Path(name)
        say(f"making {documents} documents")
        tasks = _documents(documents, folder)
        ways: list[Read] = []
        reports: list[Report] = []
        reading = 0.0
        for count in workers:
            say(f"reading with processes: {count}")
            start = time.perf_counter()
            done = _read(reading_here(count), tasks)
            ways.append(Read("processes", count, 0.0, time.perf_counter() - start))
            if not reports:
                reports = [one.report for one in done]
                reading = sum(one.seconds for one in done)
            say(f"reading on a cluster of this machine: {count}")
            start = time.perf_counter()
            with reading_on("dask://local", count) as on_cluster:
                started = time.perf_counter()
                _read(on_cluster, tasks)
                ended = time.perf_counter()
            ways.append(Read("Dask", count, started - start, ended - started))
        say("writing into SQLite")
        databases = [_write_sqlite(reports, folder / "g.db")]
        no_postgres = why_no_server()
        if no_postgres is None:
            say("writing into PostgreSQL")
            with running_server() as url:
                databases.append(_write_postgres(reports, url))
    return Costs(len(tasks), reading, tuple(ways), tuple(databases), no_postgres)


def _documents(count: int, folder: Path) -> tuple[Task, ...]:
    """Generated reports, those that are pictures left out, as often as needed."""
    made = make_documents(min(count, 100), folder / "made", without=NOT_DIGITAL)
    return paths_to_tasks([repeat_documents(made, count, folder / "read")], ["source.*"])


def _read(reading: Reading, tasks: Sequence[Task]) -> list[Done]:
    with closing(reading(tasks, None, Limits(), lambda: False)) as done:
        return list(done)


def _write_sqlite(reports: Sequence[Report], file: Path) -> Written:
    engine = open_database(f"sqlite:///{file}")
    seconds = _write(reports, engine)
    engine.dispose()
    return Written("SQLite", seconds, file.stat().st_size)


def _write_postgres(reports: Sequence[Report], url: str) -> Written:
    engine = open_database(url)
    seconds = _write(reports, engine)
    with engine.connect() as connection:
        size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    engine.dispose()
    return Written("PostgreSQL", seconds, int(size))


def _write(reports: Sequence[Report], engine: Engine) -> float:
    load_fields(engine, all_fields())
    start = time.perf_counter()
    for at in range(0, len(reports), MOST_REPORTS):
        save_several(engine, [(report, False) for report in reports[at : at + MOST_REPORTS]])
    return time.perf_counter() - start
