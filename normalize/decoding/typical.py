"""What kind of slip a repair would undo: names of `checks.md` for typical misreadings.

`name_slip` looks at one explanation. `realignments` are repairs that move whole runs of figures: a
row or column in which one figure is lost or one too many shifts all those behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm

from normalize.decoding.code import Code, Defects, Values
from normalize.decoding.explanations import Explanation, is_count
from normalize.rules import Key

SPLIT, GLUE, SWAP, SIGN, DIGIT, SHIFT = "SPLIT", "GLUE", "SWAP", "SIGN", "DIGIT", "SHIFT"

_ALIKE = frozenset(map(frozenset, ("08", "17", "38", "56", "60", "69", "14", "47", "89")))
"""Pairs of digits that recognition and people confuse."""


def name_slip(explanation: Explanation, printed: Values, order: Sequence[Key]) -> str | None:
    """The kind of slip that the explanation's values undo; None for no typical one.

    `order` are the cells of the table as printed, row by row.
    """
    changes = [(key, printed[key], value) for key, value in explanation.values]
    if len(changes) == 1:
        return _name_of_one(changes[0][1], changes[0][2])
    if len(changes) == 2:
        return _name_of_two(changes, order)
    return None


def _name_of_one(old: Fraction, new: Fraction) -> str | None:
    if old == -new:
        return SIGN
    if not is_count(old):
        return None
    was, now = str(old), str(new)
    if len(was) == len(now):
        differing = [at for at, (a, b) in enumerate(zip(was, now, strict=True)) if a != b]
        if len(differing) == 1:
            return DIGIT if frozenset((was[differing[0]], now[differing[0]])) in _ALIKE else None
        exchanged = len(differing) == 2 and differing[1] == differing[0] + 1
        return DIGIT if exchanged and sorted(was) == sorted(now) else None
    return GLUE if len(was) > len(now) > 0 and now != "0" and _is_cut(was, now) else None


def _is_cut(long: str, short: str) -> bool:
    return long.startswith(short) or long.endswith(short)


def _name_of_two(
    changes: Sequence[tuple[Key, Fraction, Fraction]], order: Sequence[Key]
) -> str | None:
    (one, a, x), (other, b, y) = changes
    in_row, in_column = one[0] == other[0], one[1] == other[1]
    if (x, y) == (b, a) and (in_row or in_column):
        return SWAP
    neighbours = in_row and abs(order.index(one) - order.index(other)) == 1
    if not neighbours or not all(map(is_count, (a, b, x, y))):
        return None
    if _joined(a, b) in (x, y) and 0 in (x, y):
        return SPLIT
    if 0 in (a, b) and _joined(x, y) in (a, b):
        return GLUE
    return None


def _joined(left: Fraction, right: Fraction) -> Fraction:
    return Fraction(f"{left}{right}")


def realignments(
    code: Code, values: Values, run: Sequence[Key], broken: Defects
) -> Iterator[Explanation]:
    """Repairs that take a figure out of a run of cells or put a blank in, and shift what is behind
    it: as far as the end, if a blank falls off there, or as far as another blank.

    `broken` are the identities that the values break.
    """
    # There are hundreds of ways to shift a sparse column, and whole numbers are quick to compare.
    scale = lcm(*(n.denominator for n in (*(values[key] for key in run), *broken.values())))
    old = tuple(int(values[key] * scale) for key in run)
    left = {number: int(defect * scale) for number, defect in broken.items()}
    for new in dict.fromkeys(map(tuple, _shifted(old))):
        changed = [(run[at], v, v - old[at]) for at, v in enumerate(new) if v != old[at]]
        if changed and _mends(code, left, changed):
            yield Explanation(tuple((key, Fraction(value, scale)) for key, value, _ in changed))


def _mends(code: Code, broken: Mapping[int, int], changed: Sequence[tuple[Key, int, int]]) -> bool:
    """Whether every identity holds once the cells differ by the last of their three."""
    left = dict(broken)
    for key, _, difference in changed:
        for number, coefficient in code.columns.get(key, ()):
            left[number] = left.get(number, 0) + coefficient * difference
    return not any(left.values())


def _shifted(figures: Sequence[int]) -> Iterator[list[int]]:
    blanks = [at for at, figure in enumerate(figures) if not figure]
    for at in range(len(figures)):
        less = [*figures[:at], *figures[at + 1 :]]
        yield [*less, 0]
        if at in blanks:
            yield from ([*less[:to], 0, *less[to:]] for to in range(len(figures)))
