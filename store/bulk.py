"""Puts many rows into tables by the fastest way that the database's driver has.

PostgreSQL takes them by COPY, SQLite by the driver's own executemany: to bind each value through
SQLAlchemy takes longer than to store it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Boolean, Connection, Dialect
from sqlalchemy.exc import DBAPIError

from store.coding import Coding
from store.rows import Facts
from store.schema import METADATA

_Row = tuple[object, ...]
_Converters = tuple[tuple[int, Callable[[Any], Any]], ...]


@dataclass(slots=True)
class BulkWriter:
    """Rows on their way into tables, in one transaction; those that wait are there after `flush`.

    Tables are filled in the order in which they were first named.
    """

    connection: Connection
    coding: Coding
    _waiting: dict[tuple[str, tuple[str, ...]], list[_Row]] = field(default_factory=dict)

    def add(self, facts: Sequence[Facts], report_key: int) -> None:
        for one in facts:
            if one.rows:
                coded = self.coding.encode(one, report_key)
                self._waiting.setdefault((one.table, one.columns), []).extend(coded.rows)

    def flush(self) -> None:
        self.coding.write()
        waiting, self._waiting = self._waiting, {}
        for (table, columns), rows in waiting.items():
            write_rows(self.connection, table, columns, rows)


def write_rows(
    connection: Connection, table: str, columns: tuple[str, ...], rows: Sequence[_Row]
) -> None:
    """Put rows with a value for each of the columns into a table."""
    converters = _converters(table, columns, connection.dialect)
    if converters:
        by_column = list(zip(*rows, strict=True))
        for at, converter in converters:
            by_column[at] = tuple(map(converter, by_column[at]))
        rows = list(zip(*by_column, strict=True))
    quote = connection.dialect.identifier_preparer.quote
    target = f"{quote(table)} ({', '.join(map(quote, columns))})"
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {target} FROM STDIN", rows)
        return
    marks = ", ".join("?" * len(columns))
    _execute_many(connection, f"INSERT INTO {target} VALUES ({marks})", rows)


def _execute_many(connection: Connection, statement: str, rows: Sequence[_Row]) -> None:
    """By the driver alone: SQLAlchemy would look at every row."""
    driver = connection.connection.driver_connection
    if driver is None:
        raise TypeError("the connection is closed")
    cursor = driver.cursor()
    try:
        cursor.executemany(statement, rows)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_sqlalchemy_says(connection, statement, error) from error
    finally:
        cursor.close()


def _copy(connection: Connection, statement: str, rows: Sequence[_Row]) -> None:
    driver = connection.connection.driver_connection
    if driver is None:
        raise TypeError("the connection is closed")
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_sqlalchemy_says(connection, statement, error) from error


def _as_sqlalchemy_says(connection: Connection, statement: str, error: Any) -> BaseException:
    """The driver's own error as SQLAlchemy raises it; a connection that is gone is marked so."""
    dialect = connection.dialect
    driver: Any = connection.connection.driver_connection
    gone = dialect.is_disconnect(error, driver, None)
    if gone:
        connection.invalidate(error)
    said: BaseException = DBAPIError.instance(
        statement,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=gone,
        dialect=dialect,
    )
    return said


@lru_cache(maxsize=64)
def _converters(table: str, columns: tuple[str, ...], dialect: Dialect) -> _Converters:
    """By place what makes a column's values fit for the driver.

    Truth values need nothing: what SQLAlchemy would do to them is to check that they are some.
    """
    target = METADATA.tables[table]
    found = [
        (at, kind.dialect_impl(dialect).bind_processor(dialect))
        for at, kind in enumerate(target.c[name].type for name in columns)
        if not isinstance(kind, Boolean)
    ]
    return tuple((at, converter) for at, converter in found if converter is not None)
