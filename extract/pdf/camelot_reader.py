"""The third PDF reader: camelot's tables, found in the page's image, with pdfium's text around."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extract.document import BBox, Reading
from extract.errors import BrokenFile
from extract.pdf.assemble import parts_to_reading
from extract.pdf.cells import is_figure, is_table
from extract.pdf.lattice import fields_to_boxes
from extract.pdf.lines import chars_to_lines
from extract.pdf.page import Page
from extract.pdf.parts import PageParts, page_to_parts
from extract.pdf.pdfium_pages import open_pdfium
from extract.pdf.piece import Piece, PieceCell, in_reading_order
from extract.pdf.plumber_pages import PARSER_FAILURES
from extract.pdf.quiet import quiet

_LEAST_COLUMNS = 3
_LEAST_FIGURES = 0.3
"""A table without rules has so many columns, and figures in such a share of its filled cells."""


def read(data: bytes) -> Reading:
    """Headings, paragraphs and tables of a born-digital PDF.

    The tables are those between ruled lines, or where there are none in the whole file, those
    that the alignment of the text suggests. Raises EmptyFile, EncryptedFile, BrokenFile,
    NoTextLayer and TooLarge.
    """
    with open_pdfium(data) as file:
        title = file.title
        pages = list(file.pages)
    pieces = _pieces(data, pages) if any(page.chars for page in pages) else {}
    return parts_to_reading([_parts(page, pieces.get(page.number, ())) for page in pages], title)


def _pieces(data: bytes, pages: Sequence[Page]) -> dict[int, list[Piece]]:
    """Pieces of tables by page number, from the page's top down."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(data)
        found = [
            piece
            for table in _tables(path, "lattice")
            if is_table(piece := _table_to_piece(table, pages))
        ]
        if not found:
            found = [
                piece
                for table in _tables(path, "network")
                if _is_aligned(piece := _table_to_piece(table, pages))
            ]
    pieces: dict[int, list[Piece]] = {}
    for piece in in_reading_order(found, lambda piece: piece.bbox):
        pieces.setdefault(piece.page, []).append(piece)
    return pieces


def _tables(path: Path, flavor: str) -> Any:
    """Camelot's own tables. The import takes most of a second and so comes late."""
    from camelot.io import read_pdf

    with quiet("camelot", "playa", "pdfminer"):
        try:
            return read_pdf(str(path), pages="all", flavor=flavor, suppress_stdout=True)
        except PARSER_FAILURES as error:
            raise BrokenFile(
                f"camelot cannot read the PDF ({type(error).__name__}: {error})",
                "use the reader pdfium or pdfplumber",
            ) from error


def _table_to_piece(table: Any, pages: Sequence[Page]) -> Piece:
    """Camelot's fields united where no border parts them; y turned to count from the top."""
    fields = table.cells
    page = pages[table.page - 1]
    rows, columns = len(fields), len(fields[0])
    level = [
        [row == 0 or row == rows or _parted(fields, row, c) for c in range(columns)]
        for row in range(rows + 1)
    ]
    upright = [
        [
            column == 0
            or column == columns
            or bool(fields[r][column - 1].right or fields[r][column].left)
            for r in range(rows)
        ]
        for column in range(columns + 1)
    ]
    cells = []
    for top, left, bottom, right in fields_to_boxes(level, upright):
        texts = (fields[r][c].text.strip() for r in range(top, bottom) for c in range(left, right))
        first, last = fields[top][left], fields[bottom - 1][right - 1]
        cells.append(
            PieceCell(
                row=top,
                column=left,
                rowspan=bottom - top,
                colspan=right - left,
                text="\n".join(text for text in texts if text),
                page=page.number,
                bbox=_box(first.x1, first.y2, last.x2, last.y1, page),
                open_top=not any(fields[top][c].top for c in range(left, right)),
                open_bottom=not any(fields[bottom - 1][c].bottom for c in range(left, right)),
            )
        )
    first, last = fields[0][0], fields[-1][-1]
    box = _box(first.x1, first.y2, last.x2, last.y1, page)
    xs = (box[0], *(float(field.x2) for field in fields[0]))
    return Piece(page.number, box, xs, rows, tuple(cells), page.number, box)


def _parted(fields: Any, row: int, column: int) -> bool:
    return bool(fields[row - 1][column].bottom or fields[row][column].top)


def _box(x0: float, y_top: float, x1: float, y_bottom: float, page: Page) -> BBox:
    return (float(x0), page.height - float(y_top), float(x1), page.height - float(y_bottom))


def _is_aligned(piece: Piece) -> bool:
    """Whether a table guessed from alignment has the figures of one; prose has not."""
    texts = [cell.text for cell in piece.cells if cell.text]
    figures = sum(1 for text in texts if is_figure(text))
    return piece.columns >= _LEAST_COLUMNS and figures >= max(3, _LEAST_FIGURES * len(texts))


def _parts(page: Page, pieces: Sequence[Piece]) -> PageParts:
    """The page with camelot's tables and pdfium's characters outside of them.

    Camelot turns text that lies on its side in a way of its own, so such a page is left to the
    lattice.
    """
    if page.back is not None:
        return page_to_parts(page)
    outside = [
        char
        for char in page.chars
        if not any(
            x0 <= (char.x0 + char.x1) / 2 <= x1 and top <= (char.top + char.bottom) / 2 <= bottom
            for x0, top, x1, bottom in (piece.bbox for piece in pieces)
        )
    ]
    return PageParts(
        number=page.number,
        height=page.height,
        pieces=tuple(pieces),
        framed=(),
        lines=tuple(chars_to_lines(outside)),
        picture=page.picture,
        unmapped=page.unmapped,
        outside=page.outside,
        slanted=page.slanted,
        back=page.back,
    )
