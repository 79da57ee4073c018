"""The words of sentences with figures, as `words.toml` and `measures.toml` list them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TypedDict, cast

Names = Mapping[str, str]
"""A measure's name by the matter spoken of; under "" where it is always the same."""

_TABLES = ("words", "scan", "scope", "year", "sure", "changes", "row", "after", "none")
_LAST_YEAR_OF_ANNEX = 2018
_LAST_YEAR_OF_TRIAL_FORM = 2020


class _Entry(TypedDict, total=False):
    name: str | dict[str, str]
    until_2020: str
    until_2018: str | dict[str, str]
    unit: str
    units: str
    topics: list[str]
    topic: str
    group: str
    seen: str
    beside: str
    never: str
    none: bool
    bare: bool
    rest: bool
    sums: str
    nouns: list[str]
    none_nouns: list[str]


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """One entry of `measures.toml`: what a figure counts, and in which words.

    `printed_units` are those its figures may carry, `topics` the matters in which its words mean
    it, empty for any; `topic` is the matter that a sentence speaks of after it. `bare` words are
    verbs that count nothing else than the matter spoken of;
    `seen` must stand earlier in the sentence, `beside`
    anywhere in it, `never` not in the same part of it. `rest` is what 其他 means in its group, and
    `sums` names the group of which 总计 means it.
    """

    names: Names
    trial_names: Names
    annex_names: Names
    unit: str
    printed_units: frozenset[str]
    nouns: tuple[str, ...]
    none_nouns: tuple[str, ...]
    topics: tuple[str, ...] = ()
    topic: str = ""
    group: str = ""
    seen: re.Pattern[str] | None = None
    beside: re.Pattern[str] | None = None
    never: re.Pattern[str] | None = None
    bare: bool = False
    rest: bool = False
    sums: str = ""

    def named(self, year: int | None, topic: str) -> str | None:
        """Its name in a report for a year; None where the form has none for this matter."""
        names = self.names
        if year is not None and year <= _LAST_YEAR_OF_ANNEX:
            names = self.annex_names
        elif year is not None and year <= _LAST_YEAR_OF_TRIAL_FORM:
            names = self.trial_names
        return names.get("") or names.get(topic)

    def fits(self, plain: str, position: int) -> bool:
        """True unless the words around a position of a sentence forbid this measure."""
        if self.seen and not self.seen.search(plain, 0, position):
            return False
        if self.beside and not self.beside.search(plain):
            return False
        begin = max(plain.rfind(stop, 0, position) for stop in "，；。") + 1
        return self.never is None or self.never.search(plain[begin:position]) is None


