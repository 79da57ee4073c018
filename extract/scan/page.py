"""Sheet -> Page: what a scanned page shows, as a PDF with text would show it.

Cells are recognised one by one, many at a time, so that no search for text is needed in tables
and a figure cannot stray from its cell. What is blank is decided by its ink, never by recognition
that found nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from extract.document import BBox
from extract.pdf.matrix import Matrix
from extract.pdf.page import Char, Page
from extract.pdf.piece import round_box
from extract.scan.cleaning import Sheet
from extract.scan.figures import (
    UNREADABLE,
    Candidates,
    as_figure,
    in_order,
    two_opinions,
    with_sign,
)
from extract.scan.ink import Box
from extract.scan.levels import boxes_on_rows
from extract.scan.lines import (
    Said,
    line_to_picture,
    recognised_to_said,
    spans_to_chars,
    text_to_spans,
)
from extract.scan.marks import has_sign, ink_to_mark
from extract.scan.pictures import Dots
from extract.scan.recognition import lines_to_recognised
from extract.scan.regions import Region, Regions, sheet_to_regions
from extract.scan.ruling import dots_to_ruling
from extract.scan.stacked import boxes_to_stacks

_SURE = 0.97
"""A figure less likely than this is recognised once more from another picture of it."""
_WIDER = 1.45
"""For the second look characters are drawn as if they were so many times as large, that is,
smaller in their picture."""
_CUT = 0.5
"""No candidate of a cell whose ink is cut, or is coloured, is more likely than this."""
_LEAST_TOLD = 0.6
"""Characters of a line for each of its heights in width, if it is text that stands upright."""
_STAMPED = 0.85
"""Nor any of a cell that has a stamp over its text than this."""
_LEAST_PROSE = 0.35
"""Text outside of tables less likely than this is no text but dirt or a drawing."""
_FAINT_SIGN = 245
"""Grey below which a stroke before a figure may be its sign."""
_LONGEST_FIGURE = 9
"""Heights that a line with a sign is long at most."""
_COMMA = "、"
_LITTLE = 0.45
"""Usual characters that a sign is wide and high at most."""


class FreeLine(NamedTuple):
    """A line outside of cells, its box in points; without candidates where it was left out."""

    bbox: BBox
    candidates: Candidates


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """`cells` are the candidates of each cell by its box; `free` the lines that stand in none.

    `back` leads from the page to the one that is seen, None when they are the same. `weak` counts
    lines outside of tables that were too uncertain to be kept. `trust`, from 0 to 1,
    tells how well the page as a whole could be recognised.
    """

    page: Page
    cells: Mapping[BBox, Candidates]
    free: tuple[FreeLine, ...]
    back: Matrix | None
    weak: int = 0
    trust: float = 1.0


@dataclass(slots=True)
class _Line:
    """One line to be read, in the region that it stands in."""

    region: int
    box: Box
    mark: Candidates = ()
    faint_sign: bool = False
    said: Said | None = None
    candidates: Candidates = field(default=())


def sheet_to_page(sheet: Sheet) -> ScannedPage:
    """The page's characters and rules, and what its cells may say."""
    ruling = dots_to_ruling(
        sheet.ruled, sheet.scale, None if sheet.coloured is None else sheet.dots
    )
    found = sheet_to_regions(sheet, ruling)
    lines = _lines(found)
    _recognise(lines, found, sheet)
    chars: list[Char] = []
    free: list[FreeLine] = []
    weak = 0
    by_region: dict[int, list[_Line]] = {}
    for line in lines:
        by_region.setdefault(line.region, []).append(line)
    cells: dict[BBox, Candidates] = {}
    for index, region in enumerate(found.regions):
        own = by_region.get(index, [])
        if region.bbox is None:
            kept = [line for line in own if _is_text(line, found.size)]
            weak += sum(line.box.width > 3 * found.size for line in own if line not in kept)
            free = [_free_line(line, line in kept, sheet.scale) for line in own]
            own = _stacks_last(own, kept, found.size)
            _put_on_rows(own, found.size)
        else:
            cells[round_box(region.bbox)] = _cell_candidates(own, region)
        for line in own:
            chars += _line_to_chars(line, sheet.scale)
    page = Page(sheet.number, sheet.width, sheet.height, tuple(chars), ruling.rules)
    return ScannedPage(page, cells, tuple(free), sheet.back, weak, _trust(lines))


def _stacks_last(lines: list[_Line], kept: list[_Line], size: float) -> list[_Line]:
    """The lines kept, characters of labels that run downwards behind the rest, label by label.

    Ink without text within such a label is a comma, as behind its number; it stands in their
    column.
    """
    single = [
        line
        for line in lines
        if line not in kept or (len(_text(line)) == 1 and as_figure(_text(line)) is None)
    ]
    stacks = boxes_to_stacks([line.box for line in single], size)
    last: list[_Line] = []
    for stack in ([single[number] for number in stack] for stack in stacks):
        x0, x1 = min(line.box.x0 for line in stack), max(line.box.x1 for line in stack)
        for line in stack:
            if line not in kept:
                line.said, line.candidates = None, ((_COMMA, 0.0),)
                line.box = line.box._replace(x0=x0, x1=x1)
        last += stack
    return [*(line for line in kept if line not in last), *last]


def _put_on_rows(lines: list[_Line], size: float) -> None:
    """Gives the figures of one row the same head and foot."""
    figures = [line for line in lines if as_figure(_text(line)) is not None]
    levelled = boxes_on_rows([line.box for line in figures], size)
    for line, box in zip(figures, levelled, strict=True):
        line.box = box


