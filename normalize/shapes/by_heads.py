"""Lines whose figures the heads above them name -> cells of the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalize.forms import Block, FormTable
from normalize.labels import simplify
from normalize.lexicon import is_row
from normalize.placed import OTHER_ORDER, OtherColumn, PlacedRow, PlacedTable
from normalize.printed import Kind, Line, Printed
from normalize.rules import holds_in_row
from normalize.shapes.crossed import Named, heads_to_names
from normalize.shapes.heads import head_rows

_FEWEST_ROWS = 3
"""Rows named by heads in a line that no label tells."""


def named_by_heads(line: Line, editions: Sequence[FormTable]) -> bool:
    """True for a line without a label under heads that name several rows and all its figures."""
    pieces = (*line.before, *(line.labels if line.listed else ()))
    if not line.listed and line.labels:
        return False
    rows = {piece.text for piece in pieces if piece.block == line.block and is_row(piece.text)}
    return len(rows) >= _FEWEST_ROWS and any(_names(line, edition) for edition in editions)


def place_by_heads(line: Line, editions: Sequence[FormTable]) -> PlacedTable | None:
    """The line's cells by their heads, in the first edition that has them all.

    None where the heads do not tell, say no more than the form's own order, or where the rows
    then do not add up.
    """
    for edition in editions:
        names = _names(line, edition)
        if not names or _is_form(names, edition):
            continue
        cells = line.values[: len(names)]
        rows = _to_rows(names, cells, line, edition)
        if any(name.row is None for name in names) and (line.listed or not _add_up(rows, edition)):
            continue
        if not _add_up(rows, edition) and not _in_order(names, edition):
            continue
        doubts = () if _in_order(names, edition) else (OTHER_ORDER,)
        others = tuple(
            OtherColumn(name.label, (("", cell),))
            for name, cell in zip(names, cells, strict=True)
            if name.row is None
        )
        placed = tuple(replace(row, doubts=(*row.doubts, *doubts)) for row in rows)
        return PlacedTable(edition, placed, (), others)
    return None


def _names(line: Line, edition: FormTable) -> tuple[Named, ...]:
    heads = head_rows((*line.before, *line.labels), line.block)
    inked = [at for at, value in enumerate(line.values) if value.kind is not Kind.BLANK]
    widths = dict.fromkeys((len(line.values), inked[-1] + 1 if inked else 0))
    found = (heads_to_names(heads, edition, width) for width in widths)
    return next((names for names in found if names), ())


def _is_form(names: Sequence[Named], edition: FormTable) -> bool:
    """True for the whole of a block that the form itself prints in one line, in its order."""
    return edition.blocks[0].across and [(n.row, n.column) for n in names] == list(edition.fields)


def _in_order(names: Sequence[Named], edition: FormTable) -> bool:
    """True when the printed columns follow the form's order, the totals set aside.

    Arithmetic proves where a total stands.
    """
    totals = {block.columns[-1].name for block in edition.blocks if block.across}
    printed = [(n.row, n.column) for n in names if n.row and n.column not in totals]
    return printed == [key for key in edition.fields if key in printed]


def _to_rows(
    names: Sequence[Named], cells: Sequence[Printed], line: Line, edition: FormTable
) -> tuple[PlacedRow, ...]:
    at = {(name.row, name.column): place for place, name in enumerate(names)}
    rows = dict.fromkeys(name.row for name in names if name.row)
    return tuple(_to_row(row, at, names, cells, line, edition) for row in rows)


def _to_row(
    row: str,
    at: dict[tuple[str | None, str | None], int],
    names: Sequence[Named],
    cells: Sequence[Printed],
    line: Line,
    edition: FormTable,
) -> PlacedRow:
    columns = tuple(column.name for column in _block_of(row, edition).columns)
    places = [at.get((row, column)) for column in columns]
    remarks = (p.text for p in (*line.before, *line.labels) if "单位" in simplify(p.text))
    return PlacedRow(
        table=edition,
        rows=(row,),
        columns=columns,
        cells=tuple(None if place is None else cells[place] for place in places),
        heads=tuple("" if place is None else names[place].label for place in places),
        unit=line.unit,
        unit_texts=tuple(remarks),
        doubts=line.doubts,
    )


def _block_of(row: str, edition: FormTable) -> Block:
    return next(b for b in edition.blocks if any(one.name == row for one in b.rows))


def _add_up(rows: Sequence[PlacedRow], edition: FormTable) -> bool:
    """True when every row that has all its cells does."""
    whole = [row for row in rows if row.cells and None not in row.cells]
    return all(
        holds_in_row(
            [cell for cell in row.cells or () if cell],
            _block_of(row.rows[0], edition),
            edition.rules if edition.blocks[0].across else (),
        )
        for row in whole
    )
