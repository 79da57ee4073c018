"""A block of lines with figures in columns -> a piece of a table, labels and groups included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.pdf.glue import NUMBERED
from extract.pdf.page import Char, Rule
from extract.pdf.piece import Piece, PieceCell
from extract.pdf.unruled.groups import Row, rows_to_label_cells
from extract.pdf.unruled.heads import have_heads, heads_to_cells, with_headed_columns
from extract.pdf.unruled.row_labels import SAME_LABEL, labels_to_rows
from extract.pdf.unruled.tokens import Token, TokenLine, chars_to_segments
from extract.pdf.unruled.values import (
    WIDE_ROW,
    are_numbered,
    by_height,
    is_filled,
    join_by_heads,
    lines_between,
    value_columns,
    values_in_columns,
    words_in_columns,
)
from extract.pdf.unruled.zones import Extent, Label, Span, label_zones

_MOST_COLUMNS = 60
_CLEAR_ROWS, _CLEAR_COLUMNS = 3, 3
"""A block is clear with so many rows and columns, or with two rows of three figures, or with one
row of so many figures under heads."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page shows besides lines: characters in drawing order, vertical labels, rules."""

    chars: Sequence[Char]
    labels: Sequence[Label]
    level: Sequence[Rule]
    page: int


@dataclass(frozen=True, slots=True)
class Block:
    """A piece, whether its columns are clear by themselves, and whether each has its head."""

    piece: Piece
    clear: bool
    headed: bool


def begins_label(line: TokenLine, below: TokenLine, split: float) -> bool:
    """Whether a line above the first figures begins their label and is no head.

    Figures stand right of `split`, and midway beside a label of several lines.
    """
    if any(token.bbox[2] > split for token in line.tokens):
        return False
    if line.line.bottom > below.line.top:
        return True
    return (
        below.line.top - line.line.bottom < SAME_LABEL * line.em
        and NUMBERED.match(line.line.text) is not None
        and below.tokens[0].middle < split
        and NUMBERED.match(below.line.text) is None
    )


def row_to_piece(token: Token, extent: Extent, page: int) -> Piece:
    """A banner as a row over the whole width."""
    box = (extent.left, token.bbox[1], extent.right, token.bbox[3])
    cell = PieceCell(0, 0, 1, 1, token.text, page, box)
    return Piece(page, box, (extent.left, extent.right), 1, (cell,), page, box, unruled=True)


