"""The identities of one table as parity checks on its cells.

Everything is exact: values are fractions, coefficients +1 on the left side of a rule and -1 on the
right. The matrix is sparse; `columns` is the parity-check column of each cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from normalize.forms import FormTable
from normalize.rules import Key, rule_to_instances

Values = Mapping[Key, Fraction]
"""A number for every cell of a code."""

Defects = Mapping[int, Fraction]
"""Left side minus right side of the identities that do not hold, by their number: the syndrome."""


@dataclass(frozen=True, slots=True)
class Identity:
    """`sum(coefficient * cell) = 0`; `anchor` is the cell of the total."""

    check: str
    anchor: Key
    terms: tuple[tuple[Key, int], ...]

    @property
    def cells(self) -> tuple[Key, ...]:
        return tuple(key for key, _ in self.terms)

    @property
    def name(self) -> str:
        """The check and what tells its instances apart: `Q-ROW granted`, `Q-OUT total`."""
        row, column = self.anchor
        return f"{self.check} {row if len({r for r, _ in self.cells}) == 1 else column}"


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """Identities over cells, in the form's order; `columns` holds (identity, coefficient) pairs."""

    identities: tuple[Identity, ...]
    cells: tuple[Key, ...]
    columns: Mapping[Key, tuple[tuple[int, int], ...]]

    @property
    def widest(self) -> int:
        """The largest number of identities that one cell is in."""
        return max((len(column) for column in self.columns.values()), default=0)


@lru_cache(maxsize=64)
def table_to_code(table: FormTable, present: frozenset[Key]) -> Code:
    """The hard equations of a table whose cells are all in `present`.

    A rule that lawfully falls short (no row for what is pending) is none of them.
    """
    return identities_to_code(
        Identity(rule.check, instance.anchor, instance.terms)
        for rule in table.rules
        if rule.relation == "=" and rule.kind == "H" and rule.shortfall is None
        for instance in rule_to_instances(rule, table)
        if present.issuperset(key for key, _ in instance.terms)
    )


def identities_to_code(identities: Iterable[Identity]) -> Code:
    """The code of any identities, its cells in the order in which they come up."""
    listed = tuple(identities)
    columns: dict[Key, list[tuple[int, int]]] = {}
    for number, identity in enumerate(listed):
        for key, coefficient in identity.terms:
            columns.setdefault(key, []).append((number, coefficient))
    return Code(listed, tuple(columns), {key: tuple(column) for key, column in columns.items()})


def restrict(code: Code, known: frozenset[Key]) -> Code:
    """The identities all of whose cells are in `known`."""
    return identities_to_code(i for i in code.identities if known.issuperset(i.cells))


@lru_cache(maxsize=64)
def code_to_parts(code: Code) -> tuple[Code, ...]:
    """The code in parts that share no cell, in the order of their first identities."""
    part_of = {number: number for number in range(len(code.identities))}
    for column in code.columns.values():
        joined = {part_of[number] for number, _ in column}
        if len(joined) > 1:
            first = min(joined)
            part_of = {n: first if part in joined else part for n, part in part_of.items()}
    parts: dict[int, list[Identity]] = {}
    for number, identity in enumerate(code.identities):
        parts.setdefault(part_of[number], []).append(identity)
    return (code,) if len(parts) == 1 else tuple(map(identities_to_code, parts.values()))


def values_to_defects(code: Code, values: Values) -> dict[int, Fraction]:
    """The identities that the values break, and by how much."""
    return {
        number: defect
        for number, identity in enumerate(code.identities)
        if (defect := sum((values[key] * c for key, c in identity.terms), Fraction(0)))
    }


def cells_of(code: Code, numbers: Iterable[int]) -> tuple[Key, ...]:
    """The cells of some identities, each once, in the form's order."""
    wanted = {key for number in numbers for key in code.identities[number].cells}
    return tuple(key for key in code.cells if key in wanted)


def names_of(code: Code, numbers: Sequence[int] | Defects) -> str:
    """The identities by name, for people."""
    return ", ".join(code.identities[number].name for number in sorted(numbers))
