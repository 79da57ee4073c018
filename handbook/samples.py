"""The folder in which the commands of a page are run: the sample reports and a database of them."""

from __future__ import annotations

import atexit
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from handbook.transcripts import Shell, Step

ROOT = Path(__file__).parents[1]
READ = (
    "gongkai run fixtures/reports --include source.* --exclude *-scan*/* "
    "--exclude *-no-unicode-map/* --db sqlite:///gongkai.db"
)
"""All sample reports for which nothing has to be recognised in pictures, as the tutorial says."""

COMMANDS = (READ, "gongkai check --db sqlite:///gongkai.db")
DATABASE = "gongkai.db"
BEGINS_EMPTY = "tutorial"
"""The folder of docs whose pages make the database themselves."""


def with_samples(folder: Path, page: Path) -> Path:
    """The folder with the sample reports, and unless the page makes its own, the database."""
    for name in ("fixtures", "docs"):
        (folder / name).symlink_to(ROOT / name)
    if page.parent.name != BEGINS_EMPTY:
        _copy_database(_database(), folder / DATABASE)
    return folder


def _copy_database(made: Path, copy: Path) -> None:
    """Copy what is in the database, and not only in its main file."""
    with closing(sqlite3.connect(made)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


@cache
def _database() -> Path:
    """The database, made once for a process."""
    kept = TemporaryDirectory(prefix="gongkai-handbook-")
    atexit.register(kept.cleanup)
    folder = Path(kept.name)
    (folder / "fixtures").symlink_to(ROOT / "fixtures")
    shell = Shell(folder)
    for command in COMMANDS:
        shell.run(Step(command, ""))
    return folder / DATABASE
