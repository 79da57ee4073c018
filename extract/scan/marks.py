"""Marks told by the shape of their ink: dashes and slashes, which recognition takes for others.

A stroke alone has too little to it for the network: of lone dashes and slashes it reads most as
一, 1 or nothing.
"""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.pictures import Dots

SLASHES = ("/", "\\")
_FLAT = 0.3
"""A dash is no higher than this share of a character, and lower than this share of its width."""
_FILLED = 0.4
"""Ink covers this share of the box around a dash; one that is not quite level covers less."""
_HYPHEN, _DASH = 0.62, 1.45
"""Widths, in characters, up to which a flat stroke is a hyphen, and a dash."""
_LONGEST = 4.5
_LEAN = 0.22
"""A slash leans by at least this share of its height from head to foot."""
_SIGN_FLAT, _SIGN_WIDE = 0.25, (0.3, 1.1)
"""Heights of a figure that the stroke before it is high at most, and between which it is wide."""
_TRACE, _TRACE_AT, _TRACE_WIDE = 250, (0.25, 0.8), 0.15
"""Grey below which paper is tinged by a stroke that is hardly seen, between which shares of the
height of a figure it stands, and for how much of it it is wide at least."""
_THIN = 0.3
"""The ink of a slash is no wider than this share of its height in a row of dots."""
_STRAIGHT = 0.12
"""The middles of its rows lie on a straight line but for this share of its height."""


def ink_to_mark(ink: Dots, size: float) -> tuple[str, float] | None:
    """The dashes or the slash that are all of the ink, with a likelihood; None for anything else.

    `size` is the height of a character.
    """
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    parts = [tuple(int(v) for v in row) for row in stats[1:count]]
    if not parts:
        return None
    if all(_is_flat(part, size) for part in parts):
        return _dashes(parts, size)
    return _slash(ink, size) if len(parts) == 1 else None


def has_sign(ink: Dots, size: float) -> bool:
    """Whether what stands first from the left looks like a sign."""
    return sign_end(ink, size) > 0


def sign_end(ink: Dots, size: float) -> int:
    """The column behind a short flat stroke that stands first from the left, 0 without one.

    It is at half the height of the rest, which it may touch.
    """
    inked = ink.sum(axis=0) > 0
    columns = np.flatnonzero(inked)
    rows = np.flatnonzero(ink.any(axis=1))
    if not columns.size:
        return 0
    first, last = int(columns[0]), int(columns[-1])
    part = ink[rows[0] : rows[-1] + 1, first : last + 1]
    high = part.shape[0]
    tops = part.argmax(axis=0)
    bottoms = high - part[::-1].argmax(axis=0)
    middles = (tops + bottoms) / 2 / high
    flat = (bottoms - tops <= max(_SIGN_FLAT * high, 3)) & (middles >= 0.3) & (middles <= 0.75)
    flat &= inked[first : last + 1]
    width = int(np.argmin(flat)) if not flat.all() else 0
    wide = _SIGN_WIDE[0] * high <= width <= _SIGN_WIDE[1] * high
    return first + width if wide and high >= 0.4 * size else 0


def may_be_sign(dots: Dots) -> bool:
    """Whether there is a trace of a stroke at half a figure's height, in the dots before it."""
    high = dots.shape[0]
    tinged = dots < _TRACE
    middle = slice(round(_TRACE_AT[0] * high), round(_TRACE_AT[1] * high))
    inside = np.count_nonzero(tinged[middle])
    wide = int(np.count_nonzero(tinged[middle].any(axis=0)))
    outside = np.count_nonzero(tinged) - inside
    return wide >= max(_TRACE_WIDE * high, 2) and bool(inside > 2 * outside)


def _is_flat(part: tuple[int, ...], size: float) -> bool:
    _, _, width, height, area = part
    filled = area >= _FILLED * width * height
    return height <= max(_FLAT * size, 3) and height <= 0.5 * width and filled


def _dashes(parts: list[tuple[int, ...]], size: float) -> tuple[str, float] | None:
    """One stroke, or several on one level."""
    parts.sort()
    levels = [y + height / 2 for _, y, _, height, _ in parts]
    if max(levels) - min(levels) > 0.15 * size:
        return None
    if len(parts) > 4 or any(width > _LONGEST * size for _, _, width, _, _ in parts):
        return None
    marks = ""
    for _, _, width, _, _ in parts:
        marks += "-" if width <= _HYPHEN * size else "—" if width <= _DASH * size else "——"
    return marks, 0.97


def _slash(ink: Dots, size: float) -> tuple[str, float] | None:
    """A straight stroke that leans."""
    rows = np.flatnonzero(ink.any(axis=1))
    height = len(rows)
    if height < 0.5 * size:
        return None
    lefts = ink[rows].argmax(axis=1)
    rights = ink.shape[1] - ink[rows, ::-1].argmax(axis=1)
    widths = rights - lefts
    middles = (lefts + rights) / 2
    lean, start = np.polyfit(rows, middles, 1)
    off = np.abs(middles - (lean * rows + start))
    if float(np.median(widths)) > _THIN * height or float(off.max()) > _STRAIGHT * height:
        return None
    # The head of a 1 juts out on one side, a slash is as wide everywhere.
    if float(widths.max()) > 2.2 * float(np.median(widths)) + 1:
        return None
    if abs(lean) < _LEAN:
        return None
    return ("\\" if lean > 0 else "/"), 0.95 if abs(lean) > 1.3 * _LEAN else 0.6
