"""Printed lines matched to a form's rows, as a sequence: order and labels together.

One dynamic programme finds missing rows, extra lines, destroyed labels and lines without any
label. A line without a label gets a row only where the rows left open between two sure ones are
exactly as many as such lines; anything else would be a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

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
    score, places = _best_path(lines, optional)
    return Alignment(_drop_guesses(lines, places, optional), score)


def _best_path(
    lines: Sequence[Candidate], optional: Sequence[bool]
) -> tuple[float, list[Place | None]]:
    """Needleman-Wunsch over (lines, rows)."""
    skip = [_SKIPPED_OPTIONAL if flag else _SKIPPED_ROW for flag in optional]
    width = len(optional) + 1
    best = [[0.0] * width for _ in range(len(lines) + 1)]
    step = [["row"] * width for _ in range(len(lines) + 1)]
    for j in range(1, width):
        best[0][j] = best[0][j - 1] + skip[j - 1]
    for i, line in enumerate(lines, start=1):
        scores = dict(line.scores)
        best[i][0], step[i][0] = best[i - 1][0] + _SKIPPED_LINE, "line"
        for j in range(1, width):
            options = [
                (best[i][j - 1] + skip[j - 1], "row"),
                (best[i - 1][j] + _SKIPPED_LINE, "line"),
            ]
            match = scores.get(j - 1, _WILD if line.wild and not optional[j - 1] else None)
            if match is not None:
                options.append((best[i - 1][j - 1] + match, "match"))
            best[i][j], step[i][j] = max(options)
    places: list[Place | None] = [None] * len(lines)
    i, j = len(lines), width - 1
    while i > 0 or j > 0:
        if i > 0 and step[i][j] == "match":
            places[i - 1] = Place(j - 1, by_label=j - 1 in dict(lines[i - 1].scores))
            i, j = i - 1, j - 1
        elif i > 0 and step[i][j] == "line":
            i -= 1
        else:
            j -= 1
    return best[len(lines)][width - 1], places


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
