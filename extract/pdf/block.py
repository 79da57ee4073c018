"""A block of lines with figures in columns -> a piece of a table, labels and groups included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.pdf.glue import NUMBERED
from extract.pdf.groups import Row, rows_to_label_cells
from extract.pdf.heads import have_heads, heads_to_cells, with_headed_columns
from extract.pdf.page import Char, Rule
from extract.pdf.piece import Piece, PieceCell
from extract.pdf.row_labels import SAME_LABEL, labels_to_rows
from extract.pdf.tokens import Token, TokenLine, chars_to_segments
from extract.pdf.zones import Extent, Label, Span, label_zones, spans_of

_MOST_COLUMNS = 60
_FILLED, _FILLED_AT_LEAST = 0.6, 0.1
"""So much of the figure columns must be filled, and where heads and full rows show them all."""
_FULL_ROWS = 2
_SPACE = 0.9
"""A space inside a figure is no wider than this many sizes of type."""
_MOST_SPLIT = 0.2
"""No more than this share of the rows has a figure with a space inside."""
_CLEAR_ROWS, _CLEAR_COLUMNS = 3, 3
_WIDE_ROW = 5
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
    columns = with_headed_columns(columns, heads, split, size)
    if any(b[0] - a[1] < 0.3 * size for a, b in pairwise(columns)):
        return None
    headed = have_heads(columns, heads, size)
    values = _values(rows, columns, split)
    if values is None:
        return None
    numbered = _are_numbered(rows)
    filled = _is_filled(values, headed, numbered)
    if not filled and (heads or not numbered):
        return None
    first = _first_row(heads, columns, split, size)
    if first < len(heads):
        heads, body = lines[:first], lines[first:]
        worded = [line for line in body if line not in rows and line.tokens[-1].middle > split]
        words = _words(worded, columns, split)
        if words is None:
            return None
        rows, values = _by_height([*rows, *worded], [*values, *words])
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


def _words(
    rows: Sequence[TokenLine], columns: Sequence[Span], split: float
) -> list[list[Token | None]] | None:
    """For each row of words in place of figures its token in each column.

    None where a row has no label, or where a word is not clearly in one column.
    """
    middles = [(x0 + x1) / 2 for x0, x1 in columns]
    found: list[list[Token | None]] = []
    for line in rows:
        if line.tokens[0].bbox[2] > split:
            return None
        row: list[Token | None] = [None] * len(columns)
        for token in line.tokens:
            if token.middle <= split:
                continue
            over = [i for i, x in enumerate(middles) if token.bbox[0] <= x <= token.bbox[2]]
            if len(over) != 1 or row[over[0]] is not None:
                return None
            row[over[0]] = token
        found.append(row)
    return found


def _by_height(
    rows: Sequence[TokenLine], values: Sequence[list[Token | None]]
) -> tuple[list[TokenLine], list[list[Token | None]]]:
    pairs = sorted(zip(rows, values, strict=True), key=lambda pair: pair[0].line.top)
    return [row for row, _ in pairs], [value for _, value in pairs]


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
    """For each row its token in each column; None when two fall in one.

    The two parts of a figure with a space inside are one token, its space kept, when they stand
    close together and hardly any other row has two.
    """
    values: list[list[Token | None]] = []
    split_rows = 0
    for line in rows:
        row: list[Token | None] = [None] * len(columns)
        for token in line.tokens:
            if token.middle <= split:
                continue
            column = next(i for i, (x0, x1) in enumerate(columns) if x0 <= token.middle <= x1)
            before = row[column]
            if before is None:
                row[column] = token
            elif _are_one_figure(before, token, line.em):
                row[column] = _with_space(before, token)
                split_rows += 1
            else:
                return None
        values.append(row)
    if split_rows > max(1.0, _MOST_SPLIT * len(rows)):
        return None
    return values


def _is_filled(values: Sequence[Sequence[Token | None]], headed: bool, numbered: bool) -> bool:
    """Whether figures stand in enough places.

    Fewer do where heads show many columns, and full rows or the numbers of rows the table. Marks
    alone do under heads when they stand in every place.
    """
    filled = figured = 0
    for held in zip(*values, strict=True):
        tokens = [token for token in held if token is not None]
        figures = sum(1 for token in tokens if any(c.isdigit() for c in token.text))
        if figures and all(token.figure for token in tokens):
            filled += len(tokens)
            figured += 1
    full = [row for row in values if None not in row]
    if headed and len(full) == len(values):
        return figured > 0 or all(token and token.figure for row in full for token in row)
    shown = numbered or len(full) >= _FULL_ROWS
    sure = headed and shown and len(values[0]) >= _WIDE_ROW
    least = _FILLED_AT_LEAST if sure else _FILLED
    return figured > 0 and filled >= least * figured * len(values)


def _are_numbered(rows: Sequence[TokenLine]) -> bool:
    """Whether these are rows of one table and not figures of a text: several, and most numbered."""
    numbered = sum(1 for row in rows if NUMBERED.search(row.tokens[0].text))
    return len(rows) >= _CLEAR_ROWS and numbered > len(rows) / 2


def _has_two_labels(row: Row) -> bool:
    """Whether labels of two rows came together, as those do of rows without a figure."""
    return any(
        sum(1 for token in zone if NUMBERED.match(token.text) is not None) > 1
        for zone in row.labels
    )


def _are_one_figure(left: Token, right: Token, em: float) -> bool:
    return (
        right.bbox[0] - left.bbox[2] <= _SPACE * em
        and left.text[-1:].isdigit()
        and right.text[:1].isdigit()
    )


def _with_space(left: Token, right: Token) -> Token:
    box = (
        left.bbox[0],
        min(left.bbox[1], right.bbox[1]),
        right.bbox[2],
        max(left.bbox[3], right.bbox[3]),
    )
    text = f"{left.text} {right.text}"
    return Token(text, left.chars + right.chars, box, figure=True)


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
    known = known or [t.bbox for zone in row.labels for t in zone]
    top, bottom = min(box[1] for box in known), max(box[3] for box in known)
    return PieceCell(number, column, 1, 1, "", page, (xs[column], top, xs[column + 1], bottom))


def _is_clear(values: Sequence[Sequence[Token | None]], zones: int, headed: bool) -> bool:
    rows, columns = len(values), len(values[0])
    if rows >= _CLEAR_ROWS and columns + zones >= _CLEAR_COLUMNS:
        return True
    return (rows >= 2 and columns >= 3) or (columns >= _WIDE_ROW and (headed or zones > 0))
