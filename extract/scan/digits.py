"""Likelihoods of all characters along a line -> those of a figure's characters alone.

Where only a figure can stand, what the network takes for a letter still tells which digit is the
likeliest: the digits keep their likelihoods beside each other, however small.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from extract.scan.decoding import Step, steps_to_texts
from extract.scan.figures import LOOKALIKES

SIGNS = ("", *"0123456789", ".", ",", "-")
"""What a step of a figure may be; "" for nothing."""
_LEAST = 1e-7
"""Digits less likely than this at a place are not followed."""
_BEAM = 20
"""Beginnings that are followed."""

Floats = npt.NDArray[np.float32]


@lru_cache(maxsize=1)
def _weights(characters: tuple[str, ...]) -> tuple[npt.NDArray[np.intp], Floats]:
    """The network's characters that count for a sign of a figure, and for how much of which."""
    pairs: list[tuple[int, int, float]] = []
    for number, character in enumerate(characters):
        instead, sure = LOOKALIKES.get(character, (character, 1.0))
        if instead in SIGNS:
            pairs.append((number, SIGNS.index(instead), sure))
    columns = np.array([number for number, _, _ in pairs])
    table = np.zeros((len(pairs), len(SIGNS)), np.float32)
    for at, (_, sign, sure) in enumerate(pairs):
        table[at, sign] = sure
    return columns, table


def answers_to_signs(answers: Floats, characters: tuple[str, ...]) -> Floats:
    """A row of likelihoods of SIGNS for each row of likelihoods of the network's characters."""
    columns, table = _weights(characters)
    return np.asarray(answers[:, columns] @ table, dtype=np.float32)


def signs_to_figures(signs: Floats) -> dict[str, float]:
    """The likeliest figures with their likelihoods, which do not add up to 1."""
    found = steps_to_texts([_step(row) for row in signs], _BEAM, _LEAST)
    return {text: likelihood for text, likelihood in found.items() if text}


def _step(row: Sequence[np.float32] | Floats) -> Step:
    ordered = sorted(zip(SIGNS, map(float, row), strict=True), key=lambda pair: -pair[1])
    return Step(tuple(ordered))
