"""Linear equations in a few unknowns, solved exactly."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from normalize.decoding.code import Code, Defects
from normalize.rules import Key

Row = dict[int, Fraction]
"""An equation: what is not nought, by the place of its unknown, the right side behind them all."""


@dataclass(frozen=True, slots=True)
class Solved:
    """The change that each cell needs; `free` are cells on which the equations say too little.

    `consistent` is False when no change of these cells makes every identity hold.
    """

    changes: dict[Key, Fraction]
    free: tuple[Key, ...]
    consistent: bool

    @property
    def complete(self) -> bool:
        return self.consistent and not self.free


def solve_for(code: Code, cells: Sequence[Key], defects: Defects) -> Solved:
    """What to add to `cells`, and to no other, so that the broken identities hold again."""
    touched = _touched(code, cells)
    if any(number not in touched for number in defects):
        return Solved({}, tuple(cells), consistent=False)
    width = len(cells)
    rows: list[Row] = [{width: -defects[n]} if defects.get(n) else {} for n in touched]
    place = {number: at for at, number in enumerate(touched)}
    for at, key in enumerate(cells):
        for number, coefficient in code.columns[key]:
            row = rows[place[number]]
            row[at] = row.get(at, Fraction(0)) + coefficient
    pivots = _reduce(rows, width)
    if any(rows[len(pivots) :]):
        return Solved({}, tuple(cells), consistent=False)
    changes = {
        cells[pivot]: row.get(width, Fraction(0))
        for pivot, row in zip(pivots, rows, strict=False)
        if row.keys() <= {pivot, width}
    }
    free = tuple(key for key in cells if key not in changes)
    return Solved(changes, free, consistent=True)


def _touched(code: Code, cells: Collection[Key]) -> list[int]:
    return sorted({number for key in cells for number, _ in code.columns[key]})


def _reduce(rows: list[Row], width: int) -> list[int]:
    """Reduced row echelon form in place; the pivot column of each row that has one, in order."""
    pivots: list[int] = []
    for column in range(width):
        top = len(pivots)
        found = next((at for at in range(top, len(rows)) if column in rows[at]), None)
        if found is None:
            continue
        rows[top], rows[found] = rows[found], rows[top]
        lead = rows[top][column]
        if lead != 1:
            rows[top] = {at: entry / lead for at, entry in rows[top].items()}
        for at, row in enumerate(rows):
            if at != top and column in row:
                _subtract(row, row[column], rows[top])
        pivots.append(column)
    return pivots


def _subtract(row: Row, factor: Fraction, other: Row) -> None:
    """Takes `factor` times another row away, and what has become nought."""
    for at, entry in other.items():
        left = row.get(at, 0) - factor * entry
        if left:
            row[at] = left
        else:
            row.pop(at, None)
