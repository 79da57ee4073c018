"""The list of reports, with facets."""

from __future__ import annotations

from dataclasses import dataclass, replace

from explore.database import Database, Row
from explore.filters import STATUSES, UNKNOWN, Filters
from explore.pages.home import KIND, LEVEL, PROVINCE, YEAR, shares
from explore.summary import Summary

ON_A_PAGE = 50
_FACETS = (("year", YEAR), ("level", LEVEL), ("kind", KIND), ("province", PROVINCE))

_LISTED = """
SELECT r.report_id, r.agency, r.agency_id, r.year, r.status, r.level, r.region_code, r.source,
    r.reason, p.cells, p.cells_flagged, p.checks_failed
FROM reports AS r LEFT JOIN panel_rows AS p ON p.report_id = r.report_id
WHERE {condition} AND (coalesce(r.agency, ''), coalesce(r.year, 0), r.report_id)
    > (:agency, :after_year, :after)
ORDER BY r.agency, r.year, r.report_id LIMIT :most
"""
"""Rows are compared as a whole; a NULL among them would leave a report out."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet; `query` is that of the address that chooses it, or undoes it."""

    value: str
    count: int
    is_chosen: bool
    query: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A property of reports with its values; counts leave the choice within it aside."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """`next_query` is that of the address that goes on, empty at the end.

    `total` is None where words are searched for: they are not counted.
    """

    filters: Filters
    facets: tuple[Facet, ...]
    rows: tuple[Row, ...]
    total: int | None
    next_query: str


def reports_page(database: Database, summary: Summary, filters: Filters, after: str) -> ReportsPage:
    """The reports behind the one of id `after`, empty for the first ones."""
    condition, named = filters.to_sql()
    last = database.rows(
        "SELECT agency, year FROM reports WHERE report_id = :after", {"after": after}
    )
    named |= {
        "agency": (last[0]["agency"] or "") if last else "",
        "after_year": (last[0]["year"] or 0) if last else -1,
        "after": after if last else "",
        "most": ON_A_PAGE + 1,
    }
    rows = database.rows(_LISTED.format(condition=condition), named)
    shown = rows[:ON_A_PAGE]
    more = filters.changed(after=shown[-1]["report_id"]) if len(rows) > ON_A_PAGE else ""
    return ReportsPage(
        filters=filters,
        facets=(
            *(_facet(summary, filters, name, place) for name, place in _FACETS),
            _status_facet(summary, filters),
        ),
        rows=tuple(shown),
        total=None if filters.words else _total(summary, filters),
        next_query=more,
    )


def _facet(summary: Summary, filters: Filters, name: str, place: int) -> Facet:
    others = replace(filters, **{name: ""})
    chosen = getattr(filters, name)
    values = []
    for share in shares(summary, place, others.takes):
        value = UNKNOWN if share.value is None else str(share.value)
        count = getattr(share.counts, filters.status or "reports", 0)
        is_chosen = value == chosen
        query = filters.changed(**{name: "" if is_chosen else value})
        values.append(Value(value, count, is_chosen, query))
    return Facet(name, tuple(value for value in values if value.count or value.is_chosen))


def _status_facet(summary: Summary, filters: Filters) -> Facet:
    counts = summary.counted(filters.takes)
    return Facet(
        "status",
        tuple(
            Value(
                status,
                getattr(counts, status),
                status == filters.status,
                filters.changed(status="" if status == filters.status else status),
            )
            for status in STATUSES
        ),
    )


def _total(summary: Summary, filters: Filters) -> int:
    counts = summary.counted(filters.takes)
    return int(getattr(counts, filters.status or "reports", 0))
