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
            spoken = year - 1 if match["last"] else year
    return spoken


def scope_at(plain: str, position: int, context: Context) -> str:
    """Whose figure stands at a position: the reporting agency's own, or another's.

    `territory` is a sum over many agencies, `part` one department or a part of the year,
    `cumulated` a sum over several years.
    """
    patterns = lexicon().patterns
    front = plain[:position]
    sums = list(patterns["scope.cumulated"].finditer(front))
    if sums and not patterns["scope.back"].search(front, sums[-1].end()):
        return CUMULATED
    if patterns["scope.part"].search(front):
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
