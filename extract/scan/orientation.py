"""Pages scanned on their side or upside down, turned by quarters so that they can be read."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from extract.pdf.turning import turn_matrix
from extract.scan.cleaning import picture_to_sheet
from extract.scan.memory import give_back
from extract.scan.page import ScannedPage, sheet_to_page
from extract.scan.pictures import Dots, Picture

_TRUSTED = 0.75
"""A page recognised with less likelihood than this may stand upside down; seen rightly, even
faint pages have 0.9."""
_SMALL = 900
"""Dots of the longer side of the picture in which the way of the lines is looked for."""
_DARKER = 45
"""Steps of grey by which ink is darker than the paper."""
_LEAST_DOTS = 4
_LONGEST = 0.04
"""Ink of fewer dots is dirt; over more than this share of the picture, a rule or a drawing."""
_USUAL = 70
"""Percent of the pieces of ink that are smaller than the usual character."""
_BESIDE = 0.4
"""Characters of one line are no further apart than this share of their size."""
_SIDEWAYS = 1.3
"""How many times as many pieces stay apart when only those beside each other are united."""


def picture_to_scanned(picture: Picture) -> ScannedPage:
    """The page read with its lines running from left to right, whichever way it was scanned."""
    give_back()
    turns = 1 if is_sideways(picture.dots) else 0
    scanned = _read_turned(picture, turns)
    if scanned.trust < _TRUSTED and scanned.page.chars:
        other = _read_turned(picture, turns + 2)
        if other.trust > scanned.trust:
            return other
    return scanned


def _read_turned(picture: Picture, turns: int) -> ScannedPage:
    """The page read after so many clockwise quarter turns."""
    if turns == 0:
        return sheet_to_page(picture_to_sheet(picture))
    rows, columns = picture.dots.shape[:2]
    turned = np.ascontiguousarray(np.rot90(picture.dots, -turns))
    scanned = sheet_to_page(picture_to_sheet(replace(picture, dots=turned)))
    undo = turn_matrix(turns, columns / picture.scale, rows / picture.scale).inverse()
    return replace(scanned, back=undo if scanned.back is None else scanned.back.then(undo))


def is_sideways(dots: Dots) -> bool:
    """Whether the lines of text run up or down the picture.

    The characters of a line stand closer together than the lines, so that fewer pieces of ink are
    left when pieces side by side are united than when those one below the other are.
    """
    ink, size = _text_ink(dots)
    gap = max(round(_BESIDE * size), 2) + 1
    return _pieces(ink, (1, gap)) > _SIDEWAYS * _pieces(ink, (gap, 1))


def _text_ink(dots: Dots) -> tuple[Dots, float]:
    """The ink of characters in a small copy of the picture, and the size of most of them."""
    grey = dots if dots.ndim == 2 else dots.max(axis=2)
    shrink = min(_SMALL / max(grey.shape), 1.0)
    small = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    ink = (small < float(np.median(small)) - _DARKER).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    kept = (sizes < _LONGEST * max(small.shape)) & (stats[:, cv2.CC_STAT_AREA] >= _LEAST_DOTS)
    kept[0] = False
    size = float(np.percentile(sizes[kept], _USUAL)) if kept.any() else 0.0
    return np.asarray(kept[labels], dtype=np.uint8), size


def _pieces(ink: Dots, reach: tuple[int, int]) -> int:
    """How many pieces of ink there are when gaps within reach (rows, columns) are closed."""
    united = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(reach, np.uint8))
    return int(cv2.connectedComponents(united, connectivity=8)[0])
