"""Lines of figures -> the columns that they stand in, and each row's figure in each column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.pdf.glue import NUMBERED
from extract.pdf.unruled.tokens import Token, TokenLine
from extract.pdf.unruled.zones import Span, spans_of

WIDE_ROW = 5
"""So many columns of figures make a table of fewer rows."""
_FILLED, _FILLED_AT_LEAST = 0.6, 0.1
"""So much of the figure columns must be filled, and where heads and full rows show them all."""
_FULL_ROWS = 2
_SPACE = 0.9
"""A space inside a figure is no wider than this many sizes of type."""
_MOST_SPLIT = 0.2
"""No more than this share of the rows has a figure with a space inside."""
_NUMBERED_ROWS = 3
_IN_FIGURE = 0.6
"""Parts of one figure stand no further apart than this many sizes of type."""
_NARROW_HEAD = 6.0
"""The head of a single column is no wider than this many sizes of type."""


def words_in_columns(
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


def by_height(
    rows: Sequence[TokenLine], values: Sequence[list[Token | None]]
) -> tuple[list[TokenLine], list[list[Token | None]]]:
    pairs = sorted(zip(rows, values, strict=True), key=lambda pair: pair[0].line.top)
    return [row for row, _ in pairs], [value for _, value in pairs]


def value_columns(rows: Sequence[Sequence[Token]]) -> list[Span]:
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


def join_by_heads(columns: Sequence[Span], heads: Sequence[TokenLine], size: float) -> list[Span]:
    """The columns, those put together that stand as close as digits under the middle of one head.

    So stand the parts of figures with a space inside where no other row fills their column.
    """
    joined: list[list[Span]] = []
    for column in columns:
        if joined and column[0] - joined[-1][-1][1] <= _IN_FIGURE * size:
            joined[-1].append(column)
        else:
            joined.append([column])
    found: list[Span] = []
    for group in joined:
        whole = (group[0][0], group[-1][1])
        found += [whole] if len(group) > 1 and _has_one_head(whole, heads, size) else group
    return found


def _has_one_head(span: Span, heads: Sequence[TokenLine], size: float) -> bool:
    """Whether no line of heads has two over the span, and the lowest over it is in its middle."""
    over = [
        [token for token in line.tokens if token.bbox[0] < span[1] and token.bbox[2] > span[0]]
        for line in heads
    ]
    lowest = next((tokens[0] for tokens in reversed(over) if tokens), None)
    if lowest is None or max(map(len, over)) > 1:
        return False
    near = abs(lowest.middle - (span[0] + span[1]) / 2) <= _IN_FIGURE * size
    return near and lowest.bbox[2] - lowest.bbox[0] <= _NARROW_HEAD * size


def values_in_columns(
    rows: Sequence[TokenLine], columns: Sequence[Span], split: float
) -> list[list[Token | None]] | None:
    """For each row its token in each column; None when two fall in one.

    The two parts of a figure with a space inside are one token, its space kept, when they stand
    close together and hardly any other row has two.
    """
    values: list[list[Token | None]] = []
    split_rows: set[int] = set()
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
                split_rows.add(len(values))
            else:
                return None
        values.append(row)
    if len(split_rows) > max(1.0, _MOST_SPLIT * len(rows)):
        return None
    return values


def is_filled(values: Sequence[Sequence[Token | None]], headed: bool, numbered: bool) -> bool:
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
    sure = headed and shown and len(values[0]) >= WIDE_ROW
    least = _FILLED_AT_LEAST if sure else _FILLED
    return figured > 0 and filled >= least * figured * len(values)


def are_numbered(rows: Sequence[TokenLine]) -> bool:
    """Whether these are rows of one table and not figures of a text: several, and most numbered."""
    numbered = sum(1 for row in rows if NUMBERED.search(row.tokens[0].text))
    return len(rows) >= _NUMBERED_ROWS and numbered > len(rows) / 2


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


def lines_between(first: float, columns: Sequence[Span]) -> list[float]:
    """The left side of the first column, and the lines between columns, midway."""
    middles = [(x0 + x1) / 2 for x0, x1 in columns]
    lines = [(a + b) / 2 for a, b in pairwise(middles)]
    clear = [min(max(x, a[1]), b[0]) for x, (a, b) in zip(lines, pairwise(columns), strict=True)]
    return [first, *clear]
