"""Inside a worker's process: its limits, what it prints, when it ends, what it has taken."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import wait as wait_for_end
from pathlib import Path
from typing import TYPE_CHECKING

from extract.allowed import allow
from normalize.report import Report
from pipeline.limits import Limits
from pipeline.plan import Task

if TYPE_CHECKING:
    from pipeline.finishing import Ready

_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Read:
    """A report, the bytes of memory that the process has after it, and the seconds it took.

    Where it is `ready` to be written, the report is its head alone.
    """

    report: Report
    memory: int
    seconds: float
    ready: Ready | None = None


def read_and_weigh(
    read: Callable[[Task, str | None], Report], task: Task, reader: str | None
) -> Read:
    """In a worker: the report, and what the process has taken so far."""
    start = time.monotonic()
    report, ready = read(task, reader), None
    seconds = time.monotonic() - start
    if _make_ready is not None:
        report, ready = _make_ready(report)
    return Read(report, _memory(), seconds, ready)


def _memory() -> int:
    """Bytes that count towards the limit; the peak where the system tells no more, 0 on Windows."""
    if _STATUS.exists():
        lines = _STATUS.read_text(encoding="ascii", errors="replace").splitlines()
        return next((int(li.split()[1]) * 1024 for li in lines if li.startswith("VmData:")), 0)
    if sys.platform == "win32":
        return 0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


_make_ready: Callable[[Report], tuple[Report, Ready | None]] | None = None
"""What this process does with reports before it hands them on; None where they go as they are."""


def set_up(limits: Limits, numbering: str | None = None) -> None:
    """In a worker, before the first document. With the `numbering` of a database's fields reports
    are made ready for it.
    """
    # Read when numpy is loaded: the threads of others take memory, and workers have one each.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if numbering is not None:
        # SQLAlchemy comes with it, which takes a third of a second.
        from pipeline.finishing import report_to_ready

        global _make_ready
        _make_ready = partial(report_to_ready, numbering=numbering)
    allow(limits.allowed)
    _limit_memory(limits.memory)
    _keep_off_standard_output()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _limit_memory(memory: int) -> None:
    """Lets fail what would take the process beyond the limit; on Windows there is no such."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = memory if most == resource.RLIM_INFINITY else min(memory, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


def _keep_off_standard_output() -> None:
    """What a reader's library prints goes to standard error: the command's output is its own."""
    sys.stdout = sys.stderr
    os.dup2(2, 1)


def _end_with(parent: int) -> None:
    """Ends the process as soon as the other is gone; it would wait for documents for ever."""
    wait_for_end([parent])
    os._exit(1)
