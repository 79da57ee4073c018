"""Figures in one line that the heads above them name altogether, by row and column of the form.

The form prints proceedings so. Agencies change the order of the heads there, leave totals out or
add them, and print other tables as one long line too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from normalize.forms import Block, FormTable, Row
from normalize.labels import best_similarity, fold, words_of
from normalize.lexicon import is_corner
from normalize.shapes.heads import HeadRows, are_from_left_to_right

_SAME_HEAD = 0.95
_FEWEST = 3
"""Figures in a line for which heads are read so."""


@dataclass(frozen=True, slots=True)
class Named:
    """A printed column with the form's row and column; both None for one that the form lacks."""

    label: str
    row: str | None
    column: str | None
    at: int | None = None


@dataclass(slots=True)
class _Node:
    """The head of a row or of several rows, with what is printed below it from left to right."""

    label: str
    printed: int
    row: Row | None = None
    block: Block | None = None
    below: list[_Node | Named] = field(default_factory=list)

    def leaves(self) -> Iterator[Named]:
        for one in self.below:
            if isinstance(one, Named):
                yield one
            else:
                yield from one.leaves()

    def rows(self) -> Iterator[_Node]:
        if self.row is not None:
            yield self
        for one in self.below:
            if isinstance(one, _Node):
                yield from one.rows()

    def takes(self, word: str) -> str | None:
        """The name of the column of this row's block that a word is the head of, if still free."""
        if self.block is None:
            return None
        taken = {one.column for one in self.below if isinstance(one, Named)}
        scores = [
            (best_similarity(word, (column.label, *column.aliases)), column.name)
            for column in self.block.columns
        ]
        score, name = max(scores)
        return name if score >= _SAME_HEAD and name not in taken else None


@lru_cache(maxsize=1024)
def heads_to_names(heads: HeadRows, edition: FormTable, width: int) -> tuple[Named, ...]:
    """What each of `width` figures is by the heads above it; empty where they do not tell."""
    if width < _FEWEST:
        return ()
    top = _rows_to_nodes(heads, edition)
    names = tuple(leaf for node in top or () for leaf in node.leaves())
    known = [(name.row, name.column) for name in names if name.row]
    if len(names) != width or len(set(known)) != len(known):
        return ()
    if not are_from_left_to_right([name.at for name in names]):
        return ()
    return names if all(node.below for one in top or () for node in one.rows()) else ()


def _rows_to_nodes(heads: HeadRows, edition: FormTable) -> list[_Node] | None:
    """The outermost heads; None when one of the words finds no place."""
    top: list[_Node] = []
    cursor: _Node | None = None
    for printed, words in enumerate(heads):
        # A list prints each head on a line of its own: the row begun goes on.
        cursor = cursor if len(words) == 1 else None
        beside: _Node | None = None
        for place, (word, at) in enumerate(words):
            if is_corner(word) or not fold(word).core:
                continue
            row = _row_named(word, edition)
            parent = _parent_named(word, edition)
            if row is not None:
                beside = _attach(_Node(word, printed, *row), top)
            elif beside is not None and _is_total(word):
                beside.below.append(Named(word, None, None, at))
            elif parent is not None:
                top.append(_Node(word, printed))
            elif target := _next_row(top, word, printed, cursor):
                cursor = target
                name = target.takes(word)
                target.below.append(Named(word, target.row.name if target.row else None, name, at))
            elif group := _group_for_total(top, word, printed):
                group.below.append(Named(word, None, None, at))
            elif top and place:
                return None
    return top


def _attach(node: _Node, top: list[_Node]) -> _Node | None:
    """Puts a row's head below that of its group, which is returned, or among the outermost."""
    groups = {fold(group).core for group in node.row.groups} if node.row else set()
    above = next((one for one in top if one.row is None and fold(one.label).core in groups), None)
    (above.below if above else top).append(node)
    return above


def _is_total(word: str) -> bool:
    return fold(word).core in words_of("other_columns")["totals"]


def _next_row(top: Sequence[_Node], word: str, printed: int, cursor: _Node | None) -> _Node | None:
    """The row that a column's head belongs to: the one begun, or the next without any."""
    if cursor is not None and cursor.takes(word):
        return cursor
    rows = [row for node in top for row in node.rows() if row.printed < printed]
    return next((row for row in rows if not row.below and row.takes(word)), None)


def _group_for_total(top: Sequence[_Node], word: str, printed: int) -> _Node | None:
    """The head over several rows, all printed, that a total behind them is of."""
    if not _is_total(word):
        return None
    groups = (node for node in top if node.row is None and node.printed < printed)
    return next((node for node in groups if node.below), None)


def _row_named(word: str, edition: FormTable) -> tuple[Row, Block] | None:
    """The row whose label a head is or holds, its group's before it or in brackets behind."""
    found = [
        (len(core), row, block)
        for block in edition.blocks
        for row in block.rows
        for core in (fold(label).core for label in (row.label, *row.aliases))
        if _is_label(fold(word).core, core, row)
    ]
    best = max(found, key=lambda one: one[0], default=None)
    return None if best is None else best[1:]


def _is_label(word: str, label: str, row: Row) -> bool:
    groups = "".join(fold(group).core for group in row.groups)
    return word in (label, groups + label)


def _parent_named(word: str, edition: FormTable) -> str | None:
    core = fold(word).core
    groups = (group for block in edition.blocks for row in block.rows for group in row.groups)
    return next((group for group in groups if fold(group).core == core), None)
