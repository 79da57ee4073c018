"""Search for agencies by name and for words in the texts of sections.

Words may have two characters or one, so no index of words is asked: texts are looked through, the
newest reports first, for a limited time, and the page says how far it came and how to go on.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from explore.database import Database, Row
from explore.texts import Piece, find_words

MOST_AGENCIES = 30
MOST_TEXTS = 20
SECONDS = 0.1
"""For looking through texts at first; then the page is shown with what was found."""

MORE_SECONDS = 3.0
"""For looking further, when somebody asks for it."""

_AT_ONCE = 1000
"""Sections looked through between looks at the clock."""
_AROUND = 60
"""Characters shown on either side of what was found."""
_LONGEST = 100
_SPACES = re.compile(r"\s+")

_AGENCIES = """
SELECT coalesce(agency_id, agency) AS body, min(agency) AS agency, count(*) AS reports,
    min(year) AS first_year, max(year) AS last_year, min(level) AS level
FROM reports
WHERE superseded_by IS NULL AND (instr(agency, :words) OR instr(agency_id, :words))
GROUP BY coalesce(agency_id, agency) ORDER BY count(*) DESC, agency LIMIT :most
"""
_TEXTS = """
SELECT s.rowid AS place, s.report_id, s.section, s.heading, s.text, r.agency, r.year
FROM sections AS s JOIN reports AS r ON r.report_id = s.report_id
WHERE s.rowid <= :newest AND s.rowid > :oldest AND instr(s.text, :words)
    AND r.superseded_by IS NULL
ORDER BY s.rowid DESC
"""
_LAST = "SELECT max(rowid) AS last FROM sections"


@dataclass(frozen=True, slots=True)
class Found:
    """A section that holds the words, with what stands around their first place."""

    row: Row
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`next_from` is where to go on looking through texts, None at their end.

    `seen` is the share of all texts that was looked through so far.
    """

    words: str
    agencies: tuple[Row, ...]
    texts: tuple[Found, ...]
    next_from: int | None
    seen: float


def search_page(database: Database, words: str, start: int | None) -> SearchPage:
    """What is found of the words, texts from the place `start` on; nothing of no words."""
    wanted = _SPACES.sub(" ", words).strip()[:_LONGEST]
    if not wanted:
        return SearchPage("", (), (), None, 0.0)
    agencies: list[Row] = []
    if start is None:
        agencies = database.rows(_AGENCIES, {"words": wanted, "most": MOST_AGENCIES})
    [end] = database.rows(_LAST)
    last = int(end["last"] or 0)
    place = last if start is None else max(0, min(start, last))
    deadline = time.monotonic() + (SECONDS if start is None else MORE_SECONDS)
    texts: list[Row] = []
    while place > 0 and len(texts) < MOST_TEXTS and time.monotonic() < deadline:
        oldest = max(0, place - _AT_ONCE)
        named = {"words": wanted, "newest": place, "oldest": oldest}
        texts += database.rows(_TEXTS, named)
        place = oldest
    if len(texts) > MOST_TEXTS:
        texts = texts[:MOST_TEXTS]
        place = int(texts[-1]["place"]) - 1
    return SearchPage(
        words=wanted,
        agencies=tuple(agencies),
        texts=tuple(Found(row, find_words(row["text"], wanted, _AROUND)) for row in texts),
        next_from=place or None,
        seen=1.0 - place / last if last else 1.0,
    )
