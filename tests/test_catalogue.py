"""Every check of the catalogue: a sound report, the smallest error, what cannot be told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from normalize.report import Status, Verdict
from tests.catalogue_examples import flagged, outcome, subject
from tests.planted import PLANTED, Planted
from tests.reading import text_to_report
from tests.requests_text import one_row_a_line, sound_figures

NOT_ASSESSABLE_WHEN_SOUND = {"A-FEE0", "L-SPLIT", "G-SCOPE", "T-SUMSCOPE"}
"""Nothing in the sound reports speaks of fees or of whom they include; none is on pages."""


@pytest.mark.parametrize("year", [2016, 2020, 2023])
def test_a_sound_report_fails_nothing_and_nothing_is_flagged(year: int) -> None:
    found = outcome(subject(year))
    assert [(c.check, c.row, c.column) for c in found.checks if c.passed is False] == []
    open_ = {c.check for c in found.checks if c.passed is None}
    across = {"P-REL2"} if year < 2019 else set()
    sections = {"L-ORD", "L-MISS"} if year < 2019 else set()
    assert open_ == NOT_ASSESSABLE_WHEN_SOUND | across | sections
    assert flagged(found) == []


IDS = {
    2023: "A-INT A-PARSE A-EMPTY A-FORCE A-REG A-UNIT Q-ROW Q-OUT Q-BAL Q-INT Q-LE1 Q-LE2 Q-LE3 Q-ZERO "
    "Q-ALL0 Q-GRP Q-DUP Q-SHIFT Q-SPLIT Q-GLUE Q-SWAP Q-SIGN Q-DIGIT Q-TOTALCOL P-SUM P-INT P-ORDER "
    "P-ALL0 P-REL2 A-FEE0",
    2020: "B-INT B-CHG B-NEW B-SIGN B-PRO1 B-PRO2 Q-ROW Q-OUT Q-BAL Q-INT Q-LE1 Q-LE2 Q-LE3 Q-ZERO "
    "Q-ALL0 Q-GRP Q-DUP Q-SHIFT Q-SPLIT Q-GLUE Q-SWAP Q-SIGN Q-DIGIT Q-TOTALCOL P-SUM P-INT P-ORDER "
    "P-ALL0 P-REL2 A-FEE0",
    2016: "T-RECV T-CONC T-ANS T-REF T-REC T-LIT T-STAFF T-LEAD1 T-LEAD2 T-NORM1 T-INT T-NORM2 T-CHAN "
    "T-RESP T-DONE T-TRAIN T-OFFICE T-MONEY T-ORDER P-REL2 A-FEE0",
}
EVERYWHERE = (
    "C-NUM C-PLACE C-DEC C-BOX C-FONT C-HIDDEN C-2READ C-OCR C-DATE L-LABEL L-COUNT L-SPLIT L-FORM "
    "L-TWO L-IMG L-ORD L-EMPTY L-MISS M-YEAR M-AGENCY M-DATE M-FORMYEAR M-ENC M-TYPE M-SHORT "
    "G-SCOPE T-SUMSCOPE"
)


@pytest.mark.parametrize("year", IDS)
def test_ids_and_their_order_are_stable(year: int) -> None:
    found = dict.fromkeys(c.check for c in outcome(subject(year)).checks)
    assert list(found) == f"{IDS[year]} {EVERYWHERE}".split()


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize("plant", PLANTED, ids=lambda p: f"{p.check}-{p.kind}")
def test_the_smallest_error_is_found_at_its_place(plant: Planted) -> None:
    found = outcome(subject(plant.year, plant.printed))
    anchors = found.failed(plant.check)
    assert (*plant.anchor, number(plant.expected), number(plant.actual)) in anchors
    assert {c.kind for c in found.of(plant.check) if c.passed is False} == {plant.kind}
    cells = [key for key in flagged(found) if key[1:] == plant.anchor]
    assert bool(cells) is plant.flags


ASSESSABLE = [p for p in PLANTED if p.operand is not None]


@pytest.mark.parametrize("plant", ASSESSABLE, ids=lambda p: f"{p.check}-{p.kind}")
@pytest.mark.parametrize(
    "printed", ["", "/", None, "见附件"], ids=["blank", "placeholder", "missing", "unreadable"]
)
def test_without_an_operand_a_rule_cannot_be_applied(plant: Planted, printed: str | None) -> None:
    assert plant.operand is not None
    found = outcome(subject(plant.year, {plant.operand: printed}))
    at_anchor = [c for c in found.of(plant.check) if (c.row, c.column) in (plant.anchor, ("", ""))]
    outcomes = {c.passed for c in at_anchor if plant.check != "Q-LE1" or not c.row}
    assert outcomes == {None}
    known = {c.blank_as_zero for c in at_anchor if plant.kind == "H"}
    assert known <= ({None} if printed in (None, "见附件") else {True, False})


@pytest.mark.parametrize("plant", [p for p in PLANTED if p.kind == "S"], ids=lambda p: p.check)
def test_a_lawful_exception_flags_cells_and_breaks_no_identity_of_its_own(plant: Planted) -> None:
    found = outcome(subject(plant.year, plant.printed))
    anchor = next(o for (_, *key), o in found.observations.items() if tuple(key) == plant.anchor)
    assert anchor.flagged
    assert anchor.status is Status.REPORTED


def test_a_lawful_exception_sends_to_review_and_never_to_quarantine() -> None:
    figures = sound_figures()
    for row in (0, 22):
        figures[row] = [0] * 7
    figures[1], figures[22] = list(figures[21]), [0] * 7
    figures[1][0] += 5
    figures[22][0] += 5
    figures[1][6] += 5
    figures[22][6] += 5
    report = text_to_report(one_row_a_line(figures))
    assert report.verdict is Verdict.NEEDS_REVIEW
    assert report.reasons == ("1 soft check broken: Q-LE3 requests.carried_forward",)
    assert [o.row for o in report.observations if o.flagged] == ["received", "carried_forward"]
