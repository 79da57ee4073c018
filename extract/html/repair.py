"""Rows and cells put where a browser would put them, when the page's tags leave them elsewhere.

The parser keeps a row inside a cell whose inline tags were never closed, and keeps rows of a
fragment outside any table.
"""

from __future__ import annotations

from lxml import etree

from extract.html.tree import markable, name_of

CELLS = frozenset(("td", "th"))
ROWS_AND_GROUPS = frozenset(("tr", "tbody", "thead", "tfoot"))

_IMPLIED = "data-implied"


def place_rows(root: etree._Element) -> None:
    """Moves misplaced rows and cells of a tree in place."""
    last_moved: dict[etree._Element, etree._Element] = {}
    for element in list(root.iter(*CELLS, *ROWS_AND_GROUPS)):
        around = next(element.iterancestors("table", *CELLS, *ROWS_AND_GROUPS), None)
        if around is None:
            _wrap(element)
        elif name_of(around) in CELLS:
            outer = _outer_of(around, name_of(element) in CELLS)
            last_moved.get(outer, outer).addnext(element)
            last_moved[outer] = element


def _outer_of(cell: etree._Element, for_cell: bool) -> etree._Element:
    """What an unclosed cell's row or cell should have come after."""
    row = cell.getparent()
    if for_cell or row is None or name_of(row) != "tr":
        return cell
    return row


def _wrap(row: etree._Element) -> None:
    """Moves a row or cell into the implied table before it, or into a new one."""
    parent = row.getparent()
    if parent is None:
        return
    after, row.tail = row.tail, None
    table = row.getprevious()
    if table is None or table.get(_IMPLIED) is None or (table.tail or "").strip():
        table = etree.Element("table", {_IMPLIED: ""})
        parent.replace(row, table)
    table.append(row)
    table.tail = markable(after or "")
