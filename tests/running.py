"""`gongkai run` in processes of its own, to be killed, and what its database then exports."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from store.database import open_readonly
from store.export import Format, export

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "fixtures" / "reports"
COMMAND = "from pipeline.command import main; main()"
ONE_BY_ONE = f"""
if __name__ == "__main__":
    from pipeline import writing
    writing.MOST_REPORTS = 1
    {COMMAND}
"""
"""The command with a transaction for each report, so that there are many instants between."""


def text_fixtures(count: int) -> list[Path]:
    """That many small reports in text; each is read in some hundredths of a second."""
    return sorted(FIXTURES.glob("*/source.txt"))[:count]


def start(*arguments: object, program: str = COMMAND) -> subprocess.Popen[str]:
    """The command in a process group of its own, with all that it starts."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_to_end(*arguments: object, program: str = COMMAND) -> tuple[int, str, str]:
    """Exit status, standard output and standard error."""
    process = start(*arguments, program=program)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def exported(database: Path, out: Path) -> dict[str, bytes]:
    """The CSV files of a database by name."""
    engine = open_readonly(f"sqlite:///{database}")
    export(engine, Format.CSV, out)
    engine.dispose()
    return {file.name: file.read_bytes() for file in out.iterdir()}


def count_reports(database: Path) -> int:
    """Reports that others can see; 0 while there is no such table."""
    if not database.exists():
        return 0
    with closing(sqlite3.connect(database, timeout=5)) as connection:
        try:
            return int(connection.execute("SELECT COUNT(*) FROM reports").fetchone()[0])
        except sqlite3.OperationalError:
            return 0
