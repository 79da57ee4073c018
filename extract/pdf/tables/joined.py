"""Heads in a ruled grid over figures without rules -> one table."""

from __future__ import annotations

from collections.abc import Sequence

from extract.pdf.piece import Piece
from extract.pdf.tables.chunks import is_value, is_year

_MOST_ROWS = 5
"""A grid of heads has no more rows."""
_APART = 14.0
_BEYOND = 12.0
"""Points between the grid and the figures, and by which these may stand beyond its sides."""


def join_heads(ruled: Sequence[Piece], unruled: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The pieces with grids of heads joined to the rows below them, and those left unjoined."""
    heads = [piece for piece in ruled if _is_head(piece)]
    left = list(ruled)
    joined: list[Piece] = []
    for piece in unruled:
        head = next((h for h in heads if h in left and _stands_over(h, piece)), None)
        whole = _join(head, piece) if head is not None else None
        if head is None or whole is None:
            joined.append(piece)
            continue
        left.remove(head)
        joined.append(whole)
    return left, joined


def _is_head(piece: Piece) -> bool:
    """Whether a grid holds words and years alone."""
    return piece.rows <= _MOST_ROWS and not any(
        is_value(cell.text) and not is_year(cell.text) for cell in piece.cells if cell.text
    )


def _stands_over(head: Piece, piece: Piece) -> bool:
    return (
        -2 <= piece.bbox[1] - head.bbox[3] <= _APART
        and head.bbox[0] - _BEYOND <= piece.bbox[0]
        and piece.bbox[2] <= head.bbox[2] + _BEYOND
    )


def _join(head: Piece, piece: Piece) -> Piece | None:
    """The rows put under the grid's columns, None where two of them fall into one."""
    places: list[int] = []
    for column in range(piece.columns):
        boxes = [c.bbox for c in piece.cells if c.column == column and c.colspan == 1 and c.text]
        if not boxes:
            return None
        middle = (min(box[0] for box in boxes) + max(box[2] for box in boxes)) / 2
        place = max((i for i in range(head.columns) if head.xs[i] <= middle), default=0)
        if places and place <= places[-1]:
            return None
        places.append(place)
    ends = [*places[1:], head.columns]
    rows = [
        cell._replace(
            row=cell.row + head.rows,
            column=places[cell.column],
            colspan=ends[cell.right_column - 1] - places[cell.column],
        )
        for cell in piece.cells
    ]
    box = (
        min(head.bbox[0], piece.bbox[0]),
        head.bbox[1],
        max(head.bbox[2], piece.bbox[2]),
        piece.bbox[3],
    )
    return Piece(
        page=head.page,
        bbox=box,
        xs=head.xs,
        rows=head.rows + piece.rows,
        cells=(*head.cells, *rows),
        last_page=piece.last_page,
        last_bbox=box,
        unruled=True,
    )
