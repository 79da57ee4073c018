"""A document may do to its worker what it likes: the run goes on, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from normalize.report import Report
from pipeline import work, workers
from pipeline.limits import LEAST_MEGABYTES, MEGABYTE, Limits
from pipeline.plan import Task
from pipeline.workers import CRASHED, FAULT, TOO_SLOW
from tests.running import COMMAND, FIXTURES, ROOT, run_to_end

SECONDS = 8.0
"""Enough for all but what hangs, however busy the machine is."""

SMALL = Limits(SECONDS, LEAST_MEGABYTES * MEGABYTE)
LEAKED: list[bytearray] = []


class Unspeakable(Exception):
    """An error that cannot be sent to another process."""

    def __init__(self, one: object, other: object) -> None:
        super().__init__("lost on the way")


def hang_deaf() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        with suppress(Exception):
            time.sleep(3600)


def leak() -> None:
    while True:
        LEAKED.append(bytearray(16 * MEGABYTE))


def raise_unspeakable() -> None:
    raise Unspeakable(1, 2)


def print_much() -> None:
    sys.stdout.write("printed by a reader\n")
    os.write(1, b"written by a library\n")
    subprocess.run([sys.executable, "-c", "print('printed by a child')"], check=True)


def leave_a_thread() -> None:
    threading.Thread(target=time.sleep, args=(3600,)).start()


TROUBLE = {
    "hang": hang_deaf,
    "leak": leak,
    "segfault": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "abort": os.abort,
    "exit": lambda: os._exit(0),
    "leave": sys.exit,
    "raise": raise_unspeakable,
    "print": print_much,
    "thread": leave_a_thread,
}


def read_or_trouble(task: Task, reader: str | None) -> Report:
    """A mock reader that does what its document is named for."""
    try:
        TROUBLE.get(task.source, lambda: None)()
    except MemoryError:
        LEAKED.clear()
        return work.quarantined(task, reader, work.OUT_OF_MEMORY)
    return work.quarantined(task, reader, "read")


@pytest.fixture(autouse=True)
def trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "task_to_report", read_or_trouble)


def reasons(folder: Path, names: list[str], jobs: int) -> dict[str, str]:
    tasks = []
    for name in names:
        (folder / name).write_text(name, encoding="utf-8")
        tasks.append(Task(folder / name, name))
    done = list(workers.read_all(tasks, None, jobs, SMALL))
    assert [one.task for one in done] == tasks
    return {one.task.source: one.report.reasons[0] for one in done}


@pytest.mark.parametrize("jobs", [1, 2])
def test_whatever_a_reader_does_costs_its_document_alone(jobs: int, tmp_path: Path) -> None:
    names = [name for trouble in TROUBLE for name in (f"before {trouble}", trouble)]
    found = reasons(tmp_path, [*names, "last"], jobs)
    assert {name: reason for name, reason in found.items() if reason != "read"} == {
        "hang": TOO_SLOW.format(seconds=SECONDS),
        "leak": work.OUT_OF_MEMORY,
        "segfault": CRASHED,
        "abort": CRASHED,
        "exit": CRASHED,
        "leave": f"{FAULT} (SystemExit: )",
        "raise": CRASHED,
    }


def test_a_hang_is_given_up_soon_after_its_time(tmp_path: Path) -> None:
    (tmp_path / "hang").write_text("x", encoding="utf-8")
    start = time.monotonic()
    [done] = workers.read_all([Task(tmp_path / "hang", "hang")], None, 1, SMALL)
    assert SECONDS <= done.seconds < SECONDS + 2
    # The start of the process counts towards no document.
    assert time.monotonic() - start < SECONDS + 10


def test_what_readers_print_is_kept_off_standard_output(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    reasons(tmp_path, ["print"], 1)
    out, err = capfd.readouterr()
    assert out == ""
    assert all(said in err for said in ("by a reader", "by a library", "by a child"))


def children_of(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = (
                stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[:2]
            )
            if int(parent) == pid and state != "Z":
                found.append(int(stat.parent.name))
    return found


def is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    with suppress(OSError):
        return (
            stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0] != "Z"
        )
    return False


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="processes are told by Linux alone"
)
def test_workers_end_when_the_command_is_killed(tmp_path: Path) -> None:
    words = ["run", str(FIXTURES), "--jobs", "2", "--db", f"sqlite:///{tmp_path / 'a.db'}"]
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    started: list[int] = []
    while len(started) < 2 and process.poll() is None:
        started = children_of(process.pid)
        time.sleep(0.05)
    process.kill()
    process.wait()
    end = time.monotonic() + 20
    while any(map(is_alive, started)) and time.monotonic() < end:
        time.sleep(0.1)
    assert len(started) >= 2
    assert [pid for pid in started if is_alive(pid)] == []


def test_the_memory_of_a_file_can_be_limited(tmp_path: Path) -> None:
    file = FIXTURES / "county2021-docx" / "source.docx"
    arguments = ("run", file, "--jobs", 1, "--db", f"sqlite:///{tmp_path / 'a.db'}")
    assert run_to_end(*arguments, "--memory", LEAST_MEGABYTES)[0] == 0
    assert run_to_end(*arguments, "--memory", 10)[0] == 2
