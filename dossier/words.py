"""What the page says, in Chinese and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The phrases of one language by key."""

    language: str
    phrases: Mapping[str, str]

    def __call__(self, key: str, **parts: object) -> str:
        """The phrase of that key with its parts put in; KeyError for one that is not there."""
        return self.phrases[key].format(**parts)

    def name(self, key: str) -> str:
        """What a value of the database is called; the value itself where it has no name."""
        return self.phrases.get(f"name_{key}", key)


@cache
def words_in(language: str) -> Words:
    """The phrases of one of LANGUAGES."""
    text = (resources.files("dossier") / "words.toml").read_text(encoding="utf-8")
    return Words(language, {key: said[language] for key, said in tomllib.loads(text).items()})
