"""A release: the same bytes from the same content, described, summed, held against the last."""

import csv
import hashlib
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from normalize.forms import all_fields
from normalize.report import Status
from release import build
from release.build import SUMS, release
from release.citation import citation
from release.difference import difference_tables, find_previous
from release.errors import BadRelease, ReleaseFailed
from release.given import LICENCES, Given, name_to_licence
from store import package
from store.contract import OBSERVATIONS, REPORTS, TABLES
from store.copying import copy_current
from store.database import load_fields, open_database, open_readonly
from store.save import save
from tests.sample_database import (
    COUNTY,
    GIVEN,
    changed_copy,
    fill,
    sample_release,
    sample_reports,
    sample_url,
)


@pytest.fixture(scope="module")
def made() -> Path:
    """A release of the sample database."""
    return sample_release()


@pytest.fixture
def few_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two tables in place of all, where the others do not matter."""
    monkeypatch.setattr(package, "TABLES", (REPORTS, OBSERVATIONS))
    monkeypatch.setattr(package, "wide_tables", lambda *_: ())


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_release_has_these_files(made: Path) -> None:
    own = {
        *("CITATION.cff", "LICENSE", "README.md", "README.zh-CN.md", "SHA256SUMS", "codebook.md"),
        *("codebook.zh-CN.md", "datapackage.json", "gongkai.db", "methodology.md"),
        "methodology.zh-CN.md",
    }
    found = set(contents(made))
    assert own == {name for name in found if "/" not in name}
    names = {*(table.name for table in TABLES), "panel", "rates", "requests_2021", "coverage"}
    names |= {"check_report", "codebook"}
    for folder, extension in (("csv", "csv"), ("parquet", "parquet"), ("stata", "dta")):
        assert {f"{folder}/{name}.{extension}" for name in names} <= found
    assert not list(made.parent.glob(".*"))


def test_the_same_content_gives_the_same_bytes_however_it_went_in(
    made: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'other.db'}"
    older = replace(sample_reports()[0], sha256="f" * 64)
    fill(url, (older, *reversed(sample_reports())))
    engine = open_readonly(url)
    release(engine, tmp_path / "two", GIVEN)
    engine.dispose()
    one, two = contents(made), contents(tmp_path / "two")
    assert [name for name in one if one[name] != two.get(name)] == []
    assert set(one) == set(two)
    times = {path.stat().st_mtime for path in (tmp_path / "two").rglob("*")}
    assert times == {1769817600.0}


def test_a_server_and_a_file_give_the_same_copy(tmp_path: Path) -> None:
    moment = datetime(2026, 1, 31, tzinfo=UTC)
    memory = open_database("sqlite://")
    load_fields(memory, all_fields())
    for report in reversed(sample_reports()[:3]):
        save(memory, report)
    fill(f"sqlite:///{tmp_path / 'file.db'}", sample_reports()[:3], check=False)
    file = open_readonly(f"sqlite:///{tmp_path / 'file.db'}")
    copies = [tmp_path / name for name in ("from memory", "from file")]
    for engine, copy in zip((memory, file), copies, strict=True):
        copy_current(engine, copy, moment)
        engine.dispose()
    one, two = (copy.read_bytes() for copy in copies)
    assert one == two
    assert sorted(p.name for p in tmp_path.glob("*.work*")) == []


@pytest.mark.usefixtures("few_tables")
def test_a_table_too_long_for_stata_is_left_out_there_and_named(
    tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(package, "MOST_ROWS_IN_STATA", 100)
    engine = open_readonly(sample_url())
    release(engine, tmp_path / "out", GIVEN)
    engine.dispose()
    assert not (tmp_path / "out" / "stata" / "observations.dta").exists()
    assert (tmp_path / "out" / "stata" / "reports.dta").exists()
    text = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "Too long for Stata, so not in `stata/`: `observations`, " in text


def test_the_sums_are_those_of_the_files(made: Path) -> None:
    lines = (made / SUMS).read_text(encoding="utf-8").splitlines()
    named = {name: digits for digits, name in (line.split("  ", 1) for line in lines)}
    files = contents(made)
    del files[SUMS]
    assert named == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_the_database_holds_what_is_current_and_no_moment_of_loading(made: Path) -> None:
    with closing(sqlite3.connect(made / "gongkai.db")) as connection:
        one = connection.execute("SELECT DISTINCT loaded_at FROM reports").fetchall()
        seen = connection.execute("SELECT DISTINCT first_seen FROM sources").fetchall()
        assert one == seen == [("2026-01-31 00:00:00.000000",)]
        assert connection.execute("SELECT COUNT(*) FROM panel").fetchone() == (7,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert not (made / "gongkai.db-wal").exists()
    engine = open_readonly(f"sqlite:///{made / 'gongkai.db'}")
    engine.dispose()


def test_the_package_is_valid_by_frictionless(made: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(made / "datapackage.json"))
    assert report.flatten(["type", "message"]) == []
    assert report.valid
    assert len(report.tasks) == len(list((made / "csv").iterdir()))


def test_every_column_of_every_file_is_described(made: Path) -> None:
    package = json.loads((made / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == "2026-01-31"
    listed = {(row["table"], row["column"]): row for row in rows_of(made, "codebook")}
    for resource in package["resources"]:
        content = made / resource["path"]
        head = content.read_text(encoding="utf-8").partition("\n")[0].split(",")
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == head
        assert resource["hash"] == f"sha256:{hashlib.sha256(content.read_bytes()).hexdigest()}"
        assert resource["bytes"] == content.stat().st_size
        for field in fields:
            assert field["title"] and field["title_zh"]
            if resource["name"] != "codebook":
                assert listed[resource["name"], field["name"]]["label_zh"] == field["title_zh"]
    granted = listed["requests_2021", "granted__total"]
    assert (granted["row_label"], granted["column_label"]) == (
        "三、本年度办理结果/（一）予以公开",
        "总计",
    )


def test_the_codebooks_lead_from_the_printed_label_to_the_column(made: Path) -> None:
    chinese = (made / "codebook.zh-CN.md").read_text(encoding="utf-8")
    english = (made / "codebook.md").read_text(encoding="utf-8")
    line = "| `granted__total` | 三、本年度办理结果/（一）予以公开：总计 |"
    assert line in chinese and line in english
    assert "## panel" in english


def test_the_check_report_counts_how_often_each_check_holds(made: Path) -> None:
    rows = rows_of(made, "check_report")
    checks = rows_of(made, "checks")
    assert sum(int(row["holds"]) for row in rows if row["against"] == "report") == sum(
        check["passed"] == "true" for check in checks
    )
    [row] = [
        row
        for row in rows
        if (row["check"], row["form"], row["year"], row["table"])
        == ("Q-OUT", "2021", "2022", "requests")
    ]
    # The county's report breaks it in one of its columns; two others hold in all seven.
    assert (row["kind"], row["fails"]) == ("H", "1")
    assert {row["against"] for row in rows} == {"report", "panel"}


def test_methodology_has_the_measured_accuracy_and_the_cells_of_the_release(made: Path) -> None:
    for name in ("methodology.md", "methodology.zh-CN.md"):
        text = (made / name).read_text(encoding="utf-8")
        assert "python -m benchmarks.accuracy" in text
        assert "| 2021 | requests | 3 |" in text
        assert "{" not in re.sub(r"`[^`]*`", "", text)


def test_readme_says_what_is_there_in_both_languages(made: Path) -> None:
    english = (made / "README.md").read_text(encoding="utf-8")
    assert "7 reports of 4 agencies for 2012–2024: 4 accepted, 3 to be looked at, 0 that" in english
    chinese = (made / "README.zh-CN.md").read_text(encoding="utf-8")
    assert "4 个机关的 7 份报告（2012–2024 年度）：4 份接受，3 份待审，0 份无法使用。" in chinese


def test_it_can_be_cited(made: Path, tmp_path: Path, monkeypatch) -> None:
    lines = (made / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "cff-version: 1.2.0"
    assert {"type: dataset", 'version: "2026-01-31"', "date-released: 2026-01-31"} <= set(lines)
    assert "license: CC-BY-4.0" in lines
    given = Given(
        date(2027, 2, 1), LICENCES["CC0-1.0"], 'A "title": b', ("Li", "Wu"), "https://a.b"
    )
    assert citation(given) == (
        'Li; Wu (2027). A "title": b. Version 2027-02-01 [data set]. https://a.b'
    )
    yaml = pytest.importorskip("yaml")
    monkeypatch.setattr(build, "write_package_data", lambda *_: ())
    engine = open_readonly(sample_url())
    release(engine, tmp_path / "out", given)
    engine.dispose()
    cited = yaml.safe_load((tmp_path / "out" / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["title"] == 'A "title": b'
    assert cited["authors"] == [{"name": "Li"}, {"name": "Wu"}]
    assert cited["date-released"] == date(2027, 2, 1)
    assert "Creative Commons Zero" in (tmp_path / "out" / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["CC-BY-4.0", "cc-by-4.0", " ODbL-1.0 "])
def test_a_licence_is_known_by_its_name(name: str) -> None:
    assert name_to_licence(name).name.lower() == name.strip().lower()


def test_another_licence_is_refused_and_those_known_are_named() -> None:
    with pytest.raises(BadRelease, match="'WTFPL' is no licence known here; choose one of CC-BY"):
        name_to_licence("WTFPL")


@pytest.fixture
def changed(made: Path, tmp_path: Path, few_tables: None) -> Path:
    """A release after one: a cell read otherwise, a cell lost, a report gone, one with new bytes,
    one added."""
    county = next(r for r in sample_reports() if (r.agency, r.year) == (COUNTY, 2022))
    first, second, *rest = (o for o in county.observations if o.table == "requests")
    others = tuple(o for o in county.observations if o.table != "requests")
    read_otherwise = replace(
        county, observations=(replace(first, value=Decimal(99)), *rest, *others), sha256="a" * 64
    )
    lost = replace(second, value=None, status=Status.MISSING, raw=None, doubts=("gone",))
    added = replace(
        county, source="new.txt", sha256="b" * 64, observations=(replace(first, raw="1"), lost)
    )
    with changed_copy(tmp_path) as (engine, _):
        save(engine, read_otherwise)
        save(engine, added)
        gone = sample_reports()[0].source
        with closing(sqlite3.connect(tmp_path / "copy.db")) as connection:
            connection.execute(
                "UPDATE reports SET superseded_by = ? WHERE source = ?", ("b" * 16, gone)
            )
            connection.commit()
        release(engine, tmp_path / "next", replace(GIVEN, day=date(2026, 6, 30)), made)
    return tmp_path / "next"


def test_a_release_says_what_changed_since_the_one_before(changed: Path, made: Path) -> None:
    assert {(r["change"], r["source"]) for r in rows_of(changed, "changed_reports")} == {
        ("changed", "county2022-rows-broken-sums/source.txt"),
        ("added", "new.txt"),
        ("removed", "county2015-tabs-annex/source.txt"),
    }
    cells = rows_of(changed, "changed_cells")
    of_county = [c for c in cells if c["source"].startswith("county2022")]
    assert {(c["change"], c["row"], c["previous_value"], c["value"]) for c in of_county} == {
        ("changed", "received", first_value(made), "99"),
        ("removed", "received", second_value(made), ""),
    }
    assert {(c["report_id"], len(c["previous_report_id"])) for c in of_county} == {("a" * 16, 16)}
    added = [c for c in cells if c["source"] == "new.txt"]
    assert [(c["change"], c["status"], c["flagged"], c["previous_status"]) for c in added] == [
        ("added", "missing", "true", ""),
        ("added", "reported", "false", ""),
    ]
    removed = [c for c in cells if c["source"].startswith("county2015")]
    assert {c["change"] for c in removed} == {"removed"}
    assert len(removed) == len(sample_reports()[0].observations)
    assert "changed_cells" in (changed / "README.md").read_text(encoding="utf-8")


def first_value(made: Path) -> str:
    return county_requests(made)[0]["value"]


def second_value(made: Path) -> str:
    return county_requests(made)[1]["value"]


def county_requests(made: Path) -> list[dict[str, str]]:
    [report] = [r for r in rows_of(made, "reports") if r["source"].startswith("county2022")]
    cells = rows_of(made, "observations")
    return [c for c in cells if c["report_id"] == report["report_id"] and c["table"] == "requests"]


def test_nothing_changed_where_nothing_did(made: Path) -> None:
    file = find_previous(made)
    assert [list(table.make()) for table in difference_tables(file, file)] == [[], []]


@pytest.fixture
def engine() -> Iterator[object]:
    engine = open_readonly(sample_url())
    yield engine
    engine.dispose()


def test_a_folder_that_holds_something_is_refused(engine, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    (tmp_path / "file").touch()
    with pytest.raises(BadRelease, match="is not empty"):
        release(engine, tmp_path / "full", GIVEN)
    with pytest.raises(BadRelease, match="is no folder"):
        release(engine, tmp_path / "file", GIVEN)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "full", "mine"]


def test_an_empty_folder_gives_way(engine, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(build, "write_pages", lambda *_: None)
    monkeypatch.setattr(build, "write_package_data", lambda *_: ())
    (tmp_path / "empty").mkdir()
    assert release(engine, tmp_path / "empty", GIVEN).folder.is_dir()
    assert (tmp_path / "empty" / "datapackage.json").is_file()


def test_what_is_no_release_is_no_release_before(engine, tmp_path: Path) -> None:
    (tmp_path / "gongkai.db").write_bytes(b"no database")
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(BadRelease, match="there is no release there"):
            release(engine, tmp_path / "out", GIVEN, folder)
    assert not (tmp_path / "out").exists()


def test_a_full_disk_leaves_nothing_behind(engine, tmp_path: Path, monkeypatch) -> None:
    def full(folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build, "write_package_data", lambda *_: ())
    monkeypatch.setattr(build, "_write_sums", full)
    with pytest.raises(ReleaseFailed, match="No space left on device; make room"):
        release(engine, tmp_path / "out", GIVEN)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_under_sqlite_leaves_nothing_behind(
    engine, tmp_path: Path, monkeypatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(build, "copy_current", full)
    with pytest.raises(ReleaseFailed, match="was not made: database or disk is full"):
        release(engine, tmp_path / "deep" / "out", GIVEN)
    assert list((tmp_path / "deep").iterdir()) == []


def test_a_release_is_read_only_where_nothing_can_be_written(made: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(made, tmp_path / "copy")
    (copy / "gongkai.db").chmod(0o444)
    engine = open_readonly(f"sqlite:///{copy / 'gongkai.db'}")
    engine.dispose()
