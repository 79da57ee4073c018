"""Workers: a document that hangs, crashes or eats memory costs itself and nothing else."""

import os
import signal
import time
from pathlib import Path

import pytest

from normalize.report import Report, Verdict
from pipeline import work, workers
from pipeline.limits import MEMORY_LIMIT, Limits
from pipeline.plan import Task

SECONDS = 5.0
"""Enough for all but what hangs, however busy the machine is."""

TOO_SLOW = workers.TOO_SLOW.format(seconds=SECONDS)


def read_or_trouble(task: Task, reader: str | None) -> Report:
    """A mock reader whose process hangs, crashes or grows by the name of its document."""
    if "hang" in task.source:
        time.sleep(3600)
    if "crash" in task.source:
        os.kill(os.getpid(), signal.SIGKILL)
    if "grow" in task.source:
        bytearray(MEMORY_LIMIT)
    return work.quarantined(task, reader, "read")


KEPT: list[bytes | bytearray] = []
"""What the mock readers of this process have kept."""


def read_and_keep(task: Task, reader: str | None) -> Report:
    """A mock reader that keeps memory, needs much, or bears no document before its own."""
    try:
        if "keep much" in task.source:
            KEPT.append(bytearray(Limits().memory_kept))
        if "keep half" in task.source:
            KEPT.append(bytearray(MEMORY_LIMIT // 2))
        if "need" in task.source:
            bytearray(MEMORY_LIMIT * 7 // 10)
    except MemoryError:
        return work.quarantined(task, reader, work.OUT_OF_MEMORY)
    if "alone" in task.source and KEPT:
        os.kill(os.getpid(), signal.SIGKILL)
    KEPT.append(b"")
    return work.quarantined(task, reader, f"read after {len(KEPT) - 1}")


def grow_as_a_reader_does(task: Task, reader: str | None) -> Report:
    """The real one, whose reader takes more memory than there is."""
    work.bytes_to_report = lambda data, source, reader, given: bytearray(MEMORY_LIMIT)
    return work.task_to_report(task, reader)


def reasons(tmp_path: Path, names: list[str], jobs: int, timeout: float = SECONDS) -> list[str]:
    """What became of files of these names, in the order in which they came back."""
    tasks = []
    for name in names:
        (tmp_path / name).write_text(name, encoding="utf-8")
        tasks.append(Task(tmp_path / name, name))
    results = list(workers.read_all(tasks, None, jobs, Limits(timeout)))
    assert [done.task for done in results] == tasks
    assert all(done.report.source == done.task.source for done in results)
    return [done.report.reasons[0] for done in results]


@pytest.fixture(autouse=True)
def trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "task_to_report", read_or_trouble)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_document_that_hangs_is_given_up(tmp_path: Path, jobs: int) -> None:
    names = ["a", "hang 1", "b", "c", "hang 2"]
    assert reasons(tmp_path, names, jobs) == ["read", TOO_SLOW, "read", "read", TOO_SLOW]


@pytest.mark.parametrize("jobs", [1, 3])
def test_what_waits_behind_a_crash_is_read_all_the_same(tmp_path: Path, jobs: int) -> None:
    names = ["crash 1", "crash 2", "a", "b", "crash 3", "c", "crash 4"]
    dead = workers.CRASHED
    assert reasons(tmp_path, names, jobs, 60) == [dead, dead, "read", "read", dead, "read", dead]


def test_a_slow_document_holds_up_none_of_the_others(tmp_path: Path) -> None:
    names = ["hang", *(f"{number:02}" for number in range(50))]
    assert reasons(tmp_path, names, 2) == [TOO_SLOW, *["read"] * 50]


def test_memory_beyond_the_limit_is_refused_to_a_worker(tmp_path: Path) -> None:
    found = reasons(tmp_path, ["grow", "a"], 1, 60)
    assert found == [f"{workers.FAULT} (MemoryError: )", "read"]


def test_a_document_that_needs_too_much_memory_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "task_to_report", grow_as_a_reader_does)
    assert reasons(tmp_path, ["a"], 1, 60) == ["too large to be read in memory; split it"]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux alone")
@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["a", "b"], ["read after 0", "read after 1"]),
        (["1 keep much", "2"], ["read after 1", "read after 0"]),
        (["1 keep much", "2 need"], ["read after 1", "read after 0"]),
        (["1 keep half", "2 need"], ["read after 1", "read after 0"]),
        (["1", "2 alone", "3"], ["read after 0", "read after 0", "read after 1"]),
        (["1 alone", "2 alone"], ["read after 0", "read after 0"]),
        (["1", "2 keep half need", "3"], ["read after 0", work.OUT_OF_MEMORY, "read after 0"]),
    ],
)
def test_no_document_suffers_from_those_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], found: list[str]
) -> None:
    monkeypatch.setattr(workers, "task_to_report", read_and_keep)
    assert reasons(tmp_path, names, 1, 60) == found


def test_nothing_runs_on_when_the_run_is_broken_off(tmp_path: Path) -> None:
    for name in ("a", "hang"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    results = workers.read_all(
        [Task(tmp_path / n, n) for n in ("a", "hang")], None, 1, Limits(3600)
    )
    assert next(results).report.verdict is Verdict.QUARANTINED
    start = time.monotonic()
    results.close()
    assert time.monotonic() - start < 30


def test_no_tasks_need_no_worker() -> None:
    assert list(workers.read_all([], None, 4)) == []
