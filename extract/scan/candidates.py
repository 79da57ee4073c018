"""Tables put together -> the same with what recognition took each cell for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.document import BBox, Block, Cell, Table
from extract.scan.figures import UNREADABLE, Candidates, as_figure
from extract.scan.page import FreeLine, ScannedPage

_PART = 0.85
"""A text made of several lines, or of a part of one, is no likelier than this in a cell that no
rules enclose."""
_BLANK = 0.5
"""How likely such a cell is to be blank when nothing was read in it."""
_LEAST = 0.25
"""Share of its width and height by which a line lies in a cell."""


def block_with_candidates(block: Block, pages: Mapping[int, ScannedPage]) -> Block:
    """The block; where it is a table, with candidates in the cells that stand on these pages."""
    if not isinstance(block, Table):
        return block
    strays = _stray_figures(block)
    cells = tuple(
        replace(cell, candidates=_candidates(cell, pages[cell.page], strays))
        if cell.page is not None and cell.page in pages
        else cell
        for cell in block.cells
    )
    return replace(block, cells=cells)


def _stray_figures(table: Table) -> frozenset[tuple[int, int]]:
    """(row, column) of the figures in rows without a label, which may be of a row beside theirs."""
    firsts: dict[int, Cell] = {}
    for cell in table.cells:
        if cell.text:
            firsts.setdefault(cell.row, cell)
    bare = {row for row, cell in firsts.items() if as_figure(cell.text) is not None}
    return frozenset((cell.row, cell.column) for cell in table.cells if cell.row in bare)


def _candidates(cell: Cell, page: ScannedPage, strays: frozenset[tuple[int, int]]) -> Candidates:
    """Those of the cell at its place; those of the lines in it where no rules made the cell.

    A text put together from several pieces has the likelihood of the piece that is known.
    """
    if cell.bbox is None:
        return ()
    found = page.cells.get(cell.bbox)
    if found is None:
        beside = {(cell.row - 1, cell.column), (cell.row + cell.rowspan, cell.column)}
        return _without_rules(cell, cell.bbox, page.free, bool(beside & strays))
    if found and _squeezed(found[0][0]) != _squeezed(cell.text):
        return ((cell.text, found[0][1]),)
    return found


def _without_rules(
    cell: Cell, box: BBox, lines: Sequence[FreeLine], near_stray: bool
) -> Candidates:
    """The candidates of the line that alone stands in a cell that no rules enclose.

    Of several lines, or of a part of one, the text is no likelier than the least likely line.
    A blank that has ink, or a stray figure above or below, may be none.
    """
    inside = [line for line in lines if _is_inside(line.bbox, box)]
    if not cell.text and (inside or near_stray):
        return (("", _BLANK), (UNREADABLE if inside else "0", 1 - _BLANK))
    if not inside:
        return ((cell.text, 0.0 if cell.text else 1.0),)
    if len(inside) == 1 and inside[0].candidates:
        found = inside[0].candidates
        if _squeezed(found[0][0]) == _squeezed(cell.text):
            return found
    least = min(line.candidates[0][1] if line.candidates else 0.0 for line in inside)
    return ((cell.text, min(least, _PART)),)


def _is_inside(line: BBox, box: BBox) -> bool:
    """Whether more of a line lies in the box than touches it."""
    wide = min(line[2], box[2]) - max(line[0], box[0])
    high = min(line[3], box[3]) - max(line[1], box[1])
    return wide > _LEAST * min(line[2] - line[0], box[2] - box[0]) and high > _LEAST * (
        min(line[3] - line[1], box[3] - box[1])
    )


def _squeezed(text: str) -> str:
    return "".join(text.split())
