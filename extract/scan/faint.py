"""Rules and figures so thin or so worn that their dots are hardly darker than paper.

Along a faint rule most dots are a little dark, and right above and below it few are: no single
dot tells, a row of many does.
"""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.ink import Box
from extract.scan.pictures import Dots

_TINGED = 246
"""Grey below which a dot may be of a faint rule; paper is 255."""
_LONG, _SHORT = 48.0, 20.0
"""Points over which the dots of a rule are counted."""
_ALONG_LONG, _ALONG_SHORT, _BESIDE = 0.66, 0.88, 0.4
"""Shares of tinged dots: of a long and of a short stretch of a rule at least, and of the paper
right above and below at most."""
_ALL = 255
"""The share of all dots, in steps of grey."""
_EITHER = 0.12
"""The share is so much more where each dot or the one above it counts."""
_NEAR, _FAR = 1.6, 3.4
"""Points between which the paper beside a rule is looked at."""
_ENDS = 0.6
"""The middles of such stretches are drawn out by this share of the length to the rule's ends,"""
_INSET = 0.2
"""Characters along the sides of a box that are not looked at: rules leave traces there."""
_UNEVEN, _LEAST_UNEVEN = 236, 0.3
"""Grey below which few dots together are no paper, and how many of them, in characters."""
_CLOSE, _STILL = 4.0, 0.6
"""where this share of the dots is tinged over so many points."""


def dots_to_faint_rules(dots: Dots, scale: float) -> Dots:
    """1 where level faint rules are, else 0."""
    tinged = (dots < _TINGED).astype(np.uint8)
    tinged *= _ALL
    # A rule that lies between two rows of dots tinges now the one, now the other.
    either = np.maximum(tinged, np.roll(tinged, 1, axis=0))
    found = np.zeros_like(dots)
    for points, least in ((_LONG, _ALONG_LONG), (_SHORT, _ALONG_SHORT)):
        found |= _stretches(tinged, either, points, least, scale)
    close = _mean(either, max(round(_CLOSE * scale), 3), 1)
    found[close < _STILL * _ALL] = 0
    return found


def is_tinged(dots: Dots, box: Box, size: float) -> bool:
    """Whether there may be a worn character in a box without ink: paper is even all over."""
    inset = round(_INSET * size)
    part = dots[box.y0 + inset : box.y1 - inset, box.x0 + inset : box.x1 - inset]
    if not part.size:
        return False
    return int(np.count_nonzero(cv2.blur(part, (3, 3)) < _UNEVEN)) >= _LEAST_UNEVEN * size


def _stretches(tinged: Dots, either: Dots, points: float, least: float, scale: float) -> Dots:
    """1 where so long a stretch of a row is tinged, and little beside it."""
    length = round(points * scale)
    along, both = _mean(tinged, length, 1), _mean(either, length, 1)
    near, far = max(round(_NEAR * scale), 2), max(round(_FAR * scale), 4)
    sides = _mean(along, 1, far - near + 1)
    shift = near + (far - near + 1) // 2
    beside = np.maximum(np.roll(sides, shift, axis=0), np.roll(sides, -shift, axis=0))
    found = along >= least * _ALL
    found |= both >= min(least + _EITHER, 0.97) * _ALL
    found &= beside <= _BESIDE * _ALL
    drawn = cv2.dilate(
        found.astype(np.uint8), np.ones((1, max(round(_ENDS * length), 3)), np.uint8)
    )
    return np.asarray(drawn, dtype=np.uint8)


def _mean(dots: Dots, wide: int, high: int) -> Dots:
    """The mean over so many columns and rows around each dot."""
    mean = cv2.blur(dots, (wide, high), borderType=cv2.BORDER_CONSTANT)
    return np.asarray(mean, dtype=np.uint8)
