"""One check of a database, timed, in a process of its own so that its memory is known."""

from __future__ import annotations

import multiprocessing
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from pipeline.panel import Checked, check_panel
from store.database import open_database


@dataclass(frozen=True, slots=True)
class Timed:
    """What one check did, its seconds, and the most memory that its process held, in MB."""

    what: str
    seconds: float
    megabytes: float
    checked: Checked

    def to_line(self, count: int) -> str:
        looked = (
            f"{self.checked.reports_checked} reports of {self.checked.agencies_checked} agencies"
        )
        return (
            f"{self.what:20} {self.seconds:8.2f} s {1000 * self.seconds / count:7.3f} s per 1,000"
            f" {self.megabytes:6.0f} MB  {looked}"
        )


def time_check(url: str, what: str) -> Timed:
    """`gongkai check` of the database at `url`, as `what` is printed."""
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawned) as process:
        return process.submit(_check_here, url, what).result()


def _check_here(url: str, what: str) -> Timed:
    engine = open_database(url)
    begin = time.perf_counter()
    checked = check_panel(engine)
    seconds = time.perf_counter() - begin
    engine.dispose()
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Timed(what, seconds, kilobytes / 1024, checked)
