"""What a figure's sentence is about: its matter, the year it speaks of, and whose figure it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from normalize.statements.vocabulary import lexicon

OWN = "own"
TERRITORY = "territory"
PART = "part"
CUMULATED = "cumulated"

FIRST_YEAR = 2008
"""The regulations came into force on 1 May 2008: reports of that year begin there."""

_LOCAL = re.compile(r"^[省市县区旗州盟]+")


@dataclass(frozen=True, slots=True)
class Context:
    """What holds when a sentence begins: the matter of the text before it and its scope."""

    topic: str
    scope: str
    year: int | None
    agency: str | None


def topic_at(plain: str, position: int, before: str) -> str:
    """The matter named last in front of a position of the sentence, or before the sentence.

    Where none was named yet, the first that is named behind the position.
    """
    topic = before
    for start, named in _topics_in(plain):
        if start >= position and topic:
            break
        topic = named
    return topic


@lru_cache(maxsize=64)
def _topics_in(plain: str) -> tuple[tuple[int, str], ...]:
    """(position, matter) for each word of a sentence that tells its matter."""
    words = lexicon()
    return tuple((m.start(), words.topic_of(m)) for m in words.topic_pattern.finditer(plain))


def year_at(plain: str, position: int, year: int | None) -> int | None:
    """The year spoken of at a position; the report's own where the sentence names none."""
    spoken = year
    patterns = lexicon().patterns
    if year is not None and patterns["year.now"].search(plain, 0, position):
        return year
    for match in patterns["year.word"].finditer(plain, 0, position):
        if match["other"]:
            spoken = int(match["other"])
        elif year is not None:
            spoken = year - bool(match["last"]) + bool(match["next"])
    return spoken


def scope_at(plain: str, position: int, context: Context) -> str:
    """Whose figure stands at a position: the reporting agency's own, or another's.

    `territory` is a sum over many agencies, `part` one department or a part of the year,
    `cumulated` a sum over several years.
    """
    if context.scope == CUMULATED:
        return CUMULATED
    patterns = lexicon().patterns
    front = plain[:position]
    # What shows that a figure is a sum over years may follow it: 累计90件，其中本年9件.
    sums = [end for start, end in _sums_in(plain) if start < position]
    if sums and not patterns["scope.back"].search(front, sums[-1]):
        return CUMULATED
    part = patterns["scope.part"].search(front)
    if part and not (context.year == FIRST_YEAR and part[0].startswith("5月1日")):
        return PART
    scope, at = context.scope, -1
    for match in patterns["scope.territory"].finditer(front):
        scope, at = TERRITORY, match.start()
    for match in patterns["scope.self"].finditer(front):
        if match.start() > at:
            scope, at = OWN, match.start()
    # Looked for in the whole sentence: the verb that shows who acts may follow the figure.
    for match in patterns["scope.body"].finditer(plain):
        if at <= match.start("body") < position:
            own = is_own_name(match["body"], context.agency)
            if not own or scope != TERRITORY:
                scope, at = OWN if own else PART, match.start("body")
    return scope


@lru_cache(maxsize=64)
def _sums_in(plain: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of the words of a sentence that speak of several years."""
    return tuple(match.span() for match in lexicon().patterns["scope.cumulated"].finditer(plain))


def is_own_name(name: str, agency: str | None) -> bool:
    """True when a body's name, long or short, is that of the reporting agency."""
    words = lexicon().patterns
    bare = words["year.lead"].sub("", name)
    if not bare or words["scope.self"].search(name):
        return True
    if agency is None:
        return True
    core = _LOCAL.sub("", bare) or bare
    letters = iter(agency)
    return all(letter in letters for letter in core[-8:])
