"""Writes the contract's tables as files, all of one state of the database.

What differs by format:

csv      The data verbatim, exact decimals included. Text that begins like a formula (`=`, `+`,
         `-`, `@`) is left as it is, for `raw` must be what was printed: a spreadsheet may take it
         for a formula, so give people xlsx and programs csv. Null is an empty field, and so is
         empty text; `status` tells the cell that is empty from the one that is not there.
parquet  Exact decimals, nulls kept.
xlsx     One file, a sheet a table and one that says what the columns mean; text is never a formula
         or a link. A spreadsheet holds doubles, so a decimal that needs more than 15 digits is
         written as text.
stata    Version 118, with Chinese labels of variables and statuses. Stata has neither exact
         decimals nor null text: numbers are doubles, missing where null, and null text is empty.

The long form has the contract's tables, the wide one a row for each report; with the wide one goes
its codebook. Both can be of some reports only.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Engine

from store.connections import reading
from store.contract import TABLES, Exportable
from store.errors import ExportFailed
from store.export_csv import write_csv
from store.export_labels import Labels, codebook_table, table_labels
from store.export_parquet import write_parquet
from store.export_stata import write_stata
from store.export_wide import wide_tables
from store.export_xlsx import write_workbook
from store.selection import EVERYTHING, Selection

Notes = tuple[str, ...]


class Format(StrEnum):
    """The kinds of file that an export can be."""

    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"
    STATA = "stata"


@dataclass(frozen=True, slots=True)
class Exported:
    """The files written, and in plain words what they could not hold."""

    paths: tuple[Path, ...]
    notes: Notes


def _write_csv(connection: Connection, table: Exportable, path: Path, _: Labels) -> None:
    write_csv(connection, table, path)


def _write_parquet(connection: Connection, table: Exportable, path: Path, _: Labels) -> None:
    write_parquet(connection, table, path)


_ONE_A_TABLE: dict[Format, tuple[str, Callable[[Connection, Exportable, Path, Labels], None]]] = {
    Format.CSV: ("csv", _write_csv),
    Format.PARQUET: ("parquet", _write_parquet),
    Format.STATA: ("dta", write_stata),
}


def export(
    engine: Engine,
    format: str,
    out_dir: str | Path,
    *,
    selection: Selection = EVERYTHING,
    wide: bool = False,
) -> Exported:
    """Write the tables into `out_dir`, made if need be; files of the same names are replaced once
    all are whole.

    ExportFailed for an unknown format, one whose library is not installed, content that the
    format cannot hold, or a place that cannot be written.
    """
    if format not in tuple(Format):
        raise ExportFailed(f"there is no format {format!r}", f"choose one of {', '.join(Format)}")
    chosen = Format(format)
    folder = Path(out_dir)
    parts: dict[Path, Path] = {}
    notes: Notes = ()
    _make_folder(folder)
    try:
        with reading(engine) as connection:
            tables = selection_to_tables(connection, selection, wide)
            labels = table_labels(connection, tables)
            if wide or chosen is Format.XLSX:
                described = codebook_table(tables, labels)
                tables = (*tables, described)
            if chosen is Format.XLSX:
                part = _part(folder / "gongkai.xlsx", parts)
                notes = write_workbook(connection, tables, part)
            else:
                extension, write = _ONE_A_TABLE[chosen]
                for table in tables:
                    part = _part(folder / f"{table.name}.{extension}", parts)
                    write(connection, table, part, labels)
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        raise ExportFailed(f"{folder}: {error.strerror}", "make room or name another folder") from (
            error
        )
    finally:
        for part in parts.values():
            # A part that could not be made cannot be removed either.
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return Exported(tuple(parts), notes)


def selection_to_tables(
    connection: Connection, selection: Selection, wide: bool
) -> tuple[Exportable, ...]:
    """The tables of an export, of the reports that are selected."""
    if wide:
        return wide_tables(connection, selection)
    return tuple(replace(table, selection=selection) for table in TABLES)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise ExportFailed(f"{folder} is a file, not a folder", "name another folder") from error
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else error
        raise ExportFailed(
            f"the folder {folder} cannot be made ({said})", "name another folder"
        ) from error


def _part(path: Path, parts: dict[Path, Path]) -> Path:
    """A name beside `path` under which it is written until it is whole."""
    parts[path] = path.with_name(f".{path.name}.{os.getpid()}.part")
    return parts[path]
