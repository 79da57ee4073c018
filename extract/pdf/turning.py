"""Pages whose text lies on its side although the file does not say so: turned to be read.

The places that are reported stay those of the page as it is seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from extract.document import BBox, Block, Table
from extract.pdf.matrix import Matrix
from extract.pdf.piece import round_box

_LEAST_CHARS = 20
_SHARE = 0.8
"""So many characters, and such a share of all on the page, must run the same way."""


def turns_to_read(ways: Counter[int]) -> int:
    """The clockwise quarter turns after which the text runs from left to right.

    `ways` counts characters by the way they run on the seen page: 0 right, 1 down, 2 left, 3 up.
    """
    total = sum(ways.values())
    for way in (1, 2, 3):
        if ways[way] >= max(_LEAST_CHARS, _SHARE * total):
            return 4 - way
    return 0


def turn_matrix(turns: int, width: float, height: float) -> Matrix:
    """From the seen page, y downwards, to the page turned clockwise by quarters."""
    if turns == 1:
        return Matrix(0, 1, -1, 0, height, 0)
    if turns == 2:
        return Matrix(-1, 0, 0, -1, width, height)
    return Matrix(0, -1, 1, 0, 0, width)


def block_as_seen(block: Block, back: Mapping[int, Matrix]) -> Block:
    """The block with its boxes led back, on pages that were turned, to the seen page."""

    def seen(page: int | None, box: BBox | None) -> BBox | None:
        if page is None or box is None or page not in back:
            return box
        return round_box(back[page].box(*box))

    if isinstance(block, Table):
        cells = tuple(replace(cell, bbox=seen(cell.page, cell.bbox)) for cell in block.cells)
        return replace(block, cells=cells, bbox=seen(block.page, block.bbox))
    return replace(block, bbox=seen(block.page, block.bbox))
