"""Whole runs in processes of their own: `python -m benchmarks.speed.batch FOLDER DATABASE`.

From files to committed rows, with the workers' start. Prints one JSON object with the wall
clock's seconds, and the peaks in bytes of the process that writes and of the largest worker.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.hostile.measure import peak_bytes
from pipeline.plan import paths_to_tasks
from pipeline.run import run
from store.database import open_database

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class BatchCost:
    """One run: documents read or found unchanged, seconds of the wall clock, peaks in bytes."""

    documents: int
    seconds: float
    writer_peak: int
    worker_peak: int


def run_batch(folder: Path, database: Path, jobs: int) -> BatchCost:
    """One run in a process of its own; `database` may hold an earlier one."""
    command = [sys.executable, "-m", "benchmarks.speed.batch", str(folder), str(database)]
    done = subprocess.run(
        [*command, "--jobs", str(jobs)], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return BatchCost(**json.loads(done.stdout))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.batch", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("database", type=Path)
    parser.add_argument("--jobs", type=int, required=True)
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    tasks = paths_to_tasks([options.folder], ["source.*"])
    engine = open_database(f"sqlite:///{options.database}")
    run(tasks, engine, jobs=options.jobs)
    engine.dispose()
    cost = {
        "documents": len(tasks),
        "seconds": time.perf_counter() - start,
        "writer_peak": peak_bytes() or _peak(resource.RUSAGE_SELF),
        "worker_peak": _peak(resource.RUSAGE_CHILDREN),
    }
    print(json.dumps(cost))


def _peak(who: int) -> int:
    """Bytes; the system counts in kilobytes, on macOS in bytes."""
    return resource.getrusage(who).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
