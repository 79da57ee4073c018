"""Labels -> the rows that they name: beside their figures, or in a row that has none.

Where zeros are left blank, a row may be a label alone. It is told by its number, or by standing
right under the heads, and by keeping the distance that rows keep; a group's label in front of its
rows keeps none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.pdf.glue import NUMBERED
from extract.pdf.page import Rule
from extract.pdf.unruled.groups import Row, text_to_ordinal
from extract.pdf.unruled.tokens import Token
from extract.pdf.unruled.zones import Span, zone_of

SAME_LABEL = 0.6
"""Lines of one label are no further apart than this many sizes of their type."""
_ALIGNED = 0.2
"""A label stands at the height of figures within this many sizes of type."""
_NEAR_ROWS = 2
"""Rows above and below a label that it may belong to."""
_OWN_ROW = 0.8
"""A label this share of the least distance of rows away from all of them is no part of any."""
_ROW_GAP = 0.75
"""A row keeps this share of the common gap between rows on both sides."""


@dataclass(slots=True)
class _LabelBlock:
    """The lines of one label; `row` is the index of the row of figures at the height of one."""

    zone: int
    tokens: list[Token]
    row: int | None

    @property
    def span(self) -> Span:
        return min(t.bbox[1] for t in self.tokens), max(t.bbox[3] for t in self.tokens)


def labels_to_rows(
    grid: Sequence[Row],
    tokens: Sequence[Token],
    zones: Sequence[float],
    level: Sequence[Rule],
    size: float,
) -> list[Row]:
    """The rows of figures with their labels, and the rows that are a label alone, by height.

    A label belongs to the nearest row that no level rule parts it from.
    """
    blocks = _label_blocks(grid, tokens, zones, level, size)
    blank = _blank_rows(grid, blocks, zones)
    rows = sorted((*grid, *(row for row, _ in blank)), key=lambda row: row.height)
    taken = {id(block) for _, block in blank}
    pitch = min([b.height - a.height for a, b in pairwise(rows)], default=0.0)
    plain: list[Row] = []
    for block in blocks:
        if id(block) in taken:
            continue
        top, bottom = block.span
        nearest = _nearest(rows, block, level)
        close = abs(nearest.height - (top + bottom) / 2) < _OWN_ROW * pitch
        if close or block.row is not None or not pitch or len(zones) > 1:
            nearest.labels[block.zone] += block.tokens
            continue
        row = Row((top + bottom) / 2, [[] for _ in zones], [None] * len(rows[0].values), plain=True)
        row.labels[block.zone] += block.tokens
        plain.append(row)
    return sorted((*rows, *plain), key=lambda row: row.height)


def _label_blocks(
    grid: Sequence[Row],
    tokens: Sequence[Token],
    zones: Sequence[float],
    level: Sequence[Rule],
    size: float,
) -> list[_LabelBlock]:
    """Lines of labels under one another put together, none of which begins with a number."""
    blocks: list[_LabelBlock] = []
    last: dict[int, _LabelBlock] = {}
    for token in sorted(tokens, key=lambda token: (token.height, token.bbox[0])):
        zone = zone_of(token, zones)
        row = _row_beside(grid, token, size)
        block = last.get(zone)
        if block is not None and _goes_on(block, token, row, level, size):
            block.tokens.append(token)
            block.row = row if block.row is None else block.row
            continue
        last[zone] = _LabelBlock(zone, [token], row)
        blocks.append(last[zone])
    return blocks


def _goes_on(
    block: _LabelBlock, token: Token, row: int | None, level: Sequence[Rule], size: float
) -> bool:
    if row is not None and block.row is not None and row != block.row:
        return False
    _, bottom = block.span
    if token.bbox[1] - bottom > SAME_LABEL * size or _parted(token, block.tokens[-1].height, level):
        return False
    beside = token.bbox[1] < bottom - size / 2
    return beside or NUMBERED.match(token.text) is None


def _row_beside(grid: Sequence[Row], token: Token, size: float) -> int | None:
    found = [i for i, row in enumerate(grid) if abs(row.height - token.height) <= _ALIGNED * size]
    return found[0] if len(found) == 1 else None


def _blank_rows(
    grid: Sequence[Row], blocks: Sequence[_LabelBlock], zones: Sequence[float]
) -> list[tuple[Row, _LabelBlock]]:
    """The labels that are rows of their own, each with its row."""
    figures = [span for row in grid if (span := _figures_span(row)) is not None]
    inner = [block.span for block in blocks if block.zone > 0 or len(zones) == 1]
    spans = _merged([*figures, *inner])
    gaps = [b[0] - a[1] for a, b in pairwise(spans)]
    if not gaps or not blocks:
        return []
    least = _ROW_GAP * median(gaps)
    found: list[tuple[Row, _LabelBlock]] = []
    for block, below in zip(blocks, (*blocks[1:], None), strict=True):
        text = block.tokens[0].text
        under_heads = block.span[1] < min(figures)[0]
        if NUMBERED.match(text) is None and not under_heads:
            continue
        if len(zones) == 1 and below is not None and _is_title_of(text, below.tokens[0].text):
            continue
        others = figures + [other.span for other in blocks if other.zone > block.zone]
        if all(_gap(block.span, other) >= least for other in others):
            height = sum(block.span) / 2
            row = Row(height, [[] for _ in zones], [None] * len(grid[0].values))
            row.labels[block.zone] += block.tokens
            found.append((row, block))
    return found


def _is_title_of(text: str, below: str) -> bool:
    """Whether another kind of numbers stands below, so that the label stands for a group."""
    number, next_number = text_to_ordinal(text), text_to_ordinal(below)
    if next_number is None:
        return False
    return number is None or number[0] != next_number[0]


def _figures_span(row: Row) -> Span | None:
    """How far a row's figures reach, None for a row without any."""
    known = [token.bbox for token in row.values if token is not None]
    return (min(box[1] for box in known), max(box[3] for box in known)) if known else None


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for top, bottom in sorted(spans):
        if merged and top <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], bottom))
        else:
            merged.append((top, bottom))
    return merged


def _gap(a: Span, b: Span) -> float:
    """The space between two extents, below 0 where they overlap."""
    return max(a[0] - b[1], b[0] - a[1])


def _nearest(rows: Sequence[Row], block: _LabelBlock, level: Sequence[Rule]) -> Row:
    top, bottom = block.span
    middle = (top + bottom) / 2
    near = sorted(rows, key=lambda row: abs(row.height - middle))[: 2 * _NEAR_ROWS]
    token = min(block.tokens, key=lambda token: abs(token.height - middle))
    return next((row for row in near if not _parted(token, row.height, level)), near[0])


def _parted(token: Token, height: float, level: Sequence[Rule]) -> bool:
    low, high = sorted((token.height, height))
    return any(
        low + 1 < rule.top < high - 1 and rule.x0 <= token.middle <= rule.x1 for rule in level
    )
