"""Characters in the order of drawing -> cells, each with the lines of its text.

A cell's lines follow each other, one under another; the next cell begins elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from math import inf
from operator import sub
from statistics import median

from extract.document import BBox
from extract.pdf.glue import NUMBERED
from extract.pdf.page import Char
from extract.pdf.unruled.tokens import Token, chars_to_token, parts_columns

BANNER = re.compile(
    r"(?:中[华華]人民共和[国國]政府信息公[开開][条條]例)?第[一二三四五六七八九十]+[条條]"
)
"""The line over a block of the form's first table, which names an article."""
OVER_SEVERAL = re.compile(
    "(?:申[请請]人情[况況]|法人或其他[组組][织織]|行政(?:[复復複][议議]|[诉訴][讼訟])"
    "|未[经經][复復複][议議]直接起[诉訴]|[复復複][议議][后後]起[诉訴])"
)
"""Heads of the form that stand over several others; nothing below goes on with them."""
HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、.*(?:情[况況]|事[项項])")
"""A text that ends so is whole: the heading of a section, or the label of a group."""
_SAME_LINE = 0.6
"""Middles of characters of one line differ by no more than this share of the type's size."""
_BEFORE_FIGURE = 0.2
"""A gap of so many sizes of type parts a label from a figure behind it."""
_BETWEEN_FIGURES = 0.4
"""A gap of so many sizes of type parts two figures."""
_IN_FIGURE = 1.0
"""Where a space is drawn inside of a figure, its parts are no further apart."""
_LEADING = (0.4, 2.3)
"""Lines of one cell are so many sizes of type apart, from middle to middle."""
_CLOSE = 0.6
"""The white space between lines that are close, in sizes of type."""
_OFF = 0.8
"""Lines of one cell begin, or have their middle, within so many sizes of type."""
_ROOM = 1.25
"""A line that leaves room for so many characters does not go on below."""
_FIGURE_LEADING = 1.7
"""Lines of one figure are no further apart than this many sizes of its ink."""
_WRAPPED = 2
"""A figure goes on below when so many digits fill its line."""
_SAME_TYPE = 1.13
"""Type of one cell differs in size by no more than this factor."""
_SHORT_TYPE = 1.35
"""The ink of one or two characters tells the size of type less well."""
_AS_LEFT = 0.25
"""Lines set to the left begin within so many sizes of type."""
_PITCH, _SET_WIDE = 1.24, 1.15
"""Middles of Chinese characters of one cell are this many sizes apart, unless set wide."""
_LEAST_FULL = 4
"""A line of fewer characters is not full when the next is as far away as rows are."""
_LESS = 0.92
"""Lines that are nearer than this share of the distance of rows are lines of one cell."""
_SAME_FIGURE = 6.0
"""Figures of one column have their middles within so many points."""
_NUMBERS = frozenset("一二三四五六七八九十")
_BELOW = 1.6
"""The mark stands no lower than so many sizes of type below its number."""
_TORN = 16
"""A label's number and the rest of it are no more segments apart."""
_NEAR = 120
"""So many segments before and after may stand in the same column."""
_NO_END = frozenset("、，。．：；（(“《")
_VERTICAL = 2
"""Characters in each line of a label that is set downwards, at most."""


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell: its lines from the top down, as a token; `start` and `stop` among the characters."""

    token: Token
    lines: tuple[Token, ...]
    em: float
    start: int
    stop: int

    @property
    def text(self) -> str:
        return self.token.text

    @property
    def box(self) -> BBox:
        return self.token.bbox

    @property
    def figure(self) -> bool:
        return self.token.figure


@dataclass(frozen=True, slots=True)
class _Segment:
    """What was drawn in one go from left to right; `cut` off from the text before it."""

    token: Token
    em: float
    start: int
    stop: int
    cut: bool = False


def chars_to_cells(chars: Sequence[Char]) -> list[DrawnCell]:
    """The cells in the order of drawing; white space is left out."""
    segments = _with_whole_labels(_with_figures_in_columns(_segments(chars)))
    rows = _row_pitch(segments)
    cells: list[list[_Segment]] = []
    for index, segment in enumerate(segments):
        if cells and _goes_on(cells[-1], segment, rows, partial(_widest_at, segments, index - 1)):
            cells[-1].append(segment)
        else:
            cells.append([segment])
    return [_cell(parts) for parts in cells]


def size_of(chars: Sequence[Char]) -> float:
    """The size of type, by the largest ink."""
    _, lefts, tops, rights, bottoms = zip(*chars, strict=True)
    ink: float = max(*map(sub, bottoms, tops), *map(sub, rights, lefts))
    return ink / 0.92


def _segments(chars: Sequence[Char]) -> list[_Segment]:
    found: list[_Segment] = []
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


def _run_to_segments(run: Sequence[Char], start: int, stop: int) -> list[_Segment]:
    """The run cut where a gap shows that another cell begins in the same line."""
    em = size_of(run)
    cuts = [0, *_cuts(run, em), len(run)]
    parts = [run[a:b] for a, b in pairwise(cuts)]
    segments = [_Segment(chars_to_token(part), size_of(part), start, start) for part in parts]
    segments[-1] = replace(segments[-1], stop=stop, cut=len(segments) > 1)
    return segments


def _with_figures_in_columns(segments: Sequence[_Segment]) -> list[_Segment]:
    """The segments, figures put back to the text before them where no others stand in line.

    Word processors set figures in a text a little apart.
    """
    spans = [s.token.bbox for s in segments if s.token.figure and not s.cut]
    kept: list[_Segment] = []
    for segment in segments:
        if segment.cut and segment.token.figure and _is_alone(segment.token.bbox, spans):
            whole = chars_to_token((*kept[-1].token.chars, *segment.token.chars))
            kept[-1] = _Segment(whole, max(kept[-1].em, segment.em), kept[-1].start, segment.stop)
        else:
            kept.append(segment)
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
        if gap <= _BEFORE_FIGURE * em or left.text.isascii():
            continue
        if _is_ideograph(left) and _is_ideograph(right):
            if not wide and right.x0 + right.x1 - left.x0 - left.x1 > 2 * _PITCH * em:
                cuts.append(index)
        elif right.text.isascii() and left.text not in _NO_END:
            rest = "".join(char.text for char in run[index:])
            token = chars_to_token(run[index:])
            if token.figure or (NUMBERED.match(rest) and _is_ideograph(left)):
                cuts.append(index)
    return cuts


def _is_ideograph(char: Char) -> bool:
    return "\u4e00" <= char.text <= "\u9fff"


def _with_whole_labels(segments: Sequence[_Segment]) -> list[_Segment]:
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


def _widest_at(segments: Sequence[_Segment], index: int) -> float:
    """The width of the widest segment near this one that begins with it."""
    one = segments[index]
    x0, _, x1, _ = one.token.bbox
    return max(
        [
            other.token.bbox[2] - other.token.bbox[0]
            for other in segments[max(index - _NEAR, 0) : index + _NEAR]
            if abs(other.token.bbox[0] - x0) <= _OFF * one.em
            and one.em / _SAME_TYPE <= other.em <= _SAME_TYPE * one.em
            and not BANNER.match(other.token.text)
        ],
        default=x1 - x0,
    )


def _row_pitch(segments: Sequence[_Segment]) -> float:
    """The least distance between figures one under another, 0 when no two are."""
    last: dict[int, Token] = {}
    least = inf
    for segment in segments:
        token = segment.token
        if not token.figure:
            continue
        place = round(token.middle / _SAME_FIGURE)
        above = next((last[at] for at in (place, place - 1, place + 1) if at in last), None)
        last[place] = token
        if above is not None and token.height - above.height > _LEADING[0] * segment.em:
            least = min(least, token.height - above.height)
    return 0.0 if least == inf else least


def _goes_on(
    cell: Sequence[_Segment], line: _Segment, rows: float, widest: Callable[[], float]
) -> bool:
    """Whether a segment is the next line of the cell; `rows` is the least distance of rows.

    `widest` gives the width of the widest line near the cell's last one that begins with it.
    """
    last = cell[-1]
    em = max(last.em, line.em)
    pitch = line.token.height - last.token.height
    if not _LEADING[0] * em <= pitch <= _LEADING[1] * em:
        return False
    x0, top, x1, _ = line.token.bbox
    if x0 >= max(part.token.bbox[2] for part in cell):
        return False
    if x1 <= min(part.token.bbox[0] for part in cell):
        return False
    if line.token.figure or last.token.figure:
        return _is_figure_cut(cell, line, pitch)
    if NUMBERED.match(line.token.text) or BANNER.match(line.token.text):
        return False
    if BANNER.match(cell[0].token.text) and cell[0].token.text.endswith(("项", "項")):
        return False
    if OVER_SEVERAL.fullmatch("".join(part.token.text for part in cell)):
        return False
    near = _OFF * em
    even = (
        abs(x0 - last.token.bbox[0]) <= near
        or abs((x0 + x1) / 2 - last.token.middle) <= near
        or abs(x1 - last.token.bbox[2]) <= near
    )
    close = top - last.token.bbox[3] < _CLOSE * em
    lengths = len(last.token.text), len(line.token.text)
    downwards = max(lengths) == 1 or (close and max(lengths) <= _VERTICAL)
    if not even or not (downwards or _same_type(last, line)):
        return False
    first = cell[0].token.text
    if line.token.text in _NUMBERS and len(first) > _VERTICAL:
        return False
    if downwards or (NUMBERED.match(first) and not HEADING.fullmatch(first)):
        return True
    if close and abs(x0 - last.token.bbox[0]) > _AS_LEFT * em:
        return not _ends(last.token.text)
    if pitch < _LESS * rows:
        return True
    width = last.token.bbox[2] - last.token.bbox[0]
    if abs(x0 - last.token.bbox[0]) > _AS_LEFT * em:
        return width > x1 - x0 + em / 2
    if (rows or not close) and len(last.token.text) < _LEAST_FULL:
        return False
    return width + _ROOM * em >= widest()


def _same_type(upper: _Segment, lower: _Segment) -> bool:
    """Whether two lines are set in the same size, as far as their few characters can tell."""
    short = min(len(upper.token.text), len(lower.token.text)) <= _VERTICAL
    factor = _SHORT_TYPE if short else _SAME_TYPE
    return max(upper.em, lower.em) <= factor * min(upper.em, lower.em)


def _ends(text: str) -> bool:
    return text.endswith(("。", "；", "："))


def _is_figure_cut(cell: Sequence[_Segment], line: _Segment, pitch: float) -> bool:
    """Whether digits below those of a cell go on with its figure, whose line they fill."""
    last = cell[-1].token
    if not all(text.replace(".", "").isdigit() for text in (last.text, line.token.text)):
        return False
    narrower = line.token.bbox[2] - line.token.bbox[0] <= last.bbox[2] - last.bbox[0] + 0.5
    return len(last.text) >= _WRAPPED and narrower and pitch <= _FIGURE_LEADING * line.em


def _cell(parts: Sequence[_Segment]) -> DrawnCell:
    lines = tuple(part.token for part in parts)
    em = max(part.em for part in parts)
    start, stop = parts[0].start, parts[-1].stop
    if len(lines) == 1:
        return DrawnCell(lines[0], lines, em, start, stop)
    downwards = len(lines) > _VERTICAL and max(len(line.text) for line in lines) <= _VERTICAL
    text = ("" if downwards else "\n").join(line.text for line in lines)
    box = (
        min(line.bbox[0] for line in lines),
        min(line.bbox[1] for line in lines),
        max(line.bbox[2] for line in lines),
        max(line.bbox[3] for line in lines),
    )
    chars = tuple(char for line in lines for char in line.chars)
    figure = all(line.figure for line in lines)
    return DrawnCell(Token(text, chars, box, figure), lines, em, start, stop)
