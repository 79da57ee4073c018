"""The writer of a run: what is told as done is in the database, for others to see."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from normalize.report import Section, Status
from pipeline import writing
from pipeline.plan import Task
from pipeline.results import written_to_result
from pipeline.writing import MOST_REPORTS, Writer, Written
from store.corrections import record_correction
from store.database import load_fields, open_database
from store.errors import DatabaseBusy, DatabaseGone, ReportRefused
from store.ledger import Kind
from store.save import Outcome, save_several
from tests.store_examples import CELLS, FEES, observe, report


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{database}")
    load_fields(engine, CELLS)
    yield engine
    engine.dispose()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_LONGEST_WAIT", float("inf"))


def _task(name: str) -> Task:
    return Task(Path(name), name)


def _stored(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM reports").fetchone()[0])


@pytest.mark.usefixtures("patient")
def test_reports_wait_until_they_are_many(engine: Engine, database: Path) -> None:
    seen: list[int] = []
    writer = Writer(engine, lambda written: seen.append(_stored(database)))
    for number in range(MOST_REPORTS + 1):
        writer.add(_task(f"{number}"), report(f"{number}", f"{number}"), False)
    # Each was told of when all of its transaction were there; the last still waits.
    assert (seen, _stored(database)) == ([MOST_REPORTS] * MOST_REPORTS, MOST_REPORTS)
    writer.write()
    assert seen[-1] == MOST_REPORTS + 1
    writer.write()
    assert len(seen) == MOST_REPORTS + 1


@pytest.mark.usefixtures("patient")
def test_long_reports_do_not_wait(engine: Engine, database: Path) -> None:
    writer = Writer(engine, lambda written: None)
    text = "字" * writing._MOST_CHARACTERS
    writer.add(_task("a"), replace(report("a", "a"), sections=(Section("x", "", text),)), False)
    assert _stored(database) == 1


def test_a_report_that_comes_late_is_written_at_once(engine: Engine, database: Path) -> None:
    writer = Writer(engine, lambda written: None)
    writer.add(_task("a"), report("a", "a"), False)
    assert _stored(database) == 1


@pytest.mark.usefixtures("patient")
def test_a_report_that_contradicts_itself_costs_itself_only(engine: Engine) -> None:
    done: list[Written] = []
    writer = Writer(engine, done.append)
    twice = report("b", "b", observations=(observe(FEES, "1"), observe(FEES, "2")))
    given = {"a": report("a", "a"), "b": twice, "c": report("c", "c"), "d": report("a", "d")}
    for name, one in given.items():
        writer.add(_task(name), one, False)
    writer.write()
    assert [(w.task.source, w.report.verdict.value, w.outcome) for w in done] == [
        ("a", "accepted", Outcome.ADDED),
        ("b", "quarantined", Outcome.ADDED),
        ("c", "accepted", Outcome.ADDED),
        ("d", "accepted", Outcome.ALIASED),
    ]


@pytest.mark.usefixtures("patient")
def test_what_is_told_as_done_is_as_people_corrected_it(engine: Engine) -> None:
    read = report("a", "a", observations=(observe(FEES, "1", doubts=("Q-ROW fails",)),))
    cell = (FEES.form, FEES.table, FEES.row, FEES.column)
    save_several(engine, [(read, False)])
    record_correction(
        engine, read.sha256[:16], cell, Kind.VALUE, Decimal(2), who="李", why="见第3页"
    )
    done: list[Written] = []
    writer = Writer(engine, done.append)
    writer.add(_task("a"), read, True)
    writer.add(_task("b"), report("b", "b", observations=read.observations), False)
    writer.write()
    told = [w.report.observations[0] for w in done]
    assert [(o.value, o.status, o.original_value) for o in told] == [
        (Decimal(2), Status.CORRECTED, Decimal(1)),
        (Decimal(1), Status.REPORTED, None),
    ]
    assert [written_to_result(w).flagged for w in done] == [0, 1]
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT source, value, original_value, original_status FROM cells ORDER BY source"
        )
        assert [tuple(row) for row in found] == [("a", 2, 1, "reported"), ("b", 1, None, None)]


def test_a_database_that_is_gone_is_tried_again_for_a_while(
    engine: Engine, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_PAUSE", 0.01)
    faults = [DatabaseGone("db: no answer", "start it"), DatabaseBusy("db: held", "wait")]

    def refuse_at_first(*given: Any) -> list[Outcome | ReportRefused]:
        if faults:
            raise faults.pop(0)
        return save_several(*given)

    monkeypatch.setattr(writing, "save_several", refuse_at_first)
    said: list[str] = []
    writer = Writer(engine, lambda written: None, "v1", said.append)
    writer.add(_task("a"), report("a", "a"), False)
    assert said == [
        "db: no answer; trying again for 240 seconds",
        "db: held; trying again for 240 seconds",
    ]
    assert _stored(database) == 1


def test_patience_has_an_end(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_PAUSE", 0.01)
    monkeypatch.setattr(writing, "PATIENCE", 0.05)

    def refuse(*_: object) -> None:
        raise DatabaseGone("db: no answer", "start it")

    monkeypatch.setattr(writing, "save_several", refuse)
    with pytest.raises(DatabaseGone, match="no answer; start it"):
        Writer(engine, lambda written: None).add(_task("a"), report("a", "a"), False)
