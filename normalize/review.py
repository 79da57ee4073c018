"""The cells of a report that a person should look at, those first whose decision clears most doubt.

A cell that arithmetic locates comes first: to decide it settles every identity that it breaks.
Then those that readers or recognition see in two ways, for the page says which is right; those
that arithmetic suspects among others; those of broken checks, by how many other doubtful cells
share them; and single doubts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache

from normalize.blame import OTHERWISE
from normalize.forms import tables_named
from normalize.recognised import LEFT_OPEN, TAKEN_FOR
from normalize.report import Check, Observation, Report, Status
from normalize.rules import Key, rule_to_instances
from normalize.typed import typed_to_value as typed_to_value

FAILS = "fails "
"""How the doubt of a cell begins that a check casts on it; the check's name follows."""

_SEEN_OTHERWISE = OTHERWISE.removeprefix("{reader}").partition("{")[0]
_RECOGNISED = tuple(phrase.partition("{")[0] for phrase in (LEFT_OPEN, TAKEN_FOR))
_NOT_SUMS = ("count", "pattern", "printed")

Place = tuple[str, str, str, str]
"""(form, table, row, column)."""


class Reason(IntEnum):
    """Why a cell is looked at, the most informative first."""

    LOCATED = 0
    """Arithmetic names this cell alone and says its value."""
    DIFFERENT = 1
    """Readers read different things, or recognition saw several."""
    SUSPECTED = 2
    """Arithmetic names a few cells of which this is one."""
    BROKEN = 3
    """A check that involves it fails."""
    SINGLE = 4
    """A doubt about this cell alone."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """One flagged cell; `shared` counts the other flagged cells in the failing checks it is in."""

    observation: Observation
    reason: Reason
    shared: int

    @property
    def place(self) -> Place:
        return place_of(self.observation)


def place_of(o: Observation) -> Place:
    return o.form, o.table, o.row, o.column


@dataclass(frozen=True, slots=True)
class OtherReading:
    """What a reader, or recognition where none is named, takes the cell for."""

    reader: str
    said: str


@dataclass(frozen=True, slots=True)
class State:
    """What a cell held when somebody looked at it, as two short texts that can be compared later.

    `read` is of what was read from the page, `shown` of the value in force and of the suggestion.
    A decision on the print holds as long as `read` does; "as printed" and "as suggested" mean what
    was shown.
    """

    read: str
    shown: str

    def __str__(self) -> str:
        return f"{self.read}-{self.shown}"


def observation_to_state(o: Observation) -> State:
    replaced = o.status is Status.CORRECTED
    value, status = (o.original_value, o.original_status) if replaced else (o.value, o.status)
    read, shown = _digest(value, status, o.raw), _digest(o.value, o.status, o.suggestion)
    # The letters keep a spreadsheet from taking the digits for a number.
    return State(f"r{read}", f"s{shown}")


def _digest(*parts: object) -> str:
    text = "\n".join(_said(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:12]


def _said(part: object) -> str:
    """None apart from every text; a number however it is written."""
    if isinstance(part, Decimal):
        return f"={part.normalize():f}"
    return "" if part is None else f"={part}"


def report_to_doubtful(report: Report, check: str = "") -> tuple[Doubtful, ...]:
    """The flagged cells in the order in which to look at them; of one check where it is named."""
    flagged = {place_of(o): o for o in report.observations if o.flagged}
    if not flagged:
        return ()
    beside: dict[Place, set[Place]] = {place: set() for place in flagged}
    for failing in report.checks:
        if is_failing(failing):
            together = [p for p in check_to_places(failing, flagged) if p in flagged]
            for place in together:
                beside[place].update(together)
    ranked = [
        Doubtful(o, observation_to_reason(o), len(beside[place] - {place}))
        for place, o in flagged.items()
        if not check or f"{FAILS}{check}" in o.doubts
    ]
    # Equals stay in the order of the form, which is how the page is read.
    return tuple(sorted(ranked, key=lambda each: (each.reason, -each.shared)))


def is_failing(check: Check) -> bool:
    """Whether a check casts doubt: it fails, or does with blanks as zero, and is no remark."""
    return check.kind != "I" and (check.passed is False or check.blank_as_zero is False)


def observation_to_reason(o: Observation) -> Reason:
    if o.suggestion is not None:
        return Reason.LOCATED
    if any(_SEEN_OTHERWISE in d or d.startswith(_RECOGNISED) for d in o.doubts):
        return Reason.DIFFERENT
    if o.suggested_by:
        return Reason.SUSPECTED
    if any(doubt.startswith(FAILS) for doubt in o.doubts):
        return Reason.BROKEN
    return Reason.SINGLE


def check_to_places(check: Check, cells: Mapping[Place, Observation]) -> tuple[Place, ...]:
    """The cells that a check involves: its operands, or those among `cells` that name it."""
    operands = _operands(check.form, check.table).get((check.check, (check.row, check.column)))
    if operands is not None:
        return tuple((check.form, check.table, *key) for key in operands)
    doubt = f"{FAILS}{check.check}"
    named = (p for p, o in cells.items() if o.table == check.table and doubt in o.doubts)
    return tuple(dict.fromkeys(((check.form, check.table, check.row, check.column), *named)))


def observation_to_other_readings(o: Observation) -> tuple[OtherReading, ...]:
    """What other readers read in the cell, and what recognition took it for."""
    found = []
    for doubt in o.doubts:
        for pattern in _READINGS:
            if match := pattern.fullmatch(doubt):
                parts = match.groupdict()
                found.append(OtherReading(parts.get("reader", ""), parts["said"]))
    return tuple(found)


def _phrase_to_pattern(phrase: str, said: str) -> re.Pattern[str]:
    """A phrase of the readers' with its parts as groups; what stands at `said` is the reading."""
    escaped = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*)", re.escape(phrase))
    return re.compile(escaped.replace(f"(?P<{said}>", "(?P<said>"), re.DOTALL)


_READINGS = (
    _phrase_to_pattern(OTHERWISE, "said"),
    _phrase_to_pattern(TAKEN_FOR, "top"),
    _phrase_to_pattern(LEFT_OPEN, "candidates"),
)


@lru_cache(maxsize=64)
def _operands(form: str, table: str) -> Mapping[tuple[str, Key], tuple[Key, ...]]:
    return dict(_named_operands(form, table))


def _named_operands(form: str, table: str) -> Iterator[tuple[tuple[str, Key], tuple[Key, ...]]]:
    for edition in tables_named(table):
        if edition.form == form:
            for rule in edition.rules:
                if rule.relation not in _NOT_SUMS:
                    for instance in rule_to_instances(rule, edition):
                        yield (rule.check, instance.anchor), instance.cells
