"""Rows that a reader tore apart because their labels run over several lines, made whole again.

Without rules between rows, each line of a long label becomes a grid row of its own, and the
figures stand beside one of them or between them. The pieces belong together when joined they are
a row's label, better than any of them alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from normalize.lexicon import match_rows
from normalize.printed import Kind, Line

_WHOLE = 0.95
"""Least score of a label that needs no further pieces."""

_JOINED = 0.9
"""Least score of joined pieces."""

_GOING_ON = ("、", "，", ",")
_MOST_PIECES = 4
"""Lines of a label above or below its figures."""


def join_split_rows(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with those of one torn row joined into one."""
    out: list[Line] = []
    for _, block in groupby(lines, key=lambda line: line.block):
        out.extend(line for line in _join_in_block(list(block)) if not line.fragment)
    return tuple(out)


def _join_in_block(lines: list[Line]) -> Iterator[Line]:
    if not any(_lacks_figures(line) for line in lines):
        yield from lines
        return
    start = 0
    for at, line in enumerate(lines):
        if at < start or not _has_figures(line) or line.listed:
            continue
        first, last = _extent(lines, at, start)
        yield from lines[start:first]
        yield _joined(lines[first : last + 1], line)
        start = last + 1
    yield from lines[start:]


def _extent(lines: Sequence[Line], at: int, start: int) -> tuple[int, int]:
    """The first and last line of the row whose figures stand in line `at`.

    A line with a whole label is a row of its own, blank as it may be, and is joined to nothing.
    """
    best = (at, at)
    best_score = _score(lines[at : at + 1])
    if _is_whole(lines[at]):
        return best
    for first in range(at, max(start, at - _MOST_PIECES) - 1, -1):
        if first < at and not _is_piece(lines[first]):
            break
        for last in range(at, min(len(lines), at + _MOST_PIECES + 1)):
            if last > at and not _is_piece(lines[last]):
                break
            score = _score(lines[first : last + 1])
            if score >= _JOINED and score > best_score:
                best, best_score = (first, last), score
    return best


def _is_piece(line: Line) -> bool:
    """True for a part of a label beside blank cells."""
    return _lacks_figures(line) and not _is_whole(line)


def _is_whole(line: Line) -> bool:
    """True for a row's label in full: with its brackets closed, and not ending in the middle."""
    text = "".join(piece.text for piece in line.labels).strip()
    closed = sum(map(text.count, "（(")) == sum(map(text.count, "）)"))
    return closed and not text.endswith(_GOING_ON) and _score([line]) >= _WHOLE


def _score(lines: Sequence[Line]) -> float:
    """How surely the labels of the lines, read on, are one row's."""
    words = [piece.text for line in lines for piece in line.labels]
    if not words:
        return 0.0
    return max((m.score for m in match_rows(["".join(words)]) if not m.rest), default=0.0)


def _joined(lines: Sequence[Line], figures: Line) -> Line:
    if len(lines) == 1:
        return figures
    labels = tuple(piece for line in lines for piece in line.labels)
    text = "".join(piece.text for piece in labels)
    before = tuple(piece for line in lines for piece in line.before)
    return replace(figures, labels=(replace(labels[0], text=text),), before=before)


def _has_figures(line: Line) -> bool:
    return any(piece.kind is Kind.FIGURE for piece in line.values)


def _lacks_figures(line: Line) -> bool:
    """True for a label beside blank cells only."""
    blank = all(piece.kind is Kind.BLANK for piece in line.values)
    return bool(line.labels) and bool(line.values) and blank and not line.listed
