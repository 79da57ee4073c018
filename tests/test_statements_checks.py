"""Sentences against the tables of the same report, and against each other."""

from decimal import Decimal

import pytest

from normalize.report import Check, Observation, Section, Statement, Status
from normalize.statements import (
    compare_statements,
    doubt_contradicted,
    growth_to_checks,
    sections_to_statements,
    statements_to_checks,
)

YEAR = 2022
TABLE = {
    "requests.received.total": 12,
    "requests.received.natural_person": 9,
    "requests.carried_over.total": 2,
    "requests.granted.total": 6,
    "requests.unavailable_not_held.total": 3,
    "requests.unavailable_requires_creation.total": 1,
    "requests.unavailable_unclear_request.total": 0,
    "requests.concluded.total": 13,
    "requests.carried_forward.total": 1,
    "proceedings.reconsideration.total": 2,
    "proceedings.litigation_direct.total": 1,
    "proceedings.litigation_after_reconsideration.total": 2,
}


def observe(name: str, value: int | None, status: Status = Status.REPORTED) -> Observation:
    table, row, column = name.split(".")
    printed = None if value is None else Decimal(value)
    return Observation("2021", table, row, column, printed, "count", status)


CELLS = tuple(observe(name, value) for name, value in TABLE.items())


def read(text: str) -> tuple[Statement, ...]:
    return sections_to_statements([Section("overview", "", text)], YEAR, "青河县水务局")


def checks(text: str, cells: tuple[Observation, ...] = CELLS) -> tuple[Check, ...]:
    return statements_to_checks(read(text), cells, YEAR)


RESULTS = [
    ("收到申请12件。", "N-RECV", True),
    ("收到申请11件。", "N-RECV", False),
    ("收到申请14件。", "N-RECV", None),
    ("收到申请14件（含上年结转2件）。", "N-RECV", True),
    ("上年结转申请2件。", "N-OVER", True),
    ("上年结转申请3件。", "N-OVER", False),
    ("办结申请13件。", "N-DONE", True),
    ("办结申请12件。", "N-DONE", False),
    ("收到申请12件，答复11件。", "N-DONE", None),
    ("收到申请12件，予以公开6件。", "N-OUT", True),
    ("收到申请12件，无法提供5件。", "N-OUT", False),
    ("收到申请12件，结转下年度1件。", "N-FWD", True),
    ("收到申请12件，其中自然人9件。", "N-WHO", True),
    ("收到申请12件，其中法人4件。", "N-WHO", False),
    ("行政复议2件。", "N-REC", True),
    ("行政诉讼3件。", "N-LIT", True),
    ("行政诉讼2件。", "N-LIT", False),
    ("未发生行政诉讼。", "N-NONE", False),
    ("收到申请12件，均已办结。", "N-NONE", False),
]


@pytest.mark.parametrize(("text", "name", "passed"), RESULTS)
def test_a_sentence_is_held_against_the_table(text: str, name: str, passed: bool | None) -> None:
    found = [c for c in checks(text) if c.check == name]
    assert [(c.passed, c.kind) for c in found] == [(passed, "S")]


def test_a_check_says_what_was_stated_and_what_is_printed() -> None:
    (check,) = checks("收到申请11件。")
    assert (check.table, check.row, check.column, check.form) == (
        "requests",
        "received",
        "total",
        "2021",
    )
    assert (check.expected, check.actual) == (Decimal(11), Decimal(12))


NOT_COMPARED = [
    "收到申请近20件。",
    "全县收到申请300件。",
    "2021年收到申请9件，2022年收到申请12件。",
    "其中县公安局收到申请20件。",
    "自2008年以来累计收到申请300件。",
    "上半年收到申请5件。",
    "全年办理政府信息公开申请14件。",
]


@pytest.mark.parametrize("text", NOT_COMPARED)
def test_only_exact_own_figures_of_the_year_are_compared(text: str) -> None:
    assert [c for c in checks(text) if c.passed is False] == []


