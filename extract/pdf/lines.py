"""Characters -> lines of text, in visual order whatever order they were drawn in.

Heights here are those of ink: a digit is about 0.7 em high, a Chinese character 0.9 em.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from operator import eq, itemgetter, sub
from statistics import median

from extract.document import BBox
from extract.pdf.page import Char
from extract.pdf.sideways import sideways_text
from extract.pdf.vertical import vertical_text

_BODY = 0.45
"""A character lower than this share of the highest is a mark (-、。) that joins a line."""
_ONE_ROW = 0.78
"""Characters whose middles differ by less than half of this share of the lowest are in one row."""
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
_DASHES = frozenset("-–—－─")
_DASH_GAP = 1.5
"""Dashes that make one mark (--) are no further apart than this many times their width."""
_POINTS = frozenset(".,")
_DIGITS = frozenset("0123456789")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_SIZE = 0.75
_RAISED_BY = 0.4
"""A raised digit is so much lower than the character before it and stands so much above its foot.

In old-style figures small digits follow large ones too, but at most a third higher.
"""
_NEIGHBOURS = 3
"""Rows on either side among which a mark looks for its own."""
_BESIDE = 0.3
"""A mark stands above or below its row by no more than this share of the row's height."""
_RIGHT_BEFORE = 0.7
"""A mark follows its character within this many heights of it."""
_LEAST_VERTICAL = 3
"""Lines of one character each from which a label counts as set vertically."""
_SHORT_ROWS = 3.5
"""Text on its side falls into rows of fewer characters than this."""
_NARROW_MARKS = frozenset(".,%+-/\\():;*#&'\"")
_LEFT, _TOP, _BOTTOM = itemgetter(1), itemgetter(2), itemgetter(4)


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
    printed, lefts, tops, rights, bottoms = zip(*chars, strict=True)
    lowest_top, highest_bottom = max(tops), min(bottoms)
    if lowest_top < highest_bottom:
        common = highest_bottom - lowest_top
        gaps = list(map(sub, lefts[1:], rights))
        # Most cells are one line drawn from left to right, without gaps, spaces or raised digits.
        if (
            min(gaps) >= 0
            and max(gaps) <= _LEAST_GAP * common
            and max(bottoms) - highest_bottom <= _RAISED_BY * common
            and " " not in printed
        ):
            return "".join(printed).strip()
        return chars_to_line_text(sorted(chars, key=_LEFT)).strip()
    rows = chars_to_rows(chars)
    texts = [text for row in rows if (text := chars_to_line_text(row).strip())]
    if len(texts) >= _LEAST_VERTICAL and max(map(len, texts)) <= 2:
        vertical = vertical_text(chars)
        if vertical is not None and len(vertical) < 2 * len(texts):
            return vertical
    if len(texts) >= _LEAST_VERTICAL and len(chars) <= _SHORT_ROWS * len(texts):
        sideways = sideways_text(chars)
        if sideways is not None:
            return sideways
    return "\n".join(texts)


def chars_to_lines(chars: Sequence[Char]) -> list[Line]:
    """The lines from the top down; lines of nothing but white space are left out."""
    lines = []
    for row in chars_to_rows(chars):
        text = chars_to_line_text(row).strip()
        if text:
            inked = [char for char in row if not char[0].isspace()]
            _, lefts, tops, rights, bottoms = zip(*inked, strict=True)
            size = max(map(sub, bottoms, tops))
            box = (min(lefts), min(tops), max(rights), max(bottoms))
            lines.append(Line(text, tuple(row), *box, size))
    return lines


