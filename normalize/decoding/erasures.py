"""Cells that could not be read, from the identities through them.

Up to three such cells of the requests table are always determined, a whole row or column as well;
what is not determined is said to be so. When the other identities are broken too, one wrong cell
beside the unread ones is looked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from normalize.decoding.algebra import Solved, solve_for
from normalize.decoding.code import Code, Defects, Values, values_to_defects
from normalize.decoding.explanations import is_count
from normalize.rules import Key

_MOST_BESIDE_AN_ERROR = 7
"""Unread cells beside which a wrong one is looked for."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What the identities say of unread cells.

    `values` are determined and lawful, `undetermined` are not. `wrong` is one cell that was read
    and must be another value for the identities to agree, None where they agree or more is wrong;
    `consistent` is False when they contradict each other all the same.
    """

    values: dict[Key, Fraction]
    undetermined: tuple[Key, ...]
    wrong: tuple[Key, Fraction] | None = None
    consistent: bool = True


def fill(code: Code, values: Values, unread: Sequence[Key]) -> Filled:
    """The values of the unread cells; those in no identity at all are undetermined."""
    zeros = {key: values.get(key, Fraction(0)) for key in code.cells}
    zeros |= {key: Fraction(0) for key in unread}
    defects = values_to_defects(code, zeros)
    inside = [key for key in unread if key in code.columns]
    solved = solve_for(code, inside, defects)
    if solved.consistent and all(map(is_count, solved.changes.values())):
        return _filled(unread, solved)
    repairs = []
    for other in code.cells if len(inside) <= _MOST_BESIDE_AN_ERROR else ():
        if other in inside:
            continue
        attempt = solve_for(code, [*inside, other], defects)
        repaired = zeros[other] + attempt.changes.get(other, Fraction(0))
        lawful = all(is_count(v) for key, v in attempt.changes.items() if key != other)
        if attempt.complete and lawful and is_count(repaired):
            repairs.append((attempt, other, repaired))
    if len(repairs) == 1:
        attempt, other, repaired = repairs[0]
        return _filled(unread, attempt, (other, repaired))
    return _fill_apart(code, inside, unread, defects)


def _fill_apart(
    code: Code, inside: Sequence[Key], unread: Sequence[Key], defects: Defects
) -> Filled:
    """Each unread cell with those it shares identities with, whatever is broken elsewhere."""
    values: dict[Key, Fraction] = {}
    for group in _groups(code, inside):
        touched = {number for key in group for number, _ in code.columns[key]}
        solved = solve_for(code, group, {n: d for n, d in defects.items() if n in touched})
        if solved.consistent and all(map(is_count, solved.changes.values())):
            values |= solved.changes
    return Filled(values, tuple(k for k in unread if k not in values), None, consistent=False)


def _groups(code: Code, cells: Sequence[Key]) -> list[list[Key]]:
    """The cells parted so that no identity has cells of two parts."""
    groups: list[tuple[set[int], list[Key]]] = []
    for key in cells:
        numbers = {number for number, _ in code.columns[key]}
        members = [key]
        apart = []
        for group in groups:
            if group[0] & numbers:
                numbers |= group[0]
                members = [*group[1], *members]
            else:
                apart.append(group)
        groups = [*apart, (numbers, members)]
    return [members for _, members in groups]


def _filled(
    unread: Sequence[Key], solved: Solved, wrong: tuple[Key, Fraction] | None = None
) -> Filled:
    found = {key: solved.changes[key] for key in unread if key in solved.changes}
    return Filled(found, tuple(key for key in unread if key not in found), wrong)
