"""What the program needs, what it could use besides, and what to do about what is not there."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from importlib.metadata import PackageNotFoundError, distribution, requires, version

from extract.errors import ReaderMissing
from extract.office.program import find_office
from extract.scan.models import load_recognition
from pipeline.settings import url_without_password
from store.database import open_readonly
from store.errors import DatabaseMissing, StoreError

PROJECT = "gongkai"
_NEEDED = re.compile(r"^[A-Za-z0-9._-]+")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)")
_OWN_FOR = {
    "ocr": "scans and pictures are not read",
    "parquet": "no export to Parquet",
    "postgres": "no database on PostgreSQL",
}
"""The extras that users need, and what is missing without them."""


class State(Enum):
    """How a finding is to be taken."""

    GOOD = "ok"
    OPTIONAL = "not there"
    BAD = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `remedy` is empty where nothing is to be done."""

    what: str
    state: State
    detail: str
    remedy: str = ""


def examine(db: str) -> list[Finding]:
    """Python, the packages, the extras, LibreOffice and the database, in this order."""
    return [
        _python(),
        *_packages(),
        *_extras(),
        _recognition(),
        _libreoffice(),
        _database(db),
    ]


def _python() -> Finding:
    return Finding("Python", State.GOOD, f"{platform.python_version()} at {sys.executable}")


def _requirements() -> Iterator[tuple[str, str | None]]:
    """(package, extra) of everything that the installed program declares."""
    for line in requires(PROJECT) or ():
        name = _NEEDED.match(line)
        extra = _EXTRA.search(line)
        if name:
            yield name.group(), extra[1] if extra else None


def _packages() -> Iterator[Finding]:
    try:
        yield Finding(PROJECT, State.GOOD, version(PROJECT))
    except PackageNotFoundError:
        yield Finding(
            PROJECT, State.BAD, "is not installed as a package", "install it with: pip install ."
        )
        return
    lacking = [name for name, extra in _requirements() if extra is None and not _is_there(name)]
    if lacking:
        remedy = f"pip install {' '.join(lacking)}"
        yield Finding("packages", State.BAD, f"not there: {', '.join(lacking)}", remedy)
    else:
        count = sum(extra is None for _, extra in _requirements())
        yield Finding("packages", State.GOOD, f"all {count} are there")


def _extras() -> Iterator[Finding]:
    declared: dict[str, list[str]] = {}
    for name, extra in _requirements():
        if extra in _OWN_FOR:
            declared.setdefault(extra, []).append(name)
    for extra, names in declared.items():
        lacking = [name for name in names if not _is_there(name)]
        what = f"extra {extra}"
        if lacking:
            remedy = f"pip install '{PROJECT}[{extra}]'"
            detail = f"{', '.join(lacking)} not installed: {_OWN_FOR[extra]}"
            yield Finding(what, State.OPTIONAL, detail, remedy)
        else:
            yield Finding(what, State.GOOD, ", ".join(f"{n} {version(n)}" for n in names))


def _is_there(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def _recognition() -> Finding:
    what = "recognition"
    try:
        load_recognition()
    except ReaderMissing as error:
        return Finding(what, State.OPTIONAL, error.problem, error.remedy)
    return Finding(what, State.GOOD, "its models are there and load")


def _libreoffice() -> Finding:
    what = "LibreOffice"
    try:
        return Finding(what, State.GOOD, find_office())
    except ReaderMissing:
        detail = "not installed: .doc, .rtf and .odt files are not read"
        return Finding(what, State.OPTIONAL, detail, "install LibreOffice (its Writer)")


def _database(db: str) -> Finding:
    what = f"database {url_without_password(db)}"
    try:
        open_readonly(db).dispose()
    except DatabaseMissing as error:
        return Finding(what, State.OPTIONAL, error.problem, error.remedy)
    except StoreError as error:
        return Finding(what, State.BAD, error.problem, error.remedy)
    return Finding(what, State.GOOD, "opens, its tables are those of this version")
