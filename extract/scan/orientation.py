"""Pages scanned on their side or upside down, turned by quarters so that they can be read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extract.pdf.turning import turn_matrix
from extract.scan.cleaning import picture_to_sheet
from extract.scan.page import ScannedPage, sheet_to_page
from extract.scan.pictures import Picture

_TRUSTED = 0.75
"""A page recognised with less likelihood than this may stand otherwise; seen rightly, even faint
pages have 0.9."""
_OTHER_TURNS = (1, 3, 2)


def picture_to_scanned(picture: Picture) -> ScannedPage:
    """The page read with its lines running from left to right, whichever way it was scanned."""
    best = _read_turned(picture, 0)
    for turns in _OTHER_TURNS:
        if best.trust >= _TRUSTED or not best.page.chars:
            break
        other = _read_turned(picture, turns)
        if other.trust > best.trust and other.page.chars:
            best = other
    return best


def _read_turned(picture: Picture, turns: int) -> ScannedPage:
    """The page read after so many clockwise quarter turns."""
    if turns == 0:
        return sheet_to_page(picture_to_sheet(picture))
    rows, columns = picture.dots.shape[:2]
    turned = np.ascontiguousarray(np.rot90(picture.dots, -turns))
    scanned = sheet_to_page(picture_to_sheet(replace(picture, dots=turned)))
    undo = turn_matrix(turns, columns / picture.scale, rows / picture.scale).inverse()
    return replace(scanned, back=undo if scanned.back is None else scanned.back.then(undo))
