"""Everything the pages say, in Chinese and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

LANGUAGES = ("zh", "en")
COOKIE = "gongkai_lang"


@dataclass(frozen=True, slots=True)
class Words:
    """The phrases of one language by key."""

    language: str
    phrases: Mapping[str, str]

    def __call__(self, key: str, **parts: object) -> str:
        """The phrase of that key, with its parts put in; KeyError for one that is not there."""
        return self.phrases[key].format(**parts) if parts else self.phrases[key]

    def name(self, kind: str, key: str | None) -> str:
        """What a value of the database is called; the value itself where it has no name."""
        if key is None:
            return self.phrases["unknown"]
        return self.phrases.get(f"{kind}.{key}", key)


@cache
def words_in(language: str) -> Words:
    """The phrases of one of LANGUAGES."""
    return Words(language, {key: said[language] for key, said in phrases().items()})


@cache
def phrases() -> Mapping[str, Mapping[str, str]]:
    """Every phrase by key, then by language. Tables of tables have keys joined by a dot."""
    text = (resources.files("explore") / "wording.toml").read_text(encoding="utf-8")
    flat: dict[str, Mapping[str, str]] = {}
    for key, entry in tomllib.loads(text).items():
        if "zh" in entry:
            flat[key] = entry
        else:
            flat.update({f"{key}.{inner}": said for inner, said in entry.items()})
    return flat


def choose_language(query: str | None, cookie: str | None, accepted: str | None) -> str:
    """What was asked for, else what was chosen before, else what the browser prefers."""
    for wish in (query, cookie):
        if wish in LANGUAGES:
            return str(wish)
    for part in (accepted or "").split(","):
        wanted = part.strip().partition(";")[0].partition("-")[0].lower()
        if wanted in LANGUAGES:
            return wanted
    return LANGUAGES[0]
