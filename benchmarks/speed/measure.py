"""All measurements of one kind of run: quick, usual or full."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.speed.batch import ROOT, BatchCost, run_batch
from benchmarks.speed.loading import LoadCost, load_cost
from benchmarks.speed.readers import ReaderCost, reader_costs
from benchmarks.speed.stages import StageCost, one_stage_cost, stage_costs
from benchmarks.speed.startup import StartCost, start_cost
from normalize.report import Report
from pipeline.plan import paths_to_tasks
from pipeline.work import task_to_report

SEED = "7"
RECOGNISED = ("scan", "pdf no unicode map")
CONVERTED = ("doc",)
NOT_DIGITAL = (*RECOGNISED, *CONVERTED)


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured: repeats, files of PDF, documents, and the sizes of whole runs.

    `scans` are measured apart: one takes as long as a hundred documents of another kind.
    """

    name: str
    repeats: int
    pdfs: int
    documents: int
    scans: int
    sizes: tuple[int, ...]


QUICK = Extent("quick", 3, 3, 60, 2, (30, 90))
USUAL = Extent("usual", 5, 12, 300, 9, (100, 1000))
FULL = Extent("full", 5, 12, 300, 9, (100, 1000, 10_000))


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that the page tells; `runs` has one cost a size, `again` repeats the largest."""

    extent: Extent
    pdfs: int
    readers: Sequence[ReaderCost]
    stages: Sequence[StageCost]
    loading: LoadCost
    one_job: BatchCost
    two_jobs: BatchCost
    scans: BatchCost
    runs: Sequence[BatchCost]
    again: BatchCost
    start: StartCost


def measure(extent: Extent, say: Callable[[str], None]) -> Measured:
    """Makes the documents and measures, saying what it is at."""
    with TemporaryDirectory(prefix="gongkai-speed-") as name:
        folder = Path(name)
        say(f"making {extent.documents} documents and {extent.scans} scans")
        made, scanned = folder / "made", folder / "scanned"
        files = make_documents(extent.documents, made, without=NOT_DIGITAL)
        scans = make_documents(extent.scans, scanned, only=RECOGNISED)
        pdfs = _spread([file for file in files if file.suffix == ".pdf"], extent.pdfs)
        say(f"reading {len(pdfs)} PDF files with every reader")
        readers = reader_costs(pdfs, extent.repeats)
        say(f"reading, interpreting and saving {len(files)} documents")
        stages = stage_costs(files, extent.repeats)
        say(f"the same of {len(scans)} scans")
        recognised = one_stage_cost("scans", scans, 1)
        say("loading")
        loading = load_cost(_reports(made), extent.repeats)
        say("running with one worker and with two")
        one, two = _in_turns(made, folder, extent.repeats)
        say("running the scans")
        run_of_scans = run_batch(scanned, folder / "scanned.db", 2)
        runs: list[BatchCost] = []
        for size in extent.sizes:
            say(f"running {size} documents")
            repeat_documents(files, size, folder / f"{size}")
            runs.append(run_batch(folder / f"{size}", folder / f"{size}.db", 2))
        say("running them again, unchanged")
        again = run_batch(folder / f"{size}", folder / f"{size}.db", 2)
        say("starting")
        start = start_cost(2 * extent.repeats + 1)
    return Measured(
        extent=extent,
        pdfs=len(pdfs),
        readers=readers,
        stages=[*stages, recognised],
        loading=loading,
        one_job=one,
        two_jobs=two,
        scans=run_of_scans,
        runs=runs,
        again=again,
        start=start,
    )


def make_documents(
    count: int, folder: Path, only: Sequence[str] = (), without: Sequence[str] = ()
) -> list[Path]:
    """Generated documents of these layouts, by name."""
    command = [sys.executable, "-m", "fixtures.make", "--seed", SEED, "--count", str(count)]
    for option, layouts in (("--layout", only), ("--without", without)):
        command += [word for layout in layouts for word in (option, layout)]
    subprocess.run([*command, str(folder)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return sorted(folder.glob("*/source.*"))


def repeat_documents(files: Sequence[Path], count: int, folder: Path) -> Path:
    """As many documents as asked for, each again with a line end more every time round."""
    for number in range(count):
        file = files[number % len(files)]
        place = folder / f"{number:06}"
        place.mkdir(parents=True)
        (place / file.name).write_bytes(file.read_bytes() + b"\n" * (number // len(files)))
    return folder


def _spread(files: Sequence[Path], most: int) -> list[Path]:
    """At most so many, evenly taken from all."""
    step = max(1, len(files) // most)
    return list(files[::step][:most])


def _reports(folder: Path) -> list[Report]:
    tasks = paths_to_tasks([folder], ["source.*"])
    return [task_to_report(task, None) for task in tasks]


def _in_turns(files: Path, folder: Path, repeats: int) -> tuple[BatchCost, BatchCost]:
    """The median runs with one worker and with two, each into a new database."""
    costs: dict[int, list[BatchCost]] = {1: [], 2: []}
    for turn in range(repeats):
        for jobs, runs in costs.items():
            runs.append(run_batch(files, folder / f"{turn}-{jobs}.db", jobs))
    return _median_of(costs[1]), _median_of(costs[2])


def _median_of(costs: Sequence[BatchCost]) -> BatchCost:
    return BatchCost(
        documents=costs[0].documents,
        seconds=median(cost.seconds for cost in costs),
        writer_peak=max(cost.writer_peak for cost in costs),
        worker_peak=max(cost.worker_peak for cost in costs),
    )
