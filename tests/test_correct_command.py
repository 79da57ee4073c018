"""`gongkai correct` as people use it, and what it leaves in the exports."""

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.command import app
from tests.reading import TITLE
from tests.requests_text import one_row_a_line, sound_figures

WORDS = ("--why", "第3页", "--who", "李")


def gongkai(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def db(tmp_path: Path) -> str:
    file = tmp_path / "a.txt"
    file.write_text(f"{TITLE}\n{one_row_a_line(sound_figures())}", encoding="utf-8")
    url = f"sqlite:///{tmp_path / 'a.db'}"
    assert gongkai("run", tmp_path, "--include", "*.txt", "--db", url).exit_code == 0
    return url


@pytest.fixture
def cell(db: str, tmp_path: Path) -> str:
    """The name of a cell of the report, as it is given."""
    rows = _exported(db, tmp_path / "before", "observations")
    row = next(r for r in rows if (r["row"], r["column"]) == ("granted", "total"))
    return ".".join(row[name] for name in ("form", "table", "row", "column"))


def _exported(db: str, folder: Path, name: str) -> list[dict[str, str]]:
    assert gongkai("export", "--db", db, "--out", folder).exit_code == 0
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_correction_is_made_listed_exported_and_withdrawn(
    db: str, cell: str, tmp_path: Path
) -> None:
    before = _exported(db, tmp_path / "one", "observations")
    result = gongkai("correct", "a.txt", cell, "99", *WORDS, "--db", db)
    assert result.exit_code == 0, result.output
    entry, state, whole = result.stdout.splitlines()
    assert f"李: {cell} is 99 (第3页)" in entry
    assert state == f"{cell} is 99 count (corrected), flagged: fails Q-ROW; fails Q-OUT"
    assert whole == "a.txt: needs_review, 3 checks fail"
    [row] = [r for r in _exported(db, tmp_path / "two", "observations") if r["original_status"]]
    assert (row["value"], row["status"], row["flagged"]) == ("99", "corrected", "true")
    assert (row["original_value"], row["original_status"]) == (row["raw"], "reported")
    [told] = _exported(db, tmp_path / "two", "corrections")
    assert (told["decision"], told["value"], told["who"], told["why"]) == (
        *("value", "99", "李", "第3页"),
    )
    # Read again, the correction is there again.
    assert gongkai("run", tmp_path, "--include", "a.txt", "--force", "--db", db).exit_code == 0
    assert [r for r in _exported(db, tmp_path / "three", "observations") if r["value"] == "99"]
    listed = gongkai("correct", "a.txt", "--db", db)
    assert listed.stdout == f"{entry}\n"
    assert (
        gongkai("correct", "--withdraw", told["correction_id"], *WORDS, "--db", db).exit_code == 0
    )
    assert _exported(db, tmp_path / "four", "observations") == before


def test_the_ledger_goes_from_one_database_to_another(db: str, cell: str, tmp_path: Path) -> None:
    gongkai("correct", "a.txt", cell, "--as-printed", *WORDS, "--db", db)
    ledger = tmp_path / "ledger.csv"
    assert gongkai("correct", "--export", ledger, "--db", db).stdout.startswith("1 entries")
    other = f"sqlite:///{tmp_path / 'b.db'}"
    gongkai("run", tmp_path, "--include", "a.txt", "--db", other)
    first = gongkai("correct", "--import", ledger, "--db", other)
    assert first.stdout == "1 entries added, 0 were there; 1 reports changed\n"
    again = gongkai("correct", "--import", ledger, "--db", other)
    assert again.stdout == "0 entries added, 1 were there; 0 reports changed\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("a.txt", "CELL", "1,000"), "is no number; write plain digits"),
        (("a.txt", "granted.total", "1"), "names no cell; write form.table.row.column"),
        (("b.txt", "CELL", "1"), "there is no report b.txt"),
        (("a.txt", "2021.requests.granted.sum", "1"), "has no cell"),
        (("a.txt", "CELL"), "say what is decided"),
        (("a.txt", "CELL", "1", "--as-printed"), "give one of VALUE"),
        (("a.txt", "CELL", "--suggestion"), "has no suggestion"),
        (("--withdraw", "x"), "has no entry x"),
        ((), "name a report and a cell"),
    ],
)
def test_bad_usage_is_told(db: str, cell: str, words: tuple[str, ...], message: str) -> None:
    given = [cell if word == "CELL" else word for word in words]
    result = gongkai("correct", *given, *WORDS, "--db", db)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_correction_needs_a_name_and_a_reason(
    db: str, cell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "say it with --who" in gongkai("correct", "a.txt", cell, "1", "--db", db).stderr
    monkeypatch.setenv("GONGKAI_WHO", "王")
    assert "say it with --why" in gongkai("correct", "a.txt", cell, "1", "--db", db).stderr


def test_no_database_is_made_where_there_is_none(tmp_path: Path) -> None:
    result = gongkai("correct", "a.txt", "--db", f"sqlite:///{tmp_path / 'none.db'}")
    assert result.exit_code == 1
    assert not (tmp_path / "none.db").exists()
