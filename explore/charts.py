"""Charts as SVG, drawn here: lines over years, stacked bars, ranked bars.

A chart is told apart by pattern and label as well as by colour, carries a title and a description
for those who cannot see it, and uses attributes alone, no style, so that it stands by itself as a
file and within a page that allows no styles. A year without a number is a gap, never a zero.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

COLOURS = ("#1b4f8f", "#b3541e", "#3f7d3b", "#7a3b86", "#8a6d00", "#555b66")
"""Each with a contrast of 4.5 or more on white."""
_DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2", "12 4")
_MARKS = ("circle", "square", "diamond", "up", "down", "cross")
_WIDTH, _HEIGHT = 720.0, 330.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 74.0, 18.0, 34.0, 40.0
_FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
_BAR = 24.0
_LABEL_LETTERS, _LEGEND_LETTERS = 31, 33
_WIDE_FROM = "\u2e80"
_LEGEND_LINE = 20.0


@dataclass(frozen=True, slots=True)
class Series:
    """A line or a layer: a value for each category, None where there is none."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """`kind` is lines, stack or bars (the first series alone); `note` stands below."""

    kind: str
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    note: str = ""
    as_share: bool = False


def chart_to_svg(chart: Chart) -> str:
    """The chart as one SVG element."""
    body, height = {"lines": _lines, "stack": _stack, "bars": _bars}[chart.kind](chart)
    legend = [] if chart.kind == "bars" else _legend(chart, height)
    rows = 0 if chart.kind == "bars" else -(-len(chart.series) // 3)
    note = height + rows * _LEGEND_LINE + 16
    full = note + (10 if chart.note else -6)
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {full:g}" role="img" '
            f'font-family="{_FONT}" font-size="12" fill="#1c2430">',
            f"<title>{escape(chart.title)}</title><desc>{escape(_described(chart))}</desc>",
            _patterns(),
            f'<rect width="{_WIDTH:g}" height="{full:g}" fill="#ffffff"/>',
            _text(_WIDTH / 2, 20, chart.title, "middle", size=14, weight="bold"),
            *body,
            *legend,
            _text(12, note, chart.note, "start", size=11) if chart.note else "",
            "</svg>",
        )
    )


def _described(chart: Chart) -> str:
    """The numbers in words, for readers of screens."""
    said = []
    for series in chart.series:
        pairs = zip(chart.categories, series.values, strict=True)
        said.append(
            f"{series.label}: " + ", ".join(f"{c} {_number(v, chart.as_share)}" for c, v in pairs)
        )
    return "; ".join(said)


def _lines(chart: Chart) -> tuple[list[str], float]:
    top = _nice(max((v for s in chart.series for v in s.values if v is not None), default=1))
    parts = _axis(chart, top)
    for at, series in enumerate(chart.series):
        points = [
            None if v is None else (_x(i, chart), _y(v, top)) for i, v in enumerate(series.values)
        ]
        dash = f' stroke-dasharray="{_DASHES[at % len(_DASHES)]}"' if _DASHES[at % 6] else ""
        colour = COLOURS[at % len(COLOURS)]
        for one, two in itertools.pairwise(points):
            if one and two:
                parts.append(
                    f'<line x1="{one[0]:.1f}" y1="{one[1]:.1f}" x2="{two[0]:.1f}" '
                    f'y2="{two[1]:.1f}" stroke="{colour}" stroke-width="2"{dash}/>'
                )
        for point, value, category in zip(points, series.values, chart.categories, strict=True):
            if point:
                said = f"{category} {series.label}: {_number(value, chart.as_share)}"
                parts.append(f"<g><title>{escape(said)}</title>{_mark(at, *point)}</g>")
    return parts, _HEIGHT


def _stack(chart: Chart) -> tuple[list[str], float]:
    totals = [
        sum(v for s in chart.series if (v := s.values[i]) is not None)
        for i in range(len(chart.categories))
    ]
    top = 1.0 if chart.as_share else _nice(max(totals, default=1))
    parts = _axis(chart, top)
    width = min(46.0, 0.7 * (_WIDTH - _LEFT - _RIGHT) / max(1, len(chart.categories)))
    for i, category in enumerate(chart.categories):
        base = 0.0
        for at, series in enumerate(chart.series):
            value = series.values[i]
            if not value:
                continue
            upper, lower = _y(base + value, top), _y(base, top)
            said = f"{category} {series.label}: {_number(value, chart.as_share)}"
            parts.append(
                f'<rect x="{_x(i, chart) - width / 2:.1f}" y="{upper:.1f}" width="{width:.1f}" '
                f'height="{max(0.0, lower - upper):.1f}" {_fill(at)} stroke="#ffffff" '
                f'stroke-width="0.7"><title>{escape(said)}</title></rect>'
            )
            base += value
    return parts, _HEIGHT


def _bars(chart: Chart) -> tuple[list[str], float]:
    """Lying bars, the labels to their left and the numbers behind them."""
    values = chart.series[0].values if chart.series else ()
    top = max((v for v in values if v is not None), default=0) or 1
    left, right = 190.0, 90.0
    parts = []
    for i, (category, value) in enumerate(zip(chart.categories, values, strict=True)):
        y = _TOP + i * _BAR
        parts.append(_text(left - 8, y + 16, _cut(category, _LABEL_LETTERS), "end"))
        width = 0.0 if value is None else (_WIDTH - left - right) * value / top
        if value:
            parts.append(
                f'<rect x="{left:g}" y="{y + 4:g}" width="{width:.1f}" height="{_BAR - 7:g}" '
                f'fill="{COLOURS[0]}"><title>{escape(category)}</title></rect>'
            )
        parts.append(_text(left + width + 6, y + 16, _number(value, chart.as_share), "start"))
    return parts, _TOP + _BAR * len(chart.categories) + 6


def _axis(chart: Chart, top: float) -> list[str]:
    parts = [_text(8, 38, chart.unit, "start", size=11)]
    for step in range(5):
        value = top * step / 4
        y = _y(value, top)
        parts.append(
            f'<line x1="{_LEFT:g}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT:g}" y2="{y:.1f}" '
            f'stroke="#d5dae2" stroke-width="1"/>'
        )
        parts.append(_text(_LEFT - 6, y + 4, _number(value, chart.as_share), "end", size=11))
    parts += [
        _text(_x(i, chart), _HEIGHT - _BOTTOM + 18, category, "middle")
        for i, category in enumerate(chart.categories)
    ]
    return parts


def _x(at: int, chart: Chart) -> float:
    room = (_WIDTH - _LEFT - _RIGHT) / max(1, len(chart.categories))
    return _LEFT + room * (at + 0.5)


def _y(value: float, top: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP - 16) * value / (top or 1)


def _legend(chart: Chart, height: float) -> list[str]:
    parts = []
    for at, series in enumerate(chart.series):
        x = 16 + (at % 3) * (_WIDTH / 3)
        y = height + (at // 3) * _LEGEND_LINE
        if chart.kind == "stack":
            parts.append(f'<rect x="{x:.1f}" y="{y - 6:g}" width="18" height="12" {_fill(at)}/>')
        else:
            dash = f' stroke-dasharray="{_DASHES[at % 6]}"' if _DASHES[at % 6] else ""
            parts.append(
                f'<line x1="{x - 6:.1f}" y1="{y:g}" x2="{x + 24:.1f}" y2="{y:g}" '
                f'stroke="{COLOURS[at % len(COLOURS)]}" stroke-width="2"{dash}/>'
            )
            parts.append(_mark(at, x + 9, y))
        parts.append(_text(x + 30, y + 4, _cut(series.label, _LEGEND_LETTERS), "start"))
    return parts


def _patterns() -> str:
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


def _fill(at: int) -> str:
    return f'fill="url(#fill{at % len(COLOURS)})"'


def _mark(at: int, x: float, y: float) -> str:
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


def _text(
    x: float, y: float, said: str, anchor: str, *, size: int = 12, weight: str = "normal"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor={quoteattr(anchor)} font-size="{size}" '
        f'font-weight="{weight}">{escape(said)}</text>'
    )


def _cut(said: str, most: int) -> str:
    """As much of the words as `most` letters' width holds; a Chinese character has that of two."""
    room = most
    for at, letter in enumerate(said):
        room -= 2 if letter >= _WIDE_FROM else 1
        if room < 0:
            return f"{said[:at]}…"
    return said


def _number(value: float | None, as_share: bool) -> str:
    if value is None:
        return "–"
    if as_share:
        return f"{value:.1%}"
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:,.1f}"


def _nice(value: float) -> float:
    """The next round number that four steps divide well."""
    if value <= 0:
        return 4
    size = 1.0
    while size * 10 <= value:
        size *= 10
    for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10):
        if size * step >= value:
            return size * step if size * step >= 4 else 4
    return size * 10
