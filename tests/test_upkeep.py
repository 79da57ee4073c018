"""What `gongkai status` and `gongkai doctor` find."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from extract.errors import ReaderMissing
from pipeline import doctor
from pipeline.command import app
from pipeline.doctor import State, examine
from store.database import open_readonly
from store.overview import overview

FIXTURES = Path(__file__).parent.parent / "fixtures"
SOME = ["--include", "reports/county*/source.*", "--include", "*truncated*", "--include", "*empty*"]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with a few reports and a few files that are none."""
    url = f"sqlite:///{tmp_path_factory.mktemp('upkeep')}/g.db"
    result = CliRunner().invoke(app, ["run", str(FIXTURES), *SOME, "--db", url, "--jobs", "1"])
    assert result.exit_code == 3, result.output
    return url


def test_the_overview_counts_what_the_tables_hold(db: str) -> None:
    engine = open_readonly(db)
    found = overview(engine)
    with engine.connect() as connection:
        count = lambda sql: connection.exec_driver_sql(sql).scalar()  # noqa: E731
        assert found.accepted == count("SELECT COUNT(*) FROM reports WHERE status = 'accepted'")
        assert found.cells == count("SELECT COUNT(*) FROM observations")
        assert found.flagged == count("SELECT COUNT(*) FROM observations WHERE flagged")
        refused = count("SELECT COUNT(*) FROM reports WHERE status = 'quarantined'")
    assert sum(files for _, files in found.quarantined) == refused > 0
    assert sum(a + r for _, a, r in found.years) == found.accepted + found.to_review > 0
    assert found.superseded == 0
    assert found.bytes_on_disk is not None and found.bytes_on_disk > 100_000


def test_status_prints_years_and_reasons(db: str) -> None:
    result = CliRunner().invoke(app, ["status", "--db", db])
    assert result.exit_code == 0
    assert "reports: " in result.stdout and "2022" in result.stdout
    assert "files quarantined:" in result.stdout


def test_status_of_a_missing_database_says_what_to_do(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["status", "--db", f"sqlite:///{tmp_path}/none.db"])
    assert result.exit_code == 1
    assert "make it with 'gongkai run'" in result.stderr


def test_the_doctor_finds_this_installation_sound(db: str) -> None:
    findings = examine(db)
    assert [f.what for f in findings][:3] == ["Python", "gongkai", "packages"]
    assert not [f for f in findings if f.state is State.BAD]
    assert findings[-1].state is State.GOOD
    assert all(f.remedy for f in findings if f.state is not State.GOOD)


def test_the_doctor_says_what_is_missing_without_recognition(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def missing() -> None:
        raise ReaderMissing("not installed", "pip install 'gongkai[ocr]'")

    monkeypatch.setattr(doctor, "load_recognition", missing)
    monkeypatch.setattr(doctor, "find_office", missing)
    findings = {f.what: f for f in examine(f"sqlite:///{tmp_path}/none.db")}
    assert findings["recognition"].remedy == "pip install 'gongkai[ocr]'"
    assert findings["LibreOffice"].state is State.OPTIONAL
    assert findings[f"database sqlite:///{tmp_path}/none.db"].state is State.OPTIONAL


def test_a_broken_database_fails_the_doctor(tmp_path: Path) -> None:
    (tmp_path / "b.db").write_bytes(b"no database" * 100)
    result = CliRunner().invoke(app, ["doctor", "--db", f"sqlite:///{tmp_path}/b.db"])
    assert result.exit_code == 1
    assert "wrong" in result.stdout
