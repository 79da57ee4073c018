"""Tables without upright rules: columns from figures that stand under one another.

A stretch of short lines around figures in columns may be a table, with level rules or without.
Banners part it into blocks with columns of their own. Only what is clear becomes a table;
everything else is left as lines. Two figures are never joined into one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.pdf.block import Drawn, begins_label, block_to_piece, row_to_piece
from extract.pdf.glue import NUMBERED
from extract.pdf.lines import Line
from extract.pdf.page import Char, Rule
from extract.pdf.piece import Piece
from extract.pdf.regrid import fit_columns, has_heads
from extract.pdf.stitch import stitch
from extract.pdf.tokens import TokenLine, line_to_token_line
from extract.pdf.zones import Extent, Label

_SECTION = re.compile(r"[一二三四五六七八九十]{1,2}、")
_SHORTEST_SECTION = 9
"""A line that begins as a section does and has so many characters is a heading, not a label."""
_LONGEST_SINGLE = 32
"""A longer line in one piece is prose."""
_LONGEST_LABEL = 60
_APART = 2.6
"""Lines of one table are no further apart than this many sizes of their type."""
_SAME_TYPE = 1.2
"""Type of one table differs in size by no more than this factor."""
_CENTERED = 0.12
"""Share of the width by which a banner may stand beside the middle, and keeps from the sides."""
_OVERLAP = 0.1
"""Lines of heads side by side are nearer to each other than this many sizes of type."""
_LABEL_AND_VALUE = 2
_GAP = 0.8
"""Two tables are this many sizes of type apart at least."""
_BETWEEN = 2.5
"""Rules run along a row within so many sizes of type."""
_HEAD = 15.0
"""A table's first rule stands above its figures by no more than this many heights."""
_TAIL = 0.6
"""The end of a last label follows its figures within this many sizes of type."""


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
    level = [rule for rule in rules if rule.horizontal]
    if not any(_is_seed(rows, index, level) for index in range(len(rows))):
        return [], list(lines), list(labels)
    pieces: list[Piece] = []
    left: list[Line] = []
    unused = list(labels)
    done = 0
    while done < len(rows):
        start, stop = _stretch(rows, done, level)
        left += [row.line for row in rows[done:start]]
        if start == stop:
            break
        for part, piece in _stretch_to_pieces(rows[start:stop], chars, unused, level, page):
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
    stretch: Sequence[TokenLine],
    chars: Sequence[Char],
    labels: Sequence[Label],
    level: Sequence[Rule],
    page: int,
    headed: bool = False,
) -> list[tuple[Sequence[TokenLine], Piece | None]]:
    """The stretch as one table, or as several where it falls apart, from the top down.

    Tables that follow each other without a heading between them have columns of their own; the
    widest gap before a banner or a line of heads parts them. Each but the first must be `headed`.
    """
    extent = _extent(stretch, level)
    inside = [label for label in labels if extent.top <= label.height <= extent.bottom]
    near = [rule for rule in level if extent.top - 20 <= rule.top <= extent.bottom + 20]
    piece = _stretch_to_piece(stretch, extent, Drawn(chars, inside, near, page), headed)
    cut = None if piece is not None else _widest_gap(stretch, extent)
    if cut is None:
        return [(stretch, piece)]
    parts = []
    for part, must in ((stretch[:cut], headed), (stretch[cut:], True)):
        if any(row.figures for row in part):
            parts += _stretch_to_pieces(part, chars, labels, level, page, must)
        else:
            parts.append((part, None))
    return parts


def _widest_gap(stretch: Sequence[TokenLine], extent: Extent) -> int | None:
    """Where a stretch of several tables is cut best; None where nothing sets two apart."""
    gaps = [
        (lower.line.top - upper.line.bottom, index)
        for index, (upper, lower) in enumerate(pairwise(stretch), 1)
        if (len(lower.tokens) > 1 or _is_banner(stretch, index, extent))
        and not lower.figures
        and any(row.figures for row in stretch[:index])
    ]
    widest, index = max(gaps, default=(0.0, 0))
    return index if widest > _GAP * stretch[0].em else None


def _is_seed(rows: Sequence[TokenLine], index: int, level: Sequence[Rule]) -> bool:
    """Whether the line alone looks like a row of a table: three columns, figures at the end.

    Two columns do between two long rules, or under two heads and a banner.
    """
    row = rows[index]
    if len(row.tokens) < 2 or not row.tokens[-1].figure:
        return False
    if len(row.tokens) >= 3 or _is_between_rules(row, level):
        return True
    return index >= 2 and _is_headed(row, rows[index - 1], rows[index - 2])


