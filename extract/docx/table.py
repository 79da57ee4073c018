"""A table of Word to its grid of cells, merged cells resolved (ECMA-376 part 1, 17.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from extract.document import Cell, Table
from extract.docx.text import Paragraph, Sheet, paragraph_to_text
from extract.docx.tree import child_of, children_of, is_on, name_of, number_in, value_of
from extract.grid_limits import MAX_COLUMNS, check_grid


@dataclass(frozen=True, slots=True)
class TableFound:
    """A table, the paragraphs of its cells, and what its cells hold besides their text.

    `inner` are nested tables and text boxes, in order; they are no part of the cells' text. A
    nested table of one cell is only a frame around text, which is its cell's like any other.
    """

    table: Table
    paragraphs: tuple[Paragraph, ...]
    inner: tuple[etree._Element, ...]


@dataclass(slots=True)
class _Open:
    """A cell that later rows or columns may still extend."""

    row: int
    column: int
    colspan: int
    lines: list[str]
    rowspan: int = 1

    def take(self, lines: list[str]) -> None:
        """Text of a cell merged into this one: Word shows none of it, and it is mostly a copy."""
        if lines != self.lines[-len(lines) :]:
            self.lines.extend(lines)


@dataclass(slots=True)
class _Gathered:
    cells: list[_Open] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    inner: list[etree._Element] = field(default_factory=list)


def table_to_grid(table: etree._Element, sheet: Sheet) -> TableFound:
    """A w:tbl with its tracked changes accepted. Raises TooLarge."""
    found = _Gathered()
    above: dict[int, _Open] = {}
    rows = columns = 0
    for row in children_of(table):
        if name_of(row) != "tr" or _is_gone(row):
            continue
        above, width = _read_row(row, rows, above, found, sheet)
        rows += 1
        columns = max(columns, width)
        check_grid(rows, columns, len(found.cells))
    cells = tuple(
        Cell(cell.row, cell.column, "\n".join(cell.lines), cell.rowspan, cell.colspan)
        for cell in found.cells
    )
    return TableFound(Table(rows, columns, cells), tuple(found.paragraphs), tuple(found.inner))


def _is_gone(row: etree._Element) -> bool:
    """Whether a row was deleted under tracked changes, or is hidden."""
    properties = child_of(row, "trPr")
    return child_of(properties, "del") is not None or is_on(properties, "hidden")


def _read_row(
    row: etree._Element,
    number: int,
    above: Mapping[int, _Open],
    found: _Gathered,
    sheet: Sheet,
) -> tuple[dict[int, _Open], int]:
    """Adds a row's cells; gives those that the next row may continue, and the row's width."""
    column = number_in(child_of(row, "trPr"), "gridBefore", 0, MAX_COLUMNS)
    continuable: dict[int, _Open] = {}
    left: _Open | None = None
    for element in children_of(row):
        properties = child_of(element, "tcPr")
        if name_of(element) != "tc" or child_of(properties, "cellDel") is not None:
            continue
        span = number_in(properties, "gridSpan", 1, MAX_COLUMNS)
        lines = _cell_to_lines(element, found, sheet)
        upper = above.get(column)
        if _merge_of(properties, "hMerge") == "continue" and left is not None:
            left.colspan += span
            left.take(lines)
        elif (
            _merge_of(properties, "vMerge") == "continue"
            and upper is not None
            and upper.colspan == span
        ):
            upper.rowspan += 1
            upper.take(lines)
            continuable[column] = left = upper
        else:
            left = _Open(number, column, span, lines)
            found.cells.append(left)
            if _merge_of(properties, "vMerge") is not None:
                continuable[column] = left
        column += span
        check_grid(0, column, 0)
    return continuable, column


def _merge_of(properties: etree._Element | None, name: str) -> str | None:
    """`restart`, `continue` (also when unsaid) or None for a cell that is not merged."""
    merge = child_of(properties, name)
    if merge is None:
        return None
    return "restart" if value_of(merge) == "restart" else "continue"


def _cell_to_lines(cell: etree._Element, found: _Gathered, sheet: Sheet) -> list[str]:
    """The texts of a cell's paragraphs, those without any character left out.

    A text box in a cell that has no text of its own says what the cell says.
    """
    lines: list[str] = []
    boxes: list[etree._Element] = []
    joins = False
    for element in children_of(cell):
        name = name_of(element)
        if name == "p":
            paragraph = paragraph_to_text(element, sheet)
            found.paragraphs.append(paragraph)
            boxes.extend(paragraph.boxes)
            if joins and lines:
                lines[-1] += paragraph.text
            elif paragraph.text:
                lines.append(paragraph.text)
            joins = paragraph.joins and bool(paragraph.text or joins)
        elif name == "tbl":
            only = _only_cell(element)
            if only is None:
                found.inner.append(element)
            else:
                lines.extend(_cell_to_lines(only, found, sheet))
    if lines or any(child_of(box, "tbl") is not None for box in boxes):
        found.inner.extend(boxes)
        return lines
    return [line for box in boxes for line in _cell_to_lines(box, found, sheet)]


def _only_cell(table: etree._Element) -> etree._Element | None:
    """The cell of a table that has no other."""
    rows = [row for row in children_of(table) if name_of(row) == "tr" and not _is_gone(row)]
    cells = [cell for row in rows for cell in children_of(row) if name_of(cell) == "tc"]
    return cells[0] if len(cells) == 1 else None
