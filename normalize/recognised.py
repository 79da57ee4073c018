"""Cells read from a picture: which of recognition's candidates each one is.

What recognition saw is decoded together under the identities of the table. The candidate that the
likeliest sound table has in a cell becomes its value, for it is a reading; a number that no
candidate holds stays a suggestion. Every uncertainty is a doubt, and the doubts named in
`is_settled_by_arithmetic` fall when every identity through the cell holds, at least two of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from normalize.cells import CellReading, read_cell
from normalize.decoding.choices import choose
from normalize.decoding.code import restrict, table_to_code
from normalize.decoding.explanations import is_count
from normalize.decoding.groups import Option
from normalize.forms import FormTable
from normalize.observations import NO_NUMBER, with_doubts
from normalize.report import Observation, Status
from normalize.rules import Key

UNSURE = "recognised without certainty"
FAINT = "hardly recognised"
TAKEN_FOR = "recognised as '{top}', taken for '{chosen}' because the sums demand it"
LEFT_OPEN = "recognised as {candidates}: the sums leave open which"
BLANK_OR_ZERO = "recognised as blank or as a number"

_TAKEN_FOR_START = TAKEN_FOR.split("{", maxsplit=1)[0]
_TAKEN_FOR_END = "because the sums demand it"


@dataclass(frozen=True, slots=True)
class Recognition:
    """Likelihoods, from 0 to 1: `sure` needs no proof, `rival` of a second candidate casts doubt,
    below `faint` not even arithmetic makes a reading of it; `least` is taken for any lower one.
    """

    sure: float = 0.97
    rival: float = 0.03
    faint: float = 0.05
    least: float = 1e-6


RECOGNITION = Recognition()


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    likelihood: float
    reading: CellReading

    @property
    def number(self) -> int | None:
        """The count it stands for, 0 for a blank or a mark; None for what is no count."""
        if self.reading.status is Status.UNREADABLE:
            return None
        value = Fraction(self.reading.value or Decimal(0))
        return int(value) if is_count(value) else None


def settle(
    table: FormTable, own: Mapping[Key, Observation], limits: Recognition = RECOGNITION
) -> dict[Key, Observation]:
    """The observations of one table, those that were recognised at their likeliest values."""
    seen = {key: _candidates_of(o) for key, o in own.items() if o.candidates}
    if not seen:
        return dict(own)
    decoded = _decode(table, own, seen, limits)
    out = dict(own)
    for key, candidates in seen.items():
        if key in decoded:
            number, is_open = decoded[key]
            out[key] = _decided(own[key], candidates, number, is_open, limits)
        else:
            out[key] = with_doubts(own[key], _doubts(candidates, candidates[0], limits))
    return out


def _candidates_of(observation: Observation) -> tuple[_Candidate, ...]:
    """The cell's candidates, the one that it was read as first."""
    listed = [_Candidate(text, p, read_cell(text)) for text, p in observation.candidates]
    return tuple(sorted(listed, key=lambda c: (c.text != observation.raw, -c.likelihood)))


def _decode(
    table: FormTable,
    own: Mapping[Key, Observation],
    seen: Mapping[Key, Sequence[_Candidate]],
    limits: Recognition,
) -> dict[Key, tuple[int | None, bool]]:
    """(number, whether another is nearly as likely) of every recognised cell in an identity; the
    number is None where no candidate holds what the others demand.
    """
    options = {
        key: found
        for key, o in own.items()
        if (found := _options(seen[key], limits) if key in seen else _sure_option(o))
    }
    code = restrict(table_to_code(table, frozenset(own)), frozenset(options))
    if not any(key in code.columns for key in seen):
        return {}
    chosen = choose(code, options)
    if chosen is None:
        return {}
    return {
        key: (None if key in chosen.unseen else chosen.values[key], key in chosen.open)
        for key in seen
        if key in code.columns
    }


