"""Tables of which only the order of words and figures is left, one cell a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise, takewhile

from normalize.lexicon import is_group, is_known, row_widths, rows_like, stands_in_frame
from normalize.placed import BLANKS_LOST
from normalize.printed import Kind, Line, Printed
from normalize.shapes.behind import bring_labels_to_front

DEDUPLICATED = "repeated lines are missing from the text"

_REMARK = re.compile(r"[^。：:；;]{0,8}(?:未|无|没|不|见附|详见|暂)[^。：:；;]{0,8}")
_MANY_CELLS = 15


def list_to_lines(
    cells: tuple[Printed, ...],
    block: int,
    before: Sequence[Printed],
    after: Sequence[Printed] = (),
) -> tuple[list[Line], list[Printed], int]:
    """The lines of a one-column table, the words left after its last figure, and how many of the
    words behind the table are the label of its last line.

    `before` are the words printed in front of the table, `after` those behind it: readers end a
    table with its last figure.
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
            run = run if words else _fill_up(run, lines)
            words = _take_unread_rows([*words, *run], block, lines)
    cut_off = [] if words else list(after[:1])
    settled, left = bring_labels_to_front(lines, [*words, *cut_off])
    taken = len(cut_off) - len(left) if cut_off else 0
    return settled, left if taken or not cut_off else words, taken


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


def _fill_up(words: tuple[Printed, ...], lines: list[Line]) -> tuple[Printed, ...]:
    """Adds remarks such as 未采购 to the row whose figures end in front of them.

    Only where they make it just as wide as the form has it; the words that are left come back.
    """
    last = lines[-1] if lines else None
    if last is None or not last.labels or not _is_plain_row(last.labels[-1].text):
        return words
    remarks = tuple(takewhile(_is_remark, words))
    if not remarks or len(last.values) + len(remarks) not in row_widths(last.labels[-1].text):
        return words
    lines[-1] = replace(last, values=(*last.values, *remarks), doubts=(*last.doubts, BLANKS_LOST))
    return words[len(remarks) :]


def _is_remark(piece: Printed) -> bool:
    return _REMARK.fullmatch(piece.text.strip()) is not None and not is_known(piece.text)


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
