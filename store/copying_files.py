"""Copies the current rows of one SQLite file into another, new one, within SQLite.

What goes in is what `copying` puts in from a server: the two are held together by a test.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Table

from store.connections import BUSY_SECONDS
from store.copying_numbers import WORDS, number_of, words_of
from store.panel_rows import rows_digest
from store.schema import corrections, fields, manifest, panel_checks, reports, sources
from store.values import UtcTime

_MOMENT = "%Y-%m-%d %H:%M:%S.%f"
"""How SQLAlchemy writes a moment into SQLite."""

_NUMBERS = tuple(number_of(table).name for table in (reports, *WORDS))
"""Columns of numbers that a copy gives out anew."""

_CURRENT = "SELECT {key} FROM source.reports WHERE superseded_by IS NULL"


def copy_from_file(source: Path, target: Path, tables: Sequence[Table], moment: datetime) -> bool:
    """Copy the tables, in that order; whether the measures kept are those of this program.

    sqlite3.Error comes through.
    """
    with closing(
        sqlite3.connect(target.resolve().as_uri(), uri=True, timeout=BUSY_SECONDS)
    ) as connection:
        connection.isolation_level = None
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("ATTACH ? AS source", (_file_to_uri(source),))
        connection.execute("BEGIN IMMEDIATE")
        for table in (reports, *WORDS):
            for statement in _number_anew(table):
                connection.execute(statement)
        for table in tables:
            statement, parameters = _table_to_statement(table, moment.strftime(_MOMENT))
            connection.execute(statement, parameters)
        made = connection.execute("SELECT definition FROM source.view_definitions").fetchall()
        connection.execute("COMMIT")
    return is_of_now(text for (text,) in made)


def _file_to_uri(file: Path) -> str:
    """A name by which SQLite only reads: where nothing can be written, as what nobody writes."""
    path = file.resolve()
    writable = os.access(path.parent, os.W_OK) or path.with_name(f"{path.name}-wal").exists()
    return f"{path.as_uri()}?{'mode=ro' if writable else 'immutable=1'}"


def is_of_now(definitions: Iterable[str]) -> bool:
    """Whether views of these definitions go with measures that this program made."""
    line = f"-- rows by {rows_digest()}\n"
    return any(line in definition for definition in definitions)


def _number_anew(table: Table) -> tuple[str, str]:
    """Makes a table of the old and new numbers of what goes into the copy."""
    number = number_of(table).name
    words = ", ".join(_quoted(column.name) for column in words_of(table))
    return (
        f"CREATE TEMP TABLE new_{number} (old INTEGER PRIMARY KEY, new INTEGER NOT NULL)",
        f"INSERT INTO new_{number} SELECT {number}, row_number() OVER (ORDER BY {words}) "
        f"FROM source.{table.name} WHERE {_condition(table)}",
    )


def _table_to_statement(table: Table, moment: str) -> tuple[str, tuple[str, ...]]:
    parameters: list[str] = []
    values = []
    for column in table.columns:
        if isinstance(column.type, UtcTime):
            parameters.append(moment)
            values.append("?")
        elif table is panel_checks and column.name == "other_report_id":
            # It may have been checked against a report that has been superseded since.
            kept = _CURRENT.format(key="report_id")
            values.append(f"CASE WHEN other_report_id IN ({kept}) THEN other_report_id END")
        elif column.name in _NUMBERS:
            values.append(f"(SELECT new FROM new_{column.name} WHERE old = t.{column.name})")
        else:
            values.append(_quoted(column.name))
    names = ", ".join(_quoted(column.name) for column in table.columns)
    places = [table.columns.keys().index(column.name) for column in table.primary_key.columns]
    keys = ", ".join(str(place + 1) for place in places)
    name = _quoted(table.name)
    return (
        f"INSERT INTO main.{name} ({names}) SELECT {', '.join(values)} FROM source.{name} AS t "
        f"WHERE {_condition(table)} ORDER BY {keys}",
        tuple(parameters),
    )


def _condition(table: Table) -> str:
    """True of rows that belong to current reports."""
    by_content = f"sha256 IN ({_CURRENT.format(key='sha256')})"
    if table is fields:
        return "TRUE"
    if table is reports:
        return "superseded_by IS NULL"
    if table is sources:
        return f"current AND {by_content}"
    if table is manifest:
        return f"source IN (SELECT source FROM source.sources WHERE current AND {by_content})"
    if table is corrections:
        return by_content
    if table in WORDS:
        number = number_of(table).name
        used = f"SELECT {number} FROM source.{WORDS[table].name}"
        return f"{number} IN ({used} WHERE report_key IN ({_CURRENT.format(key='report_key')}))"
    if "report_key" in table.c:
        return f"report_key IN ({_CURRENT.format(key='report_key')})"
    return f"report_id IN ({_CURRENT.format(key='report_id')})"


def _quoted(name: str) -> str:
    return f'"{name}"'
