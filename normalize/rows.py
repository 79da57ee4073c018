"""The cells of one printed line brought to the number of columns that the form has.

Programs pad rows, drop spans and leave stray cells; what is cut away must be blank. Where more
than one cut is possible the row's neighbours decide, and where they cannot, nobody does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from normalize.cells import read_cell
from normalize.printed import Kind, Printed

Cells = tuple[Printed | None, ...]
"""One entry a column of the form; None where nothing is printed for it."""


Usual = frozenset[tuple[int, int]]
"""(block, column) of the cells of a table's well-formed rows: columns of a block are its own."""

_FEWEST_LINES = 4
"""Lines from which a column is told to be surplus."""

_MOST_LABEL_CELLS = 3
"""Blank cells that may stand for labels before a row's figures; more hide another row."""


def fit_to_width(
    values: Sequence[Printed], width: int, usual: Usual, start: int | None
) -> Cells | None:
    """`width` cells, or None when the line cannot be brought to that width without guessing.

    `usual` are the grid columns in which the table's well-formed rows have their cells, `start`
    the place among a line's cells at which theirs begin.
    """
    if len(values) == width:
        return tuple(values)
    if filled := _filled_up(values, width):
        return filled
    own = frozenset(column for block, column in usual if values and block == values[0].block)
    if len(values) < width:
        return _by_columns(values, own) if len(own) == width else None
    if len(own) == width and (fitted := _usual_only(values, own)):
        return fitted
    windows = blank_padded_windows(values, width)
    if len(windows) == 1 or (windows and all(texts(w[1]) == texts(windows[0][1]) for w in windows)):
        return windows[0][1]
    if windows:
        return next((cells for at, cells in windows if at == start), None) or _right_padded(windows)
    inked = tuple(value for value in values if value.kind is not Kind.BLANK)
    return inked if len(inked) == width and values[0].column is not None else None


def _filled_up(values: Sequence[Printed], width: int) -> Cells | None:
    """The first cells of a row that was filled up because blank ones were left out; else None."""
    if len(values) < width:
        return None
    kept = [value for value in values if not value.fills]
    return tuple(values[:width]) if 0 < len(kept) < width and kept[-1] is not values[-1] else None


def _right_padded(windows: Sequence[tuple[int, tuple[Printed, ...]]]) -> Cells | None:
    """The first window where rows are padded on the right, its last column proving it."""
    at, cells = windows[0]
    padded = at == 0 and cells[-1].column is None and cells[-1].kind is not Kind.BLANK
    return cells if padded else None


def may_lack_a_cell(values: Sequence[Printed], cells: Cells) -> bool:
    """True for a padded row of text that has figures in all cells but the last.

    Padding looks like a blank cell, so a figure lost anywhere would leave the same row.
    """
    kinds = [cell.kind if cell else Kind.BLANK for cell in cells]
    full = all(kind is not Kind.BLANK for kind in kinds[:-1]) and len(kinds) > 1
    padded = len(values) > len(cells) and all(value.column is None for value in values)
    return padded and full and kinds[-1] is Kind.BLANK


def may_go_on(values: Sequence[Printed]) -> bool:
    """True for the end of a document cut off in a cell that may have held more: no zero."""
    last = values[-1] if values else None
    return last is not None and read_cell(last.text).value != 0


def may_have_moved(cells: Cells) -> bool:
    """True for a row with figures and with filling in place of cells: blank ones were left out."""
    inked = any(cell is not None and cell.kind is not Kind.BLANK for cell in cells)
    return inked and any(cell is not None and cell.fills for cell in cells)


def with_last_at_end(
    cells: Cells, holds: Callable[[Sequence[Printed]], bool]
) -> tuple[Printed, ...] | None:
    """The cells with the last figure in the last column where the row adds up so; else None.

    Of a row whose blank cells were left out, the last figure is the total then.
    """
    kept = [cell for cell in cells if cell is not None and not cell.fills]
    filling = [cell for cell in cells if cell is not None and cell.fills]
    if len(kept) < 2 or kept[-1].kind is Kind.BLANK or len(kept) + len(filling) < len(cells):
        return None
    moved = (*kept[:-1], *filling, kept[-1])
    return moved if holds(moved) else None


def texts(cells: Cells) -> tuple[str | None, ...]:
    return tuple(None if cell is None else cell.text for cell in cells)


