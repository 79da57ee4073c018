"""Errors of reading planted at every place of both forms: what is stored of them in the end."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from itertools import combinations

import pytest

from normalize.catalogue.tables import assess_table
from normalize.checks import verify
from normalize.report import Check, Observation, Status
from normalize.rules import Key
from tests.decoding_examples import ORGANISATIONS, edition, sound_requests

FORMS = ["2019", "2021"]
TABLES = ["every cell filled", "nearly all zero"]
# The other table, where no cell is nought, is tried at every place in test_decoding.py.
EVERY = {TABLES[0]: 5, TABLES[1]: 1}


@cache
def sound(form: str, table: str) -> Mapping[Key, int]:
    """A table in which all identities hold; of small agencies most cells are nought."""
    whole = {key: int(value) for key, value in sound_requests(form).items()}
    if table == TABLES[0]:
        return whole
    sparse = dict.fromkeys(whole, 0)
    figures = {"received": 4, "carried_over": 1, "concluded": 5, "granted": 3}
    for column, share in (("natural_person", figures), ("total", figures)):
        sparse |= {(row, column): figure for row, figure in share.items()}
        sparse["unavailable_not_held", column] = 2
    return sparse


def assessed(
    form: str, values: Mapping[Key, int | None]
) -> tuple[dict[Key, Observation], tuple[Check, ...]]:
    """The cells with doubts and suggestions, and the hard checks; None is a cell that is no number."""
    table = edition("requests", form)
    printed = [
        Observation(
            form,
            "requests",
            *key,
            None if value is None else Decimal(value),
            "count",
            Status.UNREADABLE if value is None else Status.REPORTED,
            "?" if value is None else str(value),
        )
        for key, value in values.items()
    ]
    verified = verify(table, printed)
    found = assess_table(table, verified.observations, verified.checks, "county")
    return {(o.row, o.column): o for o in found.observations}, verified.checks


def suggestions(cells: Mapping[Key, Observation]) -> dict[Key, int]:
    return {key: int(o.suggestion) for key, o in cells.items() if o.suggestion is not None}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("form", FORMS)
def test_no_check_fails_on_a_sound_table(form: str, table: str) -> None:
    cells, checks = assessed(form, sound(form, table))
    assert checks and all(check.passed for check in checks)
    assert not any(o.flagged or o.suggested_by for o in cells.values())


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("form", FORMS)
def test_every_cell_read_wrong_is_flagged_with_its_right_value(form: str, table: str) -> None:
    right = sound(form, table)
    for key, value in list(right.items())[:: EVERY[table]]:
        cells, _ = assessed(form, {**right, key: value * 10 + 7})
        assert suggestions(cells) == {key: value}, key
        assert cells[key].flagged, key


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("form", FORMS)
def test_every_cell_that_is_no_number_is_given_its_right_value(form: str, table: str) -> None:
    right = sound(form, table)
    for key, value in list(right.items())[:: EVERY[table]]:
        cells, _ = assessed(form, {**right, key: None})
        assert suggestions(cells) == {key: value}, key
        assert cells[key].value is None


@pytest.mark.parametrize("size", [2, 3])
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("form", FORMS)
def test_two_and_three_wrong_cells_break_a_check_and_none_goes_unflagged(
    form: str, table: str, size: int
) -> None:
    """Chosen at random, and in the worst places: in one row or one column, by as much up as down."""
    right = sound(form, table)
    draw = random.Random(f"{form} {table} {size}")
    together = [cells for line in _lines(form) for cells in combinations(line, size)]
    chosen = [tuple(draw.sample(list(right), size)) for _ in range(15)]
    for planted in (*chosen, *draw.sample(together, 15)):
        changes = (6, -6) if size == 2 else (6, 6, -12)
        wrong = {key: right[key] + by for key, by in zip(planted, changes, strict=True)}
        cells, checks = assessed(form, {**right, **wrong})
        assert any(check.is_broken for check in checks), planted
        assert all(cells[key].flagged for key in planted), planted


def _lines(form: str) -> list[list[Key]]:
    """The cells of each row and of each column."""
    keys = list(sound(form, TABLES[0]))
    columns = ("natural_person", *ORGANISATIONS, "total")
    by_row = [[key for key in keys if key[0] == row] for row in dict.fromkeys(r for r, _ in keys)]
    return [*by_row, *([key for key in keys if key[1] == column] for column in columns)]
