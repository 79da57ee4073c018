"""Heads of many columns without any rule and without a figure below: a table left blank.

Heads of several ranks, wide ones over narrow ones, are what tells a table. White space for a row
between them and the next line of the page is its empty row. At the foot of a page there is none,
since the row may stand on the next page.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.document import BBox
from extract.pdf.glue import NUMBERED
from extract.pdf.piece import Piece
from extract.pdf.unruled.heads import heads_to_cells
from extract.pdf.unruled.tokens import TokenLine
from extract.pdf.unruled.unfilled import heads_to_leaves, heads_to_piece, lines_to_figures

_LEAST_COLUMNS = 10
"""Fewer heads without rules may be words of a text."""
_LONGEST = 10
"""Characters of a head."""
_APART = 1.8
"""Lines of heads are no further apart than this many sizes of type."""
_EVEN = 3.0
"""A column is no wider than this many times the narrowest."""
_LOWEST, _HIGHEST = 1.2, 5.0
"""The empty row is so many sizes of type high."""
_NEAREST = 2.5
"""A row of few figures follows its heads within this many sizes of type."""
_MOST_BELOW = 2
"""A line of more tokens below the white space may be the row."""
_FOOT = 0.9
"""Below this share of the page's height a line may be its number."""


def lines_to_open_heads(
    rows: Sequence[TokenLine], others: Sequence[BBox], height: float, page: int
) -> tuple[list[Piece], list[TokenLine]]:
    """The tables that are heads alone, perhaps with an empty row, and the lines that are in none.

    The lines are sorted from the top down. `others` are the boxes of the page's other tables,
    `height` is that of the page.
    """
    pieces: list[Piece] = []
    left: list[TokenLine] = []
    start = 0
    while start < len(rows):
        stop = start
        while stop < len(rows) and _may_be_head(rows, stop, start):
            stop += 1
        found = _heads_to_piece(rows[start:stop], rows[stop : stop + 2], others, height, page)
        if found is not None:
            piece, taken = found
            pieces.append(piece)
            start = stop + taken
        else:
            left += rows[start : max(stop, start + 1)]
            start = max(stop, start + 1)
    return pieces, left


def _may_be_head(rows: Sequence[TokenLine], index: int, first: int) -> bool:
    """Whether a line is short words side by side, close to the line of heads above it."""
    row = rows[index]
    if len(row.tokens) < 2 or row.figures or max(len(t.text) for t in row.tokens) > _LONGEST:
        return False
    return index == first or row.line.top - rows[index - 1].line.bottom <= _APART * row.em


def _head_lines(heads: Sequence[TokenLine]) -> tuple[float, ...] | None:
    """The lines between the columns that the heads show; None when these are no such heads."""
    leaves, ranked = heads_to_leaves(heads)
    if not ranked or len(leaves) < _LEAST_COLUMNS:
        return None
    middles = [(a + b) / 2 for a, b in leaves]
    steps = [b - a for a, b in pairwise(middles)]
    if max(steps) > _EVEN * min(steps):
        return None
    inner = [(a + b) / 2 for a, b in pairwise(middles)]
    left, right = 2 * middles[0] - inner[0], 2 * middles[-1] - inner[-1]
    if any(not left < token.middle < right for row in heads for token in row.tokens):
        return None
    return (left, *inner, right)


def _heads_to_piece(
    heads: Sequence[TokenLine],
    below: Sequence[TokenLine],
    others: Sequence[BBox],
    height: float,
    page: int,
) -> tuple[Piece, int] | None:
    """The table of the heads and how many of the lines below it are in it.

    None when they are no heads, or may stand over a table found apart from them or a row of words.
    """
    xs = _head_lines(heads)
    if xs is None:
        return None
    top, bottom = heads[0].line.top, max(row.line.bottom for row in heads)
    size = max(row.em for row in heads)
    if any(bottom - 1 <= box[1] <= bottom + _HIGHEST * size for box in others):
        return None
    space = below[0].line.top - bottom if below else _HIGHEST * size + 1
    if space <= _HIGHEST * size:
        ys = (top, bottom, bottom + _LOWEST * size)
        if len(below) > 1 and space <= _NEAREST * size:
            figures = lines_to_figures(below[:1], xs)
            if figures is not None:
                return heads_to_piece(heads, xs, ys, page, figures), 1
        if below[0].figures or len(below[0].tokens) > _MOST_BELOW:
            return None
        if space >= _LOWEST * size and _is_text(below[0], height):
            return heads_to_piece(heads, xs, ys, page, {}), 0
    cells, rows = heads_to_cells(heads, xs, 0, page)
    box = (xs[0], top, xs[-1], bottom)
    return Piece(page, box, xs, rows, tuple(cells), page, box, unruled=True), 0


def _is_text(line: TokenLine, height: float) -> bool:
    """Whether a line is one of the page's text and not its number."""
    return line.line.bottom < _FOOT * height or NUMBERED.match(line.line.text) is not None
