"""Puts many rows into tables by the fastest way that the database's driver has.

PostgreSQL takes them by COPY, SQLite by the driver's own executemany: to bind each value through
SQLAlchemy takes longer than to store it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Boolean, Connection, Dialect
from sqlalchemy.exc import DBAPIError

from store.coding import Coding
from store.copy_text import facts_to_copy_text
from store.rows import COLUMNS, Facts, facts_to_rows
from store.schema import METADATA

_Converters = tuple[tuple[int, Callable[[Any], Any]], ...]


@dataclass(slots=True)
class BulkWriter:
    """Facts on their way into tables, in one transaction; those that wait are there after `flush`.

    Tables are filled in the order in which they were first named.
    """

    connection: Connection
    coding: Coding
    _waiting: dict[str, list[Facts]] = field(default_factory=dict)

    def add(self, facts: Sequence[Facts], report_key: int) -> None:
        for one in facts:
            if one.count:
                coded = self.coding.encode(one, report_key)
                self._waiting.setdefault(one.table, []).append(coded)

    def flush(self) -> None:
        self.coding.write()
        waiting, self._waiting = self._waiting, {}
        for table, facts in waiting.items():
            write_facts(self.connection, table, facts)


def write_facts(connection: Connection, table: str, facts: Sequence[Facts]) -> None:
    """Put facts of one table into it."""
    converters = _converters(table, connection.dialect)
    fit = (_fit_for_driver(one, converters) for one in facts)
    columns = COLUMNS[table]
    quote = connection.dialect.identifier_preparer.quote
    target = f"{quote(table)} ({', '.join(map(quote, columns))})"
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {target} FROM STDIN", fit)
        return
    marks = ", ".join("?" * len(columns))
    _execute_many(connection, f"INSERT INTO {target} VALUES ({marks})", fit)


def _fit_for_driver(facts: Facts, converters: _Converters) -> Facts:
    if not converters:
        return facts
    values = list(facts.values)
    for at, converter in converters:
        column = values[at]
        if column is not None:
            values[at] = tuple(map(converter, column))
    return Facts(facts.table, facts.count, tuple(values))


def _execute_many(connection: Connection, statement: str, facts: Iterable[Facts]) -> None:
    """By the driver alone: SQLAlchemy would look at every row."""
    driver = connection.connection.driver_connection
    if driver is None:
        raise TypeError("the connection is closed")
    cursor = driver.cursor()
    try:
        cursor.executemany(statement, chain.from_iterable(map(facts_to_rows, facts)))
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_sqlalchemy_says(connection, statement, error) from error
    finally:
        cursor.close()


def _copy(connection: Connection, statement: str, facts: Iterable[Facts]) -> None:
    driver = connection.connection.driver_connection
    if driver is None:
        raise TypeError("the connection is closed")
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for one in facts:
                copy.write(facts_to_copy_text(one))
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
def _converters(table: str, dialect: Dialect) -> _Converters:
    """By place what makes a column's values fit for the driver.

    Truth values need nothing: what SQLAlchemy would do to them is to check that they are some.
    """
    target = METADATA.tables[table]
    found = [
        (at, kind.dialect_impl(dialect).bind_processor(dialect))
        for at, kind in enumerate(target.c[name].type for name in COLUMNS[table])
        if not isinstance(kind, Boolean)
    ]
    return tuple((at, converter) for at, converter in found if converter is not None)
