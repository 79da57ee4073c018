"""Characters -> lines of text, in visual order whatever order they were drawn in.

Heights here are those of ink: a digit is about 0.7 em high, a Chinese character 0.9 em.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter, sub
from statistics import median

from extract.document import BBox
from extract.pdf.page import Char

_BODY = 0.45
"""A character lower than this share of the highest is a mark (-、。) that joins a line."""
_SAME_INK = 0.6
"""The same character twice, overlapping by this share, is printed bold that way: one of them."""
_DIGIT_PITCH = 1.03
"""Digits whose middles are further apart than this many digit heights belong to two numbers."""
_HINTED_DIGIT_GAP = 0.42
_LEAST_GAP = 0.2
_WORD_GAP = 0.3
_MARK_GAP = 0.45
_POINT_GAP = 0.8
"""Gaps, in line heights, from which a space was meant: between letters, at marks, at points.

In fonts of one width a decimal point stands far from the next digit.
"""
_TAB_GAP = 2.0
"""A gap of this many line heights is a space whatever stands around it."""
_POINTS = frozenset(".,")
_LEAST_VERTICAL = 3
"""Lines of one character each from which a label counts as set vertically."""
_NARROW_MARKS = frozenset(".,%+-/\\():;*#&'\"")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `chars` from left to right, `size` the height of its highest character."""

    text: str
    chars: tuple[Char, ...]
    x0: float
    top: float
    x1: float
    bottom: float
    size: float

    @property
    def bbox(self) -> BBox:
        return (self.x0, self.top, self.x1, self.bottom)


def chars_to_text(chars: Sequence[Char]) -> str:
    """The lines of one cell joined with line breaks; a label set vertically is one line."""
    if len(chars) == 1:
        return chars[0].text.strip()
    rows = chars_to_rows(chars)
    texts = [text for row in rows if (text := chars_to_line_text(row).strip())]
    if len(texts) >= _LEAST_VERTICAL and _is_vertical(texts):
        turned = [row[0] for row in rows] == [c for c in reversed(chars) if not c.text.isspace()]
        return "".join(reversed(texts) if turned else texts)
    return "\n".join(texts)


def _is_vertical(texts: Sequence[str]) -> bool:
    """Whether every line has one character, most of them Chinese; figures stay apart."""
    if any(len(text) > 1 or text.isdigit() for text in texts):
        return False
    return 3 * sum(1 for text in texts if "\u2e80" <= text <= "\u9fff") >= 2 * len(texts)


def chars_to_lines(chars: Sequence[Char]) -> list[Line]:
    """The lines from the top down; lines of nothing but white space are left out."""
    lines = []
    for row in chars_to_rows(chars):
        text = chars_to_line_text(row).strip()
        if text:
            inked = [char for char in row if not char.text.isspace()]
            _, lefts, tops, rights, bottoms = zip(*inked, strict=True)
            size = max(map(sub, bottoms, tops))
            box = (min(lefts), min(tops), max(rights), max(bottoms))
            lines.append(Line(text, tuple(row), *box, size))
    return lines


