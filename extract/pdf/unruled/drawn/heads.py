"""The heads of a block -> which of them stands over each column of figures.

The heads of single columns come in the order of the columns, whatever side of its column each is
set to. Where there are more of them than columns with a figure, sides and middles tell which
columns are blank.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

from extract.document import BBox
from extract.pdf.lines import Line
from extract.pdf.unruled.drawn.cells import DrawnCell
from extract.pdf.unruled.drawn.words import HEAD, LABEL_HEAD, OVER_SEVERAL
from extract.pdf.unruled.tokens import Token, TokenLine
from extract.pdf.unruled.zones import Span

_STACKED = 0.9
"""Lines of one head drawn apart are no further from each other than this many sizes of type."""
_IN_MIDDLE = 0.7
_UNDER = 0.3
_OFF = 0.6
"""A head stands at the side or the middle of its column within so many sizes of type."""
_EVEN = 0.25
"""Distances that are the same differ by no more than this many sizes of type."""

_SIDES: tuple[Callable[[Span], float], ...] = (
    lambda span: span[0],
    lambda span: (span[0] + span[1]) / 2,
    lambda span: span[1],
)


def stacked_heads(heads: Sequence[DrawnCell]) -> list[Token]:
    """The heads, lines put together that stand in the middle under one another and alone."""
    tokens = sorted((head.token for head in heads), key=lambda token: token.bbox[1])
    em = min((head.em for head in heads), default=0.0)
    done: list[Token] = []
    for token in tokens:
        above = [one for one in done if _overlap(one.bbox, token.bbox)]
        last = max(above, key=lambda one: one.bbox[3], default=None)
        alone = last is not None and not any(
            other is not token
            and _overlap(other.bbox, last.bbox)
            and other.bbox[1] >= token.bbox[1]
            for other in tokens
            if other.bbox[1] > last.bbox[3] - _UNDER * em
        )
        if (
            last is not None
            and alone
            and not OVER_SEVERAL.fullmatch(last.text)
            and token.bbox[1] - last.bbox[3] <= _STACKED * em
            and (
                abs(token.middle - last.middle) <= _IN_MIDDLE * em
                or abs(token.bbox[0] - last.bbox[0]) <= _UNDER * em
            )
        ):
            done[done.index(last)] = _joined(last, token)
        else:
            done.append(token)
    return done


def _joined(upper: Token, lower: Token) -> Token:
    a, b = upper.bbox, lower.bbox
    box = (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
    return Token(f"{upper.text}\n{lower.text}", upper.chars + lower.chars, box, False)


def _overlap(a: BBox, b: BBox) -> bool:
    return a[0] < b[2] - 0.5 and b[0] < a[2] - 0.5


def leaves_of(heads: Sequence[Token], em: float) -> list[Token]:
    """The heads with none below them, from left to right."""
    leaves = [
        head
        for head in heads
        if not any(
            other is not head
            and _overlap(head.bbox, other.bbox)
            and other.bbox[1] > head.bbox[3] - _UNDER * em
            for other in heads
        )
    ]
    return sorted(leaves, key=lambda token: token.bbox[0])


def columns_under(
    leaves: Sequence[Token], columns: Sequence[Span], labels_end: float, labels: bool, em: float
) -> tuple[list[Span], list[Token]] | None:
    """The columns, blank ones included, with their heads; None where nothing tells which is which.

    A column reaches as far as its head and figures together. Labels, if there are any, end at
    `labels_end`; they may have a head of their own.
    """
    over = [leaf for leaf in leaves if leaf.bbox[0] >= labels_end - 1]
    labelled = labels and bool(over) and len(over) == len(leaves)
    for first in (0, 1) if labelled else (0,):
        found = over[first:]
        if len(found) == len(columns):
            return _united(columns, found)
    if labels and over and len(over) == len(leaves) and len(over) < len(columns):
        return _under_columns(over, columns, em)
    if labelled:
        first_head = "".join(over[0].text.split())
        known = HEAD.fullmatch(first_head) is not None
        labelled = not known and (bool(columns) or LABEL_HEAD.search(first_head) is not None)
    found = over[1:] if labelled else over
    if len(found) < len(columns) or not found:
        return None
    if not columns:
        return _united([_span(leaf) for leaf in found], found)
    placed = _by_overlap(found, columns) or _by_sides(found, columns, em)
    return placed or _by_distance(found, columns, em)


def _span(token: Token) -> Span:
    return token.bbox[0], token.bbox[2]


def _united(
    columns: Sequence[Span], heads: Sequence[Token]
) -> tuple[list[Span], list[Token]] | None:
    united = [
        (min(a, head.bbox[0]), max(b, head.bbox[2]))
        for (a, b), head in zip(columns, heads, strict=True)
    ]
    if any(right[0] < left[1] for left, right in pairwise(united)):
        return None
    return united, list(heads)


def _by_overlap(
    heads: Sequence[Token], columns: Sequence[Span]
) -> tuple[list[Span], list[Token]] | None:
    """Each column under the one head it overlaps, to whatever side either is set.

    Cells do not overlap, so what stands below a head without reaching past it is in its column.
    """
    at: list[int] = []
    for x0, x1 in columns:
        over = [i for i, head in enumerate(heads) if head.bbox[0] < x1 and x0 < head.bbox[2]]
        if len(over) != 1:
            return None
        at.append(over[0])
    if not all(a < b for a, b in pairwise(at)):
        return None
    spans = dict(zip(at, columns, strict=True))
    return _united([spans.get(i, _span(head)) for i, head in enumerate(heads)], heads)


def _by_sides(
    heads: Sequence[Token], columns: Sequence[Span], em: float
) -> tuple[list[Span], list[Token]] | None:
    """Each column under the head whose side or middle it shares; the others are blank."""
    best: tuple[float, list[int]] | None = None
    for side in _SIDES:
        at = [
            min(range(len(heads)), key=lambda i: abs(side(_span(heads[i])) - side(column)))
            for column in columns
        ]
        off = max(
            abs(side(_span(heads[i])) - side(column)) for i, column in zip(at, columns, strict=True)
        )
        if all(a < b for a, b in pairwise(at)) and (best is None or off < best[0]):
            best = off, at
    if best is None or best[0] > _OFF * em:
        return None
    spans = dict(zip(best[1], columns, strict=True))
    return _united([spans.get(i, _span(head)) for i, head in enumerate(heads)], heads)


def _by_distance(
    heads: Sequence[Token], columns: Sequence[Span], em: float
) -> tuple[list[Span], list[Token]] | None:
    """Each column under a head, all as far from side to side, if there is but one way to do so.

    So stand heads set to the middle over figures set to a side, in columns as wide as each other.
    """
    if len(columns) < 2:
        return None
    ways: set[tuple[int, ...]] = set()
    for at in combinations(range(len(heads)), len(columns)):
        if not all(_has_room(heads, i, column) for i, column in zip(at, columns, strict=True)):
            continue
        for of_head in _SIDES:
            for of_column in _SIDES:
                off = [
                    of_column(column) - of_head(_span(heads[i]))
                    for i, column in zip(at, columns, strict=True)
                ]
                if max(off) - min(off) <= _EVEN * em:
                    ways.add(at)
    if len(ways) != 1:
        return None
    spans = dict(zip(ways.pop(), columns, strict=True))
    return _united([spans.get(i, _span(head)) for i, head in enumerate(heads)], heads)


def _has_room(heads: Sequence[Token], i: int, column: Span) -> bool:
    """Whether a column stands between the heads before and after the one over it."""
    after = heads[i + 1].bbox[0] if i + 1 < len(heads) else column[1]
    before = heads[i - 1].bbox[2] if i else column[0]
    return before <= column[0] and column[1] <= after


def _under_columns(
    heads: Sequence[Token], columns: Sequence[Span], em: float
) -> tuple[list[Span], list[Token]] | None:
    """Columns of which only some have a head, as where a page break cuts heads in two."""
    best: tuple[float, list[int]] | None = None
    for side in _SIDES:
        at = [
            min(range(len(columns)), key=lambda i: abs(side(columns[i]) - side(_span(head))))
            for head in heads
        ]
        off = max(
            abs(side(columns[i]) - side(_span(head))) for i, head in zip(at, heads, strict=True)
        )
        if all(a < b for a, b in pairwise(at)) and (best is None or off < best[0]):
            best = off, at
    if best is None or best[0] > _OFF * em:
        return None
    over = dict(zip(best[1], heads, strict=True))
    united = [
        (min(a, over[i].bbox[0]), max(b, over[i].bbox[2])) if i in over else (a, b)
        for i, (a, b) in enumerate(columns)
    ]
    apart = all(left[1] <= right[0] for left, right in pairwise(united))
    return (united, list(heads)) if apart else None


def tokens_to_line(tokens: Sequence[Token], em: float) -> TokenLine:
    """Tokens of one row of heads as a line."""
    ordered = sorted(tokens, key=lambda token: token.bbox[0])
    chars = tuple(char for token in ordered for char in token.chars)
    line = Line(
        " ".join(token.text for token in ordered),
        chars,
        min(token.bbox[0] for token in ordered),
        min(token.bbox[1] for token in ordered),
        max(token.bbox[2] for token in ordered),
        max(token.bbox[3] for token in ordered),
        em,
    )
    return TokenLine(line, tuple(ordered), em)
