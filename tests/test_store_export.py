import csv
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pandas
import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from sqlalchemy import Engine
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from normalize.report import Check, Section, Verdict
from store import export_xlsx
from store.contract import TABLES
from store.database import load_fields, open_database
from store.errors import ExportFailed
from store.export import Format, export
from store.export_csv import value_to_field
from store.save import save
from tests.export_examples import BAD, CONTRACT, GOLDEN, SOUND, keep_panel_checks
from tests.store_examples import CELLS, FEES, observe, quarantined, report


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = open_database("sqlite://")
    load_fields(engine, CELLS)
    yield engine
    engine.dispose()


@pytest.fixture
def filled(engine: Engine) -> Engine:
    save(engine, quarantined())
    save(engine, report("old", SOUND.source, observations=(observe(FEES, "1"),)))
    save(engine, SOUND)
    keep_panel_checks(engine)
    return engine


def test_the_tables_have_the_columns_of_the_contract() -> None:
    assert {table.name: ", ".join(c.name for c in table.columns) for table in TABLES} == CONTRACT


def test_csv_is_exactly_this(filled: Engine, tmp_path: Path) -> None:
    exported = export(filled, "csv", tmp_path / "out" / "here")
    assert [path.name for path in exported.paths] == [f"{name}.csv" for name in CONTRACT]
    assert exported.notes == ()
    assert {p.stem: p.read_bytes().decode() for p in exported.paths} == GOLDEN
    assert sorted(p.name for p in (tmp_path / "out" / "here").iterdir()) == sorted(
        path.name for path in exported.paths
    )


def test_rows_come_in_the_order_of_ids_and_of_the_form(engine: Engine, tmp_path: Path) -> None:
    for number in range(20):
        backwards = tuple(observe(cell, "1") for cell in reversed(CELLS))
        save(engine, report(f"{number}", f"{number}", observations=backwards))
    (path,) = (p for p in export(engine, "csv", tmp_path).paths if p.stem == "observations")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    ids = sorted({row["report_id"] for row in rows})
    assert [(r["report_id"], r["form"], r["row"], r["column"]) for r in rows] == [
        (report_id, cell.form, cell.row, cell.column) for report_id in ids for cell in CELLS
    ]


FIELDS = [
    (None, ""),
    ("", ""),
    ("a", "a"),
    ("=1+1", "=1+1"),
    (" 0 ", " 0 "),
    ("a,b", '"a,b"'),
    ("a\rb", '"a\rb"'),
    ('"', '""""'),
    (True, "true"),
    (False, "false"),
    (1.0, "1"),
    (5e-324, "0." + "0" * 323 + "5"),
    (2023, "2023"),
    (date(2024, 1, 5), "2024-01-05"),
]


@pytest.mark.parametrize(("value", "field"), FIELDS)
def test_a_field_of_csv(value: object, field: str) -> None:
    assert value_to_field(value) == field


@pytest.mark.parametrize("format", [Format.CSV, Format.XLSX, Format.STATA, Format.PARQUET])
def test_two_exports_of_one_content_are_the_same_bytes(
    filled: Engine, tmp_path: Path, format: Format
) -> None:
    if format is Format.PARQUET:
        pytest.importorskip("pyarrow")
    other = open_database("sqlite://")
    load_fields(other, CELLS)
    save(other, SOUND)
    save(other, quarantined())
    keep_panel_checks(other)
    one = export(filled, format, tmp_path / "one").paths
    two = export(other, format, tmp_path / "two").paths
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_xlsx_has_a_sheet_a_table_and_runs_nothing(engine: Engine, tmp_path: Path) -> None:
    raws = (
        "=1+1",
        "+3",
        "-8",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "http://a.cn",
        "_x0041_",
        "a\x0bb",
        "\ufffe",
        "007",
    )
    cells = [cell for cell in CELLS if cell is not FEES][: len(raws)]
    values = tuple(observe(cell, "1", raw=raw) for cell, raw in zip(cells, raws, strict=True))
    exact = observe(FEES, "1101234567890.1234", doubts=("large",))
    save(engine, replace(report(observations=(*values, exact)), published_on=date(2024, 1, 30)))
    save(engine, replace(report("two", "b.pdf"), published_on=date(1899, 1, 1)))
    exported = export(engine, "xlsx", tmp_path)
    assert exported.paths == (tmp_path / "gongkai.xlsx",)
    book = load_workbook(exported.paths[0])
    assert book.sheetnames == [*CONTRACT, "codebook"]
    sheet = book["observations"]
    head, *rows = sheet.iter_rows()
    assert [cell.value for cell in head] == CONTRACT["observations"].split(", ")
    assert all(cell.font.b for cell in head)
    assert sheet.freeze_panes == "A2"
    places = {cell.value: place for place, cell in enumerate(head)}
    found = {unescape(row[places["raw"]].value): row[places["raw"]].data_type for row in rows}
    assert set(found) == {*raws, "1101234567890.1234"}
    assert set(found.values()) == {"s"}
    assert [cell.hyperlink for row in rows for cell in row if cell.hyperlink] == []
    values_found = {row[places["value"]].value for row in rows}
    assert values_found == {1, "1101234567890.1234"}
    assert {row[places["flagged"]].value for row in rows} == {False, True}
    dates = {row[8].value for row in book["reports"].iter_rows(min_row=2)}
    assert dates == {datetime(2024, 1, 30), "1899-01-01"}


