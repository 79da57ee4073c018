"""Labels without rules between them -> the columns that they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extract.document import BBox
from extract.pdf.page import Char
from extract.pdf.unruled.tokens import Token, chars_to_token

_CUT = 0.25
"""A gap of so many sizes of type, at a place where labels begin, parts two labels."""
_NO_END = frozenset("、，。．：；（(“《.")
"""Marks with blank ink boxes, after which a gap says nothing."""
_STARTS = 3
"""Labels that begin at one x in so many lines make a column of labels."""
_SAME_START = 0.75
"""Sizes of type by which starts of labels in one column differ, as the ink of brackets does."""


Span = tuple[float, float]
"""Left and right side."""


class Extent(NamedTuple):
    """How far a table reaches on its page."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Label:
    """A vertical label."""

    text: str
    bbox: BBox
    chars: tuple[Char, ...]

    @property
    def height(self) -> float:
        return (self.bbox[1] + self.bbox[3]) / 2


def label_zones(
    tokens: Sequence[Token],
    labels: Sequence[Label],
    extent: Extent,
    size: float,
) -> tuple[list[float], list[Token]]:
    """Where the columns of labels begin, and the tokens cut there.

    Labels that merely are set in share a column; it takes a group's label beside them, on a line
    or vertical, to make two.
    """
    if not tokens:
        return [], []
    zones = [span[0] for span in spans_of(tokens)]
    starts = _starts(tokens, size)
    cut = [part for token in tokens for part in _cut(token, starts, size)]
    second = [b.bbox[0] for a, b in _beside(cut) if zone_of(a, zones) == zone_of(b, zones)]
    if second or labels:
        inner = [*starts, *second, *(label.bbox[0] for label in labels)]
        zones = _merged_starts([*zones, *inner], 1.2 * size)
        tokens = cut
    zones[0] = min(extent.left, zones[0])
    return [zones[0], *(x - 0.2 * size for x in zones[1:])], list(tokens)


def _beside(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Tokens side by side, the left one first."""
    ordered = sorted(tokens, key=lambda token: token.bbox[1])
    for index, token in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.bbox[1] >= token.bbox[3]:
                break
            if token.bbox[2] <= other.bbox[0]:
                yield token, other
            elif other.bbox[2] <= token.bbox[0]:
                yield other, token


def zone_of(token: Token, zones: Sequence[float]) -> int:
    """The column of labels that the token begins in."""
    return max((i for i, x in enumerate(zones) if x <= token.bbox[0] + 0.5), default=0)


def _starts(tokens: Sequence[Token], size: float) -> list[float]:
    """The x at which several labels begin."""
    found: list[list[float]] = []
    for x in sorted(token.bbox[0] for token in tokens):
        if found and x - found[-1][0] <= _SAME_START * size:
            found[-1].append(x)
        else:
            found.append([x])
    return [group[0] for group in found if len(group) >= _STARTS]


def _merged_starts(starts: Sequence[float], least: float) -> list[float]:
    merged: list[float] = []
    for x in sorted(starts):
        if not merged or x - merged[-1] >= least:
            merged.append(x)
    return merged


def _cut(token: Token, starts: Sequence[float], size: float) -> list[Token]:
    """The token cut where a column of labels begins inside of it."""
    cuts = [
        index
        for index in range(1, len(token.chars))
        if token.chars[index].x0 - token.bbox[0] > 1.5 * size
        and token.chars[index].x0 - token.chars[index - 1].x1 > _CUT * size
        and token.chars[index - 1].text not in _NO_END
        and any(-0.3 * size <= token.chars[index].x0 - x <= _SAME_START * size for x in starts)
    ]
    if not cuts:
        return [token]
    return [chars_to_token(token.chars[a:b]) for a, b in pairwise([0, *cuts, len(token.chars)])]


def spans_of(tokens: Sequence[Token]) -> list[Span]:
    """The extents of the columns that the tokens stand in."""
    spans = sorted((token.bbox[0], token.bbox[2]) for token in tokens)
    columns = [spans[0]]
    for x0, x1 in spans[1:]:
        if x0 <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns
