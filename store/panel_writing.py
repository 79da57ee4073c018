"""Keeps the checks between reports, and what was checked with which reports and rules.

A unit is what is checked as one: the `years` of one agency, the `peers` of one group, one of the
`territories`, all `twins`.
It is stale when its digest is another one, or when a report of it was loaded in the second of the
check or later: moments are kept in whole seconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, insert, select

from normalize.panel.history import PanelCheck
from store.schema import panel_checks, panel_prints, panel_states, reports
from store.values import decimal_to_text

YEARS, TWINS, PEERS, TERRITORIES = "years", "twins", "peers", "territories"


class State(NamedTuple):
    """A digest of what a unit was checked with, and when."""

    digest: str
    checked_at: datetime


class Print(NamedTuple):
    """A stored fingerprint with the report that bears it."""

    what: str
    print: str
    report_id: str
    agency_id: str
    year: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one check came out which way."""

    check: str
    kind: str
    passed: int
    failed: int
    not_assessable: int


def stored_states(connection: Connection, part: str) -> dict[str, State]:
    """The state of every unit of a part."""
    s = panel_states.c
    chosen = select(s.unit, s.state, s.checked_at).where(s.part == part)
    return {unit: State(digest, moment) for unit, digest, moment in connection.execute(chosen)}


def forget_units(connection: Connection, part: str, units: Sequence[str]) -> None:
    """Remove what is kept of some units: checks, fingerprints and state."""
    if not units:
        return
    given = [{"old_unit": unit} for unit in units]
    old: BindParameter[str] = bindparam("old_unit")
    for table in (panel_checks, panel_states):
        connection.execute(delete(table).where(table.c.part == part, table.c.unit == old), given)
    if part == YEARS:
        connection.execute(delete(panel_prints).where(panel_prints.c.unit == old), given)


def keep_units(
    connection: Connection,
    part: str,
    found: Mapping[str, Sequence[PanelCheck]],
    states: Mapping[str, State],
) -> None:
    """Keep the checks of units that were forgotten before, and their states."""
    rows = [row for unit, checks in found.items() for row in _to_rows(part, unit, checks)]
    if rows:
        connection.execute(insert(panel_checks), rows)
    kept = [
        {"part": part, "unit": unit, "state": state.digest, "checked_at": state.checked_at}
        for unit, state in states.items()
    ]
    if kept:
        connection.execute(insert(panel_states), kept)


def keep_prints(connection: Connection, prints: Iterable[Print]) -> None:
    rows = [
        {"report_id": p.report_id, "what": p.what, "print": p.print, "unit": p.agency_id}
        for p in prints
    ]
    if rows:
        connection.execute(insert(panel_prints), rows)


def shared_prints(connection: Connection) -> list[Print]:
    """The fingerprints that several current reports bear, like ones together."""
    p, r = panel_prints.c, reports.c
    several = (
        select(p.what, p.print)
        .group_by(p.what, p.print)
        .having(func.count() > 1)
        .subquery("several")
    )
    chosen = (
        select(p.what, p.print, p.report_id, p.unit, r.year)
        .join_from(panel_prints, several, (p.what == several.c.what) & (p.print == several.c.print))
        .join(reports, p.report_id == r.report_id)
        .where(r.superseded_by.is_(None))
        .order_by(p.what, p.print, r.year, p.report_id)
    )
    return [Print(*row) for row in connection.execute(chosen)]


def tally(connection: Connection) -> list[Tally]:
    """All that is kept, by check; right after a check that is of current reports alone."""
    c = panel_checks.c
    chosen = select(c.check, c.kind, c.passed, func.count()).group_by(c.check, c.kind, c.passed)
    counts: dict[tuple[str, str], Counter[bool | None]] = {}
    for check, kind, passed, number in connection.execute(chosen):
        counts.setdefault((check, kind), Counter())[passed] += number
    return [
        Tally(check, kind, counted[True], counted[False], counted[None])
        for (check, kind), counted in sorted(counts.items())
    ]


def _to_rows(part: str, unit: str, checks: Sequence[PanelCheck]) -> Iterator[dict[str, object]]:
    """The rows, positions from 1 within each report."""
    positions: Counter[str] = Counter()
    for check in checks:
        positions[check.report_id] += 1
        expected, actual = check.expected, check.actual
        yield {
            "report_id": check.report_id,
            "part": part,
            "position": positions[check.report_id],
            "unit": unit,
            "agency_id": check.agency_id,
            "year": check.year,
            "other_report_id": check.other_report_id,
            "check": check.check,
            "kind": check.kind,
            "form": check.form,
            "table": check.table,
            "row": check.row,
            "column": check.column,
            "expected": expected,
            "expected_exact": None if expected is None else decimal_to_text(expected),
            "actual": actual,
            "actual_exact": None if actual is None else decimal_to_text(actual),
            "passed": check.passed,
            "blank_as_zero": check.blank_as_zero,
        }
