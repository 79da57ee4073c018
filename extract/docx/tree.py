"""Names, flags and order in WordprocessingML, for transitional and strict files alike.

Terms are those of ECMA-376 part 1, chapter 17.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from extract.errors import BrokenFile
from extract.size_limits import check_tags

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"

_PREFIXES = {
    f"{{{WORD}}}": "",
    f"{{{STRICT_WORD}}}": "",
    f"{{{COMPATIBILITY}}}": "mc:",
    f"{{{MATH}}}": "m:",
}

TRANSPARENT = frozenset(
    (
        *("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple"),
        *("dir", "bdo", "mc:AlternateContent", "mc:Choice", "mc:Fallback"),
    )
)
"""Elements around others that change nothing of what is read."""

_SAVE = "open it in a word processor and save it again"
_OFF = frozenset(("0", "false", "off", "none"))


def bytes_to_xml(content: bytes, part: str) -> etree._Element:
    """The root of a part.

    Raises TooLarge, and BrokenFile, also for a document type, which Word never writes.
    """
    check_tags(content)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root: etree._Element | None = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise BrokenFile(f"the part {part} does not parse ({fault})", _SAVE) from fault
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise BrokenFile(f"the part {part} is not as a word processor writes it", _SAVE)
    return root


def name_of(element: etree._Element) -> str:
    """The element's name: bare for Word's own, prefixed mc: or m:, empty for all others."""
    if not isinstance(element.tag, str):
        return ""
    space, _, local = element.tag.rpartition("}")
    prefix = _PREFIXES.get(space + "}")
    return "" if prefix is None else prefix + local


def value_of(element: etree._Element, key: str = "val") -> str | None:
    """An attribute in Word's name space."""
    found = element.get(f"{{{WORD}}}{key}")
    return element.get(f"{{{STRICT_WORD}}}{key}") if found is None else found


def child_of(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that name."""
    if element is None:
        return None
    return next((child for child in element if name_of(child) == name), None)


def is_on(properties: etree._Element | None, name: str) -> bool:
    """Whether a toggle property is there and not switched off."""
    toggle = child_of(properties, name)
    return toggle is not None and (value_of(toggle) or "1").lower() not in _OFF


def number_in(properties: etree._Element | None, name: str, least: int, most: int) -> int:
    """A property's number within bounds; `least` when it is absent or no number."""
    found = child_of(properties, name)
    written = (value_of(found) or "").strip() if found is not None else ""
    if not written.isascii() or not written.isdigit() or len(written) > 9:
        return least
    return min(max(int(written), least), most)


def children_of(element: etree._Element) -> Iterator[etree._Element]:
    """The children that count, in order, those inside transparent elements included.

    Tracked insertions are kept and deletions left out, as if all changes were accepted. Of
    alternatives the first is taken that this reader knows how to read.
    """
    for child in element:
        name = name_of(child)
        if name == "mc:AlternateContent":
            yield from children_of(alternative_of(child))
        elif name in TRANSPARENT:
            yield from children_of(child)
        elif name and name not in ("del", "moveFrom"):
            yield child


def alternative_of(element: etree._Element) -> etree._Element:
    """Of an mc:AlternateContent the first choice with anything in it, else the fallback."""
    for child in element:
        if name_of(child) in ("mc:Choice", "mc:Fallback") and len(child):
            return child
    return element
