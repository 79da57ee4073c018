"""Where the ink of a region lies: what is blank, and the lines of text."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from extract.scan.cleaning import dots_to_ink
from extract.scan.pictures import Dots

_SPECK = 0.9
"""Points: ink smaller than this in both directions is dirt, not even a full stop."""
_DRAWING = 48.0
"""Points: ink that hangs together over more height than this is no text but a drawing, or the
dark edge of a scan."""
_SAME_LINE = 1.15
"""Bands that together are no higher than this many characters are parts of one line."""
_BROKEN = 1.1
"""So are those no higher than so many usual characters: worn figures fall apart."""
_LEAST_HEIGHT = 0.85
"""Usual characters by which a band is lower than a line."""
_TWO_LINES = 1.7
"""A band higher than this many characters is looked at for a gap with little ink."""
_LITTLE = 0.12
"""So much of the most ink of a row of dots is little."""
_APART = 2.2
"""Texts on one line with a gap of this many characters between them are read apart."""


class Box(NamedTuple):
    """Dots: `x0` and `y0` are inside, `x1` and `y1` the first outside."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.y1 - self.y0

    def within(self, outer: Box) -> Box:
        """The box moved by the corner of the outer one."""
        return Box(self.x0 + outer.x0, self.y0 + outer.y0, self.x1 + outer.x0, self.y1 + outer.y0)


def dots_to_text_ink(dots: Dots, scale: float) -> Dots:
    """The ink without dirt, as 1."""
    ink = dots_to_ink(dots)
    least = max(_SPECK * scale, 2.0)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count <= 1:
        return ink
    small = (stats[:, cv2.CC_STAT_WIDTH] < least) & (stats[:, cv2.CC_STAT_HEIGHT] < least)
    small |= stats[:, cv2.CC_STAT_AREA] < least
    high, wide = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    small |= (high > _DRAWING * scale) | ((wide > 4 * _DRAWING * scale) & (high > 12 * scale))
    small[0] = True
    return np.asarray(~small[labels], dtype=np.uint8)


def ink_to_size(ink: Dots, scale: float) -> float:
    """The height of the usual character on a page, in dots."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights = stats[1:count, cv2.CC_STAT_HEIGHT]
    widths = stats[1:count, cv2.CC_STAT_WIDTH]
    full = (heights > 5 * scale) & (heights < 24 * scale) & (widths < 2 * heights)
    full &= widths > 0.6 * heights
    return float(np.percentile(heights[full], 60)) if np.count_nonzero(full) > 5 else 9 * scale


def ink_to_lines(ink: Dots, size: float) -> list[Box]:
    """The lines of text in a region, from the top down, cut at wide gaps from left to right."""
    lines: list[Box] = []
    for top, bottom in ink_to_bands(ink, size):
        parts = _stretches(ink[top:bottom], _APART * min(size, bottom - top))
        for left, right in parts:
            part = Box(left, top, right, bottom)
            if len(parts) > 1:
                inner = ink_to_lines(ink[top:bottom, left:right], size)
                lines += [one.within(part) for one in inner]
            else:
                lines.append(part)
    return lines


def ink_to_bands(ink: Dots, size: float, cut: bool = True) -> list[tuple[int, int]]:
    """Rows of dots with ink, united to lines.

    With `cut`, lines that touch are parted where there is little ink between them.
    """
    counts = ink.sum(axis=1)
    runs = runs_of(counts > 0)
    if not runs:
        return []
    if cut:
        runs = [part for top, bottom in runs for part in _cut(counts, top, bottom, size)]
    highest = max(bottom - top for top, bottom in runs)
    columns = np.flatnonzero(ink.any(axis=0))
    wide = int(columns[-1] - columns[0] + 1)
    one = max(highest, _LEAST_HEIGHT * size, min(wide, size) if wide < 2 * size else 0)
    bands = [runs[0]]
    for top, bottom in runs[1:]:
        above = bands[-1]
        low = min(above[1] - above[0], bottom - top) < 0.6 * one
        if low and bottom - above[0] <= max(_SAME_LINE * one, _BROKEN * size):
            bands[-1] = (above[0], bottom)
        else:
            bands.append((top, bottom))
    return bands


def _cut(
    counts: np.ndarray[tuple[int, ...], np.dtype[np.generic]], top: int, bottom: int, size: float
) -> list[tuple[int, int]]:
    """The band in two where its middle has little ink: lines that touch."""
    height = bottom - top
    if height < _TWO_LINES * size:
        return [(top, bottom)]
    first, last = top + int(0.6 * size), bottom - int(0.6 * size)
    if first >= last:
        return [(top, bottom)]
    at = first + int(np.argmin(counts[first:last]))
    if counts[at] > _LITTLE * counts[top:bottom].max():
        return [(top, bottom)]
    return [*_cut(counts, top, at, size), *_cut(counts, at + 1, bottom, size)]


def _stretches(ink: Dots, gap: float) -> list[tuple[int, int]]:
    """Columns with ink, united over gaps narrower than this."""
    runs = runs_of(ink.sum(axis=0) > 0)
    united = runs[:1]
    for left, right in runs[1:]:
        if left - united[-1][1] < gap:
            united[-1] = (united[-1][0], right)
        else:
            united.append((left, right))
    return united


def runs_of(flags: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """Where the flags are set: begins and ends."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
