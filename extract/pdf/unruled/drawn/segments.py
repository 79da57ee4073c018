"""Characters in the order of drawing -> segments, drawn in one go from left to right.

A segment is a line of a cell, or all of it. Gaps, known heads, and the places of figures and of
units of measure tell where one cell ends beside the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import sub
from statistics import median

from extract.document import BBox
from extract.pdf.glue import NUMBERED
from extract.pdf.page import Char
from extract.pdf.unruled.drawn.words import HEAD, UNITS
from extract.pdf.unruled.tokens import Token, chars_to_token, parts_columns

_LEAST_UNITS = 3
"""So many units with their middles at one x are a column."""
_APART_HEADS = 1.06
"""Heads of two columns are further from each other than characters of one by this factor."""
_DASHES = frozenset("—－")
_BETWEEN_DASHES = 0.4
"""A gap of so many sizes of type parts the dashes of two cells."""
_SAME_LINE = 0.6
"""Middles of characters of one line differ by no more than this share of the type's size."""
_BEFORE_FIGURE = 0.2
"""A gap of so many sizes of type parts a label from a figure behind it."""
_BETWEEN_FIGURES = 0.4
"""A gap of so many sizes of type parts two figures."""
_IN_FIGURE = 1.0
"""Where a space is drawn inside of a figure, its parts are no further apart."""
_PITCH, _SET_WIDE = 1.24, 1.15
"""Middles of Chinese characters of one cell are this many sizes apart, unless set wide."""
_NUMBERS = frozenset("一二三四五六七八九十")
_NONE = frozenset("无無")
"""What stands for no figure, and so may stand close behind a label."""
_BESIDE = 0.12
"""It stands so many sizes of type further away than characters of one text do."""
_BELOW = 1.6
"""The mark stands no lower than so many sizes of type below its number."""
_TORN = 16
"""A label's number and the rest of it are no more segments apart."""
_NO_END = frozenset("、，。．：；（(“《")


@dataclass(frozen=True, slots=True)
class Segment:
    """What was drawn in one go from left to right; `cut` off from the text before it."""

    token: Token
    em: float
    start: int
    stop: int
    cut: bool = False


def chars_to_drawn_segments(chars: Sequence[Char]) -> list[Segment]:
    """The segments in the order of drawing; white space is left out."""
    segments = _with_units_in_columns(_with_figures_in_columns(_segments(chars)))
    return _with_whole_labels(segments)


def size_of(chars: Sequence[Char]) -> float:
    """The size of type, by the largest ink."""
    _, lefts, tops, rights, bottoms = zip(*chars, strict=True)
    ink: float = max(*map(sub, bottoms, tops), *map(sub, rights, lefts))
    return ink / 0.92


def _segments(chars: Sequence[Char]) -> list[Segment]:
    found: list[Segment] = []
    start = 0
    run: list[Char] = []
    space: Char | None = None
    for index, char in enumerate(chars):
        if char[0].isspace():
            space = char if char.x1 > char.x0 else space
            continue
        if run and not _in_line(run[-1], char, space is not None):
            found += _run_to_segments(run, start, index)
            run = []
        if not run:
            start = index
        elif space is not None and run[-1].text.isdigit() and char[0].isdigit():
            run.append(space)
        run.append(char)
        space = None
    if run:
        found += _run_to_segments(run, start, len(chars))
    return found


def _in_line(last: Char, char: Char, spaced: bool) -> bool:
    """Whether a character goes on with the line; `spaced` when a space was drawn between."""
    last_text, left, upper, right, lower = last
    text, x0, top, x1, bottom = char
    em = max(lower - upper, right - left, bottom - top, x1 - x0) / 0.92
    if abs(top + bottom - upper - lower) / 2 > _SAME_LINE * em:
        return False
    if last_text in "0123456789" and text in "0123456789":
        most = _IN_FIGURE if spaced else _BETWEEN_FIGURES
        return -0.3 * em <= x0 - right <= most * em
    return left <= x0 and not parts_columns(last, char, em)


def _run_to_segments(run: Sequence[Char], start: int, stop: int) -> list[Segment]:
    """The run cut where a gap shows that another cell begins in the same line."""
    em = size_of(run)
    heads = _head_cuts(run)
    cuts = [0, *(_cuts(run, em) if heads is None else heads), len(run)]
    parts = [run[a:b] for a, b in pairwise(cuts)]
    segments = [Segment(chars_to_token(part), size_of(part), start, start) for part in parts]
    segments[-1] = replace(segments[-1], stop=stop, cut=len(segments) > 1)
    return segments


def _with_figures_in_columns(segments: Sequence[Segment]) -> list[Segment]:
    """The segments, figures put back to the text before them where no others stand in line.

    Word processors set figures in a text a little apart.
    """
    spans = [s.token.bbox for s in segments if s.token.figure and not s.cut]
    kept: list[Segment] = []
    for segment in segments:
        if segment.cut and segment.token.figure and _is_alone(segment.token.bbox, spans):
            whole = chars_to_token((*kept[-1].token.chars, *segment.token.chars))
            kept[-1] = Segment(whole, max(kept[-1].em, segment.em), kept[-1].start, segment.stop)
        else:
            kept.append(segment)
    return kept


