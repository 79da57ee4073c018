"""The checks over years and between reports, of what changed since they were last made.

Every agency is a unit: its reports are read, checked and written together, a few agencies to a
transaction, so that a check that is stopped goes on where it was. Groups of peers are units too.
Twins are found anew each time, from fingerprints that are kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from sqlalchemy import Engine

from normalize.panel.assess import agency_to_checks
from normalize.panel.declared import peer_measures, rules_digest, summed_cells
from normalize.panel.history import PanelCheck, YearReport
from normalize.panel.peers import peer_checks
from normalize.panel.territories import (
    coverage_check,
    is_within,
    sum_checks,
    territory_checks,
)
from normalize.panel.twins import (
    Bearer,
    copies_to_check,
    report_to_fingerprints,
    twins_to_checks,
)
from normalize.places.gazetteer import divisions_of
from store.connections import reading, writing
from store.panel_reading import Listed, PanelReader, list_reports, names_of_bytes
from store.panel_writing import (
    PEERS,
    TERRITORIES,
    TWINS,
    YEARS,
    Print,
    State,
    Tally,
    forget_units,
    keep_prints,
    keep_units,
    shared_prints,
    stored_states,
    tally,
)

_REPORTS_AT_ONCE = 400
"""Reports whose checks are written in one transaction, at least an agency's."""

Units = Mapping[str, Sequence[Listed]]
"""Reports by the unit that they are checked in."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at; `tallies` are the outcomes in the whole database."""

    agencies: int
    agencies_checked: int
    reports_checked: int
    groups_checked: int
    tallies: tuple[Tally, ...]


