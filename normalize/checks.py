"""The hard identities of the forms applied to observations, and the doubts that follow.

A failed check flags every cell it involves. A check with a blank operand is not assessable; when
it would fail even with blanks as zero, a figure may have been lost, and the blanks are flagged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalize.cells import INNER_SPACE
from normalize.forms import FormTable, Rule
from normalize.observations import with_doubts, without_doubt
from normalize.placed import POSITION_ONLY
from normalize.report import Check, Observation, Status
from normalize.rules import weigh

LOST = "blank where the arithmetic demands a number"
PROVEN_BY_ARITHMETIC = (INNER_SPACE, POSITION_ONLY)
"""Doubts that vanish when every identity through the cell holds, at least two of them."""

_Key = tuple[str, str]
_EMPTY = (Status.BLANK, Status.PLACEHOLDER)


@dataclass(frozen=True, slots=True)
class Verified:
    """One table's observations with the doubts that checks raised or removed, and the checks."""

    observations: tuple[Observation, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class _Applied:
    check: Check
    cells: tuple[_Key, ...]


def verify(table: FormTable, observations: Sequence[Observation]) -> Verified:
    """The rules of one edition applied to the cells that are in it."""
    own = {(o.row, o.column): o for o in observations if o.form == table.form}
    applied = [a for rule in table.rules for a in _apply(rule, table, own)]
    through: dict[_Key, list[Check]] = {}
    for one in applied:
        for key in one.cells:
            through.setdefault(key, []).append(one.check)
    judged = {key: _judge(o, through.get(key, [])) for key, o in own.items()}
    out = tuple(
        judged.get((o.row, o.column), o) if o.form == table.form else o for o in observations
    )
    return Verified(out, tuple(a.check for a in applied))


def _judge(observation: Observation, mine: Sequence[Check]) -> Observation:
    """The observation with the doubts that the checks through it raise or remove."""
    failed = [f"fails {check.check}" for check in mine if check.passed is False]
    if failed:
        return with_doubts(observation, failed)
    if observation.status in _EMPTY and any(
        check.passed is None and check.blank_as_zero is False for check in mine
    ):
        return with_doubts(observation, (LOST,))
    if len(mine) > 1 and all(check.passed or check.blank_as_zero for check in mine):
        for proven in PROVEN_BY_ARITHMETIC:
            observation = without_doubt(observation, proven)
    return observation


def _apply(rule: Rule, table: FormTable, own: Mapping[_Key, Observation]) -> Iterator[_Applied]:
    if rule.relation == "count":
        yield from _apply_count(rule, table, own)
        return
    for keys, anchor in _instances(rule, table):
        present = [key for key in keys if key in own]
        if len(present) == len(keys):
            yield _Applied(_weigh_cells(rule, keys, anchor, table, own), tuple(keys))


def _instances(rule: Rule, table: FormTable) -> Iterator[tuple[list[_Key], _Key]]:
    """(cells, anchor) of every place where the rule applies; the anchor is the rule's total."""
    names = (*rule.left, *rule.right)
    rows = list(dict.fromkeys(row for row, _ in table.fields))
    columns = list(dict.fromkeys(column for _, column in table.fields))
    if rule.each == "row":
        for row in rows:
            yield [(row, name) for name in names], (row, rule.right[0])
    else:
        for column in columns:
            yield [(name, column) for name in names], (rule.right[0], column)


def _weigh_cells(
    rule: Rule,
    keys: Sequence[_Key],
    anchor: _Key,
    table: FormTable,
    own: Mapping[_Key, Observation],
) -> Check:
    at = 0 if rule.each != "row" else 1
    cells = {key[at]: own[key] for key in keys}
    statuses = {o.status for o in cells.values()}
    unknown = statuses & {Status.MISSING, Status.UNREADABLE}
    values = {name: o.value if o.value is not None else Decimal(0) for name, o in cells.items()}
    sides = weigh(rule, values)
    strict = None if unknown or statuses & set(_EMPTY) else sides.holds
    return Check(
        check=rule.check,
        form=table.form,
        table=table.name,
        row=anchor[0],
        column=anchor[1],
        expected=None if unknown else sides.expected,
        actual=own[anchor].value if len(rule.right) == 1 else (None if unknown else sides.actual),
        passed=strict,
        blank_as_zero=None if unknown else sides.holds,
    )


def _apply_count(
    rule: Rule, table: FormTable, own: Mapping[_Key, Observation]
) -> Iterator[_Applied]:
    """One check for the whole table when every number is sound, else one for each bad cell."""
    signed = {
        (row.name, column.name)
        for block in table.blocks
        for row in block.rows
        for column in block.columns
        if column.signed
    }
    bad = [
        (key, o)
        for key, o in own.items()
        if o.value is not None and not _is_lawful(o.value, o.unit, key in signed)
    ]
    read = [key for key, o in own.items() if o.value is not None]
    if not bad:
        passed = True if read else None
        yield _Applied(
            Check(rule.check, table.form, table.name, "", "", None, None, passed, passed), ()
        )
    for key, o in bad:
        check = Check(rule.check, table.form, table.name, *key, None, o.value, False, False)
        yield _Applied(check, (key,))


def _is_lawful(value: Decimal, unit: str, signed: bool) -> bool:
    whole = unit == "yuan" or value == value.to_integral_value()
    return whole and (signed or value >= 0)
