"""Tables that lie on their side, the forms' rows printed as columns, turned upright.

Everything is kept: each cell changes its row for its column and one span for the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from extract.document import Cell, Table
from normalize.cells import read_cell
from normalize.forms import Block, all_forms
from normalize.labels import fold
from normalize.lexicon import exact_rows
from normalize.report import Status

_FEWEST_LABELS = 5
"""Labels of the forms' rows side by side that make a table one on its side."""

_FEWEST_HEADS = 4
"""Heads of columns one below another that do so as well."""

_NOTHING: frozenset[str] = frozenset()


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
        if _is_figure(word) or not all(_is_printed_figure(cell) for cell in figures):
            return at
        following = _behind_blank(cells, at + size + 1)
        if following < len(cells) and _is_figure(cells[following]):
            return at
        at = following
    return at


def _behind_blank(cells: Sequence[Cell], at: int) -> int:
    while at < len(cells) and not cells[at].text.strip():
        at += 1
    return at


def _is_figure(cell: Cell) -> bool:
    return read_cell(cell.text).status is not Status.UNREADABLE


def _is_printed_figure(cell: Cell) -> bool:
    return _is_figure(cell) and bool(cell.text.strip())


def _turn_upright(table: Table) -> Table:
    rows = [tuple(cells) for _, cells in groupby(table.cells, key=lambda cell: cell.row)]
    labels = [[_rows_named(cell) for cell in cells] for cells in rows]
    if not _lies_sideways(labels) and not _has_heads_below(rows):
        return table
    even = rows if table.aligned else _even_rows(rows, labels)
    return _turned(table, even) if len(even) > 1 else table


def _lies_sideways(labels: Sequence[Sequence[frozenset[str]]]) -> bool:
    """True when more of the forms' rows stand side by side in one row than one below another."""
    beside = max((_distinct(names) for names in labels), default=0)
    below = _distinct([frozenset[str]().union(*names) for names in labels])
    return beside >= _FEWEST_LABELS and below <= beside


def _has_heads_below(rows: Sequence[tuple[Cell, ...]]) -> bool:
    """True when heads that the forms print side by side over rows likewise stand in a column."""
    named = [[_heads_across().get(fold(cell.text).core, _NOTHING) for cell in row] for row in rows]
    below = _distinct([_NOTHING.union(*names) for names in named])
    return below >= _FEWEST_HEADS and max(map(_distinct, named)) == 1


def _rows_named(cell: Cell) -> frozenset[str]:
    core = fold(cell.text).core
    names = {name.row for name in exact_rows(cell.text) if name.table != "proactive"}
    return _rows_across().get(core, _NOTHING) | names


@cache
def _rows_across() -> dict[str, frozenset[str]]:
    rows = (row for block in _blocks_across() for row in block.rows)
    return {fold(row.label).core: frozenset({row.name}) for row in rows}


@cache
def _heads_across() -> dict[str, frozenset[str]]:
    columns = (column for block in _blocks_across() for column in block.columns)
    return {fold(column.label).core: frozenset({column.name}) for column in columns}


def _blocks_across() -> list[Block]:
    tables = (table for form in all_forms() for table in form.tables)
    return [block for table in tables for block in table.blocks if block.across]


def _distinct(names: Sequence[frozenset[str]]) -> int:
    """How many of the places name a row that no place before them names."""
    seen: set[str] = set()
    count = 0
    for named in names:
        count += bool(named - seen)
        seen |= named
    return count


def _even_rows(
    rows: Sequence[tuple[Cell, ...]], labels: Sequence[Sequence[frozenset[str]]]
) -> list[tuple[Cell, ...]]:
    """The rows that have as many cells as most, their columns counted; none where others hold
    figures or a figure has no label above it.

    Text keeps no spans, so a head over several columns is a row too short to be turned, or one
    whose words stand above the wrong columns.
    """
    usual = Counter(map(len, rows)).most_common(1)[0][0]
    if any(len(row) != usual and _is_figure(row[-1]) for row in rows):
        return []
    heads = max(range(len(rows)), key=lambda at: _distinct(labels[at]))
    figures = {
        column for row in rows for column, cell in enumerate(row) if column and _has_digits(cell)
    }
    # The corner above the rows' labels may be lost.
    shift = usual - len(rows[heads])
    above = [*([_NOTHING] * shift), *labels[heads]]
    if shift not in (0, 1) or not all(above[column] for column in figures):
        return []
    kept = [(at, row) for at, row in enumerate(rows) if len(row) == usual or at == heads]
    return [
        tuple(
            replace(cell, column=column)
            for column, cell in enumerate(row, shift if at == heads else 0)
        )
        for at, row in kept
        if at >= heads
    ]


def _has_digits(cell: Cell) -> bool:
    return read_cell(cell.text).value is not None


def _turned(table: Table, rows: Sequence[tuple[Cell, ...]]) -> Table:
    cells = [
        replace(cell, row=cell.column, column=cell.row, rowspan=cell.colspan, colspan=cell.rowspan)
        for row in rows
        for cell in row
    ]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return replace(table, rows=table.columns, columns=table.rows, cells=tuple(cells))
