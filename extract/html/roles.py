"""Tables that a page lays out of other elements: by its style (display: table) or by ARIA roles."""

from __future__ import annotations

from lxml import etree

from extract.html.tree import name_of, style_of

DISPLAYS = {
    "table": "table",
    "inline-table": "table",
    "table-row-group": "tbody",
    "table-header-group": "thead",
    "table-footer-group": "tfoot",
    "table-row": "tr",
    "table-cell": "td",
}
ROLES = {
    "table": "table",
    "grid": "table",
    "rowgroup": "tbody",
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
}
_SPANS = {"aria-colspan": "colspan", "aria-rowspan": "rowspan"}
_BOXES = frozenset(("div", "span", "ul", "ol", "li", "dl", "dt", "dd", "section", "p"))
FEWEST_CELLS = 4


def name_tables(root: etree._Element) -> None:
    """Gives elements that look and act like tables, rows and cells the tags of these.

    Only whole tables count: a table of rows of cells. What lays out a page has no rows.
    """
    for element in list(root.iter(*_BOXES)):
        if _part_of(element) == "table":
            _name_table(element)


def _name_table(table: etree._Element) -> None:
    parts = {one: part for one in table.iter(*_BOXES) if (part := _part_of(one))}
    rows = [one for one, part in parts.items() if part == "tr"]
    cells = [one for one, part in parts.items() if part in ("td", "th")]
    sound = len(rows) > 1 and len(cells) >= FEWEST_CELLS
    held = {child for row in rows for child in row}
    if not sound or not held.issuperset(cells):
        return
    for element, part in parts.items():
        element.tag = part
        for said, meant in _SPANS.items():
            span = element.get(said)
            if span and not element.get(meant):
                element.set(meant, span)


def _part_of(element: etree._Element) -> str | None:
    """What part of a table an element is, by its role or its own style; None for none."""
    if name_of(element) not in _BOXES:
        return None
    role = ROLES.get((element.get("role") or "").strip().lower())
    return role or DISPLAYS.get(style_of(element).get("display", ""))
