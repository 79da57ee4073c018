"""The database of `benchmarks.questions` with sections, and a sample whose pages can be drawn."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.questions.filling import fill
from extract import read
from normalize import interpret
from store.database import open_database
from store.save import save

_WORDS = "公开信息工作依法申请答复平台群众服务制度建设规范监督保障机制培训考核发布解读回应栏目"
_SECTIONS = ("overview", "proactive", "requests", "problems")
_LETTERS = 600
"""Characters of a section."""
_POOL = 200_000
_PICTURED = "water2023-pdf-strokes/source.pdf"


def fill_with_sections(file: Path, count: int, seed: int) -> None:
    """Make a database of `count` reports, rounded up, each with four sections."""
    fill(file, count, seed)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        ids = [row[0] for row in connection.execute("SELECT report_id FROM reports")]
        connection.executemany(
            "INSERT INTO sections (report_id, position, section, heading, text) "
            "VALUES (?, ?, ?, ?, ?)",
            _sections(ids, random.Random(seed)),
        )
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _sections(ids: list[str], rng: random.Random) -> Iterator[tuple[str, int, str, str, str]]:
    """Sections cut from one long text, which is as fast as copying."""
    pool = "".join(rng.choices(_WORDS, k=_POOL))
    for report_id in ids:
        for position, section in enumerate(_SECTIONS, 1):
            at = rng.randrange(_POOL - _LETTERS)
            yield report_id, position, section, section, pool[at : at + _LETTERS]


def add_pictured_report(file: Path, samples: Path) -> None:
    """Put in one of the samples, so that the pages of a document can be shown."""
    engine = open_database(f"sqlite:///{file}")
    save(engine, interpret(read(samples / _PICTURED, source=_PICTURED)))
    engine.dispose()
