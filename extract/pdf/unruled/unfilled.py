"""A table whose only row is all but empty: heads between level rules, and a band below them.

Columns are those of the heads. Without a rule under the band nothing tells that a row is there
but the white space, which `open_heads` looks at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from extract.pdf.lines import Line
from extract.pdf.page import Rule
from extract.pdf.piece import Piece, PieceCell
from extract.pdf.unruled.heads import heads_to_cells
from extract.pdf.unruled.tokens import Token, TokenLine, line_to_token_line
from extract.pdf.unruled.zones import Span

_LEAST_COLUMNS = 5
"""Fewer heads over an empty band may be a line of a text."""
_SAME_END = 3.0
"""Points by which the ends of a table's rules differ."""
_LOWEST, _HIGHEST = 1.2, 5.0
"""An empty row is so many sizes of type high."""
_NARROWEST = 100.0
"""Rules along so many columns are no shorter than this (points)."""
_MOST_ENDS = 50
"""Rules with more different ends are a drawing."""
_HEAD = 8.0
"""The heads between two rules are no higher than so many sizes of type."""


def lines_to_unfilled(
    lines: Sequence[Line], rules: Iterable[Rule], page: int
) -> tuple[list[Piece], list[Line]]:
    """The tables with one row of few figures or none, and the lines that are in none."""
    tops = _long_rules(rules) if lines else {}
    pieces: list[Piece] = []
    left = list(lines)
    for (x0, x1), ys in tops.items():
        for above, first, last in zip(ys, ys[1:], ys[2:], strict=False):
            heads = _lines_between(left, x0, x1, above, first)
            if not heads:
                continue
            rows = [line_to_token_line(line) for line in heads]
            xs = _head_lines(rows, x0, x1, (above, first, last))
            if xs is None:
                continue
            inside = _lines_between(left, x0, x1, first, last)
            figures = lines_to_figures([line_to_token_line(line) for line in inside], xs)
            if figures is not None:
                pieces.append(heads_to_piece(rows, xs, (above, first, last), page, figures))
                left = [line for line in left if line not in heads and line not in inside]
    return pieces, left


def _long_rules(rules: Iterable[Rule]) -> dict[Span, list[float]]:
    """The heights of level rules by their common ends, from the top down, each once."""
    found: dict[Span, list[float]] = {}
    long = [rule for rule in rules if rule.x1 - rule.x0 >= _NARROWEST and rule.horizontal]
    for rule in sorted(long, key=lambda rule: rule.top):
        if len(found) > _MOST_ENDS:
            return {}
        ends = next(
            (e for e in found if max(abs(e[0] - rule.x0), abs(e[1] - rule.x1)) <= _SAME_END),
            (rule.x0, rule.x1),
        )
        ys = found.setdefault(ends, [])
        if not ys or rule.top - ys[-1] > _SAME_END:
            ys.append(rule.top)
    return found


def _lines_between(
    lines: Sequence[Line], x0: float, x1: float, top: float, bottom: float
) -> list[Line]:
    return [
        line
        for line in lines
        if 2 * top < line.top + line.bottom < 2 * bottom and line.x0 < x1 and line.x1 > x0
    ]


def _head_lines(
    rows: Sequence[TokenLine], x0: float, x1: float, ys: tuple[float, float, float]
) -> tuple[float, ...] | None:
    """The lines between the columns that the heads show; None when these are no such heads."""
    if not rows or any(row.figures for row in rows):
        return None
    size = max(row.em for row in rows)
    above, first, last = ys
    if not _LOWEST * size <= last - first <= _HIGHEST * size or first - above > _HEAD * size:
        return None
    leaves, _ = heads_to_leaves(rows)
    if len(leaves) < _LEAST_COLUMNS or leaves[0][0] < x0 or leaves[-1][1] > x1:
        return None
    middles = [(a + b) / 2 for a, b in leaves]
    steps = [b - a for a, b in pairwise(middles)]
    ends = middles[0] - x0, x1 - middles[-1]
    if max(ends) > max(steps):
        return None
    if any(not x0 < token.middle < x1 for row in rows for token in row.tokens):
        return None
    return (x0, *((a + b) / 2 for a, b in pairwise(middles)), x1)


def heads_to_leaves(rows: Sequence[TokenLine]) -> tuple[list[Span], bool]:
    """The extents of the heads of single columns, and whether others stand over several.

    So do heads that are less than half as many as those below them.
    """
    leaves: list[Span] = []
    ranked = False
    for row in reversed(rows):
        spans = [(token.bbox[0], token.bbox[2]) for token in row.tokens]
        under = [[a for a in leaves if a[0] < b[1] and b[0] < a[1]] for b in spans]
        if any(len(over) > 1 for over in under):
            return sorted(leaves), True
        ranked = ranked or (all(under) and 2 * len(spans) < len(leaves))
        leaves += [span for span, over in zip(spans, under, strict=True) if not over]
    return sorted(leaves), ranked


def lines_to_figures(lines: Sequence[TokenLine], xs: Sequence[float]) -> dict[int, Token] | None:
    """The few figures of a row by column; None when words, or two in one column, are among them."""
    found: dict[int, Token] = {}
    for token in (token for line in lines for token in line.tokens):
        column = next((i for i, (a, b) in enumerate(pairwise(xs)) if a <= token.middle < b), None)
        if not token.figure or column is None or column in found:
            return None
        if token.bbox[0] < xs[column] or token.bbox[2] > xs[column + 1]:
            return None
        found[column] = token
    return found


def heads_to_piece(
    rows: Sequence[TokenLine],
    xs: tuple[float, ...],
    ys: tuple[float, float, float],
    page: int,
    figures: Mapping[int, Token],
) -> Piece:
    """The heads over a row with the figures in their columns, the other cells of it empty."""
    cells, count = heads_to_cells(rows, xs, 0, page)
    above, first, last = ys
    for column, (left, right) in enumerate(pairwise(xs)):
        token = figures.get(column)
        text, box = (token.text, token.bbox) if token else ("", (left, first, right, last))
        cells.append(PieceCell(count, column, 1, 1, text, page, box))
    box = (xs[0], above, xs[-1], last)
    return Piece(page, box, xs, count + 1, tuple(cells), page, box, unruled=True)
