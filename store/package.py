"""The data of a release: every table, long and wide, as CSV, Parquet and Stata files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from store.connections import reading
from store.contract import TABLES, Exportable, ExportColumn
from store.export_csv import write_csv
from store.export_labels import (
    Label,
    TableLabel,
    codebook_table,
    is_status,
    status_codes,
    table_label,
    table_labels,
)
from store.export_names import names_to_stata
from store.export_parquet import write_parquet
from store.export_stata import write_stata
from store.export_wide import coverage_table, wide_tables

CSV, PARQUET, STATA = "csv", "parquet", "stata"

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


def write_package_data(
    engine: Engine, folder: Path, further: tuple[Exportable, ...] = ()
) -> tuple[WrittenTable, ...]:
    """Write the files into folders of `folder` that are made; what comes back describes them.

    ExportFailed, and OSError as it is.
    """
    for name in (CSV, PARQUET, STATA):
        (folder / name).mkdir()
    written = []
    with reading(engine) as connection:
        tables: tuple[Exportable, ...] = (
            *TABLES,
            *wide_tables(connection),
            coverage_table(),
            *further,
        )
        labels = table_labels(connection, tables)
        described = codebook_table(tables, labels)
        labels = {**labels, **table_labels(connection, (described,))}
        for table in (*tables, described):
            write_csv(connection, table, folder / CSV / f"{table.name}.csv")
            write_parquet(connection, table, folder / PARQUET / f"{table.name}.parquet")
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
            rows = table.count(connection)
            written.append(WrittenTable(table.name, table_label(table.name), columns, rows))
            if written[-1].is_in_stata:
                write_stata(connection, table, folder / STATA / f"{table.name}.dta", labels)
    return tuple(written)


def _values(column: ExportColumn) -> tuple[str, ...]:
    return tuple(status_codes()) if is_status(column) else ()
