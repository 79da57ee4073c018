"""Pictures -> sheets: dark ink on white paper, its lines level."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

import cv2
import numpy as np

from extract.pdf.matrix import Matrix
from extract.scan.pictures import Dots, Picture
from extract.scan.skew import Mask, ink_to_skew

_PAPER_CELL = 8
"""The paper is looked at in squares of so many dots."""
_PAPER_REACH = 5
"""Squares on each side among which the brightest is paper."""
_WHITE = 0.86
"""What is at least so bright as the paper is paper: the next page shines through no darker."""
_COLOURED = 40
"""Steps between the brightest and the darkest of three lights from which ink has a colour."""
_LEAST_COLOURED = 12
"""Dots of coloured ink that make a picture one in colours."""
_STAMPED = 130
"""Percent to which coloured ink is made brighter, so that its edges fade and black ink stays."""
_FAINT, _INK = 225, 200
"""Grey below which a dot of the sheet may be ink, and is: thin strokes are faint where they are
thinnest, but not all along."""
_LEAST_SKEW = 0.08
"""Degrees that are not worth turning a page for."""
_SKEW_DOTS = 1000
"""The height to which a page is shrunk to see its skew."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page ready to be read: `dots` in grey, white paper at 255, lines level.

    `coloured` is the same with coloured ink in it, as of stamps, which `dots` lack; None for a
    grey picture. `back` leads from the sheet to the page as it is seen, both in points.
    """

    number: int
    dots: Dots
    coloured: Dots | None
    scale: float
    width: float
    height: float
    skew: float
    back: Matrix | None

    @property
    def ruled(self) -> Dots:
        """The dots in which rules are whole, where coloured ink runs over them."""
        return self.dots if self.coloured is None else self.coloured


def picture_to_sheet(picture: Picture) -> Sheet:
    """The picture cleaned and turned by the skew of its lines."""
    dark, coloured = _inks(picture.dots)
    black = _on_white(dark)
    if coloured is not None:
        stamped = _stamped(dark, coloured)
        black[stamped] = np.minimum(black[stamped].astype(np.uint16) * _STAMPED // 100, 255)
        coloured = _on_white(coloured)
    dark = black
    skew = _skew(dark)
    back = None
    rows, columns = dark.shape
    if abs(skew) >= _LEAST_SKEW:
        turning, size = _turning(skew, columns, rows)
        dark = _turned(dark, turning, size)
        if coloured is not None:
            coloured = _turned(coloured, turning, size)
        e, f = turning.e / picture.scale, turning.f / picture.scale
        back = turning._replace(e=e, f=f).inverse()
    return Sheet(
        number=picture.number,
        dots=dark,
        coloured=coloured,
        scale=picture.scale,
        width=dark.shape[1] / picture.scale,
        height=dark.shape[0] / picture.scale,
        skew=skew,
        back=back,
    )


def _inks(dots: Dots) -> tuple[Dots, Dots | None]:
    """The black ink alone, and all ink where there are colours.

    Red ink is bright in red light and blue ink in blue; only black is dark in all of them.
    """
    if dots.ndim == 2:
        return dots, None
    if dots.shape[2] > 3:
        dots = dots[:, :, :3]
    brightest = dots.max(axis=2)
    darkest = dots.min(axis=2)
    if np.count_nonzero(brightest - darkest > _COLOURED) < _LEAST_COLOURED:
        return brightest, None
    return brightest, darkest


def _stamped(dark: Dots, coloured: Dots) -> Mask:
    """Where there is coloured ink or its edge, which pictures keep less sharp than black ink."""
    plain = (dark.astype(np.int16) - coloured) > _COLOURED
    grown = cv2.dilate(plain.astype(np.uint8), np.ones((5, 5), np.uint8))
    return np.asarray(grown, dtype=np.bool_)


def _on_white(dots: Dots) -> Dots:
    """The dots divided by the brightness of the paper around them."""
    rows, columns = dots.shape
    small = cv2.resize(
        dots,
        (max(columns // _PAPER_CELL, 1), max(rows // _PAPER_CELL, 1)),
        interpolation=cv2.INTER_AREA,
    )
    reach = np.ones((2 * _PAPER_REACH + 1, 2 * _PAPER_REACH + 1), np.uint8)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, reach)
    paper = cv2.GaussianBlur(paper, (0, 0), _PAPER_REACH)
    paper = cv2.resize(np.maximum(paper, 64), (columns, rows), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(dots, paper, scale=255 / _WHITE), dtype=np.uint8)


def dots_to_ink(dots: Dots) -> Dots:
    """1 where there is ink, faint ink only where it hangs together with plain ink, else 0."""
    faint = (dots < _FAINT).astype(np.uint8)
    count, labels = cv2.connectedComponents(faint, connectivity=8)
    kept = np.zeros(count, np.uint8)
    kept[labels[dots < _INK]] = 1
    kept[0] = 0
    return np.asarray(kept[labels], dtype=np.uint8)


def _skew(dots: Dots) -> float:
    shrink = _SKEW_DOTS / dots.shape[0]
    if shrink < 1:
        small = cv2.resize(dots, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        dots = np.asarray(small, dtype=np.uint8)
    return ink_to_skew(dots < _INK)


def _turning(skew: float, columns: int, rows: int) -> tuple[Matrix, tuple[int, int]]:
    """What turns the picture about its middle, and the size that holds all of it."""
    cosine, sine = cos(radians(skew)), sin(radians(skew))
    wide = round(columns * cosine + rows * abs(sine))
    high = round(rows * cosine + columns * abs(sine))
    x, y = columns / 2, rows / 2
    turning = Matrix(
        cosine,
        sine,
        -sine,
        cosine,
        wide / 2 - cosine * x + sine * y,
        high / 2 - sine * x - cosine * y,
    )
    return turning, (wide, high)


def _turned(dots: Dots, turning: Matrix, size: tuple[int, int]) -> Dots:
    a, b, c, d, e, f = turning
    rows = np.array([[a, c, e], [b, d, f]])
    turned = cv2.warpAffine(dots, rows, size, flags=cv2.INTER_CUBIC, borderValue=(255,))
    return np.asarray(turned, dtype=np.uint8)
