"""The panel, its rates and its codebook on PostgreSQL: the same as on SQLite."""

import os
from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.schema import CreateSchema, DropSchema

from normalize.forms import all_fields
from store import migrate
from store.connections import reading, text_to_url, writing
from store.database import load_fields, open_database
from store.save import save
from tests.panel_reports import EXAMPLES
from tests.postgres_server import running_server, why_no_server

SCHEMA = f"gongkai_panel_{os.getpid()}"
LACKING = why_no_server()
VIEWS = ("panel", "rates", "coverage")

pytestmark = pytest.mark.skipif(LACKING is not None, reason=str(LACKING))


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running_server() as database:
        server = create_engine(text_to_url(database))
        with server.begin() as connection:
            connection.execute(CreateSchema(SCHEMA))
        yield f"{database}?options=-csearch_path%3D{SCHEMA}"
        with server.begin() as connection:
            connection.execute(DropSchema(SCHEMA, cascade=True))
        server.dispose()


@pytest.fixture(scope="module")
def engines(url: str) -> Iterator[tuple[Engine, Engine]]:
    engines = (open_database(url), open_database("sqlite://"))
    for engine in engines:
        load_fields(engine, all_fields())
        for given in EXAMPLES:
            save(engine, given)
    yield engines
    for engine in engines:
        engine.dispose()


def rows(engine: Engine, sql: str) -> list[tuple[object, ...]]:
    """The rows with numbers as doubles of twelve places, whatever type the driver gives them."""
    with reading(engine) as connection:
        return [tuple(map(_plain, row)) for row in connection.exec_driver_sql(sql)]


def _plain(value: object) -> object:
    return round(float(value), 12) if isinstance(value, bool | int | float | Decimal) else value


@pytest.mark.parametrize("view", VIEWS)
def test_the_views_are_equal(engines: tuple[Engine, Engine], view: str) -> None:
    postgres, sqlite = engines
    order = "ORDER BY COALESCE(year, 0)"
    with reading(postgres) as connection:
        names = tuple(connection.exec_driver_sql(f"SELECT * FROM {view}").keys())
    with reading(sqlite) as connection:
        assert tuple(connection.exec_driver_sql(f"SELECT * FROM {view}").keys()) == names
    found = rows(postgres, f"SELECT * FROM {view} {order}")
    expected = rows(sqlite, f"SELECT * FROM {view} {order}")
    assert len(found) == (3 if view == "coverage" else 2)
    assert found == expected


def test_the_codebooks_are_equal_and_stand_beside_the_columns(
    engines: tuple[Engine, Engine],
) -> None:
    postgres, sqlite = engines
    chosen = 'SELECT * FROM codebook ORDER BY view_name COLLATE "C", position'
    assert rows(postgres, chosen) == rows(sqlite, chosen.replace(' COLLATE "C"', ""))
    comment = (
        f"SELECT col_description('{SCHEMA}.panel'::regclass, ordinal_position::int) FROM "
        f"information_schema.columns WHERE table_schema = '{SCHEMA}' AND table_name = 'panel' "
        "AND column_name = 'granted'"
    )
    assert rows(postgres, comment) == [
        (
            "予以公开. requests granted. 2014: Answers that the information was public already "
            "stand in a row of their own, which the later forms do not have.",
        )
    ]
    without = (
        "SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid "
        f"WHERE relnamespace = '{SCHEMA}'::regnamespace AND relkind = 'v' AND attnum > 0 "
        "AND col_description(attrelid, attnum) IS NULL"
    )
    assert rows(postgres, without) == []
    assert rows(postgres, f"SELECT obj_description('{SCHEMA}.coverage'::regclass)") != [(None,)]


def test_the_migration_goes_down_and_up_with_reports_there(engines: tuple[Engine, Engine]) -> None:
    postgres, _ = engines
    before = rows(postgres, "SELECT * FROM panel ORDER BY year")
    with writing(postgres) as connection:
        migrate.downgrade(connection, "0005")
    kept = rows(postgres, "SELECT count(*) FROM observations")
    with writing(postgres) as connection:
        migrate.upgrade(connection)
    assert kept == [(float(sum(len(given.observations) for given in EXAMPLES)),)]
    assert rows(postgres, "SELECT * FROM panel ORDER BY year") == before
    assert rows(postgres, "SELECT received FROM panel ORDER BY year")[-1] == (10.0,)
