"""Pages -> tables: which piece on one page goes on with which on the page before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.document import BBox
from extract.pdf.cells import Framed
from extract.pdf.parts import PageParts
from extract.pdf.piece import Piece, in_reading_order
from extract.pdf.regrid import fit_columns
from extract.pdf.running import Running
from extract.pdf.stitch import are_one_table, stitch

_CONTINUED = frozenset({"续表", "(续表)", "(续)", "续上表", "接上表", "(续上表)", "(接上表)"})
"""Lines that may stand between two pieces of one table."""
_LONGEST_TABLE = 1000
"""A table with more rows is not made longer, since each page copies it."""
_LONGEST_FRAMED = 150
"""A box with a longer text than this is no row of a table."""


@dataclass(slots=True)
class Chain:
    """A table as it grows from page to page; `framed` while it is a box that may be no table."""

    piece: Piece
    framed: Framed | None = None


def parts_to_chains(parts: Sequence[PageParts], running: Running) -> list[Chain]:
    """The tables, each stitched over all its pages, and the boxes that proved to be none."""
    chains: list[Chain] = []
    going_on: list[Chain] = []
    for part, before in zip(parts, (None, *parts), strict=False):
        current: list[Chain] = []
        candidates: list[tuple[Piece, Framed | None]] = [(piece, None) for piece in part.pieces]
        candidates += [(frame.piece, frame) for frame in part.framed]
        for piece, frame in in_reading_order(candidates, lambda candidate: candidate[0].bbox):
            chain = None
            if before is not None and _is_at_head(piece, part, running):
                chain = _chain_to_go_on(going_on, piece, frame, before, running)
            if chain is not None:
                piece = fit_columns(chain.piece, piece)
            if chain is None:
                chain = Chain(piece, frame)
                chains.append(chain)
            else:
                chain.piece = stitch(chain.piece, piece)
                chain.framed = None
            current.append(chain)
        going_on = current
    return chains


def _chain_to_go_on(
    chains: Iterable[Chain],
    piece: Piece,
    frame: Framed | None,
    before: PageParts,
    running: Running,
) -> Chain | None:
    for chain in chains:
        if (
            chain.piece.last_page == before.number
            and chain.piece.rows <= _LONGEST_TABLE
            and (chain.framed is None or frame is None)
            and all(_may_be_row(f) for f in (chain.framed, frame) if f is not None)
            and are_one_table(chain.piece, fit_columns(chain.piece, piece))
            and _is_at_foot(chain.piece, before, running)
        ):
            return chain
    return None


def _may_be_row(framed: Framed) -> bool:
    length = sum(len(cell.text) for cell in framed.piece.cells)
    short = framed.piece.sparse or length <= _LONGEST_FRAMED
    return short and not framed.around_table


def _is_at_head(piece: Piece, part: PageParts, running: Running) -> bool:
    """Whether nothing but running lines stands above the piece on its page."""
    x0, top, x1, _ = piece.bbox
    return not any(
        box[3] <= top + 1 and box[0] < x1 and box[2] > x0 for box in _boxes(part, running)
    )


def _is_at_foot(piece: Piece, part: PageParts, running: Running) -> bool:
    """Whether nothing but running lines stands below the piece on its last page."""
    x0, _, x1, bottom = piece.last_bbox
    return not any(
        box[1] >= bottom - 1 and box[0] < x1 and box[2] > x0 for box in _boxes(part, running)
    )


def _boxes(part: PageParts, running: Running) -> list[BBox]:
    """Where the page's content stands that would part two pieces of a table."""
    lines = [
        line.bbox
        for line in running.others(part)
        if line.text.replace("（", "(").replace("）", ")") not in _CONTINUED
    ]
    return [
        *(piece.bbox for piece in part.pieces),
        *(frame.piece.bbox for frame in part.framed),
        *lines,
    ]
