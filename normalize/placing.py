"""Regions -> cells of the forms: every printed value at its canonical row and column.

The edition of the form is chosen by what is printed, block by block; the year of the report only
breaks ties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalize.across import rows_named
from normalize.forms import Block, FormTable, Rule, tables_named
from normalize.heads import is_out_of_order
from normalize.lexicon import is_group
from normalize.matching import Matching, RowPlace, match_lines
from normalize.placed import (
    APART,
    CUT_SHORT,
    LABEL_BEHIND,
    LAST_LOST,
    LOOSE_FIGURES,
    OTHER_ORDER,
    POSITION_ONLY,
    SURPLUS,
    UNKNOWN_LABEL,
    PlacedRow,
    PlacedTable,
)
from normalize.printed import Kind, Line, Printed
from normalize.proactive import place_blocks
from normalize.regions import Region, TableLine
from normalize.rows import (
    Cells,
    fit_to_width,
    may_lack_a_cell,
    surplus_column,
    usual_columns,
    usual_start,
    without_one,
)
from normalize.rules import holds_in_row


def place_region(region: Region, year: int | None, hint: str | None) -> PlacedTable:
    """The cells of one printed table; `hint` is the edition that its neighbours are in."""
    editions = _by_likelihood(tables_named(region.table), year, hint)
    if region.table == "proactive":
        return place_blocks(region, editions)
    if editions[0].blocks[0].across:
        return _place_across(region, editions[0])
    matchings = (match_lines(region.lines, edition) for edition in editions)
    return _place_rows(max(matchings, key=lambda matching: matching.score))


def _by_likelihood(
    editions: Sequence[FormTable], year: int | None, hint: str | None
) -> tuple[FormTable, ...]:
    """Editions with the likelier first, so that it wins a tie."""
    guess = "2019" if year is not None and year < 2021 else "2021"
    wanted = hint or guess
    return tuple(sorted(editions, key=lambda edition: edition.form != wanted))


def _place_rows(matching: Matching) -> PlacedTable:
    edition, lines = matching.edition, matching.lines
    block = edition.blocks[0]
    width = _Width.of([member.line.values for member in lines], block, edition.rules)
    disorder = (*_disorder(lines, block), *_labels_behind(lines, block))
    apart_throughout = all(member.apart for member in lines)
    rows: list[PlacedRow] = []
    extras: list[Line] = []
    for member, place in zip(lines, matching.places, strict=True):
        if place is None:
            extras.append(member.line)
            continue
        cells, doubts = _fit_row(member.line, block, edition.rules, width)
        doubts = (*_doubts_of_place(member, place, apart_throughout), *doubts, *disorder)
        rows.append(_placed(edition, (place.row.name,), block, cells, member.line, doubts))
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


def _labels_behind(lines: Sequence[TableLine], block: Block) -> tuple[str, ...]:
    """A doubt on every cell when a list begins with a full row of figures without a label.

    Then each label may stand behind its figures, not before them.
    """
    first = lines[0]
    inked = sum(piece.kind is not Kind.BLANK for piece in first.line.values)
    full = inked % block.width == 0
    return (LABEL_BEHIND,) if first.line.listed and not first.matches and full else ()


def _doubts_of_place(member: TableLine, place: RowPlace, apart_throughout: bool) -> tuple[str, ...]:
    """Why the row may be another one. Labels that all stand apart stand in front of their rows."""
    if place.by_label:
        return (*place.doubts, APART) if member.apart and not apart_throughout else place.doubts
    unknown = any(not is_group(piece.text) for piece in member.line.labels)
    return (UNKNOWN_LABEL if unknown else POSITION_ONLY,)


@dataclass(frozen=True, slots=True)
class _Width:
    """How the rows of one printed table are wide, from all of them together.

    `surplus` is the place of a column that the form does not have; then the rest counts with it.
    """

    usual: frozenset[int]
    start: int | None
    surplus: int | None

    @classmethod
    def of(cls, lines: Sequence[Sequence[Printed]], block: Block, rules: Sequence[Rule]) -> _Width:
        surplus = surplus_column(lines, block.width, lambda row: holds_in_row(row, block, rules))
        width = block.width + (surplus is not None)
        return cls(usual_columns(lines, width), usual_start(lines, width), surplus)


def _fit_row(
    line: Line, block: Block, rules: Sequence[Rule], width: _Width
) -> tuple[Cells | None, tuple[str, ...]]:
    columns = block.width
    if width.surplus is not None:
        wider = fit_to_width(line.values, columns + 1, width.usual, width.start)
        if wider is not None:
            return wider[: width.surplus] + wider[width.surplus + 1 :], ()
    cells = fit_to_width(line.values, columns, width.usual, width.start)
    if cells is not None:
        return cells, (LAST_LOST,) if may_lack_a_cell(line.values, cells) else ()
    if line.last and len(line.values) < columns:
        return (*line.values, *(None,) * (columns - len(line.values))), (CUT_SHORT,)
    if len(line.values) == columns + 1:
        found = without_one(line.values, lambda kept: holds_in_row(kept, block, rules))
        if found is not None:
            return found[0], () if found[1] else (SURPLUS,)
    return None, ()


def _place_across(region: Region, edition: FormTable) -> PlacedTable:
    """A block whose rows stand side by side, in one line or each under its own label."""
    block = edition.blocks[0]
    lines = [member.line for member in region.lines]
    if len(lines) > 1 and all(0 < len(rows_named(line, block)) < len(block.rows) for line in lines):
        rows = [_place_part(line, block, edition) for line in lines]
        return PlacedTable(edition, tuple(rows), ())
    cells, doubts = _fit_row(lines[0], block, edition.rules, _Width(frozenset(), None, None))
    names = tuple(row.name for row in block.rows)
    doubts = (*doubts, *_disorder(region.lines[:1], block))
    placed = _placed(edition, names, block, cells, lines[0], doubts)
    return PlacedTable(edition, (placed,), tuple(lines[1:]))


def _place_part(line: Line, block: Block, edition: FormTable) -> PlacedRow:
    """The rows that one line of a parted block holds."""
    names = tuple(row.name for row in rows_named(line, block))
    width = len(names) * len(block.columns)
    cells = fit_to_width(line.values, width, frozenset(), None)
    return _placed(edition, names, block, cells, line, ())


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
        doubts=(*line.doubts, *doubts),
    )
