"""The measures that are comparable over the years, and the rates made of them.

`measures.toml` says which cells of each form hold a measure, and where a form counts otherwise;
`rates.toml` which measure is divided by which. The panel, its rows and its codebook follow.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from store.names import Name

TOPICS = ("requests", "proceedings", "proactive")
"""What a measure is about; the form of 2014 has all of it in its one table `statistics`."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How a form counts otherwise than the newest one that has the measure."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a report, whatever its form: the sum of `cells` of the form that it has.

    `cells` and `differs` are by form; a form without cells does not have the measure.
    """

    name: str
    topic: str
    unit: str
    label_zh: str
    label_en: str
    description: str
    description_zh: str
    cells: Mapping[str, tuple[Name, ...]]
    differs: Mapping[str, Difference]


@dataclass(frozen=True, slots=True)
class Rate:
    """One measure as a share of another."""

    name: str
    numerator: str
    denominator: str
    label_zh: str
    label_en: str


@cache
def all_measures() -> tuple[Measure, ...]:
    """The measures in the order of the panel's columns."""
    return tuple(_to_measure(entry) for entry in _read("measures.toml")["measure"])


@cache
def all_rates() -> tuple[Rate, ...]:
    """The rates in the order of their columns."""
    return tuple(Rate(**entry) for entry in _read("rates.toml")["rate"])


@cache
def measured_forms() -> tuple[str, ...]:
    """The forms that have measures, newest first."""
    return tuple(sorted({form for measure in all_measures() for form in measure.cells})[::-1])


def _read(name: str) -> dict[str, Any]:
    text = (resources.files("store") / name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def _to_measure(entry: dict[str, Any]) -> Measure:
    return Measure(
        name=entry["name"],
        topic=entry["topic"],
        unit=entry["unit"],
        label_zh=entry["label_zh"],
        label_en=entry["label_en"],
        description=entry.get("description", ""),
        description_zh=entry.get("description_zh", ""),
        cells={
            form: tuple(_to_name(form, cell) for cell in sum_.split(" + "))
            for forms, sum_ in entry["cells"].items()
            for form in forms.split()
        },
        differs={form: Difference(**texts) for form, texts in entry.get("differs", {}).items()},
    )


def _to_name(form: str, cell: str) -> Name:
    table, row, column = cell.split(".")
    return (form, table, row, column)
