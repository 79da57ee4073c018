"""Likelihoods of characters along a line -> texts with their likelihoods.

The network may give a character at several places in a row, and none between two characters, so
that a text has many spellings (connectionist temporal classification, Graves et al. 2006). A
text's likelihood is that of all its spellings together, found by a search that follows only the
likeliest beginnings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_BEAM = 8
"""Beginnings that are followed."""
_UNLIKELY = 1e-3
"""Characters less likely than this at their place are not followed."""


class Step(NamedTuple):
    """What may stand at one place: characters ("" for none) with likelihoods, likeliest first."""

    choices: tuple[tuple[str, float], ...]


class Placed(NamedTuple):
    """A character, its likelihood, its first step and the one past its last."""

    text: str
    likelihood: float
    start: int
    stop: int


def steps_to_placed(steps: Sequence[Step]) -> list[Placed]:
    """The likeliest character at every place, repetitions united."""
    placed: list[Placed] = []
    before = ""
    for at, step in enumerate(steps):
        text, likelihood = step.choices[0]
        if text and text == before:
            last = placed[-1]
            best = max(last.likelihood, likelihood)
            placed[-1] = Placed(text, best, last.start, at + 1)
        elif text:
            placed.append(Placed(text, likelihood, at, at + 1))
        before = text
    return placed


def steps_to_candidates(steps: Sequence[Step], most: int) -> list[tuple[str, float]]:
    """The likeliest texts, at most so many, the likeliest first."""
    merged: dict[str, float] = {}
    for text, likelihood in steps_to_texts(steps, _BEAM, _UNLIKELY).items():
        merged[text.strip()] = merged.get(text.strip(), 0.0) + likelihood
    ordered = sorted(merged.items(), key=lambda item: (-item[1], item[0]))
    return [(text, min(likelihood, 1.0)) for text, likelihood in ordered[:most]]


def steps_to_texts(steps: Sequence[Step], beam: int, least: float) -> dict[str, float]:
    """The likeliest texts with their likelihoods; `beam` beginnings are followed, and characters
    less likely than `least` at their place are not.
    """
    beams: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
    for step in steps:
        grown: dict[str, tuple[float, float]] = {}
        for text, (ended, going_on) in beams.items():
            for character, likelihood in step.choices:
                if likelihood < least:
                    break
                if not character:
                    _add(grown, text, (ended + going_on) * likelihood, 0.0)
                elif text.endswith(character):
                    _add(grown, text, 0.0, going_on * likelihood)
                    _add(grown, text + character, 0.0, ended * likelihood)
                else:
                    _add(grown, text + character, 0.0, (ended + going_on) * likelihood)
        likeliest = sorted(grown.items(), key=lambda item: -sum(item[1]))
        beams = dict(likeliest[:beam])
    return {text: sum(parts) for text, parts in beams.items()}


def _add(beams: dict[str, tuple[float, float]], text: str, ended: float, going_on: float) -> None:
    before = beams.get(text, (0.0, 0.0))
    beams[text] = (before[0] + ended, before[1] + going_on)
