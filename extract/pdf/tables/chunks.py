"""Lines -> chunks: the parts of a line that wide gaps set apart, each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.document import BBox
from extract.pdf.lines import Line, chars_to_line_text
from extract.pdf.page import Char

_CHINESE_INK, _LATIN_INK = 0.92, 0.72
"""Height of the ink with Chinese characters, and without, as shares of the size of type."""
_LEAST_SIZE = 1.0
"""Points; type is never taken for smaller."""
_WORD_GAP = 0.25
"""A gap of this many sizes of type parts two words, with a space or without."""
_FIGURE_GAP = 0.42
"""Within a figure it takes a wider one, as a 1 has little ink."""
_IN_FIGURE = frozenset("0123456789.,")
_LEAST_SPACE = 0.05
"""A printed space narrower than this many sizes of type parts nothing."""
_LEADERS = re.compile(r"(?:[.…·_]\s*){4,}")
"""Dots that lead from a label to its figures."""
_WIDE = 0.85
"""A gap of this many sizes of type parts two chunks."""
_BETWEEN_VALUES = 0.45
"""So does a gap of this many sizes between two figures, unless both may be one: 12 000."""
_THOUSANDS = re.compile(r"\d{3}(?:[.,]\d+)?\)?")
_BEFORE_THOUSANDS = re.compile(r"[(+\-−–]?\d{1,3}")
_LEAST_CUT, _CUT, _WIDER = 0.25, 0.42, 1.35
"""At a gutter words are parted by a gap of so many sizes beside figures, between words, and by
one so much wider than those beside it."""
_ALIGNED, _ALIGNED_GAP = 0.3, 0.15
"""A word begins where its column does when it is off by no more than this many sizes of type,
and a gap of so many before it is enough."""
_CURRENCY = frozenset("$€£¥")
_CURRENCY_GAP = 9.0
"""A currency sign belongs to the figure that follows within this many sizes of type."""
_MARK_GAP = 1.0
"""A mark of a footnote, or a sign for percent, belongs to the figure this close before it."""
_VALUE = re.compile(
    r"[($€£¥<>≥≤~±+\-−–—*\s]*\d[\d,.\s'/:\-–]*(?:%|[a-zA-Z]{1,2}|\([a-zA-Z\d]{1,2}\))?[)*†‡%\s¹²³⁴⁵⁶⁷⁸⁹]*"
    r"(?:[(\[][\s\d.,%±+\-–to]*\d[\s\d.,%±+\-–to]*[)\]]|±\s?[\d.,]+)?[*†‡]*"
    r"|[-−–—.…:*]{1,4}|[(\[]?(?:n\.?\s?/?a\.?|n\.?s\.?|x|z|d|s|na)[)\]]?",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\(0+[’'\w]?\)\**|\(%\)")
"""What stands in a head to say in what the figures below are counted."""
_MARK = re.compile(r"[%*†‡)\]]+|\d?/|\([\da-z]\)|[a-z]", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[89]|20)\d\d(?:[-–/]\d{1,4})?[a-z*]?|(?:FY|CY)?\s?(?:1[89]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a space between them, and the white space behind them."""

    chars: tuple[Char, ...]
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words that stand together; `value` tells whether they are a figure or stand for one."""

    words: tuple[Word, ...]
    text: str
    bbox: BBox
    value: bool

    @property
    def x0(self) -> float:
        return self.bbox[0]

    @property
    def x1(self) -> float:
        return self.bbox[2]

    @property
    def middle(self) -> float:
        return (self.bbox[0] + self.bbox[2]) / 2


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line as chunks from left to right; `em` is the size of its type.

    Dots that lead from a label to what stands behind belong to no chunk; `leaders` is where they
    end, 0 without any.
    """

    line: Line
    chunks: tuple[Chunk, ...]
    em: float
    leaders: float = 0.0

    @property
    def top(self) -> float:
        return self.line.top

    @property
    def bottom(self) -> float:
        return self.line.bottom

    @property
    def values(self) -> int:
        return sum(1 for chunk in self.chunks if chunk.value)


def is_value(text: str) -> bool:
    """Whether a text is a figure, with its sign and unit, or a mark in place of one."""
    text = text.strip()
    return _VALUE.fullmatch(text) is not None and _UNIT.fullmatch(text) is None


def is_year(text: str) -> bool:
    return _YEAR.fullmatch(text.strip()) is not None


def line_to_text_line(line: Line) -> TextLine:
    """The line cut at wide gaps, and at smaller ones between figures."""
    chinese = any(char.text >= "\u2e80" for char in line.chars)
    heights = [c.bottom - c.top for c in line.chars if c.text.isalnum()]
    em = max(heights, default=line.size) / (_CHINESE_INK if chinese else _LATIN_INK)
    em = max(em, _LEAST_SIZE)
    chars, leaders = _without_leaders(line)
    words = _words(chars, em)
    groups: list[list[Word]] = [[words[0]]]
    for left, right in pairwise(words):
        gap = right.x0 - left.x1
        wide = gap > _WIDE * em or (
            gap > _BETWEEN_VALUES * em
            and _is_digits(left)
            and _is_digits(right)
            and not _are_one(left, right)
        )
        if wide:
            groups.append([right])
        else:
            groups[-1].append(right)
    return TextLine(line, tuple(_joined(map(words_to_chunk, groups), em)), em, leaders)


