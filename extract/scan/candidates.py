"""Tables put together -> the same with what recognition took each cell for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from extract.document import BBox, Block, Cell, Table
from extract.scan.figures import Candidates
from extract.scan.page import ScannedPage


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
        return ((cell.text, _least_sure(cell.bbox, page)),)
    if found and _squeezed(found[0][0]) != _squeezed(cell.text):
        return ((cell.text, found[0][1]),)
    return found


def _least_sure(box: BBox, page: ScannedPage) -> float:
    """How likely the least likely character in the box is; 1 for a box without any."""
    x0, top, x1, bottom = box
    inside = [
        sure
        for char, sure in zip(page.page.chars, page.sure, strict=True)
        if x0 <= (char.x0 + char.x1) / 2 <= x1 and top <= (char.top + char.bottom) / 2 <= bottom
    ]
    return min(inside, default=1.0)


def _squeezed(text: str) -> str:
    return "".join(text.split())
