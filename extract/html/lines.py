"""An element's text as the lines a browser would show: white space collapsed, breaks kept.

Inline elements join without a space, block elements and <br> end a line. Characters other than
HTML's own white space stay as they are, no-break and ideographic spaces included.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from extract.html.tree import Look, is_struck, look_within, name_of, style_of

BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2"),
        *("h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu", "ol"),
        *("p", "pre", "section", "summary", "ul", "caption", "td", "th", "tr", "tbody", "thead"),
        *("tfoot", "textarea", "marquee", "frameset", "listing"),
    )
)
FIELDS = frozenset(("input", "textarea"))
SHOWN_INPUTS = frozenset(("", "text", "number", "tel"))

_COLLAPSED = re.compile(r"[ \t\n\r\f]+")
_COLLAPSED_BUT_BREAKS = re.compile(r"[ \t\r\f]+")
_RAISED = {
    "sup": str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾"),
    "sub": str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎"),
}
"""A footnote mark after a figure must not read as one of its digits."""


@dataclass(frozen=True, slots=True)
class Line:
    """One shown line. `bold` and the like hold for the whole of it; `element` holds its start."""

    text: str
    element: etree._Element
    heading: bool
    bold: bool
    centered: bool
    linked: bool


class Lines:
    """Collects text into lines; `struck` keeps what was crossed out and so left out.

    `fields` says whether values in input fields count as text.
    """

    def __init__(self, fields: bool = False) -> None:
        self.fields = fields
        self.struck: list[str] = []
        self._done: list[Line] = []
        self._parts: list[str] = []
        self._looks: set[Look] = set()
        self._element: etree._Element | None = None
        self._ends_in_space = False

    def add(self, text: str, look: Look, element: etree._Element) -> None:
        """Adds text as it stands in the source."""
        if look.unseen:
            return
        if look.raised:
            text = text.translate(_RAISED[look.raised])
        if look.space == "normal":
            self._append(_COLLAPSED.sub(" ", text), look, element)
            return
        if look.space == "pre-line":
            text = _COLLAPSED_BUT_BREAKS.sub(" ", text)
        for at, part in enumerate(text.split("\n")):
            if at:
                self.end_line()
            self._append(part.rstrip("\r"), look, element)

    def _append(self, text: str, look: Look, element: etree._Element) -> None:
        if look.space != "pre" and (self._ends_in_space or not self._parts):
            text = text.lstrip(" ")
        if not text:
            return
        if self._element is None:
            self._element = element
        self._parts.append(text)
        self._ends_in_space = look.space != "pre" and text.endswith(" ")
        if text.strip():
            self._looks.add(look)

    def end_line(self) -> None:
        """Ends the line at a break or at the edge of a block; an empty line is none."""
        text = "".join(self._parts)
        if self._ends_in_space:
            text = text[:-1]
        if text and self._element is not None:
            self._done.append(
                Line(
                    text,
                    self._element,
                    heading=any(look.heading for look in self._looks),
                    bold=bool(self._looks) and all(look.bold for look in self._looks),
                    centered=bool(self._looks) and all(look.centered for look in self._looks),
                    linked=bool(self._looks) and all(look.linked for look in self._looks),
                )
            )
        self._parts.clear()
        self._looks.clear()
        self._element = None
        self._ends_in_space = False

    def take(self) -> list[Line]:
        """The lines so far, the last one ended; they are then forgotten."""
        self.end_line()
        done = self._done
        self._done = []
        return done


TableSink = Callable[[etree._Element, Look], None]
Skips = Callable[[etree._Element], bool]


def walk(
    element: etree._Element, inherited: Look, lines: Lines, on_table: TableSink, skips: Skips
) -> None:
    """Feeds an element's text into `lines`, handing each table to `on_table` where it stands.

    Elements for which `skips` is true are passed over. One call a level of nesting.
    """
    look = look_within(element, inherited)
    if look is None or skips(element):
        return
    name = name_of(element)
    if name == "br":
        lines.end_line()
        return
    if name == "table":
        lines.end_line()
        on_table(element, look)
        return
    if is_struck(element):
        lines.struck.append("".join(map(str, element.itertext())).strip())
        return
    if name in FIELDS and not _shows_value(element, lines):
        return
    if name == "input":
        lines.add(element.get("value") or "", look, element)
        return
    block = is_block(element)
    if block:
        lines.end_line()
    if element.text:
        lines.add(element.text, look, element)
    for child in element:
        walk(child, look, lines, on_table, skips)
        if child.tail:
            lines.add(child.tail, look, element)
    if block:
        lines.end_line()


def is_block(element: etree._Element) -> bool:
    """Whether the element stands on lines of its own."""
    display = style_of(element).get("display")
    if display is None:
        return name_of(element) in BLOCKS
    return not display.startswith("inline") and display != "contents"


def never(element: etree._Element) -> bool:
    """Skips nothing."""
    return False


def _shows_value(field: etree._Element, lines: Lines) -> bool:
    """Whether a field of an online form shows its value as a cell shows its text."""
    return lines.fields and (
        name_of(field) == "textarea" or (field.get("type") or "").lower() in SHOWN_INPUTS
    )
