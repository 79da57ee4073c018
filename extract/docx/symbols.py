"""Characters of symbol fonts, which Word keeps by their place in the font (w:sym)."""

from __future__ import annotations

UNKNOWN = "\ufffd"
"""Stands for a symbol that is not known, so that a figure with one is seen to be damaged."""

_PRIVATE = range(0xF000, 0xF100)
_ASCII_IN_SYMBOL = "0123456789+.,/()%=<>: "
_WINGDINGS = {
    **{0x81 + at: chr(0x2460 + at) for at in range(10)},
    **{0x8C + at: chr(0x2776 + at) for at in range(10)},
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x75: "◆",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "◻",
    0xD8: "➢",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}


def symbol_to_text(font: str | None, code: str | None) -> str:
    """The character in a font at a place given in hexadecimal digits; UNKNOWN when not known."""
    try:
        place = int(code or "", 16)
    except ValueError:
        return UNKNOWN
    name = (font or "").strip().lower()
    if place not in _PRIVATE and 0x20 <= place < 0xE000 and not name.startswith("wingdings"):
        return chr(place)
    at = place & 0xFF
    if name == "symbol":
        return "−" if at == 0x2D else chr(at) if chr(at) in _ASCII_IN_SYMBOL else UNKNOWN
    if name == "wingdings":
        return _WINGDINGS.get(at, UNKNOWN)
    return UNKNOWN
