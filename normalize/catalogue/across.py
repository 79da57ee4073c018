"""Rules between the tables of one report, and between a table and the words beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from normalize.catalogue.outcome import Finding, Outcome, Place
from normalize.catalogue.subject import Subject
from normalize.forms import Kind
from normalize.report import Observation

_PROCEEDINGS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
_NO_FEES = re.compile(r"(?:未|没有|无|不存在)(?:收取|征收|发生)?(?:任何)?行政事业性(?:收费|费用)")
_TAKEN = re.compile(r"行政事业性收费(?:金额)?(?:共计?|合计|总额)?[^\d。；，]{0,6}(?=[1-9])")

_Found = tuple[Sequence[Finding], bool | None]


def across_outcomes(subject: Subject) -> Iterator[Outcome]:
    for check, kind, find in ACROSS_CHECKS:
        findings, passed = find(subject)
        yield Outcome(check, kind, tuple(findings), passed)


def _place(o: Observation) -> Place:
    return o.form, o.table, o.row, o.column


def _totals(subject: Subject, table: str, rows: Sequence[str]) -> list[Observation]:
    """The figures of the column `total` in some rows; fewer where one is not there."""
    return [
        o
        for o in subject.observations
        if (o.table, o.column) == (table, "total") and o.row in rows and o.value is not None
    ]


def _more_proceedings_than_requests(subject: Subject) -> _Found:
    requests = _totals(subject, "requests", ("received", "carried_over"))
    proceedings = _totals(subject, "proceedings", _PROCEEDINGS)
    if len(requests) < 2 or len(proceedings) < len(_PROCEEDINGS):
        return (), None
    handled = sum((o.value or Decimal(0) for o in requests), Decimal(0))
    brought = sum((o.value or Decimal(0) for o in proceedings), Decimal(0))
    if brought <= handled:
        return (), True
    cells = tuple(_place(o) for o in (*proceedings, *requests))
    return [Finding(cells[0], handled, brought, cells)], True


def _fees_against_words(subject: Subject) -> _Found:
    """Fees where the text says that none were taken; none where it says how many."""
    fees = [o for o in subject.observations if (o.row, o.column) == ("fees", "amount")]
    if not fees or fees[0].value is None:
        return (), None
    texts = [s.text for s in subject.sections if s.section in ("overview", "proactive")]
    said = next((True for text in texts if _NO_FEES.search(text)), False)
    taken = next((True for text in texts if _TAKEN.search(text)), False)
    if not said and not taken:
        return (), None
    contradicted = bool(fees[0].value) if said else not fees[0].value
    place = _place(fees[0])
    found = Finding(place, Decimal(0) if said else None, fees[0].value, (place,))
    return ([found] if contradicted else ()), True


ACROSS_CHECKS: tuple[tuple[str, Kind, Callable[[Subject], _Found]], ...] = (
    ("P-REL2", "S", _more_proceedings_than_requests),
    ("A-FEE0", "S", _fees_against_words),
)
