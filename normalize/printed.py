"""What is printed, as interpretation sees it: pieces of text, lines of words and figures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from extract.document import BBox


class Kind(Enum):
    """What a printed piece may be."""

    WORDS = "words"
    FIGURE = "figure"
    BLANK = "blank"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell or a line of prose as printed; `column` only where columns are positions.

    `block` is the place in the document of the block it stands in, `row` its row there, None for
    a line of prose. `candidates` are what recognition took a cell's picture for, with
    likelihoods (see `extract.document.Cell`). `fills` for a blank that only fills up a row of
    text: blank cells in front of it may have been left out.
    """

    text: str
    kind: Kind
    block: int
    page: int | None = None
    bbox: BBox | None = None
    column: int | None = None
    candidates: tuple[tuple[str, float], ...] = ()
    row: int | None = None
    fills: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """`labels` are the row's own words, `values` all its other cells, blank ones included.

    `listed` when the layout kept only the order of words and figures: the row's label is then the
    end of `labels`, and blank cells may have vanished. `block` is the block's place in the
    document, `last` tells the document's last line, `is_open` one whose last figure may have been
    cut off. A `fragment` is a row of unknown words beside
    blank cells: a piece of a torn label, or a head, in which case it also stands in the next
    line's `before`. `doubts` concern every cell of the line.
    """

    labels: tuple[Printed, ...]
    values: tuple[Printed, ...]
    before: tuple[Printed, ...]
    block: int
    listed: bool = False
    unit: str | None = None
    last: bool = False
    is_open: bool = False
    fragment: bool = False
    doubts: tuple[str, ...] = ()
