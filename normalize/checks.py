"""The hard identities of the forms applied to observations, and the doubts that follow.

A failed check flags every cell it involves. A check with a blank operand is not assessable; when
it would fail even with blanks as zero, a figure may have been lost, and the blanks are flagged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalize.applying import EMPTY, Applied, apply_rule
from normalize.cells import INNER_SPACE
from normalize.forms import FormTable
from normalize.observations import with_doubts, without_doubt
from normalize.placed import POSITION_ONLY
from normalize.recognised import is_settled_by_arithmetic, settle
from normalize.report import Check, Observation
from normalize.rules import Key

LOST = "blank where the arithmetic demands a number"
PROVEN_BY_ARITHMETIC = (INNER_SPACE, POSITION_ONLY)
"""Doubts that vanish when every identity through the cell holds, at least two of them."""


@dataclass(frozen=True, slots=True)
class Verified:
    """One table's observations with the doubts that checks raised or removed, and the checks."""

    observations: tuple[Observation, ...]
    checks: tuple[Check, ...]


def verify(table: FormTable, observations: Sequence[Observation]) -> Verified:
    """The hard rules of one edition applied to the cells that are in it.

    Cells recognised from a picture are first settled among their candidates.
    """
    own = settle(table, {(o.row, o.column): o for o in observations if o.form == table.form})
    hard = [rule for rule in table.rules if rule.kind == "H"]
    applied = [one for rule in hard for one in apply_rule(rule, table, own)]
    through: dict[Key, list[Applied]] = {}
    for one in applied:
        for key in one.cells:
            through.setdefault(key, []).append(one)
    judged = {key: _judge(o, through.get(key, [])) for key, o in own.items()}
    out = tuple(
        judged.get((o.row, o.column), o) if o.form == table.form else o for o in observations
    )
    return Verified(out, tuple(one.check for one in applied))


def _judge(observation: Observation, mine: Sequence[Applied]) -> Observation:
    """The observation with the doubts that the checks through it raise or remove."""
    checks = [one.check for one in mine]
    failed = [f"fails {check.check}" for check in checks if check.passed is False]
    if failed:
        return with_doubts(observation, failed)
    if observation.status in EMPTY and any(
        check.passed is None and check.blank_as_zero is False for check in checks
    ):
        return with_doubts(observation, (LOST,))
    if sum(one.is_equation for one in mine) > 1 and all(
        check.passed or check.blank_as_zero for check in checks
    ):
        for doubt in observation.doubts:
            if doubt in PROVEN_BY_ARITHMETIC or is_settled_by_arithmetic(doubt):
                observation = without_doubt(observation, doubt)
    return observation
