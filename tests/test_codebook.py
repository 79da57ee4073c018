from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from normalize.forms import all_fields, load_forms
from store.codebook import views_to_entries
from store.codebook_pages import CHINESE, ENGLISH, codebook_to_page, shipped_fields
from store.connections import reading
from store.database import load_fields, open_database
from store.fields import stored_fields
from store.schema import view_definitions
from store.views import fields_to_all_selects
from tests.store_examples import CELLS

ROOT = Path(__file__).parents[1]


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = open_database("sqlite://")
    load_fields(engine, all_fields())
    yield engine
    engine.dispose()


def rows(engine: Engine, sql: str) -> list[tuple[object, ...]]:
    with reading(engine) as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def test_every_column_of_every_view_is_in_the_codebook(engine: Engine) -> None:
    with reading(engine) as connection:
        views = connection.scalars(select(view_definitions.c.name)).all()
        columns = {
            (view, column)
            for view in views
            for column in tuple(connection.exec_driver_sql(f"SELECT * FROM {view}").keys())
        }
    entries = rows(engine, "SELECT view_name, column_name FROM codebook")
    assert set(entries) == columns
    assert len(entries) == len(columns)


def test_every_entry_says_something_in_both_languages(engine: Engine) -> None:
    silent = rows(
        engine,
        "SELECT view_name, column_name FROM codebook WHERE label_zh = '' OR label_en = '' "
        "OR (description = '') <> (description_zh = '') OR (differs IS NULL) <> "
        "(differs_zh IS NULL) OR (description = '' AND cells IS NULL)",
    )
    assert silent == []


def test_a_column_that_nothing_describes_is_an_error(engine: Engine) -> None:
    with reading(engine) as connection:
        declared = stored_fields(connection)
    views = {"failed_checks": select(view_definitions.c.definition)}
    with pytest.raises(KeyError, match="definition"):
        list(views_to_entries(views, declared))


def test_a_cell_a_measure_and_a_rate_say_where_they_come_from(engine: Engine) -> None:
    chosen = (
        "SELECT label_zh, label_en, unit, form, form_table, form_row, form_column, row_label, "
        "column_label, cells, differs FROM codebook WHERE "
    )
    cell = "view_name = 'proactive_2021' AND column_name = 'fees__amount_yuan'"
    assert rows(engine, chosen + cell) == [
        (
            "行政事业性收费：本年收费金额（单位：万元）",
            "fees: amount",
            *("yuan", "2021", "proactive", "fees", "amount"),
            *("行政事业性收费", "本年收费金额（单位：万元）", None, None),
        )
    ]
    measure = "view_name = 'panel' AND column_name = 'refused_third_party_rights'"
    assert rows(engine, chosen + measure) == [
        (
            "不予公开：保护第三方合法权益",
            "requests refused: rights of third parties",
            *("count", None, None, None, None, None, None),
            "2021: requests.refused_third_party_rights.total\n"
            "2019: requests.refused_third_party_rights.total\n"
            "2014: statistics.refused_trade_secret.value + statistics.refused_privacy.value",
            "2014: The sum of two rows, trade secrets and personal privacy.",
        )
    ]
    rate = "view_name = 'rates' AND column_name = 'clearance'"
    assert rows(engine, f"SELECT unit, description FROM codebook WHERE {rate}") == [
        ("share", "`concluded` / `requests_to_handle`.")
    ]


def test_forms_of_ones_own_are_in_the_codebook(engine: Engine) -> None:
    own = load_forms(ROOT / "fixtures" / "forms" / "indicators")
    added = [f for form in own for table in form.tables for f in table.fields.values()]
    load_fields(engine, (*all_fields(), *added))
    view = f"{added[0].table}_{added[0].form}"
    found = rows(engine, f"SELECT count(*) FROM codebook WHERE view_name = '{view}'")
    shown = rows(engine, f"SELECT * FROM pragma_table_info('{view}')")
    assert found == [(len(shown),)]


def test_the_codebook_follows_the_forms(engine: Engine) -> None:
    named = "SELECT count(*) FROM codebook WHERE column_name = 'fines__amount_yuan'"
    load_fields(engine, CELLS)
    assert rows(engine, named) == [(0,)]
    fines = replace(next(cell for cell in CELLS if cell.row == "fees"), row="fines")
    load_fields(engine, (*CELLS, fines))
    assert rows(engine, named) == [(1,)]


@pytest.mark.parametrize("language", (ENGLISH, CHINESE), ids=lambda language: language.file)
def test_the_page_is_what_the_command_writes(language) -> None:
    page = (ROOT / "docs" / language.file).read_text(encoding="utf-8")
    assert page == codebook_to_page(language)


def test_the_pages_name_every_view_and_column() -> None:
    declared = shipped_fields()
    entries = list(views_to_entries(fields_to_all_selects(declared), declared))
    companions = ("_status", "_flagged")
    for language in (ENGLISH, CHINESE):
        page = codebook_to_page(language)
        named = [e for e in entries if not e.column_name.endswith(companions)]
        assert [e for e in named if f"| `{e.column_name}` |" not in page] == []
