"""Worker processes: pdfium is not thread-safe, and a document may crash its reader or hang it.

Each worker is a process of its own that reads one document after another, within a limit of
memory. A document that crashes its worker, or keeps it longer than the time limit, costs only
itself: the process is replaced and goes on with the documents that waited behind it. One that runs
out of memory or crashes behind others is read again by a process of its own, and a process that
keeps much memory is replaced, so that no document suffers from those before it. Reports come back
in the order of the tasks, so results do not depend on the number of workers.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from normalize.report import Report
from pipeline.limits import MEMORY_KEPT, MEMORY_LIMIT, TIME_LIMIT
from pipeline.plan import Task
from pipeline.work import OUT_OF_MEMORY, quarantined, task_to_report

_HANDED_OUT = 2
"""Documents in a worker's hands: the one it reads and the next, so that it never waits."""

_AHEAD = 32
"""Documents per worker that may be done before an earlier one is."""

_STATUS = Path("/proc/self/status")

FAULT = "a fault in the program, please report it with the file"
CRASHED = "the reader crashed on it or ran out of memory; open and save it again, or split it"
TOO_SLOW = (
    "not read within {seconds:g} seconds; open and save it again, or allow a longer --timeout"
)


@dataclass(frozen=True, slots=True)
class _Given:
    """A task in a worker's hands; `at` is its place in the order."""

    at: int
    task: Task
    report: Future[_Read]


@dataclass(frozen=True, slots=True)
class _Read:
    """A report, and the bytes of memory that the process has after it."""

    report: Report
    memory: int


class _Worker:
    """One process, the tasks in its hands, and since when it reads the first of them."""

    def __init__(self, reader: str | None, limit: float) -> None:
        self.given: deque[_Given] = deque()
        self._reader = reader
        self._limit = limit
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_limit_memory)
        with _without_interrupts():
            self._pid = self._pool.submit(os.getpid)
        self._since: float | None = None
        self._overdue = False
        self._taken = 0

    def give(self, at: int, task: Task) -> None:
        if not self.given and self._since is not None:
            self._since = time.monotonic()
        try:
            report = self._submit(task)
        except BrokenProcessPool:
            # It died after its last document was done.
            self._restart()
            report = self._submit(task)
        self.given.append(_Given(at, task, report))

    def _submit(self, task: Task) -> Future[_Read]:
        return self._pool.submit(_read_and_weigh, task_to_report, task, self._reader)

    def awaited(self) -> Future[Any] | None:
        """What ends next: its start, or the first document in its hands; None when it is idle."""
        if not self.given:
            return None
        return self._pid if self._since is None else self.given[0].report

    def seconds_left(self) -> float:
        """Until the first document has had its time; all of it while the worker starts."""
        return self._limit if self._since is None else self._since + self._limit - time.monotonic()

    def look(self) -> None:
        """Notes that the worker has started; kills it when its document has had its time."""
        if self._since is None:
            if self._pid.done():
                self._pid.result()
                self._since = time.monotonic()
        elif self.given and not self.given[0].report.done() and self.seconds_left() <= 0:
            self._overdue = True
            self._kill()
            wait([self.given[0].report])

    def take(self) -> tuple[int, Task, Report] | None:
        """The first document with its report when it is done, or is found to have failed."""
        if not self.given or not self.given[0].report.done():
            return None
        first = self.given[0]
        error = first.report.exception()
        died = isinstance(error, BrokenProcessPool)
        memory = 0
        if error is None:
            report, memory = first.report.result().report, first.report.result().memory
        else:
            reason = f"{FAULT} ({type(error).__name__}: {error})"
            if died:
                reason = TOO_SLOW.format(seconds=self._limit) if self._overdue else CRASHED
            report = quarantined(first.task, self._reader, reason)
        short = (died and not self._overdue) or report.reasons == (OUT_OF_MEMORY,)
        if short and self._taken:
            self._restart()
            return None
        self.given.popleft()
        self._taken += 1
        if died or short or self._overdue or memory > MEMORY_KEPT:
            self._restart()
        else:
            self._since = time.monotonic()
        return first.at, first.task, report

    def _restart(self) -> None:
        """A new process for what is in the worker's hands."""
        behind = list(self.given)
        self.given.clear()
        self._pool.shutdown()
        self._start()
        for one in behind:
            self.give(one.at, one.task)

    def close(self) -> None:
        """Ends the process, in the middle of a document if need be."""
        if self.given:
            self._kill()
        self._pool.shutdown(cancel_futures=True)

    def _kill(self) -> None:
        if self._pid.done() and self._pid.exception() is None:
            os.kill(self._pid.result(), getattr(signal, "SIGKILL", signal.SIGTERM))


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Processes begun within never hear Ctrl-C, which ends them through the one that began them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def read_all(
    tasks: Iterable[Task], reader: str | None, jobs: int, timeout: float = TIME_LIMIT
) -> Iterator[tuple[Task, Report]]:
    """Every task with its report, in order; `timeout` is in seconds a document."""
    waiting = deque(enumerate(tasks))
    workers = [_Worker(reader, timeout) for _ in range(min(jobs, len(waiting)))]
    done: dict[int, tuple[Task, Report]] = {}
    following = 0
    try:
        while waiting or done or any(worker.given for worker in workers):
            _hand_out(waiting, workers, following + _AHEAD * len(workers))
            _await_any(workers)
            for worker in workers:
                worker.look()
                while (result := worker.take()) is not None:
                    at, task, report = result
                    done[at] = (task, report)
            while following in done:
                yield done.pop(following)
                following += 1
    finally:
        for worker in workers:
            worker.close()


def _hand_out(waiting: deque[tuple[int, Task]], workers: Sequence[_Worker], end: int) -> None:
    """Fills the workers' hands evenly with tasks before the place `end`."""
    for depth in range(1, _HANDED_OUT + 1):
        for worker in workers:
            if len(worker.given) < depth and waiting and waiting[0][0] < end:
                worker.give(*waiting.popleft())


def _await_any(workers: Sequence[_Worker]) -> None:
    """Returns when a document is done or has had its time, or a worker has started."""
    awaited = [future for worker in workers if (future := worker.awaited()) is not None]
    left = min((worker.seconds_left() for worker in workers if worker.given), default=0.0)
    wait(awaited, timeout=max(left, 0.0), return_when=FIRST_COMPLETED)


def _read_and_weigh(
    read: Callable[[Task, str | None], Report], task: Task, reader: str | None
) -> _Read:
    """In a worker: the report, and what the process has taken so far."""
    return _Read(read(task, reader), _memory())


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


def _limit_memory() -> None:
    """In a worker: lets fail what would take it beyond the limit; on Windows there is no such."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = MEMORY_LIMIT if most == resource.RLIM_INFINITY else min(MEMORY_LIMIT, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
