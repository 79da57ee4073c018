"""The batches of a run on a Dask cluster, handed out and taken back in order.

Dask gives a batch to another worker when its own is lost. A batch that loses one worker after
another is read document by document, and the one that it was because of is quarantined.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from normalize.forms import FOLDERS_VARIABLE
from pipeline.cluster.batch import Batch, BatchFailed, How, OtherVersion, read_batch
from pipeline.limits import Limits
from pipeline.plan import Task
from pipeline.version import reader_version
from pipeline.work import quarantined
from pipeline.workers import CRASHED, Done, Reading

if TYPE_CHECKING:
    from distributed import Client, Future

SCHEME = "dask://"
LOCAL = "dask://local"

_MOST_DOCUMENTS = 50
"""Documents in a batch: it is what a lost worker costs."""

_BATCHES_A_THREAD = 4
"""Batches for each thread of the cluster at least, so that all are busy to the end."""

_RETRIES = 2
_LOOK = 2.0
"""Seconds between two looks whether there are workers."""

_PATIENCE = 240.0
"""Seconds for which a cluster may be without any."""

_CONNECT = 15.0


class ClusterError(Exception):
    """The cluster cannot be used; the message says what to do."""


def is_cluster(executor: str) -> bool:
    return executor.startswith(SCHEME)


@contextmanager
def reading_on(
    executor: str, jobs: int, notice: Callable[[str], None] = lambda message: None
) -> Iterator[Reading]:
    """Reads on the cluster `dask://HOST:PORT`; `dask://local` is one of `jobs` workers here.

    `notice` is told when there are no workers. Raises ClusterError.
    """
    with _connected(executor, jobs) as client:
        run = _Run(client, notice)
        yield run.read


@contextmanager
def _connected(executor: str, jobs: int) -> Iterator[Client]:
    try:
        import distributed
    except ImportError as error:
        raise ClusterError(
            "reading on a cluster needs Dask; install it with pip install 'gongkai[cluster]'"
        ) from error
    if executor == LOCAL:
        with (
            distributed.LocalCluster(
                n_workers=jobs, threads_per_worker=1, dashboard_address=None
            ) as cluster,
            distributed.Client(cluster, set_as_default=False) as client,
        ):
            yield client
        return
    address = f"tcp://{executor.removeprefix(SCHEME)}"
    try:
        client = distributed.Client(address, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"no scheduler answers at {executor} ({error}); start one with 'dask scheduler', or "
            f"name another, as {SCHEME}HOST:PORT"
        ) from error
    with client:
        yield client


@dataclass(frozen=True, slots=True)
class _Run:
    """The batches of one run."""

    client: Client
    notice: Callable[[str], None]

    def read(
        self,
        tasks: Sequence[Task],
        reader: str | None,
        limits: Limits,
        stop: Callable[[], bool],
        /,
        numbering: str | None = None,
    ) -> Generator[Done, None, None]:
        """Every task with its report, in order; once `stop` says so no more are handed out."""
        waiting = deque(self._batches(tasks, reader, limits, numbering))
        given: deque[tuple[Batch, Future[Any]]] = deque()
        while waiting or given:
            if stop():
                waiting.clear()
            while waiting and len(given) < 2 * max(1, self._threads()):
                batch = waiting.popleft()
                given.append((batch, self._give(batch)))
            if given:
                yield from self._take(*given.popleft())

    def _batches(
        self, tasks: Sequence[Task], reader: str | None, limits: Limits, numbering: str | None
    ) -> Iterator[Batch]:
        forms = ((FOLDERS_VARIABLE, os.environ.get(FOLDERS_VARIABLE, "")),)
        how = How(reader, limits, reader_version(), forms, numbering)
        parts = max(1, self._threads()) * _BATCHES_A_THREAD
        size = min(_MOST_DOCUMENTS, -(-len(tasks) // parts))
        for at in range(0, len(tasks), max(1, size)):
            yield Batch(tuple(tasks[at : at + size]), how)

    def _threads(self) -> int:
        threads: dict[str, int] = self.client.nthreads()
        return sum(threads.values())

    def _give(self, batch: Batch) -> Future[Any]:
        return self.client.submit(read_batch, batch, pure=False, retries=_RETRIES)

    def _take(self, batch: Batch, future: Future[Any]) -> Iterator[Done]:
        """The batch's reports; of one that fails as a whole, those of its documents one by one."""
        from distributed.scheduler import KilledWorker

        try:
            yield from self._result(future)
        except (KilledWorker, BatchFailed):
            if len(batch.tasks) == 1:
                task = batch.tasks[0]
                yield Done(task, quarantined(task, batch.how.reader, CRASHED), 0.0)
                return
            for task in batch.tasks:
                alone = Batch((task,), batch.how)
                yield from self._take(alone, self._give(alone))

    def _result(self, future: Future[Any]) -> tuple[Done, ...]:
        """What a batch gives, waited for as long as there are workers. Raises ClusterError."""
        from distributed import TimeoutError as NotYet

        idle_since: float | None = None
        while True:
            try:
                done: tuple[Done, ...] = future.result(timeout=_LOOK)
            except NotYet:
                idle_since = self._look(idle_since)
            except OtherVersion as error:
                raise ClusterError(
                    f"a worker has version {error} of readers and forms, this is "
                    f"{reader_version()}; install the same everywhere"
                ) from error
            except ImportError as error:
                raise ClusterError(
                    f"a worker cannot read ({error}); install gongkai where the workers run"
                ) from error
            else:
                return done

    def _look(self, idle_since: float | None) -> float | None:
        """Since when there are no workers, None where there are. Raises ClusterError."""
        if self.client.status != "running":
            raise ClusterError("the scheduler is gone; start it again, then run again")
        if self._threads():
            return None
        if idle_since is None:
            self.notice("the cluster has no workers; waiting for some")
            return time.monotonic()
        if time.monotonic() - idle_since > _PATIENCE:
            raise ClusterError(
                f"the cluster had no workers for {_PATIENCE:g} seconds; start some with "
                "'dask worker', then run again"
            )
        return idle_since
