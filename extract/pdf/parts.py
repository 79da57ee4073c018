"""What one page holds before its neighbours are looked at: pieces of tables, boxes, lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.pdf.cells import Framed, Ruled, page_to_ruled
from extract.pdf.lines import Line, chars_to_lines, chars_to_text
from extract.pdf.matrix import Matrix
from extract.pdf.page import Char, Page
from extract.pdf.piece import Piece, in_reading_order
from extract.pdf.tables.finder import chars_to_tables
from extract.pdf.tables.joined import join_heads
from extract.pdf.unruled.aligned import lines_to_aligned
from extract.pdf.unruled.drawn.blank import may_begin_with_label
from extract.pdf.unruled.drawn.finder import chars_to_drawn
from extract.pdf.unruled.open_heads import lines_to_open_heads
from extract.pdf.unruled.page_head import lines_to_head_rows
from extract.pdf.unruled.tokens import is_whole, line_to_token_line, may_be_row
from extract.pdf.unruled.unfilled import lines_to_unfilled
from extract.pdf.unruled.zones import Label
from extract.pdf.vertical import vertical_runs

_FIRST_LINES = 3
"""Labels of rows left blank may begin so far down a page."""
EDGE = 24.0
"""Points at the head and foot of the paper that printers leave blank."""


@dataclass(frozen=True, slots=True)
class PageParts:
    """Pieces, boxes and lines from the top down; running lines are still among the lines.

    `picture`, `unmapped`, `outside`, `slanted` and `back` are those of the Page; `doubts` are in
    words.
    """

    number: int
    height: float
    pieces: tuple[Piece, ...]
    framed: tuple[Framed, ...]
    lines: tuple[Line, ...]
    picture: float
    unmapped: int
    outside: int
    slanted: str
    back: Matrix | None
    doubts: tuple[str, ...] = ()


def page_to_parts(page: Page) -> PageParts:
    """The page's tables with rules and without, the boxes that may be rows, and its lines."""
    ruled = page_to_ruled(page)
    pieces: Sequence[Piece] = ruled.pieces
    framed: Sequence[Framed] = ruled.framed
    if ruled.chinese:
        found, lines = _aligned(ruled.rest, page)
        inside, framed, beside = _aligned_in_boxes(ruled.framed, page)
        found += inside
        lines = sorted([*lines, *beside], key=lambda line: line.top)
        unfilled, lines = lines_to_unfilled(lines, page.rules, page.number)
        found += unfilled
        others = [p.bbox for p in (*pieces, *found, *(frame.piece for frame in framed))]
        rows = [line_to_token_line(line) for line in sorted(lines, key=lambda line: line.top)]
        alone, rows = lines_to_open_heads(rows, others, page.height, page.number)
        found += alone
        if (ending := lines_to_head_rows(rows, page.number)) is not None:
            piece, rows = ending
            found.append(piece)
        lines = [row.line for row in rows]
        framed = [
            *framed,
            *(_sparse_to_framed(piece, ruled.rest) for piece in found if piece.sparse),
        ]
        found = [piece for piece in found if not piece.sparse]
    else:
        found, framed, lines = _in_white_space(ruled, page)
        pieces, found = join_heads(pieces, found)
    return PageParts(
        number=page.number,
        height=page.height,
        pieces=tuple(in_reading_order((*pieces, *found), lambda piece: piece.bbox)),
        framed=tuple(framed),
        lines=tuple(lines),
        picture=page.picture,
        unmapped=page.unmapped,
        outside=page.outside,
        slanted=page.slanted,
        back=page.back,
        doubts=(*ruled.doubts, *_drawn_over(page)),
    )


def _in_white_space(ruled: Ruled, page: Page) -> tuple[list[Piece], list[Framed], list[Line]]:
    """Tables of any document by the white space between columns, in boxes and outside of them.

    Boxes that hold none are left, and what stands in the others beside tables is lines.
    """
    pieces, lines = chars_to_tables(ruled.rest, page.rules, page.number)
    framed: list[Framed] = []
    for frame in ruled.framed:
        found, left = chars_to_tables(frame.chars, page.rules, page.number)
        if found and not frame.drawing:
            pieces += found
            lines += left
        else:
            framed.append(frame)
    return pieces, framed, sorted(lines, key=lambda line: line.top)


