"""A check written out as what it compares: both sides, term by term, with the values printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from explore.grids import Key
from normalize.form_rules import Rule
from normalize.forms import FormTable, tables_named
from normalize.report import Check, Observation

_SIGNS = {"=": "=", "<=": "≤", ">=": "≥"}


@dataclass(frozen=True, slots=True)
class Term:
    """One cell of a side: its label and the cell, None where the report has no such cell."""

    label: str
    key: Key
    cell: Observation | None


@dataclass(frozen=True, slots=True)
class Equation:
    """`left` and `right` are sums; `sign` is what should stand between them."""

    left: tuple[Term, ...]
    sign: str
    right: tuple[Term, ...]


def check_to_equation(check: Check, cells: Mapping[Key, Observation]) -> Equation | None:
    """Both sides of a rule that compares sums of cells; None of others.

    `cells` are those of the check's table by row and column.
    """
    table = next((t for t in tables_named(check.table) if t.form == check.form), None)
    if table is None:
        return None
    for rule in table.rules:
        if rule.check != check.check or rule.relation not in _SIGNS:
            continue
        left, right = _keys(rule, rule.left, check), _keys(rule, rule.right, check)
        if (check.row, check.column) not in (*left, *right):
            continue
        if rule.spread:
            left = tuple(key for key in left if key == (check.row, check.column))
        if not left or not all(key in table.fields for key in (*left, *right)):
            continue
        return Equation(
            _terms(table, rule, left, cells),
            _SIGNS[rule.relation],
            _terms(table, rule, right, cells),
        )
    return None


def _keys(rule: Rule, names: tuple[str, ...], check: Check) -> tuple[Key, ...]:
    """The cells that the names of a side mean where the check is anchored."""
    if rule.each == "row":
        return tuple((check.row, name) for name in names)
    if rule.each == "column":
        return tuple((name, check.column) for name in names)
    pairs = (name.partition(".") for name in names)
    return tuple((row, column or check.column) for row, _, column in pairs)


def _terms(
    table: FormTable, rule: Rule, keys: tuple[Key, ...], cells: Mapping[Key, Observation]
) -> tuple[Term, ...]:
    terms = []
    for key in keys:
        field = table.fields[key]
        label = field.column_label if rule.each == "row" else field.row_label.rpartition("/")[2]
        terms.append(Term(label, key, cells.get(key)))
    return tuple(terms)
