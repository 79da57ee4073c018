"""Charts as SVG, drawn here: lines over years, stacked bars, ranked bars, maps of squares.

A chart is told apart by pattern and label as well as by colour, carries a title and a description
for those who cannot see it, and uses attributes alone, no style, so that it stands by itself as a
file and within a page that allows no styles. A year without a number is a gap, never a zero.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from xml.sax.saxutils import escape

from explore.chart_parts import (
    COLOURS,
    DASHES,
    WIDTH,
    cut,
    fill,
    fills,
    mark,
    number_text,
    text,
    wrap,
)
from explore.tile_map import Legend, Tile, draw_tiles

_HEIGHT = 330.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 74.0, 18.0, 34.0, 40.0
_FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
_BAR = 24.0
_LABEL_LETTERS, _LEGEND_LETTERS = 31, 33
_LEGEND_LINE, _NOTE_LINE = 20.0, 15.0
_NOTE_LETTERS = 122


@dataclass(frozen=True, slots=True)
class Series:
    """A line or a layer: a value for each category, None where there is none.

    `as_count`: numbers of reports, whatever the chart is of.
    """

    label: str
    values: tuple[float | None, ...]
    as_count: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """`kind` is lines, stack, bars (the first series alone) or tiles; `note` stands below.

    `tiles` and `legend` are what a map of squares is drawn from, its categories and series the
    same as numbers.
    """

    kind: str
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    note: str = ""
    as_share: bool = False
    tiles: tuple[Tile, ...] = ()
    legend: Legend | None = None


def chart_to_svg(chart: Chart, *, linked: bool = False) -> str:
    """The chart as one SVG element; with `linked` the squares of a map lead to their reports."""
    if chart.legend is not None:
        shown = draw_tiles(chart.tiles, chart.legend, as_share=chart.as_share, linked=linked)
        body, height = shown
    else:
        body, height = {"lines": _lines, "stack": _stack, "bars": _bars}[chart.kind](chart)
    has_lines = chart.kind in ("lines", "stack")
    legend = _legend(chart, height) if has_lines else []
    rows = -(-len(chart.series) // 3) if has_lines else 0
    note = height + rows * _LEGEND_LINE + 16
    notes = wrap(chart.note, _NOTE_LETTERS)
    full = note + 10 + _NOTE_LINE * (len(notes) - 1) if notes else note - 6
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {full:g}" '
            f'role="{"group" if linked and chart.tiles else "img"}" '
            f'font-family="{_FONT}" font-size="12" fill="#1c2430">',
            f"<title>{escape(chart.title)}</title><desc>{escape(_described(chart))}</desc>",
            fills(),
            f'<rect width="{WIDTH:g}" height="{full:g}" fill="#ffffff"/>',
            text(WIDTH / 2, 20, chart.title, "middle", size=14, weight="bold"),
            *body,
            *legend,
            *(text(12, note + _NOTE_LINE * i, n, "start", size=11) for i, n in enumerate(notes)),
            "</svg>",
        )
    )


def _described(chart: Chart) -> str:
    """The numbers in words, for readers of screens."""
    said = []
    for series in chart.series:
        pairs = zip(chart.categories, series.values, strict=True)
        said.append(
            f"{series.label}: "
            + ", ".join(f"{c} {number_text(v, chart.as_share)}" for c, v in pairs)
        )
    return "; ".join(said)


def _lines(chart: Chart) -> tuple[list[str], float]:
    values = [v for s in chart.series for v in s.values if v is not None]
    top = _share_top(values) if chart.as_share else _nice(max(values, default=1))
    parts = _axis(chart, top)
    for at, series in enumerate(chart.series):
        points = [
            None if v is None else (_x(i, chart), _y(v, top)) for i, v in enumerate(series.values)
        ]
        dash = f' stroke-dasharray="{DASHES[at % len(DASHES)]}"' if DASHES[at % 6] else ""
        colour = COLOURS[at % len(COLOURS)]
        for one, two in itertools.pairwise(points):
            if one and two:
                parts.append(
                    f'<line x1="{one[0]:.1f}" y1="{one[1]:.1f}" x2="{two[0]:.1f}" '
                    f'y2="{two[1]:.1f}" stroke="{colour}" stroke-width="2"{dash}/>'
                )
        for point, value, category in zip(points, series.values, chart.categories, strict=True):
            if point:
                said = f"{category} {series.label}: {number_text(value, chart.as_share)}"
                parts.append(f"<g><title>{escape(said)}</title>{mark(at, *point)}</g>")
    return parts, _HEIGHT


def _stack(chart: Chart) -> tuple[list[str], float]:
    totals = [
        sum(v for s in chart.series if (v := s.values[i]) is not None)
        for i in range(len(chart.categories))
    ]
    top = 1.0 if chart.as_share else _nice(max(totals, default=1))
    parts = _axis(chart, top)
    width = min(46.0, 0.7 * (WIDTH - _LEFT - _RIGHT) / max(1, len(chart.categories)))
    for i, category in enumerate(chart.categories):
        base = 0.0
        for at, series in enumerate(chart.series):
            value = series.values[i]
            if not value:
                continue
            upper, lower = _y(base + value, top), _y(base, top)
            said = f"{category} {series.label}: {number_text(value, chart.as_share)}"
            parts.append(
                f'<rect x="{_x(i, chart) - width / 2:.1f}" y="{upper:.1f}" width="{width:.1f}" '
                f'height="{max(0.0, lower - upper):.1f}" {fill(at)} stroke="#ffffff" '
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
        parts.append(text(left - 8, y + 16, cut(category, _LABEL_LETTERS), "end"))
        width = 0.0 if value is None else (WIDTH - left - right) * value / top
        if value:
            parts.append(
                f'<rect x="{left:g}" y="{y + 4:g}" width="{width:.1f}" height="{_BAR - 7:g}" '
                f'fill="{COLOURS[0]}"><title>{escape(category)}</title></rect>'
            )
        parts.append(text(left + width + 6, y + 16, number_text(value, chart.as_share), "start"))
    return parts, _TOP + _BAR * len(chart.categories) + 6


def _axis(chart: Chart, top: float) -> list[str]:
    parts = [text(8, 38, chart.unit, "start", size=11)]
    for step in range(5):
        value = top * step / 4
        y = _y(value, top)
        parts.append(
            f'<line x1="{_LEFT:g}" y1="{y:.1f}" x2="{WIDTH - _RIGHT:g}" y2="{y:.1f}" '
            f'stroke="#d5dae2" stroke-width="1"/>'
        )
        parts.append(text(_LEFT - 6, y + 4, number_text(value, chart.as_share), "end", size=11))
    parts += [
        text(_x(i, chart), _HEIGHT - _BOTTOM + 18, category, "middle")
        for i, category in enumerate(chart.categories)
    ]
    return parts


def _x(at: int, chart: Chart) -> float:
    room = (WIDTH - _LEFT - _RIGHT) / max(1, len(chart.categories))
    return _LEFT + room * (at + 0.5)


def _y(value: float, top: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP - 16) * value / (top or 1)


def _legend(chart: Chart, height: float) -> list[str]:
    parts = []
    for at, series in enumerate(chart.series):
        x = 16 + (at % 3) * (WIDTH / 3)
        y = height + (at // 3) * _LEGEND_LINE
        if chart.kind == "stack":
            parts.append(f'<rect x="{x:.1f}" y="{y - 6:g}" width="18" height="12" {fill(at)}/>')
        else:
            dash = f' stroke-dasharray="{DASHES[at % 6]}"' if DASHES[at % 6] else ""
            parts.append(
                f'<line x1="{x - 6:.1f}" y1="{y:g}" x2="{x + 24:.1f}" y2="{y:g}" '
                f'stroke="{COLOURS[at % len(COLOURS)]}" stroke-width="2"{dash}/>'
            )
            parts.append(mark(at, x + 9, y))
        parts.append(text(x + 30, y + 4, cut(series.label, _LEGEND_LETTERS), "start"))
    return parts


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


def _share_top(values: list[float]) -> float:
    """Where an axis of shares ends: a round share above the highest, the whole at most.

    Only what is more than a whole, as growth is, goes beyond.
    """
    highest = max(values, default=1.0)
    rounds = (0.04, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
    return next((top for top in rounds if highest <= top), _nice(highest * 100) / 100)
