"""Worn print -> the words of the vocabulary that it may be.

A character that the network is not sure of is held against the one that stands there in a usual
label. A label is taken for what is printed where it is hardly less likely than what was
recognised and no other label comes near; what is plain to be seen is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import inf, log
from typing import NamedTuple

from extract.scan.decoding import Placed, Step
from extract.scan.vocabulary import WORDS

_NUMBERING = re.compile(r"\s*([（(【].{1,2}[)）】]|.{1,2}[、．.,，:：])\s*")
"""What stands before a label; it is left as it is."""
_LEAST = 1e-4
"""The likelihood of a character that the network does not name."""
_LOST = 5.0
"""What it costs, as a negative logarithm, that a character was passed over, or is one too many."""
_MOST_EACH, _MOST_ALL = 4.0, 2.5
"""The most that a change costs on average, and all of them for each character of the label."""
_APART = 2.5
"""Another label costs so much more."""
_CHANGED = 0.1
"""What a change costs at least."""
_LENGTHS, _SHARED = 2, 0.6
"""Characters by which label and print differ in length at most, and the share of the label's that
the network names somewhere along the line."""


_SHORTEST = 2
_LEAST_SIGN = 5e-4
"""Behind a numbering small characters may be taken for letters; what is meant is so likely then."""


class Known(NamedTuple):
    """The characters in place with those of a label in them; `cost` tells how unlikely it is."""

    word: str
    placed: tuple[Placed, ...]
    cost: float


class _Path(NamedTuple):
    """A way to make a label of what was recognised: its cost and the pairs of their places, None
    where one of them has no counterpart."""

    cost: float
    pairs: tuple[tuple[int | None, int | None], ...]


def placed_to_known(placed: Sequence[Placed], steps: Sequence[Step]) -> Known | None:
    """The only label that the line may be; None where there is none or nothing to be changed."""
    text = "".join(p.text for p in placed)
    start = _after_numbering(text) if len(text) == len(placed) else 0
    own = placed[start:]
    printed = "".join(p.text for p in own if _is_han(p.text))
    if printed in WORDS or (len(printed) < _SHORTEST and not start):
        return None
    chances = [_chances(p, steps) for p in own]
    named = {character for one in chances for character in one}
    found: list[tuple[float, str, _Path]] = []
    for word in _words_near(max(len(printed), _SHORTEST)):
        if sum(character in named for character in word) >= _SHARED * len(word):
            path = _cheapest(own, chances, word)
            found.append((path.cost, word, path))
    found.sort()
    if not found or any(other[0] - found[0][0] < _APART for other in found[1:2]):
        return None
    cost, word, path = found[0]
    changes = sum(_is_change(own, word, pair) for pair in path.pairs)
    if not changes or cost > _MOST_EACH * changes or cost > _MOST_ALL * len(word):
        return None
    return Known(word, (*placed[:start], *_with_word(own, word, path)), cost)


def _after_numbering(text: str) -> int:
    """Where the label begins."""
    start = 0
    while match := _NUMBERING.match(text, start):
        start = match.end()
    return start


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


@lru_cache(maxsize=64)
def _words_near(length: int) -> tuple[str, ...]:
    return tuple(sorted(word for word in WORDS if abs(len(word) - length) <= _LENGTHS))


def _chances(one: Placed, steps: Sequence[Step]) -> dict[str, float]:
    """How likely each character is where this one stands."""
    chances: dict[str, float] = {}
    for step in steps[one.start : one.stop]:
        for character, likelihood in step.choices:
            chances[character] = max(chances.get(character, 0.0), likelihood)
    return chances


def _cheapest(own: Sequence[Placed], chances: Sequence[dict[str, float]], word: str) -> _Path:
    """The cheapest way to make the label of what was recognised, character by character."""
    row = [_Path(_LOST * j, tuple((None, k) for k in range(j))) for j in range(len(word) + 1)]
    for i, one in enumerate(own):
        lost = _LOST if _is_han(one.text) else 0.0
        next_row = [_Path(row[0].cost + lost, (*row[0].pairs, (i, None)))]
        for j, (character, (diagonal, above)) in enumerate(zip(word, pairwise(row), strict=True)):
            instead = _cost_instead(one, chances[i], character)
            options = (
                (diagonal.cost + instead, diagonal, (i, j)),
                (above.cost + lost, above, (i, None)),
                (next_row[j].cost + _LOST, next_row[j], (None, j)),
            )
            cost, before, pair = min(options, key=lambda option: option[0])
            next_row.append(_Path(cost, (*before.pairs, pair)))
        row = next_row
    return row[-1]


def _cost_instead(one: Placed, chances: dict[str, float], character: str) -> float:
    """What it costs that another character stands where this one was recognised."""
    if one.text == character:
        return 0.0
    likelihood = max(chances.get(character, 0.0), _LEAST)
    if _is_han(one.text):
        return max(log(one.likelihood / likelihood), _CHANGED)
    if one.text.isspace() or likelihood < _LEAST_SIGN:
        return inf
    best = max((p for other, p in chances.items() if _is_han(other)), default=0.0)
    return max(log(best / likelihood), _CHANGED)


def _is_change(own: Sequence[Placed], word: str, pair: tuple[int | None, int | None]) -> bool:
    at, of_word = pair
    if at is None or of_word is None:
        return at is None
    return own[at].text != word[of_word]


def _with_word(own: Sequence[Placed], word: str, path: _Path) -> list[Placed]:
    """What was recognised with the label's characters; one passed over stands with the last.

    What is one too many is kept: it may be a unit.
    """
    out: list[Placed] = []
    for at, of_word in path.pairs:
        if at is None and of_word is not None:
            beside = out[-1] if out else own[0]
            out.append(beside._replace(text=word[of_word]))
        elif at is not None and of_word is not None:
            out.append(own[at]._replace(text=word[of_word]))
        elif at is not None:
            out.append(own[at])
    return out
