"""Which lines belong to which table of the forms, and where one table ends and another begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from normalize.across import figures_in, is_part
from normalize.cells import read_cell
from normalize.forms import Block, table_names, tables_named
from normalize.labels import fold
from normalize.lexicon import SURE, Match, match_rows, stands_in_frame
from normalize.placed import NO_HEADS
from normalize.printed import Kind, Line, Printed
from normalize.shapes.by_heads import named_by_heads

_FEWEST_TRACES = 4
_SURE_TO_LEAVE = 0.95
_WIDE = 5
"""Columns of a table that its heads alone tell."""


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line of one table with the rows its label may name, best first.

    `apart` when that label is no part of the row but stands loose above it, `by_group` when only
    the label of the row's group is there, `by_heads` when heads above its figures name them all.
    """

    line: Line
    matches: tuple[Match, ...]
    apart: bool = False
    by_group: bool = False
    by_heads: bool = False

    @property
    def best(self) -> Match | None:
        return self.matches[0] if self.matches else None


@dataclass(frozen=True, slots=True)
class Region:
    """The lines of one printed table."""

    table: str
    lines: tuple[TableLine, ...]


def lines_to_regions(lines: Iterable[Line]) -> tuple[Region, ...]:
    """The printed tables of a document in order; lines of no form's table are left out."""
    regions: list[Region] = []
    current: str | None = None
    heads: tuple[Printed, ...] = ()
    for line in lines:
        if own := tuple(piece for piece in heads if piece.block == line.block):
            line = replace(line, before=(*own, *line.before))
        heads = ()
        tagged = _tag(line, regions, current)
        if tagged is None:
            heads = _heads_to_keep(line)
            continue
        current, member = tagged
        at = _open_region(regions, current, member)
        if at is None:
            regions.append(Region(current, (member,)))
        else:
            regions[at] = replace(regions[at], lines=(*regions[at].lines, member))
    return tuple(regions)


def _heads_to_keep(line: Line) -> tuple[Printed, ...]:
    """The heads in front of a line that is no form's, where they may be those of the lines below.

    Such a line is a group's label beside dashes, or heads that a blank cell parts in a list.
    """
    group = any(stands_in_frame(piece.text) for piece in line.labels[-1:])
    if not group and any(read_cell(piece.text).value is not None for piece in line.values):
        return ()
    return (*line.before, *line.labels) if line.listed else line.before


def _is_inside(line: Line, regions: list[Region], current: str) -> bool:
    """True for a line without a known label that stands among those of the current table."""
    at = _last_region(regions, current)
    return at is not None and regions[at].lines[-1].line.block == line.block and bool(line.labels)


def _tag(line: Line, regions: list[Region], current: str | None) -> tuple[str, TableLine] | None:
    """The line's table and its row matches; None when it is no form's."""
    if any(_has_traces(line, block) for block in _across_blocks()):
        return "proceedings", TableLine(line, ())
    if any(_may_have_lost_heads(line, block) for block in _across_blocks()):
        return "proceedings", TableLine(replace(line, doubts=(*line.doubts, NO_HEADS)), ())
    if any(is_part(line, block, current == "proceedings") for block in _across_blocks()):
        return "proceedings", TableLine(line, ())
    if named_by_heads(line, tables_named("proactive")):
        return "proactive", TableLine(line, (), by_heads=True)
    if _ends_in_heads(line) and (headed := _table_headed(line)):
        return headed, TableLine(line, ())
    matches, apart = _own_matches(line)
    if matches and matches[0].score >= _least_score(line, matches, regions, current):
        table = _table_of(matches, current)
        mine = tuple(match for match in matches if match.name.table == table)
        return table, TableLine(line, mine, apart)
    if current is not None and (
        _may_be_orphan(line, current) or _is_inside(line, regions, current)
    ):
        return current, TableLine(line, ())
    return None


def _least_score(
    line: Line, matches: Sequence[Match], regions: list[Region], current: str | None
) -> float:
    """How sure a label must be: surer where it would end a table in the middle of its block."""
    leaves = current is not None and _table_of(matches, current) != current
    return _SURE_TO_LEAVE if leaves and current and _is_inside(line, regions, current) else SURE


def _own_matches(line: Line) -> tuple[tuple[Match, ...], bool]:
    """The rows that a line's label may name, and whether the label stands apart from it."""
    words = [piece.text for piece in line.labels]
    matches = () if _ends_in_heads(line) else match_rows(words)
    if line.listed or (matches and matches[0].score >= SURE):
        return matches, False
    loose = [piece.text for piece in line.before if piece.block != line.block]
    if words:
        return _joined_matches(loose, words), False
    labels = [text for text in loose if not _is_filler(text)]
    return (match_rows(labels[-1:]), True) if labels else ((), False)


