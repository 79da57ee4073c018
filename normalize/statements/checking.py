"""Sentences held against the tables and against each other: the checks N-*.

The table's value stays as printed. A failed check casts doubt on the cells it involves and never
rejects a report. Only exact figures of the report's own year and the agency's own scope are
compared; where one sentence agrees with the table, another that does not is a matter between the
two sentences (N-SELF).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from normalize.observations import with_doubts
from normalize.report import Check, Observation, Statement
from normalize.statements.restated import (
    EMPTY,
    Key,
    Restatement,
    Total,
    Whole,
    restatements,
    shares,
    total_of,
    wholes,
)

_COMPARED = ("figure", "none")
_OF_ONE_SENTENCE = ("requests.", "proceedings.")
_HALF = Decimal("0.5")
_KINDS = {"N-WAY": "I", "N-FEE": "I", "N-YEAR": "X"}
LOST = "blank where a sentence gives a number"


@dataclass(frozen=True, slots=True)
class Compared:
    """The checks of a report's statements, and the doubts that failed ones cast on cells."""

    checks: tuple[Check, ...]
    doubts: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)


def statements_to_checks(
    statements: Sequence[Statement], observations: Sequence[Observation], year: int | None
) -> tuple[Check, ...]:
    """Every check of the statements of a report for a year, with the tables of the same report."""
    return compare_statements(statements, observations, year).checks


def compare_statements(
    statements: Sequence[Statement], observations: Sequence[Observation], year: int | None
) -> Compared:
    """The checks and the doubts for cells; without statements there are none."""
    cells = _by_cell(observations)
    forms = {key: o.form for key, o in cells.items()}
    own = [s for s in statements if _is_comparable(s, year)]
    checks: list[Check] = []
    doubts: dict[Key, list[str]] = {}
    for measure in dict.fromkeys(s.measure for s in own):
        restated = restatements().get(measure)
        total = total_of(restated.sums, cells) if restated else None
        if restated is None or total is None:
            continue
        check = _compare([s for s in own if s.measure == measure], restated, total, cells, forms)
        checks.append(check)
        for key in total.cells:
            if doubt := _doubt_of(cells[key], check):
                doubts.setdefault(key, []).append(doubt)
    checks += _disagreements(own)
    checks += _sums_of_parts(own)
    checks += _shares(statements, cells, year)
    checks += _other_years(statements, own, year)
    return Compared(tuple(checks), {key: tuple(d) for key, d in doubts.items()})


def doubt_contradicted(
    observations: Sequence[Observation], compared: Compared
) -> tuple[Observation, ...]:
    """The observations with a doubt on each cell that a sentence contradicts."""
    return tuple(
        with_doubts(o, found) if (found := compared.doubts.get(_key(o))) else o
        for o in observations
    )


def _doubt_of(cell: Observation, check: Check) -> str | None:
    """The doubt on a cell whose sum a sentence contradicts; on a blank one if it says more."""
    if check.kind != "S":
        return None
    if check.passed is False:
        return f"fails {check.check}"
    more = check.expected is not None and check.actual is not None and check.expected > check.actual
    lost = check.passed is None and check.blank_as_zero is False and more
    return LOST if lost and cell.status in EMPTY else None


def _is_comparable(statement: Statement, year: int | None) -> bool:
    return (
        statement.claim in _COMPARED
        and not statement.approximate
        and statement.scope == "own"
        and year is not None
        and statement.year == year
    )


def _compare(
    statements: Sequence[Statement],
    restated: Restatement,
    total: Total,
    cells: Mapping[Key, Observation],
    forms: Mapping[Key, str],
) -> Check:
    """One measure: the statement that agrees with the table, or else the first."""
    agreeing = [s for s in statements if s.value == total.value]
    said = (agreeing or list(statements))[0]
    check = "N-NONE" if said.claim == "none" else restated.check
    agrees = None if total.value is None else said.value == total.value
    if agrees is False and _may_mean_otherwise(said, restated, total, cells):
        agrees = None
    table, row, column = total.cells[0]
    return Check(
        check=check,
        form=forms[total.cells[0]],
        table=table,
        row=row,
        column=column,
        expected=said.value,
        actual=total.value,
        passed=agrees if total.is_whole else None,
        blank_as_zero=agrees,
        kind=_KINDS.get(check, "S"),
    )