def chars_to_rows(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters that stand side by side, rows from the top down, each from left to right."""
    highest = max((char.bottom - char.top for char in chars), default=0.0)
    bodies = [char for char in chars if char.bottom - char.top >= _BODY * highest]
    bodies.sort(key=lambda char: char.top + char.bottom)
    rows: list[list[Char]] = []
    middle = height = 0.0
    for char in bodies:
        center = (char.top + char.bottom) / 2
        tall = char.bottom - char.top
        if rows and center - middle <= 0.5 * max(min(height, tall), 0.8 * tall):
            row = rows[-1]
            row.append(char)
            middle += (center - middle) / len(row)
            height = max(height, tall)
        else:
            rows.append([char])
            middle, height = center, tall
    if len(bodies) < len(chars):
        marks = [char for char in chars if char.bottom - char.top < _BODY * highest]
        rows = _with_marks(rows, marks)
    for row in rows:
        row.sort(key=attrgetter("x0"))
    return rows


def _with_marks(rows: list[list[Char]], marks: Sequence[Char]) -> list[list[Char]]:
    """Each mark put to the row it stands in or next to; the others form rows of their own."""
    spans = [(min(c.top for c in row), max(c.bottom for c in row)) for row in rows]
    loose: list[Char] = []
    for mark in marks:
        center = (mark.top + mark.bottom) / 2
        best, distance = -1, 0.0
        for index, (top, bottom) in enumerate(spans):
            away = max(top - center, center - bottom) / (bottom - top)
            if best < 0 or away < distance:
                best, distance = index, away
        if best >= 0 and distance <= 0.3:
            rows[best].append(mark)
        else:
            loose.append(mark)
    if not loose:
        return rows
    slack = median(bottom - top for top, bottom in spans) / 3 if spans else 2.0
    loose.sort(key=lambda char: char.top + char.bottom)
    own: list[list[Char]] = []
    for mark in loose:
        if own and mark.top + mark.bottom - own[-1][0].top - own[-1][0].bottom <= 2 * slack:
            own[-1].append(mark)
        else:
            own.append([mark])
    return sorted(rows + own, key=lambda row: sum(c.top + c.bottom for c in row) / len(row))


def chars_to_line_text(row: Sequence[Char]) -> str:
    """The text of one row sorted by x: printed spaces kept, clear word gaps made spaces.

    In a row of dashes alone the width of the ink tells the size of the type, not its height.
    """
    height = max([max(char.bottom - char.top, char.x1 - char.x0) for char in row])
    least = _LEAST_GAP * height
    tracking: float | None = None
    left, hinted = row[0], False
    parts = [left.text]
    for char in row[1:]:
        if char.text == left.text and _is_same_ink(left, char):
            continue
        if char.text == " " and char.x0 == char.x1:
            hinted = True
            continue
        if char.x0 - left.x1 > least:
            if tracking is None:
                tracking = _tracking(row)
            if is_word_gap(left, char, height, tracking, hinted):
                parts.append(" ")
        parts.append(char.text)
        left, hinted = char, False
    return "".join(parts)


def _is_same_ink(left: Char, right: Char) -> bool:
    width = min(left.x1 - left.x0, right.x1 - right.x0)
    return left.x1 - right.x0 >= _SAME_INK * width > 0


def _tracking(row: Sequence[Char]) -> float:
    """The distance at which this line's Chinese characters are set apart, 0 where unknown."""
    gaps = [
        right.x0 - left.x1
        for left, right in pairwise(row)
        if not (_is_narrow(left.text) or _is_narrow(right.text))
        and not (left.text.isspace() or right.text.isspace())
    ]
    return max(min(gaps), 0.0) if len(gaps) >= 2 else 0.0


def is_word_gap(
    left: Char, right: Char, height: float, tracking: float = 0.0, hinted: bool = False
) -> bool:
    """Whether the gap between two neighbours in a line of this height stands for a space.

    `hinted`: the source, which knows the advance of each character, takes it for one.
    """
    gap = right.x0 - left.x1 - tracking
    if gap <= _LEAST_GAP * height or height <= 0 or left.text.isspace() or right.text.isspace():
        return False
    if gap > _TAB_GAP * height:
        return True
    if not (_is_narrow(left.text) and _is_narrow(right.text)):
        return False
    if left.text.isdigit() and right.text.isdigit():
        digit = max(left.bottom - left.top, right.bottom - right.top)
        pitch = (right.x0 + right.x1 - left.x0 - left.x1) / 2 - tracking
        if hinted and gap > _HINTED_DIGIT_GAP * digit:
            return True
        return gap > _WORD_GAP * height and pitch > _DIGIT_PITCH * digit
    if left.text in _POINTS or right.text in _POINTS:
        return gap > (_MARK_GAP if hinted else _POINT_GAP) * height
    if left.text in _NARROW_MARKS or right.text in _NARROW_MARKS:
        return gap > (_WORD_GAP if hinted else _MARK_GAP) * height
    return gap > (_LEAST_GAP if hinted else _WORD_GAP) * height


def _is_narrow(text: str) -> bool:
    return text[:1] < "\u0250" and (text.isalnum() or text in _NARROW_MARKS)
