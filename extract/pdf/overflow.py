"""Which cell each character belongs to, so that what is larger than its cell stays whole."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import compress, islice, pairwise
from operator import ne

from extract.pdf.page import Char
from extract.pdf.vertical import vertical_runs

_IN_FIGURE = frozenset("0123456789.,")
_CLOSE = 0.5
"""Digits of one figure are no further apart than this share of their height."""
_STRUCK = 0.15
"""A rule that runs this share of a digit's width inside of it strikes through it."""

_OVER = 0.5
"""Points by which a digit may touch the side of its table."""
_EVEN = 1.15
"""Digits of one figure follow one another at steps that differ by no more than this."""


def char_owners(
    chars: Sequence[Char], owner: Callable[[float, float], int], xs: Sequence[float]
) -> tuple[list[int], list[str]]:
    """The index of the cell of each character, and the figures that cross an edge.

    A character belongs where its middle stands, but a figure drawn in one go over an edge
    belongs as a whole where the figure's middle stands, and so does a vertical label.
    """
    owners = [owner((x0 + x1) / 2, (top + bottom) / 2) for _, x0, top, x1, bottom in chars]
    crossing: list[str] = []
    for start, stop in figures_cut(chars, owners):
        figure = chars[start:stop]
        if _is_one_figure(figure, xs):
            x = (figure[0].x0 + figure[-1].x1) / 2
            y = (figure[0].top + figure[0].bottom) / 2
            owners[start:stop] = [owner(x, y)] * (stop - start)
            crossing.append("".join(c.text for c in figure))
    for start, stop in vertical_runs(chars):
        if len(set(owners[start:stop])) > 1:
            first, last = chars[start], chars[stop - 1]
            middle = owner((first.x0 + last.x1) / 2, (first.top + last.bottom) / 2)
            owners[start:stop] = [middle] * (stop - start)
    return owners, crossing


def figures_over(chars: Sequence[Char], x0: float, x1: float) -> bool:
    """Whether digits stand over one side of a table, as where a page cuts the table off."""
    return any(
        (c[1] < x0 - _OVER and c[3] > x0) or (c[3] > x1 + _OVER)
        for c in chars
        if c[0] in _IN_FIGURE
    )


def figures_cut(chars: Sequence[Char], parts: Sequence[int]) -> list[tuple[int, int]]:
    """Where the figures begin and end whose characters belong to different parts."""
    found: list[tuple[int, int]] = []
    done = 0
    changes = compress(range(1, len(parts)), map(ne, parts, islice(parts, 1, None)))
    for index in changes:
        if index < done or not _goes_on(chars[index - 1], chars[index]):
            continue
        start, done = index - 1, index + 1
        while start > 0 and _goes_on(chars[start - 1], chars[start]):
            start -= 1
        while done < len(chars) and _goes_on(chars[done - 1], chars[done]):
            done += 1
        found.append((start, done))
    return found


def _goes_on(left: Char, right: Char) -> bool:
    if left.text not in _IN_FIGURE or right.text not in _IN_FIGURE:
        return False
    height = max(left.bottom - left.top, right.bottom - right.top)
    return (
        -0.3 * height <= right.x0 - left.x1 <= _CLOSE * height
        and right.x0 > left.x0
        and abs(left.bottom - right.bottom) <= 0.3 * height
    )


def _is_one_figure(figure: Sequence[Char], xs: Sequence[float]) -> bool:
    """Every edge that the figure crosses strikes through a digit or keeps to its even spacing."""
    steps = [(b.x0 + b.x1 - a.x0 - a.x1) / 2 for a, b in pairwise(figure)]
    for x in xs[bisect_right(xs, figure[0].x0) : bisect_left(xs, figure[-1].x1)]:
        struck = any(
            c.x0 + _STRUCK * (c.x1 - c.x0) < x < c.x1 - _STRUCK * (c.x1 - c.x0) for c in figure
        )
        here = next((i for i, (a, b) in enumerate(pairwise(figure)) if a.x1 <= x <= b.x0), None)
        if struck or here is None:
            continue
        others = steps[:here] + steps[here + 1 :]
        if not others or steps[here] > _EVEN * max(others):
            return False
    return True