def _may_mean_otherwise(
    said: Statement, restated: Restatement, total: Total, cells: Mapping[Key, Observation]
) -> bool:
    for other in restated.also:
        also = total_of([other], cells)
        if also is not None and also.value == said.value:
            return True
    fewer = total.value is not None and said.value < total.value
    unless = restated.fewer_unless
    return unless is not None and fewer and not unless.search(said.quote)


def _disagreements(own: Sequence[Statement]) -> Iterator[Check]:
    """N-SELF: two sentences give one measure two values."""
    for measure in dict.fromkeys(s.measure for s in own):
        values = list(dict.fromkeys(s.value for s in own if s.measure == measure))
        if len(values) > 1 and measure.startswith(_OF_ONE_SENTENCE):
            yield _between_sentences("N-SELF", measure, values[0], values[1], False)


def _sums_of_parts(own: Sequence[Statement]) -> Iterator[Check]:
    """N-PARTS and N-WAY: parts of a whole that one sentence names with it."""
    places = dict.fromkeys((s.section_position, s.offset) for s in own)
    for place in places:
        values = {s.measure: s.value for s in own if (s.section_position, s.offset) == place}
        for rule in wholes():
            named = [name for name in rule.wholes if name in values]
            parts = [values[name] for name in rule.parts if name in values]
            if named and len(parts) > 1:
                yield _sum_of_parts(rule, named[0], values[named[0]], parts)


def _sum_of_parts(rule: Whole, whole: str, value: Decimal, parts: Sequence[Decimal]) -> Check:
    """More than the whole is wrong; less may be, unless the parts are all there are."""
    total = sum(parts, Decimal(0))
    all_named = rule.complete and len(parts) == len(rule.parts)
    passed = True if total == value else (None if total < value and not all_named else False)
    return _between_sentences(rule.check, whole, total, value, passed)


def _shares(
    statements: Sequence[Statement], cells: Mapping[Key, Observation], year: int | None
) -> Iterator[Check]:
    """N-SHARE: a share in percent against the quotient of the cells, to half its last digit."""
    for statement in statements:
        measure, _, kind = statement.measure.rpartition(".")
        known = shares().get(measure)
        if kind != "share_percent" or known is None or statement.year != year:
            continue
        if statement.scope != "own" or statement.approximate:
            continue
        restated = restatements().get(measure)
        part = total_of(restated.sums, cells) if restated else None
        if part is None or part.value is None:
            continue
        quotients = [
            100 * part.value / whole.value
            for sums in known
            if (whole := total_of([sums], cells)) is not None and whole.value
        ]
        if not quotients:
            continue
        near = [q for q in quotients if is_rounded_to(q, statement.value)]
        actual = (near or quotients)[0]
        yield _between_sentences(
            "N-SHARE", measure, statement.value, actual.quantize(Decimal("0.01")), bool(near)
        )


def is_rounded_to(value: Decimal, printed: Decimal) -> bool:
    """True when a value, rounded to the digits of a printed one, may be the printed one."""
    exponent = printed.as_tuple().exponent
    digits = exponent if isinstance(exponent, int) else 0
    return abs(value - printed) <= _HALF * Decimal(1).scaleb(digits)


def _other_years(
    statements: Sequence[Statement], own: Sequence[Statement], year: int | None
) -> Iterator[Check]:
    """N-YEAR: a measure given for the year before or after, and never for the report's own."""
    if year is None:
        return
    said = {s.measure for s in own}
    for statement in statements:
        near = statement.year in (year - 1, year + 1) and statement.claim in _COMPARED
        if near and statement.scope == "own" and statement.measure not in said:
            if statement.measure in restatements():
                spoken = Decimal(statement.year or 0)
                yield _between_sentences("N-YEAR", statement.measure, Decimal(year), spoken, False)
            said.add(statement.measure)


def _between_sentences(
    check: str, measure: str, expected: Decimal, actual: Decimal, passed: bool | None
) -> Check:
    names = measure.split(".")
    table, row, column = (*names, "", "")[:3]
    kind = _KINDS.get(check, "S")
    return Check(check, "", table, row, column, expected, actual, passed, passed, kind)


def _key(observation: Observation) -> Key:
    return observation.table, observation.row, observation.column


def _by_cell(observations: Sequence[Observation]) -> dict[Key, Observation]:
    cells: dict[Key, Observation] = {}
    for observation in observations:
        cells.setdefault(_key(observation), observation)
    return cells
