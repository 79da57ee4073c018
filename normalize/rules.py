"""The arithmetic of the forms' rules on plain numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from normalize.cells import read_cell
from normalize.forms import Block, FormTable, Relation, Rule
from normalize.printed import Printed

Key = tuple[str, str]
"""(row, column) of a table."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A rule at one place; `terms` are its cells, +1 on the left side and -1 on the right."""

    left: tuple[Key, ...]
    right: tuple[Key, ...]
    anchor: Key

    @property
    def cells(self) -> tuple[Key, ...]:
        return (*self.left, *self.right)

    @property
    def terms(self) -> tuple[tuple[Key, int], ...]:
        return (*((key, 1) for key in self.left), *((key, -1) for key in self.right))


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a rule: `expected` from the addends, `actual` at the anchor."""

    expected: Decimal
    actual: Decimal
    holds: bool


@cache
def rule_to_instances(rule: Rule, table: FormTable) -> tuple[Instance, ...]:
    """Every place where the rule applies, once for each of its left cells where it is spread."""
    return tuple(
        Instance(part, right, right[0] if right else part[-1])
        for left, right in _places(rule, table)
        for part in ([(key,) for key in left] if rule.spread else [left])
    )


def _places(rule: Rule, table: FormTable) -> Iterator[tuple[tuple[Key, ...], tuple[Key, ...]]]:
    if rule.each == "row":
        for row in rule.only or dict.fromkeys(row for row, _ in table.fields):
            yield tuple((row, n) for n in rule.left), tuple((row, n) for n in rule.right)
        return
    if any("." in name for name in rule.left):
        yield tuple(map(_dotted, rule.left)), tuple(map(_dotted, rule.right))
        return
    for column in rule.only or dict.fromkeys(column for _, column in table.fields):
        yield tuple((n, column) for n in rule.left), tuple((n, column) for n in rule.right)


def _dotted(name: str) -> Key:
    row, _, column = name.partition(".")
    return row, column


def weigh(rule: Rule, values: Mapping[str, Decimal]) -> Sides:
    """The two sides of a rule over values that are all there."""
    left = [values[name] for name in rule.left]
    return weigh_sides(rule.relation, left, [values[name] for name in rule.right])


def weigh_sides(relation: Relation, left: Sequence[Decimal], right: Sequence[Decimal]) -> Sides:
    """Whether the sum of the left side stands in the relation to the sum of the right one."""
    expected, actual = sum(left, Decimal(0)), sum(right, Decimal(0))
    match relation:
        case "<=":
            holds = expected <= actual
        case ">=":
            holds = expected >= actual
        case "0=>0":
            holds = any(left) or not any(right)
        case "0<=>0":
            holds = any(left) == any(right)
        case _:
            holds = expected == actual
    return Sides(expected, actual, holds)


def holds_in_row(cells: Sequence[Printed], block: Block, rules: Sequence[Rule]) -> bool:
    """True when every equation within rows holds over the cells of one printed line, blanks as
    zero.
    """
    names = [column.name for column in block.columns]
    numbers = [read_cell(cell.text).value or Decimal(0) for cell in cells]
    within = [rule for rule in rules if rule.each == "row" and rule.relation == "="]
    return all(
        weigh(rule, dict(zip(names, part, strict=True))).holds
        for part in _in_parts(numbers, len(names))
        for rule in within
    )


def _in_parts(numbers: Sequence[Decimal], size: int) -> list[Sequence[Decimal]]:
    return [numbers[at : at + size] for at in range(0, len(numbers), size)]
