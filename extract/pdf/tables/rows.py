"""Lines of a table's body -> its rows: lines that belong to one cell put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extract.pdf.page import Rule
from extract.pdf.tables.chunks import Chunk, TextLine
from extract.pdf.tables.gutters import Column
from extract.pdf.tables.heads import chunk_to_columns
from extract.pdf.tables.stretches import rule_between

_CLOSE = 0.95
"""Lines of one cell are no further apart than this many sizes of type."""
_ROOM = 0.35
"""The blank between two words, in sizes of type."""
_NEXT = 5.0
"""A full line of a label ends within so many sizes of type before the next column."""
_GOES_ON = ("-", "–", ",", " and", " of", " or", " the", " for", " to", " in", " with", "&", "/")


@dataclass(frozen=True, slots=True)
class Placed:
    """A chunk over the columns from `first` up to `last`."""

    chunk: Chunk
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A line with its chunks in their columns; `values` counts figures beside the labels."""

    line: TextLine
    placed: tuple[Placed, ...]
    values: int

    def at(self, column: int) -> Placed | None:
        return next((p for p in self.placed if p.first <= column < p.last), None)


def place_line(line: TextLine, columns: Sequence[Column]) -> BodyLine:
    placed = tuple(Placed(chunk, *chunk_to_columns(chunk, columns)) for chunk in line.chunks)
    values = sum(1 for p in placed if p.chunk.value and p.first > 0)
    return BodyLine(line, placed, values)


def value_columns(lines: Sequence[BodyLine], count: int) -> set[int]:
    """The columns right of the first in which most chunks are figures."""
    held: list[list[bool]] = [[] for _ in range(count)]
    for line in lines:
        for p in line.placed:
            if p.last - p.first == 1:
                held[p.first].append(p.chunk.value)
    return {i for i, values in enumerate(held) if i and values and sum(values) >= 0.5 * len(values)}


def lines_to_rows(
    lines: Sequence[BodyLine], columns: Sequence[Column], level: Sequence[Rule]
) -> list[list[BodyLine]]:
    """The lines of each row, from the top down."""
    if not lines:
        return []
    figures = value_columns(lines, len(columns))
    anchors = [_is_anchor(line, figures) for line in lines]
    parted = [rule_between(upper.line, lower.line, level) for upper, lower in pairwise(lines)]
    bands = _bands(parted)
    if len(bands) >= 3 and _rules_part_rows(bands, anchors, bool(figures)):
        return [list(lines[start:stop]) for start, stop in bands]
    rows: list[list[BodyLine]] = []
    for start, stop in bands:
        part = lines[start:stop]
        if figures:
            rows += _anchored_rows(part, anchors[start:stop], columns)
        else:
            rows += _worded_rows(part, columns)
    return rows


def _is_anchor(line: BodyLine, figures: set[int]) -> bool:
    return any(p.chunk.value and p.first in figures for p in line.placed)


def _bands(parted: Sequence[bool]) -> list[tuple[int, int]]:
    cuts = [0, *(i for i, cut in enumerate(parted, 1) if cut), len(parted) + 1]
    return list(pairwise(cuts))


def _rules_part_rows(
    bands: Sequence[tuple[int, int]], anchors: Sequence[bool], figures: bool
) -> bool:
    """Whether a rule stands below every row, so that lines between rules are one row."""
    if not figures:
        return sum(1 for a, b in bands if b - a > 1) > 0
    single = sum(1 for a, b in bands if sum(anchors[a:b]) <= 1)
    return single >= 0.9 * len(bands) and max(b - a for a, b in bands) > 1


