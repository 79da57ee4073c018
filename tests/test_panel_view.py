from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from normalize.forms import all_fields
from store import migrate
from store.connections import reading, writing
from store.database import load_fields, open_database
from store.measures import TOPICS, all_measures, all_rates
from store.panel_rows import refill_panel_rows
from store.save import Outcome, save
from store.schema import panel_rows
from tests.panel_reports import (
    BROKEN,
    EXAMPLES,
    FIELDS,
    GROUNDS,
    NEW,
    OLD,
    cells,
    observe,
)
from tests.store_examples import report


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = open_database("sqlite://")
    load_fields(engine, all_fields())
    yield engine
    engine.dispose()


def rows(engine: Engine, sql: str) -> list[tuple[object, ...]]:
    with reading(engine) as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


@pytest.mark.parametrize("measure", all_measures(), ids=lambda measure: measure.name)
def test_a_measure_is_of_real_cells_of_its_unit(measure) -> None:
    assert measure.topic in TOPICS
    assert set(measure.differs) < set(measure.cells)
    for form, names in measure.cells.items():
        assert len(set(names)) == len(names)
        assert {name[0] for name in names} == {form}
        assert len({name[1] for name in names}) == 1
        assert {FIELDS[name].unit for name in names} in ({measure.unit}, {"count", "items"})
    assert measure.name.endswith("_yuan") == (measure.unit == "yuan")


def test_names_are_told_apart_and_rates_are_of_measures() -> None:
    measures = [measure.name for measure in all_measures()]
    rates = [rate.name for rate in all_rates()]
    assert len({*measures, *rates}) == len(measures) + len(rates)
    parts = {name for rate in all_rates() for name in (rate.numerator, rate.denominator)}
    assert parts <= set(measures)


def test_every_total_of_the_newest_form_is_in_the_panel() -> None:
    used = {
        name for measure in all_measures() for names in measure.cells.values() for name in names
    }
    subtotals = {"refused", "unavailable", "not_processed", "other"}
    for form, table, row, column in FIELDS:
        if form == "2021" and table == "requests" and column == "total" and row not in subtotals:
            assert (form, table, row, column) in used


# What is printed of the parts, and what the measure and its status then are.
SUMS = [
    ({}, 0, "reported"),
    ({GROUNDS[0]: "2", GROUNDS[7]: "3"}, 5, "reported"),
    ({GROUNDS[0]: "2", GROUNDS[7]: ""}, None, "blank"),
    ({GROUNDS[0]: "", GROUNDS[7]: "/"}, None, "placeholder"),
    ({GROUNDS[0]: "no cell", GROUNDS[7]: "/"}, None, "missing"),
    ({GROUNDS[0]: "no cell", GROUNDS[7]: "?"}, None, "unreadable"),
    # A printed subtotal neither enters the sum nor stands in for it.
    ({"refused": "9", GROUNDS[0]: "2"}, 2, "reported"),
    ({"refused": "9", GROUNDS[0]: ""}, None, "blank"),
]


@pytest.mark.parametrize(("printed", "value", "status"), SUMS)
def test_a_sum_is_null_where_a_part_is_and_says_why(
    engine: Engine, printed: dict[str, str], value: int | None, status: str
) -> None:
    given = cells("2021", "requests", dict.fromkeys(GROUNDS, "0") | printed)
    save(engine, report(observations=given))
    assert rows(engine, "SELECT refused, refused_status, refused_flagged FROM panel") == [
        (value, status, 0)
    ]


@pytest.mark.parametrize(
    ("printed", "value", "status"),
    [
        ("0", 0, "reported"),
        ("7", 7, "reported"),
        ("", None, "blank"),
        ("/", None, "placeholder"),
        ("?", None, "unreadable"),
        ("no cell", None, "missing"),
    ],
)
def test_blank_placeholder_unreadable_and_missing_stay_apart(
    engine: Engine, printed: str, value: int | None, status: str
) -> None:
    save(engine, report(observations=cells("2019", "requests", {"received": printed})))
    assert rows(
        engine,
        "SELECT received, received_status, carried_over_status, reconsiderations_status, "
        "other_fee_unpaid_status, requests_form, proceedings_form FROM panel",
    ) == [(value, status, "missing", "no_table", "not_in_form", "2019", None)]


def test_what_a_person_corrected_counts_and_is_named(engine: Engine) -> None:
    given = (
        observe("2021", "requests.received.total", "7", person=True),
        observe("2021", "requests.carried_over.total", "1", doubts=("fails Q-ROW",)),
    )
    save(engine, report(observations=given))
    assert rows(
        engine,
        "SELECT received_status, received_flagged, carried_over_status, carried_over_flagged, "
        "requests_to_handle, requests_to_handle_status, requests_to_handle_flagged FROM panel",
    ) == [("corrected", 0, "reported", 1, 8, "corrected", 1)]


def test_measures_of_2014_and_what_they_count_otherwise(engine: Engine) -> None:
    save(engine, OLD)
    assert rows(
        engine,
        "SELECT received, concluded, outcomes, granted, refused_third_party_rights, carried_over, "
        "carried_over_status, request_fees_yuan, request_fees_yuan_status, litigations_corrected, "
        "requests_form, proceedings_form, proactive_form, requests_differs, proactive_differs "
        "FROM panel",
    ) == [
        (
            *(20, 19, 16, 8, 3),
            *(None, "not_in_form", None, "blank", 0),
            *("2014", "2014", "2014"),
            "granted refused refused_prohibited_by_law refused_third_party_rights "
            "unavailable_not_held outcomes",
            "normative_documents_issued",
        )
    ]


