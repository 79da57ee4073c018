"""The words of the forms, and which row of which table a printed label may be.

Exact matches of folded labels come from a dictionary; only what is printed otherwise is compared
by similarity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from normalize.forms import Block, FormTable, Row, all_forms
from normalize.labels import fold, labels_like, similarity

SURE = 0.75
"""Least similarity of a label that is taken for a form's."""

_OTHER_ORDINAL = 0.5
"""Score of a label in full whose numbering is another row's, where the label names several."""

_LONGEST_SPLIT = 6
"""Pieces that one label may be cut into."""

_CORNER = "信息内容"


@dataclass(frozen=True, slots=True)
class RowName:
    """A row of a table, whatever the edition of the form."""

    table: str
    row: str


@dataclass(frozen=True, slots=True)
class Match:
    """`words` last pieces of a label name a row; `rest` pieces after them that it does not know."""

    name: RowName
    score: float
    words: int
    rest: int = 0


@cache
def _tables() -> tuple[FormTable, ...]:
    return tuple(table for form in all_forms() for table in form.tables)


def row_labels(row: Row) -> tuple[str, ...]:
    return (row.label, *row.aliases)


@cache
def _labels_by_row() -> dict[RowName, tuple[str, ...]]:
    labels: dict[RowName, tuple[str, ...]] = {}
    for table in _tables():
        for block in table.blocks:
            if block.across:
                continue
            for row in block.rows:
                name = RowName(table.name, row.name)
                labels[name] = tuple(dict.fromkeys((*labels.get(name, ()), *row_labels(row))))
    return labels


@cache
def _row_labels() -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for own in _labels_by_row().values() for label in own))


@cache
def _rows_by_core() -> dict[str, dict[RowName, frozenset[str]]]:
    """The rows of each folded label, with the numberings it is printed with."""
    rows: dict[str, dict[RowName, frozenset[str]]] = {}
    for name, labels in _labels_by_row().items():
        for label in labels:
            folded = fold(label)
            for core in (folded.core, folded.bare):
                ordinals = rows.setdefault(core, {})
                ordinals[name] = ordinals.get(name, frozenset()) | {folded.ordinal}
    return rows


def exact_rows(printed: str) -> tuple[RowName, ...]:
    """The rows that a printed label names in full, whatever its numbering."""
    core = fold(printed).core
    return tuple(_rows_by_core().get(core, ())) if core else ()


@lru_cache(maxsize=16384)
def rows_like(printed: str) -> tuple[tuple[RowName, float], ...]:
    """Rows that a printed label may name, with their similarity, surest first."""
    folded = fold(printed)
    if not folded.core:
        return ()
    exact = _rows_by_core().get(folded.core) or _rows_by_core().get(folded.bare)
    if exact:
        scores = {n: 1.0 if folded.ordinal in o else _OTHER_ORDINAL for n, o in exact.items()}
        best = max(scores.values())
        return tuple((n, score + 1.0 - best) for n, score in scores.items())
    found = labels_like(printed, _row_labels(), SURE)
    if not found:
        return ()
    near = [
        (name, max(found.get(label, 0.0) for label in labels))
        for name, labels in _labels_by_row().items()
        if not found.keys().isdisjoint(labels)
    ]
    return tuple(sorted(near, key=lambda pair: -pair[1]))


def match_rows(words: Sequence[str]) -> tuple[Match, ...]:
    """Rows named by the end of a sequence of words, best first.

    Where no ending names a row but an earlier stretch does, the words after it are a part of that
    row which the form does not know: the match has a `rest`.
    """
    best: dict[RowName, Match] = {}
    for rest in range(min(len(words), 3)):
        stop = len(words) - rest
        for size in range(1, min(_LONGEST_SPLIT, stop) + 1):
            printed = "".join(words[stop - size : stop])
            for name, score in rows_like(printed):
                if rest and score < 1.0:
                    continue
                match = Match(name, score - 0.01 * (size - 1) - 0.05 * rest, size, rest)
                if name not in best or best[name].score < match.score:
                    best[name] = match
    return tuple(sorted(best.values(), key=lambda match: -match.score))


def row_widths(printed: str) -> frozenset[int]:
    """How many figures a row of this label has, in any edition of a block under a banner."""
    names = {name.row for name in exact_rows(printed)}
    return frozenset(
        block.width
        for table in _tables()
        for block in table.blocks
        if block.banner and any(row.name in names for row in block.rows)
    )


@cache
def _frame_labels() -> tuple[str, ...]:
    """What the forms print above figures: banners, corners and column heads."""
    labels: dict[str, None] = {_CORNER: None}
    for table in _tables():
        for block in table.blocks:
            labels.update(dict.fromkeys(_frame_of(block)))
    return tuple(labels)


def _frame_of(block: Block) -> list[str]:
    frame = [*block.heads, *([block.banner] if block.banner else [])]
    for column in block.columns:
        frame += [column.label, *column.aliases]
    if block.across:
        frame += [row.label for row in block.rows]
    return frame


@cache
def _group_labels() -> tuple[str, ...]:
    """What the forms print to the left of row labels."""
    rows = (row for table in _tables() for block in table.blocks for row in block.rows)
    return tuple(dict.fromkeys(group for row in rows for group in row.groups))


@cache
def _cores(labels: tuple[str, ...]) -> frozenset[str]:
    return frozenset(core for label in labels for core in (fold(label).core, fold(label).bare))


@lru_cache(maxsize=16384)
def is_frame(printed: str) -> bool:
    """True for what stands above figures and is no row's label."""
    rows = rows_like(printed)
    if rows:
        return rows[0][1] < 1.0 and stands_in_frame(printed)
    return _is_among(printed, _frame_labels())


def stands_in_frame(printed: str) -> bool:
    """True for a banner, corner or column head in full, be it a row's label too: 其他, 总计."""
    return fold(printed).core in _cores(_frame_labels())


def _is_among(printed: str, labels: tuple[str, ...]) -> bool:
    if fold(printed).core in _cores(labels):
        return True
    return bool(labels_like(printed, labels, SURE))


@lru_cache(maxsize=16384)
def is_row(printed: str) -> bool:
    """True when a form has a row of this label."""
    return bool(rows_like(printed))


@lru_cache(maxsize=16384)
def is_known(printed: str) -> bool:
    """True when the forms print these words somewhere."""
    return is_row(printed) or is_frame(printed) or is_group(printed)


@lru_cache(maxsize=16384)
def is_group(printed: str) -> bool:
    """True for what the forms print to the left of row labels."""
    return _is_among(printed, _group_labels())


def is_corner(printed: str) -> bool:
    return similarity(printed, _CORNER) >= SURE
