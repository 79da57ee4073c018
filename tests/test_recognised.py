"""Cells of pictures: candidates decoded together under the identities of the table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from normalize.checks import verify
from normalize.decoding.choices import choose
from normalize.decoding.groups import Option
from normalize.report import Observation, Status
from normalize.rules import Key
from tests.decoding_examples import code_of, edition, sound_proceedings, sound_requests

Candidates = tuple[tuple[str, float], ...]


def recognised(table: str, form: str, changed: dict[Key, Candidates]) -> dict[Key, Observation]:
    """The sound table as recognition gives it: every cell sure but those in `changed`."""
    sound = sound_requests(form) if table == "requests" else sound_proceedings()
    observations = []
    for (row, column), value in sound.items():
        candidates = changed.get((row, column), ((str(value), 0.99),))
        text = candidates[0][0]
        number = Decimal(text) if text.isdigit() else None
        status = (
            Status.REPORTED if text.isdigit() else Status.BLANK if not text else Status.UNREADABLE
        )
        observations.append(
            Observation(
                form, table, row, column, number, "count", status, text, candidates=candidates
            )
        )
    verified = verify(edition(table, form), observations)
    return {(o.row, o.column): o for o in verified.observations}


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_sound_table_is_not_flagged_though_single_likelihoods_are_moderate(form: str) -> None:
    sound = sound_requests(form)
    moderate = {key: ((str(value), 0.6), (str(value + 5), 0.2)) for key, value in sound.items()}
    found = recognised("requests", form, moderate)
    assert {key: o.value for key, o in found.items()} == sound
    assert not any(o.doubts for o in found.values())


CONFUSED = {
    "1 for 7": (("granted", "natural_person"), "1", "7"),
    "0 for 8": (("partially_granted", "natural_person"), "0", "8"),
    "a digit lost": (("granted", "total"), "5", "51"),
    "a figure split": (("concluded", "business"), "20", "205"),
    "a digit glued": (("carried_forward", "research"), "71", "7"),
}


@pytest.mark.parametrize("name", CONFUSED)
def test_what_recognition_confuses_the_sums_resolve(name: str) -> None:
    key, seen, _ = CONFUSED[name]
    right = str(sound_requests("2021")[key])
    found = recognised("requests", "2021", {key: ((seen, 0.7), (right, 0.25))})[key]
    assert (str(found.value), found.raw, found.doubts) == (right, right, ())


def test_several_confusions_at_once() -> None:
    sound = sound_requests("2021")
    wrong = list(sound)[3::19]
    changed = {key: ((str(sound[key] + 6), 0.6), (str(sound[key]), 0.3)) for key in wrong}
    found = recognised("requests", "2021", changed)
    assert {key: o.value for key, o in found.items()} == sound
    assert len(wrong) == 10


def test_a_candidate_that_one_identity_alone_supports_stays_flagged() -> None:
    key = ("reconsideration", "upheld")
    found = recognised("proceedings", "2021", {key: (("8", 0.6), ("3", 0.35))})[key]
    assert found.value == 3
    assert found.doubts == (
        "recognised as '8', taken for '3' because the sums demand it",
        "recognised without certainty",
    )


def test_a_number_that_is_no_candidate_is_not_put_in() -> None:
    key = ("granted", "business")
    found = recognised("requests", "2021", {key: (("77", 0.8), ("71", 0.1))})[key]
    assert (found.value, found.raw) == (77, "77")
    assert "fails Q-ROW" in found.doubts
    assert found.flagged


def test_two_assignments_that_fit_as_well_leave_the_cells_open() -> None:
    """Two columns of two rows may be exchanged: arithmetic cannot tell which it is."""
    sound = sound_requests("2021")
    changed: dict[Key, Candidates] = {}
    for row, sign in (("granted", 1), ("partially_granted", -1)):
        for column, direction in (("business", sign), ("research", -sign)):
            right = int(sound[row, column])
            changed[row, column] = ((str(right), 0.5), (str(right + direction), 0.45))
    found = recognised("requests", "2021", changed)
    for key, ((first, _), (second, _)) in changed.items():
        assert found[key].value == int(first)
        assert found[key].doubts == (
            f"recognised as '{first}' or '{second}': the sums leave open which",
        )


def test_a_blank_or_a_zero_is_nothing_that_sums_can_tell() -> None:
    sound = {key: ((str(value), 0.99),) for key, value in sound_proceedings().items()}
    assert sound
    changed: dict[Key, Candidates] = {
        ("reconsideration", "pending"): (("0", 0.6), ("", 0.4)),
        ("reconsideration", "total"): (("6", 0.99),),
    }
    found = recognised("proceedings", "2021", changed)["reconsideration", "pending"]
    assert found.value == 0
    assert "recognised as blank or as a number" in found.doubts


def test_an_unsure_cell_in_no_identity_is_flagged() -> None:
    table = edition("proactive", "2021")
    observations = [
        Observation(
            "2021",
            "proactive",
            row,
            column,
            Decimal(3),
            "count",
            Status.REPORTED,
            "3",
            candidates=candidates,
        )
        for (row, column), candidates in {
            ("permits", "decisions"): (("3", 0.99), ("8", 0.005)),
            ("penalties", "decisions"): (("3", 0.7), ("8", 0.25)),
        }.items()
    ]
    first, second = verify(table, observations).observations
    assert first.doubts == ()
    assert second.doubts == ("recognised without certainty",)


def test_an_unreadable_top_candidate_gives_way_to_one_that_fits() -> None:
    key = ("granted", "natural_person")
    right = str(sound_requests("2021")[key])
    found = recognised("requests", "2021", {key: (("|", 0.5), (right, 0.4))})[key]
    assert (found.status, str(found.value), found.doubts) == (Status.REPORTED, right, ())


def test_the_search_is_bounded_and_gives_up_rather_than_guess() -> None:
    code = code_of("requests", "2021")
    sound = sound_requests("2021")
    hopeless = {
        key: [Option((int(v) * 7 + at) % 97, 0.0), Option((int(v) * 5 + at) % 89 + 100, 0.1)]
        for at, (key, v) in enumerate(sound.items())
    }
    chosen = choose(code, hopeless)
    assert chosen is None or chosen.broken or chosen.unseen
