"""The ways in which a line is drawn to be looked at.

A worn scan is uneven from dot to dot: text is read better from a softened picture of it, thin
figures from a darker one. No single way is the best for all lines.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from extract.scan.cleaning import Sheet
from extract.scan.ink import Box
from extract.scan.lines import line_to_picture
from extract.scan.pictures import Dots
from extract.scan.regions import Regions

_WIDER = 1.45
"""For the look with rules characters are drawn as if they were so many times as large, that is,
smaller in their picture."""
_LARGER, _STRETCHED = 1.2, 1.25
"""For the stretched looks they are drawn so many times as wide as they are, in the plain one so
much smaller too."""
_DARKER = 1.8
"""Powers to which the brightness of dots is raised, to make ink darker; paper stays white."""
_SOFT, _SOFT_DARKER = 0.7, 1.3
"""Dots over which a softened line is blurred, and how it is made darker then."""
_NARROWED = 0.87
"""A narrowed one is drawn so many times as wide besides."""


@dataclass(frozen=True, slots=True)
class Look:
    """A way of drawing a line of the region of that number, and the size of characters by which
    that is done.
    """

    draw: Callable[[int, Box], Dots]
    size: float


@dataclass(frozen=True, slots=True)
class Looks:
    """`first` is for every line; the others for what is not sure after it."""

    first: Look
    with_rules: Look
    stretched: Look
    darker: Look
    softened: Look
    narrowed: Look


def sheet_to_looks(found: Regions, sheet: Sheet) -> Looks:
    """The ways of drawing lines of this sheet."""

    def cleaned(region: int, box: Box, size: float = found.size) -> Dots:
        coloured = found.regions[region].coloured and sheet.coloured is not None
        return line_to_picture(sheet.ruled if coloured else found.dots, box, size)

    def with_rules(region: int, box: Box) -> Dots:
        source = sheet.ruled if found.regions[region].coloured else sheet.dots
        return line_to_picture(source, box, _WIDER * found.size)

    def softened(region: int, box: Box) -> Dots:
        soft = cv2.GaussianBlur(cleaned(region, box), (0, 0), _SOFT)
        return _darkened(np.asarray(soft, dtype=np.uint8), _SOFT_DARKER)

    return Looks(
        first=Look(cleaned, found.size),
        with_rules=Look(with_rules, _WIDER * found.size),
        stretched=Look(
            lambda region, box: _drawn_out(cleaned(region, box, _LARGER * found.size), _STRETCHED),
            _LARGER * found.size,
        ),
        darker=Look(
            lambda region, box: _drawn_out(_darkened(cleaned(region, box), _DARKER), _STRETCHED),
            found.size,
        ),
        softened=Look(softened, found.size),
        narrowed=Look(lambda region, box: _drawn_out(softened(region, box), _NARROWED), found.size),
    )


def _drawn_out(picture: Dots, times: float) -> Dots:
    size = (round(picture.shape[1] * times), picture.shape[0])
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def _darkened(picture: Dots, power: float) -> Dots:
    steps = np.round(255 * (np.arange(256) / 255) ** power).astype(np.uint8)
    return np.asarray(steps[picture], dtype=np.uint8)
