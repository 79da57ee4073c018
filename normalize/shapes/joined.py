"""Rows of a text's table that a program ran together in one, parted again.

`2.重复申请 | | | | | | | | 3.要求提供公开出版物 | …`: a second label of the form stands behind all
the cells of the first one's row.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from normalize.forms import all_forms
from normalize.labels import fold
from normalize.lexicon import exact_rows, is_group, stands_in_frame
from normalize.printed import Kind, Printed

PrintedRow = tuple[Printed, ...]


def part_joined(row: PrintedRow) -> list[PrintedRow]:
    """The printed row in as many as it has labels with all their cells behind them."""
    cuts = []
    width: int | None = None
    cells = 0
    for at, piece in enumerate(row):
        if piece.kind is not Kind.WORDS:
            cells += 1
            continue
        own = _width_of_row(piece.text)
        opens = own is not None or _opens_group(row[at : at + 2])
        if opens and width is not None and cells >= width:
            cuts.append(at)
        if own is not None or cells:
            width, cells = own, 0
    starts = [0, *cuts]
    return [row[start:stop] for start, stop in zip(starts, [*cuts, len(row)], strict=True)]


def _opens_group(pieces: Sequence[Printed]) -> bool:
    """True for a group's label with the label of its first row right behind it."""
    return (
        len(pieces) == 2
        and is_group(pieces[0].text)
        and pieces[1].kind is Kind.WORDS
        and _width_of_row(pieces[1].text) is not None
    )


def _width_of_row(label: str) -> int | None:
    """How many cells the row of this label has in the form; None for what may be another thing."""
    if stands_in_frame(label) and not fold(label).ordinal:
        return None
    widths = _widths()
    found = [widths[(name.table, name.row)] for name in exact_rows(label)]
    return min(found) if found else None


@cache
def _widths() -> dict[tuple[str, str], int]:
    """The fewest cells of each row over the editions of the forms."""
    widths: dict[tuple[str, str], int] = {}
    for form in all_forms():
        for table in form.tables:
            for block in table.blocks:
                for row in block.rows:
                    key = (table.name, row.name)
                    widths[key] = min(widths.get(key, block.width), block.width)
    return widths