def _aligned_in_boxes(
    frames: Sequence[Framed], page: Page
) -> tuple[list[Piece], list[Framed], list[Line]]:
    """Tables that have a rule around them and none inside, the other boxes, the lines beside."""
    pieces: list[Piece] = []
    framed: list[Framed] = []
    lines: list[Line] = []
    for frame in frames:
        single = frame.piece.columns == 1 and not frame.around_table
        found, left = _aligned(frame.chars, page) if single else ([], [])
        if found and not any(piece.sparse for piece in found):
            pieces += found
            lines += left
        else:
            framed.append(frame)
    return pieces, framed, lines


def _sparse_to_framed(piece: Piece, chars: Sequence[Char]) -> Framed:
    """A piece that is a table only if it goes on from one on the page before."""
    x0, top, x1, bottom = piece.bbox
    inside = tuple(
        char
        for char in chars
        if 2 * x0 - 1 <= char.x0 + char.x1 <= 2 * x1 + 1
        and 2 * top - 1 <= char.top + char.bottom <= 2 * bottom + 1
    )
    return Framed(piece, inside, around_table=False)


def _drawn_over(page: Page) -> list[str]:
    if not page.crowded:
        return []
    return [f"page {page.number}: so many lines are drawn that no table was looked for"]


def _aligned(chars: Sequence[Char], page: Page) -> tuple[list[Piece], list[Line]]:
    """Tables without upright rules, and the lines that are in none.

    Vertical labels would tear the lines apart that they stand beside, so they are set aside, and
    so is what a browser prints at the edges of the paper: no table reaches there.
    """
    foot = page.height - EDGE
    inner = [char for char in chars if char.top >= EDGE and char.bottom <= foot]
    lines = chars_to_lines(inner)
    drawn: list[Piece] = []
    pieces: list[Piece] = []
    may_go_on = page.number > 1 and any(
        may_begin_with_label(line.text) for line in lines[:_FIRST_LINES]
    )
    if may_go_on or any(
        not is_whole(line) and may_be_row(line_to_token_line(line)) for line in lines
    ):
        drawn, sparse, rest = chars_to_drawn(inner, page.rules, page.number, page.height)
        pieces, lines = _aligned_within(rest, page)
        for piece in sparse:
            _, top, _, bottom = piece.bbox
            if not any(one.bbox[1] <= bottom and top <= one.bbox[3] for one in pieces):
                pieces.append(piece)
                lines = [
                    line for line in lines if not top <= (line.top + line.bottom) / 2 <= bottom
                ]
    if len(inner) < len(chars):
        lines += chars_to_lines([c for c in chars if c.top < EDGE or c.bottom > foot])
        lines.sort(key=lambda line: line.top)
    return [*drawn, *pieces], lines


def _aligned_within(chars: Sequence[Char], page: Page) -> tuple[list[Piece], list[Line]]:
    runs = vertical_runs(chars)
    if not runs:
        pieces, lines, _ = lines_to_aligned(
            chars_to_lines(chars), chars, (), page.rules, page.number
        )
        return pieces, lines
    labels = []
    kept = list(chars)
    for start, stop in reversed(runs):
        run = tuple(kept[start:stop])
        del kept[start:stop]
        _, x0, top, x1, bottom = zip(*run, strict=True)
        text = chars_to_text(run)
        labels.append(Label(text, (min(x0), min(top), max(x1), max(bottom)), run))
    pieces, lines, unused = lines_to_aligned(
        chars_to_lines(kept), kept, labels, page.rules, page.number
    )
    if not pieces:
        return [], chars_to_lines(chars)
    lines += [line for label in unused for line in chars_to_lines(label.chars)]
    return pieces, sorted(lines, key=lambda line: line.top)
