"""The lines of one printed table -> the rows of one edition of the form.

Before the alignment, figures of several rows in one line are parted; group labels are taken for
what the number of lines under them allows; and sub-totals may stand before or after their members.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalize.alignment import Candidate, align
from normalize.forms import Block, FormTable, Row
from normalize.lexicon import SURE, Match, RowName
from normalize.placed import OUT_OF_ORDER
from normalize.regions import TableLine

_LEFT_OVER = 0.5
"""What a line of figures without any row costs an edition."""

_BY_GROUP = 0.9
"""Score of a group's first member that has its group's label only."""

_CERTAIN = 0.95
"""Least score of a label that gives a line its row even out of order."""


@dataclass(frozen=True, slots=True)
class RowPlace:
    """The row a line was given; `by_label` tells labels from position alone."""

    row: Row
    by_label: bool
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """`places[i]` is the row of `lines[i]`, None for a line that the edition does not know."""

    edition: FormTable
    lines: tuple[TableLine, ...]
    places: tuple[RowPlace | None, ...]
    score: float


def match_lines(lines: Sequence[TableLine], edition: FormTable) -> Matching:
    """The best matching of the lines with the rows of an edition's first block."""
    block = edition.blocks[0]
    settled = _settle_group_labels(_unglue(lines, block), block)
    orders = dict.fromkeys((_totals_behind(block.rows), block.rows))
    optional = {row.name for row in block.rows if row.optional}
    if not any(match.name.row in optional for line in settled for match in line.matches):
        orders = dict.fromkeys([block.rows])
    return max((_match(settled, edition, rows) for rows in orders), key=lambda m: m.score)


def _match(lines: list[TableLine], edition: FormTable, rows: tuple[Row, ...]) -> Matching:
    index = {row.name: at for at, row in enumerate(rows)}
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
    alignment = align(candidates, [row.optional for row in rows])
    places = [
        None if place is None else RowPlace(rows[place.row], place.by_label and not member.by_group)
        for member, place in zip(lines, alignment.places, strict=True)
    ]
    placed = _place_out_of_order(lines, places, rows)
    left = sum(
        place is None and not member.line.labels
        for member, place in zip(lines, placed, strict=True)
    )
    return Matching(edition, tuple(lines), tuple(placed), alignment.score - _LEFT_OVER * left)


def _place_out_of_order(
    lines: Sequence[TableLine], places: list[RowPlace | None], rows: tuple[Row, ...]
) -> list[RowPlace | None]:
    """Lines with a certain label whose row is still free get it, though the order forbids it."""
    taken = {place.row.name for place in places if place}
    out = list(places)
    for at, member in enumerate(lines):
        if places[at] is not None:
            continue
        sure = {m.name.row for m in member.matches if m.score >= _CERTAIN and not m.rest}
        free = [row for row in rows if row.name in sure and row.name not in taken]
        if len(sure) == 1 and free:
            taken.add(free[0].name)
            doubts = () if free[0].optional else (OUT_OF_ORDER,)
            out[at] = RowPlace(free[0], by_label=True, doubts=doubts)
    return out


def _totals_behind(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows with each optional sub-total behind its members instead of before them."""
    out: list[Row] = []
    waiting: Row | None = None
    for row in rows:
        if waiting is not None and waiting.label not in row.groups:
            out.append(waiting)
            waiting = None
        if row.optional and any(row.label in other.groups for other in rows):
            waiting = row
        else:
            out.append(row)
    return (*out, *([waiting] if waiting else []))


def _unglue(lines: Sequence[TableLine], block: Block) -> list[TableLine]:
    """Lines that hold the figures of several rows, because labels were lost, one row each."""
    out: list[TableLine] = []
    for member in lines:
        line = member.line
        count, rest = divmod(len(line.values), block.width)
        if not line.listed or rest or count < 2 or block.width == 1:
            out.append(member)
            continue
        for part in range(count):
            piece = replace(
                line,
                labels=() if part else line.labels,
                values=line.values[part * block.width : (part + 1) * block.width],
                before=(),
                last=line.last and part == count - 1,
            )
            out.append(TableLine(piece, () if part else member.matches))
    return out


def _settle_group_labels(lines: Sequence[TableLine], block: Block) -> list[TableLine]:
    """Tells a group's sub-total from its first member whose own label is lost.

    Both stand beside the group's label. With as many lines behind it as the group has members, or
    with none, it is the sub-total; with one less it is the first member; else nobody can tell.
    """
    out = list(lines)
    for at, member in enumerate(lines):
        group = _group_named(member, block)
        if group is None or member.best is None:
            continue
        members = _members(group, block)
        table = member.best.name.table
        behind = _lines_behind(lines[at + 1 :], {row.name for row in members})
        missing = len(members) - len(behind)
        if missing == 1:
            out[at : at + len(members)] = _by_group(lines[at : at + len(members)], members, table)
        elif missing == 0:
            out[at + 1 : at + 1 + len(members)] = _by_group(behind, members, table)
        elif behind and not _is_complete(behind, members):
            out[at] = TableLine(member.line, ())
    return out


def _by_group(lines: Sequence[TableLine], members: Sequence[Row], table: str) -> list[TableLine]:
    """As many lines as a group has members: each one's row, where no label says otherwise."""
    names = {row.name for row in members}
    return [
        member
        if any(match.name.row in names for match in member.matches)
        else replace(
            member, matches=(Match(RowName(table, row.name), _BY_GROUP, 1),), by_group=True
        )
        for member, row in zip(lines, members, strict=True)
    ]


def _is_complete(lines: Sequence[TableLine], members: Sequence[Row]) -> bool:
    """True when the lines are the members of a group, by number or by label."""
    named = {member.best.name.row for member in lines if member.best}
    return len(lines) == len(members) or all(row.name in named for row in members)


def _lines_behind(lines: Sequence[TableLine], members: set[str]) -> Sequence[TableLine]:
    """The lines that follow before one that names a row outside the group."""
    for count, member in enumerate(lines):
        if member.best is not None and not any(m.name.row in members for m in member.matches):
            return lines[:count]
    return lines


def _group_named(member: TableLine, block: Block) -> Row | None:
    """The optional row whose group label the line has; None when it names a row of its own."""
    best = member.best
    row = next((row for row in block.rows if best and row.name == best.name.row), None)
    return row if row is not None and row.optional and _members(row, block) else None


def _members(group: Row, block: Block) -> list[Row]:
    return [row for row in block.rows if group.label in row.groups]
