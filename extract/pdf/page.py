"""What a page of a PDF shows: its characters and its straight rules, in the page's own geometry.

Coordinates are points from the top left corner of the page as it is seen, after /Rotate and
/CropBox, or as it is turned when its text lies on its side. Characters stand in the order in
which the page draws them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.pdf.matrix import Matrix

UNKNOWN_CHARACTER = "\ufffd"
"""Stands for a printed glyph whose meaning the file does not give, so that it is not lost."""
_UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")


class Char(NamedTuple):
    """One printed character (a ligature may have several letters) in the box of its ink.

    A source that does not know the ink gives the box of the font. A tuple because a page has
    hundreds and building them is a large part of the time of reading.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


def count_unmapped(chars: Iterable[Char]) -> int:
    """How many characters have no Unicode value, or one for private use."""
    return len(_UNMAPPED.findall("".join([char[0] for char in chars])))


def chars_on_page(
    chars: Sequence[Char], width: float, height: float
) -> tuple[tuple[Char, ...], int]:
    """The characters that are seen, and how many stand outside of the page.

    The rest of a word or figure that runs over the page's edge counts as seen: half a figure
    would be another figure.
    """
    x, y = 2 * width, 2 * height
    kept = [c for c in chars if 0 <= c[1] + c[3] <= x and 0 <= c[2] + c[4] <= y]
    if len(kept) == len(chars):
        return tuple(kept), 0
    kept = []
    outside = 0
    for char in chars:
        seen = 0 <= char.x0 + char.x1 <= x and 0 <= char.top + char.bottom <= y
        if seen or (kept and _goes_on(kept[-1], char)):
            kept.append(char)
        elif not char.text.isspace():
            outside += 1
    return tuple(kept), outside


def _goes_on(left: Char, right: Char) -> bool:
    """Whether the second character follows the first without a gap on the same line."""
    size = max(left.bottom - left.top, left.x1 - left.x0)
    return abs(right.x0 - left.x1) <= 0.5 * size and abs(right.bottom - left.bottom) <= 0.5 * size


class Rule(NamedTuple):
    """A straight line, horizontal or vertical, along the middle of its `thickness`."""

    x0: float
    top: float
    x1: float
    bottom: float
    thickness: float

    @property
    def horizontal(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Page:
    """`number` counts from 1. `picture` is the share of the area under the largest image.

    `unmapped` counts the characters whose meaning the file does not give, `outside` those beyond
    the page's edges, which are not among the characters. Nor is `slanted`, text at an angle as
    of watermarks and seals. `crowded`: so many lines are drawn that none are given. `back` is
    None unless the page had to be turned to be read; it leads back to the page as it is seen.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    picture: float = 0.0
    unmapped: int = 0
    outside: int = 0
    slanted: str = ""
    crowded: bool = False
    back: Matrix | None = None


@dataclass(frozen=True, slots=True)
class PdfFile:
    """An open file: its title (empty when it names none) and its pages, to be taken once."""

    title: str
    count: int
    pages: Iterator[Page]
