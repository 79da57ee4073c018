"""The lines above the first row of a table -> heads over one column or several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.pdf.page import Rule
from extract.pdf.tables.chunks import Chunk, TextLine
from extract.pdf.tables.gutters import Column

_COVERED = 0.5
"""A head stands over a column when it covers this share of its ink."""
_STACKED = 0.75
"""Lines of one head are no further apart than this many sizes of type."""
_WIDER_THAN_SLOT = 0.9
"""A head over several columns is at least this share of one column's width."""
_OFF = 0.25
"""A head stands off the middle of its columns by up to this share of one column's width."""
_RULE_BELOW = 1.3
"""The rule that shows how far a head reaches runs within so many sizes of type below it."""


@dataclass(slots=True)
class Head:
    """Chunks, one under another, over the columns from `first` up to `last`."""

    chunks: list[Chunk]
    first: int
    last: int
    row: int = 0
    rows: int = 1

    @property
    def bottom(self) -> float:
        return max(chunk.bbox[3] for chunk in self.chunks)

    @property
    def top(self) -> float:
        return min(chunk.bbox[1] for chunk in self.chunks)


def chunk_to_columns(chunk: Chunk, columns: Sequence[Column]) -> tuple[int, int]:
    """The first column a chunk stands over and the one after the last."""
    own = next(
        (i for i, c in enumerate(columns) if c.left <= chunk.middle < c.right),
        0 if chunk.middle < columns[0].left else len(columns) - 1,
    )
    covered = [
        i
        for i, c in enumerate(columns)
        if min(chunk.x1, c.x1) - max(chunk.x0, c.x0) >= _COVERED * max(c.x1 - c.x0, 0.1)
    ]
    if not covered:
        return own, own + 1
    return covered[0], covered[-1] + 1


def lines_to_heads(
    lines: Sequence[TextLine], columns: Sequence[Column], level: Sequence[Rule]
) -> tuple[list[Head], int]:
    """The heads with their rows, and how many rows there are in all."""
    if not lines:
        return [], 0
    heads: list[Head] = []
    width = columns[-1].x1 - columns[0].x0
    partial = [rule for rule in level if rule.x1 - rule.x0 < 0.8 * width]
    repeat = _repeat(lines, columns)
    for number, line in enumerate(lines):
        below = [chunk for other in lines[number + 1 :] for chunk in other.chunks]
        groups = _groups(line, columns, repeat) if below else {}
        for index, chunk in enumerate(line.chunks):
            if index in groups:
                first, last = groups[index]
            else:
                first, last = _reach(chunk, line, columns, partial, below)
            above = _stacked_on(heads, first, last, chunk, line, level)
            if above is not None:
                above.chunks.append(chunk)
            else:
                heads.append(Head([chunk], first, last))
    return heads, _set_rows(heads, len(columns))


@dataclass(frozen=True, slots=True)
class _Repeat:
    """Columns from `first` up to `last` under heads that repeat after `period` columns."""

    first: int
    last: int
    period: int


