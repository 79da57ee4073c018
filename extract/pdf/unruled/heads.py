"""The heads above columns of figures that no upright rules part."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.document import BBox
from extract.pdf.piece import PieceCell
from extract.pdf.unruled.tokens import Token, TokenLine

Span = tuple[float, float]
"""Left and right side."""
_OFF = 1.2
"""A head stands over the middle of its column, off by no more than this many sizes of type."""
_LEAST_HEADED, _MANY_HEADS = 2, 4
"""So many columns must have figures before a further one is known by its head alone; one does under
a line of many heads."""


def heads_to_cells(
    heads: Sequence[TokenLine], xs: Sequence[float], zones: int, page: int
) -> tuple[list[PieceCell], int]:
    """The heads as cells, and how many rows they take.

    The lowest row has one head for each column of figures; rows above it have heads over several.
    The heads of the labels' columns, of which there are `zones`, take all rows.
    """
    if not heads:
        return [], 0
    split = xs[zones]
    values = [[t for t in line.tokens if t.middle > split] for line in heads]
    leaf = _first_leaf_line(values, xs, zones)
    upper = [line for line in values[:leaf] if line]
    lowest = [token for line in values[leaf:] for token in line]
    columns = len(xs) - 1 - zones
    under: list[list[Token]] = [[] for _ in range(columns)]
    for token in lowest:
        under[_column(token, xs, zones)].append(token)
    upper = [_without_narrow(line, under, xs, zones) for line in upper]
    upper = [line for line in upper if line]
    rows = len(upper) + 1
    cells = [
        _cell(number, zones + first, 1, last - first, [token], page)
        for number, line in enumerate(upper)
        for token, first, last in _over(line, xs, zones)
    ]
    top, bottom = heads[0].line.top, heads[-1].line.bottom
    for column, tokens in enumerate(under):
        box = (xs[zones + column], top, xs[zones + column + 1], bottom)
        cells.append(_cell(rows - 1, zones + column, 1, 1, tokens, page, box))
    labels = [t for line in heads for t in line.tokens if t.middle <= split]
    return [*cells, *_label_heads(labels, xs, zones, rows, page, top, bottom)], rows


def _first_leaf_line(values: Sequence[Sequence[Token]], xs: Sequence[float], zones: int) -> int:
    """The first line with heads of columns side by side; the last with any when there is none."""
    for number, line in enumerate(values):
        places = [_column(token, xs, zones) for token in line]
        if any(b - a == 1 for a, b in pairwise(places)):
            return number
    return max((number for number, line in enumerate(values) if line), default=0)


def _column(token: Token, xs: Sequence[float], zones: int) -> int:
    return max((i for i in range(len(xs) - 1 - zones) if xs[zones + i] <= token.middle), default=0)


def _without_narrow(
    line: Sequence[Token], under: list[list[Token]], xs: Sequence[float], zones: int
) -> list[Token]:
    """The line without heads of single columns, which are put to their columns."""
    kept = []
    for token in line:
        column = _column(token, xs, zones)
        width = xs[zones + column + 1] - xs[zones + column]
        if under[column] or token.bbox[2] - token.bbox[0] > width or len(line) == 1:
            kept.append(token)
        else:
            under[column].append(token)
    return kept


def _over(line: Sequence[Token], xs: Sequence[float], zones: int) -> list[tuple[Token, int, int]]:
    """Each head with the first column it stands over and the one after the last.

    A head stands over the middle of its columns, so it reaches as far to either side as it can
    without meeting the next one.
    """
    middles = [(a + b) / 2 for a, b in pairwise(xs[zones:])]
    centers = [_place(token.middle, middles) for token in line]
    reach = [min(c + 0.5, len(middles) - 0.5 - c) for c in centers]
    for i, j in pairwise(range(len(line))):
        apart = centers[j] - centers[i]
        if reach[i] + reach[j] > apart:
            if min(reach[i], reach[j]) >= apart / 2:
                reach[i] = reach[j] = apart / 2
            elif reach[i] > reach[j]:
                reach[i] = apart - reach[j]
            else:
                reach[j] = apart - reach[i]
    spans = []
    done = 0
    for token, center, half in zip(line, centers, reach, strict=True):
        first = max(round(center - half + 0.5), done)
        done = min(max(round(center + half + 0.5), first + 1), len(middles))
        spans.append((token, min(first, len(middles) - 1), done))
    return spans


def _place(x: float, middles: Sequence[float]) -> float:
    """Where x lies among the columns: 0 at the middle of the first, 1 at that of the second."""
    for index, (a, b) in enumerate(pairwise(middles)):
        if x <= b:
            return max(index + (x - a) / (b - a), 0.0)
    return float(len(middles) - 1)


def _cell(
    row: int,
    column: int,
    rowspan: int,
    colspan: int,
    tokens: Sequence[Token],
    page: int,
    empty: BBox = (0.0, 0.0, 0.0, 0.0),
) -> PieceCell:
    if not tokens:
        return PieceCell(row, column, rowspan, colspan, "", page, empty)
    text = "\n".join(t.text for t in sorted(tokens, key=lambda t: (t.bbox[1], t.bbox[0])))
    box = (
        min(t.bbox[0] for t in tokens),
        min(t.bbox[1] for t in tokens),
        max(t.bbox[2] for t in tokens),
        max(t.bbox[3] for t in tokens),
    )
    return PieceCell(row, column, rowspan, colspan, text, page, box)


def _label_heads(
    tokens: Sequence[Token],
    xs: Sequence[float],
    zones: int,
    rows: int,
    page: int,
    top: float,
    bottom: float,
) -> list[PieceCell]:
    """One head for each column of labels that has one, over the columns without to its right."""
    at: list[list[Token]] = [[] for _ in range(zones)]
    for token in tokens:
        at[max((i for i in range(zones) if xs[i] <= token.middle), default=0)].append(token)
    headed = [i for i in range(zones) if at[i]] or list(range(min(zones, 1)))
    headed[:1] = [0] if headed else []
    cells = []
    for number, first in enumerate(headed):
        last = headed[number + 1] if number + 1 < len(headed) else zones
        inside = [token for zone in at[first:last] for token in zone]
        cells.append(
            _cell(0, first, rows, last - first, inside, page, (xs[first], top, xs[last], bottom))
        )
    return cells


def have_heads(columns: Sequence[Span], heads: Sequence[TokenLine], size: float) -> bool:
    """Whether each column of figures has a head of its own over its middle."""
    tokens = [token for line in heads for token in line.tokens]
    return bool(tokens) and all(
        any(abs(token.middle - (x0 + x1) / 2) <= _OFF * size for token in tokens)
        for x0, x1 in columns
    )


def with_headed_columns(
    columns: Sequence[Span], heads: Sequence[TokenLine], split: float, size: float
) -> list[Span]:
    """The columns, and between them those that have a head and no figure at all.

    A head counts when it stands clear of its neighbours' columns while all these have heads;
    those that stand higher, over several columns, come last.
    """
    many = max((len(line.tokens) for line in heads), default=0) >= _MANY_HEADS
    if len(columns) < (1 if many else _LEAST_HEADED) or not have_heads(columns, heads, size):
        return list(columns)
    found, taken = list(columns), list(columns)
    for line in reversed(heads):
        for token in line.tokens:
            x0, _, x1, _ = token.bbox
            if token.middle <= split or token.figure:
                continue
            if all(x1 < a or b < x0 for a, b in taken):
                found.append((token.middle - 1, token.middle + 1))
        taken += [(token.bbox[0], token.bbox[2]) for token in line.tokens]
    return sorted(found)
