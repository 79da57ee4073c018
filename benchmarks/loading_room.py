"""How much room a report takes on SQLite: `python -m benchmarks.loading_room [--reports N]`.

Generated digital reports, each of its own document, are saved with and without the text of their
sections; what an empty database takes is left out of both. Indexes are in it.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.speed.measure import NOT_DIGITAL, make_documents
from benchmarks.speed.page import table_to_lines
from normalize.forms import all_fields
from normalize.report import Report
from pipeline.limits import Limits
from pipeline.plan import paths_to_tasks
from pipeline.workers import read_all
from pipeline.writing import MOST_REPORTS
from store.database import load_fields, open_database
from store.save import save_several

GOAL = 16.0
"""KB a report, without the text of sections."""
_KB = 1024
_SHOWN = 0.05
"""KB a report below which a table is summed up with others."""


@dataclass(frozen=True, slots=True)
class Room:
    """KB a report: all of it, all but the text of sections, and the latter table by table.

    Tables go by name with the KB of their rows and of their indexes, the largest first.
    """

    reports: int
    cells: float
    with_text: float
    without_text: float
    tables: tuple[tuple[str, float, float], ...]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.loading_room", description=__doc__)
    parser.add_argument("--reports", type=int, default=300, metavar="N", help="default 300")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="readers (default 2)")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="gongkai-room-") as name:
        folder = Path(name)
        make_documents(options.reports, folder / "made", without=NOT_DIGITAL)
        tasks = paths_to_tasks([folder / "made"], ["source.*"])
        reports = [one.report for one in read_all(tasks, None, options.jobs, Limits())]
        room = measure(reports, folder)
    print(room_to_text(room))
    return 0 if room.without_text <= GOAL else 1


def measure(reports: Sequence[Report], folder: Path) -> Room:
    """The room of these reports in databases that are made in the folder."""
    bare = [
        replace(report, sections=tuple(replace(part, text="") for part in report.sections))
        for report in reports
    ]
    empty = _saved([], folder / "empty.db")
    full, without = _saved(reports, folder / "full.db"), _saved(bare, folder / "without.db")
    of_empty = _sizes(empty)
    tables: dict[str, list[float]] = {}
    for (table, is_index), size in _sizes(without).items():
        taken = (size - of_empty.get((table, is_index), 0)) / len(reports) / _KB
        tables.setdefault(table, [0.0, 0.0])[is_index] += taken
    with closing(sqlite3.connect(without)) as connection:
        [cells] = connection.execute("SELECT count(*) FROM observation_rows").fetchone()
    return Room(
        reports=len(reports),
        cells=cells / len(reports),
        with_text=_kilobytes(full, empty, len(reports)),
        without_text=_kilobytes(without, empty, len(reports)),
        tables=tuple(sorted(((name, own, of) for name, (own, of) in tables.items()), key=_by_size)),
    )


def _by_size(table: tuple[str, float, float]) -> float:
    return -table[1] - table[2]


def _saved(reports: Sequence[Report], file: Path) -> Path:
    engine = open_database(f"sqlite:///{file}")
    load_fields(engine, all_fields())
    for at in range(0, len(reports), MOST_REPORTS):
        save_several(engine, [(report, False) for report in reports[at : at + MOST_REPORTS]])
    engine.dispose()
    return file


def _kilobytes(file: Path, empty: Path, count: int) -> float:
    return (file.stat().st_size - empty.stat().st_size) / count / _KB


def _sizes(file: Path) -> dict[tuple[str, bool], int]:
    """Bytes by table, of its indexes apart."""
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute(
            "SELECT m.tbl_name, m.type = 'index', sum(s.pgsize) FROM dbstat AS s "
            "JOIN sqlite_schema AS m ON m.name = s.name GROUP BY 1, 2"
        ).fetchall()
    return {(table, bool(is_index)): size for table, is_index, size in found}


def room_to_text(room: Room) -> str:
    """What is printed."""
    shown = [table for table in room.tables if table[1] + table[2] >= _SHOWN]
    rest = room.without_text - sum(rows + indexes for _, rows, indexes in shown)
    rows = [(name, f"{own:.2f}", f"{indexes:.2f}") for name, own, indexes in shown]
    met = room.without_text <= GOAL
    return "\n".join(
        (
            f"{room.reports:,} generated digital reports of {room.cells:.0f} cells on average: "
            f"{room.without_text:.1f} KB a report without the text of sections, "
            f"{room.with_text:.1f} KB with it.",
            f"At most {GOAL:g} KB without: {'met' if met else 'not met'}.",
            "",
            *table_to_lines(
                ("without the text", "KB a report", "of its indexes"),
                [*rows, ("all others", f"{rest:.2f}", "")],
            ),
        )
    ).rstrip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
