"""Figures of a row whose number is not the form's: which one is lost or one too many.

The fifteen figures of the proceedings stand in one row, so one lost or extra cell shifts all those
behind it. Every alignment is tried against the sums of the groups; one counts only if no other
gives other figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from normalize.decoding.code import Code
from normalize.decoding.erasures import fill
from normalize.rules import Key


def align(code: Code, run: Sequence[Key], figures: Sequence[Fraction]) -> dict[Key, Fraction]:
    """The figure of each cell of `run` that every alignment agrees on; empty when none fits.

    One figure too many is left out, one too few is solved for.
    """
    if len(figures) == len(run) + 1:
        fits = [
            dict(zip(run, (*figures[:at], *figures[at + 1 :]), strict=True))
            for at in range(len(figures))
        ]
        return _agreed([values for values in fits if _holds(code, values)])
    if len(figures) == len(run) - 1:
        return _agreed(
            [
                solved
                for at in range(len(run))
                if (solved := _with_one_lost(code, run, figures, at)) is not None
            ]
        )
    return {}


def _with_one_lost(
    code: Code, run: Sequence[Key], figures: Sequence[Fraction], at: int
) -> dict[Key, Fraction] | None:
    known = dict(zip((*run[:at], *run[at + 1 :]), figures, strict=True))
    filled = fill(code, known, [run[at]])
    if filled.wrong is not None or not filled.consistent or filled.undetermined:
        return None
    return {**known, **filled.values}


def _holds(code: Code, values: dict[Key, Fraction]) -> bool:
    return not any(
        sum((values[key] * c for key, c in identity.terms), Fraction(0))
        for identity in code.identities
    )


def _agreed(fits: Sequence[dict[Key, Fraction]]) -> dict[Key, Fraction]:
    """The cells that have the same figure in every alignment that fits."""
    if not fits:
        return {}
    return {
        key: value
        for key, value in fits[0].items()
        if all(other[key] == value for other in fits[1:])
    }
