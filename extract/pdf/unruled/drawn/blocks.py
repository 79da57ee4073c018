"""A run of rows -> tables: parted at banners and known heads."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from extract.pdf.page import Rule
from extract.pdf.piece import Piece
from extract.pdf.unruled.drawn.blank import is_over_several
from extract.pdf.unruled.drawn.block_piece import Block, blocks_to_piece
from extract.pdf.unruled.drawn.cells import DrawnCell
from extract.pdf.unruled.drawn.row import DrawnRow
from extract.pdf.unruled.drawn.rows import is_among_heads
from extract.pdf.unruled.drawn.words import OVER_SEVERAL
from extract.pdf.unruled.zones import Extent

_ALONG = 0.6
"""A rule along this share of a table's width belongs to it."""


def run_to_tables(
    run: Sequence[DrawnRow], level: Sequence[Rule], page: int
) -> list[tuple[Piece, list[DrawnCell]]] | None:
    """The tables of a run, each with its cells; None where one does not hold together.

    Heads without a row below them are a piece of heads alone.
    """
    found: list[tuple[Piece, list[DrawnCell]]] = []
    for blocks in _run_to_blocks(run):
        rows = [row for block in blocks for row in block.rows]
        cells = [cell for row in rows for cell in row.cells]
        piece = blocks_to_piece(blocks, _extent(cells, level), page)
        if piece is None:
            return None
        found.append((piece, cells))
    return found


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
