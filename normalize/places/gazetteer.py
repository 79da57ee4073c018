"""The administrative divisions of China, 1980 to 2024, each with the years it was so named."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files

LAST_YEAR = 2024
"""The last year that the table covers; later ones take its divisions."""


class Rank(IntEnum):
    """A division's rank; towns and villages are not in the table."""

    PROVINCE = 1
    CITY = 2
    COUNTY = 3


@dataclass(frozen=True, slots=True)
class Place:
    """One division under one name: `code` has six digits and is that of the years given.

    `short` is the name without its kind (empty when that has one character), `province` and `city`
    are codes, the latter empty for a province. `stable` stays the same when name or code change;
    for counties the source calls it unsure.
    """

    code: str
    name: str
    short: str
    rank: Rank
    province: str
    city: str
    stable: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places of one year by code, and by the words they may go by."""

    by_code: Mapping[str, Place]
    by_word: Mapping[str, tuple[Place, ...]]
    longest: int


@cache
def _all_places() -> tuple[Place, ...]:
    text = files("normalize.places").joinpath("places.csv").read_text(encoding="utf-8")
    return tuple(
        Place(
            row["code"],
            row["name"],
            row["short"],
            Rank(int(row["rank"])),
            row["province"],
            row["city"],
            row["stable"],
            int(row["first"]),
            int(row["last"]),
        )
        for row in csv.DictReader(text.splitlines())
    )


@cache
def gazetteer(year: int) -> Gazetteer:
    """The divisions of a year."""
    asked = min(year, LAST_YEAR)
    places = [place for place in _all_places() if place.first <= asked <= place.last]
    by_word: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        for word in {place.name, place.short} - {""}:
            by_word[word].append(place)
    return Gazetteer(
        by_code={place.code: place for place in places},
        by_word={word: tuple(found) for word, found in by_word.items()},
        longest=max(map(len, by_word)),
    )


@cache
def divisions_of(code: str, year: int) -> frozenset[str]:
    """The codes of the divisions directly below one: cities of a province, counties of a city.

    Counties that belong to no city of the table are those of their province.
    """
    by_code = gazetteer(year).by_code
    return frozenset(
        place.code for place in by_code.values() if _code_above(place, by_code) == code
    )


def _code_above(place: Place, by_code: Mapping[str, Place]) -> str | None:
    if place.rank is Rank.PROVINCE:
        return None
    in_a_city = place.rank is Rank.COUNTY and place.city != place.code and place.city in by_code
    return place.city if in_a_city else place.province
