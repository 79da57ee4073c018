"""Which cell each character belongs to, so that a figure wider than its cell stays whole."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise

from extract.pdf.page import Char

_IN_FIGURE = frozenset("0123456789.,")
_CLOSE = 0.5
"""Digits of one figure are no further apart than this share of their height."""
_STRUCK = 0.15
"""A rule that runs this share of a digit's width inside of it strikes through it."""

_EVEN = 1.15
"""Digits of one figure follow one another at steps that differ by no more than this."""


def char_owners(
    chars: Sequence[Char], owner: Callable[[float, float], int], xs: Sequence[float]
) -> tuple[list[int], list[str]]:
    """The index of the cell of each character, and the figures that cross an edge.

    A character belongs where its middle stands, but a figure drawn in one go over an edge
    belongs as a whole where the figure's middle stands.
    """
    owners = [owner((c.x0 + c.x1) / 2, (c.top + c.bottom) / 2) for c in chars]
    crossing: list[str] = []
    start = 0
    for stop in range(1, len(chars) + 1):
        if stop < len(chars) and _goes_on(chars[stop - 1], chars[stop]):
            continue
        if stop - start > 1 and len(set(owners[start:stop])) > 1:
            figure = chars[start:stop]
            if _is_one_figure(figure, xs):
                x = (figure[0].x0 + figure[-1].x1) / 2
                y = (figure[0].top + figure[0].bottom) / 2
                owners[start:stop] = [owner(x, y)] * (stop - start)
                crossing.append("".join(c.text for c in figure))
        start = stop
    return owners, crossing


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
