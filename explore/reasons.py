"""Why a report needs review and a cell is flagged, in the language of a page."""

from __future__ import annotations

from explore.messages import message_in_words, patterns
from explore.review.words import doubt_in_words
from normalize.report import Observation

_FILE = "reasons.toml"


def doubts_in_words(cell: Observation, language: str) -> str:
    """All doubts of a cell."""
    return "; ".join(doubt_in_words(d, language, cell.form, cell.table) for d in cell.doubts)


def reason_in_words(reason: str, language: str) -> str:
    """A reason of a report; as it is where no translation is known."""
    if language == "en":
        return reason
    for pattern, translated in patterns(_FILE, "of_cells"):
        if found := pattern.match(reason):
            doubt = doubt_in_words(reason[found.end() :], language)
            return translated.format(**found.groupdict()) + doubt
    for pattern, translated in patterns(_FILE, "reasons"):
        if found := pattern.fullmatch(reason):
            return translated.format(**found.groupdict())
    return message_in_words(reason, language)
