"""Printed lines matched to a form's rows, as a sequence: order and labels together.

One dynamic programme finds missing rows, extra lines, destroyed labels and lines without any
label. A line without a label gets a row only where the rows left open between two sure ones are
exactly as many as such lines; anything else would be a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

_WILD = 0.05
"""Score of a line without a label in any row: enough to be used, never to move a labelled one."""

_SKIPPED_OPTIONAL = 0.0
_SKIPPED_ROW = -0.12
_SKIPPED_LINE = -0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line to be placed: `scores` by row index; `wild` when it may stand in any row."""

    scores: tuple[tuple[int, float], ...]
    wild: bool


@dataclass(frozen=True, slots=True)
class Place:
    """The row a line was given; `by_label` tells labels from position alone."""

    row: int
    by_label: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """`places[i]` is line i's row, None for a line that the form does not know."""

    places: tuple[Place | None, ...]
    score: float


def align(lines: Sequence[Candidate], optional: Sequence[bool]) -> Alignment:
    """The best assignment of lines to rows that keeps their order.

    `optional[j]` tells that row j may be absent.
    """
    if straight := _straight(lines, optional):
        return straight
    score, places = _best_path(lines, optional)
    return Alignment(_drop_guesses(lines, places, optional), score)


def _straight(lines: Sequence[Candidate], optional: Sequence[bool]) -> Alignment | None:
    """The assignment of every line to its one best row, when these stand in order and no row that
    must be there is left over: no path is better.
    """
    rows: list[int] = []
    score = 0.0
    for line in lines:
        ranked = sorted(line.scores, key=lambda pair: -pair[1])
        if not ranked or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
            return None
        if rows and ranked[0][0] <= rows[-1]:
            return None
        rows.append(ranked[0][0])
        score += ranked[0][1]
    taken = frozenset(rows)
    left = [row for row in range(len(optional)) if row not in taken]
    if not lines or not all(optional[row] for row in left):
        return None
    places = tuple(Place(row, by_label=True) for row in rows)
    return Alignment(places, score + _SKIPPED_OPTIONAL * len(left))


def _best_path(
    lines: Sequence[Candidate], optional: Sequence[bool]
) -> tuple[float, list[Place | None]]:
    """Needleman-Wunsch over (lines, rows). Of equal steps a row, then a match goes first."""
    skip = [_SKIPPED_OPTIONAL if flag else _SKIPPED_ROW for flag in optional]
    best = [0.0, *accumulate(skip)]
    steps: list[list[str]] = []
    for line in lines:
        matches = dict(line.scores)
        if line.wild:
            matches = {row: _WILD for row, flag in enumerate(optional) if not flag} | matches
        left = best[0] + _SKIPPED_LINE
        scores, step = [left], ["line"]
        for row, (diagonal, above, skipped) in enumerate(zip(best, best[1:], skip, strict=False)):
            left, way = left + skipped, "row"
            if row in matches and diagonal + matches[row] > left:
                left, way = diagonal + matches[row], "match"
            if above + _SKIPPED_LINE > left:
                left, way = above + _SKIPPED_LINE, "line"
            scores.append(left)
            step.append(way)
        best = scores
        steps.append(step)
    places: list[Place | None] = [None] * len(lines)
    i, j = len(lines), len(optional)
    while i > 0:
        way = steps[i - 1][j]
        if way == "match":
            places[i - 1] = Place(j - 1, by_label=j - 1 in dict(lines[i - 1].scores))
        i -= way != "row"
        j -= way != "line"
    return best[-1], places


def _drop_guesses(
    lines: Sequence[Candidate], places: list[Place | None], optional: Sequence[bool]
) -> tuple[Place | None, ...]:
    """Unlabelled lines lose their row unless they fill the gap between labelled ones exactly."""
    kept = list(places)
    sure = [-1, *(at for at, place in enumerate(places) if place and place.by_label), len(lines)]
    for first, second in pairwise(sure):
        between = [at for at in range(first + 1, second) if lines[at].wild]
        low = -1 if first < 0 else _row(places[first])
        high = len(optional) if second == len(lines) else _row(places[second])
        open_rows = [row for row in range(low + 1, high) if not optional[row]]
        if len(between) == len(open_rows):
            for at, row in zip(between, open_rows, strict=True):
                kept[at] = Place(row, by_label=False)
        else:
            for at in between:
                kept[at] = None
    return tuple(kept)


def _row(place: Place | None) -> int:
    if place is None:
        raise ValueError("a labelled line has a row")
    return place.row
