import csv
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pandas
import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from sqlalchemy import Engine
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from normalize.panel.history import PanelCheck
from normalize.report import Body, Check, Section, Statement, Status, Verdict
from store import export_xlsx
from store.connections import writing
from store.contract import TABLES
from store.database import load_fields, open_database
from store.errors import ExportFailed
from store.export import Format, export
from store.export_csv import value_to_field
from store.panel_writing import TWINS, YEARS, keep_units
from store.save import save
from tests.store_examples import CELLS, FEES, observe, quarantined, report, totals

CONTRACT = {
    "reports": "report_id, source, sha256, media_type, agency, region_code, year, title, "
    "published_on, reader, pages, status, reason, agency_id, level, agency_kind, scope, "
    "from_manifest, manifest_agency, manifest_year, manifest_published_on",
    "sections": "report_id, position, section, heading, text",
    "observations": "report_id, form, table, row, column, value, unit, status, flagged, raw, page, "
    "x0, top, x1, bottom, reader, original_value, original_status",
    "checks": "report_id, check, table, row, column, expected, actual, passed, blame, kind",
    "statements": "report_id, section, measure, value, unit, quote, approximate, year, scope, "
    "claim, section_position, offset",
    "suggestions": "report_id, form, table, row, column, value, derived_by",
    "panel_checks": "agency_id, year, report_id, other_report_id, check, kind, form, table, row, "
    "column, expected, actual, passed",
    "corrections": "report_id, correction_id, sha256, form, table, row, column, decision, value, "
    "who, why, made_at, refers_to, original_value, original_status, original_raw",
    "manifest": "report_id, source, file, url, agency, year, published_on, further",
}

SOUND = replace(
    report(
        "one",
        "甲,县/a.pdf",
        observations=(
            observe(FEES, "120198725.060", raw='1.2亿 "约"'),
            *totals("2021", received="7"),
            replace(
                *totals("2021", concluded=None),
                suggested_by="one of 2 cells, one of which may be wrong",
            ),
            replace(
                observe(CELLS[-2], None, Status.MISSING),
                raw=None,
                page=None,
                bbox=None,
                reader=None,
                doubts=("no such row",),
                suggestion=Decimal("3.00"),
                suggested_by="demanded by Q-ROW concluded",
            ),
        ),
    ),
    published_on=date(2024, 1, 30),
    sections=(
        Section("overview", "一、总体情况", '共收到申请859件,\n办结\r"全部"。'),
        Section("other_matters", "六、其他", ""),
    ),
    checks=(
        Check("Q-ROW", "2021", "requests", "received", "total", Decimal("7"), Decimal(7), True),
        Check(
            "A-UNIT",
            "2021",
            "proactive",
            "fees",
            "amount",
            Decimal("1E+2"),
            Decimal("0.10"),
            False,
            kind="X",
        ),
        Check(
            "Q-BAL",
            "2021",
            "requests",
            "received",
            "total",
            Decimal(7),
            None,
            None,
            False,
            blame="unknown",
        ),
    ),
    statements=(
        Statement(
            *("requests", "received", Decimal(859), "count", "共收到申请859件"),
            *(True, 2020, "territory", "figure", 1, 4),
        ),
    ),
    body=Body("640300:人民政府", "640303", "county", "government"),
    scope="own",
)
ONE, BAD = (sha256(content.encode()).hexdigest() for content in ("one", "broken"))

GOLDEN = {
    "reports": f"""\
{CONTRACT["reports"].replace(" ", "")}
{ONE[:16]},"甲,县/a.pdf",{ONE},application/pdf,红寺堡区人民政府,640303,2023,\
红寺堡区人民政府2023年政府信息公开工作年度报告,2024-01-30,pdfium,5,accepted,,640300:人民政府,county,government,own,,,,
{BAD[:16]},broken.pdf,{BAD},text/html,,,,,,html,,quarantined,\
no heading of the form; 12 characters of text,,,,,,,,
""",
    "sections": f"""\
report_id,position,section,heading,text
{ONE[:16]},1,overview,一、总体情况,"共收到申请859件,
办结\r""全部""。"
{ONE[:16]},2,other_matters,六、其他,
""",
    "observations": f"""\
{CONTRACT["observations"].replace(" ", "")}
{ONE[:16]},2021,proactive,fees,amount,120198725.06,yuan,reported,false,"1.2亿 ""约""\
",2,72,100.5,90.25,112,pdfium,,
{ONE[:16]},2021,requests,received,total,7,count,reported,false,7,2,72,100.5,90.25,112,pdfium,,
{ONE[:16]},2021,requests,concluded,natural_person,,count,missing,true,,,,,,,,,
{ONE[:16]},2021,requests,concluded,total,,count,blank,false,,2,72,100.5,90.25,112,pdfium,,
""",
    "checks": f"""\
report_id,check,table,row,column,expected,actual,passed,blame,kind
{ONE[:16]},Q-ROW,requests,received,total,7,7,true,,H
{ONE[:16]},A-UNIT,proactive,fees,amount,100,0.1,false,,X
{ONE[:16]},Q-BAL,requests,received,total,7,,,unknown,H
""",
    "statements": f"""\
{CONTRACT["statements"].replace(" ", "")}
{ONE[:16]},requests,received,859,count,共收到申请859件,true,2020,territory,figure,1,4
""",
    "suggestions": f"""\
{CONTRACT["suggestions"].replace(" ", "")}
{ONE[:16]},2021,requests,concluded,natural_person,3,demanded by Q-ROW concluded
{ONE[:16]},2021,requests,concluded,total,,"one of 2 cells, one of which may be wrong"
""",
    "panel_checks": f"""\
{CONTRACT["panel_checks"].replace(" ", "")}
640300:人民政府,2023,{ONE[:16]},,G-DUPE,X,,,,,1,2,false
640300:人民政府,2023,{ONE[:16]},{BAD[:16]},Y-CARRY,H,2021,requests,carried_over,total,3.5,,
""",
    "corrections": CONTRACT["corrections"].replace(" ", "") + "\n",
    "manifest": CONTRACT["manifest"].replace(" ", "") + "\n",
}

PANEL_CHECKS = (
    PanelCheck(
        *(ONE[:16], "640300:人民政府", 2023, "Y-CARRY", "H", BAD[:16]),
        *("2021", "requests", "carried_over", "total", Decimal("3.50"), None, None, False),
    ),
    PanelCheck(
        *(ONE[:16], "640300:人民政府", 2023, "G-DUPE", "X"),
        expected=Decimal(1),
        actual=Decimal(2),
        passed=False,
        blank_as_zero=False,
    ),
)


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


def keep_panel_checks(engine: Engine) -> None:
    with writing(engine) as connection:
        keep_units(connection, YEARS, {"640300:人民政府": PANEL_CHECKS[:1]}, {})
        keep_units(connection, TWINS, {"": PANEL_CHECKS[1:]}, {})


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
