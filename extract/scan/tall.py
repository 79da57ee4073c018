"""Pictures of several pages one below the other -> pictures of pages."""

from __future__ import annotations

import numpy as np

from extract.scan.pictures import Picture

_TALL = 1.9
"""A picture this many times as high as wide is several pages, or a long screen."""
_SHORTEST, _LONGEST = 1.0, 1.62
"""Widths of the picture between which a part is high; a page of A4 is 1.41."""
_PALE = 40
"""Steps of grey from the paper's that are no ink."""
_MARGIN = 0.02
"""Widths of the picture over which ink is looked for around a cut."""


def picture_to_parts(picture: Picture) -> list[tuple[Picture, float]]:
    """The picture, or its parts with the height in points above each, cut where least ink is."""
    rows, columns = picture.dots.shape[:2]
    if rows <= _TALL * columns:
        return [(picture, 0.0)]
    grey = picture.dots if picture.dots.ndim == 2 else picture.dots.min(axis=2)
    ink = np.count_nonzero(grey < int(np.median(grey)) - _PALE, axis=1)
    reach = max(int(_MARGIN * columns), 1)
    around = np.convolve(ink, np.ones(2 * reach + 1), mode="same")
    parts: list[tuple[Picture, float]] = []
    start = 0
    while rows - start > _LONGEST * columns:
        first, last = start + int(_SHORTEST * columns), start + int(_LONGEST * columns)
        least = np.flatnonzero(around[first:last] <= around[first:last].min())
        cut = first + int(least[len(least) // 2])
        parts.append((_part(picture, start, cut), start / picture.scale))
        start = cut
    parts.append((_part(picture, start, rows), start / picture.scale))
    return parts


def _part(picture: Picture, start: int, stop: int) -> Picture:
    return Picture(picture.number, picture.dots[start:stop], picture.scale)
