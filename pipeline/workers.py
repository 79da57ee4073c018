"""Worker processes: pdfium is not thread-safe, and a document may crash its reader.

Reports come back in the order of the tasks, so results do not depend on the number of workers. A
crash breaks the whole pool; the documents in flight are then read again one at a time, each in a
process of its own, and the one that crashes again is quarantined.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from normalize.report import Report
from pipeline.plan import Task
from pipeline.work import quarantined, task_to_report

_AHEAD = 4
"""Tasks handed out per worker before the first one is back."""

FAULT = "a fault in the program, please report it with the file"
CRASHED = "the reader crashed on it; the file is broken, open and save it again"


def read_all(tasks: Iterable[Task], reader: str | None, jobs: int) -> Iterator[tuple[Task, Report]]:
    """Every task with its report, in order."""
    waiting = deque(tasks)
    while waiting:
        unfinished = yield from _read_until_crash(waiting, reader, jobs)
        for task in unfinished:
            yield task, _read_alone(task, reader)


def _read_until_crash(
    waiting: deque[Task], reader: str | None, jobs: int
) -> Generator[tuple[Task, Report], None, list[Task]]:
    """Reports until all is read or a worker dies; returns the tasks that were in flight then."""
    in_flight: deque[tuple[Task, Future[Report]]] = deque()
    with _pool(jobs) as pool:
        while waiting or in_flight:
            try:
                while waiting and len(in_flight) < jobs * _AHEAD:
                    in_flight.append((waiting[0], pool.submit(task_to_report, waiting[0], reader)))
                    waiting.popleft()
                task, future = in_flight[0]
                report = _outcome(future, task, reader)
            except BrokenProcessPool:
                return [task for task, _ in in_flight]
            in_flight.popleft()
            yield task, report
    return []


def _read_alone(task: Task, reader: str | None) -> Report:
    with _pool(1) as pool:
        try:
            return _outcome(pool.submit(task_to_report, task, reader), task, reader)
        except BrokenProcessPool:
            return quarantined(task, reader, CRASHED)


def _outcome(future: Future[Report], task: Task, reader: str | None) -> Report:
    """The report, or a quarantined one that names a fault of the program.

    Raises BrokenProcessPool when the worker died.
    """
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, BrokenProcessPool):
        raise error
    return quarantined(task, reader, f"{FAULT} ({type(error).__name__}: {error})")


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
