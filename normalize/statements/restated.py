"""Which cells a measure of a sentence restates, as `checks.toml` lists them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import TypedDict, cast

from normalize.report import Observation, Status

Key = tuple[str, str, str]
Sum = tuple[tuple[int, Key], ...]
"""Cells with the sign each is added with."""

EMPTY = (Status.BLANK, Status.PLACEHOLDER)


class _Restated(TypedDict, total=False):
    check: str
    measures: list[str]
    cells: list[list[str]]
    also: list[list[str]]
    same: bool
    fewer_unless: str


class _Parts(TypedDict, total=False):
    check: str
    whole: list[str]
    parts: list[str]
    complete: bool


class _Shares(TypedDict):
    measures: list[str]
    wholes: list[list[str]]


class _File(TypedDict):
    restated: list[_Restated]
    parts: list[_Parts]
    shares: list[_Shares]


@dataclass(frozen=True, slots=True)
class Restatement:
    """The cells of one measure: `sums` are alternatives, `also` what decides nothing when equal.

    Fewer than the table has decides nothing either, unless `fewer_unless` is in the quote.
    """

    check: str
    sums: tuple[Sum, ...]
    also: tuple[Sum, ...]
    fewer_unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole and its parts; `complete` parts are all there are."""

    check: str
    wholes: tuple[str, ...]
    parts: tuple[str, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Total:
    """What the tables have for a sum.

    `value` counts blanks as zero, None when a cell is missing or unreadable; `is_whole` is False
    when a cell holds no number.
    """

    value: Decimal | None
    is_whole: bool
    cells: tuple[Key, ...]


@cache
def restatements() -> Mapping[str, Restatement]:
    """Every measure that a table may have too, by its name."""
    out: dict[str, Restatement] = {}
    for entry in _file()["restated"]:
        words = entry.get("fewer_unless")
        for measure in entry["measures"]:
            cells = [[measure]] if entry.get("same", False) else entry["cells"]
            out[measure] = Restatement(
                check=entry["check"],
                sums=tuple(_to_sum(names) for names in cells),
                also=tuple(_to_sum(names) for names in entry.get("also", [])),
                fewer_unless=re.compile(words) if words else None,
            )
    return out


@cache
def wholes() -> tuple[Whole, ...]:
    """Every whole whose parts a sentence may name with it."""
    return tuple(
        Whole(e["check"], tuple(e["whole"]), tuple(e["parts"]), e.get("complete", False))
        for e in _file()["parts"]
    )


@cache
def shares() -> Mapping[str, tuple[Sum, ...]]:
    """What a share of a measure may be a share of, by the measure's name."""
    return {
        measure: tuple(_to_sum(names) for names in entry["wholes"])
        for entry in _file()["shares"]
        for measure in entry["measures"]
    }


def total_of(sums: Sequence[Sum], observations: Mapping[Key, Observation]) -> Total | None:
    """The first of the sums whose cells the report's tables have; None when they have none."""
    for cells in sums:
        if all(key in observations for _, key in cells):
            return _add(cells, observations)
    return None


def _add(cells: Sum, observations: Mapping[Key, Observation]) -> Total:
    found = [(sign, observations[key]) for sign, key in cells]
    statuses = {o.status for _, o in found}
    keys = tuple(key for _, key in cells)
    if statuses & {Status.MISSING, Status.UNREADABLE}:
        return Total(None, False, keys)
    value = sum((sign * (o.value or Decimal(0)) for sign, o in found), Decimal(0))
    return Total(value, not statuses & set(EMPTY), keys)


def _to_sum(names: Sequence[str]) -> Sum:
    return tuple((-1 if name.startswith("-") else 1, _to_key(name.lstrip("-"))) for name in names)


def _to_key(name: str) -> Key:
    table, row, column = name.split(".")
    return table, row, column


def _file() -> _File:
    file = resources.files("normalize.statements") / "checks.toml"
    return cast("_File", tomllib.loads(file.read_text(encoding="utf-8")))
