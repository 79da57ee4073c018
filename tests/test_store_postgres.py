"""The store on a PostgreSQL server: one of the tests' own, or the one GONGKAI_TEST_POSTGRES names.

Its value is a database's URL, in which a schema is made and dropped again.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.schema import CreateSchema, DropSchema

from normalize.report import Check, ExtraRow
from store import migrate
from store.connections import text_to_url, writing
from store.database import load_fields, open_database, open_readonly
from store.errors import DatabaseFailed, QueryRefused
from store.export import export
from store.load import load_report
from store.query import query
from store.save import Outcome, save
from store.schema import METADATA, VERSION_TABLE
from tests.postgres_server import running_server, why_no_server
from tests.store_examples import CELLS, FEES, observe, quarantined, report, totals

SCHEMA = f"gongkai_test_{os.getpid()}"
LACKING = why_no_server()

pytestmark = pytest.mark.skipif(LACKING is not None, reason=str(LACKING))

GIVEN = replace(
    report(
        observations=(
            observe(FEES, "1101234567890.1234", doubts=("large", "50%")),
            *totals("2021", received="7", refused_secret="1", refused_law=None),
        )
    ),
    checks=(
        Check("Q-ROW", "2021", "requests", "received", "total", Decimal(5), Decimal("6.5"), False),
    ),
    extras=(ExtraRow("proactive", "其他", ("1", "")),),
)


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with running_server() as url:
        yield url


@pytest.fixture
def url(database: str) -> Iterator[str]:
    server = create_engine(text_to_url(database))
    with server.begin() as connection:
        connection.execute(CreateSchema(SCHEMA))
    yield f"{database}?options=-csearch_path%3D{SCHEMA}"
    with server.begin() as connection:
        connection.execute(DropSchema(SCHEMA, cascade=True))
    server.dispose()


def test_the_migrations_make_exactly_the_tables_of_the_schema(url: str) -> None:
    engine = open_database(url)
    load_fields(engine, CELLS)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, METADATA) == []
    with writing(engine) as connection:
        migrate.downgrade(connection, "base")
    assert inspect(engine).get_table_names() == [VERSION_TABLE]
    engine.dispose()


def test_reports_come_back_and_are_exported_as_from_sqlite(url: str, tmp_path: Path) -> None:
    files = []
    for place in (url, "sqlite://"):
        engine = open_database(place)
        load_fields(engine, CELLS)
        assert save(engine, report("old", observations=(observe(FEES, "1"),))) is Outcome.ADDED
        assert save(engine, GIVEN) is Outcome.SUPERSEDED
        assert save(engine, GIVEN, force=True) is Outcome.UNCHANGED
        assert save(engine, replace(GIVEN, year=2022), force=True) is Outcome.REPLACED
        assert save(engine, quarantined()) is Outcome.ADDED
        stored = load_report(engine, GIVEN.sha256[:16])
        assert stored == replace(GIVEN, year=2022)
        exported = export(engine, "csv", tmp_path / engine.dialect.name)
        files.append([path.read_bytes() for path in exported.paths])
        engine.dispose()
    assert files[0] == files[1]


def test_views_and_queries_work_and_nothing_is_written(url: str) -> None:
    writer = open_database(url)
    load_fields(writer, CELLS)
    save(writer, GIVEN)
    reader = open_readonly(url)
    sql = "SELECT received_total, refused_sum, form FROM requests WHERE agency LIKE '%区%'"
    assert query(reader, sql, 5).rows == ((Decimal(7), None, "2021"),)
    sql = "SELECT fees__amount_yuan, cells_flagged FROM proactive_2021"
    assert query(reader, sql, 5).rows == ((Decimal("1101234567890.1234"), 1),)
    sql = "SELECT difference FROM failed_checks"
    assert query(reader, sql, 5).rows == ((Decimal("1.5"),),)
    for refused in (
        "DELETE FROM reports",
        "SELECT 1; DELETE FROM reports",
        "SET TRANSACTION READ WRITE",
    ):
        with pytest.raises(QueryRefused):
            query(reader, refused, 5)
    with pytest.raises(DatabaseFailed, match="read-only transaction"):
        save(reader, report("new"))
    with (
        pytest.raises(DatabaseFailed, match="read-only transaction"),
        writing(reader) as connection,
    ):
        connection.execute(text("DELETE FROM reports"))
    assert query(reader, "SELECT count(*) FROM reports", 5).rows == ((1,),)
    reader.dispose()
    writer.dispose()
