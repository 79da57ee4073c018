"""Characters of a page with prose in columns -> those of each column, and those across.

A table beside prose, or in one of two columns, must not share its lines with what stands beside.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.pdf.page import Char, Rule

_PROSE_CHARS = 18
"""The least characters of a line of prose."""
_LEAST_LINES = 6
_LEAST_IN_BAND = 4
"""Lines of prose that make a column, and that stand in a band of it."""
_SAME_LEFT = 3.0
"""Points by which lines of one column of prose begin further left or right."""
_FILLED = 0.75
"""Lines of prose are mostly this share of the longest."""
_SAME_BASE = 2.0
_LABELS = 0.6
"""When such a share of the lines has short text beside it at the same height, they are labels."""
_NARROW = 0.62
"""A column is no wider than this share of the page's ink."""
_BEYOND = 10.0
_TABLE = 150.0
"""A rule reaches so far beyond a side that it crosses; two so far apart may hold rows between."""
_BESIDE = 2.0
"""Points beside a column at which nothing stands."""


@dataclass(slots=True)
class _Segment:
    """Characters drawn in one go on one line."""

    x0: float
    top: float
    x1: float
    bottom: float
    count: int


@dataclass(frozen=True, slots=True)
class _Side:
    """The side of a column of prose, at x, from top to bottom."""

    x: float
    top: float
    bottom: float


def chars_to_sides(chars: Sequence[Char], level: Sequence[Rule]) -> list[list[Char]]:
    """The characters in groups that share no lines; one group on a page without columns."""
    sides = _sides(_segments(chars), level)
    if not sides:
        return [list(chars)]
    groups: dict[tuple[int, ...], list[Char]] = {}
    for char in chars:
        x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
        key = tuple(
            0 if not side.top <= y <= side.bottom else 1 if x < side.x else 2 for side in sides
        )
        groups.setdefault(key, []).append(char)
    return list(groups.values())


def _segments(chars: Sequence[Char]) -> list[_Segment]:
    segments: list[_Segment] = []
    last: Char | None = None
    for char in chars:
        if char.text.isspace():
            continue
        if last is not None and _follows(last, char):
            segment = segments[-1]
            segment.x1 = max(segment.x1, char.x1)
            segment.top = min(segment.top, char.top)
            segment.bottom = max(segment.bottom, char.bottom)
            segment.count += 1
        else:
            segments.append(_Segment(*char[1:], 1))
        last = char
    return segments


def _follows(last: Char, char: Char) -> bool:
    size = max(last.bottom - last.top, char.bottom - char.top, 2.0)
    return -size <= char.x0 - last.x1 <= 1.5 * size and (
        min(last.bottom, char.bottom) - max(last.top, char.top) > -0.4 * size
    )


def _sides(segments: Sequence[_Segment], level: Sequence[Rule]) -> list[_Side]:
    """Where columns of prose end at their left and right, if something may stand beside."""
    prose = sorted((s for s in segments if s.count >= _PROSE_CHARS), key=lambda s: s.x0)
    if len(prose) < _LEAST_LINES:
        return []
    left, right = min(s.x0 for s in segments), max(s.x1 for s in segments)
    sides: list[_Side] = []
    group: list[_Segment] = []
    for segment in [*prose, None]:
        if segment is not None and (not group or segment.x0 - group[0].x0 <= _SAME_LEFT):
            group.append(segment)
            continue
        if _is_column(group, right - left) and not _are_labels(group, segments):
            x0, x1 = group[0].x0, max(s.x1 for s in group)
            for x in (x0 - _BESIDE, x1 + _BESIDE):
                if left < x < right:
                    sides += _bands(x, group, segments, level)
        group = [segment] if segment is not None else []
    return sides


def _is_column(group: Sequence[_Segment], width: float) -> bool:
    if len(group) < _LEAST_LINES:
        return False
    widths = [s.x1 - s.x0 for s in group]
    return median(widths) >= _FILLED * max(widths) and max(widths) <= _NARROW * width


def _are_labels(group: Sequence[_Segment], segments: Sequence[_Segment]) -> bool:
    """Whether most lines have something short right beside them, as labels of rows have."""
    short = sorted(s.bottom for s in segments if s.count < _PROSE_CHARS and s.x0 > group[0].x0)
    beside = 0
    for segment in group:
        at = bisect_left(short, segment.bottom - _SAME_BASE)
        beside += at < len(short) and short[at] <= segment.bottom + _SAME_BASE
    return beside >= _LABELS * len(group)


def _bands(
    x: float,
    group: Sequence[_Segment],
    segments: Sequence[_Segment],
    level: Sequence[Rule],
) -> list[_Side]:
    """The heights between which nothing crosses x, where there are enough lines of the group.

    Between rules over x that follow one another stands a table.
    """
    rules = sorted(r.top for r in level if r.x0 + _BEYOND < x < r.x1 - _BEYOND)
    ruled = [(a, b if b - a <= _TABLE else a) for a, b in pairwise(rules)]
    crossing = sorted([(s.top, s.bottom) for s in segments if s.x0 < x < s.x1] + ruled)
    found: list[_Side] = []
    top = float("-inf")
    for start, end in [*crossing, (float("inf"), float("inf"))]:
        inside = sum(1 for s in group if top <= s.top and s.bottom <= start)
        if inside >= _LEAST_IN_BAND:
            found.append(_Side(x, top, start))
        top = max(top, end)
    return found
