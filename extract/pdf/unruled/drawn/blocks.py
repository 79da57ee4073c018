"""A run of rows -> tables: blocks of a banner, heads, and rows of labels and figures.

Nothing is guessed: where a figure is in no column, or a head over none, there is no table here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.pdf.glue import NUMBERED
from extract.pdf.page import Rule
from extract.pdf.piece import Piece, PieceCell
from extract.pdf.stitch import stitch
from extract.pdf.unruled.block import row_to_piece
from extract.pdf.unruled.drawn.blank import is_form_heads, is_heads_alone, is_over_several
from extract.pdf.unruled.drawn.cells import DrawnCell
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
from extract.pdf.unruled.drawn.rows import is_among_heads
from extract.pdf.unruled.drawn.words import OVER_SEVERAL
from extract.pdf.unruled.heads import heads_to_cells
from extract.pdf.unruled.tokens import Token, TokenLine
from extract.pdf.unruled.values import value_columns
from extract.pdf.unruled.zones import Extent, Span

_UNIT, _UNIT_ROWS = 3, 3
"""Characters of a unit of measure, and rows that show where units stand."""
_UNIT_COLUMNS = 2
"""Columns beside labels in the annex of 2014: units and figures."""
_ALONG = 0.6
"""A rule along this share of a table's width belongs to it."""
_WIDE = 5
"""One row of so many figures under heads is a table."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a table with columns of its own."""

    banner: DrawnRow | None
    heads: tuple[DrawnRow, ...]
    body: tuple[DrawnRow, ...]


def run_to_tables(
    run: Sequence[DrawnRow], level: Sequence[Rule], page: int
) -> list[tuple[Piece, list[DrawnCell]]] | None:
    """The tables of a run, each with its cells; None where one does not hold together.

    Heads without a row below them are a piece of heads alone.
    """
    found: list[tuple[Piece, list[DrawnCell]]] = []
    for blocks in _run_to_blocks(run):
        rows = [row for block in blocks for row in _rows_of(block)]
        cells = [cell for row in rows for cell in row.cells]
        piece = blocks_to_piece(blocks, _extent(cells, level), page)
        if piece is None:
            return None
        found.append((piece, cells))
    return found


def _rows_of(block: Block) -> list[DrawnRow]:
    return [*([block.banner] if block.banner else []), *block.heads, *block.body]


def _extent(cells: Sequence[DrawnCell], level: Sequence[Rule]) -> Extent:
    """How far the cells reach, with the level rules that run along them."""
    left, right = min(cell.box[0] for cell in cells), max(cell.box[2] for cell in cells)
    top, bottom = min(cell.box[1] for cell in cells), max(cell.box[3] for cell in cells)
    em = median(cell.em for cell in cells)
    along = [
        rule
        for rule in level
        if top - em <= rule.top <= bottom + em
        and min(rule.x1, right) - max(rule.x0, left) >= _ALONG * (right - left)
    ]
    return Extent(
        min([left, *(rule.x0 for rule in along)]),
        top,
        max([right, *(rule.x1 for rule in along)]),
        bottom,
    )


def _run_to_blocks(run: Sequence[DrawnRow]) -> list[list[Block]]:
    """The blocks of each table, parted at banners and known heads; at others a table begins."""
    tables: list[list[Block]] = [[]]
    known: set[str] = set()
    banner: DrawnRow | None = None
    heads: list[DrawnRow] = []
    body: list[DrawnRow] = []

    def close() -> None:
        nonlocal banner
        if banner or heads or body:
            tables[-1].append(Block(banner, tuple(heads), tuple(body)))
        banner = None
        heads.clear()
        body.clear()

    for index, row in enumerate(run):
        if row.is_banner:
            close()
            banner = row
            continue
        several = len(row.cells) > 1 or OVER_SEVERAL.fullmatch(row.cells[0].text) is not None
        several = several or is_among_heads(run, index)
        is_head = several and not row.figures and not row.is_labels
        is_head = is_head and not _are_words(row, heads, body, known)
        if is_head and body:
            close()
            if row.cells[0].text not in known:
                tables.append([])
        if is_head:
            if not heads:
                known.add(row.cells[0].text)
            heads.append(row)
        else:
            body.append(row)
    close()
    return [blocks for blocks in tables if blocks]


