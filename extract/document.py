"""What a file holds, verbatim: a Document of headings, paragraphs and tables in reading order.

Nothing is cleaned here. Geometry is in PDF points from the page's top left corner; pages count
from 1, rows and columns from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BBox = tuple[float, float, float, float]
"""(x0, top, x1, bottom)."""


OPEN_END = "the document ends within a cell of its last table"
"""The note on a copy that is broken off, so that this cell may have held more."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table at its first row and column.

    Grid positions covered by a span hold no cell of their own; an empty cell is a Cell whose
    text is empty. `page` and `bbox` are None where the source has no pages. `candidates` are what
    recognition took the picture of the cell for, each with its likelihood from 0 to 1, the most
    likely first; empty where the text was not recognised from a picture.
    """

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    page: int | None = None
    bbox: BBox | None = None
    candidates: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells, sorted by row, then column; one table even when it runs over pages.

    `page` and `bbox` are those of its first piece. `aligned` is False when only the order of the
    cells within a row is known and equal column numbers do not mean the same column (text in
    which spans were lost).
    """

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    page: int | None = None
    bbox: BBox | None = None
    aligned: bool = True


@dataclass(frozen=True, slots=True)
class Text:
    """A heading or a paragraph, its line breaks kept."""

    kind: Literal["heading", "paragraph"]
    text: str
    page: int | None = None
    bbox: BBox | None = None


Block = Text | Table


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of one file's bytes.

    `pages` is None where the format has none. `metadata` holds what the file says of itself
    outside its text, as (name, value) pairs in order: `title`, `published_on`, `publisher`.
    `notes` are doubts of the reader itself, in plain words. `doubtful_pages` are those whose text
    may not be what a person sees on them, `pictured_pages` those with a picture that may hide a
    table or text, `recognised_pages` those that were read from their pictures.
    """

    blocks: tuple[Block, ...]
    pages: int | None = None
    metadata: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    doubtful_pages: tuple[int, ...] = ()
    pictured_pages: tuple[int, ...] = ()
    recognised_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One file as one reader read it."""

    source: str
    sha256: str
    media_type: str
    reader: str
    pages: int | None
    blocks: tuple[Block, ...]
    metadata: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    doubtful_pages: tuple[int, ...] = ()
    pictured_pages: tuple[int, ...] = ()
    recognised_pages: tuple[int, ...] = ()
