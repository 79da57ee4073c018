"""Texts cut into pieces: quotes of statements, found words, what two texts differ in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]+|[^。；！？\n]+")
_LETTER = re.compile(r"\d+(?:[.,]\d+)*|.", re.DOTALL)
"""A number counts as one letter: half of a changed number says nothing."""
_LONGEST_FINE = 1500
"""Characters of two passages beyond which they are not compared letter by letter."""
_MOST_SENTENCES = 800
"""Of a section; what follows is compared as one passage."""
_LEAST_ALIKE = 0.4
"""Of two passages that are shown as one that was changed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `marks` are the numbers of what it belongs to."""

    text: str
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of two texts: `same`, `gone` (only in the first) or `new` (only in the second)."""

    kind: str
    text: str


def mark_spans(text: str, spans: Sequence[tuple[int, int, int]]) -> tuple[Piece, ...]:
    """The text in pieces; spans are (start, end, number) and may overlap."""
    edges = {0, len(text)}
    for start, end, _ in spans:
        edges |= {max(0, min(start, len(text))), max(0, min(end, len(text)))}
    ordered = sorted(edges)
    return tuple(
        Piece(
            text[start:end],
            tuple(number for first, last, number in spans if first <= start and end <= last),
        )
        for start, end in itertools.pairwise(ordered)
    )


def find_words(text: str, words: str, around: int) -> tuple[Piece, ...]:
    """The text around the first place where the words stand, they themselves marked."""
    at = text.lower().find(words.lower())
    if at < 0:
        return (Piece(text[: 2 * around]),)
    start, end = max(0, at - around), min(len(text), at + len(words) + around)
    cut = text[start:end]
    spans = [(at - start, at - start + len(words), 1)]
    before = (Piece("…"),) if start else ()
    after = (Piece("…"),) if end < len(text) else ()
    return (*before, *mark_spans(cut, spans), *after)


def compare_texts(first: str, second: str) -> tuple[Change, ...]:
    """The two texts as one, sentence by sentence; changed sentences letter by letter."""
    ours, theirs = _sentences(first), _sentences(second)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    changes: list[Change] = []
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        old, new = "".join(ours[a0:a1]), "".join(theirs[b0:b1])
        if tag == "equal":
            changes.append(Change("same", old))
        elif tag == "replace":
            changes += _compare_passages(old, new)
        else:
            changes.append(Change("gone", old) if old else Change("new", new))
    return tuple(changes)


def _sentences(text: str) -> list[str]:
    found = _SENTENCE.findall(text)
    return [
        *found[:_MOST_SENTENCES],
        *(["".join(found[_MOST_SENTENCES:])] if len(found) > _MOST_SENTENCES else []),
    ]


def _compare_passages(old: str, new: str) -> list[Change]:
    """Letter by letter where they are alike enough to be one that was changed."""
    if len(old) + len(new) <= _LONGEST_FINE:
        ours, theirs = _LETTER.findall(old), _LETTER.findall(new)
        matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
        if matcher.ratio() >= _LEAST_ALIKE:
            return list(_letters_to_changes(ours, theirs, matcher.get_opcodes()))
    return [Change("gone", old), Change("new", new)]


def _letters_to_changes(
    ours: list[str], theirs: list[str], codes: Sequence[tuple[str, int, int, int, int]]
) -> Iterator[Change]:
    """What stayed and what changed; a single letter that stayed between changes is no landmark."""
    gone, new = "", ""
    for at, (tag, a0, a1, b0, b1) in enumerate(codes):
        is_between = 0 < at < len(codes) - 1
        if tag == "equal" and not (is_between and a1 - a0 == 1 and not ours[a0].isdigit()):
            yield from (
                change for change in (Change("gone", gone), Change("new", new)) if change.text
            )
            gone, new = "", ""
            yield Change("same", "".join(ours[a0:a1]))
        else:
            gone += "".join(ours[a0:a1])
            new += "".join(theirs[b0:b1])
    yield from (change for change in (Change("gone", gone), Change("new", new)) if change.text)
