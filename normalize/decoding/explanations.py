"""Broken identities -> the fewest cells whose change makes all of them hold.

The requests table has distance 4: one wrong cell has one explanation, its place and its value;
two or three are always noticed. Codes with smaller distance give several explanations for one
wrong cell, and all of them are returned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from normalize.decoding.algebra import solve_for
from normalize.decoding.code import Code, Defects, Values, cells_of
from normalize.rules import Key

MOST_CELLS = 3


@dataclass(frozen=True, slots=True)
class Explanation:
    """New values of some cells with which every identity holds, in the form's order."""

    values: tuple[tuple[Key, Fraction], ...]

    @property
    def cells(self) -> tuple[Key, ...]:
        return tuple(key for key, _ in self.values)


def explain(
    code: Code, values: Values, defects: Defects, most: int = MOST_CELLS
) -> tuple[Explanation, ...]:
    """Every explanation with the smallest number of cells, counts all whole and not negative.

    Empty when no explanation has at most `most` cells.
    """
    if not defects:
        return ()
    for size in range(1, most + 1):
        seen: set[frozenset[Key]] = set()
        found = [
            explanation
            for chosen in _choose(code, defects, size, (), seen)
            if (explanation := _explanation(code, values, defects, chosen)) is not None
        ]
        if found:
            order = {key: at for at, key in enumerate(code.cells)}
            return tuple(sorted(found, key=lambda e: [order[key] for key in e.cells]))
    return ()


def _explanation(
    code: Code, values: Values, defects: Defects, chosen: tuple[Key, ...]
) -> Explanation | None:
    """The explanation by exactly these cells, None when they explain nothing lawful."""
    solved = solve_for(code, chosen, defects)
    if not solved.complete or not all(solved.changes.values()):
        return None
    repaired = {key: values[key] + change for key, change in solved.changes.items()}
    if not all(is_count(value) for value in repaired.values()):
        return None
    return Explanation(tuple((key, repaired[key]) for key in code.cells if key in repaired))


def is_count(value: Fraction) -> bool:
    """True for a whole number that is not negative."""
    return value.denominator == 1 and value >= 0


def _choose(
    code: Code, defects: Defects, size: int, chosen: tuple[Key, ...], seen: set[frozenset[Key]]
) -> Iterator[tuple[Key, ...]]:
    """Sets of `size` cells that may explain the defects, each once.

    A broken identity needs one of them, and one that holds has none of them or at least two: each
    identity for which this is not so yet is a demand on the cells still to be chosen.
    """
    if (found := frozenset(chosen)) in seen:
        return
    seen.add(found)
    demands = _demands(code, defects, chosen)
    left = size - len(chosen)
    if len(demands) > left * code.widest:
        return
    if not left:
        yield chosen
        return
    if demands:
        narrowest = min(demands, key=lambda number: len(code.identities[number].terms))
        options = code.identities[narrowest].cells
    else:
        options = cells_of(code, range(len(code.identities)))
    for key in options:
        if key not in chosen:
            yield from _choose(code, defects, size, (*chosen, key), seen)


def _demands(code: Code, defects: Defects, chosen: tuple[Key, ...]) -> list[int]:
    touched: dict[int, int] = {}
    for key in chosen:
        for number, _ in code.columns[key]:
            touched[number] = touched.get(number, 0) + 1
    broken = [number for number in defects if number not in touched]
    return broken + [n for n, times in touched.items() if times == 1 and n not in defects]
