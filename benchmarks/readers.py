"""What each way of reading a PDF's tables costs, and how many printed rows it gets right.

    $ python -m benchmarks.readers [--repeats 5] [PDF...]

Without PDFs every one under fixtures/reports is read. Time is given per page and as a multiple of
pdfium's own parse (load a page, load its text), the least that any reader on pdfium must spend.
Repeats of all engines take turns, so that a busy machine slows all alike; medians are shown. Rows
count as right when gold.csv beside the PDF has them: the values of a row in order, rows in order.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import io
import logging
import re
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from statistics import median

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium

from extract.document import Reading, Table
from extract.errors import ExtractError
from extract.pdf import camelot_reader, pdfium_reader, pdfplumber_reader

REPORTS = Path(__file__).parents[1] / "fixtures" / "reports"
MONEY = (Decimal(1), Decimal(10000))
"""What a printed amount is multiplied by to be yuan, the unit of gold.csv."""
SLOW_REPEATS = 1

Rows = list[list[str]]
Engine = Callable[[bytes], Rows]


@dataclass(slots=True)
class Result:
    """Milliseconds a page for each file, as multiples of the parse, and rows found of all."""

    times: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    found: int = 0
    printed: int = 0
    failed: int = 0


def parse_alone(data: bytes) -> Rows:
    document = pypdfium2.PdfDocument(data)
    for index in range(len(document)):
        page = pdfium.FPDF_LoadPage(document.raw, index)
        text_page = pdfium.FPDFText_LoadPage(page)
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)
    document.close()
    return []


def reader_rows(read: Callable[[bytes], Reading]) -> Engine:
    """A reader of this project as an engine."""

    def rows(data: bytes) -> Rows:
        tables = [block for block in read(data).blocks if isinstance(block, Table)]
        return [
            [cell.text for cell in table.cells if cell.row == row]
            for table in tables
            for row in range(table.rows)
        ]

    return rows


def tablers_rows(data: bytes) -> Rows:
    import tablers

    document = tablers.Document(bytes=data)
    rows = [
        [cell.text for cell in row if cell.text is not None]
        for page in document.pages()
        for table in tablers.find_tables(page, extract_text=True)
        for row in table.to_list()
    ]
    document.close()
    return rows


def plumber_rows(data: bytes) -> Rows:
    with pdfplumber.open(io.BytesIO(data)) as file:
        return [
            [text for text in row if text is not None]
            for page in file.pages
            for table in page.extract_tables()
            for row in table
        ]


def camelot_rows(data: bytes) -> Rows:
    from camelot.io import read_pdf

    with tempfile.NamedTemporaryFile(suffix=".pdf") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file.write(data)
        file.flush()
        tables = read_pdf(file.name, pages="all", flavor="lattice", suppress_stdout=True)
    return [[str(text) for text in row] for table in tables for row in table.data]


ENGINES: dict[str, Engine] = {
    "pdfium's parse alone": parse_alone,
    "reader pdfium": reader_rows(pdfium_reader.read),
    "tablers": tablers_rows,
    "reader pdfplumber": reader_rows(pdfplumber_reader.read),
    "pdfplumber extract_tables": plumber_rows,
    "reader camelot": reader_rows(camelot_reader.read),
    "camelot lattice": camelot_rows,
}
SLOW = ("reader camelot", "camelot lattice")


def gold_rows(pdf: Path) -> list[list[Decimal | None]]:
    """Printed rows in order, None for what is no number; the proceedings are one row."""
    gold = pdf.parent / "gold.csv"
    if not gold.exists():
        return []
    rows: dict[tuple[str, str], list[Decimal | None]] = {}
    with gold.open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            row = "" if line["table"] == "proceedings" else line["row"]
            value = Decimal(line["value"]) if line["status"] == "reported" else None
            rows.setdefault((line["table"], row), []).append(value)
    return list(rows.values())


def count_found(gold: Sequence[Sequence[Decimal | None]], rows: Rows) -> int:
    """How many rows of gold stand among the rows, in order."""
    start = found = 0
    for values in gold:
        for index in range(start, len(rows)):
            tail = rows[index][-len(values) :]
            if len(tail) == len(values) and all(map(_is_value, values, tail)):
                start, found = index + 1, found + 1
                break
    return found


def _is_value(value: Decimal | None, text: str) -> bool:
    number = re.match(r"[-+]?\d+(\.\d+)?", re.sub(r"[\s,，]|^-(?=-)", "", text))
    if value is None or number is None:
        return value is None and number is None
    return any(Decimal(number.group()) * factor == value for factor in MONEY)


def measure(pdfs: Iterable[Path], names: Sequence[str], repeats: int) -> dict[str, Result]:
    """Every engine on every file, taking turns."""
    results = {name: Result() for name in names}
    for pdf in pdfs:
        data, gold = pdf.read_bytes(), gold_rows(pdf)
        pages = len(pypdfium2.PdfDocument(data))
        times: dict[str, list[float]] = {name: [] for name in names}
        for repeat in range(repeats):
            for name in names:
                if name in SLOW and repeat >= SLOW_REPEATS:
                    continue
                start = time.perf_counter()
                try:
                    rows = ENGINES[name](data)
                except ExtractError:
                    rows = []
                    results[name].failed += repeat == 0
                times[name].append(time.perf_counter() - start)
                if repeat == 0:
                    results[name].found += count_found(gold, rows)
                    results[name].printed += len(gold)
        least = median(times[names[0]])
        for name in names:
            results[name].times.append(1000 * median(times[name]) / pages)
            results[name].ratios.append(median(times[name]) / least)
    return results


def table(results: dict[str, Result]) -> str:
    """The results as lines of text."""
    lines = [f"{'engine':<28}{'ms/page':>9}{'ratio':>8}{'rows right':>15}{'refused':>9}"]
    for name, result in results.items():
        right = f"{result.found}/{result.printed}" if result.found else "-"
        lines.append(
            f"{name:<28}{median(result.times):>9.2f}{median(result.ratios):>8.1f}"
            f"{right:>15}{result.failed:>9}"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare ways of reading tables from PDFs.")
    parser.add_argument("pdfs", nargs="*", type=Path, metavar="PDF")
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    pdfs = options.pdfs or sorted(REPORTS.glob("*/source.pdf"))
    if not pdfs:
        sys.exit("there are no PDFs to read")
    names = [
        name
        for name in ENGINES
        if name != "tablers" or importlib.util.find_spec("tablers") is not None
    ]
    for library in ("pdfminer", "playa"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    print(f"{len(pdfs)} files, medians of {options.repeats} repeats")
    print(table(measure(pdfs, names, options.repeats)))


if __name__ == "__main__":
    main()
