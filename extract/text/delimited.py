"""Tables whose cells are parted by commas or semicolons, as spreadsheets export them (RFC 4180).

A comma may also part the thousands of a figure. Such rows are believed only when all rows of
their table are of one width; else they stay lines of text, from which no figure is read.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from extract.text.lines import is_cell_like, is_figure

FEWEST_ROWS = 5
"""Rows with figures in a text whose tables are delimited."""

WIDE_ROW = 8
"""Cells of the narrowest row that may hold figures only, without a label."""

_DELIMITERS = (";", ",")
_HEAD_OF_THOUSANDS = re.compile(r"[+-]?\d{1,3}")
_THOUSANDS = re.compile(r"\d{3}(?:\.\d+)?")

_Row = list[str]


def delimited_to_tabs(lines: Sequence[str]) -> list[str]:
    """The lines with tabs between the cells of delimited tables."""
    for delimiter in _DELIMITERS:
        rows = [_cells_of(line, delimiter) for line in lines]
        if sum(row is not None and _is_figured(row) for row in rows) < FEWEST_ROWS:
            continue
        out: list[str] = []
        for is_row, group in groupby(enumerate(rows), key=lambda placed: placed[1] is not None):
            placed = list(group)
            table = [row for _, row in placed if row is not None]
            if is_row and _is_table(table, delimiter):
                out.extend("\t".join(row) for row in table)
            else:
                out.extend(lines[at] for at, _ in placed)
        return out
    return list(lines)


def _cells_of(line: str, delimiter: str) -> _Row | None:
    """The cells of a line, quotes undone; None for what can be no row."""
    if delimiter not in line or "\t" in line:
        return None
    try:
        (cells,) = csv.reader([line.strip()], delimiter=delimiter, strict=True)
    except (csv.Error, ValueError):
        return None
    sound = all(not cell.strip() or is_cell_like(cell) for cell in cells)
    return [cell.strip() for cell in cells] if sound else None


def _is_figured(row: _Row) -> bool:
    """Whether a row has words and, behind them, figures; or nothing but many figures."""
    words = [at for at, cell in enumerate(row) if cell and not is_figure(cell)]
    if not words:
        return len(row) >= WIDE_ROW
    return any(is_figure(cell) for cell in row[words[0] :])


def _is_table(rows: Sequence[_Row], delimiter: str) -> bool:
    if not any(map(_is_figured, rows)):
        return False
    one_width = len({len(row) for row in rows}) == 1
    return delimiter != "," or one_width or not any(map(_may_part_thousands, rows))


def _may_part_thousands(row: _Row) -> bool:
    return any(
        _HEAD_OF_THOUSANDS.fullmatch(one) and _THOUSANDS.fullmatch(other)
        for one, other in pairwise(row)
    )
