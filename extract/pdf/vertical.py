"""Labels set one character under another, found by the order in which they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.pdf.page import Char

_LEAST_CHARS = 4
_IN_LINE = 0.45
"""Middles of characters one under another differ by no more than this share of their size."""
_STEP = 2.0
"""The next character stands no further down than this many sizes."""
_OVERLAP = 0.3
"""Ink of one character may reach over that of the next by this share of their size."""
_CHINESE = 0.75
"""So much of a vertical label is Chinese; figures under one another are no label."""


def vertical_runs(chars: Sequence[Char]) -> list[tuple[int, int]]:
    """Where the vertical labels begin and end among the characters.

    A label whose characters are turned on their side may be drawn from the foot up.
    """
    runs: list[tuple[int, int]] = []
    done = 0
    for index in _tall_steps(chars):
        if index < done:
            continue
        step = _step(chars[index - 1], chars[index])
        if not step:
            continue
        start, stop = index - 1, index + 1
        while start > 0 and _step(chars[start - 1], chars[start]) == step:
            start -= 1
        while stop < len(chars) and _step(chars[stop - 1], chars[stop]) == step:
            stop += 1
        done = stop
        if stop - start >= _LEAST_CHARS and is_chinese(chars[start:stop]):
            runs.append((start, stop))
    return runs


def _tall_steps(chars: Sequence[Char]) -> list[int]:
    """Where a character may stand above or below the one before it.

    Every label has one more character than steps, three at least, so that one step in three is
    enough to find it by.
    """
    every = _LEAST_CHARS - 1
    upper, lower = chars[every - 1 :: every], chars[every::every]
    return [
        index * every
        for index, (a, b) in enumerate(zip(upper, lower, strict=False), 1)
        if abs(b[2] + b[4] - a[2] - a[4]) >= a[4] - a[2]
    ]


def _step(char: Char, following: Char) -> int:
    """1 when the second character stands right below the first, -1 right above, else 0."""
    _, x0, top, x1, bottom = char
    _, next_x0, next_top, next_x1, next_bottom = following
    step = abs(next_top + next_bottom - top - bottom)
    if not step:
        return 0
    size = max(x1 - x0, bottom - top, next_x1 - next_x0, next_bottom - next_top)
    near = abs(x0 + x1 - next_x0 - next_x1) <= 2 * _IN_LINE * size and size <= step
    if not near or step > 2 * _STEP * size:
        return 0
    if next_top >= bottom - _OVERLAP * size:
        return 1
    return -1 if next_bottom <= top + _OVERLAP * size else 0


def is_chinese(chars: Sequence[Char]) -> bool:
    """Whether most of the characters are Chinese ones."""
    chinese = sum(1 for char in chars if "\u2e80" <= char.text <= "\u9fff")
    return chinese >= _CHINESE * len(chars)


def vertical_text(chars: Sequence[Char]) -> str | None:
    """The text in the order of drawing when that goes straight down or up, else None."""
    inked = [char for char in chars if not char.text.isspace()]
    if not is_chinese(inked):
        return None
    way = inked[-1].top + inked[-1].bottom - inked[0].top - inked[0].bottom
    for upper, lower in pairwise(inked):
        step = lower.top + lower.bottom - upper.top - upper.bottom
        size = max(upper.x1 - upper.x0, upper.bottom - upper.top)
        if step * way < 0 and abs(step) > _OVERLAP * size:
            return None
    return "".join(char.text for char in inked)
