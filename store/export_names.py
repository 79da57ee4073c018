"""Names that Stata takes: at most 32 characters, made from longer ones and still legible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

MOST_CHARACTERS = 32
_WORDS = re.compile(r"[^_]+")
_KEPT = ("status", "flagged", "yuan", "total")
"""Last words that are not shortened: they say what a column is."""


def names_to_stata(names: Iterable[str]) -> dict[str, str]:
    """A variable's name for each column of one table, no two alike.

    A longer name keeps all its words, each cut to as many letters as there is room for.
    """
    listed = list(names)
    made = {name: name for name in listed if len(name) <= MOST_CHARACTERS}
    taken = set(made.values())
    for name in listed:
        if name not in made:
            made[name] = _first_free(_shortened(name), taken)
            taken.add(made[name])
    return {name: made[name] for name in listed}


def _shortened(name: str) -> str:
    words = _WORDS.findall(name)
    longest = max(map(len, words))
    for letters in range(longest - 1, 1, -1):
        cut = _cut(name, letters, words)
        if len(cut) <= MOST_CHARACTERS:
            return cut
    return name[:MOST_CHARACTERS]


def _cut(name: str, letters: int, words: Sequence[str]) -> str:
    head, tail = (name, "")
    if words[-1] in _KEPT and name.endswith(words[-1]):
        head, tail = name[: -len(words[-1])], words[-1]
    return _WORDS.sub(lambda word: word.group()[:letters], head) + tail


def _first_free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while (numbered := f"{name[: MOST_CHARACTERS - len(str(number))]}{number}") in taken:
        number += 1
    return numbered
