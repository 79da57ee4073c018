"""The declared arithmetic between a report and the one of the year before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from normalize.forms import all_forms
from normalize.panel.declared import Formula, Term, formulas
from normalize.panel.history import Figure, PanelCheck, YearReport

_Editions = Mapping[str, frozenset[str]]
"""The editions in which a report prints each table."""

_NONE: frozenset[str] = frozenset()


def formula_checks(this: YearReport, last: YearReport) -> Iterator[PanelCheck]:
    """Every formula that speaks of the editions that the two reports print.

    Not assessable where a cell is missing or unreadable, or where one report speaks of the body
    alone and the other of its whole territory.
    """
    comparable = this.scope is None or last.scope is None or this.scope == last.scope
    now, before = _editions(this), _editions(last)
    for formula in formulas():
        form = _form_of(formula, now, before, last.year)
        if form is not None:
            yield _weigh(formula, form, this, last, comparable)


def _editions(report: YearReport) -> _Editions:
    found: dict[str, set[str]] = {}
    for key, figure in report.figures.items():
        found.setdefault(key[0], set()).add(figure.form)
    return {table: frozenset(forms) for table, forms in found.items()}


def _form_of(formula: Formula, now: _Editions, before: _Editions, year_before: int) -> str | None:
    """The edition of the anchor's table; None where the formula does not speak of the pair.

    Where the year before lacks the table, the edition that was in force then is taken: the formula
    speaks of it but has no operand.
    """
    own = now.get(formula.right.key[0], _NONE)
    others = {term.key[0] for term in formula.left if term.last}
    printed = [before.get(table) or _in_force(year_before) for table in others]
    for form_before, form in sorted(formula.forms, reverse=True):
        if form in own and all(form_before in forms for forms in printed):
            return form
    return None


@cache
def _in_force(year: int) -> frozenset[str]:
    return frozenset(form.name for form in all_forms() if form.includes_year(year))


def _weigh(
    formula: Formula, form: str, this: YearReport, last: YearReport, comparable: bool
) -> PanelCheck:
    found = [_figure(term, this, last) for term in formula.left]
    anchor = _figure(formula.right, this, last)
    complete = comparable and anchor is not None and None not in found
    left = sum(
        (
            term.sign * (figure.value or Decimal(0))
            for term, figure in zip(formula.left, found, strict=True)
            if figure is not None
        ),
        Decimal(0),
    )
    right = (anchor.value if anchor else None) or Decimal(0)
    holds: bool | None = _holds(formula, left, right) if complete else None
    if holds is False and formula.unless is not None and _says(this, formula):
        holds = None
    blank = any(figure is not None and figure.value is None for figure in (*found, anchor))
    table, row, column = formula.right.key
    return PanelCheck(
        this.report_id,
        this.agency_id,
        this.year,
        formula.check,
        formula.kind,
        last.report_id,
        form,
        table,
        row,
        column,
        expected=left if complete else None,
        actual=anchor.value if anchor else None,
        passed=None if blank else holds,
        blank_as_zero=holds,
    )


def _figure(term: Term, this: YearReport, last: YearReport) -> Figure | None:
    return (last if term.last else this).figures.get(term.key)


def _holds(formula: Formula, left: Decimal, right: Decimal) -> bool:
    match formula.relation:
        case "<=":
            return left <= right
        case ">=":
            return left >= right
        case "0=>0":
            return left != 0 or right == 0
        case "~":
            return abs(left - right) <= max(formula.share * abs(left), formula.least)
        case _:
            return left == right


def _says(report: YearReport, formula: Formula) -> bool:
    """Whether the text explains why the formula does not hold."""
    pattern = formula.unless
    return pattern is not None and any(map(pattern.search, report.sections.values()))
