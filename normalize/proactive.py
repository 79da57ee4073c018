"""Tables of several blocks, each under its own head and in its own edition of the form.

Real reports put the 2019 head over one block and the 2021 head over the next, so the edition is
chosen block by block from the heads.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.forms import Block, FormTable
from normalize.heads import HeadMatch, match_heads
from normalize.lexicon import SURE, match_rows
from normalize.placed import (
    BLANKS_LOST,
    CHANGED_HEAD,
    CUT_SHORT,
    LAST_LOST,
    NO_HEADS,
    SUB_ROWS,
    PlacedRow,
    PlacedTable,
)
from normalize.printed import Kind, Line, Printed
from normalize.regions import Region, TableLine
from normalize.rows import Cells, fit_to_width, may_go_on, may_have_moved, may_lack_a_cell
from normalize.script import to_simplified

_CHANGE = "change"
_SIGNED = re.compile(r"[+＋\-－−–增减減]\s*\d")

_FITTING = 0.1
"""What the right number of cells adds to the score of an edition's head."""


@dataclass(frozen=True, slots=True)
class _BlockRow:
    """A line whose label names a row of some block, and the head words printed above it."""

    member: TableLine
    row: str
    head: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One edition's reading of a line; `fits` when the line has that edition's number of cells."""

    edition: FormTable
    block: Block
    heads: HeadMatch
    fits: bool

    @property
    def score(self) -> float:
        return self.heads.score + (_FITTING if self.fits else 0.0)


def place_blocks(region: Region, editions: Sequence[FormTable]) -> PlacedTable:
    """Every row of the region under the edition that its own head is in."""
    block_rows, extras = _with_heads(region.lines)
    votes = Counter(
        reading.edition.form
        for found in block_rows
        if (reading := _read(found, editions)) and reading.heads.is_found
    )
    ranked = sorted(editions, key=lambda edition: -votes[edition.form])
    rows: list[PlacedRow] = []
    for found in block_rows:
        reading = _read(found, ranked)
        if reading is None:
            extras.append(found.member.line)
        else:
            rows.append(_place(found, reading))
    split = {row.rows for row in rows if SUB_ROWS in row.doubts}
    kept = [row for row in rows if row.rows not in split or SUB_ROWS in row.doubts]
    return PlacedTable(ranked[0], tuple(kept), tuple(extras))


def _with_heads(members: Sequence[TableLine]) -> tuple[list[_BlockRow], list[Line]]:
    """The lines that name a row, each with the last head printed before it."""
    found: list[_BlockRow] = []
    extras: list[Line] = []
    head: tuple[str, ...] = ()
    for member in members:
        best = member.best
        if best is None or best.score < SURE:
            extras.append(member.line)
            continue
        own = member.line.labels[: len(member.line.labels) - best.words - best.rest]
        above = tuple(piece.text for piece in (*_before(member), *own))
        head = above or head
        found.append(_BlockRow(member, best.name.row, head))
    return found, extras


def _before(member: TableLine) -> Sequence[Printed]:
    """What is printed in front of the line, without a label that stands apart from it."""
    pieces = member.line.before
    if not member.apart or member.best is None:
        return pieces
    named = [at for at, piece in enumerate(pieces) if match_rows([piece.text])]
    return pieces[: named[-1]] if named else pieces


def _read(found: _BlockRow, editions: Sequence[FormTable]) -> _Reading | None:
    """The edition whose head is printed; the first one given when no head is found."""
    readings = [
        _Reading(
            edition,
            block,
            match_heads(found.head, block),
            fits=_fit(found.member.line.values, block) is not None,
        )
        for edition in editions
        for block in edition.blocks
        if any(row.name == found.row for row in block.rows)
    ]
    return max(readings, key=lambda reading: reading.score, default=None)


def _place(found: _BlockRow, reading: _Reading) -> PlacedRow:
    line, block = found.member.line, reading.block
    best = found.member.best
    cells: Cells | None = None
    doubts: tuple[str, ...] = (SUB_ROWS,)
    if best is None or not best.rest:
        cells, doubts = _line_to_cells(line, reading)
    if not reading.heads.is_found:
        doubts = (*doubts, NO_HEADS)
    elif cells is not None:
        cells, doubts = _without_changed_columns(cells, reading.heads, doubts)
    return PlacedRow(
        table=reading.edition,
        rows=(found.row,),
        columns=tuple(column.name for column in block.columns),
        cells=cells,
        loose=line.values if cells is None else (),
        heads=tuple(head.text for head in reading.heads.heads),
        unit=line.unit,
        unit_texts=_unit_texts(found),
        doubts=(*line.doubts, *doubts),
    )


def _line_to_cells(line: Line, reading: _Reading) -> tuple[Cells | None, tuple[str, ...]]:
    """The block's cells, None where they cannot be told apart, and what casts doubt on them."""
    values, block = line.values, reading.block
    cells: Cells | None = _fit_to_heads(values, reading.heads) or _fit(values, block)
    if cells is None:
        if values and values[0].kind is Kind.WORDS and _fit(values[1:], block):
            return None, (SUB_ROWS,)
        if signed := _fit_to_sign(values, block):
            return signed, (BLANKS_LOST,)
        if line.last and len(values) < block.width:
            return (*values, *(None,) * (block.width - len(values))), (CUT_SHORT,)
        return None, ()
    if _is_sub_row(cells):
        return None, (SUB_ROWS,)
    if may_have_moved(cells):
        return cells, (BLANKS_LOST,)
    if may_lack_a_cell(values, cells) or _may_be_padded(cells):
        return cells, (LAST_LOST,)
    return cells, (CUT_SHORT,) if line.is_open and may_go_on(values) else ()