def test_a_table_that_mixes_two_forms_gives_the_measures_of_both(engine: Engine) -> None:
    save(engine, NEW)
    assert rows(
        engine,
        "SELECT proactive_form, proactive_differs, regulations_issued, permits, "
        "normative_documents_issued, normative_documents_issued_status, "
        "normative_documents_in_force_status, administrative_fees_yuan, procurement_yuan_status "
        "FROM panel",
    ) == [
        (
            "2019+2021",
            "regulations_issued normative_documents_issued",
            *(1, 5, None, "placeholder", "missing", 75450000.5, "missing"),
        )
    ]


def test_of_two_tables_of_requests_the_later_edition_counts(engine: Engine) -> None:
    both = (
        *cells("2019", "requests", {"received": "3", "concluded": "3"}),
        *cells("2021", "requests", {"received": ""}),
    )
    save(engine, report(observations=both))
    assert rows(
        engine, "SELECT requests_form, received, received_status, concluded FROM panel"
    ) == [("2021", None, "blank", None)]


def test_counts_of_cells_checks_and_blanks_that_add_up(engine: Engine) -> None:
    save(engine, NEW)
    assert rows(
        engine,
        "SELECT cells, cells_flagged, cells_zero, cells_blank, cells_placeholder, "
        "cells_unreadable, cells_missing, checks_failed, requests_blank_as_zero, "
        "proceedings_blank_as_zero FROM panel",
    ) == [(22, 1, 8, 1, 1, 0, 0, 1, 1, None)]


RATES = (
    "SELECT outcomes, granted_share, granted_share_flagged, refused, refused_state_secret_share, "
    "unavailable_share, other_share, other_share_flagged, requests_to_handle, clearance, "
    "reconsiderations_decided, reconsiderations_reversal_rate, litigations_reversal_rate "
    "FROM rates ORDER BY year"
)


def test_rates_are_of_named_denominators_and_null_where_a_part_is(engine: Engine) -> None:
    save(engine, NEW)
    save(engine, OLD)
    assert rows(engine, RATES) == [
        (16, 0.5, 0, None, None, None, None, 0, None, None, None, None, None),
        (8, 0.375, 0, 2, 1.0, None, None, 1, 12, 8 / 12, 4, 0.25, None),
    ]


def test_nothing_is_divided_by_zero(engine: Engine) -> None:
    nothing = {"received": "0", "carried_over": "0", "concluded": "0", "granted": "0"}
    save(engine, report(observations=cells("2021", "requests", nothing)))
    assert rows(engine, "SELECT outcomes, granted_share, clearance FROM rates") == [(0, None, None)]


def test_coverage_counts_every_report_and_its_cells(engine: Engine) -> None:
    for given in EXAMPLES:
        save(engine, given)
    save(engine, replace(NEW, sha256="0" * 64, source="again.pdf"))
    assert rows(engine, "SELECT * FROM coverage ORDER BY year") == [
        (None, None, None, 1, 0, 0, 1, 0, 0, 0, None),
        (2016, "city", "33", 1, 1, 0, 0, 1, 8, 0, 0.0),
        (2023, "city", "33", 2, 2, 0, 0, 1, 44, 2, 2 / 44),
    ]


def test_a_quarantined_file_is_in_no_panel_until_it_is_read(engine: Engine) -> None:
    save(engine, BROKEN)
    assert rows(engine, "SELECT * FROM panel_rows") == []
    read = replace(NEW, sha256=BROKEN.sha256, source=BROKEN.source)
    assert save(engine, read, force=True) is Outcome.REPLACED
    assert rows(engine, "SELECT source, received FROM panel") == [("broken.pdf", 10)]
    assert save(engine, BROKEN, force=True) is Outcome.REPLACED
    assert rows(engine, "SELECT * FROM panel_rows") == []


def test_the_row_follows_what_is_understood_of_the_report(engine: Engine) -> None:
    save(engine, NEW)
    changed = replace(NEW, observations=cells("2021", "requests", {"received": "11"}))
    assert save(engine, changed) is Outcome.UNCHANGED
    assert rows(engine, "SELECT received FROM panel") == [(10,)]
    assert save(engine, changed, force=True) is Outcome.REPLACED
    assert rows(engine, "SELECT received, concluded_status FROM panel") == [(11, "missing")]


def test_superseded_reports_leave_and_come_back(engine: Engine) -> None:
    save(engine, NEW)
    newer = replace(NEW, sha256="1" * 64, year=2024)
    assert save(engine, newer) is Outcome.SUPERSEDED
    for view in ("panel", "rates", "coverage"):
        assert rows(engine, f"SELECT year FROM {view}") == [(2024,)]
    assert save(engine, NEW) is Outcome.SUPERSEDED
    assert rows(engine, "SELECT year, received FROM panel") == [(2023, 10)]


def test_the_migration_gives_rows_to_reports_that_are_there(engine: Engine) -> None:
    for given in EXAMPLES:
        save(engine, given)
    before = stored_rows(engine)
    assert len(before) == 2
    with writing(engine) as connection:
        migrate.downgrade(connection, "0005")
        migrate.upgrade(connection)
    assert stored_rows(engine) == before
    assert rows(engine, "SELECT received FROM panel ORDER BY year") == [(20,), (10,)]
    assert rows(engine, "SELECT count(*) > 1000 FROM codebook") == [(1,)]


def test_refilling_changes_nothing(engine: Engine) -> None:
    for given in EXAMPLES:
        save(engine, given)
    before = stored_rows(engine)
    with writing(engine) as connection:
        refill_panel_rows(connection)
    assert stored_rows(engine) == before


def stored_rows(engine: Engine) -> list[tuple[object, ...]]:
    with reading(engine) as connection:
        chosen = select(panel_rows).order_by(panel_rows.c.report_id)
        return [tuple(row) for row in connection.execute(chosen)]
