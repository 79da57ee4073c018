"""What arithmetic suggests for cells that are wrong, lost or shifted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from normalize.report import Status
from tests.catalogue_examples import outcome, sound, subject


def test_what_arithmetic_suggests_is_stored_beside_the_printed_value() -> None:
    found = outcome(subject(2023, {("granted", "business"): "77"}))
    cell = found.observations["requests", "granted", "business"]
    assert (cell.value, cell.suggestion) == (77, 4)
    assert (
        cell.suggested_by == "the only cell whose change makes Q-ROW granted, Q-OUT business hold"
    )
    assert [k for k, o in found.observations.items() if o.suggested_by] == [
        ("requests", "granted", "business")
    ]


def test_a_missing_cell_is_suggested_and_stays_missing() -> None:
    found = outcome(subject(2023, {("granted", "business"): None}))
    cell = found.observations["requests", "granted", "business"]
    assert (cell.value, cell.status, cell.suggestion) == (None, Status.MISSING, 4)
    assert cell.suggested_by == "demanded by Q-ROW granted, Q-OUT business"


def test_a_blank_that_must_be_a_number_is_suggested_and_stays_blank() -> None:
    found = outcome(subject(2023, {("reconsideration", "upheld"): ""}))
    cell = found.observations["proceedings", "reconsideration", "upheld"]
    assert (cell.status, cell.suggestion, cell.flagged) == (Status.BLANK, 3, True)


def test_where_several_cells_may_be_wrong_they_are_named_without_a_value() -> None:
    found = outcome(subject(2023, {("reconsideration", "upheld"): "4"}))
    named = {
        k[2]: (o.suggestion, o.suggested_by)
        for k, o in found.observations.items()
        if o.suggested_by
    }
    how = "one of 5 cells of which 1 may be wrong: a change of it makes P-SUM reconsideration hold"
    assert named == dict.fromkeys(("upheld", "corrected", "other", "pending", "total"), (None, how))


def test_figures_shifted_by_one_cell_are_put_back() -> None:
    """The last kind of organisation has none, and a lost blank shifts the others into its place."""
    order = [column for row, column in sound("requests", "2021") if row == "granted"]
    whole = {k: int(raw or 0) for k, raw in sound("requests", "2021").items()}
    last = whole["granted", "other_organization"]
    for row, column in (
        ("granted", "other_organization"),
        ("granted", "total"),
        ("concluded", "other_organization"),
        ("concluded", "total"),
        ("received", "other_organization"),
        ("received", "total"),
    ):
        whole[row, column] -= last
    right = [whole["granted", column] for column in order]
    shifted = [right[0], 0, *right[1:5], right[6]]
    printed = {k: str(v) for k, v in whole.items()}
    printed |= {("granted", c): str(v) for c, v in zip(order, shifted, strict=True)}
    found = outcome(subject(2023, printed))
    expected = [
        ("granted", c, r, s) for c, r, s in zip(order, right, shifted, strict=True) if r != s
    ]
    assert found.failed("Q-SHIFT") == expected


def test_a_row_of_the_annex_too_many_is_taken_out() -> None:
    figures = [raw or "0" for raw in sound("statistics", "2014").values()]
    printed = [*figures[:20], "8", *figures[20:-1]]
    names = list(sound("statistics", "2014"))
    found = outcome(subject(2016, dict(zip(names, printed, strict=True))))
    right = {row: Decimal(figure) for (row, _), figure in zip(names, figures, strict=True)}
    mended = {row: expected for row, _, expected, _ in found.failed("T-ORDER")}
    assert mended["received_letter"] == 3
    assert mended.items() <= right.items()


@pytest.mark.parametrize("figures", [14, 16])
def test_fifteen_figures_with_one_lost_or_too_many_are_aligned(figures: int) -> None:
    whole = [raw or "" for raw in sound("proceedings", "2021").values()]
    wrong = [*whole[:7], *whole[8:]] if figures == 14 else [*whole[:7], "99", *whole[7:]]
    raw = " | ".join(wrong)
    found = outcome(subject(2023, dict.fromkeys(sound("proceedings", "2021"), raw)))
    cells = {k[1:]: o.suggestion for k, o in found.observations.items() if k[0] == "proceedings"}
    right = {key: Decimal(text or "0") for key, text in sound("proceedings", "2021").items()}
    assert {
        key: value for key, value in cells.items() if value is not None
    }.items() <= right.items()
    assert sum(value is not None for value in cells.values()) >= 10
    assert all(c.passed is False for c in found.of("P-ORDER"))
