"""The queue as a file, and the decisions that come back in it."""

import csv
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from sqlalchemy import Engine
from typer.testing import CliRunner

from normalize.report import Status
from normalize.review import place_of
from normalize.typed import typed_to_value
from pipeline.review_command import review
from pipeline.review_files import COLUMNS, harmless, read_lines, write_queue
from pipeline.review_import import Imported, Left, import_lines
from store.corrections import all_corrections, record_correction
from store.database import open_database
from store.errors import CorrectionRefused, ExportFailed
from store.ledger import Kind
from store.load import load_report
from store.review_queue import Wish
from store.rows import sha256_to_report_id
from tests.review_reports import copy_database

Rows = list[dict[str, str]]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(copy_database(tmp_path))
    yield engine
    engine.dispose()


@pytest.fixture
def queue(engine: Engine, tmp_path: Path) -> Rows:
    assert write_queue(engine, Wish(), tmp_path / "q.csv") == 38
    with (tmp_path / "q.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def give_back(engine: Engine, queue: Rows, tmp_path: Path) -> Callable[..., Imported]:
    """Fills in the first rows of the queue with these decisions and imports the file."""

    def give(*decisions: str, who: str = "李", delimiter: str = ",") -> Imported:
        _write(tmp_path / "back.csv", queue, decisions, who, delimiter)
        return import_lines(engine, read_lines(tmp_path / "back.csv"))

    return give


def _write(
    path: Path, queue: Rows, decisions: tuple[str, ...], who: str = "李", delimiter: str = ","
) -> None:
    filled = [
        {**row, "decision": decision, "who": who}
        for row, decision in zip(queue, decisions, strict=False)
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=delimiter)
        writer.writeheader()
        writer.writerows([*filled, *queue[len(filled) :]])


def _now(engine: Engine, row: dict[str, str]) -> tuple[Decimal | None, Status, bool]:
    for o in load_report(engine, sha256_to_report_id(row["sha256"])).observations:
        if place_of(o) == (row["form"], row["table"], row["row"], row["column"]):
            return o.value, o.status, o.flagged
    raise AssertionError(row)


def test_the_first_row_of_the_queue(queue: Rows) -> None:
    first = dict(queue[0])
    assert len(first.pop("sha256")) == 64
    assert first.pop("state")[0] == "r"
    assert first == {
        "agency": "栖霞岭县人民政府",
        "year": "2022",
        "source": "county2022-rows-broken-sums/source.txt",
        "page": "",
        "row_label": "（四）无法提供/1.本机关不掌握相关政府信息",
        "column_label": "总计",
        "unit": "count",
        "printed": "10",
        "value": "10",
        "status": "reported",
        "suggestion": "8",
        "suggested_by": "the only cell whose change makes Q-ROW unavailable_not_held, Q-OUT total hold",
        "doubts": "fails Q-ROW; fails Q-OUT; fails N-OUT",
        "decision": "",
        "who": "",
        "why": "",
        "form": "2021",
        "table": "requests",
        "row": "unavailable_not_held",
        "column": "total",
    }


def test_the_same_queue_gives_the_same_bytes(engine: Engine, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        write_queue(engine, Wish(), tmp_path / name)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert write_queue(engine, Wish(check="P-SUM"), tmp_path / "c.csv", most=3) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-", "'-"),
        ("-1+1", "'-1+1"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("-12.5", "-12.5"),
        ("1", "1"),
        ("", ""),
        ("县人民政府", "县人民政府"),
    ],
)
def test_no_cell_is_a_formula(text: str, expected: str) -> None:
    assert harmless(text) == expected


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_decisions_come_back(
    engine: Engine, queue: Rows, give_back: Callable[..., Imported], delimiter: str
) -> None:
    done = give_back("suggestion", "As Printed", "1,234", "blank", delimiter=delimiter)
    assert (done.merged.added, done.known, done.left) == (4, 0, ())
    assert [_now(engine, row)[:2] for row in queue[:4]] == [
        (Decimal(8), Status.CORRECTED),
        (Decimal(0), Status.REPORTED),
        (Decimal(1234), Status.CORRECTED),
        (None, Status.CORRECTED),
    ]
    assert _now(engine, queue[1])[2] is False
    assert {(e.who, e.why) for e in all_corrections(engine)} == {("李", "reviewed in a file")}
    assert {e.original_status for e in all_corrections(engine)} == {Status.REPORTED}


def test_a_file_imported_again_adds_nothing(
    engine: Engine, give_back: Callable[..., Imported]
) -> None:
    give_back("suggestion", "as printed", "7", "blank")
    before = all_corrections(engine)
    again = give_back("suggestion", "as printed", "7", "blank")
    assert (again.merged.added, again.known, again.left) == (0, 4, ())
    assert all_corrections(engine) == before


def test_what_changed_meanwhile_is_left_out_and_told(
    engine: Engine, queue: Rows, give_back: Callable[..., Imported]
) -> None:
    row = queue[0]
    place = (row["form"], row["table"], row["row"], row["column"])
    report_id = sha256_to_report_id(row["sha256"])
    record_correction(engine, report_id, place, Kind.VALUE, Decimal(9), who="王", why="p. 3")
    done = give_back("as printed")
    assert done.merged.added == 0
    assert done.left == (Left(2, "the value or the suggestion changed meanwhile; it is 9 now"),)


def test_a_number_stands_whatever_others_decided_and_both_are_on_record(
    engine: Engine, queue: Rows, give_back: Callable[..., Imported]
) -> None:
    row = queue[0]
    place = (row["form"], row["table"], row["row"], row["column"])
    report_id = sha256_to_report_id(row["sha256"])
    record_correction(engine, report_id, place, Kind.VALUE, Decimal(9), who="王", why="p. 3")
    done = give_back("8")
    assert (done.merged.added, done.left) == (1, ())
    assert done.merged.disputed == ((report_id, place),)
    assert _now(engine, row) == (Decimal(8), Status.CORRECTED, True)


def test_a_cell_that_is_read_otherwise_by_now(engine: Engine, queue: Rows, tmp_path: Path) -> None:
    queue[0]["state"] = "r000000000000-s000000000000"
    _write(tmp_path / "back.csv", queue, ("12",))
    done = import_lines(engine, read_lines(tmp_path / "back.csv"))
    assert done.left == (Left(2, "the cell is read otherwise by now: '10' (reported)"),)
    assert all_corrections(engine) == ()


@pytest.mark.parametrize(
    "changed",
    [{"sha256": "0" * 64}, {"row": "nothing"}, {"form": "2019"}, {"sha256": "../../etc/passwd"}],
)
def test_cells_that_are_not_there(
    engine: Engine, queue: Rows, tmp_path: Path, changed: dict[str, str]
) -> None:
    queue[0] |= changed
    _write(tmp_path / "back.csv", queue, ("12",))
    done = import_lines(engine, read_lines(tmp_path / "back.csv"))
    said = "the database has no such report, or the report no such cell"
    assert (done.merged.added, done.left) == (0, (Left(2, said),))


def test_two_decisions_of_one_person_on_one_cell(
    engine: Engine, queue: Rows, give_back: Callable[..., Imported]
) -> None:
    queue[1] |= {
        name: queue[0][name] for name in ("sha256", "form", "table", "row", "column", "state")
    }
    done = give_back("8", "9")
    said = "the same person decides otherwise of this cell further up"
    assert (done.merged.added, done.left) == (1, (Left(3, said),))


def test_a_unit_that_is_not_the_fields(give_back: Callable[..., Imported]) -> None:
    done = give_back("8万元")
    said = "'8万元' is not in the unit of the field; write the digits alone"
    assert (done.merged.added, done.left) == (0, (Left(2, said),))


@pytest.mark.parametrize(
    ("decision", "who", "said"),
    [
        ("1.2E+05", "李", "line 2: '1.2E+05' is no number"),
        ("about 5", "李", "line 2: 'about 5' is no number"),
        ("12-3", "李", "line 2: '12-3' is no number"),
        ("8", " ", "line 2: nobody is named in 'who'"),
    ],
)
def test_rows_that_mean_nothing_are_refused_with_all_others(
    engine: Engine, give_back: Callable[..., Imported], decision: str, who: str, said: str
) -> None:
    with pytest.raises(CorrectionRefused, match="nothing was imported") as refused:
        give_back(decision, "7", who=who)
    assert said in str(refused.value)
    assert all_corrections(engine) == ()


def test_who_and_why_of_the_whole_file(engine: Engine, queue: Rows, tmp_path: Path) -> None:
    _write(tmp_path / "back.csv", queue, ("8",), who="")
    import_lines(engine, read_lines(tmp_path / "back.csv"), who="王", why="scan of 3 May")
    assert [(e.who, e.why) for e in all_corrections(engine)] == [("王", "scan of 3 May")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "the columns sha256"),
        ("机关".encode("gb18030"), "is not in UTF-8"),
        (b"", "the columns sha256"),
    ],
)
def test_files_that_are_not_the_queue(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(CorrectionRefused, match=said):
        read_lines(tmp_path / "a.csv")


def test_files_that_are_not_there(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(CorrectionRefused, match="No such file"):
        read_lines(tmp_path / "none.csv")
    with pytest.raises(ExportFailed):
        write_queue(engine, Wish(), tmp_path / "none" / "a.csv")


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("12", "count", "12"),
        ("１２", "count", "12"),
        ("1,234", "count", "1234"),
        ("-3", "count", "-3"),
        ("7545万元", "yuan", "75450000"),
        ("12.5万", "yuan", "125000"),
        ("3元", "yuan", "3"),
        ("103.3879", "yuan", "103.3879"),
    ],
)
def test_numbers_as_people_type_them(text: str, unit: str, value: str) -> None:
    assert typed_to_value(text, unit) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "-", "12 34", "1e5", "NaN", "1.2.3", "5万元", "9" * 61, "<b>"]
)
def test_what_is_no_number_of_a_count(text: str) -> None:
    with pytest.raises(ValueError, match=r"number|unit"):
        typed_to_value(text, "count")


def test_the_command(engine: Engine, tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(review)
    db = f"sqlite:///{tmp_path / 'a.db'}"
    file = str(tmp_path / "q.csv")

    def call(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["--db", db, *words])
        return result.exit_code, result.stdout

    assert call() == (2, "")
    assert call("--export", file, "--import", file)[0] == 2
    assert call("--import", file, "--year", "2021")[0] == 2
    assert call("--export", file, "--check", "Q-ROW", "--limit", "1") == (
        0,
        f"1 cells written to {file}\n",
    )
    with Path(file).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    _write(Path(file), rows, ("suggestion",), who="")
    assert call("--import", file)[0] == 2
    said = "1 decisions recorded, 0 were there; 1 reports changed\n"
    assert call("--import", file, "--who", "李", "--why", "scan") == (0, said)
    assert [(e.who, e.why) for e in all_corrections(engine)] == [("李", "scan")]
    rows[0]["row"] = "nothing"
    _write(Path(file), rows, ("5",))
    assert call("--import", file)[0] == 3
