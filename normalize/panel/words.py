"""Sentences about last year, against the report of that year: N-GROW and Y-DUAL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from normalize.forms import Field, all_fields
from normalize.panel.history import Key, PanelCheck, YearReport
from normalize.report import Check, Observation, Statement, Status
from normalize.statements.growth import growth_to_checks
from normalize.statements.restated import Sum, restatements, total_of


def growth_checks(this: YearReport, last: YearReport) -> Iterator[PanelCheck]:
    """N-GROW: growth that sentences state, where both years' tables can prove it."""
    stated = [s for s in this.statements if s.claim == "growth"]
    if not stated:
        return
    keys = _keys_of(stated, strip=True)
    now, before = (tuple(_cells(report, keys).values()) for report in (this, last))
    for check in growth_to_checks(stated, now, before):
        yield _to_panel_check(check, this, last)


def quoted_checks(this: YearReport, last: YearReport) -> Iterator[PanelCheck]:
    """Y-DUAL: what this report says of last year, against what last year's report has.

    `expected` is what the sentence says; the cell is last year's.
    """
    quoted = [
        s
        for s in this.statements
        if s.claim == "figure"
        and s.year == last.year
        and s.scope == "own"
        and not s.approximate
        and s.measure in restatements()
    ]
    cells = _cells(last, _keys_of(quoted, strip=False))
    for statement in quoted:
        restated = restatements()[statement.measure]
        sums = (*restated.sums, *restated.also)
        totals = [total for one in sums if (total := total_of((one,), cells)) is not None]
        if not totals:
            continue
        first = totals[0]
        holds: bool | None = None
        if first.value is not None:
            holds = any(total.value == statement.value for total in totals)
        table, row, column = first.cells[0]
        yield PanelCheck(
            this.report_id,
            this.agency_id,
            this.year,
            "Y-DUAL",
            "X",
            last.report_id,
            cells[first.cells[0]].form,
            table,
            row,
            column,
            expected=statement.value,
            actual=first.value,
            passed=holds if first.is_whole else None,
            blank_as_zero=holds,
        )


def _keys_of(statements: list[Statement], *, strip: bool) -> set[Key]:
    """The cells that measures restate; `strip` where a measure ends with its kind of growth."""
    measures = {s.measure.rpartition(".")[0] if strip else s.measure for s in statements}
    found = (restatements().get(measure) for measure in measures)
    sums: list[Sum] = [one for r in found if r is not None for one in (*r.sums, *r.also)]
    return {key for one in sums for _, key in one}


def _cells(report: YearReport, keys: set[Key]) -> dict[Key, Observation]:
    """The cells that the report's tables have, missing where they were not found."""
    tables = {table: report.forms_of(table) for table in {key[0] for key in keys}}
    cells: dict[Key, Observation] = {}
    known = _fields()
    for field in (field for key in sorted(keys) for field in known.get(key, ())):
        key = (field.table, field.row, field.column)
        if field.form not in tables[field.table]:
            continue
        figure = report.figures.get(key)
        if figure is None:
            status = Status.MISSING
        else:
            status = Status.BLANK if figure.value is None else Status.REPORTED
        value = figure.value if figure else None
        cells[key] = Observation(field.form, *key, value, field.unit, status)
    return cells


@cache
def _fields() -> Mapping[Key, tuple[Field, ...]]:
    """The editions of each cell, oldest first."""
    found: dict[Key, tuple[Field, ...]] = {}
    for field in all_fields():
        key = (field.table, field.row, field.column)
        found[key] = (*found.get(key, ()), field)
    return found


def _to_panel_check(check: Check, this: YearReport, last: YearReport) -> PanelCheck:
    return PanelCheck(
        this.report_id,
        this.agency_id,
        this.year,
        check.check,
        "S",
        last.report_id,
        check.form,
        check.table,
        check.row,
        check.column,
        check.expected,
        check.actual,
        check.passed,
        check.blank_as_zero,
    )
