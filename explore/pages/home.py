"""The first page: what is in the database, where it is dense, how sure it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from explore.summary import Group, Summary
from explore.sums import Counts

YEAR, LEVEL, KIND, PROVINCE = range(4)
"""Places of a group."""


@dataclass(frozen=True, slots=True)
class Share:
    """One year, level or province, and the reports there are of it."""

    value: int | str | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A year with its reports by level, in the order of the page's levels."""

    year: int | None
    counts: Counts
    by_level: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything counts current reports; `superseded` are those that newer bytes replaced."""

    counts: Counts
    agencies: int
    superseded: int
    statements: int
    corrections: int
    made_at: datetime
    levels: tuple[str | None, ...]
    years: tuple[CoverageRow, ...]
    provinces: tuple[Share, ...]


def home_page(summary: Summary) -> HomePage:
    """The page, from the summary alone."""
    levels = tuple(None if v is None else str(v) for v in summary.values(LEVEL))
    return HomePage(
        counts=summary.counted(),
        agencies=summary.agencies,
        superseded=summary.superseded,
        statements=summary.statements,
        corrections=summary.corrections,
        made_at=summary.made_at,
        levels=levels,
        years=tuple(_year(summary, year, levels) for year in summary.values(YEAR)),
        provinces=shares(summary, PROVINCE),
    )


def shares(
    summary: Summary, place: int, wanted: Callable[[Group], bool] = lambda _: True
) -> tuple[Share, ...]:
    """The reports of every value that stands at one place of the wanted groups."""
    counts: dict[int | str | None, Counts] = {value: Counts() for value in summary.values(place)}
    for group, own in summary.counts.items():
        if wanted(group):
            counts[group[place]] += own
    return tuple(Share(value, own) for value, own in counts.items() if own.reports)


def _year(summary: Summary, year: int | str | None, levels: tuple[str | None, ...]) -> CoverageRow:
    own = [(group, counts) for group, counts in summary.counts.items() if group[YEAR] == year]
    return CoverageRow(
        year=None if year is None else int(year),
        counts=sum((counts for _, counts in own), Counts()),
        by_level=tuple(
            sum(counts.reports for group, counts in own if group[LEVEL] == level)
            for level in levels
        ),
    )
