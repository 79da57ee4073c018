"""Sums of the form's cells against a column that the form lacks but the agency printed.

Some print a sub-total behind the organisations, or one for both kinds of lawsuits. It is no cell
of the form, so its check is anchored at the row alone, or at the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from normalize.applying import EMPTY, UNKNOWN, Applied, Own
from normalize.cells import read_cell
from normalize.forms import FormTable, Rule
from normalize.labels import fold
from normalize.placed import OtherColumn
from normalize.printed import Printed
from normalize.report import Check, Status
from normalize.rules import Key


def check_printed_totals(
    table: FormTable, own: Own, others: Sequence[OtherColumn]
) -> Iterator[Applied]:
    """Every `printed` rule of an edition wherever such a total stands beside its cells."""
    for rule in (rule for rule in table.rules if rule.relation == "printed"):
        for column in (column for column in others if _is_named(column, rule)):
            for row, total in column.cells:
                cells = _operands(rule, row)
                if cells and all(key in own for key in cells):
                    yield Applied(_weigh(rule, row, cells, total, table, own), cells)


def _is_named(column: OtherColumn, rule: Rule) -> bool:
    return fold(column.label).core.endswith(tuple(fold(head).core for head in rule.right))


def _operands(rule: Rule, row: str) -> tuple[Key, ...]:
    """The cells that are added up; none beside a row that the form lacks."""
    if rule.each == "row":
        return tuple((row, column) for column in rule.left) if row else ()
    pairs = (name.partition(".") for name in rule.left)
    return tuple((name, column) for name, _, column in pairs)


def _weigh(
    rule: Rule, row: str, cells: Sequence[Key], total: Printed, table: FormTable, own: Own
) -> Check:
    reading = read_cell(total.text)
    statuses = {*(own[key].status for key in cells), reading.status}
    unknown = not statuses.isdisjoint(UNKNOWN)
    expected = sum((own[key].value or Decimal(0) for key in cells), Decimal(0))
    holds = expected == (reading.value or Decimal(0))
    return Check(
        check=rule.check,
        form=table.form,
        table=table.name,
        row=row,
        column="",
        expected=None if unknown else expected,
        actual=reading.value if reading.status is Status.REPORTED else None,
        passed=None if unknown or not statuses.isdisjoint(EMPTY) else holds,
        blank_as_zero=None if unknown else holds,
        blame=None if unknown or holds else "unknown",
    )