def test_the_cells_of_a_contradicted_sum_are_in_doubt() -> None:
    compared = compare_statements(read("收到申请12件，无法提供5件。"), CELLS, YEAR)
    doubted = [o.row for o in doubt_contradicted(CELLS, compared) if o.doubts == ("fails N-OUT",)]
    assert doubted == [
        "unavailable_not_held",
        "unavailable_requires_creation",
        "unavailable_unclear_request",
    ]


def test_a_sentence_that_agrees_outweighs_one_that_does_not() -> None:
    found = checks("2022年共收到申请12件。全年收到申请11件。")
    assert [(c.check, c.passed) for c in found] == [("N-RECV", True), ("N-SELF", False)]


def test_a_blank_cell_is_no_zero() -> None:
    cells = (observe("requests.received.total", None, Status.BLANK),)
    (none,) = checks("未收到政府信息公开申请。", cells)
    assert (none.passed, none.blank_as_zero) == (None, True)
    compared = compare_statements(read("收到申请12件。"), cells, YEAR)
    assert (compared.checks[0].passed, compared.checks[0].blank_as_zero) == (None, False)
    assert doubt_contradicted(cells, compared)[0].doubts == (
        "blank where a sentence gives a number",
    )


@pytest.mark.parametrize("status", [Status.MISSING, Status.UNREADABLE])
def test_a_cell_that_was_not_read_decides_nothing(status: Status) -> None:
    cells = (observe("requests.received.total", None, status),)
    (check,) = checks("收到申请12件。", cells)
    assert (check.passed, check.blank_as_zero) == (None, None)


def test_without_a_table_there_is_nothing_to_compare() -> None:
    assert checks("收到申请12件。", ()) == ()


BETWEEN = [
    ("收到申请40件，其中网络30件、信函10件。", "N-WAY", True, "I"),
    ("收到申请40件，其中网络30件、信函11件。", "N-WAY", False, "I"),
    ("收到申请40件，其中网络30件、信函9件。", "N-WAY", None, "I"),
    ("收到申请40件，其中自然人30件、法人10件。", "N-PARTS", True, "S"),
    ("收到申请40件，其中自然人30件、法人9件。", "N-PARTS", False, "S"),
    ("行政复议3件，其中维持2件、纠正2件。", "N-PARTS", False, "S"),
    ("收到申请5件，均已办结。结转下年度办理1件。", "N-SELF", False, "S"),
    ("2021年收到申请5件。", "N-YEAR", False, "X"),
]


@pytest.mark.parametrize(("text", "name", "passed", "kind"), BETWEEN)
def test_sentences_are_held_against_each_other(
    text: str, name: str, passed: bool | None, kind: str
) -> None:
    found = [c for c in checks(text, ()) if c.check == name]
    assert [(c.passed, c.kind) for c in found] == [(passed, kind)]


SHARES = [("75%", True), ("75.0%", True), ("74.9%", False), ("80%", False)]


@pytest.mark.parametrize(("share", "passed"), SHARES)
def test_a_share_is_the_quotient_of_cells(share: str, passed: bool) -> None:
    found = checks(f"收到申请12件，其中自然人9件，占{share}。")
    assert [c.passed for c in found if c.check == "N-SHARE"] == [passed]


GROWTH = [
    ("收到申请12件，较上年增加2件。", True),
    ("收到申请12件，较上年增加3件。", False),
    ("收到申请12件，同比增长20%。", True),
    ("收到申请12件，同比增长19.9%。", False),
    ("收到申请12件，是上年的1.2倍。", True),
]


@pytest.mark.parametrize(("text", "passed"), GROWTH)
def test_growth_is_held_against_last_years_table(text: str, passed: bool) -> None:
    last_year = (observe("requests.received.total", 10),)
    found = growth_to_checks(read(text), CELLS, last_year)
    assert [(c.check, c.passed) for c in found] == [("N-GROW", passed)]


def test_growth_from_nothing_has_no_percentage() -> None:
    last_year = (observe("requests.received.total", 0),)
    assert growth_to_checks(read("收到申请12件，同比增长100%。"), CELLS, last_year) == ()
