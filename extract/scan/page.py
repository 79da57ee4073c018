"""Sheet -> Page: what a scanned page shows, as a PDF with text would show it.

Cells are recognised one by one, many at a time, so that no search for text is needed in tables
and a figure cannot stray from its cell. What is blank is decided by its ink, never by recognition
that found nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """`cells` are the candidates of each cell by its box, `sure` how likely each character is.

    `back` leads from the page to the one that is seen, None when they are the same. `weak` counts
    lines outside of tables that were too uncertain to be kept. `trust`, from 0 to 1,
    tells how well the page as a whole could be recognised.
    """

    page: Page
    cells: Mapping[BBox, Candidates]
    sure: tuple[float, ...]
    back: Matrix | None
    weak: int = 0
    trust: float = 1.0


@dataclass(slots=True)
class _Line:
    """One line to be read, in the region that it stands in."""

    region: int
    box: Box
    mark: Candidates = ()
    said: Said | None = None
    candidates: Candidates = field(default=())


def sheet_to_page(sheet: Sheet) -> ScannedPage:
    """The page's characters and rules, and what its cells may say."""
    ruling = dots_to_ruling(sheet.ruled, sheet.scale, sheet.dots)
    found = sheet_to_regions(sheet, ruling)
    lines = _lines(found)
    _recognise(lines, found, sheet)
    chars: list[Char] = []
    sure: list[float] = []
    weak = 0
    by_region: dict[int, list[_Line]] = {}
    for line in lines:
        by_region.setdefault(line.region, []).append(line)
    cells: dict[BBox, Candidates] = {}
    for index, region in enumerate(found.regions):
        own = by_region.get(index, [])
        if region.bbox is None:
            kept = [line for line in own if _is_text(line)]
            weak += sum(line.box.width > 3 * found.size for line in own if line not in kept)
            own = kept
        else:
            cells[round_box(region.bbox)] = _cell_candidates(own, region)
        for line in own:
            printed = _line_to_chars(line, sheet.scale)
            chars += printed
            sure += [line.candidates[0][1] if line.candidates else 0.0] * len(printed)
    page = Page(sheet.number, sheet.width, sheet.height, tuple(chars), ruling.rules)
    return ScannedPage(page, cells, tuple(sure), sheet.back, weak, _trust(lines))


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
            lines.append(_Line(index, box, (mark,) if mark else ()))
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
    x0, y0, x1, y1 = line.box
    return has_sign(found.ink[y0:y1, x0:x1], found.size)


def _source(region: Region, found: Regions, sheet: Sheet) -> Dots:
    if region.coloured and sheet.coloured is not None:
        return sheet.coloured
    return found.dots


def _uncleaned(region: Region, sheet: Sheet) -> Dots:
    """The dots for a second look, rules and all."""
    return sheet.ruled if region.coloured else sheet.dots


def _needs_second(line: _Line, region: Region) -> bool:
    if region.bbox is None or not line.candidates:
        return region.bbox is not None
    text, likelihood = line.candidates[0]
    return likelihood < _SURE and (len(text) <= 4 or as_figure(text) is not None)


def _is_text(line: _Line) -> bool:
    return bool(line.candidates) and line.candidates[0][1] >= _LEAST_PROSE


def _text(line: _Line) -> str:
    """The likeliest text that is not empty; a mark for what cannot be read where there is none."""
    return next((text for text, _ in line.candidates if text), UNREADABLE)


def _cell_candidates(lines: Sequence[_Line], region: Region) -> Candidates:
    """What the cell may say: for one line its candidates, for several their likeliest texts."""
    if not lines:
        return (("", _CUT if region.stamped else 1.0),)
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
