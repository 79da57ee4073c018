"""The command `gongkai export`: which tables, of which reports, as which kind of file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from pipeline.options import (
    BAD_USAGE,
    DATABASE,
    FAILED,
    ConfigOption,
    DatabaseOption,
    ExportFormat,
    err,
    refuse_memory,
    stop,
)

_CODE = re.compile(r"\d{2,6}")


def export(
    out: Annotated[Path, typer.Option(help="Folder to write to.", metavar="DIR", readable=False)],
    db: DatabaseOption = DATABASE,
    format: Annotated[ExportFormat, typer.Option(help="Kind of file.")] = ExportFormat.CSV,
    wide: Annotated[
        bool, typer.Option("--wide", help="One row a report, one column a measure or cell.")
    ] = False,
    year: Annotated[
        list[int] | None, typer.Option(help="Only reports of this year; may be repeated.")
    ] = None,
    region: Annotated[
        list[str] | None,
        typer.Option(
            help="Only divisions whose code begins so; may be repeated.", metavar="DIGITS"
        ),
    ] = None,
    form: Annotated[
        list[str] | None,
        typer.Option(help="Only cells of this form, and their reports; may be repeated."),
    ] = None,
    level: Annotated[
        list[str] | None,
        typer.Option(help="Only agencies of this level, such as county; may be repeated."),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Write what is in a database as files, one a table: reports, observations, checks and others.

    With `--wide` one row a report: `panel` and `rates` over the years, and a table for each table
    of the forms, with their codebook.

    Example: `gongkai export --db sqlite:///gongkai.db --format csv --out export`

    Example: `gongkai export --format stata --wide --year 2022 --year 2023 --out wide`
    """
    from store.database import open_readonly
    from store.errors import BadUrl, StoreError
    from store.export import Format
    from store.export import export as export_tables
    from store.selection import Selection

    refuse_memory(db)
    for code in region or ():
        if not _CODE.fullmatch(code):
            stop(f"--region {code}: give the two to six digits that a code begins with", BAD_USAGE)
    selection = Selection(
        tuple(year or ()), tuple(region or ()), tuple(form or ()), tuple(level or ())
    )
    try:
        exported = export_tables(
            open_readonly(db), Format(format.value), out, selection=selection, wide=wide
        )
    except BadUrl as error:
        stop(str(error), BAD_USAGE)
    except StoreError as error:
        stop(str(error), FAILED)
    for path in exported.paths:
        typer.echo(path)
    for note in exported.notes:
        err.print(note, markup=False)
