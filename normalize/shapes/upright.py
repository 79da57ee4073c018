"""Tables that lie on their side, the forms' rows printed as columns, turned upright.

Everything is kept: each cell changes its row for its column and one span for the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from extract.document import Cell, Table
from normalize.cells import read_cell
from normalize.lexicon import exact_rows
from normalize.report import Status

_FEWEST_LABELS = 5
"""Labels of the forms' rows side by side that make a table one on its side."""


def tables_upright(table: Table) -> tuple[Table, ...]:
    """The table, turned where it lies on its side; a list of cells may hold such a table within."""
    if table.columns > 1:
        return (_turn_upright(table),)
    parts: list[Table] = []
    for part in _list_to_parts(table.cells):
        part_rows, width = len({cell.row for cell in part}), 1 + max(cell.column for cell in part)
        whole = replace(table, rows=part_rows, columns=width, cells=tuple(part), aligned=False)
        parts.append(_turn_upright(whole) if width > 1 else replace(whole, aligned=table.aligned))
    return tuple(parts)


def _list_to_parts(cells: Sequence[Cell]) -> list[Sequence[Cell]]:
    """The cells of a list, those of a table on its side set in rows of their own."""
    found = _find_sideways(cells)
    if found is None:
        return [cells] if cells else []
    start, size, stop = found
    rows = [(cells[start - 1], *cells[start : start + size])]
    at = _behind_blank(cells, start + size)
    while at < stop:
        rows.append(tuple(cells[at : at + size + 1]))
        at = _behind_blank(cells, at + size + 1)
    grid = [
        replace(cell, row=number, column=column)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
    ]
    return [part for part in (cells[: start - 1], grid, *_list_to_parts(cells[stop:])) if part]


def _find_sideways(cells: Sequence[Cell]) -> tuple[int, int, int] | None:
    """(first label, number of labels, end) of row labels in a row, then a word and as many figures
    again and again.
    """
    names = [exact_rows(cell.text) for cell in cells]
    start = 0
    while start < len(cells):
        stop = start
        while stop < len(cells) and names[stop]:
            stop += 1
        size = stop - start
        if start and size >= _FEWEST_LABELS:
            end = _end_of_rows(cells, stop, size)
            if end > stop + size + 1:
                return start, size, end
        start = stop + 1
    return None


def _end_of_rows(cells: Sequence[Cell], at: int, size: int) -> int:
    """Where the rows of one word and `size` figures end."""
    at = _behind_blank(cells, at)
    while at + size < len(cells):
        word, *figures = cells[at : at + size + 1]
        if _is_figure(word) or not all(_is_figure(cell) for cell in figures):
            return at
        at = _behind_blank(cells, at + size + 1)
    return at


def _behind_blank(cells: Sequence[Cell], at: int) -> int:
    while at < len(cells) and not cells[at].text.strip():
        at += 1
    return at


def _is_figure(cell: Cell) -> bool:
    return read_cell(cell.text).status is not Status.UNREADABLE


def _turn_upright(table: Table) -> Table:
    if table.columns < _FEWEST_LABELS:
        return table
    rows = [tuple(cells) for _, cells in groupby(table.cells, key=lambda cell: cell.row)]
    labels = [[_labels(cell) for cell in cells] for cells in rows]
    beside = max((_distinct(names) for names in labels), default=0)
    below = _distinct([frozenset[str]().union(*names) for names in labels])
    if beside < _FEWEST_LABELS or below > beside:
        return table
    even = rows if table.aligned else _even_rows(rows)
    return _turned(table, even) if len(even) > 1 else table


def _labels(cell: Cell) -> frozenset[str]:
    return frozenset(name.row for name in exact_rows(cell.text) if name.table != "proactive")


def _distinct(names: Sequence[frozenset[str]]) -> int:
    """How many of the places name a row that no place before them names."""
    seen: set[str] = set()
    count = 0
    for named in names:
        count += bool(named - seen)
        seen |= named
    return count


def _even_rows(rows: Sequence[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """The rows that have as many cells as most, their columns counted; none where others hold
    figures.

    Text keeps no spans, so a head over several columns is a row too short to be turned.
    """
    usual = Counter(map(len, rows)).most_common(1)[0][0]
    if any(len(row) != usual and _is_figure(row[-1]) for row in rows):
        return []
    return [
        tuple(replace(cell, column=column) for column, cell in enumerate(row))
        for row in rows
        if len(row) == usual
    ]


def _turned(table: Table, rows: Sequence[tuple[Cell, ...]]) -> Table:
    cells = [
        replace(
            cell, row=cell.column, column=cell.row, rowspan=cell.colspan, colspan=cell.rowspan
        )
        for row in rows
        for cell in row
    ]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return replace(table, rows=table.columns, columns=table.rows, cells=tuple(cells))
