"""Cells -> adjacency relations, by which tables are compared.

Göbel, Hassan, Oro, Orsi: A Methodology for Evaluating Algorithms for Table Understanding in PDF
Documents (2012). Each cell with text is related to its nearest neighbour with text to the right
and below; blank cells are passed over. Texts are compared without spaces, marks and case.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_MARKS = re.compile(r"[\W_]+")

Relation = tuple[str, str, str]
"""Two neighbours' texts and the direction from the first to the second: right, down."""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A cell's text over rows and columns, first and last, both included."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """Relations found that are true, found at all, and true at all."""

    hits: int
    found: int
    true: int

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        return harmonic_mean(self.precision, self.recall)


def harmonic_mean(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


def plain(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return _MARKS.sub("", text).lower()


def cells_to_relations(cells: Sequence[PlacedText]) -> Counter[Relation]:
    """The relations of one table; a pair of neighbours counts once, however long their border."""
    filled = [cell for cell in cells if plain(cell.text)]
    rows: dict[int, dict[int, int]] = {}
    columns: dict[int, dict[int, int]] = {}
    for number, cell in enumerate(filled):
        for row in range(cell.top, cell.bottom + 1):
            for column in range(cell.left, cell.right + 1):
                rows.setdefault(row, {}).setdefault(column, number)
                columns.setdefault(column, {}).setdefault(row, number)
    pairs = {(a, b, "right") for line in rows.values() for a, b in _neighbours(line)}
    pairs |= {(a, b, "down") for line in columns.values() for a, b in _neighbours(line)}
    return Counter((plain(filled[a].text), plain(filled[b].text), way) for a, b, way in pairs)


def _neighbours(line: dict[int, int]) -> Iterable[tuple[int, int]]:
    """Different cells that follow one another in a row or column."""
    ordered = [line[place] for place in sorted(line)]
    return ((a, b) for a, b in pairwise(ordered) if a != b)


def tables_to_relations(tables: Iterable[Sequence[PlacedText]]) -> Counter[Relation]:
    total: Counter[Relation] = Counter()
    for cells in tables:
        total.update(cells_to_relations(cells))
    return total


def compare(true: Counter[Relation], found: Counter[Relation]) -> Score:
    return Score((true & found).total(), found.total(), true.total())