def chars_to_rows(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters that stand side by side, rows from the top down, each from left to right."""
    if not chars:
        return []
    _, _, tops, _, bottoms = zip(*chars, strict=True)
    if max(tops) < min(bottoms):
        return [sorted(chars, key=_LEFT)]
    heights = list(map(sub, bottoms, tops))
    least = _BODY * max(heights)
    bodies = [
        (top + bottom, index)
        for index, (top, bottom) in enumerate(zip(tops, bottoms, strict=True))
        if bottom - top >= least
    ]
    bodies.sort()
    rows: list[list[Char]] = []
    row: list[Char] = []
    if bodies[-1][0] - bodies[0][0] <= _ONE_ROW * least:
        rows.append([chars[index] for _, index in bodies])
        bodies = []
    middle = height = 0.0
    for double, index in bodies:
        center = double / 2
        tall = heights[index]
        low = height if height < tall else tall
        if row and (
            center - middle <= 0.5 * low
            or center - middle <= 0.5 * (0.8 * tall)
            or middle + height / 2 - tops[index] >= 0.5 * low
        ):
            row.append(chars[index])
            middle += (center - middle) / len(row)
            if tall > height:
                height = tall
        else:
            row = [chars[index]]
            rows.append(row)
            middle, height = center, tall
    if sum(map(len, rows)) < len(chars):
        marks = [char for char, tall in zip(chars, heights, strict=True) if tall < least]
        rows = _with_marks(rows, marks)
    for row in rows:
        row.sort(key=_LEFT)
    return rows


def _with_marks(rows: list[list[Char]], marks: Sequence[Char]) -> list[list[Char]]:
    """Each mark put to the row it stands in or next to; the others form rows of their own."""
    spans = [(min(map(_TOP, row)), max(map(_BOTTOM, row))) for row in rows]
    if len(rows) == 1 and _are_beside(marks, *spans[0]):
        return [[*rows[0], *marks]]
    middles = [(top + bottom) / 2 for top, bottom in spans]
    loose: list[Char] = []
    placed: list[tuple[int, Char]] = []
    for mark in marks:
        center = (mark.top + mark.bottom) / 2
        at = bisect_left(middles, center)
        near = [
            (away, index)
            for index in range(max(at - _NEIGHBOURS, 0), min(at + _NEIGHBOURS, len(rows)))
            for top, bottom in (spans[index],)
            if (away := max(top - center, center - bottom) / (bottom - top)) <= _BESIDE
        ]
        if not near:
            loose.append(mark)
        elif len(near) == 1:
            placed.append((near[0][1], mark))
        else:
            beside = [found for found in near if _follows(mark, rows[found[1]])]
            placed.append((min(beside or near)[1], mark))
    for index, mark in placed:
        rows[index].append(mark)
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


def _are_beside(marks: Sequence[Char], top: float, bottom: float) -> bool:
    """Whether all marks stand in or next to the row."""
    tall = bottom - top
    for _, _, upper, _, lower in marks:
        center = (upper + lower) / 2
        if (top - center) / tall > _BESIDE or (center - bottom) / tall > _BESIDE:
            return False
    return True


def _follows(mark: Char, row: Sequence[Char]) -> bool:
    """Whether a character of the row stands right before the mark."""
    return any(
        -0.5 <= (mark.x0 - char.x1) / (char.bottom - char.top) <= _RIGHT_BEFORE
        for char in row
        if char.bottom > char.top
    )


def chars_to_line_text(row: Sequence[Char]) -> str:
    """The text of one row sorted by x: printed spaces kept, clear word gaps made spaces.

    In a row of dashes alone the width of the ink tells the size of the type, not its height.
    A raised small digit becomes a superscript, lest a footnote's mark lengthen a figure.
    """
    if len(row) == 1:
        return row[0].text
    texts, lefts, tops, rights, bottoms = zip(*row, strict=True)
    height = max(max(map(sub, bottoms, tops)), max(map(sub, rights, lefts)))
    least, far = _LEAST_GAP * height, _TAB_GAP * height
    # Most rows have no gap, nothing printed twice and nothing raised, told without the loop.
    plain = " " not in texts and _DIGITS.isdisjoint(texts)
    if plain and max(map(sub, lefts[1:], rights)) <= least and not any(map(eq, texts, texts[1:])):
        return "".join(texts)
    tracking: float | None = None
    left, hinted = row[0], False
    last, end = texts[0], rights[0]
    parts = [last]
    for char in islice(row, 1, None):
        text, x0, _, x1, _ = char
        if text == last and _is_same_ink(left, char):
            continue
        if text == " " and x0 == x1:
            hinted = True
            continue
        gap = x0 - end
        if gap > least and (gap > far or (_is_narrow(last) and _is_narrow(text))):
            if tracking is None:
                tracking = _tracking(row)
            if is_word_gap(left, char, height, tracking, hinted):
                parts.append(" ")
        if text in _DIGITS and _is_raised(char, left):
            parts.append(text.translate(_RAISED))
            hinted = False
            continue
        parts.append(text)
        left, last, end, hinted = char, text, x1, False
    return "".join(parts)


def _is_raised(char: Char, left: Char) -> bool:
    """Whether a small digit stands above the base line of what it follows, as footnotes do."""
    height = left.bottom - left.top
    return (
        char.bottom - char.top < _RAISED_SIZE * height
        and left.bottom - char.bottom > _RAISED_BY * height
        and left.text.isalnum()
    )


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
    if left.text == right.text and left.text in _DASHES:
        return gap > _DASH_GAP * (left.x1 - left.x0)
    if left.text in _POINTS or right.text in _POINTS:
        return gap > (_MARK_GAP if hinted else _POINT_GAP) * height
    if left.text in _NARROW_MARKS or right.text in _NARROW_MARKS:
        return gap > (_WORD_GAP if hinted else _MARK_GAP) * height
    return gap > (_LEAST_GAP if hinted else _WORD_GAP) * height


def _is_narrow(text: str) -> bool:
    return text[:1] < "\u0250" and (text.isalnum() or text in _NARROW_MARKS)
