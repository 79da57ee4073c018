"""Reads stored reports as the checks over years and between reports want them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, func, select

from normalize.panel.history import Figure, Key, YearReport
from normalize.panel.identity import is_one_body
from normalize.report import Statement, Status, Verdict
from store.readable import observations, statements
from store.schema import fields, reports, sections, sources

_FIGURES = (Status.REPORTED, Status.CORRECTED, Status.BLANK, Status.PLACEHOLDER)
_CLAIMS = ("figure", "growth")
_AT_ONCE = 500
"""Reports asked for by one statement: SQLite takes 32,766 parameters, older ones 999."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A current report of a known year and agency, without what it holds."""

    report_id: str
    agency_id: str
    year: int
    published_on: date | None
    scope: str | None
    level: str | None
    agency_kind: str | None
    region_code: str | None
    loaded_at: datetime


def list_reports(connection: Connection) -> list[Listed]:
    """Every report that can be compared, by agency and year.

    An agency that was not resolved goes by its name as printed. Where that may be the name of
    several bodies, each report is an agency of its own: its id follows the name.
    """
    agency = func.coalesce(reports.c.agency_id, reports.c.agency).label("agency")
    chosen = (
        select(
            reports.c.report_id,
            agency,
            reports.c.year,
            reports.c.published_on,
            reports.c.scope,
            reports.c.level,
            reports.c.agency_kind,
            reports.c.region_code,
            reports.c.loaded_at,
        )
        .where(
            reports.c.superseded_by.is_(None),
            reports.c.status != Verdict.QUARANTINED.value,
            reports.c.year.is_not(None),
            agency.is_not(None),
        )
        .order_by(agency, reports.c.year, reports.c.report_id)
    )
    return [_apart(Listed(*row)) for row in connection.execute(chosen)]


def _apart(listed: Listed) -> Listed:
    if is_one_body(listed.agency_id, listed.level, listed.agency_kind):
        return listed
    return replace(listed, agency_id=f"{listed.agency_id} {listed.report_id}")


class PanelReader:
    """Reads figures, sections and statements of many reports within one connection.

    The same figure is the same object, however often it is read: nearly all of them are zero.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._names: dict[int, tuple[str, Key]] = {
            field_id: (form, (table, row, column))
            for field_id, form, table, row, column in connection.execute(
                select(
                    fields.c.field_id,
                    fields.c.form,
                    fields.c.table,
                    fields.c.row,
                    fields.c.column,
                ).order_by(fields.c.position)
            )
        }
        self._figures: dict[tuple[str, str | None], Figure] = {}

    def read(self, listed: Sequence[Listed]) -> list[YearReport]:
        """The reports with all that they hold, in the order given."""
        out: list[YearReport] = []
        for part in _parts(listed):
            ids = [report.report_id for report in part]
            figures = self._read_figures(ids)
            texts = self._read_sections(ids)
            stated = self._read_statements(ids)
            out += (
                _to_year_report(
                    report,
                    figures.get(report.report_id, {}),
                    texts.get(report.report_id, {}),
                    tuple(stated.get(report.report_id, ())),
                )
                for report in part
            )
        return out

    def read_cells(self, listed: Sequence[Listed], keys: Iterable[Key]) -> list[YearReport]:
        """The reports with no more than the figures of some cells."""
        wanted = set(keys)
        field_ids = [number for number, (_, key) in self._names.items() if key in wanted]
        out: list[YearReport] = []
        for part in _parts(listed):
            figures = self._read_figures([report.report_id for report in part], field_ids)
            out += (_to_year_report(r, figures.get(r.report_id, {}), {}, ()) for r in part)
        return out

    def _read_figures(
        self, ids: Sequence[str], field_ids: Sequence[int] | None = None
    ) -> dict[str, dict[Key, Figure]]:
        """By report and cell; where two editions of the form have the cell, a number goes first."""
        o = observations.c
        chosen: Select[Any] = select(o.report_id, o.field_id, o.value_exact).where(
            o.report_id.in_(ids), o.status.in_([status.value for status in _FIGURES])
        )
        if field_ids is not None:
            chosen = chosen.where(o.field_id.in_(field_ids))
        found: dict[str, dict[Key, Figure]] = {}
        names, known = self._names, self._figures
        for report_id, field_id, digits in self._connection.execute(chosen):
            form, key = names[field_id]
            figure = known.get((form, digits))
            if figure is None:
                value = None if digits is None else Decimal(digits)
                figure = known[form, digits] = Figure(form, value)
            own = found.setdefault(report_id, {})
            other = own.get(key)
            if other is None or _rank(figure) > _rank(other):
                own[key] = figure
        return found

    def _read_sections(self, ids: Sequence[str]) -> dict[str, dict[str, str]]:
        """The text by report and canonical name; sections of one name are one text."""
        s = sections.c
        chosen = (
            select(s.report_id, s.section, s.text)
            .where(s.report_id.in_(ids))
            .order_by(s.report_id, s.position)
        )
        found: dict[str, dict[str, str]] = {}
        for report_id, name, text in self._connection.execute(chosen):
            own = found.setdefault(report_id, {})
            own[name] = f"{own[name]}\n{text}" if name in own else text
        return found

    def _read_statements(self, ids: Sequence[str]) -> dict[str, list[Statement]]:
        """What sentences state exactly of the agency itself."""
        s = statements.c
        chosen = (
            select(s.report_id, s.section, s.measure, s.value_exact, s.unit, s.year, s.claim)
            .where(
                s.report_id.in_(ids),
                s.claim.in_(_CLAIMS),
                s.scope == "own",
                s.approximate.is_(False),
            )
            .order_by(s.report_id, s.position)
        )
        found: dict[str, list[Statement]] = {}
        for report_id, section, measure, digits, unit, year, claim in self._connection.execute(
            chosen
        ):
            found.setdefault(report_id, []).append(
                Statement(section, measure, Decimal(digits), unit, "", year=year, claim=claim)
            )
        return found


def names_of_bytes(connection: Connection) -> list[tuple[str, int]]:
    """Reports whose bytes several current names hold, with the number of names."""
    count = func.count()
    chosen = (
        select(reports.c.report_id, count)
        .join_from(sources, reports, sources.c.sha256 == reports.c.sha256)
        .where(sources.c.current, reports.c.superseded_by.is_(None))
        .group_by(reports.c.report_id)
        .having(count > 1)
        .order_by(reports.c.report_id)
    )
    return [(report_id, number) for report_id, number in connection.execute(chosen)]


def _parts(listed: Sequence[Listed]) -> Iterator[Sequence[Listed]]:
    return (listed[at : at + _AT_ONCE] for at in range(0, len(listed), _AT_ONCE))


def _rank(figure: Figure) -> tuple[bool, str]:
    return figure.value is not None, figure.form


def _to_year_report(
    listed: Listed,
    figures: dict[Key, Figure],
    texts: dict[str, str],
    stated: tuple[Statement, ...],
) -> YearReport:
    return YearReport(
        listed.report_id,
        listed.agency_id,
        listed.year,
        figures,
        listed.published_on,
        listed.scope,
        texts,
        stated,
    )
