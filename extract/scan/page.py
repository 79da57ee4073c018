"""Sheet -> Page: what a scanned page shows, as a PDF with text would show it.

Cells are recognised one by one, many at a time, so that no search for text is needed in tables
and a figure cannot stray from its cell. What is blank is decided by its ink, never by recognition
that found nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.document import BBox
from extract.pdf.matrix import Matrix
from extract.pdf.page import Char, Page
from extract.pdf.piece import round_box
from extract.scan.cleaning import Sheet
from extract.scan.faint import is_tinged
from extract.scan.figures import MOST_FIGURES, UNREADABLE, Candidates, as_figure, in_order
from extract.scan.levels import boxes_on_rows
from extract.scan.lines import spans_to_chars, text_to_spans
from extract.scan.memory import give_back
from extract.scan.read_line import ReadLine
from extract.scan.reading import regions_to_lines
from extract.scan.regions import Region, Regions, sheet_to_regions
from extract.scan.ruling import dots_to_ruling
from extract.scan.stacked import boxes_to_stacks

_CUT = 0.5
"""No candidate of a cell whose ink is cut, or is coloured, is more likely than this."""
_LEAST_TOLD = 0.6
"""Characters of a line for each of its heights in width, if it is text that stands upright."""
_STAMPED = 0.85
"""Nor any of a cell that has a stamp over its text than this."""
_LEAST_PROSE = 0.35
"""Text outside of tables less likely than this is no text but dirt or a drawing."""
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


def sheet_to_page(sheet: Sheet) -> ScannedPage:
    """The page's characters and rules, and what its cells may say."""
    ruling = dots_to_ruling(
        sheet.ruled, sheet.scale, None if sheet.coloured is None else sheet.dots
    )
    give_back()
    found = sheet_to_regions(sheet, ruling)
    give_back()
    lines = regions_to_lines(found, sheet)
    give_back()
    chars: list[Char] = []
    free: list[FreeLine] = []
    weak = 0
    by_region: dict[int, list[ReadLine]] = {}
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
            cells[round_box(region.bbox)] = _cell_candidates(own, region, found)
        for line in own:
            chars += _line_to_chars(line, sheet.scale)
    page = Page(sheet.number, sheet.width, sheet.height, tuple(chars), ruling.rules)
    return ScannedPage(page, cells, tuple(free), sheet.back, weak, _trust(lines))


def _stacks_last(lines: list[ReadLine], kept: list[ReadLine], size: float) -> list[ReadLine]:
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
    last: list[ReadLine] = []
    for stack in ([single[number] for number in stack] for stack in stacks):
        x0, x1 = min(line.box.x0 for line in stack), max(line.box.x1 for line in stack)
        for line in stack:
            if line not in kept:
                line.said, line.candidates = None, ((_COMMA, 0.0),)
                line.box = line.box._replace(x0=x0, x1=x1)
        last += stack
    return [*(line for line in kept if line not in last), *last]


def _put_on_rows(lines: list[ReadLine], size: float) -> None:
    """Gives the figures of one row the same head and foot."""
    figures = [line for line in lines if as_figure(_text(line)) is not None]
    levelled = boxes_on_rows([line.box for line in figures], size)
    for line, box in zip(figures, levelled, strict=True):
        line.box = box


def _free_line(line: ReadLine, kept: bool, scale: float) -> FreeLine:
    x0, y0, x1, y1 = (value / scale for value in line.box)
    return FreeLine((x0, y0, x1, y1), line.candidates if kept else ())


def _trust(lines: Sequence[ReadLine]) -> float:
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


def _is_text(line: ReadLine, size: float) -> bool:
    """Whether recognition made text of a line; of so little ink as a comma alone it makes none."""
    if not line.candidates:
        return False
    text, likelihood = line.candidates[0]
    little = max(line.box.width, line.box.height) <= _LITTLE * size
    return likelihood >= _LEAST_PROSE and (bool(text) or not little)


def _text(line: ReadLine) -> str:
    """The likeliest text that is not empty; a mark for what cannot be read where there is none."""
    return next((text for text, _ in line.candidates if text), UNREADABLE)


def _cell_candidates(lines: Sequence[ReadLine], region: Region, found: Regions) -> Candidates:
    """What the cell may say: for one line its candidates, for several their likeliest texts."""
    if not lines and region.stamped:
        return (("", _CUT), ("0", 1 - _CUT))
    if not lines:
        is_clean = not is_tinged(found.dots, region.box, found.size)
        return (("", 1.0),) if is_clean else (("", _CUT), (UNREADABLE, 1 - _CUT))
    if len(lines) == 1:
        candidates = [(text, sure) for text, sure in lines[0].candidates if text]
        candidates = candidates or [(UNREADABLE, 0.0)]
    else:
        sure = min((line.candidates[0][1] if line.candidates else 0.0) for line in lines)
        candidates = [("\n".join(_text(line) for line in lines), sure)]
    most = _CUT if region.cut or region.coloured else _STAMPED if region.stamped else 1.0
    candidates = [(text, min(sure, most)) for text, sure in candidates]
    return in_order(candidates, MOST_FIGURES)


def _line_to_chars(line: ReadLine, scale: float) -> list[Char]:
    """The line's characters in place; a text other than the one recognised stands evenly."""
    text = _text(line)
    if line.said is not None and line.said.text == text:
        return spans_to_chars(line.said.spans, line.box, scale)
    return spans_to_chars(text_to_spans(text, line.box), line.box, scale)
