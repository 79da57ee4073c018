"""What is looked at first: the order of cells within a report, and of reports."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from normalize.report import Check, Observation, Report, Status, Verdict
from normalize.review import (
    OtherReading,
    Reason,
    observation_to_other_readings,
    observation_to_state,
    report_to_doubtful,
)
from store.corrections import record_correction
from store.database import open_database
from store.ledger import Kind
from store.load import load_report
from store.review_queue import Wish, reports_in_doubt
from tests.review_reports import BROKEN_SUMS, PRINTED, copy_database


def _cell(row: str, column: str = "total", *doubts: str, **more: object) -> Observation:
    plain = Observation("2021", "requests", row, column, Decimal(1), "count", Status.REPORTED, "1")
    return replace(plain, doubts=doubts, **more)  # type: ignore[arg-type]


def _report(*cells: Observation, checks: tuple[Check, ...] = ()) -> Report:
    about = ("a", "0" * 64, "text/plain", "text", None, Verdict.NEEDS_REVIEW)
    return Report(*about, observations=cells, checks=checks)


def _failing(check: str, row: str, column: str, kind: str = "H") -> Check:
    return Check(check, "2021", "requests", row, column, Decimal(2), Decimal(1), False, kind=kind)


def _order(report: Report, check: str = "") -> list[tuple[str, str, Reason, int]]:
    return [(d.place[2], d.place[3], d.reason, d.shared) for d in report_to_doubtful(report, check)]


def test_cells_in_the_order_of_what_their_decision_clears() -> None:
    report = _report(
        _cell("granted", "total", "column heads not found"),
        _cell("received", "business", "fails Q-ROW"),
        _cell("concluded", "total", "fails Q-OUT", suggested_by="one of 2 cells of which 1 may be"),
        _cell("carried_over", "total", "pdfplumber reads '8'"),
        _cell("carried_forward", "total", "fails Q-BAL", suggestion=Decimal(5), suggested_by="x"),
        _cell("received", "total"),
    )
    assert _order(report) == [
        ("carried_forward", "total", Reason.LOCATED, 0),
        ("carried_over", "total", Reason.DIFFERENT, 0),
        ("concluded", "total", Reason.SUSPECTED, 0),
        ("received", "business", Reason.BROKEN, 0),
        ("granted", "total", Reason.SINGLE, 0),
    ]


@pytest.mark.parametrize(
    ("doubt", "reason"),
    [
        ("recognised as '8', taken for '3' because the sums demand it", Reason.DIFFERENT),
        ("recognised as '8' or '3': the sums leave open which", Reason.DIFFERENT),
        ("recognised without certainty", Reason.SINGLE),
        ("camelot reads ''", Reason.DIFFERENT),
        ("fails N-OUT", Reason.BROKEN),
        ("blank where a sentence gives a number", Reason.SINGLE),
    ],
)
def test_reasons(doubt: str, reason: Reason) -> None:
    assert [d.reason for d in report_to_doubtful(_report(_cell("granted", "total", doubt)))] == [
        reason
    ]


@pytest.mark.parametrize(
    ("doubt", "reader", "said"),
    [
        ("pdfplumber reads '8'", "pdfplumber", "8"),
        ("camelot reads ''", "camelot", ""),
        ("recognised as '8', taken for '3' because the sums demand it", "", "8"),
        ("recognised as '8' or '3': the sums leave open which", "", "'8' or '3'"),
    ],
)
def test_other_readings(doubt: str, reader: str, said: str) -> None:
    found = observation_to_other_readings(_cell("granted", "total", "fails Q-ROW", doubt))
    assert found == (OtherReading(reader, said),)


def test_of_broken_sums_the_cell_that_stands_in_most_comes_first() -> None:
    row = [_cell("received", c, "fails Q-ROW") for c in ("natural_person", "business", "total")]
    balance = [_cell(r, "total", "fails Q-BAL") for r in ("carried_over", "concluded")]
    checks = (_failing("Q-ROW", "received", "total"), _failing("Q-BAL", "concluded", "total"))
    found = {(r, c): shared for r, c, _, shared in _order(_report(*row, *balance, checks=checks))}
    assert found == {
        ("received", "total"): 4,
        ("received", "natural_person"): 2,
        ("received", "business"): 2,
        ("carried_over", "total"): 2,
        ("concluded", "total"): 2,
    }
    [first, *_] = _order(_report(*row, *balance, checks=checks))
    assert first[:2] == ("received", "total")


def test_checks_that_hold_or_only_remark_share_nothing() -> None:
    cells = [_cell("received", c, "fails Q-ROW") for c in ("business", "total")]
    holds = replace(_failing("Q-ROW", "received", "total"), passed=True, blank_as_zero=True)
    remark = _failing("Q-ROW", "received", "total", kind="I")
    assert [shared for *_, shared in _order(_report(*cells, checks=(holds, remark)))] == [0, 0]
    blanks = replace(holds, passed=None, blank_as_zero=False)
    assert [shared for *_, shared in _order(_report(*cells, checks=(blanks,)))] == [1, 1]


def test_cells_of_one_check() -> None:
    report = _report(
        _cell("granted", "total", "fails Q-OUT", "fails Q-ROW"),
        _cell("received", "total", "fails Q-ROW2"),
        _cell("concluded", "total", "column heads not found"),
    )
    assert [row for row, *_ in _order(report, "Q-ROW")] == ["granted"]
    assert _order(report, "Q") == []


def test_a_state_says_what_was_read_and_what_was_shown() -> None:
    plain = _cell("granted")
    state = observation_to_state(plain)
    assert observation_to_state(replace(plain, value=Decimal("1.0"))) == state
    decided = replace(
        plain,
        value=Decimal(7),
        status=Status.CORRECTED,
        original_value=Decimal(1),
        original_status=Status.REPORTED,
    )
    assert observation_to_state(decided).read == state.read
    assert observation_to_state(decided).shown != state.shown
    assert observation_to_state(replace(plain, raw="I")).read != state.read
    blank = replace(plain, value=None, raw=None, status=Status.BLANK)
    assert observation_to_state(blank).read != observation_to_state(replace(blank, raw="")).read
    assert observation_to_state(replace(plain, suggestion=Decimal(2))).shown != state.shown


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(copy_database(tmp_path))
    yield engine
    engine.dispose()


def _sources(engine: Engine, wish: Wish) -> list[tuple[str, int]]:
    return [
        (load_report(engine, found.report_id).source.partition("/")[0], found.cells)
        for found in reports_in_doubt(engine, wish)
    ]


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(), [(BROKEN_SUMS, 33), (PRINTED, 5)]),
        (Wish(year=2021), [(PRINTED, 5)]),
        (Wish(year=1999), []),
        (Wish(agency="栖霞岭"), [(BROKEN_SUMS, 33)]),
        (Wish(agency="%"), []),
        (Wish(agency="' OR 1=1 --"), []),
        (Wish(check="P-SUM"), [(BROKEN_SUMS, 5), (PRINTED, 5)]),
        (Wish(check="Q-OUT"), [(BROKEN_SUMS, 22)]),
        (Wish(check="Q-OU_"), []),
        (Wish(check="P-SUM", year=2021), [(PRINTED, 5)]),
        (Wish(report="nothing"), []),
    ],
)
def test_reports_in_doubt(engine: Engine, wish: Wish, expected: list[tuple[str, int]]) -> None:
    assert _sources(engine, wish) == expected
    counted = [
        len(report_to_doubtful(load_report(engine, found.report_id), wish.check))
        for found in reports_in_doubt(engine, wish)
    ]
    assert counted == [cells for _, cells in expected]


DOUBTS = [
    ("pdfplumber reads '8'", Reason.DIFFERENT),
    ("column heads not found\ncamelot reads ''", Reason.DIFFERENT),
    ("recognised as '8' or '3': the sums leave open which", Reason.DIFFERENT),
    ("recognised as blank or as a number", Reason.DIFFERENT),
    ("hardly recognised", Reason.SINGLE),
    ("column heads not found\nfails Q-ROW", Reason.BROKEN),
    ("column heads not found", Reason.SINGLE),
]


@pytest.mark.parametrize(("doubts", "reason"), DOUBTS)
def test_the_statement_sees_the_reasons_that_the_cells_show(
    engine: Engine, doubts: str, reason: Reason
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM suggestion_rows")
        connection.exec_driver_sql(
            "UPDATE observation_rows SET doubts = ? WHERE flagged", (doubts,)
        )
    for found in reports_in_doubt(engine):
        cells = report_to_doubtful(load_report(engine, found.report_id))
        assert {cell.reason for cell in cells} == {reason} == {Reason(found.reason)}


def test_a_decision_takes_what_it_clears_out_of_the_queue(engine: Engine) -> None:
    found = reports_in_doubt(engine)[0]
    first = report_to_doubtful(load_report(engine, found.report_id))[0]
    assert (first.reason, first.shared) == (Reason.LOCATED, 27)
    record_correction(engine, found.report_id, first.place, Kind.SUGGESTION, who="李", why="p.3")
    assert _sources(engine, Wish()) == [(BROKEN_SUMS, 5), (PRINTED, 5)]


def test_the_index_of_flagged_cells_is_used(engine: Engine) -> None:
    from sqlalchemy import event

    seen: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(_: object, __: object, statement: str, *rest: object) -> None:
        seen.append(statement)

    reports_in_doubt(engine)
    [statement] = [s for s in seen if "observation_rows" in s]
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
    assert any("ix_observation_rows_flagged" in str(row) for row in plan), plan
