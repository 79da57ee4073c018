"""The readers of PDF, page by page, against pdfium's own parse and against other tools."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import pypdfium2

from benchmarks.readers import ENGINES, SLOW, Engine
from benchmarks.speed.timing import take_turns
from extract.errors import ExtractError

PARSE = "pdfium's parse alone"
COMPARED = (
    PARSE,
    "reader pdfium",
    "reader pdfplumber",
    "pdfplumber extract_tables",
    "reader camelot",
    "camelot lattice",
)


@dataclass(frozen=True, slots=True)
class ReaderCost:
    """Medians over files: milliseconds a page, and how many times pdfium's parse."""

    name: str
    milliseconds: float
    ratio: float


def reader_costs(pdfs: Sequence[Path], repeats: int) -> list[ReaderCost]:
    """What each reader and tool takes on the same pages, taking turns on every file."""
    for library in ("pdfminer", "playa"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    times: dict[str, list[float]] = {name: [] for name in COMPARED}
    ratios: dict[str, list[float]] = {name: [] for name in COMPARED}
    for pdf in pdfs:
        data = pdf.read_bytes()
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
        document.close()
        jobs = {name: partial(_run, ENGINES[name], data) for name in COMPARED}
        seconds = take_turns(jobs, repeats, once=SLOW)
        for name in COMPARED:
            times[name].append(1000 * seconds[name] / pages)
            ratios[name].append(seconds[name] / seconds[PARSE])
    return [ReaderCost(name, median(times[name]), median(ratios[name])) for name in COMPARED]


def _run(engine: Engine, data: bytes) -> None:
    """A file that a reader refuses costs what it took to refuse it."""
    with suppress(ExtractError):
        engine(data)
