"""One agency's reports over the years, as far as they are compared, and what the checks found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from normalize.forms import Kind
from normalize.report import Statement

Key = tuple[str, str, str]
"""(table, row, column): the same cell in every edition of the form that has it."""


class Figure(NamedTuple):
    """A cell that was read: `value` in the unit of the form, None for a blank or a placeholder.

    A cell that is missing or unreadable is no figure.
    """

    form: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class YearReport:
    """A report as its neighbours in time see it.

    `agency_id` is the same for the same body under all its names; where the body is unknown it is
    the name as printed (see `identity`). `sections` are texts by canonical name, `statements`
    figures and growth that sentences state of the agency itself.
    """

    report_id: str
    agency_id: str
    year: int
    figures: Mapping[Key, Figure]
    published_on: date | None = None
    scope: str | None = None
    sections: Mapping[str, str] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()

    def forms_of(self, table: str) -> frozenset[str]:
        """The editions in which the report prints the table, none where it does not."""
        return frozenset(figure.form for key, figure in self.figures.items() if key[0] == table)


@dataclass(frozen=True, slots=True)
class PanelCheck:
    """One rule applied to a report and another one, at its anchor cell in the first.

    The cell's names are empty for a rule of the whole report. `passed` and `blank_as_zero` are as
    in `normalize.report.Check`. `other_report_id` is None where several reports stand against one.
    """

    report_id: str
    agency_id: str
    year: int | None
    check: str
    kind: Kind
    other_report_id: str | None = None
    form: str = ""
    table: str = ""
    row: str = ""
    column: str = ""
    expected: Decimal | None = None
    actual: Decimal | None = None
    passed: bool | None = None
    blank_as_zero: bool | None = None


def whole_report(
    report: YearReport,
    check: str,
    kind: Kind,
    passed: bool | None,
    other: YearReport | None = None,
    *,
    expected: Decimal | int | None = None,
    actual: Decimal | int | None = None,
    place: tuple[str, str, str, str] = ("", "", "", ""),
) -> PanelCheck:
    """A check without blanks among its operands, of the report as a whole unless a place is given.

    `place` is (form, table, row, column), as much of it as is meant.
    """
    return PanelCheck(
        report.report_id,
        report.agency_id,
        report.year,
        check,
        kind,
        other.report_id if other else None,
        *place,
        expected=None if expected is None else Decimal(expected),
        actual=None if actual is None else Decimal(actual),
        passed=passed,
        blank_as_zero=passed,
    )


def one_a_year(
    reports: Iterable[YearReport],
) -> tuple[tuple[YearReport, ...], tuple[tuple[YearReport, YearReport], ...]]:
    """The report that stands for each year, in order, and the others, each behind that one.

    Of several for one year the one published last stands; among equals the id decides.
    """
    standing: dict[int, YearReport] = {}
    others: list[tuple[YearReport, YearReport]] = []
    ordered = sorted(reports, key=lambda r: (r.published_on or date.min, r.report_id), reverse=True)
    for report in ordered:
        if report.year in standing:
            others.append((standing[report.year], report))
        else:
            standing[report.year] = report
    return tuple(standing[year] for year in sorted(standing)), tuple(others)
