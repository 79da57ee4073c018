"""Worker processes: pdfium is not thread-safe, and a document may crash its reader or hang it.

Each worker is a process of its own that reads one document after another, within a limit of
memory. A document that crashes its worker, or keeps it longer than the time limit, costs only
itself: the process is replaced and goes on with the documents that waited behind it. One that runs
out of memory or crashes behind others is read again by a process of its own, and a process that
keeps much memory is replaced, so that no document suffers from those before it. Reports come back
in the order of the tasks, so results do not depend on the number of workers. A worker ends when the
process that began it is gone, however that came about.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from normalize.report import Report
from pipeline.conversions import converted
from pipeline.limits import Limits
from pipeline.plan import Task
from pipeline.work import OUT_OF_MEMORY, quarantined, task_to_report
from pipeline.worker_process import Read, read_and_weigh, set_up

if TYPE_CHECKING:
    from pipeline.finishing import Ready

_HANDED_OUT = 2
"""Documents in a worker's hands: the one it reads and the next, so that it never waits."""

_AHEAD = 32
"""Documents per worker that may be done before an earlier one is."""

FAULT = "a fault in the program, please report it with the file"
CRASHED = "the reader crashed on it or ran out of memory; open and save it again, or split it"
TOO_SLOW = (
    "not read within {seconds:g} seconds; open and save it again, or allow a longer --timeout"
)


@dataclass(frozen=True, slots=True)
class Done:
    """A task with its report, and how many seconds the reading took.

    Where it is `ready` to be written, the report is its head alone.
    """

    task: Task
    report: Report
    seconds: float
    ready: Ready | None = None


class Reading(Protocol):
    """(tasks, reader, limits, whether to stop) -> every task with its report, in order.

    With the `numbering` of a database's fields the reports are made ready for it.
    """

    def __call__(
        self,
        tasks: Sequence[Task],
        reader: str | None,
        limits: Limits,
        stop: Callable[[], bool],
        /,
        numbering: str | None = None,
    ) -> Generator[Done, None, None]: ...


@dataclass(frozen=True, slots=True)
class _Given:
    """A task in a worker's hands; `at` is its place in the order."""

    at: int
    task: Task
    report: Future[Read]


class _Worker:
    """One process, the tasks in its hands, and since when it reads the first of them."""

    def __init__(self, reader: str | None, limits: Limits, numbering: str | None) -> None:
        self.given: deque[_Given] = deque()
        self._reader = reader
        self._limits = limits
        self._numbering = numbering
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(
            1,
            mp_context=context,
            initializer=set_up,
            initargs=(self._limits, self._numbering),
        )
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

    def _submit(self, task: Task) -> Future[Read]:
        return self._pool.submit(read_and_weigh, task_to_report, task, self._reader)

    def awaited(self) -> Future[Any] | None:
        """What ends next: its start, or the first document in its hands; None when it is idle."""
        if not self.given:
            return None
        return self._pid if self._since is None else self.given[0].report

    def seconds_left(self) -> float:
        """Until the first document has had its time; all of it while the worker starts."""
        seconds = self._limits.seconds
        return seconds if self._since is None else self._since + seconds - time.monotonic()

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

    def take(self) -> tuple[int, Done] | None:
        """The place and the report of the first document, once it is done or is found to fail."""
        if not self.given or not self.given[0].report.done():
            return None
        first = self.given[0]
        error = first.report.exception()
        died = isinstance(error, BrokenProcessPool)
        memory, seconds = 0, time.monotonic() - (self._since or time.monotonic())
        ready: Ready | None = None
        if error is None:
            read = first.report.result()
            report, ready = read.report, read.ready
            memory, seconds = read.memory, read.seconds
        else:
            reason = f"{FAULT} ({type(error).__name__}: {error})"
            if died:
                reason = TOO_SLOW.format(seconds=self._limits.seconds) if self._overdue else CRASHED
            report = quarantined(first.task, self._reader, reason)
        short = (died and not self._overdue) or report.reasons == (OUT_OF_MEMORY,)
        if short and self._taken:
            self._restart()
            return None
        self.given.popleft()
        self._taken += 1
        if died or short or self._overdue or memory > self._limits.memory_kept:
            self._restart()
        else:
            self._since = time.monotonic()
        return first.at, Done(first.task, report, seconds, ready)

    def _restart(self) -> None:
        """A new process for what is in the worker's hands."""
        behind = list(self.given)
        self.given.clear()
        self._end()
        self._start()
        for one in behind:
            self.give(one.at, one.task)

    def close(self) -> None:
        """Ends the process, in the middle of a document if need be."""
        self._end()

    def _end(self) -> None:
        """By force: a thread that a reader left behind would keep the process for ever."""
        self._kill()
        self._pool.shutdown(cancel_futures=True)

    def _kill(self) -> None:
        if self._pid.done() and self._pid.exception() is None:
            # It may have ended by itself.
            with suppress(ProcessLookupError):
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


def reading_here(jobs: int) -> Reading:
    """Reading by so many processes of this machine, what LibreOffice converts converted ahead."""

    def read(
        tasks: Sequence[Task],
        reader: str | None,
        limits: Limits,
        stop: Callable[[], bool],
        /,
        numbering: str | None = None,
    ) -> Generator[Done, None, None]:
        with converted(tasks, jobs) as ready:
            yield from read_all(ready, reader, jobs, limits, stop, numbering)

    return read


class Workers:
    """Processes that read one list of tasks after another."""

    def __init__(
        self, jobs: int, reader: str | None, limits: Limits, numbering: str | None = None
    ) -> None:
        self._workers = [_Worker(reader, limits, numbering) for _ in range(jobs)]

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *error: object) -> None:
        for worker in self._workers:
            worker.close()

    def read(
        self, tasks: Iterable[Task], stop: Callable[[], bool] = lambda: False
    ) -> Generator[Done, None, None]:
        """Every task with its report, in order.

        Once `stop` says so, no more documents are handed out; those in the workers' hands are
        read. Only when all is read may another list follow.
        """
        waiting = deque(enumerate(tasks))
        done: dict[int, Done] = {}
        following = 0
        while waiting or done or any(worker.given for worker in self._workers):
            if stop():
                waiting.clear()
            _hand_out(waiting, self._workers, following + _AHEAD * len(self._workers))
            _await_any(self._workers)
            for worker in self._workers:
                worker.look()
                while (result := worker.take()) is not None:
                    at, one = result
                    done[at] = one
            while following in done:
                yield done.pop(following)
                following += 1


def read_all(
    tasks: Sequence[Task],
    reader: str | None,
    jobs: int,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    stop: Callable[[], bool] = lambda: False,
    numbering: str | None = None,
) -> Generator[Done, None, None]:
    """Every task with its report, in order (see `Workers.read`)."""
    with Workers(min(jobs, len(tasks)), reader, limits, numbering) as workers:
        yield from workers.read(tasks, stop)


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
