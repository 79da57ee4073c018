"""Decisions of people applied to reports as they were read."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from normalize.recheck import Decision, recheck
from normalize.report import Observation, Report, Status
from pipeline.plan import Task
from pipeline.work import task_to_report

FIXTURES = Path(__file__).parents[1] / "fixtures" / "reports"
NAMES = (
    "county2022-rows-broken-sums",
    "water2022-tabs-sentence-against-table",
    "water2023-pdf-strokes",
)


@cache
def read(name: str) -> Report:
    [file] = (FIXTURES / name).glob("source.*")
    return task_to_report(Task(file, name), None)


def decide(o: Observation, value: Decimal | None, confirms: bool = False) -> Decision:
    return Decision(o.form, o.table, o.row, o.column, value, confirms, o.status, o.raw)


def cell(report: Report, table: str, row: str, column: str) -> Observation:
    return next(
        o for o in report.observations if (o.table, o.row, o.column) == (table, row, column)
    )


@pytest.mark.parametrize("name", NAMES)
def test_to_confirm_a_sound_cell_changes_nothing(name: str) -> None:
    report = read(name)
    sound = {o.table: o for o in report.observations if not o.flagged and o.value is not None}
    for o in sound.values():
        found = recheck(report, [decide(o, o.value, confirms=True)])
        assert found.observations == report.observations
        assert found.checks == report.checks
        assert (found.verdict, set(found.reasons)) == (report.verdict, set(report.reasons))


def test_nothing_decided_changes_nothing() -> None:
    report = read(NAMES[0])
    assert recheck(report, []) is report


def test_a_wrong_correction_is_found_by_the_sums_and_a_right_one_mends_them() -> None:
    report = read("water2023-pdf-strokes")
    right = cell(report, "requests", "received", "natural_person")
    wrong = recheck(report, [decide(right, (right.value or Decimal(0)) + 9)])
    corrected = cell(wrong, "requests", "received", "natural_person")
    assert corrected.status is Status.CORRECTED
    assert corrected.doubts[:2] == ("fails Q-ROW", "fails Q-BAL")
    assert cell(wrong, "requests", "received", "total").flagged
    assert wrong.reasons[0].startswith("2 hard checks broken: Q-ROW requests.received")
    mended = recheck(report, [decide(right, right.value)])
    assert not cell(mended, "requests", "received", "natural_person").flagged
    assert mended.verdict is report.verdict


def test_a_sentence_that_contradicted_the_table_agrees_with_its_correction() -> None:
    report = read("water2022-tabs-sentence-against-table")
    [check] = [c for c in report.checks if c.check == "N-RECV"]
    assert check.passed is False and check.expected is not None
    total = cell(report, "requests", "received", "total")
    found = recheck(report, [decide(total, check.expected)])
    [again] = [c for c in found.checks if c.check == "N-RECV"]
    assert again.passed is True


def test_two_decisions_do_not_depend_on_their_order() -> None:
    report = read("water2023-pdf-strokes")
    cells = [cell(report, "requests", row, "total") for row in ("received", "granted")]
    decisions = [decide(o, Decimal(3)) for o in cells]
    assert recheck(report, decisions) == recheck(report, decisions[::-1])


def test_a_confirmed_cell_read_otherwise_keeps_what_was_confirmed_and_says_so() -> None:
    report = read("water2023-pdf-strokes")
    o = cell(report, "requests", "granted", "total")
    then = replace(decide(o, Decimal(77), confirms=True), raw="77")
    found = cell(recheck(report, [then]), "requests", "granted", "total")
    assert (found.value, found.status) == (Decimal(77), Status.CORRECTED)
    assert found.doubts == (f"decided when '77' was read here, now '{o.raw}' is",)