def test_text_too_long_for_a_spreadsheet_is_cut_and_reported(
    engine: Engine, tmp_path: Path
) -> None:
    fits, long, wide = "文" * 32_767, "文" * 32_768, "𠀀" * 20_000
    sections = tuple(Section("overview", "一", text) for text in (fits, long, wide))
    save(engine, replace(report(), sections=sections))
    exported = export(engine, "xlsx", tmp_path)
    sheet = load_workbook(exported.paths[0])["sections"]
    texts = [row[4].value for row in sheet.iter_rows(min_row=2)]
    assert texts[0] == fits
    assert texts[1] == "文" * 32_735 + "…[cut, 32,768 characters in all]"
    assert texts[2] == "𠀀" * 16_367 + "…[cut, 20,000 characters in all]"
    assert exported.notes == (
        "sections row 3, text: 32,768 characters, cut to 32,735",
        "sections row 4, text: 20,000 characters, cut to 16,367",
    )


def test_a_table_too_long_for_a_sheet_is_refused(
    filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_xlsx, "MOST_ROWS", 4)
    with pytest.raises(ExportFailed, match="observations has 4 rows, a sheet holds 3; export csv"):
        export(filled, "xlsx", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_stata_holds_doubles_and_long_text(engine: Engine, tmp_path: Path) -> None:
    given = replace(
        SOUND,
        observations=(*SOUND.observations, observe(CELLS[0], "1", raw="长" * 3000)),
        reasons=("因" * 3000,),
        verdict=Verdict.NEEDS_REVIEW,
    )
    save(engine, given)
    exported = export(engine, "stata", tmp_path)
    assert [path.name for path in exported.paths] == [f"{name}.dta" for name in CONTRACT]
    frames = {path.stem: pandas.read_stata(path) for path in exported.paths}
    assert {name: ", ".join(frame.columns) for name, frame in frames.items()} == CONTRACT
    observed = frames["observations"]
    assert observed["raw"].tolist() == ["长" * 3000, '1.2亿 "约"', "7", "", ""]
    assert observed["value"].fillna(-1).tolist() == [1, 120198725.06, 7, -1, -1]
    assert observed["flagged"].tolist() == [0, 0, 0, 1, 0]
    assert frames["checks"]["passed"].fillna(-1).tolist() == [1, 0, -1]
    assert frames["reports"]["reason"].tolist() == ["因" * 3000]
    assert frames["reports"]["published_on"].tolist() == [pandas.Timestamp(2024, 1, 30)]
    assert frames["sections"]["text"].tolist() == [SOUND.sections[0].text, ""]
    assert exported.paths[0].read_bytes()[28:31] == b"118"


@pytest.mark.parametrize("format", ["csv", "xlsx", "stata"])
def test_an_empty_database_gives_empty_tables(engine: Engine, tmp_path: Path, format: str) -> None:
    exported = export(engine, format, tmp_path)
    if format == "csv":
        assert [path.read_text() for path in exported.paths] == [
            names.replace(" ", "") + "\n" for names in CONTRACT.values()
        ]
    elif format == "stata":
        assert [len(pandas.read_stata(path)) for path in exported.paths] == [0] * len(TABLES)
    else:
        book = load_workbook(exported.paths[0])
        assert [book[name].max_row for name in CONTRACT] == [1] * len(TABLES)


def test_parquet_keeps_exact_decimals_and_nulls(engine: Engine, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    values = ("1101234567890.1234", "-0.000001", "7")
    save(engine, SOUND)
    for value in values:
        save(engine, report(value, value, observations=(observe(FEES, value),)))
    exported = export(engine, "parquet", tmp_path)
    tables = {path.stem: parquet.read_table(path) for path in exported.paths}
    assert {name: ", ".join(table.column_names) for name, table in tables.items()} == CONTRACT
    observed = tables["observations"]
    assert str(observed.schema.field("value").type) == "decimal128(38, 6)"
    assert set(observed["value"].to_pylist()) == {
        None,
        Decimal("120198725.06"),
        *map(Decimal, values),
    }
    assert str(tables["statements"].schema.field("value").type) == "decimal128(38, 4)"
    assert tables["checks"]["passed"].to_pylist() == [True, False, None]
    assert date(2024, 1, 30) in tables["reports"]["published_on"].to_pylist()
    assert tables["sections"]["text"].to_pylist() == [SOUND.sections[0].text, ""]


def test_without_pyarrow_the_extra_is_named(
    filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportFailed, match=r"pip install 'gongkai\[parquet\]'"):
        export(filled, "parquet", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_refused(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(ExportFailed, match="no format 'ods'; choose one of csv, parquet, xlsx"):
        export(engine, "ods", tmp_path)


def test_a_place_that_cannot_be_written_is_named(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExportFailed, match="file is a file, not a folder; name another folder"):
        export(engine, "csv", tmp_path / "file")
    for place in (tmp_path / "file" / "below", tmp_path / "\x00", tmp_path / ("x" * 300)):
        with pytest.raises(
            ExportFailed, match=r"the folder .+ cannot be made \(.+\); name another"
        ):
            export(engine, "csv", place)


def test_what_is_empty_is_null_in_the_names_of_every_format(engine: Engine, tmp_path: Path) -> None:
    given = replace(
        quarantined(),
        reader="",
        sections=(Section("unclassified", "", "正文。"),),
        checks=(Check("D-TWO", "", "", "", "", None, None, False),),
    )
    save(engine, given)
    export(engine, "csv", tmp_path)
    lines = {
        path.stem: path.read_text(encoding="utf-8").splitlines()[1:] for path in tmp_path.iterdir()
    }
    (reported,) = lines["reports"]
    assert reported.split(",")[9] == ""
    assert '""' not in "".join(map("".join, lines.values()))
    assert lines["checks"] == [f"{BAD[:16]},D-TWO,,,,,,false,,H"]
    assert lines["sections"] == [f"{BAD[:16]},1,unclassified,,正文。"]
    pytest.importorskip("pyarrow")
    export(engine, "parquet", tmp_path)
    assert pandas.read_parquet(tmp_path / "reports.parquet")["reader"].isna().tolist() == [True]


def test_an_export_that_breaks_off_leaves_the_earlier_one(
    filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(filled, "xlsx", tmp_path)
    before = (tmp_path / "gongkai.xlsx").read_bytes()

    def fail(*_: object) -> None:
        raise RuntimeError("broken off")

    monkeypatch.setattr(export_xlsx, "_write_cell", fail)
    with pytest.raises(RuntimeError, match="broken off"):
        export(filled, "xlsx", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["gongkai.xlsx"]
    assert (tmp_path / "gongkai.xlsx").read_bytes() == before


def test_a_workbook_that_cannot_be_finished_is_reported(
    filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Workbook) -> None:
        raise FileCreateError("No space left on device")

    monkeypatch.setattr(Workbook, "close", fail)
    with pytest.raises(ExportFailed, match="No space left on device; make room"):
        export(filled, "xlsx", tmp_path)
    assert list(tmp_path.iterdir()) == []
