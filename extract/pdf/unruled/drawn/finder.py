"""Characters of a page -> pieces of tables that the order of drawing shows, and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.pdf.page import Char, Rule
from extract.pdf.piece import Piece
from extract.pdf.unruled.drawn.blocks import run_to_tables
from extract.pdf.unruled.drawn.cells import DrawnCell, chars_to_cells
from extract.pdf.unruled.drawn.rows import cells_to_rows, rows_to_runs

_MOST_ABOVE = 2
"""So many texts may stand on a page above the rows that end the table of the page before."""


def chars_to_drawn(
    chars: Sequence[Char], rules: Iterable[Rule], page: int
) -> tuple[list[Piece], list[Piece], list[Char]]:
    """Tables whose cells were drawn row by row, and the characters, in order, that are in none.

    Between them sparse ones at the head of the page, whose characters are left: they are tables
    only if they go on from the page before.
    """
    pieces: list[Piece] = []
    sparse: list[Piece] = []
    taken: set[int] = set()
    level = [rule for rule in rules if rule.horizontal]
    drawn = chars_to_cells(chars)
    first = {id(cell) for cell in drawn[:_MOST_ABOVE]}
    for run in rows_to_runs(cells_to_rows(drawn)):
        tables = run_to_tables(run, level, page)
        for piece, cells in tables or ():
            inside = _indices(chars, cells)
            at_head = any(id(cell) in first for cell in cells)
            if not _stands_alone(chars, piece, inside):
                continue
            if piece.sparse:
                sparse += [piece] if at_head else []
                continue
            pieces.append(piece)
            taken |= inside
    if not pieces:
        return [], sparse, list(chars)
    return pieces, sparse, [char for index, char in enumerate(chars) if index not in taken]


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
