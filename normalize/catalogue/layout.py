"""Checks of how tables and sections are laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from normalize.catalogue.outcome import Finding, Outcome
from normalize.catalogue.subject import Subject
from normalize.forms import Kind, all_forms
from normalize.observations import TWICE
from normalize.placed import (
    APART,
    LABEL_BEHIND,
    LAST_LOST,
    NOT_SEPARABLE,
    OTHER_ORDER,
    OUT_OF_ORDER,
    POSITION_ONLY,
    SURPLUS,
    UNKNOWN_LABEL,
)
from normalize.report import Status
from normalize.sections import UNCLASSIFIED
from normalize.tables import TableReading

STATUTORY = ("overview", "proactive", "requests", "proceedings", "problems", "other_matters")
"""The sections of the forms of 2019 and later, in order."""

_TABLED = ("requests", "proceedings")
_LABELS = {TWICE, POSITION_ONLY, UNKNOWN_LABEL, APART, OTHER_ORDER, OUT_OF_ORDER, LABEL_BEHIND}
_COUNTS = {SURPLUS, LAST_LOST, NOT_SEPARABLE}
_SHORT = 10
_FIRST_YEAR_WITH_SECTIONS = 2019

_Found = tuple[Iterable[Finding], bool | None]
"""Where the rule fails, and its outcome where it fails nowhere."""


def layout_outcomes(subject: Subject) -> Iterator[Outcome]:
    for check, kind, find in LAYOUT_CHECKS:
        findings, passed = find(subject)
        yield Outcome(check, kind, tuple(findings), passed)


def _tabled(subject: Subject) -> bool | None:
    return True if subject.tables else None


def _row(form: str, table: str, row: str) -> Finding:
    return Finding((form, table, row, ""))


def _labels(subject: Subject) -> _Found:
    """Rows that were not found by a label of their own, or found twice."""
    rows = {
        (o.form, o.table, o.row): None
        for table in subject.tables
        for o in table.observations
        if not _LABELS.isdisjoint(o.doubts)
    }
    absent = {place: None for table in subject.tables for place in _absent_rows(table)}
    return (_row(*place) for place in {**rows, **absent}), _tabled(subject)


def _absent_rows(table: TableReading) -> list[tuple[str, str, str]]:
    printed: dict[tuple[str, str, str], bool] = {}
    for o in table.observations:
        place = (o.form, o.table, o.row)
        printed[place] = printed.get(place, False) or o.status is not Status.MISSING
    return [place for place, found in printed.items() if not found]


def _widths(subject: Subject) -> _Found:
    """Rows that have another number of figures than the form."""
    rows = {
        (o.form, o.table, o.row): None
        for o in subject.observations
        if not _COUNTS.isdisjoint(o.doubts)
    }
    return (_row(*place) for place in rows), _tabled(subject)


def _over_pages(subject: Subject) -> _Found:
    """Tables on several pages of which a row is lacking or comes twice."""
    split = [t for t in subject.tables if len({o.page for o in t.observations if o.page}) > 1]
    broken = [t for t in split if _absent_rows(t) or any(TWICE in o.doubts for o in t.observations)]
    found = (Finding((_form_of(t), t.table, "", "")) for t in broken)
    return found, True if split else None


def _form_of(table: TableReading) -> str:
    return table.observations[0].form if table.observations else ""


def _forms(subject: Subject) -> _Found:
    """Tables in an edition that is not that of the report's year."""
    year = subject.identity.year
    if year is None or not subject.tables:
        return (), None
    of_year = {form.name for form in all_forms() if form.includes_year(year)}
    places = {(o.form, o.table): None for o in subject.observations if o.form not in of_year}
    return (Finding((*place, "", "")) for place in places), True


def _doubled(subject: Subject) -> _Found:
    found = (Finding((_form_of(t), t.table, "", "")) for t in subject.tables if t.doubled)
    return found, _tabled(subject)


def _pictures(subject: Subject) -> _Found:
    """Pictures that hold what was read, in a document that has text as well."""
    document = subject.document
    seen = set(document.recognised_pages)
    mixed = bool(seen) and len(seen) < (document.pages or 0)
    return ([Finding(("", "", "", ""))] if mixed else ()), _tabled(subject)


def _statutory(subject: Subject) -> bool | None:
    """None where the form asks for no such sections."""
    year = subject.identity.year
    return None if year is None or year < _FIRST_YEAR_WITH_SECTIONS else True


def _order(subject: Subject) -> _Found:
    """Statutory sections that are lacking, or stand behind one that should follow them."""
    present = [s.section for s in subject.sections if s.section != UNCLASSIFIED]
    lacking = [name for name in STATUTORY if name not in present]
    places = [STATUTORY.index(name) for name in present if name in STATUTORY]
    turned = [STATUTORY[b] for a, b in pairwise(places) if b < a]
    passed = _statutory(subject)
    names = dict.fromkeys([*lacking, *turned]) if passed else {}
    return (Finding(("", "", name, "")) for name in names), passed


def _empty_sections(subject: Subject) -> _Found:
    """Headings with nothing behind them, and problems that are none."""
    found = [
        s.section
        for s in subject.sections
        if s.heading
        and not subject.has_table(s.section)
        and len(s.text.strip()) < (_SHORT if s.section == "problems" else 1)
    ]
    named = [Finding(("", "", name, "")) for name in dict.fromkeys(found)]
    return named, True if subject.sections else None


def _without_table(subject: Subject) -> _Found:
    headed = {s.section for s in subject.sections}
    lacking = [name for name in _TABLED if name in headed and not subject.has_table(name)]
    passed = _statutory(subject)
    return [Finding(("", name, "", "")) for name in lacking if passed], passed


LAYOUT_CHECKS: tuple[tuple[str, Kind, Callable[[Subject], _Found]], ...] = (
    ("L-LABEL", "X", _labels),
    ("L-COUNT", "X", _widths),
    ("L-SPLIT", "X", _over_pages),
    ("L-FORM", "I", _forms),
    ("L-TWO", "I", _doubled),
    ("L-IMG", "I", _pictures),
    ("L-ORD", "I", _order),
    ("L-EMPTY", "I", _empty_sections),
    ("L-MISS", "I", _without_table),
)