def _free_line(line: _Line, kept: bool, scale: float) -> FreeLine:
    x0, y0, x1, y1 = (value / scale for value in line.box)
    return FreeLine((x0, y0, x1, y1), line.candidates if kept else ())


def _trust(lines: Sequence[_Line]) -> float:
    """Long lines count more, and those that say less than they have room for count less."""
    trust = room = 0.0
    for line in lines:
        if line.said is None:
            continue
        characters = max(line.box.width / line.box.height, 1.0)
        told = min(len(line.said.text) / (_LEAST_TOLD * characters), 1.0)
        trust += characters * told * line.said.likelihood
        room += characters
    return trust / room if room else 1.0


def _lines(found: Regions) -> list[_Line]:
    lines: list[_Line] = []
    for index, region in enumerate(found.regions):
        for box in region.lines:
            ink = found.ink[box.y0 : box.y1, box.x0 : box.x1]
            mark = None if region.coloured else ink_to_mark(ink, found.size)
            signed = None if mark else _with_faint_sign(box, region, found)
            line = _Line(index, signed or box, (mark,) if mark else (), signed is not None)
            lines.append(line)
    return lines


def _recognise(lines: Sequence[_Line], found: Regions, sheet: Sheet) -> None:
    """Gives each line what it says; figures that are not sure get a second opinion."""
    to_read = [line for line in lines if not line.mark]
    pictures = [
        line_to_picture(_source(found.regions[line.region], found, sheet), line.box, found.size)
        for line in to_read
    ]
    for line, recognised in zip(to_read, lines_to_recognised(pictures), strict=True):
        line.said = recognised_to_said(recognised, line.box, found.size)
        line.candidates = line.said.candidates
        if _has_sign(line, found):
            line.candidates = with_sign(line.candidates)
    for line in lines:
        if line.mark:
            line.candidates = line.mark
    wider = _WIDER * found.size
    doubtful = [line for line in to_read if _needs_second(line, found.regions[line.region])]
    again = [
        line_to_picture(_uncleaned(found.regions[line.region], sheet), line.box, wider)
        for line in doubtful
    ]
    for line, recognised in zip(doubtful, lines_to_recognised(again), strict=True):
        second = recognised_to_said(recognised, line.box, wider).candidates
        if _has_sign(line, found):
            second = with_sign(second)
        line.candidates = two_opinions(line.candidates, second)


def _has_sign(line: _Line, found: Regions) -> bool:
    if line.faint_sign:
        return True
    x0, y0, x1, y1 = line.box
    stamped = found.regions[line.region].stamped
    return not stamped and has_sign(found.ink[y0:y1, x0:x1], found.size)


def _with_faint_sign(box: Box, region: Region, found: Regions) -> Box | None:
    """The box with the stroke before it that is too faint to be among its ink, None without."""
    x0, y0, x1, y1 = box
    if region.bbox is None or region.stamped or box.width > _LONGEST_FIGURE * box.height:
        return None
    start = max(x0 - box.height, region.box.x0)
    if start == x0 or not has_sign(_faint(found.dots[y0:y1, start:x1]), found.size):
        return None
    return box._replace(x0=start)


def _faint(dots: Dots) -> Dots:
    return (dots < _FAINT_SIGN).astype(np.uint8)


def _source(region: Region, found: Regions, sheet: Sheet) -> Dots:
    if region.coloured and sheet.coloured is not None:
        return sheet.coloured
    return found.dots


def _uncleaned(region: Region, sheet: Sheet) -> Dots:
    """The dots for a second look, rules and all."""
    return sheet.ruled if region.coloured else sheet.dots


def _needs_second(line: _Line, region: Region) -> bool:
    if not line.candidates:
        return region.bbox is not None
    text, likelihood = line.candidates[0]
    if region.bbox is None:
        return likelihood < _SURE and as_figure(text) is not None
    return likelihood < _SURE and (len(text) <= 4 or as_figure(text) is not None)


def _is_text(line: _Line, size: float) -> bool:
    """Whether recognition made text of a line; of so little ink as a comma alone it makes none."""
    if not line.candidates:
        return False
    text, likelihood = line.candidates[0]
    little = max(line.box.width, line.box.height) <= _LITTLE * size
    return likelihood >= _LEAST_PROSE and (bool(text) or not little)


def _text(line: _Line) -> str:
    """The likeliest text that is not empty; a mark for what cannot be read where there is none."""
    return next((text for text, _ in line.candidates if text), UNREADABLE)


def _cell_candidates(lines: Sequence[_Line], region: Region) -> Candidates:
    """What the cell may say: for one line its candidates, for several their likeliest texts."""
    if not lines:
        return (("", _CUT), ("0", 1 - _CUT)) if region.stamped else (("", 1.0),)
    if len(lines) == 1:
        candidates = [(text, sure) for text, sure in lines[0].candidates if text]
        candidates = candidates or [(UNREADABLE, 0.0)]
    else:
        sure = min((line.candidates[0][1] if line.candidates else 0.0) for line in lines)
        candidates = [("\n".join(_text(line) for line in lines), sure)]
    most = _CUT if region.cut or region.coloured else _STAMPED if region.stamped else 1.0
    candidates = [(text, min(sure, most)) for text, sure in candidates]
    return in_order(candidates)


def _line_to_chars(line: _Line, scale: float) -> list[Char]:
    """The line's characters in place; a text other than the one recognised stands evenly."""
    text = _text(line)
    if line.said is not None and line.said.text == text:
        return spans_to_chars(line.said.spans, line.box, scale)
    return spans_to_chars(text_to_spans(text, line.box), line.box, scale)
