"""Workers: one document may do what it likes and costs only itself."""

import os
import signal
from pathlib import Path

import pytest

from normalize.report import Verdict
from pipeline import work, workers
from pipeline.plan import Task
from tests.reading import TITLE
from tests.requests_text import one_row_a_line, sound_figures


def write_report(folder: Path, name: str) -> Task:
    path = folder / name
    path.write_text(f"{TITLE}\n{name}\n{one_row_a_line(sound_figures())}", encoding="utf-8")
    return Task(path, name)


def test_a_broken_file_costs_only_itself(tmp_path: Path) -> None:
    tasks = [write_report(tmp_path, f"{number}.txt") for number in range(3)]
    tasks[1].path.write_bytes(b"%PDF-1.4\nbroken")
    reports = [done.report for done in workers.read_all(tasks, None, jobs=2)]
    assert [report.verdict for report in reports] == [
        Verdict.ACCEPTED,
        Verdict.QUARANTINED,
        Verdict.ACCEPTED,
    ]
    assert [report.source for report in reports] == ["0.txt", "1.txt", "2.txt"]


@pytest.mark.parametrize("jobs", [1, 3])
def test_reports_come_in_the_order_of_their_files(tmp_path: Path, jobs: int) -> None:
    tasks = [write_report(tmp_path, f"{number:02}.txt") for number in range(12)]
    assert [done.task for done in workers.read_all(tasks, None, jobs)] == tasks


def read_or_fail(task: Task, reader: str | None):
    """A mock reader that kills its process or fails on demand."""
    if "crash" in task.source:
        os.kill(os.getpid(), signal.SIGKILL)
    if "fault" in task.source:
        raise IndexError("no such row")
    return work.task_to_report(task, reader)


def test_a_document_that_crashes_its_worker_is_quarantined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "task_to_report", read_or_fail)
    names = ["a.txt", "b.txt", "crash.txt", "d.txt", "e.txt"]
    tasks = [write_report(tmp_path, name) for name in names]
    reports = {done.task.source: done.report for done in workers.read_all(tasks, None, jobs=2)}
    assert list(reports) == names
    assert reports["crash.txt"].reasons == (workers.CRASHED,)
    assert {r.verdict for name, r in reports.items() if name != "crash.txt"} == {Verdict.ACCEPTED}


def test_a_fault_of_the_program_costs_only_the_document_that_met_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "task_to_report", read_or_fail)
    tasks = [write_report(tmp_path, name) for name in ("a.txt", "fault.txt", "c.txt")]
    reports = [done.report for done in workers.read_all(tasks, None, jobs=1)]
    assert [report.verdict for report in reports] == [
        Verdict.ACCEPTED,
        Verdict.QUARANTINED,
        Verdict.ACCEPTED,
    ]
    assert reports[1].reasons == (f"{workers.FAULT} (IndexError: no such row)",)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.4\nnothing", "PDF"),
        (b"\x00\x01\x02" * 100, "neither text nor a document"),
        ("通知\n".encode(), "not a report"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    report = work.task_to_report(Task(path, "a.pdf"), None)
    assert report.verdict is Verdict.QUARANTINED
    assert reason in report.reasons[0]


def test_a_file_that_is_not_there_is_quarantined_with_a_digest_of_its_name(tmp_path: Path) -> None:
    one, other = (
        work.task_to_report(Task(tmp_path / name, name), None) for name in ("gone.pdf", "lost.pdf")
    )
    assert one.verdict is other.verdict is Verdict.QUARANTINED
    assert one.sha256 != other.sha256
