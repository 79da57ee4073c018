"""Regions of a sheet -> their lines, each with what it may say.

Figures of which one look is not sure are looked at again, in other pictures of them, and letters
in the midst of a table's figures are held against the digits that they may be.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.scan.among import Placed, cells_among_figures
from extract.scan.cleaning import Sheet
from extract.scan.figures import (
    Candidates,
    among_figures,
    as_figure,
    between_dashes,
    mean_of,
    with_hint,
    with_mark,
    with_sign,
)
from extract.scan.ink import Box
from extract.scan.lines import recognised_to_figures, recognised_to_said
from extract.scan.looks import Look, sheet_to_looks
from extract.scan.marks import SLASHES, has_sign, ink_to_mark, may_be_sign, sign_end
from extract.scan.pictures import Dots
from extract.scan.read_line import ReadLine, lines_in_look
from extract.scan.recognition import Recognised, lines_to_recognised
from extract.scan.regions import Region, Regions
from extract.scan.worn import is_worn, read_worn

_SURE = 0.97
"""A figure less likely than this is recognised once more from another picture of it."""
_SURE_TEXT = 0.999
"""So is any other short text among figures less likely than this."""
_SHORT = 4
_GUESSED = 0.3
"""A figure so little likely is a guess where none was seen at first."""
_FAINT_SIGN = 245
"""Grey below which a stroke before a figure may be its sign."""
_LONGEST_FIGURE = 9
"""Heights that a line with a sign is long at most."""


def regions_to_lines(found: Regions, sheet: Sheet) -> list[ReadLine]:
    """All lines of all regions, recognised."""
    lines = _lines(found)
    looks = sheet_to_looks(found, sheet)
    first = looks.first
    to_read = [line for line in lines if not line.mark]
    worn: list[tuple[ReadLine, Recognised]] = []
    for line, recognised in zip(to_read, lines_in_look(to_read, first), strict=True):
        line.said = recognised_to_said(recognised, line.box, first.size)
        line.candidates = line.said.candidates
        if is_worn(line):
            worn.append((line, recognised))
    for line in lines:
        line.candidates = line.mark or line.candidates
    _confirm_signs([line for line in to_read if line.sign], first)
    read_worn(worn, looks)
    _note_places(lines, found)
    doubtful = [line for line in lines if _needs_more(line, found.regions[line.region])]
    _look_again([line for line in doubtful if not line.among], looks.with_rules)
    _look_for_figures(
        [line for line in doubtful if line.among], (first, looks.stretched, looks.darker)
    )
    for line in lines:
        line.candidates = with_hint(line.candidates) if line.hint else _unguessed(line)
        if line.dashed or (line.candidates and line.candidates[0][0].endswith("-")):
            line.candidates = between_dashes(line.candidates)
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
                line.dashed = region.bbox is None and _has_dash_behind(box, ink, found)
                _take_in_faint_sign(line, region, found)
            lines.append(line)
    return lines


def _has_dash_behind(box: Box, ink: Dots, found: Regions) -> bool:
    """Whether a stroke stands last in a short line, or a trace of one behind it."""
    if box.width > _LONGEST_FIGURE * box.height:
        return False
    behind = found.dots[box.y0 : box.y1, box.x1 : box.x1 + 2 * box.height]
    return has_sign(ink[:, ::-1], found.size) or may_be_sign(behind)


def _take_in_faint_sign(line: ReadLine, region: Region, found: Regions) -> None:
    """Draws the box out over the stroke before it that is too faint to be among its ink."""
    x0, y0, x1, y1 = line.box
    if region.bbox is None or line.box.width > _LONGEST_FIGURE * line.box.height:
        return
    start = max(x0 - line.box.height, region.box.x0)
    if start == x0:
        return
    line.hint = not line.sign and may_be_sign(found.dots[y0:y1, start:x0])
    faint = (found.dots[y0:y1, start:x1] < _FAINT_SIGN).astype(np.uint8)
    if end := sign_end(faint, found.size):
        line.box, line.sign, line.hint = line.box._replace(x0=start), end, False


def _confirm_signs(lines: Sequence[ReadLine], look: Look) -> None:
    """Gives figures their sign where they stay what they are when the stroke is taken away.

    The flat stroke that a 4 begins with is a part of it.
    """
    pictures = []
    for line in lines:
        behind = line.box._replace(x0=line.box.x0 + line.sign)
        pictures.append(look.draw(line.region, behind))
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
        text = own[0].candidates[0][0] if len(own) == 1 and own[0].candidates else ""
        digit = any(character in "0123456789" for character in text)
        bbox = found.regions[number].bbox or (0, 0, 0, 0)
        cells.append(Placed(bbox, as_figure(text) is not None, not own, digit))
    for number, among in zip(numbers, cells_among_figures(cells), strict=True):
        own = by_region.get(number, [])
        if among and len(own) == 1:
            own[0].among = True


def _needs_more(line: ReadLine, region: Region) -> bool:
    """Whether one look at the line is not enough."""
    if line.known:
        return False
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


def _look_again(lines: Sequence[ReadLine], look: Look) -> None:
    """The mean of what the lines are taken for at first and in this look."""
    for line, recognised in zip(lines, lines_in_look(lines, look), strict=True):
        other = recognised_to_said(recognised, line.box, look.size).candidates
        other = with_sign(other) if line.sign else other
        line.candidates = mean_of((line.candidates, other))


def _unguessed(line: ReadLine) -> Candidates:
    """The candidates; of what is no figure at first sight, nor among figures, without guesses."""
    if line.among or line.said is None or not line.candidates:
        return line.candidates
    text, likelihood = line.candidates[0]
    seen = line.said.text.strip()
    if likelihood >= _GUESSED or not seen or as_figure(text) is None or as_figure(seen) is not None:
        return line.candidates
    others = tuple(one for one in line.candidates if as_figure(one[0]) is None)
    return others or ((seen, likelihood),)


def _look_for_figures(lines: Sequence[ReadLine], looks: Sequence[Look]) -> None:
    """What lines among figures are in several looks."""
    seen = [lines_in_look(lines, look) for look in looks]
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
