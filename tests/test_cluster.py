"""Reading on a Dask cluster: a scheduler and workers that are really there, and may be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pipeline.cluster import ClusterError, client, is_cluster, reading_on
from pipeline.cluster import batch as batch_module
from pipeline.cluster.batch import Batch, BatchFailed, How, OtherVersion, read_batch
from pipeline.limits import Limits
from pipeline.plan import Task, paths_to_tasks
from pipeline.run import run
from pipeline.version import reader_version
from pipeline.workers import reading_here
from store.database import open_database
from tests.running import exported, text_fixtures

ROOT = Path(__file__).parents[1]
PROGRAM = (sys.executable, "-m")
LIMITS = Limits()


def never() -> bool:
    return False


def begin(*words: str) -> subprocess.Popen[bytes]:
    """A program of Dask in a process group of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [*PROGRAM, *words],
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kills a program and all that it began, as a machine that loses its power."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Its address as `dask://HOST:PORT`, and its workers."""
    file = folder / "scheduler.json"
    local = ("--scheduler-file", str(file), "--no-dashboard")
    programs = [
        begin("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", *local)
    ]
    try:
        address = _address(file, programs[0])
        worker = (
            "distributed.cli.dask_worker",
            "--nthreads",
            "1",
            "--local-directory",
            str(folder),
        )
        programs += [begin(*worker, *local) for _ in range(workers)]
        yield address, programs[1:]
    finally:
        for program in programs:
            kill(program)


def _address(file: Path, scheduler: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + 60
    while time.monotonic() < end and scheduler.poll() is None:
        if file.exists() and (text := file.read_text()):
            return str(json.loads(text)["address"]).replace("tcp://", "dask://")
        time.sleep(0.05)
    raise AssertionError("the scheduler did not start")


def stored(folder: Path, tasks: Sequence[Task], executor: str | None) -> dict[str, bytes]:
    """The exports of a run over the tasks, on a cluster or in a process here."""
    folder.mkdir()
    engine = open_database(f"sqlite:///{folder}/g.db")
    if executor is None:
        run(tasks, engine)
    else:
        with reading_on(executor, 2) as reading:
            assert run(tasks, engine, reading=reading).left == 0
    engine.dispose()
    return exported(folder / "g.db", folder / "out")


def test_a_run_that_loses_a_worker_stores_what_an_undisturbed_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_MOST_DOCUMENTS", 2)
    tasks = paths_to_tasks(text_fixtures(12))
    alone = stored(tmp_path / "alone", tasks, None)
    with cluster(tmp_path, 2) as (address, workers):
        taken: list[int] = []
        give = client._Run._give

        def give_and_kill(self: client._Run, batch: Batch) -> object:
            """One worker is gone while both have a batch in their hands."""
            taken.append(len(batch.tasks))
            future = give(self, batch)
            if len(taken) == 2:
                self.client.wait_for_workers(2, timeout=60)
                while not (all(self.client.processing().values()) or future.done()):
                    time.sleep(0.01)
                kill(workers[0])
            return future

        monkeypatch.setattr(client._Run, "_give", give_and_kill)
        assert stored(tmp_path / "cluster", tasks, address) == alone
    assert sum(taken) == len(tasks)
    assert workers[0].returncode == -signal.SIGKILL


def test_a_cluster_of_this_machine_reads_in_order_and_stops_when_told(tmp_path: Path) -> None:
    tasks = paths_to_tasks(text_fixtures(6))
    here = list(reading_here(1)(tasks, None, LIMITS, never))
    with reading_on("dask://local", 1) as reading:
        there = list(reading(tasks, None, LIMITS, never))
        assert list(reading(tasks, None, LIMITS, lambda: True)) == []
        with closing(reading(tasks, None, LIMITS, never)) as broken_off:
            assert next(broken_off).task == tasks[0]
    assert [(one.task, one.report) for one in there] == [(one.task, one.report) for one in here]


def batch(tasks: Sequence[Task], version: str | None = None) -> Batch:
    return Batch(tuple(tasks), How(None, LIMITS, version or reader_version()))


@pytest.fixture(autouse=True)
def no_process_kept() -> Iterator[None]:
    yield
    while batch_module._idle:
        batch_module._end(batch_module._idle.pop()[1])


def test_a_batch_is_refused_by_another_version_before_it_is_read() -> None:
    with pytest.raises(OtherVersion) as raised:
        read_batch(batch([Task(Path("none"), "none")], "0.0+other"))
    assert str(raised.value) == reader_version()


def test_what_cannot_be_read_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    tasks = [Task(tmp_path / "empty.pdf", "empty.pdf"), *paths_to_tasks(text_fixtures(1))]
    broken, sound = read_batch(batch(tasks))
    assert (broken.report.verdict, sound.report.verdict) == ("quarantined", "accepted")
    [(_, kept)] = batch_module._idle
    assert [one.task for one in read_batch(batch(tasks[1:]))] == tasks[1:]
    assert [process for _, process in batch_module._idle] == [kept]


def test_a_process_that_ended_meanwhile_fails_one_batch_and_is_replaced() -> None:
    tasks = paths_to_tasks(text_fixtures(1))
    read_batch(batch(tasks))
    batch_module._idle[0][1].kill()
    with pytest.raises(BatchFailed, match="ended with status -9"):
        read_batch(batch(tasks))
    assert len(read_batch(batch(tasks))) == 1


def test_a_process_that_ends_early_fails_its_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(BatchFailed, match="ended with status 1"):
        read_batch(batch([]))


class Lost:
    """A cluster on which every batch with one document fails."""

    status = "running"

    def __init__(self, bad: str) -> None:
        self.bad = bad

    def nthreads(self) -> dict[str, int]:
        return {"worker": 1}

    def submit(self, read: Callable[[Batch], object], batch: Batch, **how: object) -> Answer:
        return Answer(batch, any(task.source == self.bad for task in batch.tasks))


class Answer:
    def __init__(self, batch: Batch, lost: bool) -> None:
        self.batch, self.lost = batch, lost

    def result(self, timeout: float) -> object:
        if self.lost:
            raise BatchFailed("gone")
        return tuple(reading_here(1)(self.batch.tasks, None, LIMITS, never))


def test_the_document_that_a_batch_is_lost_by_is_quarantined_alone() -> None:
    tasks = paths_to_tasks(text_fixtures(3))
    lost = client._Run(Lost(tasks[1].source), print)
    verdicts = [one.report.verdict.value for one in lost.read(tasks, None, LIMITS, never)]
    assert verdicts == ["accepted", "quarantined", "accepted"]


def test_a_cluster_without_workers_is_waited_for_and_then_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_PATIENCE", 0.2)
    monkeypatch.setattr(client, "_LOOK", 0.1)
    said: list[str] = []
    with (
        cluster(tmp_path, 0) as (address, _),
        reading_on(address, 1, said.append) as reading,
        pytest.raises(ClusterError, match=r"no workers for 0\.2 seconds; start some"),
    ):
        list(reading(paths_to_tasks(text_fixtures(1)), None, LIMITS, never))
    assert said == ["the cluster has no workers; waiting for some"]


@pytest.mark.parametrize("address", ["dask://127.0.0.1:1", "dask://nowhere", "dask://:x"])
def test_a_scheduler_that_does_not_answer_is_named(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_CONNECT", 0.5)
    with pytest.raises(ClusterError, match="no scheduler answers at"), reading_on(address, 1):
        pass


def test_only_addresses_of_dask_are_clusters() -> None:
    assert is_cluster("dask://host:8786")
    assert not is_cluster("processes")
