"""Lines -> tokens: the parts of a line that stand in columns of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import sub

from extract.document import BBox
from extract.pdf.cells import is_figure
from extract.pdf.lines import Line, chars_to_line_text
from extract.pdf.page import Char

_FEW_TOKENS = 2
_COLUMN_GAP = 0.9
"""A gap of this many line heights parts two columns."""
_WITH_UNIT = re.compile(
    r"[-+−－]?\d+(?:[,，.．]\d+)*(?:[万萬亿億]?[元圆圓]|[万萬亿億]|件|[条條]|[项項]|次|[个個]|人|宗|%)?(?:[（(].{1,20})?"
)
_NONE = frozenset({"无", "無", "…", "……"})
"""Marks that stand in a figure's place besides those that a cell's figure may be."""
_BLANK_AFTER = frozenset("、，。．：；！？）」》”")
_BLANK_BEFORE = frozenset("（「《“")
_BLANK = 0.7
"""Share of the type that is blank beside the ink of such a mark."""
_SAME_LINE = 0.7
"""Middles of marks and characters of one line differ by no more than this share of the type."""
_CHINESE_INK, _LATIN_INK = 0.92, 0.7
"""Height of the ink with Chinese characters, and without, as shares of the size of type."""


@dataclass(frozen=True, slots=True)
class Token:
    """Characters of one line, from left to right, that belong to one column."""

    text: str
    chars: tuple[Char, ...]
    bbox: BBox
    figure: bool
    """Whether it is a figure, or stands in place of one, perhaps with its unit or a note."""

    @property
    def middle(self) -> float:
        return (self.bbox[0] + self.bbox[2]) / 2

    @property
    def height(self) -> float:
        """The height of its middle on the page."""
        return (self.bbox[1] + self.bbox[3]) / 2


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A line with its tokens; `em` is the size of its type.

    `measured` tells that a unit of measure stands in the line though its figure is blank.
    """

    line: Line
    tokens: tuple[Token, ...]
    em: float
    measured: bool = False

    @property
    def figures(self) -> int:
        return sum(1 for token in self.tokens if token.figure)

    @property
    def is_row(self) -> bool:
        """Whether the line is a row by itself, with figures or with a unit for a blank one."""
        return self.measured or self.figures > 0


def line_to_token_line(line: Line) -> TokenLine:
    """The line cut at wide gaps, and at any gap or space between two figures."""
    close = _COLUMN_GAP * line.size
    em = line.size / (
        _CHINESE_INK if max([char[0] for char in line.chars]) >= "\u2e80" else _LATIN_INK
    )
    # Most lines are prose without a gap, told without looking at each character.
    if is_whole(line):
        return TokenLine(line, (_whole(line, line.chars),), em)
    runs: list[list[Char]] = []
    spaces: list[Char] = []
    end = 0.0
    for char in line.chars:
        text, x0, _, x1, _ = char
        if text.isspace():
            spaces.append(char)
            continue
        near = not spaces and x0 - end <= close
        if runs and (near or not _parts(runs[-1][-1], char, spaces, line.size)):
            runs[-1].append(char)
        else:
            runs.append([char])
        end = x1
        if spaces:
            spaces = []
    if len(runs) == 1:
        return TokenLine(line, (_whole(line, runs[0]),), em)
    return TokenLine(line, tuple(chars_to_token(run) for run in runs), em)


def is_whole(line: Line) -> bool:
    """Whether nothing parts a line, neither white space nor a wide gap."""
    texts, lefts, _, rights, _ = zip(*line.chars, strict=True)
    printed = "".join(texts)
    if printed.split() != [printed]:
        return False
    widest: float = max(map(sub, lefts[1:], rights), default=0.0)
    return widest <= _COLUMN_GAP * line.size


def may_be_row(row: TokenLine) -> bool:
    """Whether a line may be one of a table: a figure beside something else, or many heads."""
    return len(row.tokens) > _FEW_TOKENS or (len(row.tokens) > 1 and row.figures > 0)


def _whole(line: Line, chars: Sequence[Char]) -> Token:
    return Token(line.text, tuple(chars), line.bbox, _is_value(line.text))


def chars_to_token(chars: Sequence[Char]) -> Token:
    """One token of characters sorted by x."""
    text = chars_to_line_text(chars)
    box = (
        chars[0].x0,
        min(c.top for c in chars),
        max(c.x1 for c in chars),
        max(c.bottom for c in chars),
    )
    return Token(text, tuple(chars), box, _is_value(text))


def chars_to_segments(chars: Sequence[Char], em: float) -> list[Token]:
    """Tokens of what was drawn in one go from left to right, in the order of drawing.

    Unlike lines they are not mixed up by labels that stand half a line higher beside them.
    """
    segments: list[list[Char]] = []
    for char in chars:
        if char.text.isspace():
            continue
        last = segments[-1][-1] if segments else None
        if last is not None and (
            last.x0 <= char.x0
            and not parts_columns(last, char, em)
            and abs(char.top + char.bottom - last.top - last.bottom) <= 2 * _SAME_LINE * em
        ):
            segments[-1].append(char)
        else:
            segments.append([char])
    return [chars_to_token(segment) for segment in segments]


def parts_columns(left: Char, right: Char, em: float) -> bool:
    """Whether the gap between two neighbours is as wide as one between columns."""
    return _parts(left, right, (), em)


def _is_value(text: str) -> bool:
    bare = "".join(text.split())
    return is_figure(bare) or bare in _NONE or _WITH_UNIT.fullmatch(bare) is not None


def _parts(left: Char, right: Char, spaces: Sequence[Char], size: float) -> bool:
    """Whether two neighbours belong to two columns; a single space between words parts none."""
    gap = right.x0 - left.x1
    if len(spaces) == 1:
        gap -= spaces[0].x1 - spaces[0].x0
    if left.text in _BLANK_AFTER or right.text in _BLANK_BEFORE:
        gap -= _BLANK * size
    if gap > _COLUMN_GAP * size:
        return True
    return bool(spaces) and left.text.isdigit() and right.text.isdigit()
