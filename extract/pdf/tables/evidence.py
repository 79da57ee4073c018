"""Whether columns and rows found in white space are a table, and not prose, a list or a chart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.pdf.page import Rule
from extract.pdf.piece import Piece
from extract.pdf.tables.layout import Layout

_BULLET = re.compile(r"[•·▪■□●○◦‣➢✓*–—-]|[(\[]?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)\]]", re.IGNORECASE)
_LEAST_ROWS, _LEAST_ROWS_OF_TWO = 2, 3
_FIGURES = 0.25
"""The least share of figures among the cells right of the labels."""
_FILLED_CELLS = 0.35
_FILLED_ROWS = 0.6
"""The grid of a chart has fewer cells with text, and fewer rows with any, or no words."""
_FIGURE = re.compile(r"-?[\d,]*\.?\d+%?")
_MOST_AXES = 3
_TICKS, _EVEN = 4, 0.7
"""So many figures, of which such a share follows in even steps, are an axis."""
_LONGEST = 60
"""Characters that cells of a table without rules have at most in the median."""


def is_table(layout: Layout, level: Sequence[Rule]) -> bool:
    columns, rows = len(layout.columns), layout.rows
    chunks = [p for row in rows for line in row for p in line.placed]
    full = [row for row in rows if sum(len(line.placed) for line in row) > 1]
    headed = columns > 2 and layout.head_rows > 0
    if len(full) + headed < (_LEAST_ROWS if columns > 2 else _LEAST_ROWS_OF_TWO):
        return False
    firsts = [p.chunk.text for p in chunks if p.first == 0]
    marks = sum(1 for text in firsts if _BULLET.fullmatch(text.strip()))
    if columns == 2 and marks >= 0.5 * max(len(firsts), 1):
        return False
    if columns <= _MOST_AXES and _is_axis(layout):
        return False
    if columns == 2 and _is_contents(layout):
        return False
    others = [p for p in chunks if p.first > 0]
    figures = sum(1 for p in others if p.chunk.value)
    if figures >= _FIGURES * max(len(others), 1) and figures >= 3:
        return True
    ruled = _rules(layout, level)
    longest = sorted(len(p.chunk.text) for p in chunks)[len(chunks) // 2]
    if ruled >= 3 and columns >= 2:
        return longest <= _LONGEST
    return columns >= 3 and len(full) >= 4 and longest <= 25


def _rules(layout: Layout, level: Sequence[Rule]) -> int:
    """Rules along the table."""
    lines = [line.line for row in layout.rows for line in row]
    top = min([line.top for line in lines] + [h.top for h in layout.heads]) - 12
    bottom = max(line.bottom for line in lines) + 12
    x0, x1 = layout.columns[0].x0, layout.columns[-1].x1
    heights = {
        round(rule.top)
        for rule in level
        if top <= rule.top <= bottom and min(rule.x1, x1) - max(rule.x0, x0) >= 0.6 * (x1 - x0)
    }
    return len(heights)


def is_drawing(piece: Piece) -> bool:
    """Whether a grid is that of a chart: mostly empty, with rows of nothing or without words."""
    texts = [(cell.row, cell.text) for cell in piece.cells if cell.text]
    if len(texts) >= _FILLED_CELLS * len(piece.cells):
        return False
    if piece.rows >= 6 and len({row for row, _ in texts}) < _FILLED_ROWS * piece.rows:
        return True
    return not any(c.isalpha() for _, text in texts for c in text)


def _is_contents(layout: Layout) -> bool:
    """Whether dots lead to the numbers of pages, which go up."""
    lines = [line for row in layout.rows for line in row if line.line.leaders]
    numbers = [int(c.text) for line in lines if (c := line.line.chunks[-1]).text.isdigit()]
    rising = all(a <= b for a, b in pairwise(numbers))
    return rising and len(numbers) >= max(_LEAST_ROWS, 0.6 * len(layout.rows))


def _is_axis(layout: Layout) -> bool:
    """Whether all figures go up or down in even steps, as along the axis of a chart."""
    columns: list[list[float]] = [[] for _ in layout.columns]
    for row in layout.rows:
        for line in row:
            for p in line.placed:
                figure = _FIGURE.fullmatch(p.chunk.text.strip())
                if figure is not None:
                    columns[p.first].append(float(figure[0].replace(",", "").rstrip("%")))
    long = [column for column in columns if len(column) >= _TICKS]
    return len(long) > 0 and all(_is_even(column) for column in long)


def _is_even(figures: Sequence[float]) -> bool:
    steps = [b - a for a, b in pairwise(figures)]
    usual = sorted(steps)[len(steps) // 2]
    even = sum(1 for step in steps if abs(step - usual) <= 0.02 * abs(usual))
    return usual != 0 and even >= _EVEN * len(steps)
