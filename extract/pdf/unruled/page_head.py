"""Rows of a label and a figure at the head of a page, the end of a table of the page before.

By themselves they may be lines of a text: they count only where such a table ends at the foot of
the page before, with its columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from extract.pdf.piece import Piece, PieceCell
from extract.pdf.unruled.tokens import Token, TokenLine

_MOST_ABOVE = 2
"""Lines that may stand above, such as the page's running head."""
_MOST_ROWS = 12
_APART = 2.6
"""Rows are no further apart than this many sizes of type."""


def lines_to_head_rows(
    rows: Sequence[TokenLine], page: int
) -> tuple[Piece, list[TokenLine]] | None:
    """The rows as a sparse piece, perhaps under a line of two heads, and the page's other lines.

    The lines are sorted from the top down.
    """
    start = next((i for i in range(min(_MOST_ABOVE + 1, len(rows))) if _begins(rows, i)), None)
    if start is None:
        return None
    first = start + (not rows[start].figures)
    found = list(takewhile(lambda i: _goes_on(rows, i, first), range(first, len(rows))))
    stop = found[-1] + 1
    pairs = [(row.tokens[0], row.tokens[1]) for row in rows[start:stop]]
    split = _between(pairs)
    if split is None or stop - first > _MOST_ROWS:
        return None
    return _pairs_to_piece(pairs, split, page), [*rows[:start], *rows[stop:]]


def _begins(rows: Sequence[TokenLine], index: int) -> bool:
    """Whether a line is the first of the rows, or that of the heads above the first."""
    if _is_row(rows[index]):
        return True
    heads = len(rows[index].tokens) == 2 and not rows[index].figures
    return heads and index + 1 < len(rows) and _is_row(rows[index + 1]) and _near(rows, index + 1)


def _goes_on(rows: Sequence[TokenLine], index: int, first: int) -> bool:
    return _is_row(rows[index]) and (index == first or _near(rows, index))


def _is_row(row: TokenLine) -> bool:
    return len(row.tokens) == 2 and not row.tokens[0].figure and row.tokens[1].figure


def _near(rows: Sequence[TokenLine], index: int) -> bool:
    return rows[index].line.top - rows[index - 1].line.bottom <= _APART * rows[index].em


def _between(pairs: Sequence[tuple[Token, Token]]) -> float | None:
    """The x midway between labels and figures, None where they overlap."""
    labels, figures = max(a.bbox[2] for a, _ in pairs), min(b.bbox[0] for _, b in pairs)
    return (labels + figures) / 2 if labels < figures else None


def _pairs_to_piece(pairs: Sequence[tuple[Token, Token]], split: float, page: int) -> Piece:
    cells = [
        PieceCell(number, column, 1, 1, token.text, page, token.bbox)
        for number, pair in enumerate(pairs)
        for column, token in enumerate(pair)
    ]
    box = (
        min(c.bbox[0] for c in cells),
        min(c.bbox[1] for c in cells),
        max(c.bbox[2] for c in cells),
        max(c.bbox[3] for c in cells),
    )
    return Piece(
        page,
        box,
        (box[0], split, box[2]),
        len(pairs),
        tuple(cells),
        page,
        box,
        unruled=True,
        label_columns=1,
        sparse=True,
    )
