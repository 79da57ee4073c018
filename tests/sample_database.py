"""A database of some sample reports in text, made once for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from extract import file_to_bytes, read_bytes
from normalize import interpret
from normalize.forms import all_fields
from normalize.report import Report
from pipeline.panel import check_panel
from release.build import release
from release.given import LICENCES, Given
from store.database import load_fields, open_database, open_readonly
from store.save import save

REPORTS = Path(__file__).parents[1] / "fixtures" / "reports"
FOLDERS = (
    "county2015-tabs-annex",
    "county2022-rows-broken-sums",
    "street2020-pipe-after",
    "water2012-sentences",
    "water2022-tabs-sentence-against-table",
    "water2024-rows-requests-of-2019",
    "archives2022-lines-pipes",
)
GIVEN = Given(date(2026, 1, 31), LICENCES["CC-BY-4.0"])
WATER = "栖霞岭县水务局"
COUNTY = "栖霞岭县人民政府"


@cache
def sample_reports() -> tuple[Report, ...]:
    """The reports as they are understood."""
    found = []
    for folder in FOLDERS:
        [path] = (REPORTS / folder).glob("source.*")
        source = f"{folder}/{path.name}"
        found.append(interpret(read_bytes(file_to_bytes(path), source)))
    return tuple(found)


def fill(url: str, reports: tuple[Report, ...], *, check: bool = True) -> None:
    """Make a database of the reports, in that order, checked against each other."""
    engine = open_database(url)
    load_fields(engine, all_fields())
    for report in reports:
        save(engine, report)
    if check:
        check_panel(engine, everything=True)
    engine.dispose()


_FOLDER = TemporaryDirectory(prefix="gongkai-sample-")


@cache
def _made() -> Path:
    file = Path(_FOLDER.name) / "sample.db"
    fill(f"sqlite:///{file}", sample_reports())
    return file


def sample_file() -> Path:
    """The database, which no test changes."""
    return _made()


def sample_url() -> str:
    return f"sqlite:///{_made()}"


@contextmanager
def changed_copy(folder: Path) -> Iterator[tuple[Engine, str]]:
    """A copy that a test may change, and its URL."""
    file = folder / "copy.db"
    copyfile(_made(), file)
    url = f"sqlite:///{file}"
    engine = open_database(url)
    yield engine, url
    engine.dispose()


@cache
def sample_release() -> Path:
    """A release of the sample database, which no test changes."""
    folder = Path(_FOLDER.name) / "release"
    engine = open_readonly(sample_url())
    release(engine, folder, GIVEN)
    engine.dispose()
    return folder
