"""What the views and their columns are for, in the words of the codebook."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from explore.database import Database
from explore.wording import Words

_LABELS = """
SELECT column_name, label_zh, label_en FROM codebook WHERE view_name = :view ORDER BY position
"""


def view_words(name: str, words: Words) -> str:
    """What a row of the view is; nothing for tables, which the codebook does not describe."""
    described = _described().get(name)
    if described is not None:
        return described["description_zh" if words.language == "zh" else "description"]
    table, _, form = name.rpartition("_")
    if table and form.isdecimal():
        return words("view_of_form", form=form, table=words.name("table", table))
    return ""


def column_labels(database: Database, view: str, words: Words) -> Mapping[str, str]:
    """What the codebook calls the columns of a view; empty for a table."""
    label = "label_zh" if words.language == "zh" else "label_en"
    return {row["column_name"]: row[label] for row in database.rows(_LABELS, {"view": view})}


@cache
def _described() -> Mapping[str, Mapping[str, str]]:
    text = (resources.files("store") / "codebook.toml").read_text(encoding="utf-8")
    views: Mapping[str, Mapping[str, str]] = tomllib.loads(text)["views"]
    return views
