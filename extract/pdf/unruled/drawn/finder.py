"""Characters of a page -> pieces of tables that the order of drawing shows, and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from extract.pdf.page import Char, Rule
from extract.pdf.piece import Piece, PieceCell
from extract.pdf.unruled.drawn.blank import is_heads_alone
from extract.pdf.unruled.drawn.blocks import run_to_tables
from extract.pdf.unruled.drawn.cells import DrawnCell, chars_to_cells
from extract.pdf.unruled.drawn.rows import cells_to_rows, rows_to_runs

_MOST_ABOVE = 2
"""So many texts may stand on a page above the rows that end the table of the page before."""
_FOOT = 0.9
"""Below this share of the page's height nothing but its number stands."""
_LOWEST = 1.2
"""An empty row is no lower than so many times the height of a head."""


def chars_to_drawn(
    chars: Sequence[Char], rules: Iterable[Rule], page: int, height: float
) -> tuple[list[Piece], list[Piece], list[Char]]:
    """Tables whose cells were drawn row by row, and the characters, in order, that are in none.

    Between them sparse ones at the head of the page, whose characters are left: they are tables
    only if they go on from the page before. `height` is that of the page.
    """
    pieces: list[Piece] = []
    sparse: list[Piece] = []
    taken: set[int] = set()
    level = [rule for rule in rules if rule.horizontal]
    drawn = chars_to_cells(chars)
    first = {id(cell) for cell in drawn[:_MOST_ABOVE]}
    for run in rows_to_runs(cells_to_rows(drawn), page == 1):
        tables = run_to_tables(run, level, page)
        for piece, cells in tables or ():
            inside = _indices(chars, cells)
            at_head = any(id(cell) in first for cell in cells)
            if not _stands_alone(chars, piece, inside):
                continue
            if is_heads_alone(run):
                whole = _with_blank_row(piece, chars, inside, height)
                if whole is None:
                    continue
                piece = whole
            if piece.sparse:
                sparse += [piece] if at_head and piece.label_columns else []
                continue
            pieces.append(piece)
            taken |= inside
    if not pieces:
        return [], sparse, list(chars)
    return pieces, sparse, [char for index, char in enumerate(chars) if index not in taken]


def _with_blank_row(
    piece: Piece, chars: Sequence[Char], inside: set[int], height: float
) -> Piece | None:
    """Heads alone with the row that the white space below them leaves room for.

    None without the room; the heads as they are at the foot of the page, since the row may stand on
    the next.
    """
    x0, top, x1, bottom = piece.bbox
    em = median((cell.bbox[3] - cell.bbox[1]) / (1 + cell.text.count("\n")) for cell in piece.cells)
    below = min(
        (
            char.top
            for index, char in enumerate(chars)
            if index not in inside and char.top >= bottom - 1 and not char.text.isspace()
        ),
        default=height,
    )
    if below >= _FOOT * height:
        return piece
    if below - bottom < _LOWEST * em:
        return None
    row = (bottom, bottom + _LOWEST * em)
    cells = [
        PieceCell(
            piece.rows, i, 1, 1, "", piece.page, (piece.xs[i], row[0], piece.xs[i + 1], row[1])
        )
        for i in range(piece.columns)
    ]
    box = (x0, top, x1, row[1])
    return replace(
        piece, rows=piece.rows + 1, cells=(*piece.cells, *cells), bbox=box, last_bbox=box
    )


def _indices(chars: Sequence[Char], cells: Sequence[DrawnCell]) -> set[int]:
    own = {id(char) for cell in cells for char in cell.token.chars}
    return {index for index, char in enumerate(chars) if id(char) in own}


def _stands_alone(chars: Sequence[Char], piece: Piece, inside: set[int]) -> bool:
    """Whether nothing else is printed where the table stands, nor beside it."""
    _, top, _, bottom = piece.bbox
    return not any(
        index not in inside
        and not char.text.isspace()
        and 2 * top <= char.top + char.bottom <= 2 * bottom
        for index, char in enumerate(chars)
    )
