"""What is usually printed in the tables of such reports, as `vocabulary.toml` has it."""

from __future__ import annotations

import tomllib
from importlib import resources

WORDS: frozenset[str] = frozenset(
    tomllib.loads((resources.files(__package__) / "vocabulary.toml").read_text("utf-8"))["printed"]
)
