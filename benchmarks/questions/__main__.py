"""How long the questions of docs/questions.md take on a database of many reports.

    python -m benchmarks.questions --reports 100000 [--out docs/questions.md]
    python -m benchmarks.questions --answer sqlite:///samples.db

The reports are generated into a database that is thrown away; 100,000 of them need 3 GB of disk
for some minutes. With --out the times go into the page; --answer writes the answers into it.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.questions.filling import fill
from benchmarks.questions.page import (
    MOST_ROWS,
    PAGE,
    Question,
    read_questions,
    result_to_table,
    rows_to_table,
    with_answers,
    with_times,
)
from store.database import open_readonly
from store.query import query

_REPEATS = 3
_SECONDS = 600.0
_SAMPLE_AGENCY = "镜沼县审计局"


@dataclass(frozen=True, slots=True)
class Timed:
    """One question's seconds when asked first, and at best when asked again."""

    title: str
    first: float
    best: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.questions")
    parser.add_argument("--reports", type=int, default=100_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, metavar="PAGE", help="put the times into this page")
    parser.add_argument("--answer", metavar="URL", help="put the answers of a database into it")
    given = parser.parse_args()
    if given.answer:
        _write_answers(given.answer)
        return
    with TemporaryDirectory(prefix="gongkai-questions-") as folder:
        file = Path(folder, "reports.db")
        saved = fill(file, given.reports, given.seed)
        timed = time_questions(file, read_questions(PAGE.read_text(encoding="utf-8")))
        said = _to_text(file, saved, timed)
    print(said)
    if given.out:
        page = given.out.read_text(encoding="utf-8")
        given.out.write_text(with_times(page, said), encoding="utf-8")


def time_questions(file: Path, questions: Sequence[Question]) -> list[Timed]:
    """Ask every question some times; an agency of the samples gives way to one that is there."""
    engine = open_readonly(f"sqlite:///{file}")
    agency = query(engine, "SELECT agency FROM reports WHERE year = 2022 LIMIT 1", 1).rows[0][0]
    timed = []
    for question in questions:
        sql = question.sql.replace(_SAMPLE_AGENCY, str(agency))
        seconds = []
        for _ in range(_REPEATS):
            begin = time.perf_counter()
            query(engine, sql, MOST_ROWS, _SECONDS)
            seconds.append(time.perf_counter() - begin)
        timed.append(Timed(question.title, seconds[0], min(seconds[1:])))
    engine.dispose()
    return timed


def _to_text(file: Path, saved: int, timed: Sequence[Timed]) -> str:
    with closing(sqlite3.connect(file)) as connection:
        [count] = connection.execute("SELECT count(*) FROM reports").fetchone()
        sizes = connection.execute(
            "SELECT name, sum(pgsize) AS size FROM dbstat GROUP BY name ORDER BY size DESC LIMIT 8"
        ).fetchall()
    rows = [[t.title, f"{t.first:.2f}", f"{t.best:.2f}"] for t in timed]
    room = [[name, f"{size / count / 1024:.2f}"] for name, size in sizes]
    return (
        f"On SQLite with {count:,} reports of {file.stat().st_size / count / 1024:.1f} KB each "
        "without their text, by `python -m benchmarks.questions` on a machine with "
        f"{os.cpu_count()} processors. The reports are generated, {saved:,} of them and copies "
        "under other names.\n\n"
        f"{rows_to_table(('question', 'seconds, asked first', 'asked again'), rows)}\n\n"
        "What takes the room:\n\n"
        f"{rows_to_table(('table or index', 'KB a report'), room)}"
    )


def _write_answers(url: str) -> None:
    engine = open_readonly(url)
    page = PAGE.read_text(encoding="utf-8")
    answered = with_answers(page, lambda sql: result_to_table(query(engine, sql, MOST_ROWS)))
    PAGE.write_text(answered, encoding="utf-8")
    engine.dispose()


if __name__ == "__main__":
    main()
