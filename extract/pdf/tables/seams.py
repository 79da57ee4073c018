"""Two things side by side whose lines do not stand at the same heights: where to part them."""

from __future__ import annotations

from collections.abc import Sequence

from extract.pdf.tables.chunks import TextLine
from extract.pdf.tables.gutters import lines_to_gutters
from extract.pdf.tables.stretches import Stretch

_LEAST_LINES = 4
_ONE_SIDE = 0.25
_BOTH_SIDES = 0.55
"""Shares of lines that stand on the right side alone, at least, and on both sides, at most."""
_LABELS = 0.4
"""The share of lines on the right side that begin with words."""
_WIDE = 1.0
"""The white space between is at least this many sizes of type."""


def seam(lines: Sequence[TextLine]) -> float | None:
    """The x in white space whose two sides seldom share a line; None for one table."""
    for left, right in lines_to_gutters(lines):
        if right - left < _WIDE * lines[0].em:
            continue
        x = (left + right) / 2
        if any(_crosses(line, x) for line in lines):
            continue
        right_only = sum(1 for line in lines if line.line.x0 >= x)
        left_only = sum(1 for line in lines if line.line.x1 <= x)
        both = len(lines) - right_only - left_only
        if (
            min(right_only, left_only) >= max(_LEAST_LINES, _ONE_SIDE * len(lines))
            and both <= _BOTH_SIDES * len(lines)
            and _values_at_left(lines, x)
            and _labels_at_right(lines, x)
        ):
            return x
    return None


def _values_at_left(lines: Sequence[TextLine], x: float) -> bool:
    """Whether figures stand on the left side, too, which labels of rows have not."""
    return sum(1 for line in lines for c in line.chunks if c.value and c.x1 <= x) >= _LEAST_LINES


def _labels_at_right(lines: Sequence[TextLine], x: float) -> bool:
    """Whether lines on the right side begin with words, as those of a table of its own do."""
    firsts = [c for line in lines if (c := next((c for c in line.chunks if c.x0 >= x), None))]
    return sum(1 for chunk in firsts if not chunk.value) >= _LABELS * len(firsts)


def along_seam(lines: Sequence[TextLine], stretch: Stretch, x: float, done: int) -> tuple[int, int]:
    """The lines around the stretch, from `done` on, that leave the seam clear as it does."""
    start, stop = stretch.start, stretch.stop
    while start > done and not _crosses(lines[start - 1], x):
        start -= 1
    while stop < len(lines) and not _crosses(lines[stop], x):
        stop += 1
    return start, stop


def _crosses(line: TextLine, x: float) -> bool:
    return any(chunk.x0 < x < chunk.x1 for chunk in line.chunks)
