"""Rows of column heads -> the printed columns from left to right, for rows with labels.

A head over several columns (法人或其他组织) is replaced by those printed below it. Flattened text
prints them behind the heads of the row above; the form's own grouping puts them back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from normalize.forms import Block, Column
from normalize.labels import best_similarity, fold, words_of
from normalize.printed import Printed

_SAME_HEAD = 0.9
"""Least similarity of a head that is taken for a column's, its neighbours unseen."""


class Word(NamedTuple):
    """A printed head; `column` only where columns are positions."""

    text: str
    column: int | None = None


HeadRows = tuple[tuple[Word, ...], ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A printed column: its head, and the form's column it is; None for one the form lacks.

    `at` is where the head stands, None where columns are no positions.
    """

    label: str
    column: str | None
    at: int | None = None


@dataclass(slots=True)
class _Item:
    """A head in the topmost row it is printed in, with those that stand below it."""

    word: Word
    row: int
    column: Column | None = None
    is_group: bool = False
    below: list[_Item] = field(default_factory=list)

    def leaves(self) -> Iterator[Leaf]:
        if self.below:
            for item in self.below:
                yield from item.leaves()
        else:
            column = self.column.name if self.column else None
            yield Leaf(self.word.text, column, self.word.column)


def head_rows(pieces: Sequence[Printed], block: int) -> HeadRows:
    """The words of each row of a table's head, those of other blocks left out."""
    own = [piece for piece in pieces if piece.block == block and piece.row is not None]
    return tuple(
        tuple(Word(piece.text, piece.column) for piece in row)
        for _, row in groupby(own, key=lambda piece: piece.row)
    )


def heads_to_leaves(rows: HeadRows, block: Block, width: int) -> tuple[Leaf, ...]:
    """The `width` printed columns under these heads; empty where they cannot be told.

    What stands over the rows' labels is left out, as many of the first unknown heads as are too
    many.
    """
    items = _rows_to_items(rows, block)
    leading = _leading_unknown(items)
    leaves = [leaf for item in items for leaf in item.leaves()]
    surplus = len(leaves) - width
    if not 0 <= surplus <= leading:
        return ()
    kept = tuple(leaves[surplus:])
    return kept if are_from_left_to_right([leaf.at for leaf in kept]) else ()


def are_from_left_to_right(columns: Sequence[int | None]) -> bool:
    """False where positions say that heads stand otherwise than their rows make believe.

    A page without rules prints a high head in the middle of its height, on a line of its own.
    """
    known = [column for column in columns if column is not None]
    return len(known) < len(columns) or known == sorted(known)


def _rows_to_items(rows: HeadRows, block: Block) -> list[_Item]:
    groups = {fold(column.group).core for column in block.columns if column.group}
    skipped = {fold(head).core for head in block.heads} - groups
    top: list[_Item] = []
    for number, words in enumerate(rows):
        row = [
            _Item(word, number, column_named(word.text, block), core in groups)
            for word in words
            if (core := fold(word.text).core) not in {"", *skipped}
        ]
        own = [_group_of(item, top) for item in row]
        under = next((group for group in own if group), None)
        for item, group in zip(row, own, strict=True):
            if group is None and under is not None and _belongs_below(item, top):
                group = under
            (top if group is None else group.below).append(item)
    return top


def _group_of(item: _Item, top: Sequence[_Item]) -> _Item | None:
    """The head of a row above that a column's own group is."""
    if item.column is None or item.column.group is None:
        return None
    wanted = fold(item.column.group).core
    above = (one for one in top if one.is_group and one.row < item.row)
    return next((one for one in above if fold(one.word.text).core == wanted), None)


def _belongs_below(item: _Item, top: Sequence[_Item]) -> bool:
    """True for what follows the members of a group and is no column that the row above lacks."""
    if item.is_group:
        return False
    return item.column is None or any(item.column is one.column for one in top)


def _leading_unknown(items: Sequence[_Item]) -> int:
    count = 0
    for item in items:
        if item.column is not None or item.is_group:
            break
        count += 1
    return count


def column_named(word: str, block: Block) -> Column | None:
    """The column whose head a word is; None for none and for more than one."""
    scores = [(best_similarity(word, (c.label, *c.aliases)), c) for c in block.columns]
    best = max(scores, key=lambda pair: pair[0])
    rivals = [c for score, c in scores if score == best[0]]
    return best[1] if best[0] >= _SAME_HEAD and len(rivals) == 1 else None


def is_another_column(leaf: Leaf, block: Block) -> bool:
    """True for a head that is known to be none of the form's: a sub-total, a remark, a share."""
    core = fold(leaf.label).core
    if any(column.group and fold(column.group).core in core for column in block.columns):
        return True
    return any(word in core for word in words_of("other_columns")["words"])
