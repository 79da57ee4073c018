"""Where the fault of a broken identity lies: in the source, in the reading, or unknown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from normalize.blame import with_blame
from normalize.checks import verify
from normalize.report import Observation, Status
from normalize.rules import Key
from normalize.tables import HIDDEN_TEXT, TableReading
from tests.decoding_examples import edition, sound_proceedings, sound_requests

CELL = ("granted", "natural_person")


def reading(
    reader: str, changed: dict[Key, str], table: str = "requests", doubts: tuple[str, ...] = ()
) -> TableReading:
    """The sound table as a reader that misreads some cells has it; '' is a cell it did not find."""
    sound = sound_requests("2021") if table == "requests" else sound_proceedings()
    observations = []
    for (row, column), value in sound.items():
        raw = changed.get((row, column), str(value))
        number, status = (Decimal(raw), Status.REPORTED) if raw else (None, Status.MISSING)
        found = Observation(
            "2021",
            table,
            row,
            column,
            number,
            "count",
            status,
            raw or None,
            1,
            None,
            reader,
            doubts,
        )
        observations.append(found)
    verified = verify(edition(table, "2021"), observations)
    return TableReading(table, reader, verified.observations, verified.checks, ())


def blames(table: TableReading) -> dict[str, str | None]:
    return {
        f"{c.check} {c.row}.{c.column}": c.blame for c in table.checks if c.blame or c.is_broken
    }


def cell(table: TableReading, key: Key = CELL) -> Observation:
    return next(o for o in table.observations if (o.row, o.column) == key)


BROKEN = ("Q-ROW granted.total", "Q-OUT concluded.natural_person")


def test_two_readers_that_agree_blame_the_source_and_change_nothing() -> None:
    wrong = {CELL: "77"}
    judged = with_blame(reading("pdfium", wrong), [reading("pdfplumber", wrong)])
    assert blames(judged) == dict.fromkeys(BROKEN, "source")
    assert cell(judged).value == 77


@pytest.mark.parametrize("table", ["requests", "proceedings"])
def test_a_corrupted_reader_is_put_right_by_the_other(table: str) -> None:
    key = CELL if table == "requests" else ("litigation_direct", "upheld")
    right = cell(reading("pdfplumber", {}, table), key).value
    judged = with_blame(reading("pdfium", {key: "77"}, table), [reading("pdfplumber", {}, table)])
    assert set(blames(judged).values()) == {"extraction"}
    assert not any(check.is_broken for check in judged.checks)
    found = cell(judged, key)
    assert (found.value, found.reader, found.doubts) == (
        right,
        "pdfplumber",
        ("pdfium reads '77'",),
    )
    assert [o for o in judged.observations if o.flagged] == [found]


def test_a_reading_that_holds_is_kept_and_the_other_blamed() -> None:
    judged = with_blame(reading("pdfium", {}), [reading("pdfplumber", {CELL: "77"})])
    assert blames(judged) == dict.fromkeys(BROKEN, "extraction")
    assert not any(o.flagged for o in judged.observations)


def test_a_cell_that_was_not_found_is_taken_from_the_reader_that_found_it() -> None:
    judged = with_blame(reading("pdfium", {CELL: ""}), [reading("pdfplumber", {})])
    assert cell(judged).value == sound_requests("2021")[CELL]
    assert cell(judged).doubts == ("pdfium reads 'missing'",)


@pytest.mark.parametrize(
    ("second", "why"),
    [
        pytest.param([], "there is no second reader", id="none"),
        pytest.param([reading("pdfium", {CELL: "77"})], "it is the same reader", id="same"),
        pytest.param([reading("pdfplumber", {CELL: "78"})], "both are broken", id="both broken"),
        pytest.param(
            [reading("pdfplumber", {}, doubts=(HIDDEN_TEXT,))],
            "its text may not be seen",
            id="hidden",
        ),
        pytest.param(
            [reading("pdfplumber", {CELL: ""})],
            "an operand is missing",
            id="missing",
        ),
    ],
)
def test_without_proof_the_fault_is_unknown(second: list[TableReading], why: str) -> None:
    judged = with_blame(reading("pdfium", {CELL: "77"}), second)
    broken = {c.check: c.blame for c in judged.checks if c.is_broken}
    assert broken.get("Q-ROW") == "unknown", why
    assert cell(judged).value == 77


def test_each_reader_errs_elsewhere_and_both_are_put_right() -> None:
    other = ("received", "total")
    judged = with_blame(reading("pdfium", {CELL: "77"}), [reading("pdfplumber", {other: "1"})])
    assert not any(check.is_broken for check in judged.checks)
    assert {o.value == sound_requests("2021")[o.row, o.column] for o in judged.observations} == {
        True
    }
