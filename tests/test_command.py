"""The command as its users meet it: exit statuses, messages, what ends up in the files."""

import csv
import json
import os
import signal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from normalize.report import Report
from pipeline import workers
from pipeline.command import app
from pipeline.plan import Task, paths_to_tasks
from pipeline.version import reader_version
from pipeline.work import quarantined
from tests.reading import TITLE
from tests.requests_text import one_row_a_line, sound_figures

ROOT = Path(__file__).parents[1]
BROKEN = ROOT / "fixtures" / "broken"


def gongkai(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for year in (2019, 2020):
        text = f"{TITLE.replace('2021', str(year))}\n{one_row_a_line(sound_figures())}"
        (folder / f"{year}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def db(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'a.db'}"


def test_all_went_in(reports: Path, db: str) -> None:
    result = gongkai("run", reports, "--db", db)
    assert result.exit_code == 0
    assert "2 reports into" in result.stdout
    assert "322 cells, 0 flagged; 0 checks fail" in result.stdout
    assert "0 quarantined" in result.stdout


def test_quarantined_files_are_named_with_their_reason_and_the_status_says_so(db: str) -> None:
    result = gongkai("run", BROKEN, "--include", "*.pdf", "--include", "*.docx", "--db", db)
    assert result.exit_code == 3
    with (BROKEN / "expected.csv").open(encoding="utf-8") as file:
        expected = [row for row in csv.DictReader(file) if not row["file"].endswith("html")]
    for row in expected:
        line = next(
            line for line in result.stdout.splitlines() if line.startswith(f"  {row['file']}: ")
        )
        assert row["reason"] in line.lower(), line


@pytest.mark.parametrize(
    "name", sorted(path.name for path in BROKEN.iterdir() if path.suffix != ".csv")
)
def test_no_broken_file_is_taken_for_a_report(name: str, db: str) -> None:
    assert gongkai("run", BROKEN / name, "--db", db).exit_code == 3
    shown = gongkai("show", BROKEN / name)
    assert shown.exit_code == 3
    assert "quarantined" in shown.stdout


def test_a_second_run_reads_nothing_and_changes_nothing(
    reports: Path, db: str, tmp_path: Path
) -> None:
    gongkai("run", reports, "--db", db)
    gongkai("export", "--db", db, "--out", tmp_path / "one")
    again = gongkai("run", reports, "--db", db)
    assert again.exit_code == 0
    assert "2 files unchanged" in again.stdout
    gongkai("export", "--db", db, "--out", tmp_path / "two")
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


@pytest.mark.parametrize("jobs", [1, 3])
def test_exports_do_not_depend_on_the_number_of_workers(
    jobs: int, reports: Path, tmp_path: Path
) -> None:
    exports = []
    for count in (2, jobs):
        db = f"sqlite:///{tmp_path / f'{count}.db'}"
        gongkai("run", reports, BROKEN, "--jobs", count, "--db", db)
        gongkai("export", "--db", db, "--out", tmp_path / str(count))
        exports.append({file.name: file.read_bytes() for file in (tmp_path / str(count)).iterdir()})
    assert exports[0] == exports[1]


def test_the_export_has_the_columns_of_the_contract(reports: Path, db: str, tmp_path: Path) -> None:
    gongkai("run", reports, "--db", db)
    gongkai("export", "--db", db, "--format", "csv", "--out", tmp_path / "out")
    heads = {
        file.stem: file.read_text(encoding="utf-8").split("\n", 1)[0]
        for file in (tmp_path / "out").iterdir()
    }
    assert heads == {
        "reports": "report_id,source,sha256,media_type,agency,region_code,year,title,published_on,reader,pages,status,reason,agency_id,level,agency_kind,scope,from_manifest,manifest_agency,manifest_year,manifest_published_on",
        "sections": "report_id,position,section,heading,text",
        "observations": "report_id,form,table,row,column,value,unit,status,flagged,raw,page,x0,top,x1,bottom,reader,original_value,original_status",
        "checks": "report_id,check,table,row,column,expected,actual,passed,blame,kind",
        "suggestions": "report_id,form,table,row,column,value,derived_by",
        "panel_checks": "agency_id,year,report_id,other_report_id,check,kind,form,table,row,column,expected,actual,passed",
        "corrections": "report_id,correction_id,sha256,form,table,row,column,decision,value,who,why,made_at,refers_to,original_value,original_status,original_raw",
        "manifest": "report_id,source,file,url,agency,year,published_on,further",
        "statements": "report_id,section,measure,value,unit,quote,approximate,year,scope,claim,section_position,offset",
    }


def test_extract_recognises_what_has_no_text() -> None:
    scan = ROOT / "fixtures" / "reports" / "civil2022-scan" / "source.pdf"
    document = json.loads(gongkai("extract", scan).stdout)
    assert (document["reader"], document["pages"]) == ("ocr", 2)
    assert document["blocks"][0]["text"] == "兰皋县民政局2022年政府信息公开工作年度报告"
    assert document["blocks"][-1]["text"] == "2023年1月7日"


def test_every_value_leads_back_to_its_page(db: str, tmp_path: Path) -> None:
    source = ROOT / "fixtures" / "reports" / "water2023-pdf-strokes" / "source.pdf"
    gongkai("run", source, "--db", db)
    gongkai("export", "--db", db, "--out", tmp_path)
    with (tmp_path / "observations.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    assert len(cells) == 200
    for cell in cells:
        assert int(cell["page"]) in range(1, 5)
        assert 0 <= float(cell["x0"]) < float(cell["x1"]) <= 596
        assert 0 <= float(cell["top"]) < float(cell["bottom"]) <= 842


def test_extract_prints_the_shape_of_the_contract(reports: Path) -> None:
    result = gongkai("extract", reports / "2019.txt")
    document = json.loads(result.stdout)
    assert list(document) == ["source", "media_type", "reader", "pages", "blocks"]
    table = next(block for block in document["blocks"] if block["kind"] == "table")
    assert list(table) == ["kind", "page", "bbox", "rows", "columns", "cells"]
    assert list(table["cells"][0]) == [
        "row",
        "column",
        "rowspan",
        "colspan",
        "text",
        "page",
        "bbox",
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["run", "nowhere"], 2, "there is no such file or folder"),
        (["run"], 2, "Missing argument"),
        (["run", ".", "--jobs", "0"], 2, "--jobs"),
        (["run", ".", "--db", "oracle://x"], 2, "database"),
        (["show", "nowhere.pdf"], 2, "there is no such file"),
        (["extract", "nowhere.pdf"], 2, "nowhere.pdf: there is no such file or folder; check"),
        (["extract", "folder"], 2, "folder: this is a folder; name one file in it, or read all"),
        (["show", "folder"], 2, "folder: this is a folder; name one file in it, or read all"),
        (["extract", "pipe.pdf"], 3, "pipe.pdf: this is a named pipe, not a file; name"),
        (["extract", "dangling"], 3, "dangling: the file cannot be read (No such file"),
        (["show", "pipe.pdf"], 3, "this is a named pipe, not a file; name"),
        (["run", "pipe.pdf"], 3, "pipe.pdf: this is a named pipe, not a file; name"),
        (
            ["run", ".", "--db", "sqlite://"],
            2,
            "names no file, nothing would be kept; write sqlite:///",
        ),
        (["run", ".", "--db", "sqlite:///"], 2, "names no file, nothing would be kept"),
        (["run", ".", "--db", "sqlite:///:memory:"], 2, "names no file, nothing would be kept"),
        (["query", "SELECT 1", "--db", "sqlite://"], 2, "names no file, nothing would be kept"),
        (["export", "--out", "x", "--db", "sqlite://"], 2, "names no file, nothing would be kept"),
        (["query", "SELECT 1", "--db", "sqlite:///nowhere.db"], 1, "nowhere.db"),
        (["export", "--db", "sqlite:///nowhere.db", "--out", "x"], 1, "nowhere.db"),
        (["export", "--format", "odt", "--out", "x"], 2, "odt"),
    ],
)
def test_what_is_wrong_is_said_and_the_status_tells_its_kind(
    arguments: list[str], status: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling").symlink_to("nothing")
    os.mkfifo(tmp_path / "pipe.pdf")
    result = gongkai(*arguments)
    assert (result.exit_code, message in result.output) == (status, True), result.output


@pytest.mark.parametrize(
    "sql", ["DELETE FROM reports", "DROP TABLE reports", "SELECT 1; DELETE FROM reports"]
)
def test_a_query_changes_nothing(sql: str, reports: Path, db: str) -> None:
    gongkai("run", reports, "--db", db)
    assert gongkai("query", sql, "--db", db).exit_code == 2
    assert "│ 2 " in gongkai("query", "SELECT COUNT(*) AS n FROM reports", "--db", db).stdout


def test_ctrl_c_says_what_is_kept(reports: Path, db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.run.run", interrupted)
    result = gongkai("run", reports, "--db", db)
    assert (result.exit_code, result.stdout) == (130, "")
    assert f"stopped; what was read is in {db}, run again to read the rest" in result.output


def say_whether_interrupts_are_heard(task: Task, reader: str | None) -> Report:
    """A mock reader whose reason is what the worker does with Ctrl-C."""
    deaf = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    return quarantined(task, reader, "deaf" if deaf else "hears")


def test_workers_leave_ctrl_c_to_the_command(
    reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "task_to_report", say_whether_interrupts_are_heard)
    tasks = paths_to_tasks([reports])
    assert [done.report.reasons for done in workers.read_all(tasks, None, 2)] == [("deaf",)] * 2
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("folder", "folder is a folder; name a file"),
        ("pipe", "pipe is no regular file; name a file"),
        ("text/a.db", "there is no"),
        ("text", "file is not a database"),
        ("x" * 300, "cannot be reached (File name too long)"),
    ],
)
def test_a_database_in_an_odd_place_is_refused(
    place: str, said: str, reports: Path, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text").write_text("no database " * 100, encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    for command in (("run", reports), ("query", "SELECT 1")):
        result = gongkai(*command, "--db", f"sqlite:///{tmp_path / place}")
        assert (result.exit_code, said in result.output) == (1, True), result.output


def test_a_query_that_never_ends_is_broken_off(reports: Path, db: str) -> None:
    gongkai("run", reports, "--db", db)
    endless = (
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    )
    result = gongkai("query", endless, "--db", db, "--seconds", "0.2")
    assert result.exit_code == 2
    assert result.output == (
        "the query was broken off after 0.2 seconds; ask for less, or allow it longer with --seconds\n"
    )


def test_copies_are_counted_apart_from_the_reports_that_went_in(reports: Path, db: str) -> None:
    for name in ("b.txt", "c.txt"):
        (reports / name).write_bytes((reports / "2020.txt").read_bytes())
    result = gongkai("run", reports, "--db", db)
    assert result.exit_code == 0
    assert f"2 reports into {db}: 2 accepted, 0 need review\n" in result.stdout
    assert (
        "2 with the same bytes as another file, stored once:\n  b.txt\n  c.txt\n" in result.stdout
    )


def test_an_export_into_a_file_says_so(reports: Path, db: str, tmp_path: Path) -> None:
    gongkai("run", reports, "--db", db)
    result = gongkai("export", "--db", db, "--out", reports / "2020.txt")
    assert result.exit_code == 1
    assert f"{reports / '2020.txt'} is a file, not a folder; name another folder" in result.output


def test_a_forced_reader_that_does_not_fit_says_which_ones_do(reports: Path) -> None:
    result = gongkai("extract", reports / "2019.txt", "--reader", "docx")
    assert result.exit_code == 3
    assert "text" in result.output


def test_new_bytes_under_the_same_name_take_its_place_and_are_reported(
    reports: Path, db: str
) -> None:
    gongkai("run", reports, "--db", db)
    figures = sound_figures()
    figures[0][0] += 1
    text = f"{TITLE.replace('2021', '2020')}\n{one_row_a_line(figures)}"
    (reports / "2020.txt").write_text(text, encoding="utf-8")
    again = gongkai("run", reports, "--db", db)
    assert "takes the place of other bytes under that name: 2020.txt" in again.stdout
    answer = gongkai(
        "query", "SELECT year, received_total, cells_flagged > 0 FROM requests", "--db", db
    )
    assert answer.stdout.count("│ 19 ") == 2


def test_the_version_is_told() -> None:
    told = gongkai("--version")
    assert told.exit_code == 0
    assert told.output == f"gongkai {reader_version()}\n"
