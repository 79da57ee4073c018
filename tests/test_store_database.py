import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from normalize.report import Check
from store import connections, database, migrate
from store.connections import reading, writing
from store.database import load_fields, open_database, open_readonly
from store.errors import (
    BadUrl,
    DatabaseBroken,
    DatabaseMissing,
    FieldsConflict,
    ForeignDatabase,
    NewerSchema,
    OlderSchema,
    StoreError,
)
from store.fields import stored_fields
from store.load import load_report
from store.save import Outcome, save
from store.schema import METADATA, REVISION, VERSION_TABLE
from tests.store_examples import CELLS, FEES, observe, report


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / '年报 100%.db'}"


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_database(url)
    yield engine
    engine.dispose()


def test_the_migrations_make_exactly_the_tables_of_the_schema(engine: Engine) -> None:
    load_fields(engine, CELLS)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, METADATA) == []


def test_the_schema_names_the_newest_migration() -> None:
    assert migrate.revisions()[0] == REVISION


def test_constraints_of_the_migration_are_those_of_the_schema(engine: Engine) -> None:
    inspector = inspect(engine)
    for table in METADATA.sorted_tables:
        made = {check["name"] for check in inspector.get_check_constraints(table.name)}
        declared = {
            str(constraint.name)
            for constraint in table.constraints
            if type(constraint).__name__ == "CheckConstraint"
        }
        assert made == declared


def test_downgrading_leaves_nothing_and_upgrading_makes_it_again(engine: Engine) -> None:
    load_fields(engine, CELLS)
    with writing(engine) as connection:
        migrate.downgrade(connection, "base")
    assert inspect(engine).get_table_names() == [VERSION_TABLE]
    assert inspect(engine).get_view_names() == []
    with writing(engine) as connection:
        migrate.upgrade(connection)
    assert set(inspect(engine).get_table_names()) == {VERSION_TABLE, *METADATA.tables}
    assert inspect(engine).get_view_names() == [
        "cells",
        "checks",
        "coverage",
        "failed_checks",
        "failed_panel_checks",
        "observations",
        "panel",
        "quarantine",
        "rates",
        "statements",
        "suggested",
        "suggestions",
    ]


def test_checks_outlive_the_migration_that_gives_them_a_kind(engine: Engine) -> None:
    load_fields(engine, CELLS)
    checks = tuple(
        Check(name, "2021", "requests", "", "", None, None, passed=False, kind=kind, blame=blame)
        for name, kind, blame in (("Q-ROW", "H", "source"), ("Q-LE3", "S", None))
    )
    save(engine, replace(report(), checks=checks))
    with writing(engine) as connection:
        migrate.downgrade(connection, "0001")
        found = connection.exec_driver_sql('SELECT "check" FROM checks').all()
        assert [tuple(row) for row in found] == [("Q-ROW",)]
        migrate.upgrade(connection)
        found = connection.exec_driver_sql('SELECT "check", kind, blame FROM checks').all()
        assert [tuple(row) for row in found] == [("Q-ROW", "H", None)]


def test_a_failing_upgrade_changes_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: object) -> None:
        raise RuntimeError("broken off")

    monkeypatch.setattr(migrate, "make_views", fail)
    with pytest.raises(RuntimeError, match="broken off"):
        open_database(url)
    monkeypatch.undo()
    file = sqlite3.connect(url.removeprefix("sqlite:///"))
    assert file.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    file.close()
    open_database(url).dispose()


def test_opening_again_keeps_what_is_there(url: str, engine: Engine) -> None:
    load_fields(engine, CELLS)
    given = report(observations=(observe(FEES, "5"),))
    save(engine, given)
    again = open_database(url)
    assert load_report(again, given.sha256[:16]) == given
    again.dispose()


