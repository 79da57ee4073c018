"""What a report's observations and checks come to: the columns of its row in `panel_rows`.

A measure has a value and a state, the number of its status in STATES, plus FLAGGED where one of
its cells is in doubt. A sum has a value only where every part has one; its status is that of the
part that is first in _WORST_FIRST.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from normalize.report import Status
from store.measures import TOPICS, Measure, all_measures, measured_forms
from store.names import Name

NO_TABLE, NOT_IN_FORM = "no_table", "not_in_form"
STATES = (
    Status.REPORTED.value,
    Status.CORRECTED.value,
    Status.BLANK.value,
    Status.PLACEHOLDER.value,
    Status.UNREADABLE.value,
    Status.MISSING.value,
    NO_TABLE,
    NOT_IN_FORM,
)
FLAGGED = 8

_WORST_FIRST = (
    Status.UNREADABLE.value,
    Status.MISSING.value,
    Status.PLACEHOLDER.value,
    Status.BLANK.value,
    Status.CORRECTED.value,
    Status.REPORTED.value,
)
_RANKS = {status: rank for rank, status in enumerate(_WORST_FIRST)}
_CODES = {status: code for code, status in enumerate(STATES)}
MIXED = ("proactive",)
"""Topics whose table may have blocks of different forms."""


class Cell(NamedTuple):
    """An observation as it is stored: its exact digits, its status, whether it is in doubt."""

    digits: str | None
    status: str
    flagged: bool


class Measured(NamedTuple):
    """A measure of one report, and the form it was taken from (None where it has none)."""

    value: Decimal | None
    status: str
    flagged: bool
    form: str | None


def cells_to_row(cells: Mapping[Name, Cell]) -> dict[str, object]:
    """Every column of a report's row that follows from its observations."""
    tables = {(form, table) for form, table, _, _ in cells}
    present = {topic: _forms_present(topic, tables) for topic in TOPICS}
    forms: dict[str, set[str]] = {topic: set() for topic in TOPICS}
    row: dict[str, object] = {}
    for measure in all_measures():
        measured = _measure(measure, cells, present[measure.topic])
        row[measure.name] = measured.value
        row[f"{measure.name}_state"] = _CODES[measured.status] + FLAGGED * measured.flagged
        if measured.form is not None:
            forms[measure.topic].add(measured.form)
    for topic, used in forms.items():
        row[f"{topic}_form"] = "+".join(sorted(used)) or None
    return row | _count_cells(cells)


def _forms_present(topic: str, tables: set[tuple[str, str]]) -> tuple[str, ...]:
    """The forms that a topic is taken from, newest first.

    Of two tables of requests or of proceedings the older is another year's or agency's; a table of
    proactive disclosure may really mix two forms, block by block.
    """
    found = tuple(form for form, table in _topic_tables(topic) if (form, table) in tables)
    return found if topic in MIXED else found[:1]


@cache
def _topic_tables(topic: str) -> tuple[tuple[str, str], ...]:
    """The (form, table) that hold measures of a topic, newest form first."""
    names = {
        (name[0], name[1])
        for measure in all_measures()
        if measure.topic == topic
        for names in measure.cells.values()
        for name in names
    }
    return tuple(sorted(names, reverse=True))


def _measure(measure: Measure, cells: Mapping[Name, Cell], present: Sequence[str]) -> Measured:
    """The measure from the newest form present whose cells are there."""
    best: Measured | None = None
    for form in present:
        if form in measure.cells:
            parts = [cells.get(name, _MISSING) for name in measure.cells[form]]
            found = _add_up(parts, form)
            if found.status != Status.MISSING.value:
                return found
            best = best or found
    return best or Measured(None, NOT_IN_FORM if present else NO_TABLE, False, None)


_MISSING = Cell(None, Status.MISSING.value, False)


def _add_up(parts: Sequence[Cell], form: str) -> Measured:
    if len(parts) == 1:
        [part] = parts
        return Measured(_to_decimal(part.digits), part.status, part.flagged, form)
    values = [_to_decimal(part.digits) for part in parts]
    total = sum((value for value in values if value is not None), Decimal(0))
    return Measured(
        None if None in values else total,
        min((part.status for part in parts), key=_RANKS.__getitem__),
        any(part.flagged for part in parts),
        form,
    )


@lru_cache(maxsize=4096)
def _to_decimal(digits: str | None) -> Decimal | None:
    return None if digits is None else Decimal(digits)


def _count_cells(cells: Mapping[Name, Cell]) -> dict[str, object]:
    statuses = Counter(cell.status for cell in cells.values())
    return {
        "cells": len(cells),
        "cells_flagged": sum(cell.flagged for cell in cells.values()),
        "cells_zero": sum(cell.digits == "0" for cell in cells.values()),
        **{
            f"cells_{status.value}": statuses[status.value]
            for status in (Status.BLANK, Status.PLACEHOLDER, Status.UNREADABLE, Status.MISSING)
        },
    }


class Outcomes:
    """What the checks of one report came to."""

    def __init__(self) -> None:
        self._failed = 0
        self._with_blanks: dict[str, set[bool | None]] = {}

    def count(self, table: str, kind: str, passed: bool | None, blank_as_zero: bool | None) -> None:
        if passed is False and kind != "I":
            self._failed += 1
        elif passed is None and kind == "H":
            self._with_blanks.setdefault(table, set()).add(blank_as_zero)

    def to_row(self) -> dict[str, object]:
        return {
            "checks_failed": self._failed,
            **{f"{topic}_blank_as_zero": self._blank_as_zero(topic) for topic in TOPICS[:2]},
        }

    def _blank_as_zero(self, topic: str) -> bool | None:
        """Whether the table's identities hold with its blanks as zeros; None where it has none."""
        found = self._with_blanks.get(topic, set()) | self._with_blanks.get("statistics", set())
        if False in found:
            return False
        return None if None in found or not found else True


def differing(topic: str, form: str) -> Iterable[str]:
    """The measures of a topic that a form counts otherwise than the newest form having them."""
    return (m.name for m in all_measures() if m.topic == topic and form in m.differs)


def forms_of(topic: str) -> tuple[str, ...]:
    """The forms that have measures of a topic, newest first."""
    having = {form for m in all_measures() if m.topic == topic for form in m.cells}
    return tuple(form for form in measured_forms() if form in having)
