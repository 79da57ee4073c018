"""Databases of both kinds for the tests of corrections, and a report to correct."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from normalize.forms import all_fields
from normalize.report import Observation, Report, Status
from pipeline.plan import Task
from pipeline.work import task_to_report
from store.connections import text_to_url
from store.database import load_fields, open_database
from tests.postgres_server import running_server, why_no_server
from tests.reading import TITLE
from tests.requests_text import one_row_a_line, sound_figures

LACKING = why_no_server()
WHO = {"who": "李", "why": "见第3页"}
START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """By kind of database the URL of an empty one with the forms, from which others are copied."""
    file = tmp_path_factory.mktemp("template") / "empty.db"
    urls = {"sqlite": f"sqlite:///{file}"}
    with ExitStack() as stack:
        if LACKING is None:
            urls["postgresql"] = stack.enter_context(running_server())
        for url in urls.values():
            engine = open_database(url)
            load_fields(engine, all_fields())
            engine.dispose()
        yield urls


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(
    request: pytest.FixtureRequest, templates: dict[str, str], tmp_path: Path
) -> Iterator[Engine]:
    if request.param == "postgresql" and LACKING is not None:
        pytest.skip(LACKING)
    template = templates[request.param]
    if request.param == "sqlite":
        shutil.copy(template.removeprefix("sqlite:///"), tmp_path / "a.db")
        engine = open_database(f"sqlite:///{tmp_path / 'a.db'}")
        yield engine
        engine.dispose()
        return
    at, _, own = template.rpartition("/")
    server = create_engine(text_to_url(f"{at}/template1"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE one TEMPLATE {own}"))
    engine = open_database(f"{at}/one")
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text("DROP DATABASE one"))
    server.dispose()


@pytest.fixture
def sound(tmp_path: Path) -> Report:
    """A report of a sound table of requests."""
    file = tmp_path / "a.txt"
    file.write_text(f"{TITLE}\n{one_row_a_line(sound_figures())}", encoding="utf-8")
    return replace(task_to_report(Task(file, "a.txt"), None), readers=())


def misread(sound: Report) -> Report:
    """The report with one cell misread by 1, as its checks find it."""
    from normalize.recheck import Decision, recheck

    first = cell_of(sound, "received", "business")
    value = (first.value or Decimal(0)) + 1
    wrong = Decision(*name_of(first), value, False, first.status, first.raw)
    found = recheck(sound, [wrong])
    observations = tuple(
        replace(
            o,
            status=Status.REPORTED,
            raw=str(value),
            original_value=None,
            original_status=None,
        )
        if o.status is Status.CORRECTED
        else o
        for o in found.observations
    )
    return replace(found, observations=observations)


def cell_of(report: Report, row: str, column: str) -> Observation:
    return next(o for o in report.observations if (o.row, o.column) == (row, column))


def name_of(o: Observation) -> tuple[str, str, str, str]:
    return o.form, o.table, o.row, o.column


def failed_checks(report: Report) -> list[str]:
    return [f"{c.check} {c.row}.{c.column}" for c in report.checks if c.is_broken]
