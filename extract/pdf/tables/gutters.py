"""Where the white space between the columns of a run of lines lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.pdf.tables.chunks import Chunk, TextLine, is_year

Span = tuple[float, float]
"""Left and right side."""

_INNER_GAP = 0.5
"""Words closer than this many sizes of type are one stretch of ink."""
_NARROWEST = 0.42
"""White space narrower than this many sizes parts no columns."""
_NARROW = 0.9
_NARROW_LINES = 4
"""White space narrower than the one must be shared by as many lines as the other says."""
_CROSSED = 0.15
"""A share of the lines may cross white space, when they do so with words over several columns."""

_ROWS = 0.3
"""The share of lines with figures from which these alone tell the columns."""


def _ink(line: TextLine) -> list[Span]:
    """The stretches of ink along a line."""
    spans: list[Span] = []
    for chunk in line.chunks:
        last = None
        for word in chunk.words:
            if last is not None and word.x0 - last < _INNER_GAP * line.em:
                spans[-1] = (spans[-1][0], word.x1)
            else:
                spans.append((word.x0, word.x1))
            last = word.x1
    return spans


def _clear(inks: Sequence[Sequence[Span]], crossed: int) -> list[Span]:
    """The stretches of x that no more than `crossed` lines have ink in, between the outer ones."""
    events: list[tuple[float, int]] = []
    for ink in inks:
        for x0, x1 in ink:
            events.append((x0, 1))
            events.append((x1, -1))
    events.sort()
    clear: list[Span] = []
    depth = 0
    start: float | None = None
    for x, step in events:
        if step > 0 and depth == crossed and start is not None:
            if x > start:
                clear.append((start, x))
            start = None
        depth += step
        if depth <= crossed and step < 0 and start is None:
            start = x
    return clear


def lines_to_gutters(lines: Sequence[TextLine]) -> list[Span]:
    """The white space between columns, from left to right, none at the sides."""
    body = _rows(lines)
    if not body:
        return []
    em = sorted(line.em for line in body)[len(body) // 2]
    inks = [_ink(line) for line in body]
    allowed = int(_CROSSED * len(body))
    if allowed:
        tolerant = [g for g in _clear(inks, allowed) if g[1] - g[0] >= _NARROWEST * em]
        kept = [
            ink for line, ink in zip(body, inks, strict=True) if not _crosses(line.chunks, tolerant)
        ]
        if len(kept) >= 2:
            inks = kept
    found = []
    for left, right in _clear(inks, 0):
        width = right - left
        if width < _NARROWEST * em:
            continue
        if width < _NARROW * em:
            both = sum(1 for ink in inks if ink[0][0] < left and ink[-1][1] > right)
            if both < _NARROW_LINES:
                continue
        found.append((left, right))
    return found


def _rows(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines whose white space counts: those with figures, or all where figures are rare."""
    several = [line for line in lines if len(line.chunks) > 1]
    figures = [
        line
        for line in several
        if any(chunk.value and not is_year(chunk.text) for chunk in line.chunks[1:])
    ]
    return figures if len(figures) >= max(2, _ROWS * len(several)) else several


def _crosses(chunks: Sequence[Chunk], gutters: Sequence[Span]) -> bool:
    """Whether words reach over a whole gutter, as those of banners among the rows do."""
    return any(
        not chunk.value and chunk.x0 < left and chunk.x1 > right
        for chunk in chunks
        for left, right in gutters
    )


@dataclass(frozen=True, slots=True)
class Column:
    """The ink of one column, and the slot up to the middle of the white space beside it."""

    x0: float
    x1: float
    left: float
    right: float


def gutters_to_columns(lines: Sequence[TextLine], gutters: Sequence[Span]) -> list[Column]:
    """The columns between the gutters."""
    x0 = min(line.line.x0 for line in lines)
    x1 = max(line.line.x1 for line in lines)
    inner = sorted(gutters)
    sides = [x0, *(x for gutter in inner for x in gutter), x1]
    middles = [x0 - 1, *((a + b) / 2 for a, b in inner), x1 + 1]
    return [
        Column(sides[2 * i], sides[2 * i + 1], left, right)
        for i, (left, right) in enumerate(pairwise(middles))
    ]


def shared_columns(lines: Sequence[TextLine], columns: Sequence[Column]) -> list[Column]:
    """The columns, neighbours of which no line has both put together.

    So stand labels set to the left and totals set to the right of one column.
    """
    held = [
        {
            i
            for i, column in enumerate(columns)
            if any(column.left <= chunk.middle < column.right for chunk in line.chunks)
        }
        for line in lines
    ]
    shared: list[Column] = []
    ids: list[set[int]] = []
    for index, column in enumerate(columns):
        if shared and not any(index in row and row & ids[-1] for row in held):
            left = shared[-1]
            shared[-1] = Column(left.x0, column.x1, left.left, column.right)
            ids[-1].add(index)
        else:
            shared.append(column)
            ids.append({index})
    return shared
