"""Tables without upright rules: columns from figures that stand under one another.

A stretch of short lines around figures in columns may be a table, with level rules or without.
Banners part it into blocks with columns of their own. Only what is clear becomes a table;
everything else is left as lines. Two figures are never joined into one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.pdf.lines import Line
from extract.pdf.page import Char, Rule
from extract.pdf.piece import Piece
from extract.pdf.regrid import fit_columns, has_heads
from extract.pdf.stitch import stitch
from extract.pdf.unruled.blank_block import lines_to_blank_block
from extract.pdf.unruled.block import Drawn, block_to_piece, row_to_piece
from extract.pdf.unruled.blocks import blocks_of, extent_of, is_banner, split_of
from extract.pdf.unruled.close_heads import with_parted_heads
from extract.pdf.unruled.measures import with_measured_rows
from extract.pdf.unruled.stretch import is_between_rules, is_seed, next_stretch
from extract.pdf.unruled.tokens import TokenLine, line_to_token_line
from extract.pdf.unruled.zones import Extent, Label

_LABEL_AND_VALUE = 2
_GAP = 0.8
"""Two tables are this many sizes of type apart at least."""
_BESIDE = 20.0
"""Rules so close (points) above and below a stretch may belong to it."""
_MOST_CUTS = 6
"""So many gaps are tried, the widest first."""
_OVER_FIGURES = 0.3
"""Heads over figures begin right of this share of the width."""


def lines_to_aligned(
    lines: Sequence[Line],
    chars: Sequence[Char],
    labels: Sequence[Label],
    rules: Iterable[Rule],
    page: int,
) -> tuple[list[Piece], list[Line], list[Label]]:
    """Tables that the alignment makes clear; the lines and vertical labels that are in none.

    `chars` are those of the lines in the order of drawing.
    """
    rows = _with_type_of_marks([line_to_token_line(line) for line in lines])
    rows = with_parted_heads(with_measured_rows(rows))
    level = [rule for rule in rules if rule.horizontal]
    if not any(is_seed(rows, index, level) for index in range(len(rows))):
        return [], list(lines), list(labels)
    pieces: list[Piece] = []
    left: list[Line] = []
    unused = list(labels)
    done = 0
    while done < len(rows):
        start, stop = next_stretch(rows, done, level)
        left += [row.line for row in rows[done:start]]
        if start == stop:
            break
        drawn = Drawn(chars, unused, level, page)
        for part, piece in _stretch_to_pieces(rows[start:stop], drawn):
            if piece is not None and pieces:
                piece = _with_columns_of(pieces[-1], piece)
            if piece is None:
                left += [row.line for row in part]
            else:
                pieces.append(piece)
                _, top, _, bottom = piece.bbox
                unused = [label for label in unused if not top <= label.height <= bottom]
        done = stop
    return pieces, left, unused


def _with_type_of_marks(rows: Sequence[TokenLine]) -> list[TokenLine]:
    """The lines, those of dashes alone with the type of the line above, which ink does not tell."""
    told: list[TokenLine] = []
    for row in rows:
        if told and not any(c.isalnum() for token in row.tokens for c in token.text):
            row = replace(row, em=max(row.em, told[-1].em))
        told.append(row)
    return told


def _with_columns_of(upper: Piece, piece: Piece) -> Piece | None:
    """A piece without heads on the columns of the one above it; None where they do not agree."""
    if has_heads(piece) or piece.columns >= upper.columns or piece.columns <= _LABEL_AND_VALUE:
        return piece
    fitted = fit_columns(upper, piece)
    return None if fitted is piece else fitted


def _stretch_to_pieces(
    stretch: Sequence[TokenLine], drawn: Drawn, headed: bool = False
) -> list[tuple[Sequence[TokenLine], Piece | None]]:
    """The stretch as one table, or as several where it falls apart, from the top down.

    Tables that follow each other without a heading between them have columns of their own. Of the
    wide gaps before banners and heads that one parts them that leaves a table on either side; else
    the widest does. Each table but the first must be `headed`.
    """
    piece = _stretch_to_piece(stretch, drawn, headed)
    cuts = [] if piece is not None else _gaps_to_cut(stretch, extent_of(stretch, drawn.level))
    if not cuts:
        return [(stretch, piece)]
    for cut in cuts[:_MOST_CUTS]:
        upper, lower = stretch[:cut], stretch[cut:]
        if not any(row.figures for row in lower):
            continue
        second = _stretch_to_piece(lower, drawn, headed=True)
        first = None if second is None else _stretch_to_piece(upper, drawn, headed)
        if first is not None:
            return [(upper, first), (lower, second)]
    parts: list[tuple[Sequence[TokenLine], Piece | None]] = []
    for part, must in ((stretch[: cuts[0]], headed), (stretch[cuts[0] :], True)):
        if any(row.figures for row in part):
            parts += _stretch_to_pieces(part, drawn, must)
        else:
            parts.append((part, None))
    return parts


def _gaps_to_cut(stretch: Sequence[TokenLine], extent: Extent) -> list[int]:
    """Where a stretch of several tables may be cut, the widest gap first."""
    gaps = [
        (lower.line.top - upper.line.bottom, index)
        for index, (upper, lower) in enumerate(pairwise(stretch), 1)
        if not lower.is_row
        and _may_begin_table(stretch, index, extent)
        and any(row.figures for row in stretch[:index])
    ]
    least = _GAP * stretch[0].em
    return [index for gap, index in sorted(gaps, reverse=True) if gap > least]


def _may_begin_table(stretch: Sequence[TokenLine], index: int, extent: Extent) -> bool:
    """Whether a line has several heads, or is a single one that stands over columns of figures."""
    row = stretch[index]
    over_figures = extent.left + _OVER_FIGURES * (extent.right - extent.left)
    after_row = stretch[index - 1].is_row
    return (
        len(row.tokens) > 1
        or (after_row and row.line.x0 > over_figures)
        or is_banner(stretch, index, extent)
    )


def _drawn_within(drawn: Drawn, extent: Extent) -> Drawn:
    """The labels beside a stretch and the rules in it and close to it."""
    labels = [label for label in drawn.labels if extent.top <= label.height <= extent.bottom]
    top, bottom = extent.top - _BESIDE, extent.bottom + _BESIDE
    level = [rule for rule in drawn.level if top <= rule.top <= bottom]
    return replace(drawn, labels=labels, level=level)


def _stretch_to_piece(stretch: Sequence[TokenLine], drawn: Drawn, headed: bool) -> Piece | None:
    """The stretch as one table, block under block; None when no block has clear columns.

    None also where a block has no heads over its columns and these are asked for.
    """
    extent = extent_of(stretch, drawn.level)
    drawn = _drawn_within(drawn, extent)
    split = split_of(stretch, extent)
    if split is None:
        return None
    whole: Piece | None = None
    clear = False
    for block in blocks_of(stretch, extent, split):
        banner, rest = (block[0], block[1:]) if is_banner(block, 0, extent) else (None, block)
        parts: list[Piece] = []
        if banner is not None:
            parts.append(row_to_piece(banner.tokens[0], extent, drawn.page))
        if rest and not any(row.figures for row in rest):
            blank = lines_to_blank_block(rest, extent, split, drawn.page)
            if blank is None:
                return None
            parts.append(blank)
        elif rest:
            found = block_to_piece(rest, extent, split, drawn)
            if found is None or (headed and not found.headed):
                return None
            parts.append(found.piece)
            clear = clear or found.clear or (banner is not None and found.headed)
            clear = clear or any(is_between_rules(row, drawn.level) for row in rest)
        for part in parts:
            whole = part if whole is None else stitch(whole, part, over_pages=False)
    return whole if clear else None
