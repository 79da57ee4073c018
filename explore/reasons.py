"""Why a report needs review and a cell is flagged, in the language of a page."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from explore.review.words import doubt_in_words
from normalize.report import Observation

_PART = re.compile(r"\\\{(\w+)\\\}")


def doubts_in_words(cell: Observation, language: str) -> str:
    """All doubts of a cell."""
    return "; ".join(doubt_in_words(d, language, cell.form, cell.table) for d in cell.doubts)


def reason_in_words(reason: str, language: str) -> str:
    """A reason of a report; as it is where no translation is known."""
    if language == "en":
        return reason
    for pattern, translated in _patterns("of_cells"):
        if found := pattern.match(reason):
            doubt = doubt_in_words(reason[found.end() :], language)
            return translated.format(**found.groupdict()) + doubt
    for pattern, translated in _patterns("reasons"):
        if found := pattern.fullmatch(reason):
            return translated.format(**found.groupdict())
    return reason


@cache
def _patterns(key: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of English reasons with what they are in Chinese."""
    text = (resources.files("explore") / "reasons.toml").read_text(encoding="utf-8")
    return tuple(
        (re.compile(_PART.sub(r"(?P<\1>.+?)", re.escape(english)), re.DOTALL), chinese)
        for english, chinese in tomllib.loads(text)[key]
    )