def _options(candidates: Sequence[_Candidate], limits: Recognition) -> tuple[Option, ...]:
    """Each number once at its best likelihood, the likeliest first."""
    best: dict[int, float] = {}
    for candidate in candidates:
        if candidate.number is not None:
            likelihood = max(candidate.likelihood, limits.least)
            best[candidate.number] = max(best.get(candidate.number, 0.0), likelihood)
    top = max(best.values(), default=1.0)
    ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Option(number, math.log(top / p)) for number, p in ranked)


def _sure_option(observation: Observation) -> tuple[Option, ...]:
    """The number of a cell that was not recognised from a picture; empty where there is none."""
    if observation.status in (Status.MISSING, Status.UNREADABLE):
        return ()
    value = Fraction(observation.value or Decimal(0))
    return (Option(int(value), 0.0),) if is_count(value) else ()


def _decided(
    observation: Observation,
    candidates: Sequence[_Candidate],
    number: int | None,
    is_open: bool,
    limits: Recognition,
) -> Observation:
    top = candidates[0]
    if is_open:
        listed = " or ".join(f"'{c.text}'" for c in candidates[:3])
        return with_doubts(observation, (LEFT_OPEN.format(candidates=listed),))
    fitting = [c for c in candidates if c.number == number]
    if number is None or not fitting:
        return with_doubts(observation, _doubts(candidates, top, limits))
    chosen = max(fitting, key=lambda c: c.likelihood)
    doubts = _doubts(candidates, chosen, limits)
    if chosen.text == top.text:
        return with_doubts(observation, doubts)
    said = TAKEN_FOR.format(top=top.text, chosen=chosen.text)
    return with_doubts(_reread(observation, top, chosen), (said, *doubts))


def _reread(observation: Observation, top: _Candidate, chosen: _Candidate) -> Observation:
    """The observation as if the other candidate had been the first."""
    kept = tuple(d for d in observation.doubts if d not in (*top.reading.doubts, NO_NUMBER))
    value = chosen.reading.value
    return replace(
        observation,
        value=None if value is None else value.quantize(Decimal(1)),
        status=chosen.reading.status,
        raw=chosen.text,
        doubts=tuple(dict.fromkeys((*kept, *chosen.reading.doubts))),
    )


def _doubts(
    candidates: Sequence[_Candidate], chosen: _Candidate, limits: Recognition
) -> tuple[str, ...]:
    """What is uncertain about one candidate beside the others."""
    if chosen.likelihood < limits.faint:
        return (FAINT,)
    others = [c for c in candidates if c.text != chosen.text and c.likelihood >= limits.rival]
    alike = [c for c in candidates if _may_be_zero(c, chosen) and _is_other(c, chosen)]
    # Sums tell blanks and marks from no zero, so that these are weighed against each other alone.
    near = any(c.likelihood >= limits.rival * chosen.likelihood for c in alike)
    demanded = chosen.reading.status is not Status.REPORTED and chosen.likelihood < limits.sure / 2
    doubts: list[str] = []
    if near or demanded:
        doubts.append(BLANK_OR_ZERO)
    if chosen.likelihood < limits.sure or any(c.number != chosen.number for c in others):
        doubts.append(UNSURE)
    return tuple(doubts)


def _may_be_zero(one: _Candidate, chosen: _Candidate) -> bool:
    """Whether sums cannot tell it from the chosen one; ink that is no number may be a zero."""
    unread = one.number is None and chosen.reading.status is Status.BLANK
    return unread or one.number == chosen.number


def _is_other(one: _Candidate, another: _Candidate) -> bool:
    return one.reading.status is not another.reading.status


def is_about_recognition(doubt: str) -> bool:
    """True for a doubt that recognition of a picture gave rise to."""
    return doubt in (FAINT, UNSURE) or doubt.startswith("recognised as ")


def is_settled_by_arithmetic(doubt: str) -> bool:
    """True for a doubt that the identities through the cell remove when all of them hold."""
    return doubt == UNSURE or (
        doubt.startswith(_TAKEN_FOR_START) and doubt.endswith(_TAKEN_FOR_END)
    )
