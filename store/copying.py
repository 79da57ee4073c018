"""A copy of what is current, as a SQLite file that is the same bytes whenever the content is.

Rows go in by their keys, whatever database they come from and in whatever order they went into it;
from a SQLite file SQLite itself copies them, from a server they come through here. Numbers that
stand for reports, rules and kinds are given out anew in the order of what they stand for.
Left out are superseded reports and what `gongkai check` keeps to know what it has checked; moments
of loading become one moment that is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Engine, RowMapping, Select, Table, insert, select

from store.connections import connect, database_errors, reading, text_to_url, url_to_file, writing
from store.copying_files import copy_from_file, is_of_now
from store.copying_numbers import (
    WORDS,
    Numbers,
    in_order_of_code,
    is_in_use,
    read_numbers,
    words_of,
)
from store.database import open_database
from store.fields import stored_fields
from store.panel_rows import refill_panel_rows
from store.schema import (
    METADATA,
    codebook,
    corrections,
    fields,
    manifest,
    panel_checks,
    panel_prints,
    panel_states,
    reports,
    sources,
    view_definitions,
)
from store.values import Number, UtcTime
from store.views import make_views

_MADE_ANEW = (codebook, view_definitions, panel_prints, panel_states)
_COPIED = tuple(table for table in METADATA.sorted_tables if table not in _MADE_ANEW)
_AT_ONCE = 5000


def copy_current(engine: Engine, file: Path, moment: datetime) -> None:
    """Write the copy to `file`, which is not there yet; any StoreError, and OSError, come through.

    The file is in no write-ahead mode, so that it can be read where nothing can be written.
    """
    work = file.with_name(f"{file.name}.work")
    target = open_database(f"sqlite:///{work}")
    source = url_to_file(engine.url)
    try:
        if source is None:
            with reading(engine) as old, writing(target) as new:
                numbers = read_numbers(old)
                for table in _COPIED:
                    _copy_table(old, new, table, moment, numbers)
                is_new = _has_rows_of_now(old)
        else:
            target.dispose()
            is_new = copy_from_file(source, work, _COPIED, moment)
        with writing(target) as new:
            if stored_fields(new):
                make_views(new)
            if not is_new:
                refill_panel_rows(new)
        _vacuum_into(target, file)
    finally:
        target.dispose()
        for name in (work.name, f"{work.name}-wal", f"{work.name}-shm"):
            with suppress(OSError):
                work.with_name(name).unlink(missing_ok=True)


def _copy_table(
    old: Connection, new: Connection, table: Table, moment: datetime, numbers: Numbers
) -> None:
    chosen = _current_rows(table, old.dialect.name)
    streamed = old.execution_options(yield_per=_AT_ONCE).execute(chosen).mappings()
    known = set(new.scalars(select(reports.c.report_id)).all()) if table is panel_checks else set()
    rows: Iterator[dict[str, object]] = (
        numbers.renumber(table, _to_stored(table, row, moment, known)) for row in streamed
    )
    while batch := list(islice(rows, _AT_ONCE)):
        new.execute(insert(table), batch)


def _current_rows(table: Table, dialect: str) -> Select[*tuple[object, ...]]:
    """A table's rows that belong to current reports, by their keys.

    Texts are in the order of their code points, whatever the server's language is.
    """
    chosen = select(table)
    current = reports.c.superseded_by.is_(None)
    if table is manifest:
        named = (manifest.c.source == sources.c.source) & sources.c.current
        chosen = chosen.join(sources, named)
        chosen = chosen.join(reports, sources.c.sha256 == reports.c.sha256).where(current)
    elif table is sources:
        chosen = chosen.join(reports, sources.c.sha256 == reports.c.sha256)
        chosen = chosen.where(current, sources.c.current)
    elif table is corrections:
        chosen = chosen.join(reports, corrections.c.sha256 == reports.c.sha256).where(current)
    elif table is reports:
        chosen = chosen.where(current)
    elif table in WORDS:
        chosen = chosen.where(is_in_use(table))
    elif "report_key" in table.c:
        chosen = chosen.join(reports, table.c.report_key == reports.c.report_key).where(current)
        return chosen.order_by(in_order_of_code(reports.c.report_id, dialect), *_own_key(table))
    elif table is not fields:
        chosen = chosen.join(reports, table.c.report_id == reports.c.report_id).where(current)
    ordered = words_of(table) if table in WORDS else table.primary_key.columns
    return chosen.order_by(*(in_order_of_code(column, dialect) for column in ordered))


def _own_key(table: Table) -> list[Column[Any]]:
    """The key but for the report."""
    return [column for column in table.primary_key.columns if column.name != "report_key"]


def _to_stored(
    table: Table, row: RowMapping, moment: datetime, known: set[str]
) -> dict[str, object]:
    values = {column.name: row[column.name] for column in table.columns}
    for column in table.columns:
        value = values[column.name]
        if value is None:
            continue
        if isinstance(column.type, UtcTime):
            values[column.name] = moment
        elif isinstance(column.type, Number):
            digits = row[f"{column.name}_exact"] if f"{column.name}_exact" in values else None
            values[column.name] = Decimal(str(value) if digits is None else str(digits))
    if table is panel_checks and values["other_report_id"] not in known:
        # It was checked against a report that has been superseded since.
        values["other_report_id"] = None
    return values


def _has_rows_of_now(connection: Connection) -> bool:
    """Whether the measures kept in the database are those that this program would make."""
    return is_of_now(connection.scalars(select(view_definitions.c.definition)).all())


def _vacuum_into(engine: Engine, file: Path) -> None:
    with database_errors(engine), engine.connect() as plain:
        # SQLite cannot do this within a transaction.
        connection = plain.execution_options(sqlite_begin="")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("VACUUM INTO ?", (str(file),))
    finished = connect(text_to_url(f"sqlite:///{file}"))
    with database_errors(finished), finished.connect() as plain:
        connection = plain.execution_options(sqlite_begin="")
        connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    finished.dispose()