@dataclass(frozen=True, slots=True)
class Nouns:
    """All words that can name a measure in one matter, as one pattern with a group for each."""

    pattern: re.Pattern[str]
    measures: tuple[Measure, ...]

    def measure_of(self, match: re.Match[str]) -> Measure:
        return self.measures[(match.lastindex or 1) - 1]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every list compiled; `patterns` by table and name, such as `words.so`."""

    measures: tuple[Measure, ...]
    none_nouns: Nouns
    topic_pattern: re.Pattern[str]
    topic_names: tuple[str, ...]
    as_one: tuple[tuple[re.Pattern[str], str], ...]
    patterns: Mapping[str, re.Pattern[str]]

    def topic_of(self, match: re.Match[str]) -> str:
        return self.topic_names[(match.lastindex or 1) - 1]


@cache
def lexicon() -> Lexicon:
    """The lists as they stand in the files; KeyError for a name that no list has."""
    listed = _words_file()
    macros = listed["words"]
    units = {name: frozenset(printed) for name, printed in _lists("cases").items()}
    measures = tuple(_to_measure(entry, units, macros) for entry in _measures_file())
    words_of_topics = _lists("topics")
    topics = tuple(words_of_topics)
    patterns = {
        f"{table}.{name}": re.compile(_expand(pattern, macros))
        for table in _TABLES
        for name, pattern in listed[table].items()
    }
    return Lexicon(
        measures=measures,
        none_nouns=_alternation(
            [(noun, measure) for measure in measures for noun in measure.none_nouns]
        ),
        topic_pattern=re.compile("|".join(f"({'|'.join(words_of_topics[t])})" for t in topics)),
        topic_names=topics,
        as_one=tuple((re.compile(words), one) for words, one in listed["as_one"].items()),
        patterns=patterns,
    )


@cache
def nouns_of(topic: str) -> Nouns:
    """All words that name a measure where a matter is spoken of."""
    fitting = [m for m in lexicon().measures if not m.topics or topic in m.topics]
    return _alternation([(noun, measure) for measure in fitting for noun in measure.nouns])


@cache
def named_alike(noun: str, topic: str) -> tuple[Measure, ...]:
    """The measures that the same words name in a matter, in the order of the list."""
    return tuple(
        measure
        for measure in lexicon().measures
        if (not measure.topics or topic in measure.topics)
        and any(re.fullmatch(pattern, noun) for pattern in measure.nouns)
    )


def _to_measure(
    entry: _Entry, units: Mapping[str, frozenset[str]], macros: Mapping[str, str]
) -> Measure:
    nouns = tuple(_expand(noun, macros) for noun in entry["nouns"])
    spoken_none = tuple(_expand(noun, macros) for noun in entry.get("none_nouns", ()))
    names = _to_names(entry["name"])
    trial = _to_names(entry["until_2020"]) if "until_2020" in entry else names
    annex = _to_names(entry["until_2018"]) if "until_2018" in entry else trial
    return Measure(
        names=names,
        trial_names=trial,
        annex_names={**names, **annex} if "" not in annex else annex,
        unit=entry.get("unit", _unit_counted(entry["units"])),
        printed_units=units[entry["units"]],
        nouns=nouns,
        none_nouns=(spoken_none or nouns) if entry.get("none", False) else (),
        topics=tuple(entry.get("topics", ())),
        topic=entry.get("topic", "") or _first_topic(entry.get("topics", [])),
        group=entry.get("group", ""),
        seen=re.compile(entry["seen"]) if "seen" in entry else None,
        beside=re.compile(entry["beside"]) if "beside" in entry else None,
        never=re.compile(entry["never"]) if "never" in entry else None,
        bare=entry.get("bare", False),
        rest=entry.get("rest", False),
        sums=entry.get("sums", ""),
    )


def _first_topic(topics: list[str]) -> str:
    return topics[0] if len(topics) == 1 else ""


def _unit_counted(units: str) -> str:
    kinds = {"items": "items", "posts": "items", "times": "times", "events": "times"}
    return kinds.get(units, "count")


def _to_names(name: str | dict[str, str]) -> Names:
    return {"": name} if isinstance(name, str) else name


def _alternation(pairs: list[tuple[str, Measure]]) -> Nouns:
    pattern = re.compile("|".join(f"({noun})" for noun, _ in pairs))
    return Nouns(pattern, tuple(measure for _, measure in pairs))


def _expand(pattern: str, macros: Mapping[str, str]) -> str:
    """The pattern with each `{name}` replaced by the list of that name."""
    while found := re.search(r"\{([a-z]+)\}", pattern):
        pattern = f"{pattern[: found.start()]}{macros[found[1]]}{pattern[found.end() :]}"
    return pattern


def _words_file() -> dict[str, dict[str, str]]:
    """Every table of `words.toml` whose entries are patterns."""
    return cast("dict[str, dict[str, str]]", _load("words.toml"))


def _lists(table: str) -> dict[str, list[str]]:
    """A table of `words.toml` whose entries are lists: `cases` and `topics`."""
    return cast("dict[str, list[str]]", _load("words.toml")[table])


def _measures_file() -> list[_Entry]:
    """The entries of `measures.toml`; ValueError for a key that no measure has."""
    entries = cast("list[_Entry]", _load("measures.toml")["measure"])
    for entry in entries:
        if unknown := entry.keys() - _Entry.__annotations__.keys():
            raise ValueError(f"measures.toml, {entry['name']}: unknown {sorted(unknown)}")
    return entries


@cache
def _load(name: str) -> dict[str, object]:
    file = resources.files("normalize.statements") / name
    return tomllib.loads(file.read_text(encoding="utf-8"))