def _is_headed(row: TokenLine, heads: TokenLine, banner: TokenLine) -> bool:
    """Whether a label and a figure stand under a head each, and those under a title in between."""
    if len(heads.tokens) != 2 or not _is_title_over(banner, heads):
        return False
    over = heads.tokens[1].bbox[0] - 1 <= row.tokens[1].middle <= heads.tokens[1].bbox[2] + 1
    close = max(row.line.top - heads.line.bottom, heads.line.top - banner.line.bottom)
    return over and close <= _APART * row.em


def _is_title_over(banner: TokenLine, heads: TokenLine) -> bool:
    """Whether a single text stands between the ends of a line of heads."""
    if len(banner.tokens) != 1 or banner.figures or heads.figures:
        return False
    return heads.line.x0 - 1 <= banner.line.x0 and banner.line.x1 <= heads.line.x1 + 1


def _is_between_rules(row: TokenLine, level: Sequence[Rule]) -> bool:
    """Whether rules longer than the line run closely above and below it."""
    x0, top, x1, bottom = row.line.bbox
    along = [rule.top for rule in level if rule.x0 <= x0 + 1 and rule.x1 >= x1 - 1]
    near = _BETWEEN * row.em
    return any(top - near <= y <= top + 1 for y in along) and any(
        bottom - 1 <= y <= bottom + near for y in along
    )


def _stretch(rows: Sequence[TokenLine], done: int, level: Sequence[Rule]) -> tuple[int, int]:
    """The next stretch of lines that may be a table: where it begins and ends."""
    seed = next((i for i in range(done, len(rows)) if _is_seed(rows, i, level)), len(rows))
    if seed == len(rows):
        return seed, seed
    start = seed
    values_at = min(token.bbox[0] for token in rows[seed].tokens if token.figure)
    while start > done and _belongs(rows, start - 1, start, rows[seed].em, values_at):
        if _is_under_first_rule(rows[start - 1].line, rows[start].line, level):
            break
        start -= 1
    stop = last = seed + 1
    while stop < len(rows) and _belongs(rows, stop, stop - 1, rows[seed].em, values_at):
        stop += 1
        if rows[stop - 1].figures and len(rows[stop - 1].tokens) > 1:
            last = stop
    values_from = min(token.bbox[0] for token in rows[last - 1].tokens if token.figure)
    while last < stop and _is_tail(rows[last], rows[last - 1], values_from):
        last += 1
    return start, last


def _belongs(
    rows: Sequence[TokenLine], index: int, neighbour: int, em: float, values_at: float
) -> bool:
    """Whether a line may be part of the table that its neighbour is part of.

    A label may be longer than other lines when it ends before the figures begin.
    """
    row, other = rows[index], rows[neighbour]
    gap = max(row.line.top - other.line.bottom, other.line.top - row.line.bottom)
    if gap > _APART * em or not em / _SAME_TYPE <= row.em <= em * _SAME_TYPE:
        return False
    if len(row.tokens) > 1 or row.tokens[0].figure:
        return True
    text = row.tokens[0].text
    if _SECTION.match(text) and len(text) >= _SHORTEST_SECTION:
        return False
    longest = _LONGEST_LABEL if row.line.x1 < values_at else _LONGEST_SINGLE
    return len(text) <= longest and not text.endswith(("。", "；"))


def _is_tail(row: TokenLine, before: TokenLine, values_from: float) -> bool:
    """Whether the line ends the label whose figures stand on the line before."""
    return (
        row.line.top - before.line.bottom < _TAIL * row.em
        and row.line.x1 < values_from
        and not any(token.figure for token in row.tokens)
        and not NUMBERED.match(row.tokens[0].text)
    )


def _is_under_first_rule(upper: Line, lower: Line, level: Sequence[Rule]) -> bool:
    """Whether the rule between two lines is the first of a table, with none above the upper."""
    width = lower.x1 - lower.x0
    long = [rule.top for rule in level if rule.x1 - rule.x0 >= 0.6 * width]
    between = any(upper.bottom - 1 <= y <= lower.top + 1 for y in long)
    above = any(upper.top - _HEAD * upper.size <= y <= upper.top + 1 for y in long)
    return between and not above


