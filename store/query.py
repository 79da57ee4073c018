"""A researcher's own SQL, on an engine of `open_readonly`: one SELECT, and nothing is changed.

Three fences, each enough by itself for what it covers. SQLite opens the file read-only, and asks
before every step of a statement, so that no other file can be attached either. PostgreSQL runs it
in a read-only transaction. The first word is looked at only to give a plain answer. A query that
never ends, as a recursive one may, is broken off after a time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, ResourceClosedError

from store.connections import (
    driver_error_to_store_error,
    is_out_of_time,
    is_readonly,
    reading,
    time_limit,
)
from store.errors import DatabaseFailed, QueryFailed, QueryRefused

_COMMENTS_AND_SPACE = re.compile(r"(?:\s+|--[^\n]*(?:\n|$)|/\*.*?\*/)*", re.DOTALL)
_FIRST_WORD = re.compile(r"[A-Za-z]*")
SECONDS = 60.0
"""How long a query may take when nothing else is said."""

_READING = ("SELECT", "WITH", "VALUES", "EXPLAIN")


@dataclass(frozen=True, slots=True)
class Result:
    """What a query gave; `truncated` when it would have given more rows than were asked for."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool


def query(engine: Engine, sql: str, max_rows: int, seconds: float = SECONDS) -> Result:
    """The first `max_rows` rows of one SELECT.

    QueryRefused when the statement is not one reading statement, QueryFailed when it is wrong or
    takes longer than `seconds`.
    """
    if not is_readonly(engine):
        raise QueryRefused("the database is open for writing", "open it with open_readonly")
    statement = _to_one_statement(sql, engine)
    with reading(engine) as connection, time_limit(connection, seconds):
        try:
            # Without this a driver would take a percent sign for a placeholder.
            plain = connection.execution_options(no_parameters=True, stream_results=True)
            cursor = plain.exec_driver_sql(statement)
            rows = cursor.fetchmany(max_rows + 1)
        except ResourceClosedError as error:
            raise _refused("it returns no rows") from error
        except DBAPIError as error:
            if is_out_of_time(error):
                raise QueryFailed(
                    f"the query was broken off after {seconds:g} seconds",
                    "ask for less, or allow it longer with --seconds",
                ) from error
            raise _explained(error, engine) from error
        columns = tuple(cursor.keys())
        cursor.close()
    kept = tuple(tuple(row) for row in rows[:max_rows])
    return Result(columns, kept, truncated=len(rows) > max_rows)


def _to_one_statement(sql: str, engine: Engine) -> str:
    statement = sql.strip().removesuffix(";").rstrip()
    start = _COMMENTS_AND_SPACE.match(statement)
    word = _FIRST_WORD.match(statement, start.end() if start else 0)
    first = word.group().upper() if word else ""
    if first not in _READING:
        raise _refused(f"it begins with {first or 'no word'}")
    if engine.dialect.name != "sqlite" and ";" in statement:
        # SQLite's driver counts statements itself; others run them all.
        raise _refused("it has a semicolon, which could begin a second statement")
    return statement


def _refused(why: str) -> QueryRefused:
    return QueryRefused(
        f"the statement was refused: {why}", "write one SELECT; the database is open for reading"
    )


def _explained(error: DBAPIError, engine: Engine) -> QueryRefused | QueryFailed | Exception:
    said = str(error.orig).strip()
    lowered = said.lower()
    if "one statement at a time" in lowered:
        return _refused("it holds more than one statement")
    if any(sign in lowered for sign in ("not authorized", "prohibited", "read-only", "readonly")):
        return _refused("it would change the database or reach outside it")
    explained = driver_error_to_store_error(error, engine)
    if isinstance(explained, DatabaseFailed):
        return QueryFailed(
            said, "correct it; SELECT name FROM view_definitions lists what can be queried"
        )
    return explained
