"""What `gongkai run` reads again and what it leaves alone, and what it writes of itself."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline import run as run_module
from pipeline.command import app
from pipeline.plan import paths_to_plan
from store.database import open_readonly
from store.save import known
from tests.reading import TITLE
from tests.requests_text import one_row_a_line, sound_figures

BAD = "neither text nor a document"


def gongkai(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Two sound reports and a file that is none."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for year in (2019, 2020):
        text = f"{TITLE.replace('2021', str(year))}\n{one_row_a_line(sound_figures())}"
        (folder / f"{year}.txt").write_text(text, encoding="utf-8")
    (folder / "bad.pdf").write_bytes(b"\x00\x01\x02" * 100)
    return folder


@pytest.fixture
def db(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'a.db'}"


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    return tmp_path / "summary.json"


@pytest.fixture
def read(reports: Path, db: str, summary: Path) -> Iterator[object]:
    """Runs with options; what became of each file, by name."""

    def run(*options: str) -> dict[str, str]:
        gongkai("run", reports, "--jobs", 1, "--db", db, "--summary", summary, *options)
        files = json.loads(summary.read_text(encoding="utf-8"))["files"]
        return {file["source"]: file["became"] for file in files}

    run()
    yield run


def test_quarantined_files_are_not_read_again_but_listed_with_their_reason(
    reports: Path, db: str
) -> None:
    assert gongkai("run", reports, "--db", db).exit_code == 3
    again = gongkai("run", reports, "--db", db)
    assert again.exit_code == 3
    head, line = again.stdout.splitlines()[3:5]
    assert head == ("1 quarantined before and unchanged, read again with --retry-quarantined:")
    assert line.startswith("  bad.pdf: ") and BAD in line
    assert "0 quarantined\n" in again.stdout


@pytest.mark.parametrize(
    ("options", "became"),
    [
        ((), ["unchanged", "unchanged", "still_quarantined"]),
        (("--retry-quarantined",), ["unchanged", "unchanged", "quarantined"]),
        (("--outdated",), ["unchanged", "unchanged", "still_quarantined"]),
        (("--force",), ["accepted", "accepted", "quarantined"]),
    ],
)
def test_what_a_second_run_reads(read, options: tuple[str, ...], became: list[str]) -> None:
    assert sorted(read(*options).items()) == list(
        zip(("2019.txt", "2020.txt", "bad.pdf"), became, strict=True)
    )


def test_outdated_reads_what_another_version_read_and_only_once(
    read, db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "reader_version", lambda: "9.9.9+new")
    assert set(read().values()) == {"unchanged", "still_quarantined"}
    assert set(read("--outdated").values()) == {"accepted", "quarantined"}
    assert set(read("--outdated").values()) == {"unchanged", "still_quarantined"}
    assert {one.read_by for one in known(open_readonly(db)).values()} == {"9.9.9+new"}


def test_only_files_modified_since_a_date_are_planned(reports: Path, db: str) -> None:
    os.utime(reports / "2019.txt", (0, 0))
    os.utime(reports / "bad.pdf", (0, 0))
    result = gongkai("run", reports, "--since", "2000-01-01", "--db", db)
    assert result.exit_code == 0
    assert "1 reports into" in result.stdout
    assert "2 files modified before the date passed over\n" in result.stdout
    # Nothing new is no mistake: a nightly run may find none.
    none = gongkai("run", reports, "--since", "2999-01-01 00:30", "--db", db)
    assert (none.exit_code, "0 reports into" in none.stdout) == (0, True)
    assert gongkai("run", reports, "--since", "yesterday", "--db", db).exit_code == 2


@pytest.mark.parametrize(
    ("include", "exclude", "taken"),
    [
        ((), ("*.pdf",), ["a/2019.txt", "b/2019.txt"]),
        (("*.txt",), ("b/*",), ["a/2019.txt"]),
        ((), ("2019.txt", "b/*"), ["a/x.pdf"]),
        (("a/*",), (), ["a/2019.txt", "a/x.pdf"]),
    ],
)
def test_excluded_files_are_not_planned(
    include: tuple[str, ...], exclude: tuple[str, ...], taken: list[str], tmp_path: Path
) -> None:
    for name in ("a/2019.txt", "a/x.pdf", "b/2019.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    plan = paths_to_plan([tmp_path], include, exclude)
    assert [task.source for task in plan.tasks] == taken
    # A file that is named itself is always taken.
    assert len(paths_to_plan([tmp_path / "a/x.pdf"], include, exclude).tasks) == 1


def test_the_summary_says_what_was_done(reports: Path, db: str, summary: Path) -> None:
    gongkai("run", reports, "--db", db, "--summary", summary)
    said = json.loads(summary.read_text(encoding="utf-8"))
    assert said.pop("seconds") > 0
    assert said.pop("version").startswith("0.")
    files = said.pop("files")
    assert said == {
        "ended": "complete",
        "database": db,
        "accepted": 2,
        "needs_review": 0,
        "quarantined": 1,
        "still_quarantined": 0,
        "unchanged": 0,
        "copies": 0,
        "superseded": 0,
        "left": 0,
        "cells": 322,
        "flagged": 0,
        "failed_checks": 0,
        "readers": {"text": 2},
        "manifest_rows": 0,
        "manifest_unmatched": [],
    }
    assert [(file["source"], file["became"], file["cells"]) for file in files] == [
        ("2019.txt", "accepted", 161),
        ("2020.txt", "accepted", 161),
        ("bad.pdf", "quarantined", 0),
    ]
    assert all(file["seconds"] > 0 for file in files)
    assert [path.name for path in summary.parent.iterdir() if "summary" in path.name] == [
        "summary.json"
    ]


def test_the_log_grows_by_a_line_for_each_file(reports: Path, db: str, tmp_path: Path) -> None:
    log = tmp_path / "run.jsonl"
    for _ in range(2):
        gongkai("run", reports, "--db", db, "--log", log)
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in lines] == ["begun", "file", "file", "file", "ended"] * 2
    assert [line["became"] for line in lines if line["event"] == "file"] == [
        *("accepted", "accepted", "quarantined"),
        *("unchanged", "unchanged", "still_quarantined"),
    ]
    assert lines[0]["planned"] == 3
    assert lines[-1]["ended"] == "complete"


def test_the_log_says_when_a_run_was_broken_off(reports: Path, tmp_path: Path) -> None:
    log = tmp_path / "run.jsonl"
    (tmp_path / "a.db").write_text("no database " * 100, encoding="utf-8")
    result = gongkai("run", reports, "--db", f"sqlite:///{tmp_path / 'a.db'}", "--log", log)
    assert result.exit_code == 1
    [line] = log.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["ended"] == "broken_off"


@pytest.mark.parametrize("option", ["--summary", "--log"])
@pytest.mark.parametrize(
    ("place", "said"), [("", "a folder"), ("no/where.json", "there is no folder")]
)
def test_a_record_that_cannot_be_written_is_refused_before_anything_is_read(
    option: str, place: str, said: str, reports: Path, db: str, tmp_path: Path
) -> None:
    result = gongkai("run", reports, "--db", db, option, tmp_path / place)
    assert (result.exit_code, said in result.output) == (2, True), result.output
    assert not (tmp_path / "a.db").exists()


def test_plain_lines_come_where_there_is_no_terminal(reports: Path, db: str) -> None:
    result = gongkai("run", reports, "--db", db, "--jobs", 1)
    lines = [line for line in result.stderr.splitlines() if line]
    assert len(lines) == 1
    assert lines[0].startswith("3 of 3 files, ")
    assert lines[0].endswith(" files/s, 0 s left, 0 cells flagged, 1 quarantined")
