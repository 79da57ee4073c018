"""What a page of a PDF shows: its characters and its straight rules, in the page's own geometry.

Coordinates are points from the top left corner of the page as it is seen, after /Rotate and
/CropBox, or as it is turned when its text lies on its side. Characters stand in the order in which the page draws them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from extract.pdf.matrix import Matrix

UNKNOWN_CHARACTER = "\ufffd"
"""Stands for a printed glyph whose meaning the file does not give, so that it is not lost."""


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


def is_unmapped(text: str) -> bool:
    """Whether a character's meaning is unknown: no Unicode value, or one for private use."""
    return text == UNKNOWN_CHARACTER or "\ue000" <= text <= "\uf8ff" or text >= "\U000f0000"


@dataclass(frozen=True, slots=True)
class Rule:
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

    `unmapped` counts the characters whose meaning the file does not give. `slanted` is text at
    an angle, as of watermarks and seals, which is not among the characters. `back` is None
    unless the page had to be turned to be read; it leads back to the page as it is seen.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    picture: float = 0.0
    unmapped: int = 0
    slanted: str = ""
    back: Matrix | None = None


@dataclass(frozen=True, slots=True)
class PdfFile:
    """An open file: its title (empty when it names none) and its pages, to be taken once."""

    title: str
    count: int
    pages: Iterator[Page]
