"""One table of a form: suggestions for what is broken, then the rules that are no identities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from normalize.applying import EMPTY, UNKNOWN, Applied, Own, apply_rule
from normalize.catalogue.outcome import Finding, Outcome, Place
from normalize.catalogue.patterns import PATTERNS
from normalize.cells import read_cell
from normalize.decoding.code import table_to_code
from normalize.decoding.order import align
from normalize.decoding.suggestions import Printed, Suggestion, suggest
from normalize.forms import FormTable, Rule
from normalize.report import Check, Observation, Status
from normalize.rules import Key

_SLIP = "slip "
_LOWEST_LEVELS = ("county", "township", "village")
_PROOFS = 2


@dataclass(frozen=True, slots=True)
class Assessed:
    """A table's observations with suggestions, and the outcomes of its rules."""

    observations: tuple[Observation, ...]
    outcomes: tuple[Outcome, ...]


def assess_table(
    table: FormTable,
    observations: Sequence[Observation],
    checks: Sequence[Check],
    level: str | None,
) -> Assessed:
    """The cells of one edition; `checks` are its hard ones, `level` the agency's (see `Body`)."""
    own = {(o.row, o.column): o for o in observations if o.form == table.form}
    suggestions = _suggestions(table, own, checks)
    own = {**own, **{s.cell: _suggested(own[s.cell], s) for s in suggestions}}
    sound = all(check.passed for check in checks if check.form == table.form)
    proven = frozenset(own) if sound else _proven(table, own)
    outcomes = [
        outcome
        for rule in table.rules
        if rule.kind != "H"
        for outcome in [
            Outcome(rule.check, rule.kind, (), True, table.form, table.name)
            if rule.implied and sound
            else _outcome(rule, table, own, suggestions, proven, level)
        ]
    ]
    out = (own[o.row, o.column] if o.form == table.form else o for o in observations)
    return Assessed(tuple(out), tuple(_merged(outcomes)))


def _suggestions(table: FormTable, own: Own, checks: Sequence[Check]) -> tuple[Suggestion, ...]:
    """What arithmetic says of broken or unread cells; nothing is computed for a sound table."""
    unread = frozenset(key for key, o in own.items() if o.status in UNKNOWN)
    if not unread and not any(check.is_broken for check in checks):
        return ()
    code = table_to_code(table, frozenset(own))
    values = {key: _printed_number(o) for key, o in own.items()}
    blank = frozenset(key for key, o in own.items() if o.status in EMPTY)
    found = suggest(code, Printed(values, unread, blank, tuple(own)))
    return found or _from_order(table, own)


def _printed_number(observation: Observation) -> Fraction:
    """The number of a cell, 0 for none; money as it is printed, for a shift moves print."""
    if observation.unit == "yuan" and observation.raw is not None:
        return Fraction(read_cell(observation.raw).value or Decimal(0))
    return Fraction(observation.value or Decimal(0))


def _from_order(table: FormTable, own: Own) -> tuple[Suggestion, ...]:
    """The cells of a row with one figure too few or too many, as far as its sums align it."""
    said = {o.raw for o in own.values() if o.status is Status.UNREADABLE}
    if len(said) != 1 or len(own) != len([o for o in own.values() if o.raw in said]):
        return ()
    numbers = [read_cell(text) for text in (said.pop() or "").split(" | ")]
    if any(number.status is Status.UNREADABLE for number in numbers):
        return ()
    figures = [Fraction(number.value or Decimal(0)) for number in numbers]
    code = table_to_code(table, frozenset(own))
    how = f"the only place in the row of {len(figures)} figures with which its sums hold"
    found = align(code, tuple(own), figures)
    return tuple(Suggestion(key, value, how, "ORDER") for key, value in found.items())


def _suggested(observation: Observation, suggestion: Suggestion) -> Observation:
    value = suggestion.value
    return replace(
        observation,
        suggestion=None if value is None else Decimal(value.numerator),
        suggested_by=suggestion.how,
    )


def _proven(table: FormTable, own: Own) -> frozenset[Key]:
    """The cells that at least two equations confirm and none contradicts."""
    through: dict[Key, list[bool]] = {}
    for rule in table.rules:
        if rule.kind == "H" and rule.relation == "=":
            for one in apply_rule(rule, table, own):
                for key in one.cells:
                    through.setdefault(key, []).append(one.check.blank_as_zero is True)
    return frozenset(k for k, held in through.items() if all(held) and len(held) >= _PROOFS)


def _outcome(
    rule: Rule,
    table: FormTable,
    own: Own,
    suggestions: Sequence[Suggestion],
    proven: frozenset[Key],
    level: str | None,
) -> Outcome:
    if rule.relation != "pattern":
        return _arithmetic(rule, table, list(apply_rule(rule, table, own)))
    name = rule.left[0]
    if name == "power of regulations":
        found = _regulations(table, own, level)
    elif name == "order" or name.startswith(_SLIP):
        found = _slips(name.removeprefix(_SLIP).upper(), table, own, suggestions)
    else:
        found = PATTERNS[name](table, own, proven)
    passed = None if found is None else True
    return Outcome(rule.check, rule.kind, found or (), passed, table.form, table.name)


def _arithmetic(rule: Rule, table: FormTable, applied: Sequence[Applied]) -> Outcome:
    """One outcome for all places of a rule, failing where it fails without blanks."""
    findings = tuple(
        Finding(
            (table.form, table.name, one.check.row, one.check.column),
            one.check.expected,
            one.check.actual,
            tuple((table.form, table.name, *key) for key in one.cells),
        )
        for one in applied
        if one.check.passed is False
    )
    outcomes = {one.check.passed for one in applied}
    passed = True if outcomes == {True} else None
    return Outcome(rule.check, rule.kind, findings, passed, table.form, table.name)


def _slips(
    slip: str, table: FormTable, own: Own, suggestions: Sequence[Suggestion]
) -> tuple[Finding, ...] | None:
    """The suggestions that undo this kind of slip; None where cells could not be read."""
    places: list[Finding] = []
    for one in suggestions:
        if one.slip == slip and one.value is not None:
            place: Place = (table.form, table.name, *one.cell)
            value = Decimal(one.value.numerator)
            places.append(Finding(place, value, own[one.cell].value, (place,)))
    if not places and any(o.status in UNKNOWN for o in own.values()):
        return None
    return tuple(places)


def _regulations(table: FormTable, own: Own, level: str | None) -> tuple[Finding, ...] | None:
    """Regulations of a body so low that it cannot issue any; None where the level is unknown."""
    if level is None:
        return None
    return tuple(
        Finding(place, Decimal(0), own[key].value, (place,))
        for key in own
        if key[0] == "regulations" and own[key].value and level in _LOWEST_LEVELS
        for place in [(table.form, table.name, *key)]
    )


def _merged(outcomes: Sequence[Outcome]) -> Iterator[Outcome]:
    """One outcome for each id, for an id may have several rules in one table."""
    by_id: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_id.setdefault(outcome.check, []).append(outcome)
    for same in by_id.values():
        findings = tuple(finding for outcome in same for finding in outcome.findings)
        passed = True if all(outcome.passed for outcome in same) else None
        yield replace(same[0], findings=findings, passed=passed)
