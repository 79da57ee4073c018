"""What finds tables in a PDF: the project's readers, and the libraries they stand on."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import pdfplumber

from benchmarks.icdar.relations import PlacedText
from extract.document import Reading, Table
from extract.pdf import camelot_reader, pdfium_reader, pdfplumber_reader

Tables = list[list[PlacedText]]
System = Callable[[Path], Tables]


def _reader(read: Callable[[bytes], Reading]) -> System:
    def tables(pdf: Path) -> Tables:
        blocks = read(pdf.read_bytes()).blocks
        return [_table_cells(block) for block in blocks if isinstance(block, Table)]

    return tables


def _table_cells(table: Table) -> list[PlacedText]:
    return [
        PlacedText(c.row, c.column, c.row + c.rowspan - 1, c.column + c.colspan - 1, c.text)
        for c in table.cells
    ]


def _grid(rows: Sequence[Sequence[str | None]]) -> list[PlacedText]:
    return [
        PlacedText(row, column, row, column, text or "")
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]


def _plumber(strategy: str) -> System:
    settings = {"vertical_strategy": strategy, "horizontal_strategy": strategy}

    def tables(pdf: Path) -> Tables:
        with pdfplumber.open(io.BytesIO(pdf.read_bytes())) as file:
            return [_grid(t) for page in file.pages for t in page.extract_tables(settings)]

    return tables


def _camelot(flavor: str) -> System:
    def tables(pdf: Path) -> Tables:
        from camelot.io import read_pdf

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = read_pdf(str(pdf), pages="all", flavor=flavor, suppress_stdout=True)
        return [_grid([[str(text) for text in row] for row in table.data]) for table in found]

    return tables


def _tablers(pdf: Path) -> Tables:
    import tablers

    document = tablers.Document(bytes=pdf.read_bytes())
    found = [
        _grid([[cell.text for cell in row] for row in table.to_list()])
        for page in document.pages()
        for table in tablers.find_tables(page, extract_text=True)
    ]
    document.close()
    return found


SYSTEMS: dict[str, System] = {
    "reader pdfium": _reader(pdfium_reader.read),
    "reader pdfplumber": _reader(pdfplumber_reader.read),
    "reader camelot": _reader(camelot_reader.read),
    "pdfplumber lines": _plumber("lines"),
    "pdfplumber text": _plumber("text"),
    "camelot lattice": _camelot("lattice"),
    "camelot stream": _camelot("stream"),
    "camelot network": _camelot("network"),
    "camelot hybrid": _camelot("hybrid"),
    "tablers": _tablers,
}
