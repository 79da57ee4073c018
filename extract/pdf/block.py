"""A block of lines with figures in columns -> a piece of a table, labels and groups included."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.pdf.glue import NUMBERED
from extract.pdf.groups import Row, rows_to_label_cells
from extract.pdf.heads import heads_to_cells
from extract.pdf.page import Char, Rule
from extract.pdf.piece import Piece, PieceCell
from extract.pdf.tokens import Token, TokenLine, chars_to_segments
from extract.pdf.zones import Extent, Label, Span, label_zones, spans_of, zone_of

_MOST_COLUMNS = 60
_FILLED = 0.6
"""So much of the figure columns must be filled."""
_CLEAR_ROWS, _CLEAR_COLUMNS = 3, 3
_WIDE_ROW = 5
"""A block is clear with so many rows and columns, or with two rows of three figures, or with one
row of so many figures under heads."""
_NEAR_ROWS = 2
"""Rows above and below a label that it may belong to."""
_SAME_LABEL = 0.6
"""Lines of one label are no further apart than this many sizes of their type."""
_OWN_ROW = 0.8
"""A label this share of the least distance of rows away from all of them is no part of any."""


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
        below.line.top - line.line.bottom < _SAME_LABEL * line.em
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
    first = next((i for i, line in enumerate(lines) if line.figures), None)
    if first is None:
        return None
    while first and begins_label(lines[first - 1], lines[first], split):
        first -= 1
    heads, body = lines[:first], lines[first:]
    rows = [line for line in body if line.figures]
    if max(len(line.tokens) for line in rows) > _MOST_COLUMNS:
        return None
    if any(t.middle > split for line in body if not line.figures for t in line.tokens):
        return None
    size = median(line.em for line in lines)
    columns = _value_columns([[t for t in line.tokens if t.middle > split] for line in rows])
    if any(b[0] - a[1] < 0.3 * size for a, b in pairwise(columns)):
        return None
    values = _values(rows, columns, split)
    if values is None:
        return None
    top, bottom = body[0].line.top - 0.2 * size, body[-1].line.bottom + 0.2 * size
    within = [c for c in drawn.chars if c.x0 + c.x1 <= 2 * split and top <= c.top <= bottom]
    labels = [
        label for label in drawn.labels if label.bbox[2] < split and top < label.height < bottom
    ]
    zones, tokens = label_zones(chars_to_segments(within, size), labels, extent, size)
    grid = _rows(rows, values, tokens, zones, drawn.level)
    xs = (*zones, *_between(split if zones else extent.left, columns), extent.right)
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
    piece = Piece(drawn.page, box, xs, rows_in_all, tuple(cells), drawn.page, box, unruled=True)
    headed = bool(heads) and _have_heads(columns, heads[-1], split)
    clear = _is_clear(values, len(zones), bool(heads)) or (headed and len(columns) > 1)
    return Block(piece, clear, headed)


def _value_columns(rows: Sequence[Sequence[Token]]) -> list[Span]:
    """The extents of the columns of figures.

    Dashes in place of figures may be set to another side of their column than the figures; they
    make no column of their own when no row has both.
    """
    columns = spans_of([token for row in rows for token in row])
    index = 0
    while index + 1 < len(columns):
        left, right = columns[index], columns[index + 1]
        held = [
            [[t for t in row if x0 <= t.middle <= x1] for row in rows] for x0, x1 in (left, right)
        ]
        apart = not any(a and b for a, b in zip(*held, strict=True))
        dashes = any(
            not any(c.isdigit() for row in side for t in row for c in t.text) for side in held
        )
        if apart and dashes:
            columns[index : index + 2] = [(left[0], right[1])]
        else:
            index += 1
    return columns


def _values(
    rows: Sequence[TokenLine], columns: Sequence[Span], split: float
) -> list[list[Token | None]] | None:
    """For each row its token in each column; None when two fall in one, or too few are figures."""
    values: list[list[Token | None]] = []
    for line in rows:
        row: list[Token | None] = [None] * len(columns)
        for token in line.tokens:
            if token.middle <= split:
                continue
            column = next(i for i, (x0, x1) in enumerate(columns) if x0 <= token.middle <= x1)
            if row[column] is not None:
                return None
            row[column] = token
        values.append(row)
    filled = figured = 0
    for held in zip(*values, strict=True):
        tokens = [token for token in held if token is not None]
        figures = sum(1 for token in tokens if any(c.isdigit() for c in token.text))
        if figures and sum(1 for token in tokens if token.figure) == len(tokens):
            filled += len(tokens)
            figured += 1
    return values if figured and filled >= _FILLED * figured * len(rows) else None


def _rows(
    rows: Sequence[TokenLine],
    values: Sequence[list[Token | None]],
    tokens: Sequence[Token],
    zones: Sequence[float],
    level: Sequence[Rule],
) -> list[Row]:
    """The rows with every label put to the nearest one that no level rule parts it from.

    A label as far from every row of figures as these are from each other is a row of its own.
    """
    grid = [
        Row(sum(t.height for t in line.tokens) / len(line.tokens), [[] for _ in zones], list(row))
        for line, row in zip(rows, values, strict=True)
    ]
    pitch = min([b.height - a.height for a, b in pairwise(grid)], default=0.0)
    plain: list[Row] = []
    heights = [row.height for row in grid]
    for token in tokens:
        at = bisect_left(heights, token.height)
        near = sorted(
            grid[max(at - _NEAR_ROWS, 0) : at + _NEAR_ROWS],
            key=lambda row: abs(row.height - token.height),
        )
        nearest = next((row for row in near if not _parted(token, row.height, level)), near[0])
        zone = zone_of(token, zones)
        close = abs(nearest.height - token.height) < _OWN_ROW * pitch
        if close or not pitch or len(zones) > 1:
            nearest.labels[zone].append(token)
            continue
        row = Row(token.height, [[] for _ in zones], [None] * len(values[0]), plain=True)
        row.labels[zone].append(token)
        plain.append(row)
    return sorted((*grid, *plain), key=lambda row: row.height)


def _parted(token: Token, height: float, level: Sequence[Rule]) -> bool:
    low, high = sorted((token.height, height))
    return any(
        low + 1 < rule.top < high - 1 and rule.x0 <= token.middle <= rule.x1 for rule in level
    )


def _between(first: float, columns: Sequence[Span]) -> list[float]:
    """The left side of the first column, and the lines between columns, midway."""
    middles = [(x0 + x1) / 2 for x0, x1 in columns]
    lines = [(a + b) / 2 for a, b in pairwise(middles)]
    clear = [min(max(x, a[1]), b[0]) for x, (a, b) in zip(lines, pairwise(columns), strict=True)]
    return [first, *clear]


def _value_cell(
    number: int, column: int, token: Token | None, row: Row, xs: Sequence[float], page: int
) -> PieceCell:
    if token is not None:
        return PieceCell(number, column, 1, 1, token.text, page, token.bbox)
    known = [t.bbox for t in row.values if t is not None]
    top, bottom = min(box[1] for box in known), max(box[3] for box in known)
    return PieceCell(number, column, 1, 1, "", page, (xs[column], top, xs[column + 1], bottom))


def _have_heads(columns: Sequence[Span], heads: TokenLine, split: float) -> bool:
    """Whether a line of heads has one for each column of figures, over its figures."""
    tokens = [token for token in heads.tokens if token.middle > split]
    return len(tokens) == len(columns) and all(
        token.bbox[0] <= (x0 + x1) / 2 <= token.bbox[2]
        for token, (x0, x1) in zip(tokens, columns, strict=True)
    )


def _is_clear(values: Sequence[Sequence[Token | None]], zones: int, headed: bool) -> bool:
    rows, columns = len(values), len(values[0])
    if rows >= _CLEAR_ROWS and columns + zones >= _CLEAR_COLUMNS:
        return True
    return (rows >= 2 and columns >= 3) or (columns >= _WIDE_ROW and (headed or zones > 0))