def _without_leaders(line: Line) -> tuple[Sequence[Char], float]:
    """The characters but for dots that lead over a blank, and where these end."""
    if "..." not in "".join(line.text.split()) and "…" not in line.text:
        return line.chars, 0.0
    text = "".join([char.text[:1] or " " for char in line.chars])
    kept: list[Char] = []
    done, end = 0, 0.0
    for match in _LEADERS.finditer(text):
        kept += line.chars[done : match.start()]
        done = match.end()
        end = max(char.x1 for char in line.chars[match.start() : done])
    kept += line.chars[done:]
    if all(char.text.isspace() for char in kept):
        return line.chars, 0.0
    return kept, end


def words_to_chunk(words: Sequence[Word]) -> Chunk:
    spaced = [char for word in words for char in word.chars]
    chars = [char for char in spaced if not char.text.isspace()]
    text = chars_to_line_text(spaced).strip()
    box = (
        words[0].x0,
        min([c.top for c in chars]),
        words[-1].x1,
        max([c.bottom for c in chars]),
    )
    return Chunk(tuple(words), text, box, is_value(text))


def _words(chars: Sequence[Char], em: float) -> list[Word]:
    """The words, each with the white space that follows it."""
    runs: list[list[Char]] = []
    spaced = True
    last: Char | None = None
    right = 0.0
    for char in chars:
        if char.text.isspace():
            if runs:
                runs[-1].append(char)
            spaced = spaced or char.x1 - char.x0 > _LEAST_SPACE * em or char.x1 == char.x0
            continue
        gap = char.x0 - right
        if (
            last is None
            or gap > (_FIGURE_GAP if _are_figure(last, char) else _WORD_GAP) * em
            or (spaced and gap > _LEAST_SPACE * em)
        ):
            runs.append([char])
        else:
            runs[-1].append(char)
        right = char.x1 if last is None else max(char.x1, right)
        last, spaced = char, False
    return [
        Word(tuple(run), run[0].x0, max([c.x1 for c in run if not c.text.isspace()]))
        for run in runs
    ]


def _are_figure(left: Char, right: Char) -> bool:
    return left.text in _IN_FIGURE and right.text in _IN_FIGURE


def _is_digits(word: Word) -> bool:
    return any(c.text.isdigit() for c in word.chars) and not any(
        c.text.isalpha() for c in word.chars
    )


def _are_one(left: Word, right: Word) -> bool:
    """Whether the second word may be the thousands' last three digits."""
    before = "".join([c.text for c in left.chars]).strip()
    after = "".join([c.text for c in right.chars]).strip()
    return (
        _THOUSANDS.fullmatch(after) is not None and _BEFORE_THOUSANDS.fullmatch(before) is not None
    )


def _joined(chunks: Iterable[Chunk], em: float) -> list[Chunk]:
    """The chunks with currency signs put to their figures, and marks that follow a figure."""
    joined: list[Chunk] = []
    for chunk in chunks:
        if joined and _takes(joined[-1], chunk, em):
            sign, first = joined[-1].words[-1], chunk.words[0]
            word = Word((*sign.chars, *first.chars), sign.x0, first.x1)
            joined[-1] = words_to_chunk((*joined[-1].words[:-1], word, *chunk.words[1:]))
        elif joined and _marks(joined[-1], chunk, em):
            joined[-1] = words_to_chunk((*joined[-1].words, *chunk.words))
        else:
            joined.append(chunk)
    return joined


def _takes(left: Chunk, right: Chunk, em: float) -> bool:
    return (
        left.text.strip("(") in _CURRENCY
        and right.value
        and right.x0 - left.x1 <= _CURRENCY_GAP * em
    )


def _marks(left: Chunk, right: Chunk, em: float) -> bool:
    return (
        left.value
        and any(c.isdigit() for c in left.text)
        and right.x0 - left.x1 <= _MARK_GAP * em
        and _MARK.fullmatch(right.text) is not None
    )


def cut_chunk(
    chunk: Chunk, gutters: Sequence[tuple[float, float]], em: float, row: bool
) -> list[Chunk]:
    """The chunk parted at gaps that lie at a gutter, if they are wider than those between words.

    Beside a figure the gap of a word is wide enough, and so it is in a row of figures before a
    word that begins where its column does.
    """
    gaps = [right.x0 - left.x1 for left, right in pairwise(chunk.words)]
    usual = max(median(gaps), _LEAST_CUT * em) if gaps else 0.0
    groups: list[list[Word]] = [[chunk.words[0]]]
    for (left, right), gap in zip(pairwise(chunk.words), gaps, strict=True):
        figure = _is_digits(left) or _is_digits(right)
        least = _LEAST_CUT * em if figure else max(_CUT * em, _WIDER * usual)
        cut = gap >= least and any(left.x1 < g[1] and right.x0 > g[0] for g in gutters)
        aligned = (
            row
            and gap >= _ALIGNED_GAP * em
            and any(abs(right.x0 - g[1]) <= _ALIGNED * em for g in gutters)
        )
        if cut or aligned:
            groups.append([right])
        else:
            groups[-1].append(right)
    return [chunk] if len(groups) == 1 else [words_to_chunk(group) for group in groups]
