"""Tables that print one figure a row, named by a row and a column of the form, as the form's lines.

`行政复议 | 结果维持 | 27` and what follows become a row of heads and a row of figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from normalize.forms import Block, Row, all_forms
from normalize.labels import fold
from normalize.printed import Kind, Printed

_FEWEST = 4
"""Rows in a stretch that is gathered."""

_MOST_WORDS = 3

PrintedRow = tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive rows, as printed or gathered."""

    rows: tuple[PrintedRow, ...]
    is_gathered: bool


@dataclass(frozen=True, slots=True)
class _Named:
    """A row of one figure: the pieces that name its row and its column, and what both are."""

    row: Printed
    column: Printed
    figure: Printed
    key: tuple[str, str]


def gather(rows: Sequence[PrintedRow]) -> list[Stretch]:
    """The rows in stretches, those that hold one named figure each gathered."""
    named: list[_Named | None] = []
    before: _Named | None = None
    for row in rows:
        before = _read(row, before)
        named.append(before)
    out: list[Stretch] = []
    at = 0
    while at < len(rows):
        stop = _end_of_stretch(named, at)
        found = [one for one in named[at:stop] if one]
        if len(found) >= _FEWEST and len({one.column.text for one in found}) > 1:
            out.append(Stretch(tuple(_gathered(found)), is_gathered=True))
            at = stop
            continue
        stop = max(stop, at + 1)
        if out and not out[-1].is_gathered:
            out[-1] = Stretch((*out[-1].rows, *rows[at:stop]), is_gathered=False)
        else:
            out.append(Stretch(tuple(rows[at:stop]), is_gathered=False))
        at = stop
    return out


def gather_list(cells: Sequence[Printed]) -> list[Stretch]:
    """The same for a list of cells; what is not gathered stays a list, in rows of one cell."""
    rows: list[PrintedRow] = []
    words: list[Printed] = []
    for cell in cells:
        if cell.kind is Kind.WORDS:
            words.append(cell)
            continue
        if cell.kind is Kind.BLANK and rows and not words:
            rows[-1] = (*rows[-1], cell)
            continue
        rows += [(word,) for word in words[:-_MOST_WORDS]]
        rows.append((*words[-_MOST_WORDS:], cell))
        words = []
    stretches = gather([*rows, *((word,) for word in words)])
    return [one if one.is_gathered else _as_list(one.rows) for one in stretches]


def _as_list(rows: Iterable[PrintedRow]) -> Stretch:
    return Stretch(tuple((cell,) for row in rows for cell in row), is_gathered=False)


def _end_of_stretch(named: Sequence[_Named | None], at: int) -> int:
    """Where the run of named rows that begins here ends: at the first not named or named again."""
    seen: set[tuple[str, str]] = set()
    while at < len(named) and (one := named[at]) and one.key not in seen:
        seen.add(one.key)
        at += 1
    return at


def _read(row: PrintedRow, before: _Named | None) -> _Named | None:
    """The row as one named figure; its row may be named by the row of figures before it."""
    words = [piece for piece in row if piece.kind is Kind.WORDS]
    figures = [piece for piece in row if piece.kind is Kind.FIGURE]
    if len(figures) != 1 or not 1 <= len(words) <= _MOST_WORDS or figures[0] is not _last(row):
        return None
    column = words[-1]
    own = next((word for word in reversed(words[:-1]) if _rows_named(word.text)), None)
    label = own or (before.row if before is not None else None)
    if label is None:
        return None
    for form_row, block in _rows_named(label.text):
        if name := _column_of(column.text, block):
            return _Named(label, column, figures[0], (form_row, name))
    return None


def _last(row: PrintedRow) -> Printed:
    return [piece for piece in row if piece.kind is not Kind.BLANK][-1]


def _gathered(named: Sequence[_Named]) -> Iterable[PrintedRow]:
    for row in dict.fromkeys(one.key[0] for one in named):
        own = [one for one in named if one.key[0] == row]
        yield tuple(replace(one.column, column=None) for one in own)
        label = replace(own[0].row, column=None)
        yield (label, *(replace(one.figure, column=None) for one in own))


@cache
def _blocks() -> tuple[tuple[Row, Block], ...]:
    """The rows whose figures may be printed one below another, each with its block."""
    tables = (table for form in all_forms() for table in form.tables)
    blocks = (block for table in tables for block in table.blocks)
    several = (block for block in blocks if block.across or block.banner)
    return tuple((row, block) for block in several for row in block.rows)


@lru_cache(maxsize=4096)
def _rows_named(word: str) -> tuple[tuple[str, Block], ...]:
    core = fold(word).core
    return tuple((row.name, block) for row, block in _blocks() if core in _cores(row))


@cache
def _cores(row: Row) -> frozenset[str]:
    groups = "".join(fold(group).core for group in row.groups)
    labels = [fold(label).core for label in (row.label, *row.aliases)]
    return frozenset((*labels, *(groups + label for label in labels)))


def _column_of(word: str, block: Block) -> str | None:
    core = fold(word).core
    for column in block.columns:
        if core in {fold(label).core for label in (column.label, *column.aliases)}:
            return column.name
    return None
