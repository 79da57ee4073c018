"""One batch job over a folder, with its exports: `python -m benchmarks.hostile.job IN OUT`.

In a process of its own, so that one that breaks or hangs is told from one that finds faults.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from benchmarks.hostile.measure import measured_task_to_report, noted_quarantined, peak_bytes
from pipeline import workers
from pipeline.limits import Limits
from pipeline.plan import paths_to_tasks
from pipeline.results import FileResult
from pipeline.run import run
from store.database import open_database
from store.errors import ExportFailed
from store.export import Format, export

DATABASE = "gongkai.db"
SUMMARY = "summary.json"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile.job", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--timeout", type=float, required=True)
    options = parser.parse_args(arguments)
    tasks = paths_to_tasks([options.folder])
    done: list[str] = []

    def note(result: FileResult) -> None:
        done.append(result.source)

    start = time.perf_counter()
    engine = open_database(f"sqlite:///{options.out / DATABASE}")
    with (
        patch.object(workers, "task_to_report", measured_task_to_report),
        patch.object(workers, "quarantined", noted_quarantined),
    ):
        run(tasks, engine, jobs=options.jobs, limits=Limits(options.timeout), progress=note)
    seconds = time.perf_counter() - start
    peak = peak_bytes()
    refusals: list[str] = []
    for format in Format:
        try:
            export(engine, format, options.out / format)
        except ExportFailed as error:
            refusals.append(f"{format}: {error}")
    result = {
        "planned": [task.source for task in tasks],
        "done": done,
        "seconds": seconds,
        "peak": peak,
        "exports refused": refusals,
    }
    (options.out / SUMMARY).write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main()