def check_panel(
    engine: Engine, everything: bool = False, progress: Callable[[int, int], None] | None = None
) -> Checked:
    """Check what changed, or everything, and keep the outcomes.

    `progress` is told how many reports are done, and of how many. Results do not depend on what
    was checked before.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    with reading(engine) as connection:
        listed = list_reports(connection)
    agencies = _units(listed, lambda report: report.agency_id)
    known = [report for report in listed if report.level and report.agency_kind]
    groups = _units(known, _group_of)
    territories = _territories(known)
    stale = _prepare(engine, YEARS, agencies, now, everything)
    stale_groups = _prepare(engine, PEERS, groups, now, everything)
    stale_territories = _prepare(engine, TERRITORIES, territories, now, everything)
    done, total = 0, sum(len(agencies[unit]) for unit in stale)
    for batch in _batches(stale, agencies):
        _check_agencies(engine, batch, agencies, stale)
        done += sum(len(agencies[unit]) for unit in batch)
        if progress is not None:
            progress(done, total)
    for unit in stale_groups:
        _check_peers(engine, unit, groups[unit], stale_groups[unit])
    for unit in stale_territories:
        _check_territory(engine, unit, territories[unit], stale_territories[unit])
    _check_twins(engine, listed)
    with reading(engine) as connection:
        tallies = tuple(tally(connection))
    return Checked(
        len(agencies),
        len(stale),
        total,
        len(stale_groups),
        tallies,
    )


def _units(listed: Iterable[Listed], unit_of: Callable[[Listed], str]) -> dict[str, list[Listed]]:
    units: dict[str, list[Listed]] = {}
    for report in listed:
        units.setdefault(unit_of(report), []).append(report)
    return units


def _group_of(report: Listed) -> str:
    return f"{report.level} {report.agency_kind} {report.year}"


def _prepare(
    engine: Engine, part: str, units: Units, now: datetime, everything: bool
) -> dict[str, State]:
    """The states of the units to be checked; what was kept of them, and of units that are no
    more, is forgotten.
    """
    with writing(engine) as connection:
        stored = stored_states(connection, part)
        stale = _stale(units, {} if everything else stored, now)
        gone = [unit for unit in stored if unit not in units or unit in stale]
        forget_units(connection, part, gone)
    return stale


def _stale(units: Units, stored: Mapping[str, State], now: datetime) -> dict[str, State]:
    rules = rules_digest()
    stale: dict[str, State] = {}
    for unit, members in units.items():
        digest = _digest(rules, members)
        old = stored.get(unit)
        newest = max(report.loaded_at for report in members)
        if old is None or old.digest != digest or newest >= old.checked_at:
            stale[unit] = State(digest, now)
    return stale


def _digest(rules: str, members: Sequence[Listed]) -> str:
    said = "\n".join(
        f"{r.report_id} {r.agency_id} {r.year} {r.published_on} {r.scope} {r.loaded_at}"
        for r in members
    )
    return hashlib.sha256(f"{rules}\n{said}".encode("utf-8", "surrogatepass")).hexdigest()


def _batches(stale: Iterable[str], agencies: Units) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for unit in stale:
        batch.append(unit)
        size += len(agencies[unit])
        if size >= _REPORTS_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _check_agencies(
    engine: Engine, batch: Sequence[str], agencies: Units, states: Mapping[str, State]
) -> None:
    with reading(engine) as connection:
        reports = PanelReader(connection).read([r for unit in batch for r in agencies[unit]])
    found: dict[str, tuple[PanelCheck, ...]] = {}
    for unit, members in groupby(reports, key=lambda report: report.agency_id):
        found[unit] = agency_to_checks(tuple(members))
    prints = [_to_print(report) for report in reports]
    with writing(engine) as connection:
        keep_units(connection, YEARS, found, {unit: states[unit] for unit in batch})
        keep_prints(connection, (one for several in prints for one in several))


def _to_print(report: YearReport) -> list[Print]:
    return [
        Print(one.what, one.print, report.report_id, report.agency_id, report.year)
        for one in report_to_fingerprints(report)
    ]


def _check_peers(engine: Engine, unit: str, members: Sequence[Listed], state: State) -> None:
    keys = {key for measure in peer_measures() for key in measure.keys}
    with reading(engine) as connection:
        found = tuple(peer_checks(PanelReader(connection).read_cells(members, keys)))
    with writing(engine) as connection:
        keep_units(connection, PEERS, {unit: found}, {unit: state})


def _territories(listed: Iterable[Listed]) -> dict[str, list[Listed]]:
    """Each report of a government that has divisions, and those of the governments in it.

    They are those of its direct divisions, or of all where it reports its whole territory.
    """
    by_province: dict[tuple[int, str], list[Listed]] = {}
    governments = [r for r in listed if r.agency_kind == "government" and r.region_code]
    for report in governments:
        by_province.setdefault((report.year, (report.region_code or "")[:2]), []).append(report)
    units: dict[str, list[Listed]] = {}
    for whole in governments:
        code = whole.region_code or ""
        direct = divisions_of(code, whole.year)
        if not direct and whole.scope != "territory":
            continue
        parts = [
            report
            for report in by_province[whole.year, code[:2]]
            if report.region_code in direct
            or (whole.scope == "territory" and is_within(report.region_code or "", code))
        ]
        if direct or parts:
            units[whole.report_id] = [whole, *parts]
    return units


def _check_territory(engine: Engine, unit: str, members: Sequence[Listed], state: State) -> None:
    first, *others = members
    direct = divisions_of(first.region_code or "", first.year)
    reported = {report.region_code or "" for report in others}
    found: list[PanelCheck] = []
    if direct:
        found.append(coverage_check(first.report_id, first.agency_id, first.year, direct, reported))
    if first.scope == "territory":
        with reading(engine) as connection:
            whole, *parts = PanelReader(connection).read_cells(members, summed_cells())
        by_code = {
            listed.region_code or "": report for listed, report in zip(others, parts, strict=True)
        }
        found += territory_checks(whole, parts)
        found += sum_checks(whole, direct, by_code)
    with writing(engine) as connection:
        keep_units(connection, TERRITORIES, {unit: tuple(found)}, {unit: state})


def _check_twins(engine: Engine, listed: Sequence[Listed]) -> None:
    by_id = {report.report_id: report for report in listed}
    with writing(engine) as connection:
        forget_units(connection, TWINS, [""])
        found: list[PanelCheck] = []
        for (what, _), group in groupby(
            shared_prints(connection), key=lambda one: (one.what, one.print)
        ):
            bearers = [Bearer(one.report_id, one.agency_id, one.year) for one in group]
            found += twins_to_checks(what, bearers)
        for report_id, names in names_of_bytes(connection):
            if report_id in by_id:
                report = by_id[report_id]
                bearer = Bearer(report.report_id, report.agency_id, report.year)
                found.append(copies_to_check(bearer, names))
        keep_units(connection, TWINS, {"": found}, {})
