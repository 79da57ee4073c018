"""Writes a release: into a folder beside the one asked for, renamed to it when all is whole."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from release.citation import KEYWORDS, write_citation
from release.descriptor import file_to_sha256, write_descriptor
from release.difference import DATABASE, difference_tables, find_previous
from release.errors import BadRelease, ReleaseFailed
from release.given import Given
from release.pages import write_pages
from release.summary import Summary, read_summary
from release.tables import check_report
from store.copying import copy_current
from store.database import open_readonly
from store.errors import StoreError
from store.package import write_package_data

if TYPE_CHECKING:
    from sqlalchemy import Engine

SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Release:
    """What was written."""

    folder: Path
    files: int
    bytes: int
    summary: Summary


def release(engine: Engine, folder: Path, given: Given, previous: Path | None = None) -> Release:
    """Write the release of what is current in the database into `folder`.

    BadRelease when `folder` holds something already, or `previous` is no release. ReleaseFailed
    when it cannot be written; nothing is left of it then, and `folder` is as it was.
    """
    former = find_previous(previous) if previous else None
    _refuse_what_is_there(folder)
    with _whole_or_nothing(folder) as part:
        database = part / DATABASE
        copy_current(engine, database, _to_moment(given.day))
        changed = difference_tables(database, former) if former else ()
        tables = (check_report(database), *changed)
        copied = open_readonly(f"sqlite:///{database}")
        try:
            written = write_package_data(copied, part, tables)
        finally:
            copied.dispose()
        summary = read_summary(database)
        write_descriptor(part, written, given, KEYWORDS)
        write_pages(part, written, summary, given)
        write_citation(part, given, summary)
        _write_sums(part)
        _date_all(part, given.day)
    files = [path for path in folder.rglob("*") if path.is_file()]
    return Release(folder, len(files), sum(path.stat().st_size for path in files), summary)


def _refuse_what_is_there(folder: Path) -> None:
    try:
        if folder.is_dir():
            if any(folder.iterdir()):
                raise BadRelease(f"{folder} is not empty; name a folder that is not there yet")
        elif folder.exists() or folder.is_symlink():
            raise BadRelease(f"{folder} is no folder; name one that is not there yet")
    except (OSError, ValueError) as error:
        raise BadRelease(f"{folder}: {error}; name another folder") from error


@contextmanager
def _whole_or_nothing(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder`, which takes its name at the end, or is gone."""
    part = folder.absolute().with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            part.mkdir()
            yield part
            # An empty folder of that name gives way, one that is not empty any more does not.
            part.replace(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        said = error.strerror or str(error)
        raise ReleaseFailed(f"{folder}: {said}; make room or name another folder") from error
    except (StoreError, sqlite3.Error) as error:
        raise ReleaseFailed(f"{folder} was not made: {error}") from error


def _to_moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _write_sums(folder: Path) -> None:
    """The sums of all files, as `sha256sum -c` reads them."""
    files = (path for path in folder.rglob("*") if path.is_file())
    lines = [
        f"{file_to_sha256(folder / name)}  {name}\n"
        for name in sorted(path.relative_to(folder).as_posix() for path in files)
    ]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def _date_all(folder: Path, day: date) -> None:
    """Give every file the day of the release, so that an archive of them is the same bytes too."""
    moment = _to_moment(day).timestamp()
    for path in sorted(folder.rglob("*"), reverse=True):
        os.utime(path, (moment, moment))
    os.utime(folder, (moment, moment))
