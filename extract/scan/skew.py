"""How far the lines of a page stand from level."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_MOST = 7.0
"""Degrees to either side that are tried."""
_COARSE, _FINE = 0.5, 0.05
_MOST_DOTS = 60_000

Mask = npt.NDArray[np.bool_]


def ink_to_skew(ink: Mask) -> float:
    """Degrees, clockwise, by which the lines of the ink must be turned to be level.

    At the right angle the dots fall into few rows, and into few columns where rules stand
    upright: their counts by row are then most uneven.
    """
    ys, xs = np.nonzero(ink)
    if len(ys) < 50:
        return 0.0
    if len(ys) > _MOST_DOTS:
        step = len(ys) // _MOST_DOTS + 1
        ys, xs = ys[::step], xs[::step]
    y = ys.astype(np.float32) - ink.shape[0] / 2
    x = xs.astype(np.float32) - ink.shape[1] / 2
    coarse = _best(x, y, np.arange(-_MOST, _MOST + _COARSE / 2, _COARSE))
    return round(_best(x, y, np.arange(coarse - _COARSE, coarse + _COARSE, _FINE)), 2)


def _best(
    x: npt.NDArray[np.float32], y: npt.NDArray[np.float32], angles: npt.NDArray[np.float64]
) -> float:
    scores = [_unevenness(x, y, float(angle)) for angle in angles]
    return float(angles[int(np.argmax(scores))])


def _unevenness(x: npt.NDArray[np.float32], y: npt.NDArray[np.float32], angle: float) -> float:
    sine, cosine = np.sin(np.radians(angle)), np.cos(np.radians(angle))
    rows = (x * sine + y * cosine).astype(np.int32)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float(np.sum(np.diff(counts) ** 2))