def _extent(stretch: Sequence[TokenLine], level: Sequence[Rule]) -> Extent:
    """How far the stretch reaches, with the level rules that run along it."""
    top, bottom = stretch[0].line.top, stretch[-1].line.bottom
    size = stretch[0].em
    left = min(row.line.x0 for row in stretch)
    right = max(row.line.x1 for row in stretch)
    along = [
        rule
        for rule in level
        if top - size <= rule.top <= bottom + size
        and min(rule.x1, right) - max(rule.x0, left) >= 0.6 * (right - left)
    ]
    if not along and max(len(row.tokens) for row in stretch) == _LABEL_AND_VALUE:
        right = max([right, *(2 * middle - left for middle in _banners_over_heads(stretch))])
    return Extent(
        min([left, *(rule.x0 for rule in along)]),
        top,
        max([right, *(rule.x1 for rule in along)]),
        bottom,
    )


def _banners_over_heads(stretch: Sequence[TokenLine]) -> Iterator[float]:
    """The middles, which are those of the table, of single texts between figures and heads."""
    for index, (banner, heads) in enumerate(pairwise(stretch)):
        begins = index == 0 or stretch[index - 1].figures > 0
        if begins and len(heads.tokens) > 1 and _is_title_over(banner, heads):
            yield banner.tokens[0].middle


def _stretch_to_piece(
    stretch: Sequence[TokenLine], extent: Extent, drawn: Drawn, headed: bool
) -> Piece | None:
    """The stretch as one table, block under block; None when no block has clear columns.

    None also where a block has no heads over its columns and these are asked for.
    """
    split = _split(stretch, extent)
    if split is None:
        return None
    whole: Piece | None = None
    clear = False
    for block in _blocks(stretch, extent, split):
        banner, rest = (block[0], block[1:]) if _is_banner(block, 0, extent) else (None, block)
        parts: list[Piece] = []
        if banner is not None:
            parts.append(row_to_piece(banner.tokens[0], extent, drawn.page))
        if rest:
            found = block_to_piece(rest, extent, split, drawn)
            if found is None or (headed and not found.headed):
                return None
            parts.append(found.piece)
            clear = clear or found.clear or (banner is not None and found.headed)
            clear = clear or any(_is_between_rules(row, drawn.level) for row in rest)
        for part in parts:
            whole = part if whole is None else stitch(whole, part, over_pages=False)
    return whole if clear else None


def _split(stretch: Sequence[TokenLine], extent: Extent) -> float | None:
    """The x between labels and figures, None when figures stand under labels.

    Left of every label when there are none.
    """
    start = next(i for i, row in enumerate(stretch) if row.figures)
    rows = [row for row in stretch if row.figures]
    first = min(next(token for token in row.tokens if token.figure).bbox[0] for row in rows)
    while start and begins_label(stretch[start - 1], stretch[start], first):
        start -= 1
    labels = [
        token.bbox[2]
        for index, row in enumerate(stretch[start:], start)
        if not _is_banner(stretch, index, extent)
        for token in row.tokens
        if not token.figure
        and token.middle < first
        and (row.figures or token is row.tokens[0] or token.bbox[2] < first)
    ]
    if not labels:
        return first - 1
    last = max(labels)
    heads = [t.bbox[0] for row in stretch[:start] for t in row.tokens if last < t.bbox[0] < first]
    return (last + min([first, *heads])) / 2 if last < first else None


def _blocks(stretch: Sequence[TokenLine], extent: Extent, split: float) -> list[list[TokenLine]]:
    """The stretch cut before banners, and before heads that follow figures without a banner."""
    blocks: list[list[TokenLine]] = []
    figures = False
    for index, row in enumerate(stretch):
        heads = not row.figures and len(row.tokens) > 1 and row.tokens[-1].middle > split
        if not blocks or _is_banner(stretch, index, extent) or (heads and figures):
            blocks.append([])
            figures = False
        blocks[-1].append(row)
        figures = figures or row.figures > 0
    return blocks


def _is_banner(stretch: Sequence[TokenLine], index: int, extent: Extent) -> bool:
    """Whether a line is one text in the middle of the table's width, and no line of a head."""
    row = stretch[index]
    if len(row.tokens) != 1 or row.tokens[0].figure:
        return False
    if index + 1 < len(stretch):
        below = stretch[index + 1]
        if not below.figures and below.line.top - row.line.bottom < _OVERLAP * row.em:
            return False
    width = extent.right - extent.left
    x0, _, x1, _ = row.tokens[0].bbox
    return (
        abs((x0 + x1) - (extent.left + extent.right)) <= 2 * _CENTERED * width
        and x0 > extent.left + _CENTERED * width
        and x1 < extent.right - _CENTERED * width
    )
