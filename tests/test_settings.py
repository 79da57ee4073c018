"""What is set where: command line before environment before file before the program's own."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.command import app
from pipeline.settings import (
    SETTINGS,
    BadSettings,
    FileSettings,
    effective_settings,
    load_settings,
    unknown_variables,
)
from store.database import open_database


def gongkai(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for setting in SETTINGS:
        monkeypatch.delenv(setting.variable, raising=False)
    monkeypatch.delenv("GONGKAI_CONFIG", raising=False)


def _database(name: str) -> str:
    url = f"sqlite:///{name}.db"
    open_database(url).dispose()
    return url


def _used() -> str:
    """The database that a command uses, as its message says."""
    out = gongkai("doctor").stdout
    return out.split("│ db ")[1].split("│")[1].strip()


def test_the_command_line_goes_before_environment_before_file_before_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [_database(name) for name in ("gongkai", "file", "other", "environment", "flag")]
    assert gongkai("status").exit_code == 0
    Path("gongkai.toml").write_text('db = "sqlite:///file.db"\n', encoding="utf-8")
    Path("other.toml").write_text('db = "sqlite:///other.db"\n', encoding="utf-8")
    assert _used() == names[1]
    monkeypatch.setenv("GONGKAI_CONFIG", "other.toml")
    assert _used() == names[2]
    monkeypatch.setenv("GONGKAI_DB", names[3])
    assert _used() == names[3]
    Path("file.db").unlink()
    monkeypatch.delenv("GONGKAI_DB")
    monkeypatch.delenv("GONGKAI_CONFIG")
    assert gongkai("status").exit_code == 1
    assert gongkai("status", "--db", names[4]).exit_code == 0
    assert gongkai("status", "--config", "other.toml").exit_code == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("job = 4\n", "there is no setting 'job'; did you mean jobs?"),
        ("quickly = true\n", "there is no setting 'quickly'; there are db, jobs"),
        ("jobs = 'two'\n", "jobs = 'two' is no whole number above 0; write jobs = 4"),
        ("jobs = true\n", "jobs = True is no whole number"),
        ("timeout = -1\n", "timeout = -1 is no number above 0"),
        ("forms = 'one'\n", "forms = 'one' is no list of folders"),
        ("jobs 4\n", "at line 1"),
    ],
)
def test_a_wrong_file_is_refused_with_what_to_write(text: str, message: str) -> None:
    Path("gongkai.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadSettings) as bad:
        load_settings(None)
    assert message in str(bad.value)
    result = gongkai("status")
    assert result.exit_code == 2
    assert "gongkai.toml: " in result.stderr


def test_a_file_that_is_named_must_be_there() -> None:
    assert load_settings(None) == FileSettings(None)
    with pytest.raises(BadSettings, match="no such file"):
        load_settings(Path("gone.toml"))


def test_where_each_setting_comes_from_is_told_without_passwords(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = 'jobs = 3\nforms = ["a", "b"]\nmemory = 700\n'
    Path("gongkai.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("GONGKAI_DB", "postgresql://me:secret@localhost/reports")
    monkeypatch.setenv("GONGKAI_MEMORY", "much")
    monkeypatch.setenv("GONGKAI_JOB", "2")
    found = {one.name: one for one in effective_settings(load_settings(None), {"jobs": "5"})}
    said = {name: (one.shown, one.origin) for name, one in found.items()}
    assert said["db"] == (
        "postgresql+psycopg://me:***@localhost/reports",
        "environment, GONGKAI_DB",
    )
    assert said["jobs"] == ("5", "command line")
    assert said["forms"] == ("a, b", "file gongkai.toml")
    assert said["timeout"] == ("120", "default")
    assert found["memory"].wrong == "'much' is no whole number above 0"
    assert unknown_variables() == ["GONGKAI_JOB"]


def test_the_doctor_tells_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DB", "postgresql://me:secret@127.0.0.1:1/reports")
    said = gongkai("doctor")
    assert "secret" not in said.output
    assert "me:***@127.0.0.1" in said.output


def test_a_limit_of_the_file_reaches_the_workers() -> None:
    root = Path(__file__).parents[1]
    pdf = root / "fixtures" / "reports" / "water2023-pdf-strokes" / "source.pdf"
    Path("gongkai.toml").write_text('pages = 1\ndb = "sqlite:///a.db"\njobs = 1\n', "utf-8")
    result = gongkai("run", pdf)
    assert result.exit_code == 3
    assert "pages, more than 1; split it, or allow more with --pages" in result.stdout
    assert gongkai("run", pdf, "--retry-quarantined", "--pages", "9").exit_code == 0
