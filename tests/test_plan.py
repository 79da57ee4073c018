import os
from pathlib import Path

import pytest

from normalize.report import Verdict
from pipeline.plan import NothingThere, paths_to_tasks
from pipeline.work import file_to_sha256, task_to_report


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")


def test_sources_are_relative_to_the_folder_named(tmp_path: Path) -> None:
    make(tmp_path, "b/source.pdf", "a/source.pdf", "c.txt")
    tasks = paths_to_tasks([tmp_path])
    assert [task.source for task in tasks] == ["a/source.pdf", "b/source.pdf", "c.txt"]


def test_a_file_is_named_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "in/a.txt")
    monkeypatch.chdir(tmp_path)
    assert [task.source for task in paths_to_tasks([Path("in/a.txt")])] == ["in/a.txt"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    assert len(paths_to_tasks([tmp_path, tmp_path / "a.txt", tmp_path])) == 1


def test_the_same_name_in_two_folders_gets_its_folder_in_front(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "x/2021.pdf", "y/2021.pdf", "y/2022.pdf")
    monkeypatch.chdir(tmp_path)
    sources = [task.source for task in paths_to_tasks([Path("x"), Path("y")])]
    assert sources == ["2022.pdf", "x/2021.pdf", "y/2021.pdf"]


def test_patterns_choose_among_the_files_of_folders_only(tmp_path: Path) -> None:
    make(tmp_path, "a/source.pdf", "a/gold.csv", "b/source.txt", "notes.md")
    tasks = paths_to_tasks([tmp_path, tmp_path / "notes.md"], include=["source.*"])
    assert [task.path.name for task in tasks] == ["notes.md", "source.pdf", "source.txt"]


def test_links_that_loop_or_dangle_trap_nothing_and_are_not_dropped(tmp_path: Path) -> None:
    make(tmp_path, "a/one.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "dangling.pdf").symlink_to(tmp_path / "nowhere.pdf")
    assert [task.source for task in paths_to_tasks([tmp_path])] == [
        "a/loop",
        "a/one.txt",
        "dangling.pdf",
    ]


def test_a_name_that_is_no_utf8_can_be_printed(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xb1\xa8.txt")
    (tmp_path / name).write_text("x", encoding="utf-8")
    assert [task.source for task in paths_to_tasks([tmp_path])] == ["\\xb1\\xa8.txt"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "there is no such file or folder"),
        ("a.txt/below", "there is no such file or folder"),
        ("x" * 300, r"cannot be reached \(File name too long\)"),
    ],
)
def test_a_path_that_is_not_there_is_bad_usage(tmp_path: Path, name: str, said: str) -> None:
    make(tmp_path, "a.txt")
    with pytest.raises(NothingThere, match=f"{said}; check the path"):
        paths_to_tasks([tmp_path / name])


def test_a_folder_that_cannot_be_listed_is_named_and_not_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "open/a.txt", "shut/b.txt")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if os.fspath(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert [task.source for task in paths_to_tasks([tmp_path])] == ["open/a.txt", "shut"]
    shut = tmp_path / "shut"
    assert [task.source for task in paths_to_tasks([shut])] == [shut.as_posix()]


def test_a_pipe_is_planned_and_neither_hashed_nor_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "report.pdf")
    (task,) = paths_to_tasks([tmp_path])
    assert file_to_sha256(task.path) is None
    report = task_to_report(task, None)
    assert report.verdict is Verdict.QUARANTINED
    reason = "this is a named pipe, not a file; name a file that holds a report"
    assert report.reasons == (reason,)