def _is_sub_row(cells: Cells) -> bool:
    """True for words in front of figures alone: the label of one of several sub-rows."""
    first, *others = cells
    figures = [cell for cell in others if cell is not None and cell.kind is Kind.FIGURE]
    words = first is not None and first.kind is Kind.WORDS
    return words and len(others) > 1 and len(figures) == len(others)


def _may_be_padded(cells: Cells) -> bool:
    """True for a row of text whose last cell alone is blank: its cells may have moved left."""
    *others, last = (cell for cell in cells)
    in_text = all(cell is not None and cell.column is None for cell in cells)
    full = bool(others) and all(cell and cell.kind is not Kind.BLANK for cell in others)
    return in_text and full and last is not None and last.kind is Kind.BLANK


def _unit_texts(found: _BlockRow) -> tuple[str, ...]:
    """What names the unit of the whole block: its own label, and remarks such as 单位：万元."""
    label = "".join(piece.text for piece in found.member.line.labels[-1:])
    remarks = (piece for piece in found.head if "单位" in to_simplified(piece))
    return (label, *remarks)


def _fit_to_heads(values: Sequence[Printed], heads: HeadMatch) -> Cells | None:
    """The cells under the block's own heads where others stand beside or between them."""
    if not heads.places or heads.places == tuple(range(len(heads.places))):
        return None
    *places, width = heads.places
    row = fit_to_width(values, width, frozenset(), 0)
    return tuple(row[place] for place in places) if row else None


def _fit(values: Sequence[Printed], block: Block) -> Cells | None:
    """The block's cells; where the form has one wide cell, its only inked part counts."""
    cells = fit_to_width(values, block.width, frozenset(), 0)
    if cells is None and block.width == 1:
        inked = tuple(value for value in values if value.kind is not Kind.BLANK)
        return inked if len(inked) == 1 else None
    return cells


def _fit_to_sign(values: Sequence[Printed], block: Block) -> Cells | None:
    """The cells of a row that blank ones were left out of, by its signed figure, a change.

    Nothing tells where a figure belongs when not all that stood beside it are there, or none.
    """
    signed = [at for at, value in enumerate(values) if _SIGNED.match(value.text.strip())]
    change = next((at for at, c in enumerate(block.columns) if c.name == _CHANGE), None)
    if change is None or len(signed) != 1 or len(values) >= block.width:
        return None
    before, after = values[: signed[0]], values[signed[0] + 1 :]
    behind = block.width - change - 1
    if len(before) not in (0, change) or len(after) not in (0, behind):
        return None
    return (
        *(before or (None,) * change),
        values[signed[0]],
        *(after or (None,) * behind),
    )


def _without_changed_columns(
    cells: Cells, heads: HeadMatch, doubts: tuple[str, ...]
) -> tuple[Cells, tuple[str, ...]]:
    """Cells under a head that means something else are not the form's."""
    changed = [bool(head.text) and not head.means_column for head in heads.heads]
    if not any(changed):
        return cells, doubts
    kept = tuple(None if gone else cell for cell, gone in zip(cells, changed, strict=True))
    return kept, (*doubts, CHANGED_HEAD)
