"""Rows and cells that a page break cuts in two, made whole.

A printer may leave the cut open, without a rule on either side, or close both sides. Where it is
closed, only the text tells whether a row goes on: its last line is full, a bracket is not closed,
or the lower part has no number of its own where its like have one. In doubt two rows stay two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.pdf.cells import is_figure
from extract.pdf.piece import PieceCell

NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、．.]|\d{1,2}[.．、)）]|其中"
)
"""How the label of a new row begins."""
_LEAST_LABEL = 3
"""Shorter texts beside a label are units of measure (条, 人次), not labels of rows."""

Side = dict[tuple[int, int], PieceCell]
"""The cells along one side of the break by (column, colspan)."""


def glue(
    above: Sequence[PieceCell], above_rows: int, below: Sequence[PieceCell], below_rows: int
) -> tuple[list[PieceCell], int]:
    """The cells of both pieces, those cut by the page break made whole, and the number of rows.

    The columns of both are already the same.
    """
    last = {(c.column, c.colspan): c for c in above if c.bottom_row == above_rows}
    first = {(c.column, c.colspan): c for c in below if c.row == 0}
    if _is_cut_row(last, first):
        overlap, pairs = 1, set(last)
    else:
        overlap = 0
        values_from = _values_from(last, first)
        pairs = {
            place
            for place in set(last) & set(first)
            if _is_cut_cell(place, last, first, values_from)
        }
    glued = {place: _joined(last[place], first[place], overlap) for place in pairs}
    cells = [
        glued.get((c.column, c.colspan), c) if c.bottom_row == above_rows else c for c in above
    ]
    cells += [
        c._replace(row=c.row + above_rows - overlap)
        for c in below
        if c.row > 0 or (c.column, c.colspan) not in glued
    ]
    return cells, above_rows + below_rows - overlap


def _values_from(last: Side, first: Side) -> int | None:
    """The first column with a figure on either side of the break, None when none has."""
    figures = [c.column for c in (*last.values(), *first.values()) if is_figure(c.text)]
    return min(figures, default=None)


def _is_cut_row(last: Side, first: Side) -> bool:
    """Whether the break runs through one row.

    Its cells are the same on both sides, figures stand on one side at most, and every text below
    goes on from the one above it, if there is one.
    """
    if set(last) != set(first) or len(last) < 2:
        return False
    if _has_figures(last) and _has_figures(first):
        return False
    both = [place for place in last if last[place].text and first[place].text]
    return bool(both) and all(_goes_on(last[place], first[place]) for place in both)


def _has_figures(side: Side) -> bool:
    return any(is_figure(cell.text) for cell in side.values())


def _goes_on(upper: PieceCell, lower: PieceCell) -> bool:
    """Whether the text below the break is the rest of the text above it."""
    if NUMBERED.match(lower.text) or is_figure(upper.text) or is_figure(lower.text):
        return False
    return (
        (upper.open_bottom and lower.open_top)
        or upper.full
        or _is_unclosed(upper.text)
        or NUMBERED.match(upper.text) is not None
    )


def _is_unclosed(text: str) -> bool:
    """Whether a bracket is left open."""
    opened = text.count("（") + text.count("(")
    return opened > text.count("）") + text.count(")")


def _is_cut_cell(place: tuple[int, int], last: Side, first: Side, values_from: int | None) -> bool:
    """Whether a group's label, or a head over several rows, goes on below the break."""
    upper, lower = last[place], first[place]
    both_open = upper.open_bottom and lower.open_top
    if values_from is None:
        if not lower.text:
            return both_open or (bool(upper.text) and any(c.text for c in first.values()))
        return _goes_on(upper, lower) if upper.text else both_open
    if not _is_group(upper, last, first, values_from):
        return False
    several = upper.rowspan > 1 or lower.rowspan > 1
    if upper.text and lower.text:
        if NUMBERED.match(lower.text):
            return False
        return both_open or (several and NUMBERED.match(upper.text) is not None)
    return several or upper.open_bottom or lower.open_top


def _is_group(upper: PieceCell, last: Side, first: Side, values_from: int) -> bool:
    """Whether labels of rows stand between the cell and the figures."""
    return any(
        upper.right_column <= column < values_from and len(cell.text) >= _LEAST_LABEL
        for side in (last, first)
        for (column, _), cell in side.items()
    )


def _joined(upper: PieceCell, lower: PieceCell, overlap: int) -> PieceCell:
    """One cell; its place is that of the part that has the text, the upper one if both have."""
    placed = upper if upper.text or not lower.text else lower
    return upper._replace(
        rowspan=upper.rowspan + lower.rowspan - overlap,
        text="\n".join(text for text in (upper.text, lower.text) if text),
        page=placed.page,
        bbox=placed.bbox,
        open_bottom=lower.open_bottom,
        full=lower.full,
    )