def usual_columns(lines: Sequence[Sequence[Printed]], width: int) -> Usual:
    """The grid columns of the rows that have exactly `width` cells, where most agree in a block."""
    seen: dict[int, Counter[tuple[int, ...]]] = {}
    for line in lines:
        if len(line) == width:
            columns = tuple(cell.column for cell in line if cell.column is not None)
            seen.setdefault(line[0].block, Counter())[columns] += 1
    usual: set[tuple[int, int]] = set()
    for block, counts in seen.items():
        columns, count = counts.most_common(1)[0]
        if len(columns) == width and count * 2 > counts.total():
            usual |= {(block, column) for column in columns}
    return frozenset(usual)


def usual_start(lines: Sequence[Sequence[Printed]], width: int) -> int | None:
    """Where among their cells the figures of the table's unambiguous lines begin."""
    starts = Counter[int]()
    for line in lines:
        if len(line) > width:
            windows = blank_padded_windows(line, width)
            if len(windows) == 1:
                starts[windows[0][0]] += 1
    return starts.most_common(1)[0][0] if starts else None


def surplus_column(
    lines: Sequence[Sequence[Printed]], width: int, holds: Callable[[Sequence[Printed]], bool]
) -> int | None:
    """The place of the one column by which most lines are too wide; None when there is none.

    It is the column without which every row adds up, or one that only counts the rows; beside
    blank cells nothing else would tell a count of rows from a figure.
    """
    if width == 1 and _count_beside_others(lines):
        return 0
    wider = [
        tuple(cell for cell in cells if cell is not None)
        for line in lines
        if fit_to_width(line, width, frozenset(), 0) is None
        and (cells := fit_to_width(line, width + 1, frozenset(), 0))
    ]
    if len(wider) < _FEWEST_LINES or len(wider) * 2 <= len(lines):
        return None
    if width > 1:
        sound = [
            at for at in range(width + 1) if all(holds(row[:at] + row[at + 1 :]) for row in wider)
        ]
        readings = {tuple(texts(row[:at] + row[at + 1 :]) for row in wider) for at in sound}
        if len(readings) == 1:
            return sound[0]
    return next((at for at in (0, width) if _counts_rows([row[at] for row in wider])), None)


def _count_beside_others(lines: Sequence[Sequence[Printed]]) -> bool:
    """True for the first of several columns that counts the rows."""
    several = [line for line in lines if len(line) > 1]
    enough = len(several) >= _FEWEST_LINES and len(several) * 2 > len(lines)
    return enough and _counts_rows([line[0] for line in several])


def _counts_rows(column: Sequence[Printed]) -> bool:
    """True for 1, 2, 3, …: a column of serial numbers or codes."""
    numbers = [read_cell(cell.text).value for cell in column]
    steps = [
        one is not None and other is not None and other == one + 1
        for one, other in pairwise(numbers)
    ]
    return sum(steps) * 5 >= len(steps) * 4


def without_one(
    values: Sequence[Printed], holds: Callable[[Sequence[Printed]], bool]
) -> tuple[Cells, bool] | None:
    """The line without its one surplus cell and whether that was beyond doubt.

    Beyond doubt when it does not matter which cell is dropped; otherwise the arithmetic of the
    row must hold for one reading only.
    """
    shorter = [tuple(values[:at]) + tuple(values[at + 1 :]) for at in range(len(values))]
    readings = {texts(cells): cells for cells in shorter}
    if len(readings) == 1:
        return shorter[0], True
    sound = [cells for cells in readings.values() if holds(cells)]
    return (sound[0], False) if len(sound) == 1 else None


def _by_columns(values: Sequence[Printed], usual: frozenset[int]) -> Cells | None:
    by_column = {value.column: value for value in values}
    if None in by_column or not set(by_column) <= usual:
        return None
    return tuple(by_column.get(column) for column in sorted(usual))


def _usual_only(values: Sequence[Printed], usual: frozenset[int]) -> Cells | None:
    kept = tuple(value for value in values if value.column in usual)
    left = [value for value in values if value.column not in usual]
    sound = len(kept) == len(usual) and all(
        value.kind is Kind.BLANK or _is_label(value, min(usual)) for value in left
    )
    return kept if sound else None


def _is_label(value: Printed, first: int) -> bool:
    """True for words without figures in a column of labels, of which a scan may show little."""
    before = value.column is not None and value.column < first
    return before and value.kind is Kind.WORDS and not any(map(str.isdigit, value.text))


def blank_padded_windows(
    values: Sequence[Printed], width: int
) -> list[tuple[int, tuple[Printed, ...]]]:
    """(start, cells) of every stretch of `width` cells outside which all is blank."""
    blank = [value.kind is Kind.BLANK for value in values]
    return [
        (at, tuple(values[at : at + width]))
        for at in range(min(len(values) - width, _MOST_LABEL_CELLS) + 1)
        if all(blank[:at]) and all(blank[at + width :])
    ]
