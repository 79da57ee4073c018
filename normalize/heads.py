"""Printed column heads matched to the columns of a block, in order.

A head may be printed in pieces, cut short, or changed in meaning. What is changed in meaning is
not read as the form's column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from normalize.forms import Block, Column
from normalize.labels import best_similarity, fold, similarity, simplify
from normalize.lexicon import is_corner

SAME_COLUMN = 0.6
"""Least similarity of a head that still means the form's column."""

_HEAD_FOUND = 0.35
_MOST_PIECES = 3
_FEWEST_TO_COMPARE = 4
_SKIPPED_PIECE = -0.05
_CORNER = "信息内容"


@dataclass(frozen=True, slots=True)
class Head:
    """The print found over one column: its text, empty when none, and its similarity."""

    text: str
    similarity: float

    @property
    def means_column(self) -> bool:
        return self.similarity >= SAME_COLUMN


@dataclass(frozen=True, slots=True)
class HeadMatch:
    """`heads` has one entry a column of `block`.

    `score` is at most 1, and 1 only when every column has its head and every piece its column.
    `places` is the place of each column's head in the printed row of heads and then the number of
    heads in that row, empty where that is not certain.
    """

    heads: tuple[Head, ...]
    score: float
    places: tuple[int, ...] = ()

    @property
    def is_found(self) -> bool:
        found = sum(head.similarity for head in self.heads)
        return found >= _HEAD_FOUND * len(self.heads)


@lru_cache(maxsize=4096)
def match_heads(pieces: tuple[str, ...], block: Block) -> HeadMatch:
    """The best assignment of head pieces to the block's columns, each run of pieces one head."""
    words = _without_frame(pieces, block)
    columns = block.columns
    best: list[list[tuple[float, tuple[Head, ...]]]] = [
        [(0.0, ()) for _ in range(len(columns) + 1)] for _ in range(len(words) + 1)
    ]
    for i in range(len(words) + 1):
        for j in range(len(columns) + 1):
            best[i][j] = _best_step(best, words, columns, i, j)
    _, heads = best[len(words)][len(columns)]
    sure = sum(head.similarity for head in heads if head.means_column)
    return HeadMatch(heads, sure / max(len(columns), len(words)), _places(pieces, block))


def _places(pieces: Sequence[str], block: Block) -> tuple[int, ...]:
    """Where in its row each column's head stands, with the number of heads behind; else nothing.

    Only where every head is printed in full, in one piece and once, behind the corner.
    """
    corners = [at for at, piece in enumerate(pieces) if is_corner(piece)]
    row = pieces[corners[-1] + 1 :] if corners else ()
    names = [_column_named(piece, block) for piece in row]
    wanted = [column.name for column in block.columns]
    if any(names.count(name) != 1 for name in wanted):
        return ()
    return (*(names.index(name) for name in wanted), len(names))


def is_out_of_order(pieces: Sequence[str], block: Block) -> bool:
    """True when the heads of a wide block are all printed, but in another order than the form's.

    Arithmetic cannot see exchanged columns. Heads of other heights may come in between, so only
    heads next to one another are compared: of the requests table its kinds of organisation.
    """
    if block.across and not _are_in_order(pieces, _printed_rows(block)):
        return True
    names = [_column_named(piece, block) for piece in pieces]
    expected = [column.name for column in block.columns]
    runs = [list(run) for found, run in groupby(names, key=bool) if found]
    return any(
        len(run) >= _FEWEST_TO_COMPARE
        and len(set(run)) == len(run)
        and not _is_in_order(run, expected)
        for run in (part for run in runs for part in _split_at_repeats(run))
    )


def _printed_rows(block: Block) -> list[str]:
    """The labels over rows that stand side by side, from left to right, groups before members."""
    labels = [label for row in block.rows for label in (*row.groups, row.label)]
    return list(dict.fromkeys(labels))


def _are_in_order(pieces: Sequence[str], labels: Sequence[str]) -> bool:
    """True unless labels are last printed, nearest to the figures, in another order."""
    words = fold("".join(pieces)).core
    places = [place for label in labels if (place := words.rfind(fold(label).core)) >= 0]
    return places == sorted(places)


def _column_named(piece: str, block: Block) -> str:
    return next(
        (c.name for c in block.columns if best_similarity(piece, (c.label, *c.aliases)) == 1.0), ""
    )


def _split_at_repeats(run: list[str]) -> list[list[str]]:
    """A run of heads cut where one comes again: each part names its columns once."""
    parts: list[list[str]] = [[]]
    for name in run:
        if name in parts[-1]:
            parts.append([])
        parts[-1].append(name)
    return parts


def _is_in_order(run: Sequence[str], expected: Sequence[str]) -> bool:
    """True when the heads follow the form's order; the total may stand before the kinds.

    A flattened head prints 自然人 and 总计, which are higher, before the kinds of organisation.
    """
    places = [expected.index(name) for name in run if name != expected[-1]]
    return places == sorted(places)


def _best_step(
    best: list[list[tuple[float, tuple[Head, ...]]]],
    words: Sequence[str],
    columns: Sequence[Column],
    i: int,
    j: int,
) -> tuple[float, tuple[Head, ...]]:
    if i == 0 and j == 0:
        return 0.0, ()
    options: list[tuple[float, tuple[Head, ...]]] = []
    if i > 0:
        score, heads = best[i - 1][j]
        options.append((score + _SKIPPED_PIECE, heads))
    if j > 0:
        score, heads = best[i][j - 1]
        options.append((score, (*heads, Head("", 0.0))))
        for size in range(1, min(_MOST_PIECES, i) + 1):
            score, heads = best[i - size][j - 1]
            text = "".join(words[i - size : i])
            near = best_similarity(text, (columns[j - 1].label, *columns[j - 1].aliases))
            if near >= _HEAD_FOUND:
                options.append((score + near, (*heads, Head(text, near))))
    return max(options, key=lambda option: option[0])


def _without_frame(pieces: Sequence[str], block: Block) -> list[str]:
    """The pieces without banners and corners, which are no column's head."""
    words = []
    for piece in pieces:
        if is_corner(piece) or similarity(piece, block.banner or "") >= 0.8 or not fold(piece).core:
            continue
        plain = simplify(piece)
        words.append(plain.removeprefix(_CORNER) if plain.startswith(_CORNER) else piece)
    return words[-12:]
