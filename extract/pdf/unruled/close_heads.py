"""Heads so close side by side that they look like one text, parted over the figures below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.pdf.unruled.tokens import Token, TokenLine, chars_to_token
from extract.pdf.unruled.zones import Span

_LEAST_FIGURES = 3
"""A row of so many figures shows where heads are parted."""
_MOST_LINES = 6
"""So many lines above the row may be heads."""
_APART = 2.6
"""They are no further apart than this many sizes of type."""
_CUT = 0.2
"""Heads over columns of their own are no closer than this many sizes of type."""
_OFF = 0.6
"""Each part stands over the middle of its figure, off by no more than this many sizes of type."""


def with_parted_heads(rows: Sequence[TokenLine]) -> list[TokenLine]:
    """The lines, those above the first of several rows of figures parted where its columns are."""
    parted = list(rows)
    for index, row in enumerate(rows):
        if row.figures < _LEAST_FIGURES or (index and rows[index - 1].is_row):
            continue
        columns = [(t.bbox[0], t.bbox[2]) for t in row.tokens if t.figure]
        for above in range(index - 1, max(index - 1 - _MOST_LINES, -1), -1):
            line, below = rows[above], rows[above + 1]
            if line.is_row or below.line.top - line.line.bottom > _APART * row.em:
                break
            tokens = [part for token in line.tokens for part in _cut_token(token, columns, row.em)]
            if len(tokens) > len(line.tokens):
                parted[above] = replace(line, tokens=tuple(tokens))
    return parted


def _cut_token(token: Token, columns: Sequence[Span], size: float) -> list[Token]:
    """The parts that gaps set apart, if each stands over the middle of one column."""
    x0, _, x1, _ = token.bbox
    over = [(a + b) / 2 for a, b in columns if x0 < (a + b) / 2 < x1]
    if len(over) < 2:
        return [token]
    gaps = [
        (b.x0 - a.x1, (a.x1 + b.x0) / 2, i) for i, (a, b) in enumerate(pairwise(token.chars), 1)
    ]
    cuts = [0]
    for left, right in pairwise(over):
        between = [(gap, index) for gap, x, index in gaps if left < x < right]
        gap, index = max(between, default=(0.0, 0))
        if gap < _CUT * size:
            return [token]
        cuts.append(index)
    ends = [*cuts[1:], len(token.chars)]
    parts = [chars_to_token(token.chars[a:b]) for a, b in zip(cuts, ends, strict=True)]
    off = max(abs(part.middle - x) for part, x in zip(parts, over, strict=True))
    return parts if off <= _OFF * size else [token]
