"""What charts are drawn with: texts, marks, fills and numbers, as pieces of SVG."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

COLOURS = ("#1b4f8f", "#b3541e", "#3f7d3b", "#7a3b86", "#8a6d00", "#555b66")
"""Each with a contrast of 4.5 or more on white."""
DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2", "12 4")
WIDTH = 720.0

_MARKS = ("circle", "square", "diamond", "up", "down", "cross")
_WIDE_FROM = "\u2e80"


def fills() -> str:
    """A fill for each layer: plain, and strokes of several directions on its colour."""
    strokes = ("", "M0 6L6 0", "M0 0L6 6", "M0 3H6", "M3 0V6", "M0 6L6 0M0 0L6 6")
    made = []
    for at, (colour, stroke) in enumerate(zip(COLOURS, strokes, strict=True)):
        lines = f'<path d="{stroke}" stroke="#ffffff" stroke-width="1"/>' if stroke else ""
        made.append(
            f'<pattern id="fill{at}" width="6" height="6" patternUnits="userSpaceOnUse">'
            f'<rect width="6" height="6" fill="{colour}"/>{lines}</pattern>'
        )
    return f"<defs>{''.join(made)}</defs>"


def fill(at: int) -> str:
    return f'fill="url(#fill{at % len(COLOURS)})"'


def mark(at: int, x: float, y: float) -> str:
    """A point of a line, a shape of its own for each series."""
    colour = f'fill="{COLOURS[at % len(COLOURS)]}" stroke="#ffffff" stroke-width="1"'
    shapes = {
        "circle": f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" {colour}/>',
        "square": f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" {colour}/>',
        "diamond": _polygon(((x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)), colour),
        "up": _polygon(((x, y - 6), (x + 5.5, y + 4), (x - 5.5, y + 4)), colour),
        "down": _polygon(((x, y + 6), (x + 5.5, y - 4), (x - 5.5, y - 4)), colour),
        "cross": _polygon(((x - 6, y - 2), (x + 6, y - 2), (x + 6, y + 2), (x - 6, y + 2)), colour),
    }
    return shapes[_MARKS[at % len(_MARKS)]]


def _polygon(points: Sequence[tuple[float, float]], attributes: str) -> str:
    listed = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{listed}" {attributes}/>'


def text(
    x: float, y: float, said: str, anchor: str, *, size: int = 12, weight: str = "normal"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor={quoteattr(anchor)} font-size="{size}" '
        f'font-weight="{weight}">{escape(said)}</text>'
    )


def cut(said: str, most: int) -> str:
    """As much of the words as `most` letters' width holds; a Chinese character has that of two."""
    room = most
    for at, letter in enumerate(said):
        room -= 2 if letter >= _WIDE_FROM else 1
        if room < 0:
            return f"{said[:at]}…"
    return said


def wrap(said: str, most: int) -> list[str]:
    """The words in lines of at most so many letters' width, broken at spaces if there are any."""
    lines: list[str] = []
    rest = said
    while rest:
        line = cut(rest, most)
        if line == rest:
            return [*lines, rest]
        kept = line[:-1]
        if " " in kept and kept[-1] < _WIDE_FROM and rest[len(kept)] != " ":
            kept = kept[: kept.rindex(" ")]
        lines.append(kept.strip())
        rest = rest[len(kept) :].strip()
    return lines


def number_text(value: float | None, as_share: bool) -> str:
    if value is None:
        return "–"
    if as_share:
        return f"{value:.1%}"
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:,.1f}"
