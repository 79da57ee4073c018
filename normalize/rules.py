"""The arithmetic of the forms' rules on plain numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalize.cells import read_cell
from normalize.forms import Block, Rule
from normalize.printed import Printed


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a rule: `expected` from the addends, `actual` at the anchor."""

    expected: Decimal
    actual: Decimal
    holds: bool


def weigh(rule: Rule, values: Mapping[str, Decimal]) -> Sides:
    """The two sides of a rule over values that are all there."""
    left = sum((values[name] for name in rule.left), Decimal(0))
    right = sum((values[name] for name in rule.right), Decimal(0))
    return Sides(left, right, left <= right if rule.relation == "<=" else left == right)


def holds_in_row(cells: Sequence[Printed], block: Block, rules: Sequence[Rule]) -> bool:
    """True when every rule within rows holds over the cells of one printed line, blanks as zero."""
    names = [column.name for column in block.columns]
    numbers = [read_cell(cell.text).value or Decimal(0) for cell in cells]
    within = [rule for rule in rules if rule.each == "row" and rule.relation != "count"]
    return all(
        weigh(rule, dict(zip(names, part, strict=True))).holds
        for part in _in_parts(numbers, len(names))
        for rule in within
    )


def _in_parts(numbers: Sequence[Decimal], size: int) -> list[Sequence[Decimal]]:
    return [numbers[at : at + size] for at in range(0, len(numbers), size)]
