from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.dialects import postgresql, sqlite

from normalize.forms import all_fields
from normalize.panel.history import PanelCheck
from normalize.report import Check, Status
from store.connections import reading, writing
from store.database import load_fields, open_database
from store.fields import StoredField, stored_fields
from store.panel_writing import YEARS, keep_units
from store.readable import READABLE
from store.save import save
from store.schema import fields, view_definitions
from store.views import fields_to_views
from tests.store_examples import CELLS, FEES, observe, quarantined, report, totals

SOUND = totals("2021", received="7", refused_secret="1", refused_law="2", concluded="7")


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = open_database("sqlite://")
    load_fields(engine, CELLS)
    yield engine
    engine.dispose()


def rows(engine: Engine, sql: str) -> list[tuple[object, ...]]:
    with reading(engine) as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def test_a_table_has_one_row_a_report_and_one_column_a_cell(engine: Engine) -> None:
    save(engine, report(observations=SOUND))
    save(engine, report("two", "b.pdf", observations=(observe(FEES, "120198725.06"),)))
    assert rows(
        engine,
        "SELECT agency, year, received__total, refused_law__total, received__natural_person "
        "FROM requests_2021",
    ) == [("红寺堡区人民政府", 2023, 7, 2, None)]
    assert rows(engine, "SELECT source, fees__amount_yuan FROM proactive_2021") == [
        ("b.pdf", 120198725.06)
    ]
    assert rows(engine, "SELECT * FROM requests_2019") == []


def test_a_table_says_how_many_of_its_cells_are_no_plain_figures(engine: Engine) -> None:
    given = (
        observe(CELLS[-1], None, Status.BLANK, raw=""),
        observe(CELLS[-2], None, Status.BLANK, raw=" "),
        observe(CELLS[-3], None, Status.PLACEHOLDER, raw="/"),
        observe(CELLS[-4], None, Status.MISSING),
        observe(CELLS[-5], None, Status.UNREADABLE, raw="1 2", doubts=("two numbers",)),
        observe(CELLS[-6], "1", doubts=("Q-ROW fails", "readers differ")),
        observe(FEES, None, Status.BLANK, doubts=("of another table",)),
    )
    save(engine, report(observations=given))
    assert rows(
        engine,
        "SELECT cells_flagged, cells_blank, cells_placeholder, cells_unreadable, cells_missing "
        "FROM requests_2021",
    ) == [(2, 2, 1, 1, 1)]


SUMS = [
    ({"refused_secret": "1", "refused_law": "2"}, 3),
    ({"refused_secret": "0", "refused_law": "0"}, 0),
    ({"refused_secret": "1", "refused_law": None}, None),
    ({"refused_secret": None, "refused_law": None}, None),
    ({"refused_secret": "1"}, None),
    # A printed subtotal neither enters the sum nor stands in for it.
    ({"refused": "9", "refused_secret": "1", "refused_law": "2"}, 3),
    ({"refused": "9", "refused_secret": "1", "refused_law": None}, None),
]


@pytest.mark.parametrize(("printed", "total"), SUMS)
def test_a_sum_with_a_blank_part_is_null(
    engine: Engine, printed: dict[str, str | None], total: int | None
) -> None:
    save(engine, report(observations=totals("2021", received="9", **printed)))
    assert rows(engine, "SELECT refused_sum FROM requests") == [(total,)]


def test_requests_are_comparable_across_editions(engine: Engine) -> None:
    old = totals("2019", received="3", refused_secret="1", refused_law="1", other="1")
    new = totals("2021", received="5", other_fee_unpaid="2", other_remaining="3")
    save(engine, report("old", "old.pdf", year=2020, observations=old))
    save(
        engine,
        report("new", "new.pdf", observations=(replace(new[0], doubts=("Q-ROW fails",)), *new[1:])),
    )
    assert rows(
        engine,
        "SELECT year, form, received_total, refused_sum, other_sum, other_remaining_total, "
        "concluded_total, cells_flagged FROM requests ORDER BY year",
    ) == [(2020, "2019", 3, 2, 1, None, None, 0), (2023, "2021", 5, None, 5, 3, None, 1)]


def test_a_report_with_both_editions_has_one_row_of_the_later(engine: Engine) -> None:
    both = (*totals("2019", received="3"), *totals("2021", received="5"))
    save(engine, report(observations=both))
    assert rows(engine, "SELECT form, received_total FROM requests") == [("2021", 5)]