def test_a_database_file_is_in_wal_mode_and_guards_its_references(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_database_in_memory_works() -> None:
    engine = open_database("sqlite://")
    load_fields(engine, CELLS)
    assert save(engine, report()) is Outcome.ADDED


def _other_program(path: Path) -> None:
    file = sqlite3.connect(path)
    file.execute("CREATE TABLE bookmarks (url TEXT)")
    file.close()


BAD = [
    ("not a url", BadUrl, "is not a database URL"),
    ("mysql://host/name", BadUrl, "mysql databases are not supported"),
    ("sqlite:///a.db?mode=ro", BadUrl, "does not plainly name a file"),
    ("sqlite:////no/such/folder/a.db", DatabaseMissing, "there is no folder /no/such/folder"),
]


@pytest.mark.parametrize(("url", "error", "said"), BAD)
def test_a_url_that_leads_nowhere(url: str, error: type[StoreError], said: str) -> None:
    with pytest.raises(error, match=said):
        open_database(url)


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ModuleNotFoundError("No module named 'psycopg'")

    monkeypatch.setattr(connections, "create_engine", missing)
    with pytest.raises(BadUrl, match=r"postgresql\+psycopg.*pip install 'gongkai\[postgres\]'"):
        open_database("postgresql://host/name")


@pytest.mark.parametrize("opened", [open_database, open_readonly])
def test_a_file_that_is_no_database_stays_as_it_is(opened, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF-1.7 " * 200)
    with pytest.raises(DatabaseBroken, match=r"report\.pdf: file is not a database"):
        opened(f"sqlite:///{path}")
    assert path.read_bytes() == b"%PDF-1.7 " * 200


@pytest.mark.parametrize("opened", [open_database, open_readonly])
def test_another_programs_database_stays_as_it_is(opened, tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    _other_program(path)
    before = path.read_bytes()
    with pytest.raises(ForeignDatabase, match=r"another program \(bookmarks\)"):
        opened(f"sqlite:///{path}")
    assert path.read_bytes() == before


@pytest.mark.parametrize("opened", [open_database, open_readonly])
def test_a_newer_database_is_refused(opened, url: str, engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(NewerSchema, match=r"tables 9999.*upgrade gongkai"):
        opened(url)


def test_an_older_database_is_not_opened_read_only(
    url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "REVISION", "9999")
    with pytest.raises(OlderSchema, match=f"tables {REVISION}, now 9999"):
        open_readonly(url)


def test_reading_needs_a_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing, match="there is no such file"):
        open_readonly(f"sqlite:///{tmp_path / 'none.db'}")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "empty.db").touch()
    with pytest.raises(ForeignDatabase, match="holds no reports"):
        open_readonly(f"sqlite:///{tmp_path / 'empty.db'}")


def test_a_file_on_a_medium_that_cannot_be_written_is_read_as_immutable(
    url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.dispose()
    monkeypatch.setattr(connections.os, "access", lambda path, mode: False)
    readonly = open_readonly(url)
    with reading(readonly) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM reports").scalar() == 0
    readonly.dispose()
    folder = Path(url.removeprefix("sqlite:///")).parent
    assert [path.name for path in folder.iterdir()] == ["年报 100%.db"]


def test_fields_keep_their_ids_when_the_forms_change(engine: Engine) -> None:
    load_fields(engine, CELLS)
    save(engine, report(observations=(observe(CELLS[0], "1"),)))
    with reading(engine) as connection:
        before = {(f.form, f.row, f.column): f.field_id for f in stored_fields(connection)}
    added = replace(FEES, row="fines", row_label="罚款")
    renamed = replace(CELLS[2], row_label="新标签")
    load_fields(engine, (added, renamed, *CELLS[3:]))
    with reading(engine) as connection:
        after = stored_fields(connection)
    assert [field.position for field in after] == list(range(1, len(CELLS) + 1))
    assert (after[0].row, after[0].field_id) == ("fines", len(CELLS) + 1)
    assert after[1].row_label == "新标签"
    # CELLS[0] is observed and stays, last; CELLS[1] is not and goes.
    assert (after[-1].row, after[-1].column) == ("received", "natural_person")
    kept = {(f.form, f.row, f.column): f.field_id for f in after[1:]}
    assert kept == {name: before[name] for name in kept}
    assert ("2019", "received", "total") not in kept


def test_a_form_that_gains_a_field_gains_a_column(engine: Engine) -> None:
    load_fields(engine, CELLS)
    assert "fines__amount_yuan" not in _columns(engine, "proactive_2021")
    load_fields(engine, (*CELLS, replace(FEES, row="fines")))
    assert "fines__amount_yuan" in _columns(engine, "proactive_2021")


def _columns(engine: Engine, view: str) -> list[str]:
    with reading(engine) as connection:
        return list(connection.exec_driver_sql(f"SELECT * FROM {view}").keys())


def test_forms_that_contradict_themselves_or_the_data_are_refused(engine: Engine) -> None:
    with pytest.raises(FieldsConflict, match="form 2021, proactive, fees × amount twice"):
        load_fields(engine, (FEES, FEES))
    load_fields(engine, CELLS)
    save(engine, report(observations=(observe(FEES, "1"),)))
    changed = tuple(replace(cell, unit="count") if cell is FEES else cell for cell in CELLS)
    with pytest.raises(FieldsConflict, match="is stored in yuan, the forms now say count"):
        load_fields(engine, changed)
    with reading(engine) as connection:
        assert {f.unit for f in stored_fields(connection) if f.row == "fees"} == {"yuan"}
