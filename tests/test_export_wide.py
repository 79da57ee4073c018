"""The wide form of an export, its filters, labels and the names that Stata takes."""

import csv
from dataclasses import replace
from pathlib import Path

import pandas
import pytest
from openpyxl import load_workbook

from normalize.forms import all_fields
from store.connections import reading
from store.contract import CHECKS, OBSERVATIONS, REPORTS, SECTIONS, STATEMENTS
from store.database import open_readonly
from store.export import Format, export
from store.export_labels import is_status, status_codes, table_label, table_labels
from store.export_names import MOST_CHARACTERS, names_to_stata
from store.export_stata import label_to_variable_label
from store.export_wide import IN_DOUBT, wide_tables
from store.form_views import column_name
from store.measuring import STATES
from store.panel_view import panel, rates
from store.query import query
from store.selection import EVERYTHING, Selection
from tests.sample_database import COUNTY, WATER, sample_url

WIDE = [
    *("panel", "rates", "statistics_2014", "proactive_2019", "proceedings_2019", "requests_2019"),
    *("proactive_2021", "proceedings_2021", "requests_2021"),
]


@pytest.fixture(scope="module")
def engine():
    engine = open_readonly(sample_url())
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def folder(engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All wide tables as CSV."""
    folder = tmp_path_factory.mktemp("wide")
    export(engine, "csv", folder, wide=True)
    return folder


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_wide_files_are_the_views_and_their_codebook(engine, tmp_path: Path) -> None:
    exported = export(engine, "csv", tmp_path, selection=Selection(years=(1999,)), wide=True)
    assert [path.stem for path in exported.paths] == [*WIDE, "codebook"]


@pytest.mark.parametrize("name", WIDE)
def test_a_wide_table_holds_what_its_view_says(engine, folder: Path, name: str) -> None:
    asked = query(engine, f"SELECT * FROM {name} ORDER BY report_id", 1000)
    for written, row in zip(rows_of(folder, name), asked.rows, strict=True):
        for column, value in zip(asked.columns, row, strict=True):
            if written[column] in ("true", "false"):
                assert written[column] == ("true" if value else "false")
            elif isinstance(value, float):
                assert float(written[column]) == value
            else:
                assert written[column] == ("" if value is None else str(value)), column


def test_what_is_no_number_is_empty_and_what_is_in_doubt_is_named(engine, folder: Path) -> None:
    [row] = [r for r in rows_of(folder, "requests_2021") if r["agency"] == COUNTY]
    doubtful = query(
        engine,
        "SELECT form_row || '__' || form_column FROM cells WHERE flagged AND agency = "
        f"'{COUNTY}' AND form_table = 'requests' ORDER BY position",
        1000,
    )
    assert row[IN_DOUBT].split() == [name for (name,) in doubtful.rows]
    assert int(row["cells_flagged"]) == len(doubtful.rows) > 0
    blanks = query(
        engine,
        "SELECT form_table || '_' || form, report_id, form_row || '__' || form_column "
        "FROM cells WHERE value IS NULL AND unit <> 'yuan'",
        1000,
    )
    assert blanks.rows
    for table, report_id, column in blanks.rows:
        [row] = [r for r in rows_of(folder, str(table)) if r["report_id"] == report_id]
        assert row[str(column)] == ""


FILTERS = [
    (Selection(years=(2022,)), {2022}),
    (Selection(years=(2012, 2024)), {2012, 2024}),
    (Selection(agencies=(WATER,)), {2012, 2022, 2024}),
    (Selection(forms=("2014",)), {2015}),
    (Selection(years=(2022,), agencies=(COUNTY,)), {2022}),
    (Selection(regions=("99",)), set()),
    (Selection(regions=("4%",)), set()),
    (Selection(levels=("no such level",)), set()),
]


@pytest.mark.parametrize(("selection", "years"), FILTERS)
def test_filters_take_the_reports_that_meet_all_of_them(
    engine, selection: Selection, years: set[int]
) -> None:
    with reading(engine) as connection:
        found = list(replace(REPORTS, selection=selection).rows(connection))
        assert {row[6] for row in found} == years
        ids = {row[0] for row in found}
        for table in (SECTIONS, OBSERVATIONS, CHECKS, STATEMENTS):
            own = replace(table, selection=selection)
            assert {row[0] for row in own.rows(connection)} <= ids
            assert own.count(connection) == sum(1 for _ in own.rows(connection))
        panel_table, *_ = wide_tables(connection, selection)
        assert {row[0] for row in panel_table.rows(connection)} == ids


def test_of_a_form_only_its_cells_and_checks_are_taken(engine, tmp_path: Path) -> None:
    export(engine, "csv", tmp_path, selection=Selection(forms=("2019",)))
    assert {row["form"] for row in rows_of(tmp_path, "observations")} == {"2019"}
    export(engine, "csv", tmp_path / "wide", selection=Selection(forms=("2019",)), wide=True)
    assert sorted(path.stem for path in (tmp_path / "wide").iterdir()) == [
        *("codebook", "panel", "proactive_2019", "proceedings_2019", "rates", "requests_2019")
    ]


def test_regions_and_levels_are_conditions_on_the_report(engine) -> None:
    with reading(engine) as connection:
        for selection in (Selection(regions=("44", "4403")), Selection(levels=("county", "city"))):
            for table in wide_tables(connection, selection):
                assert list(table.rows(connection)) == []
                assert table.count(connection) == 0


@pytest.mark.parametrize("format", list(Format))
def test_two_wide_exports_are_the_same_bytes(engine, tmp_path: Path, format: Format) -> None:
    chosen = Selection(forms=("2014",))
    one, two = (
        export(engine, format, tmp_path / n, selection=chosen, wide=True).paths
        for n in ("one", "two")
    )
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_the_workbook_has_the_tables_and_their_codebook(engine, tmp_path: Path) -> None:
    selection = Selection(agencies=(COUNTY,))
    [path] = export(engine, "xlsx", tmp_path, selection=selection, wide=True).paths
    book = load_workbook(path)
    assert book.sheetnames == [*WIDE, "codebook"]
    sheet = book["panel"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref[:3]) == ("A2", "A1:")
    assert all(cell.font.b for cell in sheet[1])
    described = {
        (row[0].value, row[1].value): row[5].value for row in book["codebook"].iter_rows(min_row=2)
    }
    assert described["panel", "received"] == "本年新收申请"
    assert described["requests_2021", "granted__total"] == "三、本年度办理结果/（一）予以公开：总计"
    assert all(label for label in described.values())
    for name in WIDE:
        assert [(name, cell.value) in described for cell in book[name][1]].count(False) == 0


def test_stata_has_chinese_labels_of_variables_and_statuses(engine, tmp_path: Path) -> None:
    export(engine, "stata", tmp_path, wide=True)
    with pandas.io.stata.StataReader(tmp_path / "panel.dta") as reader:
        frame = reader.read()
        labels = reader.variable_labels()
        values = reader.value_labels()
    assert labels["received"] == "本年新收申请"
    assert labels["received_status"] == "本年新收申请：状态"
    assert frame["report_status"].astype(str).value_counts().to_dict() == {
        "accepted 接受": 4,
        "needs_review 待审": 3,
    }
    assert set(frame["received_status"].astype(str)) == {"reported 有数", "no_table 无此表"}
    assert values["received_status"][3] == "blank 空白"
    assert all(len(label) <= 80 for label in labels.values())


def test_the_codes_of_statuses_are_all_there_and_differ(engine) -> None:
    codes = status_codes()
    assert len(set(codes.values())) == len(codes)
    assert {*STATES, "accepted", "needs_review", "quarantined"} == set(codes)


def test_every_table_has_labels_for_every_column(engine) -> None:
    with reading(engine) as connection:
        tables = wide_tables(connection)
        labels = table_labels(connection, tables)
    for table in tables:
        assert table_label(table.name).label_zh
        for column in table.columns:
            assert labels[table.name, column.name].label_zh
            assert not (is_status(column) and column.kind != "text")


NAMES = [
    (["received"], ["received"]),
    (["a" * 32, "a" * 33], ["a" * 32, "a" * 31 + "2"]),
    (
        ["refused_security_stability__natural_person", "refused_security_stability__total"],
        ["refus_secur_stabi__natur_perso", "refused_security_stabilit__total"],
    ),
    (["x_" + "abcdefgh" * 5, "x_" + "abcdefgh" * 6], ["x_" + ("abcdefgh" * 5)[:30], None]),
]


@pytest.mark.parametrize(("names", "short"), NAMES)
def test_a_name_for_stata(names: list[str], short: list[str | None]) -> None:
    made = names_to_stata(names)
    assert list(made) == names
    for name, wanted in zip(names, short, strict=True):
        assert len(made[name]) <= MOST_CHARACTERS
        assert wanted is None or made[name] == wanted
    assert len(set(made.values())) == len(names)


def test_no_two_columns_of_a_table_have_one_name_in_stata(engine) -> None:
    for selects in (panel(), rates()):
        names = [str(column.key) for column in selects.selected_columns]
        assert len(set(names_to_stata(names).values())) == len(names)
    for form, table in {(field.form, field.table) for field in all_fields()}:
        own = [f for f in all_fields() if (f.form, f.table) == (form, table)]
        names = [column_name(field) for field in own]
        made = names_to_stata(names)
        assert len(set(made.values())) == len(names)
        assert all(len(name) <= MOST_CHARACTERS for name in made.values())


def test_a_label_too_long_for_stata_is_cut(engine) -> None:
    with reading(engine) as connection:
        tables = wide_tables(connection, EVERYTHING)
        labels = table_labels(connection, tables)
    cut = [label_to_variable_label(label) for label in labels.values()]
    assert max(map(len, cut)) <= 80
    assert label_to_variable_label(None) == ""
