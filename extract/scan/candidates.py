"""Tables put together -> the same with what recognition took each cell for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from extract.document import BBox, Block, Cell, Table
from extract.scan.figures import Candidates
from extract.scan.page import ScannedPage

_NO_RULES = 0.85
"""A cell that no rules enclose is no likelier than this to hold what was read in it."""


def block_with_candidates(block: Block, pages: Mapping[int, ScannedPage]) -> Block:
    """The block; where it is a table, with candidates in the cells that stand on these pages."""
    if not isinstance(block, Table):
        return block
    cells = tuple(
        replace(cell, candidates=_candidates(cell, pages[cell.page]))
        if cell.page is not None and cell.page in pages
        else cell
        for cell in block.cells
    )
    return replace(block, cells=cells)


def _candidates(cell: Cell, page: ScannedPage) -> Candidates:
    """Those of the cell at its place; those of its characters where no rules made the cell.

    A text put together from several pieces has the likelihood of the piece that is known.
    """
    if cell.bbox is None:
        return ()
    found = page.cells.get(cell.bbox)
    if found is None:
        return ((cell.text, _without_rules(cell, cell.bbox, page)),)
    if found and _squeezed(found[0][0]) != _squeezed(cell.text):
        return ((cell.text, found[0][1]),)
    return found


def _without_rules(cell: Cell, box: BBox, page: ScannedPage) -> float:
    """How likely the text of a cell is that no rules enclose, and whose characters may stray.

    Whether such a cell is blank was not told by its ink, so that it is never sure.
    """
    x0, top, x1, bottom = box
    inside = [
        sure
        for char, sure in zip(page.page.chars, page.sure, strict=True)
        if x0 <= (char.x0 + char.x1) / 2 <= x1 and top <= (char.top + char.bottom) / 2 <= bottom
    ]
    if not cell.text:
        return 0.0 if inside else _NO_RULES / 2
    return min([_NO_RULES, *inside])


def _squeezed(text: str) -> str:
    return "".join(text.split())
