from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from store.connections import reading
from store.database import load_fields, open_database, open_readonly
from store.errors import DatabaseFailed, QueryFailed, QueryRefused, ReportRefused, StoreError
from store.query import Result, query
from store.save import save
from tests.store_examples import CELLS, FEES, observe, report


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    engine = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    load_fields(engine, CELLS)
    for number in range(3):
        given = report(f"{number}", f"{number}.pdf", observations=(observe(FEES, f"{number}.5"),))
        save(engine, given)
    engine.dispose()
    return tmp_path


@pytest.fixture
def engine(folder: Path) -> Iterator[Engine]:
    engine = open_readonly(f"sqlite:///{folder / 'a.db'}")
    yield engine
    engine.dispose()


def test_a_query_gives_columns_and_rows(engine: Engine) -> None:
    sql = "SELECT source, fees__amount_yuan AS fees FROM proactive_2021 ORDER BY source"
    both = (("0.pdf", 0.5), ("1.pdf", 1.5))
    every = (*both, ("2.pdf", 2.5))
    assert query(engine, sql, 3) == Result(("source", "fees"), every, truncated=False)
    assert query(engine, sql, 2) == Result(("source", "fees"), both, truncated=True)
    assert query(engine, "SELECT 1 WHERE 0", 2) == Result(("1",), (), truncated=False)


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("select count(*) from reports;", 3),
        ("  -- how many\n/* of; them */ SELECT count(*) FROM reports -- all\n", 3),
        ("WITH r AS (SELECT * FROM reports) SELECT count(*) FROM r", 3),
        ("VALUES (7)", 7),
        ("SELECT 'a;b' ; ", "a;b"),
        ("SELECT '50%'", "50%"),
        ("SELECT ':name'", ":name"),
        (
            "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 9) "
            "SELECT max(i) FROM n",
            9,
        ),
    ],
)
def test_any_single_reading_statement_is_answered(engine: Engine, sql: str, value: object) -> None:
    assert query(engine, sql, 10).rows == ((value,),)


ENDLESS = "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


@pytest.mark.parametrize("sql", [ENDLESS, ENDLESS.replace("max(i)", "i") + " WHERE i < 0"])
def test_a_query_that_never_ends_is_broken_off(engine: Engine, sql: str) -> None:
    with pytest.raises(QueryFailed, match=r"broken off after 0\.2 seconds; ask for less"):
        query(engine, sql, 10, seconds=0.2)
    assert query(engine, "SELECT count(*) FROM reports", 1, seconds=0.2).rows == ((3,),)


REFUSED = [
    ("INSERT INTO view_definitions VALUES ('a', 1, 'b')", "it begins with INSERT"),
    ("UPDATE reports SET year = 1", "it begins with UPDATE"),
    ("DELETE FROM observations", "it begins with DELETE"),
    ("REPLACE INTO view_definitions VALUES ('a', 1, 'b')", "it begins with REPLACE"),
    ("DROP TABLE observations", "it begins with DROP"),
    ("CREATE TABLE mine (a)", "it begins with CREATE"),
    ("CREATE TEMP TABLE mine (a)", "it begins with CREATE"),
    ("ALTER TABLE reports ADD COLUMN mine", "it begins with ALTER"),
    ("PRAGMA user_version = 5", "it begins with PRAGMA"),
    ("PRAGMA query_only = OFF", "it begins with PRAGMA"),
    ("ATTACH DATABASE 'other.db' AS other", "it begins with ATTACH"),
    ("VACUUM INTO 'copy.db'", "it begins with VACUUM"),
    ("COMMIT", "it begins with COMMIT"),
    ("", "it begins with no word"),
    ("/* SELECT */ DELETE FROM reports", "it begins with DELETE"),
    ("SELECT 1; DELETE FROM reports", "it holds more than one statement"),
    ("SELECT 1; SELECT 2", "it holds more than one statement"),
    ("WITH r AS (SELECT 1) DELETE FROM reports", "it would change the database"),
    ("WITH r AS (SELECT 1) UPDATE reports SET year = 1", "it would change the database"),
    (
        "WITH r AS (SELECT 1) INSERT INTO extras SELECT * FROM extras",
        "it would change the database",
    ),
    ("EXPLAIN DELETE FROM reports", "it would change the database"),
    ("SELECT load_extension('mine')", "it would change the database or reach outside it"),
    ("SELECT * FROM pragma_user_version", "it would change the database or reach outside it"),
]


@pytest.mark.parametrize(("sql", "said"), REFUSED)
def test_anything_but_one_reading_statement_is_refused(
    engine: Engine, folder: Path, sql: str, said: str
) -> None:
    with pytest.raises(QueryRefused, match=f"the statement was refused: {said}"):
        query(engine, sql, 10)
    assert query(engine, "SELECT count(*), sum(year) FROM reports", 1).rows == ((3, 6069),)
    assert {path.name for path in folder.iterdir()} <= {"a.db", "a.db-wal", "a.db-shm"}


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT * FROM absent", "no such table: absent"),
        ("SELECT absent FROM reports", "no such column: absent"),
        ("SELECT FROM reports", 'near "FROM": syntax error'),
    ],
)
def test_a_wrong_statement_is_explained(engine: Engine, sql: str, said: str) -> None:
    with pytest.raises(QueryFailed, match=said):
        query(engine, sql, 10)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM reports",
        "DROP TABLE observations",
        "ATTACH DATABASE 'other.db' AS other",
        "PRAGMA query_only = OFF",
        "PRAGMA user_version = 5",
    ],
)
def test_the_engine_itself_refuses_to_write(engine: Engine, sql: str) -> None:
    with pytest.raises(DatabaseFailed, match="not authorized"), reading(engine) as connection:
        connection.exec_driver_sql(sql)


def test_saving_through_a_reading_engine_fails_plainly(engine: Engine) -> None:
    with pytest.raises(StoreError, match=r"readonly|read-only|not authorized") as caught:
        save(engine, report("new", "new.pdf"))
    assert not isinstance(caught.value, ReportRefused)
    assert query(engine, "SELECT count(*) FROM reports", 1).rows == ((3,),)


def test_a_query_is_not_run_where_it_could_write(folder: Path) -> None:
    writer = open_database(f"sqlite:///{folder / 'a.db'}")
    with pytest.raises(QueryRefused, match="the database is open for writing"):
        query(writer, "SELECT 1", 1)
    writer.dispose()


def test_a_reader_sees_what_a_writer_adds(engine: Engine, folder: Path) -> None:
    writer = open_database(f"sqlite:///{folder / 'a.db'}")
    save(writer, report("new", "new.pdf"))
    assert query(engine, "SELECT count(*) FROM reports", 1).rows == ((4,),)
    writer.dispose()
