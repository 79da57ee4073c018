"""`gongkai snapshot`: what is current in a database as one SQLite file."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from pipeline.command import app
from tests.running import exported
from tests.sample_database import sample_file, sample_url


def snapshot(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["snapshot", *map(str, words)])
    return result.exit_code, result.output


def test_a_snapshot_exports_what_its_database_does(tmp_path: Path) -> None:
    status, said = snapshot(tmp_path / "s.db", "--db", sample_url())
    assert (status, said.startswith(f"{tmp_path / 's.db'}: ")) == (0, True)
    assert exported(tmp_path / "s.db", tmp_path / "a") == exported(sample_file(), tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["s.db"]


def test_a_file_of_that_name_is_replaced_when_the_copy_is_whole(tmp_path: Path) -> None:
    (tmp_path / "s.db").write_text("old")
    assert snapshot(tmp_path / "s.db", "--db", f"sqlite:///{tmp_path}/none.db")[0] == 1
    assert (tmp_path / "s.db").read_text() == "old"
    assert snapshot(tmp_path / "s.db", "--db", sample_url())[0] == 0
    assert (tmp_path / "s.db").read_bytes().startswith(b"SQLite format 3")


def test_a_database_is_not_copied_onto_itself(tmp_path: Path) -> None:
    status, said = snapshot(sample_file(), "--db", sample_url())
    assert (status, "is the database itself; name another file" in said) == (2, True)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    status, said = snapshot(tmp_path / "no" / "s.db", "--db", sample_url())
    assert status == 1
    assert "no" in said and len(said.strip().splitlines()) == 1