def test_cells_lead_back_to_the_page(engine: Engine) -> None:
    save(engine, report(observations=(observe(FEES, "1101234567890.1234", doubts=("a", "b")),)))
    assert rows(
        engine,
        "SELECT source, agency, year, form, form_table, form_row, form_column, row_label, "
        "column_label, value_exact, unit, status, flagged, doubts, raw, page, x0, top, x1, bottom, "
        "reader FROM cells",
    ) == [
        (
            "a.pdf",
            "红寺堡区人民政府",
            2023,
            "2021",
            "proactive",
            "fees",
            "amount",
            "行政事业性收费",
            "本年收费金额",
            "1101234567890.1234",
            "yuan",
            "reported",
            1,
            "a\nb",
            "1101234567890.1234",
            2,
            72.0,
            100.5,
            90.25,
            112.0,
            "pdfium",
        )
    ]


def test_failed_checks_and_the_quarantine(engine: Engine) -> None:
    def check(passed: bool | None, actual: int | None) -> Check:
        expected = Decimal(5)
        printed = None if actual is None else Decimal(actual)
        return Check("Q-ROW", "2021", "requests", "received", "total", expected, printed, passed)

    remark = replace(check(False, 7), kind="I")
    checks = (check(True, 5), check(False, 7), check(None, None), remark)
    save(engine, replace(report(observations=SOUND), checks=checks))
    save(engine, quarantined())
    assert rows(
        engine,
        "SELECT agency, check_name, form_table, form_row, form_column, expected, actual, "
        "difference, position FROM failed_checks",
    ) == [("红寺堡区人民政府", "Q-ROW", "requests", "received", "total", 5, 7, 2, 2)]
    assert rows(engine, "SELECT source, reason, media_type FROM quarantine") == [
        ("broken.pdf", "no heading of the form\n12 characters of text", "text/html")
    ]


def test_superseded_reports_are_in_no_view(engine: Engine) -> None:
    failed = Check("Q-ROW", "2021", "requests", "received", "total", Decimal(1), Decimal(2), False)
    fees = replace(observe(FEES, "1"), suggestion=Decimal(2), suggested_by="Q-ROW demands it")
    both = (*SOUND, fees, *totals("2019", received="3"))
    save(engine, replace(report(observations=both), checks=(failed,)))
    save(engine, quarantined("bad", "b.pdf"))
    report_id = report().sha256[:16]
    between = PanelCheck(report_id, "甲", 2023, "Y-JUMP", "S", passed=False)
    with writing(engine) as connection:
        keep_units(connection, YEARS, {"甲": (between,)}, {})
    named = {name for (name,) in rows(engine, "SELECT name FROM view_definitions")}
    assert set(READABLE.tables) < named
    views = named - set(READABLE.tables)
    assert sorted(views) == [
        "cells",
        "coverage",
        "failed_checks",
        "failed_panel_checks",
        "panel",
        "proactive_2021",
        "quarantine",
        "rates",
        "requests",
        "requests_2019",
        "requests_2021",
        "suggested",
    ]
    assert all(rows(engine, f"SELECT 1 FROM {view}") for view in views)
    save(engine, report("newer", "a.pdf"))
    save(engine, report("newer too", "b.pdf"))
    # The newer ones have no cells; that they are there is what these three say of them.
    of_reports = {"panel", "rates", "coverage"}
    assert not any(rows(engine, f"SELECT 1 FROM {view}") for view in {*views} - of_reports)
    assert rows(engine, "SELECT received, received_status FROM panel") == [(None, "no_table")] * 2


def test_no_view_needs_quotes_on_either_database() -> None:
    engine = open_database("sqlite://")
    load_fields(engine, all_fields())
    with reading(engine) as connection:
        declared = stored_fields(connection)
        made = connection.scalars(select(view_definitions.c.name)).all()
        # The names of these are those of the contract.
        names = [name for name in made if name not in READABLE.tables]
        columns = [
            column
            for view in names
            for column in tuple(connection.exec_driver_sql(f"SELECT * FROM {view}").keys())
        ]
        written = fields_to_views(declared, connection)
    assert len(declared) >= 456
    assert {view.name for view in written} == {*READABLE.tables, *names}
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        quote = dialect.identifier_preparer.quote
        assert [name for name in {*names, *columns} if quote(name) != name] == []
    # PostgreSQL cuts longer names.
    assert max(map(len, {*names, *columns})) <= 63


def test_views_are_made_again_only_when_they_change(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    load_fields(engine, CELLS)
    version = "PRAGMA schema_version"
    before = rows(engine, version)
    load_fields(engine, CELLS)
    assert rows(engine, version) == before
    load_fields(engine, CELLS[1:])
    assert rows(engine, version) != before
    engine.dispose()


def test_a_researchers_own_view_is_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE VIEW mine AS SELECT 1 AS one")
    load_fields(engine, CELLS[1:])
    assert rows(engine, "SELECT one FROM mine") == [(1,)]


def test_a_stored_field_has_the_columns_of_its_table() -> None:
    assert tuple(fields.c.keys()) == StoredField.__slots__