def _ends_in_heads(line: Line) -> bool:
    """True for a list's figures right behind column heads: 其他 is then no row's label."""
    last = [piece.text for piece in line.labels[-2:]]
    unnumbered = all(not fold(text).ordinal and stands_in_frame(text) for text in last)
    return line.listed and len(last) == 2 and unnumbered


def _table_headed(line: Line) -> str | None:
    """The wide table whose column heads stand in front of a list's first figures."""
    words = [fold(piece.text).core for piece in line.labels]
    for table in table_names():
        for block in (block for edition in tables_named(table) for block in edition.blocks):
            heads = [fold(column.label).core for column in block.columns]
            if block.width >= _WIDE and not block.across and all(h in words for h in heads):
                return table
    return None


def _joined_matches(loose: list[str], words: list[str]) -> tuple[Match, ...]:
    """The rows named by loose words and the line's own together, neither being a label alone."""
    if not any(fold(word).core for word in words):
        return ()
    alone = match_rows(loose)
    joined = match_rows([*loose, *words])
    return joined if not alone or (joined and joined[0].score > alone[0].score) else ()


def _is_filler(text: str) -> bool:
    """True for loose words that carry no label: heads that a converter made up, page numbers."""
    core = fold(text).core
    return len(core) < 2 or core.startswith(("数据", "列")) or core.isdigit()


def _table_of(matches: Sequence[Match], current: str | None) -> str:
    """The table of the best match, the current one when it is as good."""
    best = matches[0].score
    tables = [match.name.table for match in matches if match.score >= best - 0.02]
    return current if current in tables else tables[0]


@cache
def _across_blocks() -> tuple[Block, ...]:
    tables = (table for name in table_names() for table in tables_named(name))
    return tuple(block for table in tables for block in table.blocks if block.across)


def _has_traces(line: Line, block: Block) -> bool:
    """True when a line without label has the head of a block whose rows stand side by side."""
    if len(line.values) < block.width // 2:
        return False
    words = fold("".join(piece.text for piece in (*line.before, *line.labels))).core
    found = sum(trace in words for trace in block.traces)
    return found >= _FEWEST_TRACES


def _may_have_lost_heads(line: Line, block: Block) -> bool:
    """True for exactly a block's figures under a heading that names all its groups."""
    if len(line.values) != block.width or match_rows([piece.text for piece in line.labels]):
        return False
    words = fold("".join(piece.text for piece in line.before)).core
    groups = dict.fromkeys((*row.groups, row.label)[0] for row in block.rows)
    return all(fold(label).core in words for label in groups)


def _may_be_orphan(line: Line, current: str) -> bool:
    """True for a line of figures that lost its label inside a table wide enough to tell it."""
    if current != "requests":
        return False
    figures = [piece for piece in line.values if piece.kind is Kind.FIGURE]
    widths = {block.width for table in tables_named(current) for block in table.blocks}
    full = len(figures) in widths
    # In a grid a blank cell has its place, so that the row is as wide as with a figure there.
    full = full or (bool(figures) and not line.listed and len(line.values) in widths)
    return not line.labels and full


def _open_region(regions: list[Region], table: str, member: TableLine) -> int | None:
    """The region that the line goes on with; None when it begins a new printed table."""
    at = _last_region(regions, table)
    return None if at is None or _restarts(regions[at], member) else at


def _last_region(regions: list[Region], table: str) -> int | None:
    return max((at for at, region in enumerate(regions) if region.table == table), default=None)


def _restarts(region: Region, member: TableLine) -> bool:
    """True when the line's row has been printed before in this region."""
    if region.table == "proceedings":
        block = _across_blocks()[-1]
        lines = [line.line for line in region.lines]
        held = figures_in(lines, block)
        return held == 0 or held + figures_in([member.line], block) > block.width
    best = member.best
    if best is None or best.score < 0.9 or best.rest:
        return False
    rows = _row_order(region.table)
    if best.name.row != rows[0] and region.table != "proactive":
        return False
    seen = {line.best.name.row for line in region.lines if line.best and not line.best.rest}
    return best.name.row in seen


@cache
def _row_order(table: str) -> tuple[str, ...]:
    edition = tables_named(table)[-1]
    return tuple(row.name for block in edition.blocks for row in block.rows)
