"""Regions -> cells of the forms: every printed value at its canonical row and column.

The edition of the form is chosen by what is printed, block by block; the year of the report only
breaks ties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalize.alignment import Alignment, Candidate, Place, align
from normalize.forms import Block, FormTable, Rule, tables_named
from normalize.heads import is_out_of_order
from normalize.lexicon import SURE, is_group
from normalize.lines import Kind, Line
from normalize.placed import (
    APART,
    CUT_SHORT,
    LOOSE_FIGURES,
    OTHER_ORDER,
    POSITION_ONLY,
    SURPLUS,
    UNKNOWN_LABEL,
    PlacedRow,
    PlacedTable,
)
from normalize.proactive import place_blocks
from normalize.regions import Region, TableLine
from normalize.rows import Cells, fit_to_width, usual_columns, usual_start, without_one
from normalize.rules import holds_in_row


def place_region(region: Region, year: int | None, hint: str | None) -> PlacedTable:
    """The cells of one printed table; `hint` is the edition that its neighbours are in."""
    editions = _by_likelihood(tables_named(region.table), year, hint)
    if region.table == "proactive":
        return place_blocks(region, editions)
    if editions[0].blocks[0].across:
        return _place_across(region, editions[0])
    lines = _unglue(region.lines, editions[0].blocks[0])
    aligned = [(edition, _align(lines, edition.blocks[0])) for edition in editions]
    edition, alignment = max(aligned, key=lambda pair: pair[1].score)
    return _place_rows(lines, edition, alignment)


def _by_likelihood(
    editions: Sequence[FormTable], year: int | None, hint: str | None
) -> tuple[FormTable, ...]:
    """Editions with the likelier first, so that it wins a tie."""
    guess = "2019" if year is not None and year < 2021 else "2021"
    wanted = hint or guess
    return tuple(sorted(editions, key=lambda edition: edition.form != wanted))


def _unglue(lines: Sequence[TableLine], block: Block) -> list[TableLine]:
    """Lines that hold the figures of several rows, because labels were lost, one row each."""
    out: list[TableLine] = []
    for member in lines:
        values = member.line.values
        count, rest = divmod(len(values), block.width)
        if not member.line.listed or rest or count < 2 or block.width == 1:
            out.append(member)
            continue
        members = _members_of_group(member, block)
        for part in range(count):
            piece = values[part * block.width : (part + 1) * block.width]
            keeps_label = part == 0 and members not in (count, count + 1)
            line = Line(
                member.line.labels if keeps_label else (),
                piece,
                (),
                member.line.block,
                listed=True,
                last=member.line.last and part == count - 1,
            )
            out.append(TableLine(line, member.matches if keeps_label else ()))
    return out


def _members_of_group(member: TableLine, block: Block) -> int:
    """How many rows the group has that the line's label names; 0 when it names no group."""
    best = member.best
    group = next((row for row in block.rows if best and row.name == best.name.row), None)
    if group is None or not group.optional:
        return 0
    return sum(group.label in row.groups for row in block.rows)


def _align(lines: Sequence[TableLine], block: Block) -> Alignment:
    index = {row.name: at for at, row in enumerate(block.rows)}
    candidates = [
        Candidate(
            scores=tuple(
                (index[match.name.row], match.score)
                for match in member.matches
                if match.name.row in index and match.score >= SURE and not match.rest
            ),
            wild=not member.matches,
        )
        for member in lines
    ]
    return align(candidates, [row.optional for row in block.rows])


def _place_rows(
    lines: Sequence[TableLine], edition: FormTable, alignment: Alignment
) -> PlacedTable:
    block = edition.blocks[0]
    printed = [member.line.values for member in lines]
    usual, start = usual_columns(printed, block.width), usual_start(printed, block.width)
    disorder = _disorder(lines, block)
    apart_throughout = all(member.apart for member in lines)
    rows: list[PlacedRow] = []
    extras: list[Line] = []
    for member, place in zip(lines, alignment.places, strict=True):
        if place is None:
            extras.append(member.line)
            continue
        doubts = _doubts_of_place(member, place, apart_throughout)
        name = block.rows[place.row].name
        cells, more = _fit_row(member.line, block, edition.rules, usual, start)
        doubts = (*doubts, *more, *disorder)
        rows.append(_placed(edition, (name,), block, cells, member.line, doubts))
    return PlacedTable(edition, _doubt_blank_rows(rows, extras), tuple(extras))


def _doubt_blank_rows(rows: list[PlacedRow], extras: Sequence[Line]) -> tuple[PlacedRow, ...]:
    """A row that is blank throughout is in doubt when figures were left that belong to no row."""
    if not any(p.kind is Kind.FIGURE for line in extras if not line.labels for p in line.values):
        return tuple(rows)
    return tuple(
        replace(row, doubts=(*row.doubts, LOOSE_FIGURES)) if _is_blank(row) else row for row in rows
    )


def _is_blank(row: PlacedRow) -> bool:
    return row.cells is not None and all(c is None or c.kind is Kind.BLANK for c in row.cells)


def _disorder(lines: Sequence[TableLine], block: Block) -> tuple[str, ...]:
    """A doubt on every cell when the heads above the first lines are in another order."""
    first = lines[0].line if lines else None
    words = [piece.text for piece in (*first.before, *first.labels)] if first else []
    return (OTHER_ORDER,) if is_out_of_order(words, block) else ()


def _doubts_of_place(member: TableLine, place: Place, apart_throughout: bool) -> tuple[str, ...]:
    """Why the row may be another one. Labels that all stand apart stand in front of their rows."""
    if place.by_label:
        return (APART,) if member.apart and not apart_throughout else ()
    unknown = any(not is_group(piece.text) for piece in member.line.labels)
    return (UNKNOWN_LABEL if unknown else POSITION_ONLY,)


def _fit_row(
    line: Line, block: Block, rules: Sequence[Rule], usual: frozenset[int], start: int | None
) -> tuple[Cells | None, tuple[str, ...]]:
    width = block.width
    cells = fit_to_width(line.values, width, usual, start)
    if cells is not None:
        return cells, ()
    if line.last and len(line.values) < width:
        return (*line.values, *(None,) * (width - len(line.values))), (CUT_SHORT,)
    if len(line.values) == width + 1:
        found = without_one(line.values, lambda kept: holds_in_row(kept, block, rules))
        if found is not None:
            return found[0], () if found[1] else (SURPLUS,)
    return None, ()


def _place_across(region: Region, edition: FormTable) -> PlacedTable:
    """A block whose rows stand side by side: the region's one line holds all its cells."""
    block = edition.blocks[0]
    line = region.lines[0].line
    cells, doubts = _fit_row(line, block, edition.rules, frozenset(), None)
    names = tuple(row.name for row in block.rows)
    doubts = (*doubts, *_disorder(region.lines[:1], block))
    placed = _placed(edition, names, block, cells, line, doubts)
    return PlacedTable(edition, (placed,), tuple(member.line for member in region.lines[1:]))


def _placed(
    edition: FormTable,
    rows: tuple[str, ...],
    block: Block,
    cells: Cells | None,
    line: Line,
    doubts: tuple[str, ...],
) -> PlacedRow:
    return PlacedRow(
        table=edition,
        rows=rows,
        columns=tuple(column.name for column in block.columns),
        cells=cells,
        loose=line.values if cells is None else (),
        heads=tuple(piece.text for piece in line.labels),
        unit=line.unit,
        doubts=doubts,
    )
