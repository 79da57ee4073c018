"""What decoding under the sums makes of bad scans, on which recognition alone is often wrong.

Reports are scanned at few dots per inch with more blur and noise, and the cells of the requests
table, each in two sums or more, are counted before the sums are heeded and after. Cells that were
lost are told from digits that were misread: sums can put the latter right, but not bring back a
row whose label could not be read.
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
from normalize.placed import NOT_SEPARABLE
from normalize.report import Report, Status

SEED = "degraded"
TABLE = "requests"
LAYOUTS = ("pdf strokes", "pdf landscape")
SCANS = (Scan(100, wear=2.0), Scan(90, wear=1.6), Scan(110, wear=2.4))


@dataclass(frozen=True, slots=True)
class Decoded:
    """The cells of one report as first recognised and as decoded.

    `lost_first` and `lost` are those of the errors that are lost: no cell of that row and column
    was found, or the row's figures could not be told apart.
    """

    scan: str
    first: Counts
    decoded: Counts
    lost_first: int
    lost: int

    @property
    def errors_first(self) -> int:
        return self.first.gold - self.first.right

    @property
    def errors_left(self) -> int:
        return self.decoded.gold - self.decoded.right


def degraded_sets(count: int, folder: Path, seed: str = SEED) -> Iterator[tuple[str, list[Case]]]:
    """So many reports, scanned in each of the bad ways."""
    for recipe in larger_set(seed, count, layouts=LAYOUTS):
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
            plain, decoded = interpret(without_candidates(document)), interpret(document)
            yield Decoded(
                name,
                score(case, plain).counts,
                score(case, decoded).counts,
                _lost(case, plain),
                _lost(case, decoded),
            )


def _lost(case: Case, report: Report) -> int:
    """How many cells of the gold were not found at all."""
    found = {
        (o.table, o.row, o.column)
        for o in report.observations
        if o.status is not Status.MISSING and NOT_SEPARABLE not in o.doubts
    }
    return sum(cell not in found for cell in case.gold)


def decoded_to_markdown(results: Sequence[Decoded]) -> str:
    """One line a way of scanning and one for all."""
    head = (
        "| scan | reports | cells | wrong at first | of these lost | wrong after decoding "
        "| of these lost | left | left of misread digits | silent at first | silent after "
        "| right but flagged | right suggestion beside a wrong cell |"
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
    lost_before = sum(result.lost_first for result in results)
    lost_after = sum(result.lost for result in results)
    values = (
        name,
        len(results),
        first.gold,
        before,
        lost_before,
        after,
        lost_after,
        _share(after, before),
        _share(after - lost_after, before - lost_before),
        first.silent,
        decoded.silent,
        decoded.flagged,
        decoded.repaired,
    )
    return f"| {' | '.join(map(str, values))} |"


def _share(after: int, before: int) -> str:
    return f"{after / before:.3f}" if before else "–"
