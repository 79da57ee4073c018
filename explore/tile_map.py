"""A map of provinces as squares of the same size, each at its rough place: no outline is drawn.

The number stands in every square; its shade only says at a glance what the number says exactly.
Squares with too few reports, and those with none, are hatched and say so.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from xml.sax.saxutils import escape, quoteattr

from explore.chart_parts import WIDTH, cut, number_text, text

SHADES = ("#e8f0f8", "#bfd5ea", "#8fb5d9", "#3b73a8", "#1b4f8f")
"""From the lowest fifth of the numbers to the highest."""

_INKS = ("#1c2430", "#1c2430", "#1c2430", "#ffffff", "#ffffff")
"""Each with a contrast of 4.5 or more on its shade."""

_TOP, _WIDE, _HIGH, _GAP = 36.0, 94.0, 58.0, 4.0
_LEGEND_LINE = 22.0
_LETTERS = 14
_HATCHES = (
    '<defs><pattern id="few" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect width="7" height="7" fill="#ffffff"/>'
    '<path d="M0 7L7 0" stroke="#b9c1cc" stroke-width="1"/></pattern>'
    '<pattern id="nothing" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect width="7" height="7" fill="#ffffff"/>'
    '<path d="M0 0L7 7M0 7L7 0" stroke="#c3cad4" stroke-width="1"/></pattern></defs>'
)


@dataclass(frozen=True, slots=True)
class Square:
    """Where a province stands, and what it is called by language."""

    code: str
    names: tuple[str, str]
    column: int
    row: int

    def name(self, language: str) -> str:
        return self.names[0 if language == "zh" else 1]


@dataclass(frozen=True, slots=True)
class Tile:
    """A square with its number, None for none, of so many reports; `few` are too few to be shown.

    `address` is where the square leads to on a page.
    """

    square: Square
    name: str
    value: float | None
    reports: int
    few: bool
    address: str


@dataclass(frozen=True, slots=True)
class Legend:
    """What the two kinds of hatching mean, in the language of the map."""

    few: str
    nothing: str


@cache
def all_squares() -> tuple[Square, ...]:
    """Every province once, from the north to the south."""
    text_of_file = (resources.files("explore") / "tiles.toml").read_text(encoding="utf-8")
    return tuple(
        Square(code, (chinese, english), column, row)
        for code, chinese, english, column, row in tomllib.loads(text_of_file)["tile"]
    )


def draw_tiles(
    tiles: Sequence[Tile], legend: Legend, *, as_share: bool, linked: bool
) -> tuple[list[str], float]:
    """The squares and what their shades mean, as SVG, and how high they are."""
    values = sorted(tile.value for tile in tiles if tile.value is not None and not tile.few)
    bounds = _values_to_bounds(values)
    parts = [_HATCHES]
    for tile in tiles:
        drawn = _draw(tile, bounds, legend, as_share)
        said = quoteattr(_said(tile, legend, as_share))
        if linked:
            address = quoteattr(tile.address)
            parts.append(f"<a href={address} aria-label={said}>{drawn}</a>")
        else:
            parts.append(f"<g>{drawn}</g>")
    rows = 1 + max((tile.square.row for tile in tiles), default=0)
    below = _TOP + rows * (_HIGH + _GAP) + 14
    parts += _legend(values, bounds, legend, below, as_share)
    return parts, below + _LEGEND_LINE


def _draw(tile: Tile, bounds: Sequence[float], legend: Legend, as_share: bool) -> str:
    columns = 1 + max(square.column for square in all_squares())
    left = (WIDTH - columns * (_WIDE + _GAP)) / 2
    x = left + tile.square.column * (_WIDE + _GAP)
    y = _TOP + tile.square.row * (_HIGH + _GAP)
    shade, ink, value = _shown(tile, bounds, as_share)
    centre = x + _WIDE / 2
    name, number = cut(tile.name, _LETTERS), f"({tile.reports:,})" if tile.reports else ""
    return (
        f"<title>{escape(_said(tile, legend, as_share))}</title>"
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{_WIDE:g}" height="{_HIGH:g}" rx="3" '
        f'fill="{shade}" stroke="#7b8796" stroke-width="1"/>'
        f'<g fill="{ink}">{text(centre, y + 17, name, "middle")}'
        f"{text(centre, y + 36, value, 'middle', size=15, weight='bold')}"
        f"{text(centre, y + 51, number, 'middle', size=10)}</g>"
    )


def _shown(tile: Tile, bounds: Sequence[float], as_share: bool) -> tuple[str, str, str]:
    """Fill, ink and the words of a square."""
    if tile.value is None:
        return "url(#nothing)", _INKS[0], "–"
    if tile.few:
        return "url(#few)", _INKS[0], "…"
    at = bisect_left(bounds, tile.value)
    return SHADES[at], _INKS[at], number_text(tile.value, as_share)


def _said(tile: Tile, legend: Legend, as_share: bool) -> str:
    if tile.value is None:
        return f"{tile.name}: {legend.nothing}"
    if tile.few:
        return f"{tile.name}: {legend.few} ({tile.reports:,})"
    return f"{tile.name}: {number_text(tile.value, as_share)} ({tile.reports:,})"


def _values_to_bounds(values: Sequence[float]) -> tuple[float, ...]:
    """The highest number of each shade but the last, so that each has about as many squares."""
    if not values:
        return ()
    shades = len(SHADES)
    return tuple(values[max(0, len(values) * n // shades - 1)] for n in range(1, shades))


def _legend(
    values: Sequence[float], bounds: Sequence[float], legend: Legend, top: float, as_share: bool
) -> list[str]:
    """A sample of each shade with the least and the most that it stands for, and the hatchings."""
    parts, x = [], 12.0
    by_shade = [[v for v in values if bisect_left(bounds, v) == at] for at in range(len(SHADES))]
    entries = [
        (shade, " – ".join(dict.fromkeys(number_text(v, as_share) for v in (own[0], own[-1]))))
        for shade, own in zip(SHADES, by_shade, strict=True)
        if own
    ]
    entries += [("url(#few)", legend.few), ("url(#nothing)", legend.nothing)]
    for shade, said in entries:
        parts.append(
            f'<rect x="{x:.1f}" y="{top - 10:g}" width="20" height="13" fill="{shade}" '
            f'stroke="#7b8796" stroke-width="1"/>'
        )
        parts.append(text(x + 25, top + 1, said, "start", size=11))
        x += 42 + sum(11.5 if letter >= "\u2e80" else 6.3 for letter in said)
    return parts
