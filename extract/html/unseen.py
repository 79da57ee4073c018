"""What a style attribute makes unseen: text without size, without colour, or out of the page.

Pages hide digits among those of a figure in this way, so that copied figures are wrong. Only what
the attribute itself says counts; a style sheet may say more, which is not looked into.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

SMALLEST_SEEN = 2.0
"""Pixels or points; smaller text cannot be read on any screen."""

FAR_OUTSIDE = -500.0
"""Pixels from the page's edge; what stands so far off is there for programs, not for readers."""

INLINE = frozenset(("span", "font", "i", "b", "em", "strong", "u", "a", "small", "label", "bdo"))
"""Elements within a line. Whole blocks are put out of sight only until a script shows them."""

_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))\s*(px|pt|r?em|ex|%|)")
_ABSOLUTE = ("", "px", "pt")
_BLACK_AND_WHITE = {"white": "#fff", "#ffffff": "#fff", "black": "#000", "#000000": "#000"}
_NO_COLOUR = re.compile(r"transparent|rgba\([^)]*,\s*0?\.?0+%?\s*\)|hsla\([^)]*,\s*0?\.?0+%?\s*\)")
_NOTHING_OF_IT = re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]+){3}[01](?:px)?\s*\)")


def is_out_of_sight(name: str, style: Mapping[str, str]) -> bool:
    """Whether nothing within an element of a line can be seen, whatever it says of itself."""
    if name not in INLINE:
        return False
    if _number(style.get("opacity")) == 0 or _NOTHING_OF_IT.fullmatch(style.get("clip", "")):
        return True
    if style.get("overflow") in ("hidden", "clip") and not _flows(style):
        sizes = (style.get(name) for name in ("width", "height", "max-width", "max-height"))
        if any(_number(size) == 0 for size in sizes):
            return True
    if style.get("position") in ("absolute", "fixed"):
        places = (_number(style.get(name)) for name in ("left", "top", "right"))
        return any(place is not None and place <= FAR_OUTSIDE for place in places)
    return False


def is_without_size(style: Mapping[str, str]) -> bool | None:
    """Whether text has too small a size to be seen; None when nothing is said of an own size.

    A relative size says nothing: of no size it makes none, and of any other some.
    """
    size = style.get("font-size")
    if size is None and "font" in style:
        sizes = [part for part in style["font"].split() if _LENGTH.match(part)]
        size = sizes[-1] if sizes else None
    found = _LENGTH.match(size or "")
    if not found:
        return None if size in (None, "inherit", "smaller", "larger") else False
    value, unit = float(found[1]), found[2]
    if value == 0:
        return True
    if unit in _ABSOLUTE:
        return value < SMALLEST_SEEN
    return False if unit == "rem" else None


def is_without_colour(style: Mapping[str, str]) -> bool | None:
    """Whether text is transparent, or of the colour that the same attribute puts behind it."""
    colour = style.get("color")
    if colour is None or colour in ("inherit", "currentcolor"):
        return None
    behind = style.get("background-color") or style.get("background")
    return bool(_NO_COLOUR.fullmatch(colour)) or _plain(colour) == _plain(behind or "none")


def _flows(style: Mapping[str, str]) -> bool:
    """Whether the element is text in a line, which has no width or height of its own."""
    return style.get("display", "inline") == "inline" and not (
        style.get("float", "none") != "none" or style.get("position") in ("absolute", "fixed")
    )


def _plain(colour: str) -> str:
    return _BLACK_AND_WHITE.get(colour, colour)


def _number(size: str | None) -> float | None:
    found = _LENGTH.fullmatch(size or "")
    return float(found[1]) if found else None
