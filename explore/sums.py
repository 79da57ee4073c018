"""Sums over groups of reports: what was printed, of how many reports, and how many had nothing.

A blank is no zero: it adds nothing to a sum, and its report is not among those that the sum is of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from explore.database import Database, Row
from store.measuring import FLAGGED, NO_TABLE, STATES

OUTCOMES = (
    "granted",
    "partially_granted",
    "refused",
    "unavailable",
    "not_processed",
    "other",
)
GROUNDS = (
    "refused_state_secret",
    "refused_prohibited_by_law",
    "refused_security_stability",
    "refused_third_party_rights",
    "refused_internal_affairs",
    "refused_deliberative_process",
    "refused_enforcement_files",
    "refused_administrative_query",
)
PROCEEDINGS = (
    "reconsiderations",
    "reconsiderations_corrected",
    "litigations",
    "litigations_corrected",
)
SUMMED = ("received", "outcomes", *OUTCOMES, "concluded", "carried_forward", *PROCEEDINGS)
"""The measures of which sums are kept."""

FAMILIES = {"outcome": (*OUTCOMES, "outcomes"), "ground": (*GROUNDS, "refused")}
"""Parts with their whole, summed over the reports that print all of them: what `outcome.granted`
is a share of is then `outcome.outcomes`, of the same reports."""

_STATES_WITHOUT = STATES.index(NO_TABLE)
"""States below this one have the table."""


@dataclass(frozen=True, slots=True)
class Sum:
    """`total` of `reports` that print the number, in `doubtful` of which it is in doubt.

    `without` have the table, and no number there.
    """

    total: float = 0
    reports: int = 0
    without: int = 0
    doubtful: int = 0

    def __add__(self, other: Sum) -> Sum:
        return Sum(
            self.total + other.total,
            self.reports + other.reports,
            self.without + other.without,
            self.doubtful + other.doubtful,
        )


def total(groups: Iterable[Mapping[str, Sum]], name: str) -> Sum:
    """The sum of that name over several groups."""
    return sum((sums[name] for sums in groups), Sum())


@dataclass(frozen=True, slots=True)
class Counts:
    """Reports by what became of them, and how sure their cells are."""

    reports: int = 0
    accepted: int = 0
    needs_review: int = 0
    quarantined: int = 0
    cells: int = 0
    flagged: int = 0
    checks_failed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.reports + other.reports,
            self.accepted + other.accepted,
            self.needs_review + other.needs_review,
            self.quarantined + other.quarantined,
            self.cells + other.cells,
            self.flagged + other.flagged,
            self.checks_failed + other.checks_failed,
        )


def groups_query(keys: str, condition: str) -> str:
    """One row a group of the `keys`: counts, and of each measure what a Sum has.

    The condition is one on `reports AS r`.
    """
    parts = [
        f"SELECT {keys}, count(*) AS reports",
        *(
            f"sum(r.status = '{status}') AS {status}"
            for status in ("accepted", "needs_review", "quarantined")
        ),
        "sum(p.cells) AS cells, sum(p.cells_flagged) AS flagged",
        "sum(p.checks_failed) AS checks_failed",
    ]
    for name in SUMMED:
        parts += [
            f"sum(p.{name}), count(p.{name})",
            f"sum(p.{name} IS NULL AND p.{name}_state % {FLAGGED} < {_STATES_WITHOUT})",
            f"sum(p.{name}_state >= {FLAGGED} AND p.{name} IS NOT NULL)",
        ]
    for family in FAMILIES.values():
        complete = " AND ".join(f"p.{name} IS NOT NULL" for name in family)
        doubtful = " OR ".join(f"p.{name}_state >= {FLAGGED}" for name in family)
        parts += [
            f"sum({complete}), sum({complete} AND ({doubtful}))",
            *(f"sum(p.{name}) FILTER (WHERE {complete})" for name in family),
        ]
    places = ", ".join(str(place) for place in range(1, keys.count(" AS ") + 1))
    return (
        f"{', '.join(parts)} FROM reports AS r LEFT JOIN panel_rows AS p "
        f"ON p.report_id = r.report_id WHERE {condition} GROUP BY {places}"
    )


def row_to_counts(row: Row) -> Counts:
    """The counts of a group."""
    return Counts(**{name: row[name] or 0 for name in Counts.__slots__})


def row_to_sums(row: Row, keys: int) -> dict[str, Sum]:
    """The sums of a group with so many keys, from the columns as the query orders them."""
    rest = iter([value or 0 for value in tuple(row)[keys + len(Counts.__slots__) :]])
    sums = {name: Sum(next(rest), next(rest), next(rest), next(rest)) for name in SUMMED}
    for family, names in FAMILIES.items():
        complete, doubtful = next(rest), next(rest)
        for name in names:
            sums[f"{family}.{name}"] = Sum(next(rest), complete, 0, doubtful)
    return sums


def read_cities(
    database: Database, condition: str, named: Mapping[str, object]
) -> dict[str | None, Mapping[str, Sum]]:
    """The sums of the reports that meet the condition, by the first four digits of the division."""
    query = groups_query("substr(r.region_code, 1, 4) AS city", condition)
    return {row["city"]: row_to_sums(row, 1) for row in database.rows(query, named)}
