"""Tables of which only the order of words and figures is left, one cell a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from normalize.cells import read_cell
from normalize.labels import fold
from normalize.lexicon import exact_rows, is_group, is_known, is_row, rows_like, stands_in_frame
from normalize.printed import Kind, Line, Printed

DEDUPLICATED = "repeated lines are missing from the text"

_MANY_CELLS = 15
_FEWEST_BEHIND = 3
_FEWEST_HEADED = 2
"""Lines, or heads right before figures, for which labels are taken to stand behind figures."""


def list_to_lines(
    cells: tuple[Printed, ...], block: int, before: Sequence[Printed]
) -> tuple[list[Line], list[Printed]]:
    """The lines of a one-column table, and the words left after its last figure.

    `before` are the words printed in front of the table.
    """
    lines: list[Line] = []
    doubts = (DEDUPLICATED,) if _is_deduplicated(cells) else ()
    words = list(before)
    pieces = [piece for piece in cells if piece.kind is not Kind.UNIT]
    units = _units_in_front(cells)
    for is_value, group in groupby(pieces, key=lambda p: p.kind in (Kind.FIGURE, Kind.BLANK)):
        run = tuple(group)
        if is_value:
            unit = next((units[piece] for piece in reversed(run) if piece in units), None)
            line = Line(tuple(words), run, (), block, listed=True, unit=unit, doubts=doubts)
            lines.append(line)
            words = []
        else:
            words = _take_unread_rows([*words, *run], block, lines)
    return _with_labels_in_front(lines, words)


def _with_labels_in_front(
    lines: list[Line], words: list[Printed]
) -> tuple[list[Line], list[Printed]]:
    """The lines and the words left; where each label stands behind its figures, it is brought back.

    So it is where heads stand right before figures, every run of figures has a row's label behind
    it, and none has one in front alone.
    """
    out = list(lines)
    behind = [*(line.labels for line in lines[1:]), tuple(words)] if lines else []
    start = 0
    while start < len(lines):
        stop = _end_of_labels_behind(lines, behind, start)
        if stop == start:
            start += 1
            continue
        for at in range(start, stop):
            own = _leading_rows(behind[at])
            before = lines[at].labels[_leading_rows(behind[at - 1]) if at > start else 0 :]
            out[at] = replace(lines[at], labels=behind[at][:own], before=before)
        own = _leading_rows(behind[stop - 1])
        if stop < len(lines):
            out[stop] = replace(lines[stop], labels=lines[stop].labels[own:])
        else:
            words = words[own:]
        start = stop
    return out, words


def _end_of_labels_behind(
    lines: Sequence[Line], behind: Sequence[Sequence[Printed]], start: int
) -> int:
    """Where a stretch ends in which labels stand behind their figures; `start` where there is none.

    `behind` are the words behind each line's figures.
    """
    stop, headed = start, 0
    while stop < len(lines) and (
        _leading_rows(behind[stop]) or (headed and stop == len(lines) - 1 and not behind[stop])
    ):
        headed += _ends_in_head(lines[stop])
        stop += 1
    begins = stop > start and _ends_in_head(lines[start])
    # A label in front that none follows ends a stretch of the usual kind, its first label lost.
    usual = stop < len(lines) and _ends_in_row(lines[stop])
    enough = headed >= _FEWEST_HEADED or stop - start >= _FEWEST_BEHIND
    return stop if begins and enough and not usual else start


def _ends_in_head(line: Line) -> bool:
    """True for numbers right behind a head; dashes behind a group's label are the group's."""
    numbers = any(read_cell(piece.text).value is not None for piece in line.values)
    return numbers and bool(line.labels) and _is_head([piece.text for piece in line.labels[-2:]])


def _ends_in_row(line: Line) -> bool:
    return bool(line.labels) and is_row(line.labels[-1].text) and not _ends_in_head(line)


def _is_head(last: Sequence[str]) -> bool:
    """True when the last word in front of figures is a head, 其他 behind other heads too."""
    if not stands_in_frame(last[-1]):
        return False
    return not exact_rows(last[-1]) or all(
        not fold(text).ordinal and stands_in_frame(text) for text in last
    )


def _leading_rows(labels: Sequence[Printed]) -> int:
    """How many words at the beginning are rows' labels or their groups', none where no row's is."""
    count = 0
    for piece in labels:
        if not exact_rows(piece.text) and not is_group(piece.text):
            break
        count += 1
    return count if any(exact_rows(piece.text) for piece in labels[:count]) else 0


def _is_deduplicated(cells: Sequence[Printed]) -> bool:
    """True when no cell is like another: a program kept each distinct line once.

    A real table repeats its heads and its figures many times over.
    """
    texts = [cell.text.strip() for cell in cells if cell.text.strip()]
    return len(texts) >= _MANY_CELLS and len(set(texts)) == len(texts)


def _take_unread_rows(words: list[Printed], block: int, lines: list[Line]) -> list[Printed]:
    """Adds a line for each row whose figures are no numbers: its label, then words unknown here.

    Returns the words that are left; a form's own words must follow, else the unknown ones may be
    a part of the next label.
    """
    known = [is_known(piece.text) for piece in words]
    start = 0
    for at, piece in enumerate(words):
        if at < start or not _is_plain_row(piece.text):
            continue
        stop = next((n for n in range(at + 1, len(words)) if known[n]), at + 1)
        if at + 1 < stop < len(words):
            values = tuple(words[at + 1 : stop])
            lines.append(Line(tuple(words[start : at + 1]), values, (), block, listed=True))
            start = stop
    return words[start:]


def _is_plain_row(text: str) -> bool:
    """True for a row's label in full that is neither a group's nor a column's."""
    rows = rows_like(text)
    full = bool(rows) and rows[0][1] == 1.0
    return full and not is_group(text) and not stands_in_frame(text)


def _units_in_front(cells: tuple[Printed, ...]) -> dict[Printed, str]:
    """The words of a column of units, by the cell that follows each."""
    return {
        following: unit.text
        for unit, following in pairwise(cells)
        if unit.kind is Kind.UNIT and following.kind is not Kind.UNIT
    }
