"""Which agency and which two of its reports are meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dossier.errors import DossierError
from normalize.report import Verdict
from store.connections import reading
from store.selection import Selection
from store.tidy import contract_table, view_table

if TYPE_CHECKING:
    from sqlalchemy import Engine

_MOST_NAMED = 8

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Found:
    """An agency's usable reports of a year or several: rows of the panel, by year.

    Where a year has several, the row is of the one that was accepted and has the most cells;
    `others` are the sources of the rest.
    """

    name: str
    names: tuple[str, ...]
    rows: Mapping[int, Row]
    others: tuple[str, ...]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(self.rows)


def find_agency(engine: Engine, wanted: str) -> Found:
    """The agency of that id or name, or the only one whose name has these words in it.

    DossierError when there is none, or there are several.
    """
    with reading(engine) as connection:
        table = contract_table("reports")
        names = [column.name for column in table.columns]
        reports = [dict(zip(names, row, strict=True)) for row in table.rows(connection)]
        bodies = _bodies([r for r in reports if r["status"] != Verdict.QUARANTINED.value])
        body = _choose(bodies, wanted.strip())
        panel = view_table(connection, "panel", Selection(reports=tuple(bodies[body])))
        columns = [column.name for column in panel.columns]
        rows = [dict(zip(columns, row, strict=True)) for row in panel.rows(connection)]
    return _to_found(rows)


def choose_years(found: Found, year: int | None, against: int | None) -> tuple[int, int]:
    """The year before and the year; the newest two where nothing else is said.

    DossierError when a year is not there.
    """
    listed = ", ".join(map(str, found.years))
    for wish in (year, against):
        if wish is not None and wish not in found.rows:
            raise DossierError(f"{found.name} has no report for {wish}; it has {listed}")
    later = year if year is not None else max(y for y in found.years if y != against)
    earlier = [y for y in found.years if y < later] or [y for y in found.years if y != later]
    if against is None and not earlier:
        raise DossierError(f"{found.name} has a report for {listed} alone; it takes two years")
    before = against if against is not None else max(earlier)
    if before == later:
        raise DossierError(f"{before} cannot be held against itself; there are {listed}")
    return before, later


def _bodies(reports: Iterable[Row]) -> dict[tuple[str, str], list[str]]:
    """The ids of reports by body: its id, or its name where it has none, and the newest name."""
    ids: dict[str, list[str]] = {}
    newest: dict[str, tuple[int, str]] = {}
    for report in reports:
        name, year = report["agency"], report["year"]
        if not isinstance(name, str) or not isinstance(year, int):
            continue
        key = str(report["agency_id"] or name)
        ids.setdefault(key, []).append(str(report["report_id"]))
        newest[key] = max(newest.get(key, (0, "")), (year, name))
    return {(key, newest[key][1]): own for key, own in ids.items()}


def _choose(bodies: Iterable[tuple[str, str]], wanted: str) -> tuple[str, str]:
    listed = sorted(bodies)
    exact = [body for body in listed if wanted in body]
    near = exact or [body for body in listed if wanted and wanted in body[1]]
    if len(near) == 1:
        return near[0]
    if not near:
        raise DossierError(f"no agency is called {wanted!r}; 'gongkai query' lists the names")
    shown = ", ".join(f"{name} ({key})" for key, name in near[:_MOST_NAMED])
    more = f" and {len(near) - _MOST_NAMED} more" if len(near) > _MOST_NAMED else ""
    raise DossierError(f"{len(near)} agencies are called so: {shown}{more}; name one by its id")


def _to_found(rows: Sequence[Row]) -> Found:
    best: dict[int, Row] = {}
    others: list[str] = []
    for row in sorted(rows, key=_rank):
        year = row["year"]
        if isinstance(year, int):
            if year in best:
                others.append(str(row["source"]))
            else:
                best[year] = row
    by_year = {year: best[year] for year in sorted(best)}
    names = tuple(dict.fromkeys(str(row["agency"]) for row in reversed(by_year.values())))
    return Found(names[0], names, by_year, tuple(sorted(others)))


def _rank(row: Row) -> tuple[bool, int, str]:
    cells = row["cells"]
    return (
        row["report_status"] != Verdict.ACCEPTED.value,
        -cells if isinstance(cells, int) else 0,
        str(row["report_id"]),
    )
