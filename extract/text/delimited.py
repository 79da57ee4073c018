"""Tables whose cells are parted by commas or semicolons, as spreadsheets export them (RFC 4180).

A comma may also part the thousands of a figure. Rows are believed when all of a table have the
same number of cells; other lines with commas are left as they are.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from extract.text.lines import is_cell_like, is_figure

FEWEST_ROWS = 3
FEWEST_FIGURED = 2
"""Rows with figures among those of a table."""

_DELIMITERS = (",", ";")


def delimited_to_tabs(lines: Sequence[str]) -> list[str]:
    """The lines with tabs between the cells of delimited tables, each table of one width."""
    out = list(lines)
    for delimiter in _DELIMITERS:
        rows = [_cells_of(line, delimiter) for line in out]
        for is_row, group in groupby(range(len(out)), key=lambda at: rows[at] is not None):
            places = list(group)
            table = [row for at in places if (row := rows[at]) is not None]
            if is_row and _is_table(table, delimiter):
                for at, row in zip(places, table, strict=True):
                    out[at] = "\t".join(row)
    return out


def _cells_of(line: str, delimiter: str) -> list[str] | None:
    """The cells of a line, quotes undone; None for what can be no row."""
    if delimiter not in line or "\t" in line:
        return None
    try:
        (cells,) = csv.reader([line.strip()], delimiter=delimiter, strict=True)
    except (csv.Error, ValueError):
        return None
    sound = all(not cell.strip() or is_cell_like(cell) for cell in cells)
    return [cell.strip() for cell in cells] if sound else None


def _is_table(rows: Sequence[Sequence[str]], delimiter: str) -> bool:
    figured = sum(any(is_figure(cell) for cell in row) for row in rows)
    labelled = sum(bool(row[0]) and not is_figure(row[0]) for row in rows)
    if len(rows) < FEWEST_ROWS or figured < FEWEST_FIGURED or labelled * 2 < len(rows):
        return False
    widths = Counter(len(row) for row in rows)
    return len(widths) == 1 or delimiter != ","
