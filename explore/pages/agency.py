"""One agency: its reports, what its requests came to, its failed checks, its peers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from explore.charts import Chart, Series
from explore.database import Database, Row
from explore.errors import NotThere
from explore.labels import measure_label
from explore.summary import COMPARED, Spread, Summary
from explore.sums import OUTCOMES, PROCEEDINGS
from explore.wording import Words
from store.measuring import FLAGGED, STATES

MOST_CHECKS = 200
_SHOWN = ("received", "outcomes", *OUTCOMES, "carried_forward", *PROCEEDINGS)

_REPORTS = """
SELECT r.report_id, r.agency, r.agency_id, r.year, r.status, r.level, r.agency_kind,
    r.region_code, r.source, r.title, p.cells, p.cells_flagged, p.checks_failed, {measures}
FROM reports AS r LEFT JOIN panel_rows AS p ON p.report_id = r.report_id
WHERE r.superseded_by IS NULL AND {body} ORDER BY r.year, r.report_id LIMIT 500
"""
_FAILED = """
SELECT report_id, year, check_name, kind, form, form_table, form_row, form_column,
    expected, actual, blame
FROM failed_checks WHERE report_id IN ({reports}) ORDER BY year DESC, position LIMIT {most}
"""
_FAILED_ELSEWHERE = """
SELECT report_id, year, check_name, kind, form, form_table, form_row, form_column, expected, actual,
    other_report_id, other_year, other_agency
FROM failed_panel_checks WHERE report_id IN ({reports}) ORDER BY year DESC LIMIT {most}
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of one report: its value, its status, and whether it is in doubt."""

    value: float | None
    status: str
    flagged: bool


@dataclass(frozen=True, slots=True)
class YearRow:
    """One report with its figures, in the order of the page's measures."""

    report: Row
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class PeerRow:
    """A measure of one year beside the quartiles of agencies of the same level and kind."""

    year: int
    measure: str
    own: Figure
    peers: Spread


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """`key` is the agency's lasting id, or the name as printed where it has none."""

    key: str
    name: str
    names: tuple[str, ...]
    level: str | None
    kind: str | None
    region_code: str | None
    measures: tuple[str, ...]
    years: tuple[YearRow, ...]
    failed: tuple[Row, ...]
    failed_elsewhere: tuple[Row, ...]
    peers: tuple[PeerRow, ...]


def agency_page(database: Database, summary: Summary, key: str) -> AgencyPage:
    """The page of the agency with that id or name; NotThere when no report is of it."""
    rows = _reports(database, key)
    if not rows:
        raise NotThere(f"there is no report of {key}", "look for the agency by its name")
    newest = rows[-1]
    years = tuple(YearRow(row, tuple(_figure(row, name) for name in _SHOWN)) for row in rows)
    # The ids are hexadecimal digits, from the database itself.
    ids = ", ".join(f"'{row['report_id']}'" for row in rows)
    return AgencyPage(
        key=key,
        name=newest["agency"] or key,
        names=tuple(dict.fromkeys(row["agency"] for row in rows if row["agency"])),
        level=newest["level"],
        kind=newest["agency_kind"],
        region_code=newest["region_code"],
        measures=_SHOWN,
        years=years,
        failed=tuple(database.rows(_FAILED.format(reports=ids, most=MOST_CHECKS))),
        failed_elsewhere=tuple(
            database.rows(_FAILED_ELSEWHERE.format(reports=ids, most=MOST_CHECKS))
        ),
        peers=tuple(_peers(summary, rows)),
    )


def agency_to_charts(page: AgencyPage, words: Words) -> dict[str, Chart]:
    """Requests, outcomes and proceedings over the years, by the name of the chart.

    A year without a report is a gap, and so is a figure on which several reports of it differ.
    """
    by_year: dict[int, list[YearRow]] = {}
    for row in page.years:
        if row.report["year"] is not None:
            by_year.setdefault(row.report["year"], []).append(row)
    if not by_year:
        return {}
    years = tuple(range(min(by_year), max(by_year) + 1))

    def series(names: tuple[str, ...]) -> tuple[Series, ...]:
        return tuple(
            Series(
                measure_label(name, words),
                tuple(_agreed(by_year.get(year, ()), page.measures.index(name)) for year in years),
            )
            for name in names
        )

    categories = tuple(str(year) for year in years)
    note = words("chart_gap_note")
    unit = words("unit_requests")
    return {
        "requests": Chart(
            "lines",
            f"{page.name}{words('sep')}{words('chart_requests')}",
            unit,
            categories,
            series(("received", "granted", "refused")),
            note,
        ),
        "outcomes": Chart(
            "stack",
            f"{page.name}{words('sep')}{words('chart_outcomes')}",
            unit,
            categories,
            series(OUTCOMES),
            note,
        ),
        "proceedings": Chart(
            "lines",
            f"{page.name}{words('sep')}{words('chart_proceedings')}",
            words("unit_cases"),
            categories,
            series(PROCEEDINGS),
            note,
        ),
    }


def _agreed(reports: Sequence[YearRow], measure: int) -> float | None:
    """The one number that a year's reports give for a measure; None for none and for several."""
    values = {row.figures[measure].value for row in reports} - {None}
    return values.pop() if len(values) == 1 else None


def _reports(database: Database, key: str) -> list[Row]:
    measures = ", ".join(f"p.{name}, p.{name}_state" for name in _SHOWN)
    by_id = _REPORTS.format(measures=measures, body="r.agency_id = :key")
    by_name = _REPORTS.format(measures=measures, body="r.agency_id IS NULL AND r.agency = :key")
    return database.rows(by_id, {"key": key}) or database.rows(by_name, {"key": key})


def _figure(row: Row, name: str) -> Figure:
    state = row[f"{name}_state"]
    if state is None:
        return Figure(None, "quarantined", False)
    return Figure(row[name], STATES[state % FLAGGED], state >= FLAGGED)


def _peers(summary: Summary, rows: list[Row]) -> list[PeerRow]:
    found = []
    for row in reversed(rows):
        group = summary.peers.get((row["year"], row["level"], row["agency_kind"]), {})
        found += [
            PeerRow(row["year"], name, _figure(row, name), group[name])
            for name in COMPARED
            if name in group and row[f"{name}_state"] is not None
        ]
    return found
