"""Prose set in two columns -> its lines in reading order, the left column before the right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.pdf.lines import Line, chars_to_lines
from extract.pdf.page import Char

_GUTTER = 1.2
"""The space between columns is at least this many line heights wide."""
_MOST_GAPS = 3
"""Wide gaps of one line that are looked at."""
_LEAST_LINES = 5
_LEAST_CHARS = 8
"""Two columns are at least so many lines long, each with so many characters on either side."""


def lines_to_columns(lines: Sequence[Line]) -> list[tuple[bool, list[Line]]]:
    """The lines in stretches, each with whether it is one column of two."""
    gutter = _gutter(lines)
    if gutter is None:
        return [(False, list(lines))]
    start, stop, x = gutter
    chars = [char for line in lines[start:stop] for char in line.chars]
    left = chars_to_lines([c for c in chars if c.x0 + c.x1 < 2 * x])
    right = chars_to_lines([c for c in chars if c.x0 + c.x1 >= 2 * x])
    stretches = [(False, list(lines[:start])), (True, left), (True, right)]
    stretches += lines_to_columns(lines[stop:])
    return [(column, stretch) for column, stretch in stretches if stretch]


def _gutter(lines: Sequence[Line]) -> tuple[int, int, float] | None:
    """The first stretch of lines (start, stop) in two columns and the x that parts them."""
    for start, line in enumerate(lines):
        for left, right in _wide_gaps(line)[:_MOST_GAPS]:
            found = _stretch(lines, start, left.x1, right.x0)
            if found is not None:
                return found
    return None


def _stretch(
    lines: Sequence[Line], start: int, x0: float, x1: float
) -> tuple[int, int, float] | None:
    """The lines from `start` on that leave a gap between x0 and x1, if they are enough."""
    double = 0
    stop = start
    for line in lines[start:]:
        inked = [c for c in line.chars if not c.text.isspace()]
        before = max((c.x1 for c in inked if c.x0 + c.x1 < x0 + x1), default=x0)
        after = min((c.x0 for c in inked if c.x0 + c.x1 >= x0 + x1), default=x1)
        if min(after, x1) - max(before, x0) < 0.6 * _GUTTER * line.size:
            break
        x0, x1 = max(before, x0), min(after, x1)
        sides = sum(1 for c in inked if c.x1 <= x0), sum(1 for c in inked if c.x0 >= x1)
        double += min(sides) >= _LEAST_CHARS
        stop += 1
    if double < _LEAST_LINES:
        return None
    return start, stop, (x0 + x1) / 2


def _wide_gaps(line: Line) -> list[tuple[Char, Char]]:
    """Neighbours so far apart that the space between columns may lie there."""
    inked = [char for char in line.chars if not char.text.isspace()]
    if len(inked) < 2 * _LEAST_CHARS:
        return []
    return [
        (left, right)
        for index, (left, right) in enumerate(pairwise(inked), 1)
        if right.x0 - left.x1 > _GUTTER * line.size
        and min(index, len(inked) - index) >= _LEAST_CHARS
    ]
