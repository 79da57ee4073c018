"""A <table> to its grid: which cell stands at which row and column, spans resolved.

Follows the HTML standard's table model ("forming a table"): a row span of 0 runs to the end of
its row group, no span leaves its group, and a cell takes the first free place of its row. Where
the standard lets cells overlap, the column span is cut short at the occupied place, and a span
that reaches beyond all other rows ("colspan=99" for a whole line) is cut to the table's width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from extract.grid_limits import MAX_COLUMNS, check_grid
from extract.html.tree import Look, look_within, name_of

MAX_COLSPAN = 1_000
MAX_ROWSPAN = 65_534
"""The HTML standard's own limits for spans."""

LONGEST_SPAN = 40
"""A longer span stands for "all of the line": the widest form has fifteen columns."""

_NUMBER = re.compile(r"[ \t\n\r\f]*\+?([0-9]{1,9})")
_GROUPS = ("thead", "tbody", "tfoot")
_CELLS = ("td", "th")
_ROW_PARTS = (*_GROUPS, "tr", *_CELLS)


@dataclass(frozen=True, slots=True)
class Slot:
    """One <td> or <th> with its place in the grid and the look its text inherits."""

    element: etree._Element
    look: Look
    row: int
    column: int
    rowspan: int
    colspan: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table, by row and column; `stray` is what stands outside all cells."""

    rows: int
    columns: int
    slots: tuple[Slot, ...]
    stray: tuple[etree._Element | str, ...]


@dataclass(slots=True)
class _Row:
    cells: list[tuple[etree._Element, Look]]
    implied: bool = False


@dataclass(slots=True)
class _Parts:
    """The row groups of a table as written, and what is no part of any."""

    head: list[list[_Row]] = field(default_factory=list)
    bodies: list[list[_Row]] = field(default_factory=list)
    foot: list[list[_Row]] = field(default_factory=list)
    stray: list[etree._Element | str] = field(default_factory=list)

    def end_group(self, rows: list[_Row]) -> None:
        """Rows that stand in the table without a group form one."""
        if rows:
            self.bodies.append(list(rows))
            rows.clear()

    def place_for(self, name: str) -> list[list[_Row]]:
        """Only the first head goes to the top and only the first foot to the bottom."""
        if name == "thead" and not self.head:
            return self.head
        if name == "tfoot" and not self.foot:
            return self.foot
        return self.bodies


def table_to_grid(table: etree._Element, look: Look) -> Grid:
    """The grid of a <table>. Hidden rows and cells have no place in it. Raises TooLarge."""
    parts = _Parts()
    ungrouped: list[_Row] = []
    _gather(table, look, parts, ungrouped)
    parts.end_group(ungrouped)
    groups = (*parts.head, *parts.bodies, *parts.foot)
    width = max(map(_group_to_width, groups), default=0)
    slots: list[Slot] = []
    rows = 0
    for group in groups:
        slots.extend(_placed(group, rows, width))
        rows += len(group)
        check_grid(rows, 0, len(slots))
    columns = max((slot.column + slot.colspan for slot in slots), default=0)
    return Grid(rows, columns, tuple(slots), tuple(parts.stray))


def span_of(written: str | None, most: int) -> int:
    """A span attribute as browsers read it, at most `most`: 1 when it is no number.

    A row span of 0 is kept: it means all rows that follow.
    """
    found = _NUMBER.match(written or "")
    return min(int(found[1]), most) if found else 1


def _gather(element: etree._Element, look: Look, parts: _Parts, rows: list[_Row]) -> None:
    """Sorts what stands directly in a table, a row group or a wrapper around rows."""
    _stray_text(element.text, parts)
    for child in element:
        name = name_of(child)
        inside = look_within(child, look)
        if inside is not None:
            if name in _GROUPS:
                parts.end_group(rows)
                place = parts.place_for(name)
                grouped: list[_Row] = []
                place.append(grouped)
                _gather(child, inside, parts, grouped)
            elif name == "tr":
                rows.append(_Row(list(_cells_of(child, inside, parts))))
            elif name in _CELLS:
                if not rows or not rows[-1].implied:
                    rows.append(_Row([], implied=True))
                rows[-1].cells.append((child, inside))
            elif _wraps_rows(child):
                _gather(child, inside, parts, rows)
            else:
                parts.stray.append(child)
        _stray_text(child.tail, parts)


def _cells_of(
    element: etree._Element, look: Look, parts: _Parts
) -> Iterator[tuple[etree._Element, Look]]:
    _stray_text(element.text, parts)
    for child in element:
        inside = look_within(child, look)
        if inside is not None:
            if name_of(child) in _CELLS:
                yield child, inside
            elif _wraps_rows(child):
                yield from _cells_of(child, inside, parts)
            else:
                parts.stray.append(child)
        _stray_text(child.tail, parts)


def _wraps_rows(element: etree._Element) -> bool:
    """Whether an element such as <form> stands between the table and rows of its own."""
    if name_of(element) == "table":
        return False
    first = next(element.iter("table", *_ROW_PARTS), None)
    return first is not None and name_of(first) != "table"


def _stray_text(text: str | None, parts: _Parts) -> None:
    if text and text.strip():
        parts.stray.append(text)


def _group_to_width(group: list[_Row]) -> int:
    """The columns that a row group needs, lines of one cell and endless spans aside."""
    placed = list(_placed(group, 0, None))
    rows = {slot.row for slot in placed if slot.column > 0}
    return max((slot.column + slot.colspan for slot in placed if slot.row in rows), default=0)


def _placed(group: list[_Row], start: int, width: int | None) -> Iterator[Slot]:
    """The cells of one row group in their places, in a table of that width if it is known."""
    taken_until: list[int] = []
    for number, row in enumerate(group):
        column = 0
        after = sum(_least_colspan(element) for element, _ in row.cells)
        for element, look in row.cells:
            while column < len(taken_until) and taken_until[column] > number:
                column += 1
            check_grid(0, column + 1, 0)
            after -= _least_colspan(element)
            wide = max(1, span_of(element.get("colspan"), MAX_COLSPAN))
            if width and (wide > LONGEST_SPAN or len(row.cells) == 1):
                wide = max(1, min(wide, width - column - after))
            elif wide > LONGEST_SPAN:
                wide = 1
            end = column + 1
            while end < min(column + wide, MAX_COLUMNS) and (
                end >= len(taken_until) or taken_until[end] <= number
            ):
                end += 1
            high = span_of(element.get("rowspan"), MAX_ROWSPAN)
            last = len(group) if high == 0 else min(number + high, len(group))
            taken_until.extend([0] * (end - len(taken_until)))
            for place in range(column, end):
                taken_until[place] = last
            yield Slot(element, look, start + number, column, last - number, end - column)
            column = end


def _least_colspan(element: etree._Element) -> int:
    """The columns that a cell needs for certain."""
    written = max(1, span_of(element.get("colspan"), MAX_COLSPAN))
    return 1 if written > LONGEST_SPAN else written
