"""Small reports of one agency over years, for the tests of the checks between reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from normalize.forms import all_forms, tables_named
from normalize.panel.assess import agency_to_checks
from normalize.panel.history import Figure, Key, PanelCheck, YearReport
from normalize.panel.settings import DEFAULTS, PanelSettings
from normalize.report import Observation, Report, Section, Statement, Status, Verdict
from tests.store_examples import report as stored_report

BLANK = None
"""Printed, and no number."""


def figures(form: str, *tables: str, **values: str | int | None) -> dict[Key, Figure]:
    """Whole tables of zeros, but for `row__column=value`; a row is looked for in each table."""
    found: dict[Key, Figure] = {}
    for name in tables:
        (table,) = (table for table in tables_named(name) if table.form == form)
        for row, column in table.fields:
            value = values.get(f"{row}__{column}", 0)
            number = None if value is BLANK else Decimal(str(value))
            found[name, row, column] = Figure(form, number)
    return found


def year(
    number: int,
    cells: Mapping[Key, Figure] | None = None,
    *,
    agency: str = "110101:水务局",
    without: tuple[str, ...] = (),
    sections: Mapping[str, str] | None = None,
    statements: tuple[Statement, ...] = (),
    scope: str | None = None,
    report_id: str | None = None,
) -> YearReport:
    """The report of one year; `without` are cells, `row.column`, that were not found."""
    kept = {key: f for key, f in (cells or {}).items() if f"{key[1]}.{key[2]}" not in without}
    return YearReport(
        report_id or f"{agency}{number}",
        agency,
        number,
        kept,
        scope=scope,
        sections=sections or {},
        statements=statements,
    )


def outcomes(
    name: str, *reports: YearReport, settings: PanelSettings = DEFAULTS
) -> list[PanelCheck]:
    """The outcomes of one check over the reports of an agency."""
    return [check for check in agency_to_checks(reports, settings) if check.check == name]


def failures(name: str, *reports: YearReport) -> list[tuple[object, ...]]:
    """(year, row, column, expected, actual) of what fails."""
    return [
        (c.year, c.row, c.column, c.expected, c.actual)
        for c in outcomes(name, *reports)
        if c.passed is False
    ]


def full_report(agency: str, number: int, *, text: str = "", **values: int) -> Report:
    """A report with the three tables of the form of its year, zeros but for `row__column=value`."""
    form = [form for form in all_forms() if form.includes_year(number)][-1]
    observations = tuple(
        Observation(
            form.name,
            table.name,
            row,
            column,
            Decimal(values.get(f"{row}__{column}", 0)),
            field.unit,
            Status.REPORTED,
        )
        for table in form.tables
        for (row, column), field in table.fields.items()
        if not field.optional
    )
    name = f"{agency}{number}"
    made = stored_report(name, f"{name}.html", agency=agency, year=number, verdict=Verdict.ACCEPTED)
    sections = (Section("overview", "一、总体情况", text),) if text else ()
    return replace(made, observations=observations, sections=sections)
