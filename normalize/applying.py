"""A form's rules applied to the cells of one table: outcomes, and the cells each one involves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from normalize.forms import FormTable, Rule
from normalize.report import Check, Observation, Status
from normalize.rules import Instance, Key, rule_to_instances, weigh_sides

Own = Mapping[Key, Observation]
"""The observations of one edition of a table."""

EMPTY = (Status.BLANK, Status.PLACEHOLDER)
UNKNOWN = (Status.MISSING, Status.UNREADABLE)


@dataclass(frozen=True, slots=True)
class Applied:
    """An outcome and its cells; `is_equation` when both sides must be the same number."""

    check: Check
    cells: tuple[Key, ...]
    is_equation: bool = False


def apply_rule(rule: Rule, table: FormTable, own: Own) -> Iterator[Applied]:
    """The rule at every place whose cells are all in the table.

    Patterns and sums against printed columns that the form lacks are applied elsewhere.
    """
    if rule.relation in ("pattern", "printed"):
        return
    if rule.relation == "count":
        yield from _apply_count(rule, table, own)
        return
    for instance in rule_to_instances(rule, table):
        if all(key in own for key in instance.cells):
            check = _weigh_cells(rule, instance, table, own)
            yield Applied(check, instance.cells, rule.relation == "=")


def _weigh_cells(rule: Rule, instance: Instance, table: FormTable, own: Own) -> Check:
    statuses = {own[key].status for key in instance.cells}
    unknown = not statuses.isdisjoint(UNKNOWN)
    sides = weigh_sides(
        rule.relation,
        [own[key].value or Decimal(0) for key in instance.left],
        [own[key].value or Decimal(0) for key in instance.right],
    )
    strict = None if unknown or not statuses.isdisjoint(EMPTY) else sides.holds
    row, column = instance.anchor
    one_total = len(instance.right) < 2
    printed = own[instance.anchor].value if one_total else None
    short = rule.shortfall is not None and sides.expected < sides.actual
    return Check(
        check=rule.check,
        form=table.form,
        table=table.name,
        row=row,
        column=column,
        expected=None if unknown else sides.expected,
        actual=printed if one_total else (None if unknown else sides.actual),
        passed=strict,
        blank_as_zero=None if unknown else sides.holds,
        kind=rule.shortfall if short and rule.shortfall else rule.kind,
    )


def _apply_count(rule: Rule, table: FormTable, own: Own) -> Iterator[Applied]:
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
        yield Applied(
            Check(rule.check, table.form, table.name, "", "", None, None, passed, passed), ()
        )
    for key, o in bad:
        check = Check(rule.check, table.form, table.name, *key, None, o.value, False, False)
        yield Applied(check, (key,))


def _is_lawful(value: Decimal, unit: str, signed: bool) -> bool:
    whole = unit == "yuan" or value == value.to_integral_value()
    return whole and (signed or value >= 0)
