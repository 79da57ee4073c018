"""What the commands have in common: options, refusals of bad usage, messages."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

DATABASE = "sqlite:///gongkai.db"
FAILED = 1
BAD_USAGE = 2
QUARANTINED = 3
INTERRUPTED = 130

err = Console(stderr=True)


class ReaderName(StrEnum):
    """The readers that can be asked for by name."""

    PDFIUM = "pdfium"
    PDFPLUMBER = "pdfplumber"
    CAMELOT = "camelot"
    OCR = "ocr"
    HTML = "html"
    DOCX = "docx"
    TEXT = "text"


class ExportFormat(StrEnum):
    """The kinds of file that `export` writes."""

    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"
    STATA = "stata"


def use_config(context: typer.Context, named: Path | None) -> Path | None:
    """Take the settings of a file as defaults of the command's options."""
    from pipeline.settings import BadSettings, file_to_defaults, load_settings

    try:
        settings = load_settings(named)
    except BadSettings as error:
        stop(str(error), BAD_USAGE)
    context.default_map = file_to_defaults(settings)
    return settings.path


ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help="A file of settings.",
        envvar="GONGKAI_CONFIG",
        callback=use_config,
        # Before the other options, whose defaults it sets.
        is_eager=True,
        metavar="FILE",
        readable=False,
        show_default="gongkai.toml, if it is there",
    ),
]
ReaderOption = Annotated[
    ReaderName | None,
    typer.Option("--reader", help="Force one reader instead of choosing.", envvar="GONGKAI_READER"),
]
FormsOption = Annotated[
    list[Path] | None,
    typer.Option(help="A folder of further forms; may be repeated.", metavar="DIR", readable=False),
]
DatabaseOption = Annotated[
    str, typer.Option("--db", help="Database URL.", metavar="URL", envvar="GONGKAI_DB")
]


def use_forms(folders: list[Path] | None) -> None:
    """Names the folders to this process and its workers, before anything reads the forms."""
    if not folders:
        return
    from normalize.errors import FormError
    from normalize.forms import FOLDERS_VARIABLE, all_forms

    paths = (os.path.realpath(folder) for folder in folders)
    os.environ[FOLDERS_VARIABLE] = os.pathsep.join(paths)
    try:
        all_forms()
    except FormError as error:
        stop(f"{error}; 'gongkai forms check' says all that is wrong", BAD_USAGE)


def refuse_memory(db: str) -> None:
    """A database in memory would be gone with everything in it when the command ends."""
    from store.connections import is_in_memory, text_to_url
    from store.errors import BadUrl

    try:
        in_memory = is_in_memory(text_to_url(db))
    except BadUrl as error:
        stop(str(error), BAD_USAGE)
    if in_memory:
        stop(f"{db} names no file, nothing would be kept; write {DATABASE}", BAD_USAGE)


def refuse_no_file(path: Path) -> None:
    """Only what may be a file is read by the commands that read one."""
    from pipeline.plan import NothingThere, check_is_there, is_folder

    try:
        check_is_there(path)
    except NothingThere as error:
        stop(str(error), BAD_USAGE)
    if is_folder(path):
        stop(
            f"{path}: this is a folder; name one file in it, or read all with 'gongkai run'",
            BAD_USAGE,
        )


def stop(message: str, status: int) -> NoReturn:
    """Ends the command with a message on standard error."""
    err.print(message, markup=False, soft_wrap=True)
    raise typer.Exit(status)