def _are_words(
    row: DrawnRow, heads: Sequence[DrawnRow], body: Sequence[DrawnRow], known: set[str]
) -> bool:
    """Whether a row without figures has words, or a unit alone, where others have figures."""
    texts = [cell.text for cell in row.cells[1:]]
    if len(texts) > 1 and len(set(texts)) == 1 and heads:
        return True
    if row.cells[0].text in known or not body or is_over_several(row):
        return False
    figured = [other for other in body if other.figures]
    spans = [(c.box[0], c.box[2]) for other in figured for c in other.cells[1:]]
    return bool(figured) and all(
        any(a < cell.box[2] and cell.box[0] < b for a, b in spans) for cell in row.cells[1:]
    )


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
    values_from = _values_from(block.body)
    split = [_split(row, values_from) for row in block.body]
    if any(parts is None for parts in split):
        return None
    pairs = [parts for parts in split if parts is not None]
    plain = [not values and labels[0].box[2] > values_from for labels, values in pairs]
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
    grid = _values_in_columns(tokens, columns)
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
    xs = _lines(labels, ranks, count, columns, labels_end, extent)
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
    rows = _rows_of(block)
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


def _values_from(body: Sequence[DrawnRow]) -> float:
    """Where figures begin, or the units of measure before them; infinity without figures."""
    figures = [cell.box[0] for row in body for cell in row.cells if cell.figure]
    units = [
        cell.box[0]
        for row in body
        for cell in row.cells[1:]
        if not cell.figure and len(cell.text) <= _UNIT and cell.text.isalpha()
    ]
    others = [
        cell.box[2]
        for row in body
        for cell in row.cells
        if not cell.figure and (len(cell.text) > _UNIT or not cell.text.isalpha())
    ]
    if len(units) < _UNIT_ROWS or min(units) < max(others, default=0.0):
        units = []
    return min([*figures, *units], default=float("inf"))


def _split(
    row: DrawnRow, values_from: float
) -> tuple[Sequence[DrawnCell], Sequence[DrawnCell]] | None:
    """The row's labels and values; None where a label stands among the values."""
    count = next(
        (i for i, c in enumerate(row.cells) if c.figure or c.box[0] >= values_from - 1),
        len(row.cells),
    )
    alike = len(row.cells) > 2 and len({cell.text for cell in row.cells[1:]}) == 1
    if alike and not row.figures and not row.is_labels:
        count = 1
    labels, values = row.cells[:count], row.cells[count:]
    if any(NUMBERED.match(cell.text) and not cell.figure for cell in values):
        return None
    return labels, values


def _values_in_columns(
    rows: Sequence[Sequence[Token]], columns: Sequence[Span]
) -> list[list[Token | None]] | None:
    grid: list[list[Token | None]] = []
    for row in rows:
        placed: list[Token | None] = [None] * len(columns)
        for token in row:
            at = [i for i, (a, b) in enumerate(columns) if a <= token.middle <= b]
            if len(at) != 1 or placed[at[0]] is not None:
                return None
            placed[at[0]] = token
        grid.append(placed)
    return grid


def _lines(
    labels: Sequence[Sequence[DrawnCell]],
    ranks: Sequence[Sequence[int]],
    count: int,
    columns: Sequence[Span],
    labels_end: float,
    extent: Extent,
) -> list[float]:
    """The lines between columns, as no rules show them."""
    xs: list[float] = []
    for column in range(count):
        starts = [
            one.box[0]
            for row, at in zip(labels, ranks, strict=True)
            for one, rank in zip(row, at, strict=True)
            if rank == column
        ]
        least = xs[-1] + 1 if xs else extent.left
        xs.append(max(min(starts, default=least) - 1, least) if column else extent.left)
    first = (max(labels_end, xs[-1] + 1) + columns[0][0]) / 2 if count else extent.left
    return [
        *xs,
        first,
        *((a[1] + b[0]) / 2 for a, b in pairwise(columns)),
        max(extent.right, columns[-1][1]),
    ]
