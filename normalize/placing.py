"""Regions -> cells of the forms: every printed value at its canonical row and column.

The edition of the form is chosen by what is printed, block by block; the year of the report only
breaks ties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from normalize.across import is_whole_part, rows_named
from normalize.forms import Block, FormTable, tables_named
from normalize.heads import is_out_of_order
from normalize.lexicon import is_group, stands_in_frame
from normalize.matching import Matching, RowPlace, match_lines
from normalize.placed import (
    APART,
    LABEL_BEHIND,
    LOOSE_FIGURES,
    OTHER_ORDER,
    POSITION_ONLY,
    UNKNOWN_LABEL,
    OtherColumn,
    PlacedRow,
    PlacedTable,
)
from normalize.printed import Kind, Line
from normalize.proactive import place_blocks
from normalize.regions import Region, TableLine
from normalize.rows import (
    Cells,
    fit_to_width,
)
from normalize.shapes.by_heads import place_by_heads
from normalize.shapes.plans import Plan
from normalize.widths import Width, fit_row


def place_region(region: Region, year: int | None, hint: str | None) -> PlacedTable:
    """The cells of one printed table; `hint` is the edition that its neighbours are in."""
    editions = _by_likelihood(tables_named(region.table), year, hint)
    if named := _place_long_line(region, editions):
        return named
    if region.table == "proactive":
        return place_blocks(region, editions)
    if editions[0].blocks[0].across:
        return _place_across(region, editions[0])
    matchings = [match_lines(region.lines, edition) for edition in editions]
    return _place_rows(_best_matching(matchings), year)


def _best_matching(matchings: Sequence[Matching]) -> Matching:
    """The matching with the highest score.

    A table cut off before its editions part is in the likelier one, the first: all rows that it
    has are common to them, and how many it lacks says nothing.
    """
    best = max(matchings, key=lambda matching: matching.score)
    rows = [[row for row in m.edition.blocks[0].rows if not row.optional] for m in matchings]
    common = takewhile(
        lambda alike: len({row.name for row in alike}) == 1, zip(*rows, strict=False)
    )
    names = {alike[0].name for alike in common}
    placed = {place.row.name for place in best.places if place}
    return matchings[0] if placed <= names else best


def _place_long_line(region: Region, editions: Sequence[FormTable]) -> PlacedTable | None:
    """A table all printed in one line under heads that name rows and columns; else None."""
    if not all(member.by_heads for member in region.lines):
        return None
    placed = place_by_heads(region.lines[0].line, editions)
    others = tuple(member.line for member in region.lines[1:])
    return replace(placed, extras=(*placed.extras, *others)) if placed else None


def _by_likelihood(
    editions: Sequence[FormTable], year: int | None, hint: str | None
) -> tuple[FormTable, ...]:
    """Editions with the likelier first, so that it wins a tie."""
    guess = "2019" if year is not None and year < 2021 else "2021"
    wanted = hint or guess
    return tuple(sorted(editions, key=lambda edition: edition.form != wanted))


def _place_rows(matching: Matching, year: int | None) -> PlacedTable:
    edition, lines = matching.edition, matching.lines
    block = edition.blocks[0]
    width = Width.of(lines, block, edition.rules, year)
    disorder = (*_disorder(lines, block, width.plan), *_labels_behind(lines, block))
    apart_throughout = all(member.apart for member in lines)
    rows: list[PlacedRow] = []
    extras: list[Line] = []
    for member, place in zip(lines, matching.places, strict=True):
        if place is None:
            extras.append(member.line)
            continue
        cells, doubts = fit_row(member.line, block, edition.rules, width)
        doubts = (*_doubts_of_place(member, place, apart_throughout), *doubts, *disorder)
        rows.append(_placed(edition, (place.row.name,), block, cells, member.line, doubts))
    others = _other_columns(matching, width)
    return PlacedTable(edition, _doubt_blank_rows(rows, extras), tuple(extras), others)


def _other_columns(matching: Matching, width: Width) -> tuple[OtherColumn, ...]:
    """The columns that the form does not know, with their cells."""
    if width.plan is None:
        return ()
    rows = [
        (place.row.name if place else "", cells)
        for member, place in zip(matching.lines, matching.places, strict=True)
        if (cells := width.planned(member.line.values))
    ]
    return tuple(
        OtherColumn(label, tuple((row, cell) for row, cells in rows if (cell := cells[at])))
        for at, label in width.plan.others
    )


def _doubt_blank_rows(rows: list[PlacedRow], extras: Sequence[Line]) -> tuple[PlacedRow, ...]:
    """A row that is blank throughout is in doubt when figures were left that belong to no row."""
    loose = [line for line in extras if not line.labels or stands_in_frame(line.labels[-1].text)]
    if not any(piece.kind is Kind.FIGURE for line in loose for piece in line.values):
        return tuple(rows)
    return tuple(
        replace(row, doubts=(*row.doubts, LOOSE_FIGURES)) if _is_blank(row) else row for row in rows
    )


def _is_blank(row: PlacedRow) -> bool:
    return row.cells is not None and all(c is None or c.kind is Kind.BLANK for c in row.cells)


def _disorder(
    lines: Sequence[TableLine], block: Block, plan: Plan | None = None
) -> tuple[str, ...]:
    """A doubt on every cell when the heads above the first lines are in another order."""
    if plan is not None:
        return plan.doubts
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


def _place_across(region: Region, edition: FormTable) -> PlacedTable:
    """A block whose rows stand side by side, in one line or each under its own label."""
    block = edition.blocks[0]
    lines = [member.line for member in region.lines]
    if _are_parts(lines, block):
        rows = [row for line in lines for row in _place_part(line, block, edition)]
        return PlacedTable(edition, tuple(rows), ())
    if named := place_by_heads(lines[0], (edition,)):
        return replace(named, extras=tuple(lines[1:]))
    cells, doubts = fit_row(lines[0], block, edition.rules, Width(frozenset(), None))
    names = tuple(row.name for row in block.rows)
    doubts = (*doubts, *_disorder(region.lines[:1], block))
    placed = _placed(edition, names, block, cells, lines[0], doubts)
    return PlacedTable(edition, (placed,), tuple(lines[1:]))


def _are_parts(lines: Sequence[Line], block: Block) -> bool:
    """True for lines of some rows' figures each, one of them alone only under its own heads."""
    if len(lines) == 1:
        return is_whole_part(lines[0], block)
    return all(0 < len(rows_named(line, block)) < len(block.rows) for line in lines)


def _place_part(line: Line, block: Block, edition: FormTable) -> tuple[PlacedRow, ...]:
    """The rows that one line of a parted block holds."""
    if named := place_by_heads(line, (edition,)):
        return named.rows
    names = tuple(row.name for row in rows_named(line, block))
    width = len(names) * len(block.columns)
    cells = fit_to_width(line.values, width, frozenset(), None)
    return (_placed(edition, names, block, cells, line, ()),)


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
