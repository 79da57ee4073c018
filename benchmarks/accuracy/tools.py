"""What other tools would have given: their tables, unchanged, through our interpretation.

Each gets the same text around its tables, so that only the tables differ: headings and prose come
from our reader of the document.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import PdfminerException

import extract
from extract.document import Block, Cell, Document, Table, Text
from normalize import interpret
from normalize.report import Report

Grid = Sequence[Sequence[str | None]]
Tables = Callable[[Path], Iterator[tuple[int, Grid]]]
"""(page number, rows of cell texts) of every table that a tool finds in a PDF."""


def pdfplumber_tables(path: Path, strategy: str) -> Iterator[tuple[int, Grid]]:
    import pdfplumber

    settings = {"vertical_strategy": strategy, "horizontal_strategy": strategy}
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables(settings):
                yield page.page_number, table


def camelot_tables(path: Path, flavor: str) -> Iterator[tuple[int, Grid]]:
    import camelot.io

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for table in camelot.io.read_pdf(str(path), pages="all", flavor=flavor):
            yield int(table.page), table.df.values.tolist()


def tablers_tables(path: Path) -> Iterator[tuple[int, Grid]]:
    import tablers

    document = tablers.Document(str(path))
    try:
        for page in document.pages():
            for table in tablers.find_tables(page, extract_text=True):
                yield (
                    page.page_idx + 1,
                    _cells_to_grid([(cell.bbox, cell.text) for cell in table.cells]),
                )
    finally:
        document.close()


def _cells_to_grid(cells: Sequence[tuple[tuple[float, ...], str]]) -> Grid:
    """Rows of texts by the cells' upper edges, from left to right."""
    rows: dict[float, list[tuple[float, str]]] = {}
    for (x0, top, *_), text in cells:
        rows.setdefault(round(top, 1), []).append((x0, text))
    return [[text for _, text in sorted(rows[top])] for top in sorted(rows)]


ERRORS = (
    PDFException,
    PdfminerException,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What the tools raise on files that they cannot cope with; they declare next to nothing.

NotImplementedError is pdfminer's for codecs that it does not know.
"""

TOOLS: dict[str, Tables] = {
    "pdfplumber lines": lambda path: pdfplumber_tables(path, "lines"),
    "pdfplumber text": lambda path: pdfplumber_tables(path, "text"),
    "camelot lattice": lambda path: camelot_tables(path, "lattice"),
    "camelot stream": lambda path: camelot_tables(path, "stream"),
    "camelot network": lambda path: camelot_tables(path, "network"),
    "camelot hybrid": lambda path: camelot_tables(path, "hybrid"),
    "tablers": tablers_tables,
}


@dataclass(frozen=True, slots=True)
class Failure:
    """A tool that could not read a case, and what it said."""

    tool: str
    case: str
    said: str


def tool_to_report(tool: str, path: Path) -> tuple[Report, str | None]:
    """The report as it would be with the tool's tables in place of ours.

    With what the tool said when it failed: then there are no tables in it.
    """
    document = extract.read(path)
    failed: str | None = None
    try:
        tables = [(page, _grid_to_table(page, grid)) for page, grid in TOOLS[tool](path) if grid]
    except ERRORS as error:
        tables, failed = [], f"{type(error).__name__}: {error}".strip(": ")
    blocks = tuple(_merge(document, tables))
    return interpret(replace(document, reader=tool, blocks=blocks)), failed


def _merge(document: Document, tables: list[tuple[int, Table]]) -> Iterator[Block]:
    """Our text with the tool's tables at the end of the page on which each begins."""
    waiting = sorted(tables, key=lambda pair: pair[0])
    for block in document.blocks:
        if isinstance(block, Text):
            while waiting and block.page is not None and waiting[0][0] < block.page:
                yield waiting.pop(0)[1]
            yield block
    yield from (table for _, table in waiting)


def _grid_to_table(page: int, grid: Grid) -> Table:
    """A grid without spans: None, which tools give for covered positions, is no cell."""
    cells = tuple(
        Cell(row=row, column=column, text=text, page=page)
        for row, texts in enumerate(grid)
        for column, text in enumerate(texts)
        if text is not None
    )
    return Table(len(grid), max(len(texts) for texts in grid), cells, page=page)
