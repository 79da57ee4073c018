"""Texts side by side on different levels -> each text apart, as in tables without upright rules.

A label of two lines stands beside figures at half its height, a stacked label beside several
rows: seen across the page their ink hangs together, from top to bottom, as one high line.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from extract.scan.ink import Box, ink_to_bands, ink_to_lines, runs_of
from extract.scan.pictures import Dots

_APART, _AFTER_SIGN = 0.8, 1.4
"""Characters of white between texts, such as heads of columns; more behind a comma, which has
white of its own."""
_SIGN = 0.5
"""Ink no higher than so many characters is a sign."""
_GAP = 0.3
"""Characters of white between texts on different levels."""
_ONE_LINE = 1.05
"""Usual characters by which a line is no higher; higher ones may be several."""
_LOWER = 0.9
"""Parting is right when no part is higher than this share of the whole: the characters of a
large heading are as high as their line, wherever it is cut."""
_LARGE = 2.6
"""Usual characters by which large type is no higher."""
_SHIFT = 0.1
"""Characters by which both head and foot of one line are off those of another."""
_OFFSET = 0.2
"""Characters by which the middle of a lower part is off the middle of the whole."""
_LEAST_HEIGHT, _MOST_HEIGHT = 0.8, 1.3
"""Characters between which such a part is high; signs alone are lower, large type is higher."""
_HALF = 0.65
"""Behind a gap as between columns, one line so much lower than the whole is enough."""
_ROW = 0.15
"""Characters by which the middles of figures of one row differ from one to the next."""
_MOST_GAPS = 6


def ink_to_level_lines(ink: Dots, size: float) -> list[Box]:
    """The lines of text of a page outside of grids, those on different levels parted."""
    return [part for line in _lines(ink, size) for part in _parted(ink, line, size)]


def _lines(ink: Dots, size: float) -> list[Box]:
    """Bands of ink and the texts in each, which may be bands again; touching lines are one."""
    lines: list[Box] = []
    for top, bottom in ink_to_bands(ink, size, cut=False):
        band = ink[top:bottom]
        parts = [Box(left, top, right, bottom) for left, right in _texts(band, size)]
        if len(parts) == 1:
            lines += parts
            continue
        inner = [_lines(ink[top:bottom, part.x0 : part.x1], size) for part in parts]
        large = bottom - top <= _LARGE * size and any(
            len(own) == 1 and own[0].height >= _LOWER * (bottom - top) for own in inner
        )
        for part, own in zip(parts, inner, strict=True):
            # Beside large type on the same line, strokes one above the other are one character.
            lines += [part] if large and len(own) > 1 else [one.within(part) for one in own]
    return lines


def _texts(band: Dots, size: float) -> list[tuple[int, int]]:
    """Columns with ink, united over the gaps within a text."""
    runs = runs_of(band.sum(axis=0) > 0)
    united = runs[:1]
    for before, (left, right) in pairwise(runs):
        start, stop = united[-1]
        rows = band[:, slice(*before)].any(axis=1)
        sign = np.count_nonzero(rows) <= _SIGN * size
        if left - stop < (_AFTER_SIGN if sign else _APART) * size:
            united[-1] = (start, right)
        else:
            united.append((left, right))
    return united


def _parted(ink: Dots, line: Box, size: float) -> list[Box]:
    """The line, or the lines of its parts to the left and right of a gap."""
    if line.height <= _ONE_LINE * size:
        return [line]
    part = ink[line.y0 : line.y1, line.x0 : line.x1]
    for gap, at in _gaps(part, _GAP * size):
        left, right = _lines(part[:, :at], size), _lines(part[:, at:], size)
        if _is_apart(left, right, line, size, gap):
            right = [one._replace(x0=one.x0 + at, x1=one.x1 + at) for one in right]
            return [
                found for one in (*left, *right) for found in _parted(ink, one.within(line), size)
            ]
    if line.width <= line.height:
        # One large character, not lines that touch.
        return [line]
    return [one.within(line) for one in ink_to_lines(part, size)]


def _is_apart(left: Sequence[Box], right: Sequence[Box], line: Box, size: float, gap: int) -> bool:
    """Whether what stands at the sides of a gap are lines on different levels."""
    low, high = sorted((left, right), key=_highest)
    if _highest(high) <= _LOWER * line.height or _is_shifted(left, right, size):
        return True
    if _highest(low) > _LOWER * line.height:
        return False
    full = [one for one in low if _LEAST_HEIGHT <= one.height / size <= _MOST_HEIGHT]
    if gap >= size and full and _highest(low) <= _HALF * line.height:
        return True
    return len({one.y0 for one in full}) > 1 or any(
        abs((one.y0 + one.y1) - line.height) >= 2 * _OFFSET * size for one in full
    )


def _is_shifted(left: Sequence[Box], right: Sequence[Box], size: float) -> bool:
    """Whether one line at either side is as a whole a little lower than the other."""
    if len(left) != 1 or len(right) != 1:
        return False
    one, other = left[0], right[0]
    if min(one.height, other.height) < _LEAST_HEIGHT * size:
        return False
    above, below = other.y0 - one.y0, other.y1 - one.y1
    least = max(_SHIFT * size, 2)
    return min(above, below) >= least or max(above, below) <= -least


def _highest(side: Sequence[Box]) -> int:
    return max((one.height for one in side), default=0)


def _gaps(ink: Dots, least: float) -> list[tuple[int, int]]:
    """(width, middle) of the stretches of columns without ink, the widest first."""
    white = runs_of(ink.sum(axis=0) == 0)
    wide = sorted((left - right, left, right) for left, right in white if right - left >= least)
    return [(-minus, (left + right) // 2) for minus, left, right in wide[:_MOST_GAPS]]


def boxes_on_rows(boxes: Sequence[Box], size: float) -> list[Box]:
    """The boxes of figures, those of one row with the same head and foot, in the order given.

    Ink tells them to a dot or two, which is much beside a label of two lines.
    """
    order = sorted(range(len(boxes)), key=lambda i: boxes[i].y0 + boxes[i].y1)
    rows: list[list[int]] = []
    for number in order:
        box = boxes[number]
        last = boxes[rows[-1][-1]] if rows else None
        if last and (box.y0 + box.y1) - (last.y0 + last.y1) <= 2 * _ROW * size:
            rows[-1].append(number)
        else:
            rows.append([number])
    levelled = list(boxes)
    for row in rows:
        y0 = sorted(boxes[number].y0 for number in row)[len(row) // 2]
        y1 = sorted(boxes[number].y1 for number in row)[len(row) // 2]
        for number in row:
            levelled[number] = boxes[number]._replace(y0=y0, y1=y1)
    return levelled
