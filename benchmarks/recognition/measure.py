"""One scan after another, read by the reader `ocr` and by the engine's own run over whole pages."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from benchmarks.accuracy.cases import Case, load_cases
from benchmarks.accuracy.scoring import Counts, score
from extract import Document, Table, read_bytes
from extract.kinds import PDF, kind_of
from extract.scan.pictures import Picture, file_to_pictures, pdf_to_pictures
from extract.scan.reader import read
from fixtures.catalogue import larger_set
from fixtures.layouts import LAYOUTS
from fixtures.make import recipe_to_files
from normalize import interpret

SEED = "recognition"
_PEAK = (
    "import sys; from pathlib import Path; import extract; "
    "extract.read_bytes(Path(sys.argv[1]).read_bytes(), 'scan', reader='ocr'); "
    "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
)
"""Prints the kilobytes of a process's peak, of Linux; what getrusage says may be its parent's."""


@dataclass(frozen=True, slots=True)
class Cost:
    """One file: seconds of processor time of the reader and of whole pages, peak in bytes.

    `sure` are its cells as first recognised, `decoded` after the sums were heeded.
    """

    layout: str
    pages: int
    reader: float
    whole: float
    peak: int
    sure: Counts
    decoded: Counts

    @property
    def ratio(self) -> float:
        return self.reader / self.whole


def make_scans(count: int, folder: Path, seed: str = SEED) -> list[Case]:
    """So many scanned reports with tables, every layout of scans in turn."""
    layouts = [name for name in LAYOUTS if name.startswith("scan")]
    for recipe in larger_set(seed, count, layouts=layouts):
        place = folder / recipe.id
        place.mkdir(parents=True)
        for name, content in recipe_to_files(recipe).items():
            (place / name).write_bytes(content)
    return [replace(case, is_report=True) for case in load_cases(folder) if case.gold]


def measure(cases: Sequence[Case], repeats: int, say: Callable[[str], None]) -> Iterator[Cost]:
    """The cost of each scan; both ways of reading take turns, medians count."""
    engine = _engine()
    for case in cases:
        say(case.name)
        data = case.source.read_bytes()
        pictures = list(_pictures(data))
        ours: list[float] = []
        whole: list[float] = []
        for _ in range(repeats):
            ours.append(_seconds(partial(read, data)))
            whole.append(_seconds(partial(_whole_pages, engine, pictures)))
        document = read_bytes(data, case.name, reader="ocr")
        yield Cost(
            layout=case.groups["layout"][0],
            pages=len(pictures),
            reader=median(ours),
            whole=median(whole),
            peak=peak(case.source),
            sure=score(case, interpret(without_candidates(document))).counts,
            decoded=score(case, interpret(document)).counts,
        )


def _pictures(data: bytes) -> Iterator[Picture]:
    return pdf_to_pictures(data) if kind_of(data) == PDF else file_to_pictures(data)


def _engine() -> Any:
    """rapidocr as it comes, on one thread as the reader is."""
    from rapidocr import RapidOCR

    threads = ("intra_op_num_threads", "inter_op_num_threads")
    return RapidOCR(params={f"EngineConfig.onnxruntime.{name}": 1 for name in threads})


def _whole_pages(engine: Any, pictures: Sequence[Picture]) -> None:
    for picture in pictures:
        engine(picture.dots)


def _seconds(run: Callable[[], object]) -> float:
    start = process_time()
    run()
    return process_time() - start


def without_candidates(document: Document) -> Document:
    """The document as if recognition had been sure of everything."""
    blocks = tuple(
        replace(block, cells=tuple(replace(cell, candidates=()) for cell in block.cells))
        if isinstance(block, Table)
        else block
        for block in document.blocks
    )
    return replace(document, blocks=blocks)


def peak(file: Path) -> int:
    """Bytes that a process needs at most which reads this file and nothing else."""
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, str(file)], check=True, capture_output=True, text=True
    )
    return int(done.stdout) * 1024
