"""The files of a release: written from rows in files, by as many processes as there are."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from store.contract import Digits, ExportColumn, ExportRow
from store.database import open_readonly
from store.errors import ExportFailed
from store.export_csv import rows_to_lines, value_to_field, write_csv
from store.export_parquet import write_parquet
from store.package import write_package_data
from store.package_writers import CSV, PARQUET, STATA, Writers
from store.spooling import spool_table
from tests.sample_database import sample_release

COLUMNS = (
    ExportColumn("report_id", "text"),
    ExportColumn("text", "prose"),
    ExportColumn("year", "integer"),
    ExportColumn("value", "decimal"),
    ExportColumn("share", "float"),
    ExportColumn("flagged", "boolean"),
    ExportColumn("published_on", "date"),
)
ROWS: tuple[ExportRow, ...] = (
    ("a", 'one, "two"\nthree', 2021, "12.50", 0.5, True, date(2022, 1, 31)),
    ("b", "", None, None, None, None, None),
    ("c", "\r", 0, "-3", 1e-7, False, None),
    ("d", "=SUM(A1)", -1, "120198725.0612", 3.0, False, date(1, 1, 1)),
)


@dataclass(frozen=True)
class Given:
    """A table of rows that are there already."""

    name: str
    columns: tuple[ExportColumn, ...]
    content: tuple[ExportRow, ...]

    def rows(self, connection: object) -> Iterator[ExportRow]:
        return iter(self.content)

    def count(self, connection: object) -> int:
        return len(self.content)

    def digits(self, connection: object) -> dict[str, Digits]:
        return {"value": (9, 4)}


TABLE = Given("table", COLUMNS, ROWS)
LONG = Given("long", COLUMNS, ROWS * 4000)


@pytest.mark.parametrize("table", [TABLE, LONG, Given("empty", COLUMNS, ())])
def test_rows_come_back_as_they_were(tmp_path: Path, table: Given) -> None:
    spooled = spool_table(None, table, tmp_path / "rows")
    assert tuple(spooled.rows()) == table.content
    assert spooled.count() == len(table.content)
    assert spooled.digits() == {"value": (9, 4) if table.content else (0, 0)}
    assert [(c.name, c.kind) for c in spooled.columns] == [(c.name, c.kind) for c in COLUMNS]


def test_lines_are_those_of_single_fields() -> None:
    assert rows_to_lines(ROWS) == "".join(",".join(map(value_to_field, row)) + "\n" for row in ROWS)
    [*_, last] = csv.reader(io.StringIO(rows_to_lines(ROWS), newline=""))
    assert last == ["d", "=SUM(A1)", "-1", "120198725.0612", "3", "false", "0001-01-01"]


def test_a_column_of_booleans_and_numbers_is_told_apart() -> None:
    assert rows_to_lines([(True,), (1,), (None,)]) == "true\n1\n\n"


def test_decimals_are_exact_in_parquet(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    write_parquet(None, TABLE, tmp_path / "t.parquet")
    read = parquet.read_table(tmp_path / "t.parquet")
    assert read["value"].to_pylist() == [
        Decimal("12.5"),
        None,
        Decimal(-3),
        Decimal("120198725.0612"),
    ]
    assert str(read.schema.field("value").type) == "decimal128(38, 4)"


def test_more_digits_than_usual_are_kept_in_parquet(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    long = "1" * 45 + ".25"
    table = Given("wide", (ExportColumn("value", "decimal"),), ((long,), (None,)))
    spooled = spool_table(None, table, tmp_path / "rows")
    write_parquet(None, spooled, tmp_path / "t.parquet")
    read = parquet.read_table(tmp_path / "t.parquet")
    assert read["value"].to_pylist() == [Decimal(long), None]


def test_the_number_of_processes_changes_no_byte(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    engine = open_readonly(f"sqlite:///{sample_release() / 'gongkai.db'}")
    written = []
    for jobs in (0, 2):
        folder = tmp_path / str(jobs)
        folder.mkdir()
        tables = write_package_data(engine, folder, jobs=jobs)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        written.append((tables, {p.relative_to(folder): p.read_bytes() for p in files}))
    engine.dispose()
    assert written[0] == written[1]
    assert {path.parts[0] for path in written[0][1]} == {CSV, PARQUET, STATA}


def test_rows_are_gone_when_all_formats_are_written(tmp_path: Path) -> None:
    for name in (CSV, PARQUET):
        (tmp_path / name).mkdir()
    spooled = spool_table(None, TABLE, tmp_path / "rows")
    with Writers(0) as writers:
        writers.write(spooled, tmp_path, (CSV,), {})
    assert not spooled.file.exists()
    write_csv(None, TABLE, tmp_path / "same.csv")
    assert (tmp_path / CSV / "table.csv").read_bytes() == (tmp_path / "same.csv").read_bytes()


@pytest.mark.parametrize("jobs", [0, 1])
def test_what_a_format_cannot_hold_is_said(tmp_path: Path, jobs: int) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / PARQUET).mkdir()
    table = Given("wide", (ExportColumn("value", "decimal"),), (("1" * 80,),))
    spooled = spool_table(None, table, tmp_path / "rows")
    with pytest.raises(ExportFailed, match="needs 84 digits"), Writers(jobs) as writers:
        writers.write(spooled, tmp_path, (PARQUET,), {})
