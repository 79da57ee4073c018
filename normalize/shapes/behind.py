"""Lists of cells in which every label stands behind its figures, not in front of them.

So it is where numbers follow right behind heads, with no row's label between, and a row's label
follows them; and where no label stands in front of figures that none follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from normalize.cells import read_cell
from normalize.labels import fold
from normalize.lexicon import exact_rows, is_group, is_row, stands_in_frame
from normalize.printed import Kind, Line, Printed

_FEWEST_LINES = 3
_FEWEST_HEADS = 2
"""Lines, or heads right before numbers, that tell such a table."""

_Words = Sequence[Printed]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines `start` to `stop` under `heads` heads, each with a row's label behind its figures."""

    start: int
    stop: int
    heads: int


def bring_labels_to_front(
    lines: list[Line], words: list[Printed]
) -> tuple[list[Line], list[Printed]]:
    """The lines with the labels that stand behind their figures in front; the words still left.

    `words` are those behind the last line.
    """
    behind: list[_Words] = [*(line.labels for line in lines[1:]), words] if lines else []
    out, left = list(lines), list(words)
    for stretch in _stretches(lines, behind):
        taken = 0
        for at in range(stretch.start, stretch.stop):
            own = _leading_rows(behind[at])
            out[at] = replace(
                lines[at], labels=tuple(behind[at][:own]), before=lines[at].labels[taken:]
            )
            taken = own
        if stretch.stop < len(lines):
            out[stretch.stop] = replace(
                lines[stretch.stop], labels=lines[stretch.stop].labels[taken:]
            )
        else:
            left = left[taken:]
    return out, left


def _stretches(lines: Sequence[Line], behind: Sequence[_Words]) -> Iterator[_Stretch]:
    """Those of groups of neighbours that together have lines or heads enough."""
    group: list[_Stretch] = []
    start = 0
    while start <= len(lines):
        found = None
        if start < len(lines):
            found = _stretch_at(lines, behind, start, goes_on=bool(group))
        if found is not None:
            group.append(found)
            start = found.stop
            continue
        if start == len(lines) or _has_numbers(lines[start]):
            if _are_enough(group):
                yield from group
            group = []
        start += 1


def _are_enough(group: Sequence[_Stretch]) -> bool:
    count = sum(one.stop - one.start for one in group)
    return count >= _FEWEST_LINES or sum(one.heads for one in group) >= _FEWEST_HEADS


def _stretch_at(
    lines: Sequence[Line], behind: Sequence[_Words], start: int, goes_on: bool
) -> _Stretch | None:
    """The stretch that begins here; one that goes on from another may lack its last label."""
    stop, heads = start, 0
    while stop < len(lines):
        headed = _follows_head(lines[stop])
        at_end = goes_on and stop == len(lines) - 1
        fits = headed or (stop > start and _is_as_long(lines[stop - 1], lines[stop]))
        if not fits or not (_leading_rows(behind[stop]) or at_end):
            break
        heads += headed
        stop += 1
    usual = stop < len(lines) and _is_usual(lines[stop], behind[stop])
    return None if stop == start or usual else _Stretch(start, stop, heads)


def _is_usual(line: Line, behind: _Words) -> bool:
    """True for numbers with a row's label in front of them and none behind."""
    named = bool(line.labels) and is_row(line.labels[-1].text)
    return named and _has_numbers(line) and not _follows_head(line) and not _leading_rows(behind)


def _follows_head(line: Line) -> bool:
    last = [piece.text for piece in line.labels[-2:]]
    return bool(last) and _is_head(last) and _has_numbers(line)


def _is_head(last: Sequence[str]) -> bool:
    """True when the last word in front of figures is a head, 其他 behind other heads too."""
    if not fold(last[-1]).core or not stands_in_frame(last[-1]):
        return False
    if not exact_rows(last[-1]):
        return True
    return all(not fold(text).ordinal and stands_in_frame(text) for text in last)


def _is_as_long(before: Line, line: Line) -> bool:
    """True for a run of as many figures as the run before, or of none."""
    return _count_figures(before) == _count_figures(line) or not _has_numbers(line)


def _count_figures(line: Line) -> int:
    return sum(piece.kind is Kind.FIGURE for piece in line.values)


def _has_numbers(line: Line) -> bool:
    """False for the dashes behind a group's label, which are the group's."""
    inked = [piece for piece in line.values if piece.kind is Kind.FIGURE]
    return bool(inked) and all(read_cell(piece.text).value is not None for piece in inked)


def _leading_rows(words: _Words) -> int:
    """How many words at the beginning are rows' labels or their groups', none where no row's is."""
    count = 0
    for piece in words:
        if not exact_rows(piece.text) and not is_group(piece.text):
            break
        count += 1
    return count if any(exact_rows(piece.text) for piece in words[:count]) else 0
