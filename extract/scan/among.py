"""Lines of cells that stand among figures, where letters are hardly what is printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extract.document import BBox

_NEAR = 1.0
"""Points by which the sides of cells of one row, or of one column, differ at most."""
_LEAST = 2
"""Figures in the same row, or in the same column, that make a place one for figures."""


class Placed(NamedTuple):
    """A cell with its box in points, and what is known of it: a figure, something else, in which
    there may be digits, or blank.
    """

    bbox: BBox
    is_figure: bool
    is_blank: bool
    has_digit: bool = False


def cells_among_figures(cells: Sequence[Placed]) -> list[bool]:
    """For each cell whether most of its row are figures, or of its column one above it too.

    Heads of columns stand above all figures, and in rows that have none; labels of rows stand
    before all figures, in columns that have none. What has a digit in it is no label between a
    label and figures.
    """
    rows = _grouped([(cell.bbox[1], cell.bbox[3]) for cell in cells])
    columns = _grouped([(cell.bbox[0], cell.bbox[2]) for cell in cells])
    out = [False] * len(cells)
    for group in rows:
        for number in group:
            others = [cells[i] for i in group if i != number]
            first = cells[number].has_digit
            before = any(
                (o.is_figure or (first and not o.is_blank)) and o.bbox[0] < cells[number].bbox[0]
                for o in others
            )
            out[number] = before and _are_figures(others)
    for group in columns:
        for number in group:
            others = [cells[i] for i in group if i != number]
            above = any(o.is_figure and o.bbox[1] < cells[number].bbox[1] for o in others)
            out[number] = out[number] or (above and _are_figures(others))
    return out


def _are_figures(others: Sequence[Placed]) -> bool:
    figures = sum(other.is_figure for other in others)
    inked = sum(not other.is_blank for other in others)
    return figures >= _LEAST and 2 * figures >= inked


def _grouped(spans: Sequence[tuple[float, float]]) -> list[list[int]]:
    """The numbers of spans that begin and end at the same places."""
    order = sorted(range(len(spans)), key=lambda number: spans[number])
    groups: list[list[int]] = []
    for number in order:
        start, stop = spans[number]
        for group in reversed(groups):
            first = spans[group[-1]]
            if start - first[0] > _NEAR:
                groups.append([number])
                break
            if abs(stop - first[1]) <= _NEAR:
                group.append(number)
                break
        else:
            groups.append([number])
    return groups
