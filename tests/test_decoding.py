"""The identities as an error-correcting code: exhaustively, for both forms of the requests table."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from normalize.decoding.code import Code, names_of, values_to_defects
from normalize.decoding.erasures import fill
from normalize.decoding.explanations import explain
from normalize.rules import Key
from tests.decoding_examples import (
    code_of,
    sound_proceedings,
    sound_requests,
    sound_statistics,
)

FORMS = ["2019", "2021"]


def matrix(code: Code) -> np.ndarray:
    out = np.zeros((len(code.identities), len(code.cells)), dtype=np.int64)
    for at, key in enumerate(code.cells):
        for number, coefficient in code.columns[key]:
            out[number, at] = coefficient
    return out


@pytest.mark.parametrize(
    ("form", "identities", "cells", "rank"), [("2019", 37, 161, 35), ("2021", 39, 175, 37)]
)
def test_size_and_rank_are_those_of_the_catalogue(
    form: str, identities: int, cells: int, rank: int
) -> None:
    code = code_of("requests", form)
    assert (len(code.identities), len(code.cells)) == (identities, cells)
    assert np.linalg.matrix_rank(matrix(code)) == rank
    assert not values_to_defects(code, sound_requests(form))


@pytest.mark.parametrize("form", FORMS)
def test_no_three_cells_can_be_wrong_unnoticed_and_some_four_can(form: str) -> None:
    """The columns of any three cells are independent: the Gram determinants are all positive."""
    h = matrix(code_of("requests", form))
    gram = (h.T @ h).astype(np.int64)
    n = gram.shape[0]
    d = np.diag(gram)
    pairs = d[:, None] * d[None, :] - gram**2
    assert (pairs[~np.eye(n, dtype=bool)] > 0).all()
    for a in range(n):
        b, c = np.triu_indices(n - a - 1, 1)
        b, c = b + a + 1, c + a + 1
        determinant = (
            d[a] * pairs[b, c]
            - gram[a, b] * (gram[a, b] * d[c] - gram[b, c] * gram[a, c])
            + gram[a, c] * (gram[a, b] * gram[b, c] - d[b] * gram[a, c])
        )
        assert (determinant > 0).all()
    code = code_of("requests", form)
    rectangle = sound_requests(form)
    for row, sign in (("granted", 1), ("partially_granted", -1)):
        rectangle[row, "business"] += sign
        rectangle[row, "research"] -= sign
    assert not values_to_defects(code, rectangle)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("change", [1, -1, 90])
def test_every_single_error_is_located_and_its_value_computed(form: str, change: int) -> None:
    code, sound = code_of("requests", form), sound_requests(form)
    for key, right in sound.items():
        values = {**sound, key: right + change}
        found = explain(code, values, values_to_defects(code, values))
        assert [e.values for e in found] == [((key, right),)], key


@pytest.mark.parametrize("form", FORMS)
def test_two_wrong_cells_are_among_those_that_can_be_involved(form: str) -> None:
    code, sound = code_of("requests", form), sound_requests(form)
    pairs = list(combinations(sound, 2))
    for one, other in random.Random(form).sample(pairs, 400):
        values = {**sound, one: sound[one] + 3, other: sound[other] + 50}
        found = explain(code, values, values_to_defects(code, values))
        assert found, (one, other)
        assert min(len(e.cells) for e in found) == 2
        assert ((one, sound[one]), (other, sound[other])) in [e.values for e in found]


@pytest.mark.parametrize("form", FORMS)
def test_three_wrong_cells_are_noticed_and_never_called_one_unless_they_look_it(form: str) -> None:
    code, sound = code_of("requests", form), sound_requests(form)
    for number in range(150):
        cells = random.Random(number).sample(list(sound), 3)
        values = {
            **sound,
            **{key: sound[key] + by for key, by in zip(cells, (2, 31, 407), strict=True)},
        }
        found = explain(code, values, values_to_defects(code, values))
        assert tuple((k, sound[k]) for k in code.cells if k in cells) in [e.values for e in found]


@pytest.mark.parametrize("form", FORMS)
def test_three_unread_cells_are_always_recovered(form: str) -> None:
    code, sound = code_of("requests", form), sound_requests(form)
    triples = [random.Random(number).sample(list(sound), 3) for number in range(400)]
    for lost in [*([key] for key in sound), *triples]:
        values = {key: value for key, value in sound.items() if key not in lost}
        filled = fill(code, values, lost)
        assert (filled.values, filled.undetermined) == ({k: sound[k] for k in lost}, ())


@pytest.mark.parametrize("form", FORMS)
def test_any_row_or_column_can_be_lost(form: str) -> None:
    code, sound = code_of("requests", form), sound_requests(form)
    rows = dict.fromkeys(row for row, _ in sound)
    columns = dict.fromkeys(column for _, column in sound)
    groups = [[k for k in sound if k[0] == row] for row in rows]
    groups += [[k for k in sound if k[1] == column] for column in columns]
    for lost in groups:
        values = {key: value for key, value in sound.items() if key not in lost}
        assert fill(code, values, lost).values == {k: sound[k] for k in lost}


@pytest.mark.parametrize("form", FORMS)
def test_two_lost_rows_are_not_recovered_and_that_is_said(form: str) -> None:
    code, sound = code_of("requests", form), sound_requests(form)
    lost = [key for key in sound if key[0] in ("granted", "partially_granted")]
    values = {key: value for key, value in sound.items() if key not in lost}
    filled = fill(code, values, lost)
    assert (filled.values, filled.undetermined) == ({}, tuple(lost))


def test_one_wrong_cell_beside_an_unread_one_is_found() -> None:
    code, sound = code_of("requests", "2021"), sound_requests("2021")
    lost, wrong = ("granted", "business"), ("concluded", "total")
    values = {key: value for key, value in sound.items() if key != lost}
    values[wrong] += 7
    filled = fill(code, values, [lost])
    assert filled.values == {lost: sound[lost]}
    assert filled.wrong == (wrong, sound[wrong])


def test_an_unread_cell_is_solved_though_another_identity_is_broken_elsewhere() -> None:
    code, sound = code_of("proceedings", "2021"), sound_proceedings()
    lost = ("reconsideration", "other")
    values = {key: value for key, value in sound.items() if key != lost}
    values["litigation_direct", "upheld"] += 1
    values["litigation_after_reconsideration", "upheld"] += 1
    filled = fill(code, values, [lost])
    assert (filled.values, filled.consistent) == ({lost: sound[lost]}, False)


def test_a_weaker_code_gives_every_explanation_of_one_error() -> None:
    code, sound = code_of("proceedings", "2021"), sound_proceedings()
    values = {**sound, ("reconsideration", "upheld"): Fraction(4)}
    defects = values_to_defects(code, values)
    assert names_of(code, defects) == "P-SUM reconsideration"
    found = explain(code, values, defects)
    assert [(e.cells[0][1], int(e.values[0][1])) for e in found] == [
        ("upheld", 3),
        ("corrected", 1),
        ("other", 0),
        ("pending", 3),
        ("total", 11),
    ]


@pytest.mark.parametrize(
    ("row", "others"),
    [
        ("answered_refused", []),
        ("staff", ["staff_full_time", "staff_part_time"]),
        ("requests_concluded", ["concluded_on_time", "concluded_extended"]),
    ],
)
def test_the_annex_of_2014(row: str, others: list[str]) -> None:
    code, sound = code_of("statistics", "2014"), sound_statistics()
    values = {key: sound[key] for key in code.cells}
    assert not values_to_defects(code, values)
    values[row, "value"] += 1
    found = explain(code, values, values_to_defects(code, values))
    assert sorted(cell[0] for e in found for cell in e.cells) == sorted([row, *others])


def test_impossible_repairs_are_none() -> None:
    """Three too little in a total of nought cannot be a cell below nought."""
    code = code_of("proceedings", "2021")
    values: dict[Key, Fraction] = dict.fromkeys(code.cells, Fraction(0))
    values["reconsideration", "upheld"] = Fraction(1)
    found = explain(code, values, values_to_defects(code, values))
    assert [e.values for e in found] == [
        ((("reconsideration", "upheld"), Fraction(0)),),
        ((("reconsideration", "total"), Fraction(1)),),
    ]
