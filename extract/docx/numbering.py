"""The numbers that Word prints before paragraphs without keeping them as text.

Numbering is described in ECMA-376 part 1, 17.9: a paragraph, or its style, names a list (`numId`)
and a level in it; the list names the form of each level's number and what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from extract.docx.numerals import NO_NUMERALS, numeral
from extract.docx.tree import child_of, is_on, name_of, value_of

DEEPEST_STYLES = 20
"""Styles based on styles; a longer chain is taken for a circle."""

LEVELS = 9
MOST = 9_999
"""No list goes on for longer; what says so is damaged."""

_PLACE = re.compile(r"%([1-9])")
_CLOSED = tuple("、）)：:】〕》")
"""What a number may end with and stand right before its text; `1.5` would be a figure."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its first number, the form of numerals, what is printed (`第%1条`)."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    decimal_only: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list: `counted` names what its numbers are counted with, which several lists may share."""

    counted: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int]


@dataclass(slots=True)
class Numbering:
    """All lists of a document, and how far each has been counted while it is read."""

    lists: Mapping[str, Numbered] = field(default_factory=dict)
    by_style: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def next_number(self, properties: etree._Element | None) -> str:
        """What is printed before the paragraph of these properties; it counts as read then."""
        named = self._list_of(properties)
        found = self.lists.get(named[0]) if named else None
        if named is None or found is None:
            return ""
        key, depth = named
        self._begin(key, found)
        level = found.levels.get(depth, Level())
        self._count(found, depth)
        if level.form in NO_NUMERALS or not level.text:
            return ""
        text = _PLACE.sub(lambda place: self._numeral(found, int(place[1]) - 1, level), level.text)
        return text if not text or text.endswith(_CLOSED) else f"{text} "

    def _list_of(self, properties: etree._Element | None) -> tuple[str, int] | None:
        style = child_of(properties, "pStyle")
        inherited = self.by_style.get(value_of(style) or "") if style is not None else None
        return number_of(properties, inherited)

    def _begin(self, key: str, found: Numbered) -> None:
        """A list that overrides where its levels start counts anew when it begins."""
        if key in self._begun:
            return
        self._begun.add(key)
        for depth, start in found.restarts.items():
            self._counts[(found.counted, depth)] = start - 1

    def _count(self, found: Numbered, depth: int) -> None:
        for above in range(depth):
            self._counts.setdefault((found.counted, above), _start(found, above))
        at = (found.counted, depth)
        self._counts[at] = min(self._counts.get(at, _start(found, depth) - 1) + 1, MOST)
        for below in range(depth + 1, LEVELS):
            self._counts.pop((found.counted, below), None)

    def _numeral(self, found: Numbered, depth: int, asking: Level) -> str:
        level = found.levels.get(depth, Level())
        count = self._counts.get((found.counted, depth), level.start)
        return numeral(count, "decimal" if asking.decimal_only else level.form)


def number_of(
    properties: etree._Element | None, inherited: tuple[str, int] | None
) -> tuple[str, int] | None:
    """The list and level that a w:pPr names, over those of its style; None for no list."""
    named = child_of(properties, "numPr")
    if named is None:
        return inherited
    list_ = child_of(named, "numId")
    depth = child_of(named, "ilvl")
    key = (value_of(list_) or "") if list_ is not None else (inherited or ("", 0))[0]
    if key in ("", "0"):
        return None
    if depth is None:
        return key, (inherited or ("", 0))[1]
    return key, min(_whole(value_of(depth), 0), LEVELS - 1)


def parts_to_numbering(
    numbering: etree._Element | None, styles: etree._Element | None
) -> Numbering:
    """From word/numbering.xml and word/styles.xml, where they are there."""
    if numbering is None:
        return Numbering()
    abstract = {
        value_of(one, "abstractNumId") or "": one
        for one in numbering
        if name_of(one) == "abstractNum"
    }
    lists: dict[str, Numbered] = {}
    for one in numbering:
        based = child_of(one, "abstractNumId")
        if name_of(one) != "num" or based is None:
            continue
        counted = value_of(based) or ""
        if counted in abstract:
            lists[value_of(one, "numId") or ""] = _to_list(one, counted, abstract[counted])
    return Numbering(lists, {} if styles is None else _numbered_styles(styles))


def _to_list(one: etree._Element, counted: str, abstract: etree._Element) -> Numbered:
    levels = _levels_in(abstract)
    restarts: dict[int, int] = {}
    for override in one:
        if name_of(override) != "lvlOverride":
            continue
        depth = _whole(value_of(override, "ilvl"), 0)
        levels.update(_levels_in(override))
        start = child_of(override, "startOverride")
        if start is not None:
            restarts[depth] = _whole(value_of(start), 1)
            levels[depth] = replace(levels.get(depth, Level()), start=restarts[depth])
    return Numbered(counted, levels, restarts)


def _levels_in(parent: etree._Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in parent:
        if name_of(element) != "lvl":
            continue
        said = {
            name: value_of(child)
            for name in ("start", "numFmt", "lvlText")
            if (child := child_of(element, name)) is not None
        }
        levels[_whole(value_of(element, "ilvl"), 0)] = Level(
            start=_whole(said.get("start"), 1),
            form=said.get("numFmt") or "decimal",
            text=said.get("lvlText") or "",
            decimal_only=is_on(element, "isLgl"),
        )
    return levels


def _numbered_styles(styles: etree._Element) -> dict[str, tuple[str, int]]:
    """The list and level of each paragraph style that has one, its own or what it is based on."""
    by_id = {value_of(one, "styleId") or "": one for one in styles if name_of(one) == "style"}
    found: dict[str, tuple[str, int]] = {}
    for key in by_id:
        chain: list[etree._Element] = []
        at: str | None = key
        while at in by_id and len(chain) < DEEPEST_STYLES:
            chain.append(by_id[at])
            based = child_of(by_id[at], "basedOn")
            at = value_of(based) if based is not None else None
        named: tuple[str, int] | None = None
        for style in reversed(chain):
            named = number_of(child_of(style, "pPr"), named)
        if named is not None:
            found[key] = named
    return found


def _start(found: Numbered, depth: int) -> int:
    return found.levels.get(depth, Level()).start


def _whole(text: str | None, otherwise: int) -> int:
    plain = (text or "").strip()
    return min(int(plain), MOST) if plain.isascii() and plain.isdigit() else otherwise
