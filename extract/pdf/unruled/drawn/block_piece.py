"""Blocks of a banner, heads, and rows of labels and figures -> the table that they make.

Nothing is guessed: where a figure is in no column, or a head over none, there is no table here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.pdf.piece import Piece, PieceCell
from extract.pdf.stitch import stitch
from extract.pdf.unruled.block import row_to_piece
from extract.pdf.unruled.drawn.blank import is_form_heads, is_heads_alone, is_over_several
from extract.pdf.unruled.drawn.body import lines_between, split_row, values_from, values_in_columns
from extract.pdf.unruled.drawn.halves import rows_to_halves
from extract.pdf.unruled.drawn.heads import (
    columns_under,
    leaves_of,
    stacked_heads,
    tokens_to_line,
)
from extract.pdf.unruled.drawn.labels import are_set_in, labels_to_cells, labels_to_ranks
from extract.pdf.unruled.drawn.proof import (
    are_titles,
    height_of,
    is_part_of_label,
    labels_stand_apart,
    stand_in_order,
)
from extract.pdf.unruled.drawn.row import DrawnRow
from extract.pdf.unruled.heads import heads_to_cells
from extract.pdf.unruled.tokens import Token, TokenLine
from extract.pdf.unruled.values import value_columns
from extract.pdf.unruled.zones import Extent, Span

_UNIT_COLUMNS = 2
"""Columns beside labels in the annex of 2014: units and figures."""
_WIDE = 5
"""One row of so many figures under heads is a table."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a table with columns of its own."""

    banner: DrawnRow | None
    heads: tuple[DrawnRow, ...]
    body: tuple[DrawnRow, ...]

    @property
    def rows(self) -> tuple[DrawnRow, ...]:
        """All of its rows from top to bottom."""
        return (*([self.banner] if self.banner else []), *self.heads, *self.body)


def blocks_to_piece(blocks: Sequence[Block], extent: Extent, page: int) -> Piece | None:
    """The blocks of one table under one another."""
    whole: Piece | None = None
    clear = False
    body = [row for block in blocks for row in block.body]
    labels = [cell.box[2] for row in body for cell in row.cells[:1] if not cell.figure]
    labels_end = max(labels, default=extent.left)
    for block in blocks:
        parts: list[Piece] = []
        if block.banner is not None:
            parts.append(row_to_piece(block.banner.cells[0].token, extent, page))
        if block.heads or block.body:
            piece = _block_to_piece(block, extent, labels_end, page)
            if piece is None:
                return None
            parts.append(piece)
            clear = clear or not piece.sparse
        for part in parts:
            whole = part if whole is None else stitch(whole, part, over_pages=False)
    if whole is None:
        return None
    return whole if not clear else _as_clear(whole)


def _as_clear(piece: Piece) -> Piece:
    return Piece(
        piece.page,
        piece.bbox,
        piece.xs,
        piece.rows,
        piece.cells,
        piece.last_page,
        piece.last_bbox,
        unruled=True,
        label_columns=piece.label_columns,
    )


