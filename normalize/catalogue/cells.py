"""Checks of single cells, the same for all forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from normalize.catalogue.outcome import Finding, Outcome, Place
from normalize.catalogue.subject import Subject
from normalize.forms import Kind
from normalize.observations import FRACTION, HUGE
from normalize.recognised import is_about_recognition
from normalize.report import BBox, Observation, Status
from normalize.tables import HIDDEN_TEXT

_LEADING_ZERO = "leading zero"
_NO_GLYPH = re.compile(r"[\ue000-\uf8ff\ufffd]|\(cid:\d+\)")
_PAGE_NUMBER = re.compile(r"\s*[-—–－]\s*(\d{1,3})\s*[-—–－]\s*")
_OVERLAP = 0.3
_OVERLAP_OF_PICTURES = 0.5
"""The boxes of cells on a page that was scanned aslant overlap by themselves."""
_FEWEST_ORDINALS = 5

_Found = Iterable[Observation]
CellCheck = Callable[[Subject], _Found]


def cell_outcomes(subject: Subject) -> Iterator[Outcome]:
    """The outcome of every check of single cells, not assessable where there are no cells."""
    for check, kind, find in CELL_CHECKS:
        findings = tuple(_finding(o) for o in find(subject))
        yield Outcome(check, kind, findings, True if subject.observations else None)


def _finding(o: Observation) -> Finding:
    place: Place = (o.form, o.table, o.row, o.column)
    return Finding(place, None, o.value, (place,))


def _no_number(subject: Subject) -> _Found:
    return (o for o in subject.observations if o.status is Status.UNREADABLE)


def _placeholder(subject: Subject) -> _Found:
    return (o for o in subject.observations if o.status is Status.PLACEHOLDER)


def _odd_digits(subject: Subject) -> _Found:
    odd = {FRACTION, HUGE, _LEADING_ZERO}
    return (o for o in subject.observations if not odd.isdisjoint(o.doubts))


def _no_glyph(subject: Subject) -> _Found:
    return (o for o in subject.observations if o.raw and _NO_GLYPH.search(o.raw))


def _hidden(subject: Subject) -> _Found:
    return (o for o in subject.observations if HIDDEN_TEXT in o.doubts)


def _disputed(subject: Subject) -> _Found:
    return (o for o in subject.observations if any(" reads '" in doubt for doubt in o.doubts))


def _recognised(subject: Subject) -> _Found:
    return (o for o in subject.observations if any(map(is_about_recognition, o.doubts)))


def _odd_box(subject: Subject) -> _Found:
    """Cells whose box is empty, off the page, or largely another cell's as well."""
    odd: dict[int, Observation] = {}
    boxed = [o for o in subject.observations if o.bbox is not None and o.page is not None]
    for at, o in enumerate(boxed):
        if o.bbox is not None and _is_no_box(o.bbox):
            odd[at] = o
    rows = sorted(range(len(boxed)), key=lambda at: _corner(boxed[at], down=False))
    columns = sorted(range(len(boxed)), key=lambda at: _corner(boxed[at], down=True))
    for order in (rows, columns):
        for one, other in pairwise(order):
            if _overlap(boxed[one], boxed[other]):
                odd |= {one: boxed[one], other: boxed[other]}
    return [odd[at] for at in sorted(odd)]


def _is_no_box(box: BBox) -> bool:
    x0, top, x1, bottom = box
    return x1 <= x0 or bottom <= top or x1 <= 0 or bottom <= 0


def _corner(o: Observation, down: bool) -> tuple[int, float, float]:
    x0, top, _, _ = o.bbox or (0.0, 0.0, 0.0, 0.0)
    return (o.page or 0, x0, top) if down else (o.page or 0, top, x0)


def _overlap(one: Observation, other: Observation) -> bool:
    """True when two different boxes on a page share more than a part of the smaller one."""
    if one.bbox is None or other.bbox is None or one.page != other.page or one.bbox == other.bbox:
        return False
    (a0, a_top, a1, a_bottom), (b0, b_top, b1, b_bottom) = one.bbox, other.bbox
    width, height = min(a1, b1) - max(a0, b0), min(a_bottom, b_bottom) - max(a_top, b_top)
    if width <= 0 or height <= 0:
        return False
    smaller = min((a1 - a0) * (a_bottom - a_top), (b1 - b0) * (b_bottom - b_top))
    most = _OVERLAP_OF_PICTURES if one.candidates or other.candidates else _OVERLAP
    return width * height > most * smaller


def _stray_number(subject: Subject) -> _Found:
    """Cells that hold the year, the number of their page, or the ordinals of their rows."""
    year = subject.identity.year
    for o in subject.observations:
        mark = _PAGE_NUMBER.fullmatch(o.raw or "")
        of_page = mark is not None and o.page is not None and int(mark[1]) == o.page
        of_year = year is not None and o.value == year and not o.suggested_by
        if of_page or (of_year and o.flagged):
            yield o
    for table in subject.tables:
        yield from _ordinals(table.observations)


def _ordinals(observations: Sequence[Observation]) -> list[Observation]:
    """The cells of a column that counts its rows."""
    columns: dict[str, list[Observation]] = {}
    for o in observations:
        columns.setdefault(o.column, []).append(o)
    return [
        o
        for cells in columns.values()
        if len(cells) >= _FEWEST_ORDINALS
        and all(o.value == at for at, o in enumerate(cells, start=1))
        for o in cells
    ]


CELL_CHECKS: tuple[tuple[str, Kind, CellCheck], ...] = (
    ("C-NUM", "X", _no_number),
    ("C-PLACE", "I", _placeholder),
    ("C-DEC", "X", _odd_digits),
    ("C-BOX", "X", _odd_box),
    ("C-FONT", "X", _no_glyph),
    ("C-HIDDEN", "X", _hidden),
    ("C-2READ", "X", _disputed),
    ("C-OCR", "X", _recognised),
    ("C-DATE", "X", _stray_number),
)
