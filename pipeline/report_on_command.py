"""The command `gongkai report-on`: one agency's year held against the year before, as a page."""

from __future__ import annotations

import os
from contextlib import suppress
from enum import StrEnum
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


class PageLanguage(StrEnum):
    """The languages of the page."""

    ZH = "zh"
    EN = "en"


def report_on(
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help="Its name, or its agency_id.")],
    out: Annotated[
        Path, typer.Option(help="The page to write.", metavar="FILE.html", readable=False)
    ],
    db: DatabaseOption = DATABASE,
    year: Annotated[
        int | None, typer.Option(help="The year to report on.", show_default="the newest")
    ] = None,
    against: Annotated[
        int | None, typer.Option(help="The year it is held against.", show_default="the one before")
    ] = None,
    language: Annotated[PageLanguage, typer.Option(help="Language of the page.")] = PageLanguage.ZH,
    config: ConfigOption = None,
) -> None:
    """Write a page that holds an agency's year against another: figures, tables, checks, texts.

    It prints on A4, needs no other file, and shows both years' tables side by side, what changed,
    the failed checks of both and the years around.

    Example: `gongkai report-on 栖霞岭县水务局 --db sqlite:///gongkai.db --out water.html`
    """
    from dossier.content import read_dossier
    from dossier.errors import DossierError
    from dossier.find import choose_years, find_agency
    from dossier.page import dossier_to_html
    from dossier.words import words_in
    from store.database import open_readonly
    from store.errors import BadUrl, StoreError

    refuse_memory(db)
    try:
        engine = open_readonly(db)
        found = find_agency(engine, agency)
        dossier = read_dossier(engine, found, choose_years(found, year, against))
        engine.dispose()
    except (BadUrl, DossierError) as error:
        stop(str(error), BAD_USAGE)
    except StoreError as error:
        stop(str(error), FAILED)
    _write(out, dossier_to_html(dossier, words_in(language.value)))
    typer.echo(out)


def _write(path: Path, text: str) -> None:
    """Write the page under another name first, so that there is never half a page."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        stop(f"{path}: cannot be written ({error.strerror}); name another file", BAD_USAGE)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
