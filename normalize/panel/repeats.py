"""What a report repeats of the same agency's earlier ones: tables (Y-SAME) and text (G-TEXT)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations

from rapidfuzz import fuzz

from normalize.forms import all_forms
from normalize.panel.history import Figure, Key, PanelCheck, YearReport, whole_report
from normalize.panel.settings import PanelSettings

SECTIONS = ("overview", "problems")
"""Sections that should not be the same two years running; the others often say 无."""


@cache
def sums(table: str) -> frozenset[tuple[str, str]]:
    """The rows and columns of a table that its hard identities make of others: ("row", name)."""
    rules = (
        rule
        for form in all_forms()
        for found in form.tables
        if found.name == table
        for rule in found.rules
    )
    return frozenset(
        ("column" if rule.each == "row" else "row", rule.right[0])
        for rule in rules
        if rule.kind == "H" and rule.relation == "=" and len(rule.right) == 1
    )


@cache
def is_sum(key: Key) -> bool:
    """Whether the form computes the cell from others, so that it says nothing of its own."""
    table, row, column = key
    made = sums(table)
    return ("row", row) in made or ("column", column) in made


def tables_of(report: YearReport) -> dict[str, dict[Key, Figure]]:
    """The figures by table."""
    tables: dict[str, dict[Key, Figure]] = {}
    for key, figure in report.figures.items():
        tables.setdefault(key[0], {})[key] = figure
    return tables


def own_figures(figures: Mapping[Key, Figure]) -> dict[Key, Decimal]:
    """The figures of a table that are not zero and no sums of others."""
    return {
        key: figure.value for key, figure in figures.items() if figure.value and not is_sum(key)
    }


def same_table_checks(
    this: YearReport, last: YearReport, settings: PanelSettings
) -> Iterator[PanelCheck]:
    """Y-SAME, once a table: whether its own figures are last year's.

    `expected` are the figures compared, `actual` those that are the same. A table with too few of
    them cannot be told from another one.
    """
    before = tables_of(last)
    for table, figures in sorted(tables_of(this).items()):
        now, then = own_figures(figures), own_figures(before.get(table, {}))
        compared = now.keys() | then.keys()
        same = sum(1 for key, value in now.items() if then.get(key) == value)
        if table not in before or max(len(now), len(then)) < settings.same_cells:
            passed = None
        else:
            passed = same < settings.same_cells or same < settings.same_share * len(compared)
        form = next(iter(figures.values())).form
        yield whole_report(
            this,
            "Y-SAME",
            "X",
            passed,
            last,
            expected=len(compared),
            actual=same,
            place=(form, table, "", ""),
        )


def same_text_checks(
    history: Sequence[YearReport], settings: PanelSettings
) -> Iterator[PanelCheck]:
    """G-TEXT, once a report and section: how like the likest earlier text the section is.

    `row` names the section, `actual` is the likeness in percent, `expected` what it must stay
    below. The first year that has the section has nothing to be like.
    """
    for section in SECTIONS:
        told = [report for report in history if section in report.sections]
        likest: dict[int, tuple[float, YearReport]] = {}
        for (_, earlier), (at, later) in combinations(enumerate(told), 2):
            like = _likeness(earlier.sections[section], later.sections[section], settings)
            if like and like > likest.get(at, (0.0, later))[0]:
                likest[at] = (like, earlier)
        for at, report in enumerate(told):
            found = likest.get(at)
            short = len(report.sections[section]) < settings.alike_least
            yield whole_report(
                report,
                "G-TEXT",
                "I",
                None if at == 0 or short else found is None,
                found[1] if found else None,
                expected=Decimal(str(settings.alike)),
                actual=Decimal(f"{found[0]:.1f}") if found else None,
                place=("", "", section, ""),
            )


def _likeness(one: str, other: str, settings: PanelSettings) -> float:
    """In percent, 0 where it is below what is looked for or the texts are too short to tell."""
    if min(len(one), len(other)) < settings.alike_least:
        return 0.0
    return float(fuzz.ratio(one, other, score_cutoff=settings.alike))
