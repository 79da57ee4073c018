"""Ctrl-C, sent to the command as a terminal does: what is begun is finished, the rest waits."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.running import COMMAND, count_reports, exported, run_to_end, start, text_fixtures

FILES = text_fixtures(12)


@pytest.fixture
def slow(tmp_path: Path) -> str:
    """A program whose workers can find the reader that takes its time."""
    (tmp_path / "slow_reader.py").write_text(
        "import time\nfrom pipeline import work\n\n\n"
        "def read_slowly(task, reader):\n"
        "    time.sleep(0.3)\n"
        "    return work.task_to_report(task, reader)\n",
        encoding="utf-8",
    )
    return f"""
if __name__ == "__main__":
    import os, sys
    sys.path.insert(0, {str(tmp_path)!r})
    os.environ["PYTHONPATH"] = {str(tmp_path)!r}
    from pipeline import workers, writing
    from slow_reader import read_slowly
    workers.task_to_report, writing.MOST_REPORTS = read_slowly, 1
    {COMMAND}
"""


def test_ctrl_c_finishes_what_is_begun_and_the_next_run_does_the_rest(
    slow: str, tmp_path: Path
) -> None:
    database, undisturbed = tmp_path / "a.db", tmp_path / "b.db"
    words = ("run", *FILES, "--jobs", 2, "--db")
    process = start(*words, f"sqlite:///{database}", program=slow)
    while count_reports(database) < 2:
        assert process.poll() is None
        time.sleep(0.02)
    pressed_at = count_reports(database)
    # A terminal sends it to the whole group.
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "stopping when what is being read is done; Ctrl-C again stops at once" in err
    said = re.search(r"stopped with (\d+) of 12 files not read; what was read is in .*, run", err)
    assert said is not None, err
    kept = count_reports(database)
    assert pressed_at < kept == 12 - int(said[1]) < 12
    assert f"{kept} reports into" in out
    assert "Traceback" not in err
    assert run_to_end(*words, f"sqlite:///{database}")[0] == 0
    assert run_to_end(*words, f"sqlite:///{undisturbed}")[0] == 0
    assert exported(database, tmp_path / "one") == exported(undisturbed, tmp_path / "two")


def test_ctrl_c_twice_stops_at_once(slow: str, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    (tmp_path / "slow_reader.py").write_text(
        (tmp_path / "slow_reader.py").read_text(encoding="utf-8").replace("0.3", "30"),
        encoding="utf-8",
    )
    words = ("run", *FILES, "--jobs", 1, "--db", f"sqlite:///{database}")
    process = start(*words, program=slow)
    time.sleep(4)
    pressed = time.monotonic()
    for _ in range(2):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.5)
    _, err = process.communicate(timeout=20)
    assert time.monotonic() - pressed < 10
    assert process.returncode == 130, err
    assert "stopped; what was read is in" in err
    assert "Traceback" not in err


def test_ctrl_c_ends_the_wait_for_a_database_that_another_program_holds(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    words = ("run", *FILES, "--jobs", 1, "--db", f"sqlite:///{database}")
    assert run_to_end(*words)[0] in (0, 3)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        process = start(*words, "--force")
        time.sleep(6)
        assert process.poll() is None
        pressed = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert time.monotonic() - pressed < 8
    assert process.returncode == 130, err
    assert "stopped" in err
    assert "Traceback" not in err
