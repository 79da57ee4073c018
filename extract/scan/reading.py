"""Regions of a sheet -> their lines, each with what it may say.

Figures of which one look is not sure are looked at again, in other pictures of them, and letters
in the midst of a table's figures are held against the digits that they may be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from extract.scan.among import Placed, cells_among_figures
from extract.scan.cleaning import Sheet
from extract.scan.figures import (
    Candidates,
    among_figures,
    as_figure,
    mean_of,
    with_mark,
    with_sign,
)
from extract.scan.ink import Box
from extract.scan.lines import Said, line_to_picture, recognised_to_figures, recognised_to_said
from extract.scan.marks import SLASHES, ink_to_mark, sign_end
from extract.scan.pictures import Dots
from extract.scan.recognition import Recognised, lines_to_recognised
from extract.scan.regions import Region, Regions

_SURE = 0.97
"""A figure less likely than this is recognised once more from another picture of it."""
_SURE_TEXT = 0.999
"""So is any other short text among figures less likely than this."""
_SHORT = 4
_WIDER = 1.45
"""For the second look characters are drawn as if they were so many times as large, that is,
smaller in their picture."""
_LARGER, _STRETCHED = 1.2, 1.25
"""For the third look they are drawn so much smaller, and so many times as wide as they are."""
_FAINT_SIGN = 245
"""Grey below which a stroke before a figure may be its sign."""
_LONGEST_FIGURE = 9
"""Heights that a line with a sign is long at most."""


@dataclass(slots=True)
class ReadLine:
    """One line in the region of that number.

    `sign` is the column of its box behind a stroke that may be its sign, 0 without one; `mark` is
    what the shape of its ink is. `candidates` are empty until it is recognised.
    """

    region: int
    box: Box
    mark: Candidates = ()
    sign: int = 0
    among: bool = False
    said: Said | None = None
    candidates: Candidates = field(default=())


@dataclass(frozen=True, slots=True)
class _Look:
    """A way of drawing a line, and the size of characters by which that is done."""

    draw: Callable[[ReadLine], Dots]
    size: float


def regions_to_lines(found: Regions, sheet: Sheet) -> list[ReadLine]:
    """All lines of all regions, recognised."""
    lines = _lines(found)
    first, *others = _looks(found, sheet)
    to_read = [line for line in lines if not line.mark]
    for line, recognised in zip(to_read, _recognised(to_read, first), strict=True):
        line.said = recognised_to_said(recognised, line.box, first.size)
        line.candidates = line.said.candidates
    for line in lines:
        line.candidates = line.mark or line.candidates
    _confirm_signs([line for line in to_read if line.sign], first)
    _note_places(lines, found)
    doubtful = [line for line in lines if _needs_more(line, found.regions[line.region])]
    _look_again([line for line in doubtful if not line.among], others[:1])
    _look_for_figures([line for line in doubtful if line.among], [first, *others])
    return lines


def _lines(found: Regions) -> list[ReadLine]:
    lines: list[ReadLine] = []
    for index, region in enumerate(found.regions):
        for box in region.lines:
            ink = found.ink[box.y0 : box.y1, box.x0 : box.x1]
            mark = None if region.coloured else ink_to_mark(ink, found.size)
            line = ReadLine(index, box, (mark,) if mark else ())
            if not mark and not region.stamped:
                line.sign = sign_end(ink, found.size)
                _take_in_faint_sign(line, region, found)
            lines.append(line)
    return lines


def _take_in_faint_sign(line: ReadLine, region: Region, found: Regions) -> None:
    """Draws the box out over the stroke before it that is too faint to be among its ink."""
    x0, y0, x1, y1 = line.box
    if region.bbox is None or line.box.width > _LONGEST_FIGURE * line.box.height:
        return
    start = max(x0 - line.box.height, region.box.x0)
    if start == x0:
        return
    faint = (found.dots[y0:y1, start:x1] < _FAINT_SIGN).astype(np.uint8)
    if end := sign_end(faint, found.size):
        line.box, line.sign = line.box._replace(x0=start), end


def _looks(found: Regions, sheet: Sheet) -> tuple[_Look, ...]:
    """The first look at a line and those that follow when it is not sure."""

    def cleaned(line: ReadLine, size: float) -> Dots:
        coloured = found.regions[line.region].coloured and sheet.coloured is not None
        source = sheet.ruled if coloured else found.dots
        return line_to_picture(source, line.box, size)

    def with_rules(line: ReadLine) -> Dots:
        source = sheet.ruled if found.regions[line.region].coloured else sheet.dots
        return line_to_picture(source, line.box, _WIDER * found.size)

    def stretched(line: ReadLine) -> Dots:
        picture = cleaned(line, _LARGER * found.size)
        size = (round(picture.shape[1] * _STRETCHED), picture.shape[0])
        return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)

    return (
        _Look(lambda line: cleaned(line, found.size), found.size),
        _Look(with_rules, _WIDER * found.size),
        _Look(stretched, _LARGER * found.size),
    )


def _recognised(lines: Sequence[ReadLine], look: _Look) -> list[Recognised]:
    return lines_to_recognised([look.draw(line) for line in lines])


def _confirm_signs(lines: Sequence[ReadLine], look: _Look) -> None:
    """Gives figures their sign where they stay what they are when the stroke is taken away.

    The flat stroke that a 4 begins with is a part of it.
    """
    pictures = []
    for line in lines:
        behind = line.box._replace(x0=line.box.x0 + line.sign)
        pictures.append(look.draw(ReadLine(line.region, behind)))
    for line, recognised in zip(lines, lines_to_recognised(pictures), strict=True):
        behind = line.box._replace(x0=line.box.x0 + line.sign)
        rest = recognised_to_said(recognised, behind, look.size).candidates
        if rest and line.candidates and _without_sign(line.candidates) == rest[0][0]:
            line.candidates = with_sign(line.candidates)
        else:
            line.sign = 0


def _without_sign(candidates: Candidates) -> str:
    return candidates[0][0].removeprefix("-")


def _note_places(lines: Sequence[ReadLine], found: Regions) -> None:
    """Marks the lines that alone stand in a cell among figures."""
    by_region: dict[int, list[ReadLine]] = {}
    for line in lines:
        by_region.setdefault(line.region, []).append(line)
    numbers = [n for n, region in enumerate(found.regions) if region.bbox is not None]
    cells = []
    for number in numbers:
        own = by_region.get(number, [])
        figure = len(own) == 1 and bool(own[0].candidates)
        figure = figure and as_figure(own[0].candidates[0][0]) is not None
        cells.append(Placed(found.regions[number].bbox or (0, 0, 0, 0), figure, not own))
    for number, among in zip(numbers, cells_among_figures(cells), strict=True):
        own = by_region.get(number, [])
        if among and len(own) == 1:
            own[0].among = True


def _needs_more(line: ReadLine, region: Region) -> bool:
    """Whether one look at the line is not enough."""
    if line.mark:
        return line.among and line.mark[0][0] in SLASHES
    if not line.candidates:
        return region.bbox is not None
    text, likelihood = line.candidates[0]
    if line.among and as_figure(text) is None:
        return likelihood < _SURE_TEXT and len(text) <= _SHORT
    if region.bbox is None:
        return likelihood < _SURE and as_figure(text) is not None
    return likelihood < _SURE and (len(text) <= _SHORT or as_figure(text) is not None)


def _look_again(lines: Sequence[ReadLine], looks: Sequence[_Look]) -> None:
    """The mean of what the lines are taken for in this look and in others."""
    for look in looks:
        for line, recognised in zip(lines, _recognised(lines, look), strict=True):
            other = recognised_to_said(recognised, line.box, look.size).candidates
            other = with_sign(other) if line.sign else other
            line.candidates = mean_of((line.candidates, other))


def _look_for_figures(lines: Sequence[ReadLine], looks: Sequence[_Look]) -> None:
    """What lines among figures are in several looks."""
    seen = [_recognised(lines, look) for look in looks]
    for at, line in enumerate(lines):
        said, figures = [], []
        for look, recognised in zip(looks, seen, strict=True):
            said.append(recognised_to_said(recognised[at], line.box, look.size).candidates)
            figures.append(recognised_to_figures(recognised[at]))
        found = among_figures(mean_of(said), [one for one in figures if one] or [{}])
        if line.mark:
            line.candidates = with_mark(line.mark[0], found)
        else:
            line.candidates = with_sign(found) if line.sign else found
