"""Which lines are no part of the text: page numbers, and heads and feet repeated on the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extract.pdf.lines import Line
from extract.pdf.parts import EDGE, PageParts

_DASHED_NUMBER = re.compile(r"[-—–－_·•~]{1,3}\s*(\d{1,4})\s*[-—–－_·•~]{1,3}")
_NAMED_NUMBER = re.compile(r"第\s*(\d{1,4})\s*页.{0,12}|(\d{1,4})\s*[/／]\s*\d{1,4}")
_BARE_NUMBER = re.compile(r"\d{1,4}")
_HEAD = 0.12
_FOOT = 0.86
"""Shares of the page's height: running lines stand above the one or below the other."""
_REPEATS = 3
"""A line that is no page number must stand on so many pages to be a running one."""
_REPEATS_AT_EDGE = 2
"""At the edge of the paper, where no text stands, so many do."""
_REPEATED_SHARE = 0.4
_SAME_PLACE = 4.0
"""Points by which a repeated line may move up or down."""


@dataclass(frozen=True, slots=True)
class Running:
    """Lines by page number: `numbers` to be left out, `repeated` to be shown once at most."""

    numbers: dict[int, tuple[Line, ...]]
    repeated: dict[int, tuple[Line, ...]]

    def others(self, part: PageParts) -> list[Line]:
        """The lines of the page that are not running ones."""
        left_out = self.numbers.get(part.number, ()) + self.repeated.get(part.number, ())
        return [line for line in part.lines if line not in left_out]


def parts_to_running(parts: Sequence[PageParts]) -> Running:
    """The page numbers and the repeated lines at the heads and feet of the pages."""
    return Running(_page_numbers(parts), _repeated(parts))


def _page_numbers(pages: Sequence[PageParts]) -> dict[int, tuple[Line, ...]]:
    """Outermost lines that say a number in dashes, or a bare one that counts with the pages."""
    sure: dict[int, list[Line]] = {}
    bare: list[tuple[int, int, Line]] = []
    for page in pages:
        for line in _outermost(page):
            text = line.text.strip()
            if _DASHED_NUMBER.fullmatch(text) or _NAMED_NUMBER.fullmatch(text):
                sure.setdefault(page.number, []).append(line)
            elif _BARE_NUMBER.fullmatch(text):
                bare.append((page.number, int(text) - page.number, line))
    offsets = Counter(offset for _, offset, _ in bare)
    for number, offset, line in bare:
        if offsets[offset] >= 2:
            sure.setdefault(number, []).append(line)
    return {number: tuple(lines) for number, lines in sure.items()}


def _outermost(page: PageParts) -> list[Line]:
    """Lines in the head or foot of the page with no other content beyond them."""
    boxes = [line.bbox for line in page.lines]
    boxes += [piece.bbox for piece in page.pieces]
    boxes += [frame.piece.bbox for frame in page.framed]
    first = min((box[1] for box in boxes), default=0.0)
    last = max((box[3] for box in boxes), default=0.0)
    return [
        line
        for line in page.lines
        if (line.bottom <= _HEAD * page.height and line.top <= first + line.size)
        or (line.top >= _FOOT * page.height and line.bottom >= last - line.size)
    ]


def _repeated(pages: Sequence[PageParts]) -> dict[int, tuple[Line, ...]]:
    """Lines in the head or foot that stand on many pages at the same height, figures aside."""
    seen: dict[tuple[str, bool], list[tuple[int, Line]]] = {}
    for page in pages:
        for line in page.lines:
            head = line.bottom <= _HEAD * page.height
            if head or line.top >= _FOOT * page.height:
                words = re.sub(r"\d+", "#", "".join(line.text.split()))
                seen.setdefault((words, head), []).append((page.number, line))
    heights = {page.number: page.height for page in pages}
    share = _REPEATED_SHARE * len(pages)
    repeated: dict[int, list[Line]] = {}
    for found in seen.values():
        first = found[0][1]
        alike = [(n, line) for n, line in found if abs(line.top - first.top) <= _SAME_PLACE]
        at_edge = all(
            line.top < EDGE or line.bottom > heights[number] - EDGE for number, line in alike
        )
        least = _REPEATS_AT_EDGE if at_edge else _REPEATS
        if len({number for number, _ in alike}) >= max(least, share):
            for number, line in alike:
                repeated.setdefault(number, []).append(line)
    return {number: tuple(lines) for number, lines in repeated.items()}