def _anchored_rows(
    lines: Sequence[BodyLine], anchors: Sequence[bool], columns: Sequence[Column]
) -> list[list[BodyLine]]:
    """A row for each line of figures; lines of words go to a neighbour or stand alone."""
    group = list(range(len(lines)))
    for i, line in enumerate(lines):
        if not anchors[i]:
            continue
        if line.at(0) is None and len(columns) > 2:
            _join_midway(lines, anchors, group, i)
    for i, line in enumerate(lines):
        if i == 0 or group[i] != i:
            continue
        before = lines[i - 1]
        if not anchors[i]:
            if _continues(before, line, columns) and not (
                i + 1 < len(lines)
                and anchors[i - 1]
                and _continues(line, lines[i + 1], columns)
                and not _starts_lower(line)
                and anchors[i + 1]
            ):
                group[i] = group[i - 1]
        elif not anchors[i - 1] and _continues(before, line, columns) and _only_label(before):
            group[i] = group[i - 1]
    rows: dict[int, list[BodyLine]] = {}
    for i, line in enumerate(lines):
        rows.setdefault(group[i], []).append(line)
    return list(rows.values())


def _only_label(line: BodyLine) -> bool:
    return all(p.first == 0 and p.last == 1 for p in line.placed)


def _join_midway(
    lines: Sequence[BodyLine], anchors: Sequence[bool], group: list[int], at: int
) -> None:
    """Label lines right above and below figures that stand midway beside them."""
    line = lines[at].line
    near = []
    for other in (at - 1, at + 1):
        if 0 <= other < len(lines) and not anchors[other] and _only_label(lines[other]):
            upper, lower = sorted((line, lines[other].line), key=lambda found: found.top)
            if lower.top - upper.bottom < 0.1 * line.em:
                near.append(other)
    if len(near) == 2:
        group[at] = group[near[1]] = group[near[0]]


def _starts_lower(line: BodyLine) -> bool:
    return line.placed[0].chunk.text[:1].islower()


def _continues(upper: BodyLine, lower: BodyLine, columns: Sequence[Column]) -> bool:
    """Whether the lower line goes on with the cells of the upper one."""
    em = lower.line.em
    if lower.line.top - upper.line.bottom > _CLOSE * em:
        return False
    if abs(upper.line.em - em) > 0.2 * em:
        return False
    first = lower.placed[0]
    above = upper.at(first.first)
    if above is None or above.last - above.first > 1:
        return False
    if first.first > 0 and not first.chunk.value:
        return all(not p.chunk.value for p in lower.placed)
    text = above.chunk.text
    if first.chunk.x0 < above.chunk.x0 - 0.6 * em and first.first == 0:
        return False
    if text.endswith(":"):
        return False
    if first.chunk.text.startswith("(") and not lower.values and not first.chunk.value:
        return True
    if _starts_lower(lower) or text.endswith(_GOES_ON):
        return True
    column = columns[first.first]
    word = first.chunk.words[0]
    full = above.chunk.x1 + _ROOM * em + (word.x1 - word.x0) > column.x1 + 0.3 * em
    beyond = columns[first.first + 1].x0 if first.first + 1 < len(columns) else column.x1
    return full and max(column.x1, upper.line.leaders, beyond) - above.chunk.x1 <= _NEXT * em


def _worded_rows(lines: Sequence[BodyLine], columns: Sequence[Column]) -> list[list[BodyLine]]:
    """Rows of a table of words: a row begins where most columns do."""
    rows: list[list[BodyLine]] = []
    pitches = [b.line.top - a.line.top for a, b in pairwise(lines)]
    usual = median(pitches) if pitches else 0.0
    tight = [p for p in pitches if p <= 1.05 * usual]
    spread = bool(pitches) and max(pitches) > 1.25 * min(pitches) and len(tight) > 0
    for number, line in enumerate(lines):
        if not rows:
            rows.append([line])
            continue
        pitch = pitches[number - 1]
        if (
            (spread and pitch > 1.25 * min(pitches))
            or (
                line.at(0) is not None
                and not (line.values < 2 and _all_continue(lines[number - 1], line, columns))
            )
            or (line.at(0) is not None and rows[-1][-1].at(0) is None)
        ):
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def _all_continue(upper: BodyLine, lower: BodyLine, columns: Sequence[Column]) -> bool:
    """Whether every cell of the lower line goes on with the one above it."""
    return all(
        upper.at(p.first) is not None and _continues(upper, replace(lower, placed=(p,)), columns)
        for p in lower.placed
    )
