"""Printed labels compared with the labels of the forms.

Labels are folded first: width, script, radicals, inserted pinyin, white space and punctuation do
not count; numbering is kept apart. Only labels are folded, never the text of a cell's value.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from rapidfuzz import fuzz, process

from normalize.script import to_simplified

_ORDINAL = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.．:：]|[(][一二三四五六七八九十]{1,3}[)]|\d{1,2}[.、．](?!\d)"
    r"|[(]\d{1,2}[)]|其中[:：]?|[①-⑳])"
)
_BRACKETS = re.compile(r"[(](?![一二三四五六七八九十]{1,3}[)])[^()]*[)]?")
_NOISE = re.compile(r"[^\w/]|_|/", re.UNICODE)

_SHORTEST_CUT = 3
_CUT_SIMILARITY = 0.85


@dataclass(frozen=True, slots=True)
class Label:
    """A folded label: `core` without numbering and punctuation, `bare` without brackets too.

    `ordinal` is the numbering in front, folded, empty when there is none.
    """

    core: str
    bare: str
    ordinal: str


@cache
def vocabulary() -> dict[str, dict[str, str]]:
    """The tables of `vocabulary.toml` that map one printed word to another."""
    data = _vocabulary_file()
    return {
        name: {str(k): str(v) for k, v in data[name].items()} for name in ("synonyms", "radicals")
    }


@cache
def unit_words() -> frozenset[str]:
    """Folded words that stand alone in a column of units."""
    return frozenset(_vocabulary_file()["units"]["words"])


@cache
def words_of(table: str) -> dict[str, tuple[str, ...]]:
    """The lists of one table of `vocabulary.toml`, by name; KeyError for a table it lacks."""
    return {name: tuple(words) for name, words in _vocabulary_file()[table].items()}


def agency_words() -> dict[str, tuple[str, ...]]:
    """Words around the names of public bodies: `endings`, `lead_ins`, `comparisons` and others."""
    return words_of("agencies")


@cache
def section_headings() -> dict[str, tuple[str, ...]]:
    """Folded headings of each section, by the section's canonical name."""
    data = _vocabulary_file()["sections"]
    return {name: tuple(fold(text).core for text in texts) for name, texts in data.items()}


@cache
def _vocabulary_file() -> dict[str, dict[str, list[str]]]:
    file = resources.files("normalize") / "vocabulary.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=16384)
def simplify(text: str) -> str:
    """The text in simplified characters, half width, radicals and inserted pinyin undone."""
    radicals = vocabulary()["radicals"]
    plain = "".join(radicals.get(char, char) for char in text)
    return to_simplified(unicodedata.normalize("NFKC", to_simplified(plain)))


@lru_cache(maxsize=16384)
def fold(text: str) -> Label:
    """The label that a printed text stands for."""
    rest = "".join(simplify(text).split())
    for printed, meant in vocabulary()["synonyms"].items():
        rest = rest.replace(printed, meant)
    ordinal = ""
    while match := _ORDINAL.match(rest):
        ordinal += match.group()
        rest = rest[match.end() :]
    bare = _NOISE.sub("", _BRACKETS.sub("", rest))
    return Label(core=_NOISE.sub("", rest), bare=bare, ordinal=_NOISE.sub("", ordinal))


@lru_cache(maxsize=65536)
def similarity(printed: str, label: str) -> float:
    """0 to 1: how surely a printed text is this label; a label cut short counts as nearly sure."""
    one, other = fold(printed), fold(label)
    if not one.core or not other.core:
        return 0.0
    if one.core == other.core or (one.bare and one.bare == other.bare):
        return 1.0
    score = max(fuzz.ratio(one.core, other.core), fuzz.ratio(one.bare, other.bare)) / 100
    if _is_cut(one.core, other.core) or _is_cut(one.bare, other.bare):
        score = max(score, _CUT_SIMILARITY)
    return score


def labels_like(printed: str, labels: tuple[str, ...], least: float) -> dict[str, float]:
    """The labels with a similarity of `least` or more, which is over 0, by label.

    All are compared in one call, so that words that no form has cost little.
    """
    folded = fold(printed)
    if not folded.core:
        return {}
    cores, bares = _folded(labels)
    near = _indices_like(folded.core, cores, least) | _indices_like(folded.bare, bares, least)
    scores = {labels[at]: similarity(printed, labels[at]) for at in sorted(near)}
    return {label: score for label, score in scores.items() if score >= least}


@cache
def _folded(labels: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The labels' cores and their bare cores."""
    folded = [fold(label) for label in labels]
    return [label.core for label in folded], [label.bare for label in folded]


def _indices_like(printed: str, labels: Sequence[str], least: float) -> set[int]:
    """Where those labels stand that may be similar enough, and perhaps some others."""
    if not printed:
        return {at for at, label in enumerate(labels) if not label}
    cutoff = 100 * least - 1
    found = process.extract(
        printed, labels, scorer=fuzz.ratio, processor=None, limit=None, score_cutoff=cutoff
    )
    near = {at for _, _, at in found}
    if len(printed) >= _SHORTEST_CUT:
        near.update(at for at, label in enumerate(labels) if label.startswith(printed))
    return near


def best_similarity(printed: str, labels: tuple[str, ...]) -> float:
    return max([similarity(printed, label) for label in labels], default=0.0)


def _is_cut(printed: str, label: str) -> bool:
    """True when the print is the label's beginning, long enough not to be chance."""
    return (
        len(printed) >= _SHORTEST_CUT
        and label.startswith(printed)
        and len(printed) * 3 >= len(label)
    )