def _block_to_piece(block: Block, extent: Extent, least: float, page: int) -> Piece | None:
    em = median(cell.em for row in (*block.heads, *block.body) for cell in row.cells)
    top_heads = [cell for row in block.heads for cell in row.cells]
    if (halved := rows_to_halves(top_heads, block.body, extent, page)) is not None:
        return halved
    begin = values_from(block.body)
    split = [split_row(row, begin) for row in block.body]
    if any(parts is None for parts in split):
        return None
    pairs = [parts for parts in split if parts is not None]
    plain = [not values and labels[0].box[2] > begin for labels, values in pairs]
    labels = [[] if alone else list(pair[0]) for pair, alone in zip(pairs, plain, strict=True)]
    tokens = [[cell.token for cell in values] for _, values in pairs]
    columns: list[Span] = value_columns([row for row in tokens if row]) if any(tokens) else []
    labels_end = max((one.box[2] for row in labels for one in row), default=extent.left)
    heads = stacked_heads([cell for row in block.heads for cell in row.cells])
    leaves = leaves_of(heads, em)
    over: list[Token] = []
    if heads:
        placed = columns_under(leaves, columns, labels_end, any(labels), em)
        if placed is None:
            return None
        columns, over = placed
    alone = not columns and not heads and all(labels)
    if alone:
        columns = [(labels_end + em, labels_end + 2 * em)]
    if not columns or (labels_end > columns[0][0] + 1 and any(labels)):
        return None
    grid = values_in_columns(tokens, columns)
    if grid is None or not (stand_in_order(block.body) and labels_stand_apart(block.body)):
        return None
    # The first label at the head of a page may end one of the page before.
    if is_part_of_label(labels, block.body if block.heads else block.body[1:]):
        return None
    ranks, count = labels_to_ranks(labels, _WIDE if alone else len(columns), bool(heads))
    if not heads and count == 1 and len(columns) > _UNIT_COLUMNS and are_set_in(labels):
        return None
    if count == 1:
        plain = [a or t for a, t in zip(plain, are_titles(pairs), strict=True)]
    if heads and not count:
        count = 1 if any(leaf not in over for leaf in leaves) else 0
        ranks = [[] for _ in labels]
    if least <= columns[0][0]:
        labels_end = max(labels_end, least)
    xs = lines_between(labels, ranks, count, columns, labels_end, extent)
    if any(b <= a for a, b in pairwise(xs)):
        return None
    cells: list[PieceCell] = []
    head_rows = 0
    if heads:
        upper = [head for head in heads if head not in leaves]
        lines = _levelled(upper, xs[count], em)
        low = [leaf for leaf in leaves if leaf in over or leaf.middle <= xs[count]]
        if len(low) < len(leaves):
            return None
        cells, head_rows = heads_to_cells([*lines, tokens_to_line(low, em)], xs, count, page)
    spans = [height_of(row) for row in block.body]
    body = labels_to_cells(labels, ranks, spans, xs, count, page) if any(labels) else []
    for number, (row, alone) in enumerate(zip(grid, plain, strict=True)):
        top, bottom = spans[number]
        if alone:
            note = block.body[number].cells[0]
            body = [cell for cell in body if cell.row != number or cell.rowspan > 1]
            body.append(PieceCell(number, 0, 1, len(xs) - 1, note.text, page, note.box))
            continue
        for column, token in enumerate(row):
            at = count + column
            box = token.bbox if token else (xs[at], top, xs[at + 1], bottom)
            body.append(PieceCell(number, at, 1, 1, token.text if token else "", page, box))
    cells = [*cells, *(cell._replace(row=cell.row + head_rows) for cell in body)]
    rows = block.rows
    box = (xs[0], min(r.top for r in rows), xs[-1], max(r.bottom for r in rows))
    figured = sum(1 for row in block.body if row.figures)
    clear = (
        (figured >= 2 and (bool(heads) or len(columns) > 2))
        or (figured > 2 and len(columns) > 1)
        or (figured == 1 and bool(heads) and (len(columns) >= _WIDE or block.banner is not None))
        or _is_of_form(block)
    )
    return Piece(
        page,
        box,
        tuple(xs),
        head_rows + len(block.body),
        tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        page,
        box,
        unruled=True,
        label_columns=count,
        sparse=not (clear and (heads or any(labels))),
    )


def _is_of_form(block: Block) -> bool:
    """Whether a block has heads of the forms over its rows, or a banner over any heads."""
    several = sum(1 for row in block.heads if is_over_several(row)) > 1
    known = several or any(is_form_heads(row) for row in block.heads)
    labelled = bool(block.body and block.heads) and (block.banner is not None or known)
    return labelled or is_heads_alone((*block.heads, *block.body))


def _levelled(heads: Sequence[Token], split: float, em: float) -> list[TokenLine]:
    lines: list[list[Token]] = []
    for head in sorted(heads, key=lambda token: token.height):
        if head.middle <= split:
            continue
        if lines and head.height - lines[-1][0].height <= em / 2:
            lines[-1].append(head)
        else:
            lines.append([head])
    return [tokens_to_line(line, em) for line in lines]
