"""Candidates of a cell -> what the figure in it may be, letters taken for the digits they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Candidates = tuple[tuple[str, float], ...]
"""(text, likelihood), the likeliest first."""

MOST = 5
UNREADABLE = "\ufffd"
"""Stands for ink of which nothing could be made, so that the cell is not taken for blank."""

_LOOKALIKES: dict[str, tuple[str, float]] = {
    **dict.fromkeys("OoΟ〇○", ("0", 1.0)),
    **dict.fromkeys("DQUuΩ口日目。°Ûöó", ("0", 0.6)),
    **dict.fromkeys("lI|丨丄", ("1", 0.9)),
    **dict.fromkeys("i!]jJ丁亅", ("1", 0.6)),
    **dict.fromkeys("Zz乙", ("2", 0.6)),
    **dict.fromkeys("Ss", ("5", 0.6)),
    **dict.fromkeys("bG", ("6", 0.6)),
    **dict.fromkeys("B", ("8", 0.6)),
    **dict.fromkeys("gq", ("9", 0.6)),
    **dict.fromkeys("，,", (",", 1.0)),
    **dict.fromkeys("．.", (".", 1.0)),
    **dict.fromkeys("十", ("+", 0.6)),
    **dict.fromkeys("一–−－", ("-", 0.9)),
}
"""What stands in a figure's place for what, and how sure that is."""

_FLAT = frozenset("一—－–ー−")
"""What several flat strokes together are taken for; they are a dash."""
_SIGNED = 0.75
"""How likely a flat stroke before a figure is its sign."""
_FIGURE = re.compile(r"[-+±]?\d[\d,. ]*%?")
_DIGITS = re.compile(r"\d")
_LONGEST = 16


def is_figure(text: str) -> bool:
    """Whether a text is a number and nothing else."""
    return _FIGURE.fullmatch(text) is not None


def as_figure(text: str) -> tuple[str, float] | None:
    """The figure that the text is when letters are taken for digits, and how sure that is.

    A row of flat strokes is a dash in place of a figure. None when the text can be neither.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    if is_figure(text):
        return text, 1.0
    if len(text) > 1 and not set(text) - _FLAT:
        return "—" * len(text), 0.9
    figure, sure = "", 1.0
    for character in text:
        instead, likelihood = _LOOKALIKES.get(character, (character, 1.0))
        figure += instead
        sure *= likelihood
    if not is_figure(figure):
        return None
    if len(text) > 1 and not _DIGITS.search(text):
        sure *= 0.6
    return figure, sure


def with_figures(candidates: Iterable[tuple[str, float]]) -> Candidates:
    """The candidates with figures in place of letters that look like them, each text once."""
    merged: dict[str, float] = {}
    for text, likelihood in candidates:
        figure = as_figure(text)
        name, sure = (text, 1.0) if figure is None else figure
        merged[name] = merged.get(name, 0.0) + likelihood * sure
    return in_order(merged.items())


def with_sign(candidates: Candidates) -> Candidates:
    """The candidates of a figure before which a stroke stands.

    Those without a sign share their likelihood with what they are with it: recognition passes
    over thin strokes.
    """
    merged: dict[str, float] = {}
    for text, likelihood in candidates:
        signed = "-" + text
        if not is_figure(text) or not is_figure(signed):
            merged[text] = merged.get(text, 0.0) + likelihood
            continue
        merged[signed] = merged.get(signed, 0.0) + _SIGNED * likelihood
        merged[text] = merged.get(text, 0.0) + (1 - _SIGNED) * likelihood
    return in_order(merged.items())


def in_order(candidates: Iterable[tuple[str, float]]) -> Candidates:
    """The likeliest first, no more than MOST, rounded."""
    ordered = sorted(candidates, key=lambda found: (-found[1], found[0]))
    return tuple((text, round(min(likelihood, 1.0), 4)) for text, likelihood in ordered[:MOST])


def two_opinions(
    first: Sequence[tuple[str, float]], second: Sequence[tuple[str, float]]
) -> Candidates:
    """The mean of two recognitions: where they differ, neither stays likely."""
    merged: dict[str, float] = {}
    for candidates in (first, second):
        for text, likelihood in candidates:
            merged[text] = merged.get(text, 0.0) + likelihood / 2
    return in_order(merged.items())
