"""The command `gongkai release`: a dated, citable package of the data in a database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline.options import (
    BAD_USAGE,
    DATABASE,
    FAILED,
    ConfigOption,
    DatabaseOption,
    refuse_memory,
    stop,
)

_MEGABYTE = 1024**2


def release(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that is not there yet.", readable=False)
    ],
    db: DatabaseOption = DATABASE,
    previous: Annotated[
        Path | None,
        typer.Option(
            help="The release before, to say what changed.", metavar="DIR", readable=False
        ),
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option(
            "--date",
            help="Date of the release, its version.",
            formats=["%Y-%m-%d"],
            metavar="YYYY-MM-DD",
            show_default="today",
        ),
    ] = None,
    licence: Annotated[
        str, typer.Option(help="Licence of the data, by its SPDX name.", metavar="NAME")
    ] = "CC-BY-4.0",
    title: Annotated[str | None, typer.Option(help="Title to cite it by.")] = None,
    author: Annotated[
        list[str] | None,
        typer.Option(help="Whom to cite; may be repeated.", metavar="NAME", show_default="gongkai"),
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="Where it will be published.", metavar="URL")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Write a data package: SQLite, CSV, Parquet and Stata, codebook, methodology, sums, citation.

    The same database, date and words give the same bytes. It is written beside DIR and takes that
    name when it is whole.

    Example: `gongkai release release --db sqlite:///gongkai.db --date 2026-01-31`
    """
    from release.build import release as make_release
    from release.errors import BadRelease, ReleaseFailed
    from release.given import AUTHOR, TITLE, Given, name_to_licence
    from store.database import open_readonly
    from store.errors import BadUrl, StoreError

    refuse_memory(db)
    try:
        given = Given(
            day=day.date() if day else _today(),
            licence=name_to_licence(licence),
            title=title or TITLE,
            authors=tuple(author or (AUTHOR,)),
            url=url,
        )
        engine = open_readonly(db)
        try:
            made = make_release(engine, folder, given, previous)
        finally:
            engine.dispose()
    except (BadUrl, BadRelease) as error:
        stop(str(error), BAD_USAGE)
    except (StoreError, ReleaseFailed) as error:
        stop(str(error), FAILED)
    summary = made.summary
    typer.echo(
        f"{summary.reports} reports of {summary.agencies} agencies into {made.folder}: "
        f"{made.files} files, {made.bytes / _MEGABYTE:.1f} MB"
    )
    typer.echo(f"version {given.day.isoformat()}, {given.licence.name}")


def _today() -> date:
    return datetime.now(UTC).date()
