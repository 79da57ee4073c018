"""What was known of the files: how it is read, where it is used, and what it contradicts."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from normalize.report import Given
from pipeline.command import app
from pipeline.manifest import BadManifest, Entry, match_entries, read_manifest
from store.database import open_database, open_readonly
from store.load import load_report
from store.manifest import ManifestRow, keep_manifest, stored_manifest
from store.query import query
from tests.reading import TITLE
from tests.requests_text import one_row_a_line, sound_figures

AGENCY = "栖霞岭县水务局"


def gongkai(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_manifest_is_read_in_any_usual_encoding(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    head = ["File", "url", "agency", "year", "published_on", "来源"]
    line = ["a/1.pdf", "https://x.gov.cn/1", "栖霞岭县 水务局", "2023年", "2024/1/30", "政府网站"]
    text = "".join(delimiter.join(cells) + "\r\n" for cells in (head, line))
    [entry] = read_manifest(write(tmp_path / "m.csv", text, encoding))
    given = Given("栖霞岭县水务局", 2023, date(2024, 1, 30))
    assert entry == Entry(2, "a/1.pdf", "https://x.gov.cn/1", given, (("来源", "政府网站"),))


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        (["a.pdf,,,1899,"], 2, "year '1899' cannot be the year of a report"),
        (["a.pdf,,,2099,"], 2, "year '2099' cannot be the year of a report"),
        (["a.pdf,,,二三,"], 2, "year '二三' cannot be"),
        (["a.pdf,,,,2024-02-30"], 2, "published_on '2024-02-30' is no day"),
        (["a.pdf,,=A1,,"], 2, "agency '=A1' looks like a formula"),
        (['a.pdf,"=HYPERLINK(""x"")",,,'], 2, "looks like a formula"),
        (["a.pdf,,#REF!,,"], 2, "looks like a formula"),
        (["a.pdf,,,,", "b.pdf,,,,", "./a.pdf,,,,"], 4, "'./a.pdf' is named in line 2 already"),
        (["a.pdf,,"], 2, "3 cells where the head names 5"),
        ([",,x,,"], 2, "no file is named"),
        (['a.pdf,"x'], 2, "unexpected end of data"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, lines: list[str], line: int, said: str
) -> None:
    text = "\n".join(["file,url,agency,year,published_on", *lines]) + "\n"
    with pytest.raises(BadManifest) as bad:
        read_manifest(write(tmp_path / "m.csv", text))
    [problem] = bad.value.problems
    assert problem.line == line
    assert said in problem.what
    assert problem.remedy


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name,year\na,2021\n", "there is no column file; the columns are name, year"),
        (b"", "there is no column file; the columns are none"),
        (b"file,year,year\n", "the column 'year' is there more than once"),
        (b"PK\x03\x04rest", "this is a workbook, not CSV"),
    ],
)
def test_a_file_that_is_no_manifest_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "m.csv"
    path.write_bytes(content)
    with pytest.raises(BadManifest, match=said.replace("?", r"\?")):
        read_manifest(path)


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path / "m.csv", "file,year\na.pdf,1\nb.pdf,2\n")
    with pytest.raises(BadManifest) as bad:
        read_manifest(path)
    assert [problem.line for problem in bad.value.problems] == [2, 3]
    assert "line 3: year '2' cannot be the year of a report; write one of 2008" in str(bad.value)


def _entry(file: str, line: int = 2) -> Entry:
    return Entry(line, file, None, Given(), ())


def test_files_are_named_by_path_or_by_a_name_that_only_one_has() -> None:
    sources = ["a/x.pdf", "b/x.pdf", "b/y.pdf", "p.zip!/in/z.pdf"]
    entries = [_entry(name) for name in ("a\\x.pdf", "y.pdf", "z.pdf", "x.pdf", "w.pdf")]
    matched = match_entries(Path("m.csv"), entries, sources)
    assert [row.source for row in matched.rows] == ["a/x.pdf", "b/y.pdf", "p.zip!/in/z.pdf"]
    assert matched.unmatched == (
        ("x.pdf", "line 2: 2 files have this name, write the path"),
        ("w.pdf", "line 2: no such file among those of this run"),
    )
    with pytest.raises(BadManifest, match=r"is the file b/y\.pdf, which line 2 names already"):
        match_entries(Path("m.csv"), [_entry("b/y.pdf"), _entry("y.pdf", 3)], sources)


def test_rows_are_kept_and_replaced_only_where_they_differ() -> None:
    engine = open_database("sqlite://")
    row = ManifestRow("a", "a", "u", Given("甲", 2021, date(2022, 1, 2)), (("x", "=1"), ("y", "")))
    assert keep_manifest(engine, [row]) == 1
    assert keep_manifest(engine, [row]) == 0
    assert stored_manifest(engine) == {"a": row}
    other = ManifestRow("a", "a", None, Given())
    assert keep_manifest(engine, [other]) == 1
    assert stored_manifest(engine) == {"a": other}
    engine.dispose()


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """One report that names agency and year, and one that names neither."""
    folder = tmp_path / "reports"
    folder.mkdir()
    table = one_row_a_line(sound_figures())
    write(folder / "named.txt", f"{TITLE}\n{table}")
    write(
        folder / "silent.txt",
        f"政府信息公开工作年度报告\n一、总体情况\n做好公开。\n{table}\n五、存在的主要问题及改进情况\n无。",
    )
    return folder


def _rows(db: str, sql: str) -> list[tuple[object, ...]]:
    engine = open_readonly(db)
    rows = query(engine, sql, 50).rows
    engine.dispose()
    return list(rows)


def test_a_silent_document_takes_the_manifest_s_word_and_a_contradiction_is_a_check(
    reports: Path, tmp_path: Path
) -> None:
    db = f"sqlite:///{tmp_path / 'a.db'}"
    assert gongkai("run", reports, "--db", db).exit_code == 0
    manifest = tmp_path / "m.csv"
    lines = [
        "file,agency,year,published_on,batch",
        f"silent.txt,{AGENCY},2022,2023-01-20,7",
        "named.txt,别处市人民政府,2018,,7",
        "gone.txt,,,,7",
    ]
    write(manifest, "\n".join(lines) + "\n", "gb18030")
    result = gongkai("run", reports, "--db", db, "--manifest", manifest)
    assert result.exit_code == 0, result.output
    assert "2 of 3 rows of the manifest name a file of this run" in result.stdout
    assert "  gone.txt: line 4: no such file among those of this run" in result.stdout
    silent, named = (
        _rows(
            db,
            "SELECT agency, year, published_on, from_manifest, manifest_agency, manifest_year,"
            f" report_id FROM reports WHERE source = '{source}'",
        )[0]
        for source in ("silent.txt", "named.txt")
    )
    assert [str(said) for said in silent[:6]] == [
        *(AGENCY, "2022", "2023-01-20", "agency, year, published_on", AGENCY, "2022"),
    ]
    assert named[3:6] == (None, "别处市人民政府", 2018)
    assert named[0] != "别处市人民政府"
    sql = "SELECT form_column, expected, actual FROM failed_checks WHERE check_name = 'M-MANIFEST'"
    assert _rows(db, sql) == [("agency", None, None), ("year", 2018, named[1])]
    engine = open_readonly(db)
    reasons = load_report(engine, str(named[6])).reasons
    said = load_report(engine, str(silent[6])).reasons
    engine.dispose()
    assert f"the manifest says year 2018, the document {named[1]}" in reasons
    assert f"the document names no agency; the manifest says {AGENCY}" in said
    assert json.loads(str(_rows(db, "SELECT further FROM manifest ORDER BY source")[1][0])) == {
        "batch": "7"
    }
    # Nothing is read again while nothing changes, with the manifest and without.
    for options in (("--manifest", manifest), ()):
        again = gongkai("run", reports, "--db", db, *options)
        assert "2 files unchanged" in again.stdout
    # What changes takes effect, for its file alone.
    lines[1] = "silent.txt,栖霞岭县档案局,2022,2023-01-20,8"
    write(manifest, "\n".join(lines) + "\n")
    changed = gongkai("run", reports, "--db", db, "--manifest", manifest)
    assert "1 files unchanged" in changed.stdout
    assert _rows(db, "SELECT agency FROM reports WHERE source = 'silent.txt'") == [
        ("栖霞岭县档案局",)
    ]
    # It is kept for a run without it.
    gongkai("run", reports, "--db", db, "--force")
    assert _rows(db, "SELECT agency FROM reports WHERE source = 'silent.txt'") == [
        ("栖霞岭县档案局",)
    ]


def test_a_bad_manifest_stops_the_run_before_anything_is_read(
    reports: Path, tmp_path: Path
) -> None:
    manifest = write(tmp_path / "m.csv", "file,year\nsilent.txt,20222\n")
    db = tmp_path / "a.db"
    result = gongkai("run", reports, "--db", f"sqlite:///{db}", "--manifest", manifest)
    assert result.exit_code == 2
    assert "line 2: year '20222' cannot be the year of a report" in result.stderr
    assert not db.exists()


def test_what_is_known_of_a_file_that_cannot_be_read_stands_beside_the_reason(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 broken")
    manifest = write(tmp_path / "m.csv", f"file,agency,year\nbad.pdf,{AGENCY},2020\n")
    db = f"sqlite:///{tmp_path / 'a.db'}"
    assert gongkai("run", folder, "--db", db, "--manifest", manifest).exit_code == 3
    assert _rows(db, "SELECT agency, year FROM quarantine") == [(AGENCY, 2020)]
