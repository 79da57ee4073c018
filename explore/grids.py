"""A report's tables laid out as the official form: heads with spans, labels with groups, cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from normalize.forms import Block, FormTable, Row, table_names, tables_named
from normalize.report import Observation, Report

Key = tuple[str, str]
"""Row and column of a form's table."""

_FIRST, _SECOND = re.compile("[一二三四五六七八九十]+、"), re.compile("（[一二三四五六七八九十]+）")
"""How labels are numbered, the outer ones and those within them."""


@dataclass(frozen=True, slots=True)
class Label:
    """A head or a label with the rows and columns that it covers."""

    text: str
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Line:
    """Labels on the left, groups that begin here first; then the keys of the cells."""

    labels: tuple[Label, ...]
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One block of a form's table. `stub` is how many columns the labels take."""

    banner: str | None
    stub: int
    heads: tuple[tuple[Label, ...], ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of one form, as far as a report has it, with the report's cells by key."""

    form: str
    table: str
    grids: tuple[Grid, ...]
    cells: dict[Key, Observation]


def report_to_sheets(report: Report) -> tuple[Sheet, ...]:
    """Every table that the report has, in the order of the forms."""
    sheets = []
    for table in (table for name in table_names() for table in tables_named(name)):
        cells = {
            (o.row, o.column): o
            for o in report.observations
            if (o.form, o.table) == (table.form, table.name)
        }
        if cells:
            grids = table_to_grids(table, cells.__contains__)
            sheets.append(Sheet(table.form, table.name, grids, cells))
    return tuple(sheets)


def table_to_grids(table: FormTable, is_there: Callable[[Key], bool]) -> tuple[Grid, ...]:
    """The blocks of a table with the rows of which some cell is there."""
    grids = (_across(b, is_there) if b.across else _down(b, is_there) for b in table.blocks)
    return tuple(grid for grid in grids if grid is not None)


def _down(block: Block, is_there: Callable[[Key], bool]) -> Grid | None:
    rows = [r for r in block.rows if any(is_there((r.name, c.name)) for c in block.columns)]
    if not rows:
        return None
    groups = _enclosing_groups(rows)
    depth = max(map(len, groups)) + 1
    lines = []
    for at, row in enumerate(rows):
        labels = [
            Label(group, _run([g[: level + 1] for g in groups[at:]]), 1)
            for level, group in enumerate(groups[at])
            if at == 0 or groups[at - 1][: level + 1] != groups[at][: level + 1]
        ]
        own = Label(row.label, 1, depth - len(groups[at]))
        keys = tuple((row.name, column.name) for column in block.columns)
        lines.append(Line((*labels, own), keys))
    return Grid(block.banner, depth, _column_heads(block), tuple(lines))


def _enclosing_groups(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    """The groups of each row as their numbers nest: what is （三） stands under the 三、 before it.

    The forms name of a row only what tells it from others.
    """
    nested = []
    outer: tuple[str, ...] = ()
    for row in rows:
        first = (*row.groups, row.label)[0]
        if _SECOND.match(first):
            nested.append((*outer, *row.groups))
            continue
        nested.append(row.groups)
        outer = row.groups[:1] if _FIRST.match(first) else ()
    return nested


def _column_heads(block: Block) -> tuple[tuple[Label, ...], ...]:
    """One line of heads, or two where some columns stand under a common one."""
    if not any(column.group for column in block.columns):
        return (tuple(Label(column.label, 1, 1) for column in block.columns),)
    upper: list[Label] = []
    lower: list[Label] = []
    for group, columns in groupby(block.columns, key=lambda column: column.group):
        members = list(columns)
        if group is None:
            upper += [Label(column.label, 2, 1) for column in members]
        else:
            upper.append(Label(group, 1, len(members)))
            lower += [Label(column.label, 1, 1) for column in members]
    return tuple(upper), tuple(lower)


def _across(block: Block, is_there: Callable[[Key], bool]) -> Grid | None:
    """All rows side by side in one line, their labels as heads."""
    keys = tuple((row.name, column.name) for row in block.rows for column in block.columns)
    if not any(is_there(key) for key in keys):
        return None
    width, depth = len(block.columns), max(len(row.groups) for row in block.rows)
    heads: list[tuple[Label, ...]] = []
    for level in range(depth + 1):
        heads.append(tuple(_row_heads(block, level, depth, width)))
    heads.append(tuple(Label(c.label, 1, 1) for _ in block.rows for c in block.columns))
    return Grid(block.banner, 0, tuple(heads), (Line((), keys),))


def _row_heads(block: Block, level: int, depth: int, width: int) -> list[Label]:
    """The heads of one level: groups over what they hold together, then labels of rows."""
    heads = []
    rows = list(block.rows)
    for at, row in enumerate(rows):
        groups = row.groups
        if level < len(groups):
            if at == 0 or rows[at - 1].groups[: level + 1] != groups[: level + 1]:
                count = _run([r.groups[: level + 1] for r in rows[at:]])
                heads.append(Label(groups[level], 1, width * count))
        elif level == len(groups):
            heads.append(Label(row.label, depth - level + 1, width))
    return heads


def _run(values: Sequence[object]) -> int:
    """How many at the start are equal."""
    return next((at for at, value in enumerate(values) if value != values[0]), len(values))
