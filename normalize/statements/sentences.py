"""A section's text cut into sentences, each with its place and verbatim as the quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from normalize.statements.plain import sentences_to_plain
from normalize.statements.vocabulary import lexicon

_LONGEST = 1000
"""A longer sentence is cut behind a comma, so that no text takes more than its share of time."""

_WORDS = r"[^。！？!?\n\t|]"
_SENTENCE = re.compile(
    rf"{_WORDS}{{1,{_LONGEST}}}(?:[。！？!?]|(?!{_WORDS}))"
    rf"|{_WORDS}{{1,{_LONGEST}}}[，；、,;]"
    rf"|(?P<endless>{_WORDS}{{1,{_LONGEST}}})"
)
_SHORTEST_WRAPPED = 16
_SHORT = 40
"""Shorter ones may be headings of the text behind them, which tell its matter."""

_ENDS_LINE = ("。", "！", "？", "!", "?", "；", ";", "：", ":", "|", "\t")
_BEGINS_LINE = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.]|[一二三四五六七八九十]是|第[一二三四五六七八九十]"
    r"|\d+\s*$|\d{1,2}[.、）)](?!\d)|[#*|]|[（(][一二三四五六七八九十\d])"
)
_NEW_POINT = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}(?:是|、))"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `quote` verbatim, at `start` of its section's text, and in `plain` words.

    `is_point` is True where a numbered point of the text begins. `plain` is empty where the
    sentence can state nothing.
    """

    quote: str
    start: int
    plain: str
    is_point: bool


def text_to_sentences(text: str, year: int | None) -> Iterator[Sentence]:
    """The sentences in order; a line that was broken for want of room goes on in the next one."""
    joined = _unwrapped(text) if "\n" in text else text
    patterns = lexicon().patterns
    found = [m for m in _SENTENCE.finditer(joined) if not (m["endless"] or m[0].isspace())]
    wanted = [
        match
        for match in found
        if (patterns["scan.stated"].search(match[0]) and patterns["scan.matter"].search(match[0]))
        or (len(match[0]) < _SHORT and patterns["scan.topic"].search(match[0]))
    ]
    plain = dict(zip(wanted, sentences_to_plain([match[0] for match in wanted], year), strict=True))
    for match in found:
        raw = match[0]
        start = match.start() + len(raw) - len(raw.lstrip())
        quote = text[start : match.start() + len(raw.rstrip())]
        begins = match.start() == 0 or joined[match.start() - 1] == "\n"
        is_point = begins and _NEW_POINT.match(raw) is not None
        yield Sentence(quote, start, plain.get(match, ""), is_point)


def _unwrapped(text: str) -> str:
    """The text, as long as before, with a space for each line break that parts a sentence."""
    lines = text.split("\n")
    out = [lines[0]]
    for before, line in pairwise(lines):
        out += [" " if _goes_on(before, line) else "\n", line]
    return "".join(out)


def _goes_on(line: str, following: str) -> bool:
    """True when a line was broken for want of room; headings and cells of tables were not."""
    bare = line.strip()
    if len(bare) < _SHORTEST_WRAPPED or bare.endswith(_ENDS_LINE) or len(following.strip()) < 2:
        return False
    is_heading = _BEGINS_LINE.match(bare) and not re.search("[，。,]", bare)
    return not is_heading and not _BEGINS_LINE.match(following)
