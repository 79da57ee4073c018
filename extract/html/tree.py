"""An HTML page's text to its element tree, and what an element says of its own looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from lxml import etree

from extract.errors import BrokenFile, EmptyFile, TooLarge
from extract.html.unseen import is_out_of_sight, is_without_colour, is_without_size
from extract.size_limits import check_attributes, check_tags

MAX_MARKUP = 50_000_000
"""Characters of a page; a long report has less than two million."""

MAX_DEPTH = 256
"""Elements within elements; also the parser's own limit."""

UNREAD = frozenset(
    (
        *("script", "style", "template", "noscript", "head", "title", "meta", "link", "base"),
        *("svg", "object", "embed", "iframe", "canvas", "audio", "video", "map", "xml"),
        *("select", "datalist", "button", "rp", "rt", "colgroup", "col", "nav", "dialog"),
    )
)
"""Elements whose content is no text of the page: machinery, controls, navigation, readings."""

STRUCK = frozenset(("del", "s", "strike"))
BOLD = frozenset(("b", "strong"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

_DECORATIONS = ("text-decoration", "text-decoration-line")
_BOLD_WEIGHT = re.compile(r"bold|bolder|[6-9]00")
_UNMARKABLE = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_FEEDS = str.maketrans("\x0b\x0c", "  ")

_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_BRACE = re.compile(r"[{}]")
_CSS_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*([\w-]+)", re.IGNORECASE)
_NO_STYLE: Mapping[str, str] = MappingProxyType({})
_NEWLINE_MODES = {"pre": "pre", "pre-wrap": "pre", "break-spaces": "pre", "pre-line": "pre-line"}


@dataclass(frozen=True, slots=True)
class Look:
    """What an element's text inherits: how it looks and how its white space counts.

    `space` is CSS white-space: `normal` collapses all, `pre-line` keeps line breaks, `pre` keeps
    everything. `raised` is `sup` or `sub` for text above or below the line. `invisible`, `tiny`
    and `faint` text keeps its place but cannot be seen. `reveal` reads what the page hides at
    first; `concealed` are the selectors that its style sheets hide.
    """

    bold: bool = False
    centered: bool = False
    heading: bool = False
    linked: bool = False
    invisible: bool = False
    tiny: bool = False
    faint: bool = False
    space: Literal["normal", "pre", "pre-line"] = "normal"
    raised: Literal["", "sup", "sub"] = ""
    reveal: bool = False
    concealed: frozenset[str] = frozenset()

    @property
    def unseen(self) -> bool:
        return self.invisible or ((self.tiny or self.faint) and not self.reveal)


def text_to_tree(text: str) -> etree._Element:
    """The root element of a page.

    Raises EmptyFile, TooLarge, and BrokenFile for a page nested too deeply to be read.
    """
    if len(text) > MAX_MARKUP:
        raise TooLarge(
            f"the page has {len(text)} characters, more than {MAX_MARKUP}",
            "save the article alone, without pictures inside the page",
        )
    check_tags(text)
    check_attributes(text)
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False
    )
    markup = markable(text).encode("utf-8", "replace")
    try:
        root: etree._Element | None = etree.fromstring(markup, parser)
    except (etree.XMLSyntaxError, etree.ParserError) as fault:
        raise BrokenFile(f"the page does not parse ({fault})", "save it again") from fault
    cut_short = [entry for entry in parser.error_log if entry.level_name == "FATAL"]
    if cut_short:
        raise BrokenFile(
            f"the page does not parse ({cut_short[0].message.strip()})", "save it again"
        )
    if root is None:
        raise EmptyFile("the page has no content", "fetch it again")
    _check_depth(root)
    return root


def markable(text: str) -> str:
    """The text without characters that no element may hold.

    U+FFFD takes their place, so that a figure with one is seen to be damaged; vertical tabs and
    form feeds are spaces.
    """
    return _UNMARKABLE.sub("\ufffd", text.translate(_FEEDS))


def _check_depth(root: etree._Element) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise BrokenFile(
                f"the page nests more than {MAX_DEPTH} elements", "save the article alone"
            )


def name_of(element: etree._Element) -> str:
    """The tag in lower case; empty for what is no element."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def style_of(element: etree._Element) -> Mapping[str, str]:
    """The declarations of the style attribute, names and values in lower case."""
    written = element.get("style")
    return _declarations(written) if written else _NO_STYLE


@lru_cache(maxsize=1024)
def _declarations(written: str) -> Mapping[str, str]:
    pairs = (part.partition(":") for part in written.lower().split(";"))
    return {
        name.strip(): value.replace("!important", "").strip()
        for name, colon, value in pairs
        if colon
    }


def look_within(element: etree._Element, inherited: Look) -> Look | None:
    """How text inside this element looks; None when nothing of it is to be read."""
    name = name_of(element)
    style = style_of(element)
    if name in UNREAD or not name:
        return None
    if not inherited.reveal and is_hidden(element, style, inherited.concealed):
        return None
    look = inherited
    if name in HEADINGS:
        look = replace(look, heading=True)
    if name == "pre":
        look = replace(look, space="pre")
    if name == "a" and element.get("href"):
        look = replace(look, linked=True)
    if name in ("sup", "sub"):
        look = replace(look, raised="sup" if name == "sup" else "sub")
    if name in BOLD:
        look = replace(look, bold=True)
    align = (element.get("align") or "").strip().lower()
    if name == "center" or (align == "center" and name != "table"):
        look = replace(look, centered=True)
    elif align and name != "table":
        look = replace(look, centered=False)
    if look.tiny and (element.get("class") or element.get("id") or element.get("size")):
        # Wrappers of no size close the gaps between elements whose sizes a style sheet gives.
        look = replace(look, tiny=False)
    return _styled(look, style) if style else look


def is_hidden(element: etree._Element, style: Mapping[str, str], concealed: frozenset[str]) -> bool:
    """Whether nothing of the element is on the page."""
    display = style.get("display")
    if display == "none" or style.get("mso-hide") == "all" or element.get("hidden") is not None:
        return True
    if style and is_out_of_sight(name_of(element), style):
        return True
    if display or not concealed:
        return False
    selectors = {f".{name}" for name in (element.get("class") or "").split()}
    selectors.add(f"#{element.get('id')}")
    return not concealed.isdisjoint(selectors)


def concealed_selectors(root: etree._Element) -> frozenset[str]:
    """The classes (.name) and ids (#name) that the page's own style sheets do not display.

    Only rules for a single class or id count; those for some media alone do not.
    """
    concealed: set[str] = set()
    for sheet in root.iter("style"):
        for selectors, declarations in _css_rules(_CSS_COMMENT.sub("", sheet.text or "")):
            shown = _CSS_DISPLAY.findall(declarations)
            for selector in map(str.strip, selectors.split(",")):
                if shown and shown[-1].lower() == "none":
                    concealed.add(selector)
                elif shown:
                    concealed.discard(selector)
    return frozenset(concealed)


def _css_rules(css: str) -> Iterator[tuple[str, str]]:
    """The selectors and declarations of a style sheet's outermost rules, at-rules left out."""
    depth = start = opened = 0
    selectors = ""
    for brace in _CSS_BRACE.finditer(css):
        if brace.group() == "{":
            if depth == 0:
                selectors = css[start : brace.start()].rpartition(";")[2]
                opened = brace.end()
            depth += 1
            continue
        if depth == 1 and "@" not in selectors:
            yield selectors, css[opened : brace.start()]
        depth = max(0, depth - 1)
        start = brace.end()


def is_struck(element: etree._Element) -> bool:
    """Whether the element's text is crossed out."""
    if name_of(element) in STRUCK:
        return True
    style = style_of(element)
    return any("line-through" in style.get(key, "") for key in _DECORATIONS)


def _styled(look: Look, style: Mapping[str, str]) -> Look:
    weight = style.get("font-weight")
    if weight:
        look = replace(look, bold=bool(_BOLD_WEIGHT.fullmatch(weight)))
    align = style.get("text-align")
    if align:
        look = replace(look, centered=align == "center")
    visibility = style.get("visibility")
    if visibility:
        look = replace(look, invisible=visibility != "visible")
    tiny, faint = is_without_size(style), is_without_colour(style)
    if tiny is not None or faint is not None:
        look = replace(
            look,
            tiny=look.tiny if tiny is None else tiny,
            faint=look.faint if faint is None else faint,
        )
    space = style.get("white-space")
    if space:
        mode = _NEWLINE_MODES.get(space, "normal")
        look = replace(look, space="pre" if mode == "pre" else _kept(mode))
    raised = style.get("vertical-align")
    if raised in ("super", "sub"):
        look = replace(look, raised="sup" if raised == "super" else "sub")
    return look


def _kept(mode: str) -> Literal["normal", "pre-line"]:
    return "pre-line" if mode == "pre-line" else "normal"
