"""Killed at any instant, run twice at once, or refused by disk and database: nothing is harmed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from tests.running import (
    COMMAND,
    ONE_BY_ONE,
    count_reports,
    exported,
    run_to_end,
    start,
    text_fixtures,
)

FILES = text_fixtures(12)
KILLS_BEFORE_WRITING = 3
QUARANTINED_OR_WELL = (0, 3)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The exports of a run that nothing happened to."""
    folder = tmp_path_factory.mktemp("undisturbed")
    status, _, err = run_to_end("run", *FILES, "--jobs", 2, "--db", url(folder / "a.db"))
    assert status in QUARANTINED_OR_WELL, err
    return exported(folder / "a.db", folder / "out")


def url(database: Path) -> str:
    return f"sqlite:///{database}"


def kill_group(process: subprocess.Popen[str]) -> None:
    # It may have ended well by itself just before.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def is_sound(database: Path) -> bool:
    with closing(sqlite3.connect(database)) as connection:
        return (
            connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            and connection.execute("PRAGMA foreign_key_check").fetchone() is None
        )


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_random_instants_a_run_ends_as_if_nothing_had_happened(
    seed: int, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    chance = random.Random(seed)
    database = tmp_path / "a.db"
    arguments = ("run", *FILES, "--jobs", 2, "--db", url(database))
    for _ in range(KILLS_BEFORE_WRITING):
        process = start(*arguments, program=ONE_BY_ONE)
        time.sleep(chance.uniform(0.2, 1.5))
        kill_group(process)
    killed = []
    for share in (0.0, 0.2, 0.5, 0.7):
        goal = max(count_reports(database), round(share * len(FILES))) + 1
        process = start(*arguments, program=ONE_BY_ONE)
        while count_reports(database) < goal and process.poll() is None:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.05))
        kill_group(process)
        killed.append(count_reports(database))
        assert is_sound(database)
    assert killed == sorted(killed)
    status, _, err = run_to_end(*arguments)
    assert status in QUARANTINED_OR_WELL, err
    assert exported(database, tmp_path / "out") == undisturbed


def test_two_runs_at_once_on_one_database_end_as_one(
    undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    database = tmp_path / "a.db"
    both = [
        start("run", *files, "--jobs", 1, "--db", url(database), program=ONE_BY_ONE)
        for files in (FILES, FILES[::-1])
    ]
    said = [process.communicate(timeout=120) for process in both]
    assert all(process.returncode in QUARANTINED_OR_WELL for process in both), said
    assert exported(database, tmp_path / "out") == undisturbed


def little_patience(seconds: float) -> str:
    """The command with a transaction for each report, that waits for others no longer than this."""
    return f"""
if __name__ == "__main__":
    from pipeline import writing
    from store import connections
    writing.MOST_REPORTS = 1
    connections.BUSY_SECONDS, writing._PAUSE, writing.PATIENCE = 0.2, 0.1, {seconds}
    {COMMAND}
"""


@contextmanager
def locked(database: Path, seconds: float) -> Iterator[None]:
    """Another program holds the write lock from the first report on."""
    held = threading.Event()

    def hold() -> None:
        while count_reports(database) == 0:
            time.sleep(0.002)
        with closing(sqlite3.connect(database, timeout=30, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            held.set()
            time.sleep(seconds)
            connection.execute("ROLLBACK")

    thread = threading.Thread(target=hold)
    thread.start()
    yield
    thread.join()
    assert held.is_set()


def test_a_database_that_is_locked_for_a_while_is_waited_for(
    undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    database = tmp_path / "a.db"
    with locked(database, 1.5):
        status, _, err = run_to_end(
            *("run", *FILES, "--jobs", 1, "--db", url(database)),
            program=little_patience(60),
        )
    assert status in QUARANTINED_OR_WELL, err
    assert "another program is writing; trying again for 60 seconds" in err
    assert exported(database, tmp_path / "out") == undisturbed


def test_a_database_that_stays_locked_ends_the_run_with_a_message(
    undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    database = tmp_path / "a.db"
    arguments = ("run", *FILES, "--jobs", 1, "--db", url(database))
    with locked(database, 3):
        status, _, err = run_to_end(*arguments, program=little_patience(0.5))
    assert status == 1
    assert err.splitlines()[-1].endswith("another program is writing; wait for it to end")
    assert run_to_end(*arguments)[0] in QUARANTINED_OR_WELL
    assert exported(database, tmp_path / "out") == undisturbed


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of that size; the test is skipped where none can be mounted."""
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("kilobytes", [64, 900])
def test_a_full_disk_ends_the_run_with_a_message_and_corrupts_nothing(
    kilobytes: int, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", kilobytes) as disk:
        database = disk / "a.db"
        arguments = ("run", *FILES, "--jobs", 1, "--db", url(database))
        status, _, err = run_to_end(*arguments, program=ONE_BY_ONE)
        assert status == 1, err
        assert "Traceback" not in err
        assert "disk" in err.splitlines()[-1]
        moved = tmp_path / "moved"
        shutil.copytree(disk, moved)
    assert is_sound(moved / "a.db")
    assert run_to_end("run", *FILES, "--jobs", 1, "--db", url(moved / "a.db"))[0] in (0, 3)
    assert exported(moved / "a.db", tmp_path / "out") == undisturbed


LIMITED_FILES = f"""
if __name__ == "__main__":
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
    {COMMAND}
"""


def test_a_file_that_may_not_grow_ends_the_run_with_a_message(
    undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    database = tmp_path / "a.db"
    arguments = ("run", *FILES, "--jobs", 1, "--db", url(database))
    status, _, err = run_to_end(*arguments, program=LIMITED_FILES)
    assert (status, "Traceback" in err) == (1, False), err
    assert "disk" in err.splitlines()[-1]
    assert is_sound(database)
    assert run_to_end(*arguments)[0] in QUARANTINED_OR_WELL
    assert exported(database, tmp_path / "out") == undisturbed