def block_to_piece(
    lines: Sequence[TokenLine], extent: Extent, split: float, drawn: Drawn
) -> Block | None:
    """The lines as heads and rows, None where figures run into each other or are too sparse.

    None also where words stand among the figures, so that nothing printed is passed over.
    Labels stand left of `split`, figures right of it.
    """
    first = next((i for i, line in enumerate(lines) if line.is_row), None)
    if first is None:
        return None
    while first and begins_label(lines[first - 1], lines[first], split):
        first -= 1
    heads, body = lines[:first], lines[first:]
    rows = [line for line in body if line.is_row]
    if max(len(line.tokens) for line in rows) > _MOST_COLUMNS:
        return None
    if not any(line.figures for line in rows):
        return None
    if any(t.middle > split for line in body if not line.is_row for t in line.tokens):
        return None
    size = median(line.em for line in lines)
    columns = value_columns([[t for t in line.tokens if t.middle > split] for line in rows])
    columns = join_by_heads(columns, heads, size)
    columns = with_headed_columns(columns, heads, split, size)
    if any(b[0] - a[1] < 0.3 * size for a, b in pairwise(columns)):
        return None
    headed = have_heads(columns, heads, size)
    values = values_in_columns(rows, columns, split)
    if values is None:
        return None
    numbered = are_numbered(rows)
    figured = [row for line, row in zip(rows, values, strict=True) if line.figures]
    filled = is_filled(figured, headed, numbered)
    if not filled and (heads or not numbered):
        return None
    first = _first_row(heads, columns, split, size)
    if first < len(heads):
        heads, body = lines[:first], lines[first:]
        worded = [line for line in body if line not in rows and line.tokens[-1].middle > split]
        words = words_in_columns(worded, columns, split)
        if words is None:
            return None
        rows, values = by_height([*rows, *worded], [*values, *words])
    top, bottom = body[0].line.top - 0.2 * size, body[-1].line.bottom + 0.2 * size
    within = [c for c in drawn.chars if c.x0 + c.x1 <= 2 * split and top <= c.top <= bottom]
    labels = [
        label for label in drawn.labels if label.bbox[2] < split and top < label.height < bottom
    ]
    zones, tokens = label_zones(chars_to_segments(within, size), labels, extent, size)
    grid = [
        Row(sum(t.height for t in line.tokens) / len(line.tokens), [[] for _ in zones], list(row))
        for line, row in zip(rows, values, strict=True)
    ]
    grid = labels_to_rows(grid, tokens, zones, drawn.level, size)
    if any(_has_two_labels(row) for row in grid):
        return None
    xs = (*zones, *lines_between(split if zones else extent.left, columns), extent.right)
    head_cells, head_rows = heads_to_cells(heads, xs, len(zones), drawn.page)
    label_cells = rows_to_label_cells(grid, labels, xs, len(zones), drawn.page)
    value_cells = [
        _value_cell(number, len(zones) + column, token, row, xs, drawn.page)
        for number, row in enumerate(grid)
        if not row.plain
        for column, token in enumerate(row.values)
    ]
    cells = [
        *head_cells,
        *(c._replace(row=c.row + head_rows) for c in (*label_cells, *value_cells)),
    ]
    box = (xs[0], lines[0].line.top, xs[-1], lines[-1].line.bottom)
    rows_in_all = head_rows + len(grid)
    piece = Piece(
        drawn.page,
        box,
        xs,
        rows_in_all,
        tuple(cells),
        drawn.page,
        box,
        unruled=True,
        label_columns=len(zones),
        sparse=not filled,
    )
    clear = _is_clear(values, len(zones), bool(heads)) or (headed and len(columns) > 1)
    return Block(piece, clear, headed)


def _first_row(
    heads: Sequence[TokenLine], columns: Sequence[Span], split: float, size: float
) -> int:
    """Which of the lines above the first figures is the first row; their number if none is.

    A row without a figure has a label of its own, under the heads of all columns and apart from
    them by more than the lines of one head.
    """
    for index, line in enumerate(heads):
        above = heads[:index]
        labels = [t.bbox[3] for other in above for t in other.tokens if t.bbox[2] <= split]
        if not labels or line.tokens[0].bbox[2] > split:
            continue
        bottom = max([*labels, *(other.line.bottom for other in above)])
        if line.line.top - bottom >= SAME_LABEL * size and have_heads(columns, above, size):
            return index
    return len(heads)


def _has_two_labels(row: Row) -> bool:
    """Whether labels of two rows came together, as those do of rows without a figure.

    A character of a label set downwards may stand before the number.
    """
    return any(
        sum(1 for token in zone if any(NUMBERED.match(token.text[i:]) for i in (0, 1))) > 1
        for zone in row.labels
    )


def _value_cell(
    number: int, column: int, token: Token | None, row: Row, xs: Sequence[float], page: int
) -> PieceCell:
    if token is not None:
        return PieceCell(number, column, 1, 1, token.text, page, token.bbox)
    known = [t.bbox for t in row.values if t is not None]
    known = known or [t.bbox for zone in row.labels for t in zone]
    top, bottom = min(box[1] for box in known), max(box[3] for box in known)
    return PieceCell(number, column, 1, 1, "", page, (xs[column], top, xs[column + 1], bottom))


def _is_clear(values: Sequence[Sequence[Token | None]], zones: int, headed: bool) -> bool:
    rows, columns = len(values), len(values[0])
    if rows >= _CLEAR_ROWS and columns + zones >= _CLEAR_COLUMNS:
        return True
    return (rows >= 2 and columns >= 3) or (columns >= WIDE_ROW and (headed or zones > 0))
