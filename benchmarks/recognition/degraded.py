"""What decoding under the sums makes of bad scans, on which recognition alone is often wrong.

Reports are scanned at few dots per inch with more blur and noise, and the cells of the requests
table, each in two sums or more, are counted before the sums are heeded and after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.accuracy.cases import Case, load_cases
from benchmarks.accuracy.scoring import Counts, score
from benchmarks.recognition.measure import without_candidates
from extract import read_bytes
from extract.errors import ExtractError
from fixtures.catalogue import larger_set
from fixtures.layouts.scan_pages import Scan
from fixtures.make import recipe_to_files
from fixtures.scanned import scan_set
from normalize import interpret

SEED = "degraded"
TABLE = "requests"
LAYOUTS = ("pdf strokes", "pdf landscape")
SCANS = (Scan(100, wear=2.0), Scan(90, wear=1.6), Scan(110, wear=2.4))


@dataclass(frozen=True, slots=True)
class Decoded:
    """The cells of one report as first recognised and as decoded."""

    scan: str
    first: Counts
    decoded: Counts

    @property
    def errors_first(self) -> int:
        return self.first.gold - self.first.right

    @property
    def errors_left(self) -> int:
        return self.decoded.gold - self.decoded.right


def degraded_sets(count: int, folder: Path) -> Iterator[tuple[str, list[Case]]]:
    """So many reports, scanned in each of the bad ways."""
    for recipe in larger_set(SEED, count, layouts=LAYOUTS):
        place = folder / "drawn" / recipe.id
        place.mkdir(parents=True)
        for name, content in recipe_to_files(recipe).items():
            (place / name).write_bytes(content)
    for scan in SCANS:
        name = f"{scan.dpi} dpi, wear {scan.wear:g}"
        scan_set(folder / "drawn", folder / name, scan)
        yield name, [_of_table(case) for case in load_cases(folder / name)]


def _of_table(case: Case) -> Case:
    gold = {cell: value for cell, value in case.gold.items() if cell[0] == TABLE}
    return replace(case, gold=gold, is_report=True)


def measure_decoding(
    sets: Iterator[tuple[str, list[Case]]], say: Callable[[str], None]
) -> Iterator[Decoded]:
    """Each report that has the table, read once and interpreted twice."""
    for name, cases in sets:
        for case in cases:
            if not case.gold:
                continue
            say(f"{name} {case.name}")
            try:
                document = read_bytes(case.source.read_bytes(), case.name, reader="ocr")
            except ExtractError as fault:
                say(f"  {fault}")
                continue
            first = score(case, interpret(without_candidates(document))).counts
            yield Decoded(name, first, score(case, interpret(document)).counts)


def decoded_to_markdown(results: Sequence[Decoded]) -> str:
    """One line a way of scanning and one for all."""
    head = (
        "| scan | reports | cells | wrong at first | wrong after decoding | left | silent at first "
        "| silent after | right suggestion beside a wrong cell |"
    )
    lines = [head, "|---|" + "---:|" * (head.count("|") - 2)]
    for name in dict.fromkeys(result.scan for result in results):
        lines.append(_line(name, [result for result in results if result.scan == name]))
    lines.append(_line("all", results))
    return "\n".join(lines)


def _line(name: str, results: Sequence[Decoded]) -> str:
    first = sum((result.first for result in results), Counts())
    decoded = sum((result.decoded for result in results), Counts())
    before = sum(result.errors_first for result in results)
    after = sum(result.errors_left for result in results)
    share = f"{after / before:.3f}" if before else "–"
    values = (
        name,
        len(results),
        first.gold,
        before,
        after,
        share,
        first.silent,
        decoded.silent,
        decoded.repaired,
    )
    return f"| {' | '.join(map(str, values))} |"
