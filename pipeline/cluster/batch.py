"""What a cluster's worker does with a batch: hands it to a process of its own.

That process reads as `gongkai run` does on one machine, each document within its limits, so that
none of them can harm the cluster's worker; and it may begin processes, which Dask's own may not.
It is kept for the batches that follow.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from pipeline.conversions import converted
from pipeline.limits import Limits
from pipeline.plan import Task
from pipeline.version import reader_version
from pipeline.workers import Done, Workers

_PROGRAM = "from pipeline.cluster.batch import answer_batches; answer_batches()"

_LOOK_FOR_PARENT = 0.5
"""Seconds between two looks whether the cluster's worker is still there."""


@dataclass(frozen=True, slots=True)
class How:
    """How documents are read: equal for all batches of a run.

    `version` is that of readers and forms, `environment` the variables that say where forms are.
    With the `numbering` of a database's fields the reports are made ready for it.
    """

    reader: str | None
    limits: Limits
    version: str
    environment: tuple[tuple[str, str], ...] = ()
    numbering: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents to read."""

    tasks: tuple[Task, ...]
    how: How


Answer = tuple[Done, ...] | str
"""The reports, in order, or the version of readers and forms when it is another one."""


class BatchFailed(Exception):
    """The process that reads a batch ended before it was done."""


class OtherVersion(Exception):
    """The worker's readers or forms are not those of the run; the message is their version."""


def read_batch(batch: Batch) -> tuple[Done, ...]:
    """In a cluster's worker: the reports of a batch, in order.

    Raises BatchFailed, and OtherVersion before anything is read.
    """
    with _reading_process(batch.how) as process:
        answer = _ask(process, batch)
    if answer is None:
        raise BatchFailed(f"the process that reads ended with status {process.returncode}")
    if isinstance(answer, str):
        raise OtherVersion(answer)
    return answer


_idle: list[tuple[How, subprocess.Popen[bytes]]] = []
"""Processes of this worker that wait for a batch; each of its threads takes one of its own."""


@contextmanager
def _reading_process(how: How) -> Iterator[subprocess.Popen[bytes]]:
    """A process that reads so; kept when it is still there afterwards."""
    process = _take_idle(how) or _begin(how)
    yield process
    if process.poll() is None:
        _idle.append((how, process))


def _begin(how: How) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **dict(how.environment)},
    )


def _take_idle(how: How) -> subprocess.Popen[bytes] | None:
    """One that reads so; those that read otherwise are of a run that is over, and ended."""
    while _idle:
        used, process = _idle.pop()
        if used == how:
            return process
        _end(process)
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()


def _ask(process: subprocess.Popen[bytes], batch: Batch) -> Answer | None:
    """The answer to a batch; None when the process ended instead."""
    questions, answers = _pipes(process)
    try:
        pickle.dump(batch, questions)
        questions.flush()
        answer: Answer = pickle.load(answers)
    except (OSError, EOFError, pickle.UnpicklingError):
        _end(process)
        return None
    return answer


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin is not None and process.stdout is not None
    return process.stdin, process.stdout


def answer_batches() -> None:
    """In the process: answers batches from standard input until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    first: Batch = pickle.load(sys.stdin.buffer)
    how = first.how
    with Workers(1, how.reader, how.limits, how.numbering) as workers, answers:
        batch: Batch | None = first
        while batch is not None:
            pickle.dump(_read(batch, workers), answers)
            answers.flush()
            batch = _next_batch()


def _read(batch: Batch, workers: Workers) -> Answer:
    version = reader_version()
    if version != batch.how.version:
        return version
    with converted(batch.tasks, 1) as ready:
        return tuple(workers.read(ready))


def _next_batch() -> Batch | None:
    try:
        batch: Batch = pickle.load(sys.stdin.buffer)
    except EOFError:
        return None
    return batch


def _end_with(parent: int) -> None:
    """Ends this process, and thereby those it began, when the cluster's worker is gone."""
    while os.getppid() == parent:
        time.sleep(_LOOK_FOR_PARENT)
    os._exit(1)