def _repeat(lines: Sequence[TextLine], columns: Sequence[Column]) -> _Repeat | None:
    """Where the lowest heads repeat: n, %, n, % or the same years again and again."""
    texts: dict[int, str] = {}
    for chunk in lines[-1].chunks:
        first, last = chunk_to_columns(chunk, columns)
        if first > 0 and last - first == 1:
            texts[first] = "".join(chunk.text.split())
    if not texts:
        return None
    last = max(texts)
    first = last
    while first - 1 in texts:
        first -= 1
    run = [texts[i] for i in range(first, last + 1)]
    for skip in range(len(run)):
        rest = run[skip:]
        for period in range(2, len(rest) // 2 + 1):
            repeated = all(text == rest[i % period] for i, text in enumerate(rest))
            if repeated and len(rest) % period == 0 and len(set(rest[:period])) == period:
                return _Repeat(first + skip, last + 1, period)
    return None


def _groups(
    line: TextLine, columns: Sequence[Column], repeat: _Repeat | None
) -> dict[int, tuple[int, int]]:
    """The columns under each head of a line with one head for each repeated group of columns."""
    if repeat is None:
        return {}
    left, right = columns[repeat.first].left, columns[repeat.last - 1].right
    heads = [i for i, chunk in enumerate(line.chunks) if left <= chunk.middle <= right]
    if len(heads) * repeat.period != repeat.last - repeat.first:
        return {}
    groups = {
        index: (repeat.first + i * repeat.period, repeat.first + (i + 1) * repeat.period)
        for i, index in enumerate(heads)
    }
    fit = all(
        columns[first].left <= line.chunks[index].middle <= columns[last - 1].right
        for index, (first, last) in groups.items()
    )
    return groups if fit else {}


def _reach(
    chunk: Chunk,
    line: TextLine,
    columns: Sequence[Column],
    partial: Sequence[Rule],
    below: Sequence[Chunk],
) -> tuple[int, int]:
    """The columns under a head: those over a rule right below it, else those it covers."""
    first, last = chunk_to_columns(chunk, columns)
    for rule in partial:
        near = chunk.bbox[3] - 2 <= rule.top <= chunk.bbox[3] + _RULE_BELOW * line.em
        if near and rule.x0 <= chunk.middle <= rule.x1:
            under = [
                i for i, c in enumerate(columns) if rule.x0 - 2 <= (c.x0 + c.x1) / 2 <= rule.x1 + 2
            ]
            if under:
                return min(first, under[0]), max(last, under[-1] + 1)
    if len(below) < 2:
        return first, last
    return _centered(chunk, line, columns, first, last, below)


def _centered(
    chunk: Chunk,
    line: TextLine,
    columns: Sequence[Column],
    first: int,
    last: int,
    below: Sequence[Chunk],
) -> tuple[int, int]:
    """Further columns that a head is centered over, as heads of single columns below it show."""
    index = line.chunks.index(chunk)
    before = chunk_to_columns(line.chunks[index - 1], columns)[1] if index else 0
    after = len(columns)
    if index + 1 < len(line.chunks):
        after = chunk_to_columns(line.chunks[index + 1], columns)[0]
    if len(line.chunks) == 1 and chunk.x0 > columns[0].x1:
        return _alone(chunk, line, columns, first, last)
    best = first, last
    nearest = abs(_middle(columns, first, last) - chunk.middle)
    if last - first == 1 and nearest < 0.5 * line.em and not _is_over(chunk, below):
        return best
    least = 1 if index == 0 and len(columns) > 2 and chunk.x0 > columns[0].right else before
    for a in range(least, first + 1):
        for b in range(last, after + 1):
            if b - a < 2:
                continue
            off = abs(_middle(columns, a, b) - chunk.middle)
            if off < nearest - 0.4 * line.em:
                best, nearest = (a, b), off
    return best


def _alone(
    chunk: Chunk, line: TextLine, columns: Sequence[Column], first: int, last: int
) -> tuple[int, int]:
    """As many columns as a head alone on its line is centered over, if it is wider than one."""
    slot = columns[first].right - columns[first].left
    near = max(line.em, _OFF * slot)
    off = abs(_middle(columns, first, last) - chunk.middle)
    wide = chunk.x1 - chunk.x0 >= _WIDER_THAN_SLOT * slot
    if last - first == 1 and not wide and off <= near:
        return first, last
    for length in range(len(columns) - 1, last - first, -1):
        for a in range(max(1, last - length), first + 1):
            if a + length <= len(columns) and (
                abs(_middle(columns, a, a + length) - chunk.middle) <= near
            ):
                return a, a + length
    return first, last


def _is_over(chunk: Chunk, below: Sequence[Chunk]) -> bool:
    """Whether no head below stands right under this one."""
    return not any(b.x0 < chunk.middle < b.x1 for b in below)


def _middle(columns: Sequence[Column], first: int, last: int) -> float:
    return (columns[first].x0 + columns[last - 1].x1) / 2


def _stacked_on(
    heads: Sequence[Head],
    first: int,
    last: int,
    chunk: Chunk,
    line: TextLine,
    level: Sequence[Rule],
) -> Head | None:
    """The head right above over the same columns, of which the chunk is a further line."""
    over = [head for head in heads if head.first < last and first < head.last]
    if not over:
        return None
    nearest = max(over, key=lambda head: head.bottom)
    if (nearest.first, nearest.last) != (first, last):
        return None
    gap = chunk.bbox[1] - nearest.bottom
    parted = any(
        nearest.bottom - 2 <= rule.top <= chunk.bbox[1] + 2 and rule.x0 <= chunk.middle <= rule.x1
        for rule in level
    )
    return nearest if gap <= _STACKED * line.em and not parted else None


def _set_rows(heads: Sequence[Head], columns: int) -> int:
    """Rows given to the heads: each below all that stand over it, the lowest down to the end."""
    depth = [0] * columns
    for head in sorted(heads, key=lambda head: head.top):
        head.row = max(depth[head.first : head.last])
        depth[head.first : head.last] = [head.row + 1] * (head.last - head.first)
    rows = max(depth)
    for head in heads:
        below = [
            other.row
            for other in heads
            if other.row > head.row and other.first < head.last and head.first < other.last
        ]
        head.rows = (min(below) if below else rows) - head.row
    return rows
