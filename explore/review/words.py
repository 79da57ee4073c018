"""Doubts and derivations in plain words, and what else the pages of review say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from explore.wording import Words, words_in
from normalize.forms import all_fields

_PART = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What the program writes, `plain` with its parts, and how it is said by language."""

    plain: str
    pattern: re.Pattern[str]
    said: Mapping[str, str]


def review_words(language: str) -> Words:
    """The phrases of all pages with those of review."""
    own = {key: said[language] for key, said in _own_phrases().items()}
    return Words(language, {**words_in(language).phrases, **own})


def doubt_in_words(doubt: str, language: str, form: str = "", table: str = "") -> str:
    """A doubt or a derivation as a person would say it; as it is where no words are known.

    `form` and `table` are those of the cell: their labels stand for the names of rows and columns.
    """
    for phrase in _phrases():
        if match := phrase.pattern.fullmatch(doubt):
            parts = match.groupdict()
            if "check" in parts:
                parts["meaning"] = check_in_words(parts["check"], language)
            if "names" in parts:
                labels = _labels(form, table) if language == "zh" else {}
                parts["names"] = _names_in_words(parts["names"], labels)
            return phrase.said.get(language, phrase.plain).format(**parts)
    return doubt


def _names_in_words(names: str, labels: Mapping[str, str]) -> str:
    """`Q-ROW granted, Q-OUT total` with the labels of the row and the column, where there are."""
    said = []
    for name in names.split(", "):
        check, _, place = name.partition(" ")
        said.append(f"{check} ({labels.get(place, place.replace('_', ' '))})" if place else check)
    return ", ".join(said)


@cache
def _labels(form: str, table: str) -> Mapping[str, str]:
    own = [f for f in all_fields() if (f.form, f.table) == (form, table)]
    columns = {field.column: field.column_label for field in own}
    return columns | {field.row: field.row_label.rpartition("/")[2] for field in own}


def check_in_words(check: str, language: str) -> str:
    """What a check demands, or what kind of check it is; nothing for one of an own form."""
    known = _checks()
    said = known.get(check) or known.get(check.partition("-")[0])
    return said[language] if said else ""


def is_in_words(doubt: str) -> bool:
    """Whether there are words for a doubt."""
    return any(phrase.pattern.fullmatch(doubt) for phrase in _phrases())


@cache
def _phrases() -> tuple[Phrase, ...]:
    return tuple(
        Phrase(entry["is"], _to_pattern(entry["is"]), {k: v for k, v in entry.items() if k != "is"})
        for entry in _load("doubts.toml")["phrase"]
    )


def _to_pattern(text: str) -> re.Pattern[str]:
    parts = _PART.split(text)
    pieces = (f"(?P<{p}>.+?)" if at % 2 else re.escape(p) for at, p in enumerate(parts))
    return re.compile("".join(pieces), re.DOTALL)


@cache
def _checks() -> Mapping[str, Mapping[str, str]]:
    checks: Mapping[str, Mapping[str, str]] = _load("doubts.toml")["check"]
    return checks


@cache
def _own_phrases() -> Mapping[str, Mapping[str, str]]:
    return _load("wording.toml")


def _load(name: str) -> dict[str, Any]:
    text = (resources.files("explore.review") / name).read_text(encoding="utf-8")
    return tomllib.loads(text)
