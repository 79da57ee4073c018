"""A paragraph of Word to its text, and the text boxes anchored in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from extract.docx.numbering import Numbering
from extract.docx.symbols import UNKNOWN, symbol_to_text
from extract.docx.tree import alternative_of, child_of, children_of, is_on, name_of, value_of
from extract.headings import is_heading_text

DEEPEST_STYLES = 20
"""Styles based on styles; a longer chain is taken for a circle."""

HEADING_NAMES = ("heading ", "标题 ", "標題 ")
TITLE_NAMES = ("title", "标题", "標題")
BODY_LEVEL = "9"
"""The outline level that stands for body text."""

_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_PICTURES = frozenset(("blip", "imagedata"))
_RAISED = {
    "superscript": str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾"),
    "subscript": str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎"),
}
"""A footnote mark after a figure must not read as one of its digits."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its text, whether it is a heading, the boxes in it, and what was left out.

    `boxes` are the contents of text boxes, each once. `struck` is crossed-out text, `symbols`
    counts characters of symbol fonts that are not known. `joins` when its end was deleted under
    tracked changes, so that the next paragraph goes on in it.
    """

    text: str
    heading: bool
    boxes: tuple[etree._Element, ...]
    struck: str
    symbols: int
    pictures: int
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What other parts say of paragraphs: which styles make headings, how lists are numbered."""

    headings: Mapping[str, bool]
    numbering: Numbering


@dataclass(slots=True)
class _Gathered:
    text: list[str]
    struck: list[str]
    boxes: list[etree._Element]
    symbols: int = 0
    pictures: int = 0
    inked: bool = False
    all_bold: bool = True


def paragraph_to_text(paragraph: etree._Element, sheet: Sheet) -> Paragraph:
    """A w:p with the number that is printed before it; paragraphs must come in printed order."""
    found = _Gathered([], [], [])
    for child in children_of(paragraph):
        _gather(child, found)
    properties = child_of(paragraph, "pPr")
    text = sheet.numbering.next_number(properties) + "".join(found.text)
    return Paragraph(
        text,
        _is_heading(text, properties, sheet.headings, found.inked and found.all_bold),
        tuple(found.boxes),
        "".join(found.struck).strip(),
        found.symbols,
        found.pictures,
        joins=child_of(child_of(properties, "rPr"), "del") is not None,
    )


def styles_to_levels(root: etree._Element) -> dict[str, bool]:
    """For each paragraph style of word/styles.xml whether it makes a heading."""
    styles: dict[str, etree._Element] = {}
    for style in root:
        if name_of(style) == "style":
            styles[value_of(style, "styleId") or ""] = style
    return {key: _style_is_heading(key, styles) for key in styles}


def _style_is_heading(key: str, styles: Mapping[str, etree._Element]) -> bool:
    for _ in range(DEEPEST_STYLES):
        style = styles.get(key)
        if style is None:
            return False
        named = child_of(style, "name")
        name = (value_of(named) or "").lower() if named is not None else ""
        if name in TITLE_NAMES or name.startswith(HEADING_NAMES):
            return True
        level = child_of(child_of(style, "pPr"), "outlineLvl")
        if level is not None:
            return value_of(level) != BODY_LEVEL
        based = child_of(style, "basedOn")
        key = (value_of(based) or "") if based is not None else ""
    return False


def _is_heading(
    text: str, properties: etree._Element | None, levels: Mapping[str, bool], bold: bool
) -> bool:
    if not text.strip():
        return False
    level = child_of(properties, "outlineLvl")
    if level is not None and value_of(level) != BODY_LEVEL:
        return True
    style = child_of(properties, "pStyle")
    if level is None and style is not None and levels.get(value_of(style) or "", False):
        return True
    alignment = child_of(properties, "jc")
    centered = alignment is not None and value_of(alignment) == "center"
    return is_heading_text(text, bold or centered)


def _gather(element: etree._Element, found: _Gathered) -> None:
    """Adds what one child of a paragraph says: a run, a formula, a ruby, a drawing."""
    name = name_of(element)
    if name == "r":
        _gather_run(element, found)
    elif name in ("m:oMath", "m:oMathPara"):
        found.text.extend(part.text or "" for part in element.iter() if name_of(part) == "m:t")
        found.all_bold = False


def _gather_run(run: etree._Element, found: _Gathered) -> None:
    properties = child_of(run, "rPr")
    boxes = list(_boxes_in(run))
    found.boxes.extend(boxes)
    if is_on(properties, "vanish"):
        return
    text = "".join(_run_texts(run, found))
    raised = child_of(properties, "vertAlign")
    if raised is not None:
        text = text.translate(_RAISED.get(value_of(raised) or "", {}))
    if is_on(properties, "strike") or is_on(properties, "dstrike"):
        found.struck.append(text)
        return
    found.text.append(text)
    if text.strip():
        found.inked = True
        found.all_bold = found.all_bold and is_on(properties, "b")


def _run_texts(run: etree._Element, found: _Gathered) -> Iterator[str]:
    for part in children_of(run):
        name = name_of(part)
        if name == "t":
            yield part.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name == "sym":
            symbol = symbol_to_text(value_of(part, "font"), value_of(part, "char"))
            found.symbols += symbol == UNKNOWN
            yield symbol
        elif name in ("drawing", "pict", "object"):
            found.pictures += _shows_picture(part)
        elif name == "ruby":
            base = child_of(part, "rubyBase")
            for inner in children_of(base) if base is not None else ():
                if name_of(inner) == "r":
                    yield from _run_texts(inner, found)


def _shows_picture(drawing: etree._Element) -> bool:
    return any(etree.QName(part).localname in _PICTURES for part in drawing.iter("{*}*"))


def _boxes_in(run: etree._Element) -> Iterator[etree._Element]:
    """The text boxes drawn in a run, not those within other boxes nor any twice."""
    pending = list(reversed(list(children_of(run))))
    while pending:
        element = pending.pop()
        if name_of(element) == "txbxContent":
            yield element
        else:
            pending.extend(reversed(list(_parts_of_drawing(element))))


def _parts_of_drawing(element: etree._Element) -> Iterator[etree._Element]:
    """Children of any name space, with one alternative out of several."""
    for child in element:
        if name_of(child) == "mc:AlternateContent":
            yield from alternative_of(child)
        elif isinstance(child.tag, str):
            yield child
