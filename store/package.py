"""The data of a release: every table, long and wide, as CSV, Parquet and Stata files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from store.connections import reading
from store.contract import TABLES, Exportable, ExportColumn
from store.export_labels import (
    Label,
    Labels,
    TableLabel,
    codebook_table,
    is_status,
    status_codes,
    table_label,
    table_labels,
)
from store.export_names import names_to_stata
from store.export_wide import coverage_table, wide_tables
from store.package_writers import CSV, PARQUET, STATA, Writers
from store.spooling import Spooled, spool_table

_FEW_ROWS = 200_000
_MOST_JOBS = 4

MOST_ROWS_IN_STATA = 2_000_000
"""A longer table is not written for Stata, which would hold it in memory, as would its writing."""


@dataclass(frozen=True, slots=True)
class WrittenColumn:
    """A column of the files of a table; `values` are all that it may have, none where any may."""

    name: str
    kind: str
    stata_name: str
    label: Label
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """A table in its three files, `csv/NAME.csv` and the like, or in two where it is too long."""

    name: str
    label: TableLabel
    columns: tuple[WrittenColumn, ...]
    rows: int

    @property
    def is_in_stata(self) -> bool:
        return self.rows <= MOST_ROWS_IN_STATA

    @property
    def formats(self) -> tuple[str, ...]:
        return (STATA, PARQUET, CSV) if self.is_in_stata else (PARQUET, CSV)


def write_package_data(
    engine: Engine, folder: Path, further: tuple[Exportable, ...] = (), jobs: int | None = None
) -> tuple[WrittenTable, ...]:
    """Write the files into folders of `folder` that are made; what comes back describes them.

    The rows of each table are read once, into a file that is gone at the end. From there `jobs`
    processes write, by default as many as there are processors, and none where there is little to
    write; the files do not depend on it. ExportFailed, and OSError as it is.
    """
    for name in (CSV, PARQUET, STATA):
        (folder / name).mkdir()
    written = []
    with (
        reading(engine) as connection,
        TemporaryDirectory(dir=folder, prefix=".rows-") as spool,
    ):
        tables: tuple[Exportable, ...] = (
            *TABLES,
            *wide_tables(connection),
            coverage_table(),
            *further,
        )
        labels = table_labels(connection, tables)
        described = codebook_table(tables, labels)
        labels = {**labels, **table_labels(connection, (described,))}
        if jobs is None:
            jobs = _default_jobs(max(table.count(connection) for table in TABLES))
        with Writers(jobs) as writers:
            for table in (*tables, described):
                spooled = spool_table(connection, table, Path(spool, table.name))
                one = _described(spooled, labels)
                written.append(one)
                writers.write(spooled, folder, one.formats, labels)
    return tuple(written)


def _default_jobs(rows: int) -> int:
    """Processes take a second to start: for a small release that is longer than to write it."""
    return 0 if rows < _FEW_ROWS else min(_MOST_JOBS, os.cpu_count() or 1)


def _described(table: Spooled, labels: Labels) -> WrittenTable:
    short = names_to_stata(column.name for column in table.columns)
    columns = tuple(
        WrittenColumn(
            column.name,
            column.kind,
            short[column.name],
            labels[table.name, column.name],
            _values(column),
        )
        for column in table.columns
    )
    return WrittenTable(table.name, table_label(table.name), columns, table.length)


def _values(column: ExportColumn) -> tuple[str, ...]:
    return tuple(status_codes()) if is_status(column) else ()
