"""Characters in the order of drawing -> cells, each with the lines of its text.

A cell's lines follow each other, one under another; the next cell begins elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import inf

from extract.document import BBox
from extract.pdf.glue import NUMBERED
from extract.pdf.page import Char
from extract.pdf.unruled.drawn.segments import Segment, chars_to_drawn_segments
from extract.pdf.unruled.drawn.words import (
    BANNER,
    HEADING,
    NEXT_LABEL,
    OVER_SEVERAL,
    PINYIN,
    WHOLE_LABEL,
)
from extract.pdf.unruled.tokens import Token

_YUAN, _MULTIPLES = frozenset("元圆圓"), ("万", "萬", "亿", "億")
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
_LEAST_FULL = 4
"""A line of fewer characters is not full when the next is as far away as rows are."""
_LESS = 0.92
"""Lines that are nearer than this share of the distance of rows are lines of one cell."""
_SAME_FIGURE = 6.0
"""Figures of one column have their middles within so many points."""
_NUMBERS = frozenset("一二三四五六七八九十")
_NEAR = 120
"""So many segments before and after may stand in the same column."""
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


def chars_to_cells(chars: Sequence[Char]) -> list[DrawnCell]:
    """The cells in the order of drawing; white space is left out."""
    segments = chars_to_drawn_segments(chars)
    rows = _row_pitch(segments)
    cells: list[list[Segment]] = []
    for index, segment in enumerate(segments):
        if cells and _goes_on(cells[-1], segment, rows, partial(_widest_at, segments, index - 1)):
            cells[-1].append(segment)
        else:
            cells.append([segment])
    return [_cell(parts) for parts in cells]


def _widest_at(segments: Sequence[Segment], index: int) -> float:
    """The width of the widest segment near this one that begins with it."""
    one = segments[index]
    x0, _, x1, _ = one.token.bbox
    return max(
        [
            other.token.bbox[2] - other.token.bbox[0]
            for other in segments[max(index - _NEAR, 0) : index + _NEAR]
            if abs(other.token.bbox[0] - x0) <= _OFF * one.em
            and one.em / _SAME_TYPE <= other.em <= _SAME_TYPE * one.em
            and not (BANNER.match(other.token.text) or OVER_SEVERAL.match(other.token.text))
        ],
        default=x1 - x0,
    )


def _row_pitch(segments: Sequence[Segment]) -> float:
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
    cell: Sequence[Segment], line: Segment, rows: float, widest: Callable[[], float]
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
    whole = "".join(part.token.text for part in cell)
    if OVER_SEVERAL.fullmatch(whole) or HEADING.fullmatch(whole):
        return False
    if WHOLE_LABEL.fullmatch(whole) and NEXT_LABEL.match(line.token.text):
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
    if downwards or NUMBERED.match(first) or _is_open(whole) or PINYIN.match(line.token.text):
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


def _is_open(text: str) -> bool:
    """Whether a text in brackets has not been closed."""
    return text[0] in "（(" and text.count("（") + text.count("(") > text.count("）") + text.count(
        ")"
    )


def _same_type(upper: Segment, lower: Segment) -> bool:
    """Whether two lines are set in the same size, as far as their few characters can tell."""
    short = min(len(upper.token.text), len(lower.token.text)) <= _VERTICAL
    factor = _SHORT_TYPE if short else _SAME_TYPE
    return max(upper.em, lower.em) <= factor * min(upper.em, lower.em)


def _ends(text: str) -> bool:
    return text.endswith(("。", "；", "："))


def _is_figure_cut(cell: Sequence[Segment], line: Segment, pitch: float) -> bool:
    """Whether digits below those of a cell go on with its figure, whose line they fill.

    The rest of a unit may stand there as well.
    """
    last = cell[-1].token
    if line.token.text in _YUAN and last.text.endswith(_MULTIPLES):
        return pitch <= _FIGURE_LEADING * line.em
    if not all(text.replace(".", "").isdigit() for text in (last.text, line.token.text)):
        return False
    narrower = line.token.bbox[2] - line.token.bbox[0] <= last.bbox[2] - last.bbox[0] + 0.5
    return len(last.text) >= _WRAPPED and narrower and pitch <= _FIGURE_LEADING * line.em


def _cell(parts: Sequence[Segment]) -> DrawnCell:
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
    figure = all(line.figure for line in lines) or (
        lines[0].figure and all(line.text in _YUAN for line in lines[1:])
    )
    return DrawnCell(Token(text, chars, box, figure), lines, em, start, stop)
