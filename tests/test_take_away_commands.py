"""`gongkai export`, `release` and `report-on` as they are typed."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pipeline.export_command import export
from pipeline.release_command import release
from pipeline.report_on_command import report_on
from release import build
from tests.sample_database import COUNTY, WATER, sample_url

app = typer.Typer()
app.command()(export)
app.command()(release)
app.command("report-on")(report_on)


def run(*arguments: object, status: int = 0) -> str:
    """Standard output and error of a command that ends with that status."""
    result = CliRunner().invoke(app, [*map(str, arguments)])
    assert result.exit_code == status, result.output
    return result.output


def test_export_wide_of_some_years(tmp_path: Path) -> None:
    out = tmp_path / "out"
    said = run(
        "export", "--db", sample_url(), "--wide", "--year", 2022, "--year", 2024, "--out", out
    )
    assert said.splitlines()[0] == str(out / "panel.csv")
    lines = (out / "panel.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + 4


def test_export_of_a_form_region_and_level(tmp_path: Path) -> None:
    given = ("--form", "2019", "--region", "44", "--level", "county")
    run("export", "--db", sample_url(), *given, "--out", tmp_path)
    assert (tmp_path / "reports.csv").read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.parametrize("code", ["4", "44%", "guangdong", "4403001"])
def test_what_begins_no_code_is_refused(tmp_path: Path, code: str) -> None:
    said = run("export", "--db", sample_url(), "--region", code, "--out", tmp_path, status=2)
    assert "the two to six digits that a code begins with" in said


def test_release_says_what_it_wrote(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(build, "write_package_data", lambda *_: ())
    given = ("--date", "2026-01-31", "--licence", "cc0-1.0", "--author", "Li", "--title", "Reports")
    said = run("release", tmp_path / "out", "--db", sample_url(), *given)
    assert said.startswith("7 reports of 4 agencies into ")
    assert said.endswith("version 2026-01-31, CC0-1.0\n")
    assert (tmp_path / "out" / "README.md").read_text(encoding="utf-8").startswith("# Reports\n")
    again = run("release", tmp_path / "out", "--db", sample_url(), *given, status=2)
    assert "is not empty; name a folder that is not there yet" in again


WRONG = [
    (("--licence", "mine"), "is no licence known here"),
    (("--date", "31.1.2026"), "2026"),
    (("--previous", "nowhere"), "there is no release there"),
]


@pytest.mark.parametrize(("given", "said"), WRONG)
def test_a_release_of_what_is_not_there_is_refused(
    tmp_path: Path, given: tuple[str, ...], said: str
) -> None:
    assert said in run("release", tmp_path / "out", "--db", sample_url(), *given, status=2)
    assert not (tmp_path / "out").exists()


def test_report_on_writes_one_page(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert run("report-on", WATER, "--db", sample_url(), "--out", out) == f"{out}\n"
    assert "2024 年度与 2022 年度对照" in out.read_text(encoding="utf-8")
    words = ("--language", "en", "--year", 2022, "--against", 2015)
    run("report-on", COUNTY, "--db", sample_url(), "--out", out, *words)
    assert "2022 against 2015" in out.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_report_on_what_is_not_there(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    said = run("report-on", "没有", "--db", sample_url(), "--out", out, status=2)
    assert "no agency is called '没有'" in said
    said = run("report-on", "霁川", "--db", sample_url(), "--out", out, status=2)
    assert "it takes two years" in said
    nowhere = tmp_path / "nowhere" / "page.html"
    said = run("report-on", WATER, "--db", sample_url(), "--out", nowhere, status=2)
    assert "cannot be written" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["export", "release", "report-on"])
def test_a_database_that_is_not_there_is_said(tmp_path: Path, command: str) -> None:
    url = f"sqlite:///{tmp_path / 'none.db'}"
    given = {
        "export": ("--out", tmp_path),
        "release": (tmp_path / "out",),
        "report-on": (WATER, "--out", tmp_path / "a.html"),
    }
    said = run(command, *given[command], "--db", url, status=1)
    assert "there is no such file" in said
    assert list(tmp_path.iterdir()) == []
