"""Tables without rules whose last row is blank and stands at the end of a page or the next's head.

Such a row shows nothing but perhaps its label. That it is there is told by heads that stand over
nothing, and by the next page, which begins with a text and no figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.pdf.cells import is_figure
from extract.pdf.chain import Chain
from extract.pdf.glue import NUMBERED
from extract.pdf.lines import Line
from extract.pdf.parts import PageParts
from extract.pdf.piece import Piece, PieceCell
from extract.pdf.running import Running
from extract.pdf.unruled.tokens import line_to_token_line

_MANY_COLUMNS = 10
"""So many heads without any rule are those of a table."""
_ROW = 14.0
"""Height of a row that nothing shows (points)."""
_LONGEST_LABEL = 16
_SAME_START = 3.0
"""A label begins where those above it do, give or take so many points."""
_SAME_TYPE = 1.1
"""Its type differs in size from theirs by no more than this factor."""


def with_blank_ends(
    parts: Sequence[PageParts], chains: Sequence[Chain], running: Running
) -> list[PageParts]:
    """The pages without the labels that proved to be rows; the chains get their blank rows."""
    pages = list(parts)
    for index, (before, after) in enumerate(pairwise(parts)):
        lines = sorted(running.others(after), key=lambda line: line.top)
        if not lines or any(piece.bbox[1] < lines[0].bottom for piece in after.pieces):
            continue
        first = lines[0]
        tokens = line_to_token_line(first).tokens
        if len(tokens) > 1 or tokens[0].figure:
            continue
        for chain in chains:
            piece = chain.piece
            if chain.framed is not None or piece.last_page != before.number or not piece.unruled:
                continue
            if not _is_last(piece, before, running):
                continue
            if _is_heads_alone(piece):
                chain.piece = _with_row(piece, None, before.number)
            elif _ends_in_heads(piece) and _is_label(first, lines[1:2], piece):
                chain.piece = _with_row(piece, first, after.number)
                kept = tuple(line for line in after.lines if line is not first)
                pages[index + 1] = replace(after, lines=kept)
    return pages


def _is_last(piece: Piece, part: PageParts, running: Running) -> bool:
    """Whether nothing stands below the piece on its last page."""
    _, _, _, bottom = piece.last_bbox
    boxes = [line.bbox for line in running.others(part)]
    boxes += [other.bbox for other in part.pieces]
    return not any(box[1] >= bottom - 1 for box in boxes)


def _is_heads_alone(piece: Piece) -> bool:
    many = piece.columns >= _MANY_COLUMNS and not piece.label_columns
    return many and all(cell.text and not is_figure(cell.text) for cell in piece.cells)


def _ends_in_heads(piece: Piece) -> bool:
    """Whether the last row has a text over each column, and rows above it have figures."""
    last = piece.row_cells(piece.rows - 1)
    whole = len(last) > 1 and all(cell.text and not is_figure(cell.text) for cell in last)
    return whole and any(is_figure(cell.text) for cell in piece.cells)


def _is_label(line: Line, below: Sequence[Line], piece: Piece) -> bool:
    """Whether a line begins as the table's labels do, in a type that the next has not."""
    if len(line.text) > _LONGEST_LABEL or NUMBERED.match(line.text) or line.text.endswith("。"):
        return False
    labels = [
        cell.bbox
        for cell in piece.cells
        if cell.column == 0 and cell.rowspan == 1 and cell.text and cell.page == piece.last_page
    ]
    starts = min((box[0] for box in labels), default=0.0)
    heights = [box[3] - box[1] for box in labels]
    same = any(h / _SAME_TYPE <= line.size <= h * _SAME_TYPE for h in heights)
    other = not below or not line.size / _SAME_TYPE <= below[0].size <= line.size * _SAME_TYPE
    return abs(line.x0 - starts) <= _SAME_START and same and other


def _with_row(piece: Piece, label: Line | None, page: int) -> Piece:
    """The piece with one more row, blank but for its label."""
    last = sorted(piece.row_cells(piece.rows - 1), key=lambda cell: cell.column)
    x0, top, x1, bottom = piece.last_bbox
    if label is None:
        top, bottom = bottom, bottom + _ROW
    else:
        top, bottom = label.top, label.bottom
    cells = [
        PieceCell(
            piece.rows,
            cell.column,
            1,
            cell.colspan,
            label.text if label is not None and cell.column == 0 else "",
            page,
            (piece.xs[cell.column], top, piece.xs[cell.right_column], bottom),
        )
        for cell in last
    ]
    return replace(
        piece,
        rows=piece.rows + 1,
        cells=(*piece.cells, *cells),
        last_page=page,
        last_bbox=(x0, top, x1, bottom),
    )