def _with_units_in_columns(segments: Sequence[Segment]) -> list[Segment]:
    """The segments, units cut off from a label that reaches close to the column of units."""
    found = [s.token.middle for s in segments if s.token.text in UNITS]
    middles = [x for x in found if sum(1 for y in found if abs(x - y) <= 1) >= _LEAST_UNITS]
    if not middles:
        return list(segments)
    kept: list[Segment] = []
    for one in segments:
        chars = one.token.chars
        at = next(
            (
                i
                for i in (len(chars) - 2, len(chars) - 1)
                if i > 0
                and "".join(char.text for char in chars[i:]) in UNITS
                and any(abs((chars[i].x0 + chars[-1].x1) / 2 - x) <= 1 for x in middles)
            ),
            None,
        )
        if at is None:
            kept.append(one)
            continue
        parts = (chars[:at], chars[at:])
        kept += [
            Segment(chars_to_token(part), size_of(part), one.start, one.stop) for part in parts
        ]
    return kept


def _is_alone(box: BBox, others: Sequence[BBox]) -> bool:
    """Whether none of the others covers half of the width."""
    x0, _, x1, _ = box
    return not any(min(x1, b[2]) - max(x0, b[0]) >= (x1 - x0) / 2 for b in others)


def _cuts(run: Sequence[Char], em: float) -> list[int]:
    """Where a figure stands behind a label, a numbered label behind another, or a wider gap."""
    pitches = [
        (b.x0 + b.x1 - a.x0 - a.x1) / 2
        for a, b in pairwise(run)
        if _is_ideograph(a) and _is_ideograph(b)
    ]
    wide = not pitches or median(pitches) > _SET_WIDE * em
    cuts: list[int] = []
    for index in range(1, len(run)):
        left, right = run[index - 1], run[index]
        gap = right.x0 - left.x1
        if index == 1 and left.text in _NUMBERS and _is_inner_number(run[1:]):
            cuts.append(index)
            continue
        if index == len(run) - 1 and right.text in _NONE and pitches:
            if right.x0 + right.x1 - left.x0 - left.x1 > 2 * median(pitches) + 2 * _BESIDE * em:
                cuts.append(index)
            continue
        if gap <= _BEFORE_FIGURE * em or left.text.isascii():
            continue
        if _is_ideograph(left) and _is_ideograph(right):
            if not wide and right.x0 + right.x1 - left.x0 - left.x1 > 2 * _PITCH * em:
                cuts.append(index)
        elif left.text in _DASHES and right.text in _DASHES:
            if gap > _BETWEEN_DASHES * em:
                cuts.append(index)
        elif right.text.isascii() and left.text not in _NO_END:
            rest = "".join(char.text for char in run[index:])
            token = chars_to_token(run[index:])
            if token.figure or (NUMBERED.match(rest) and _is_ideograph(left)):
                cuts.append(index)
    return cuts


def _head_cuts(run: Sequence[Char]) -> list[int] | None:
    """Where known heads of several columns meet in a run; None where it is not of heads alone."""
    text = "".join(char.text for char in run)
    ends: list[int] = []
    at = 0
    while at < len(text):
        head = HEAD.match(text, at)
        if head is None or len(head[0]) < 2:
            return None
        at = head.end()
        ends.append(at)
    pitches = [(b.x0 + b.x1 - a.x0 - a.x1) / 2 for a, b in pairwise(run)]
    inner = median(pitch for i, pitch in enumerate(pitches, 1) if i not in ends)
    if any(pitches[end - 1] < _APART_HEADS * inner for end in ends[:-1]):
        return None
    return ends[:-1]


def _is_inner_number(run: Sequence[Char]) -> bool:
    """Whether a run begins with a number in brackets, as no text goes on after a bare number."""
    return run[0].text in "（(" and NUMBERED.match("".join(char.text for char in run)) is not None


def _is_ideograph(char: Char) -> bool:
    return "\u4e00" <= char.text <= "\u9fff"


def _with_whole_labels(segments: Sequence[Segment]) -> list[Segment]:
    """The segments, the number of a label set downwards put back before the mark below it.

    Where the label begins in the line of another, pdfium gives its first character with that line.
    """
    ordered = list(segments)
    for segment in segments:
        if segment.token.text not in _NUMBERS:
            continue
        x0, _, x1, bottom = segment.token.bbox
        for after in ordered[ordered.index(segment) + 1 :][:_TORN]:
            left, top, right, _ = after.token.bbox
            below = -segment.em < top - bottom < _BELOW * segment.em
            if after.token.text.startswith("、") and below and left < x1 and x0 < right:
                ordered.remove(segment)
                ordered.insert(ordered.index(after), segment)
                break
    return ordered
