"""Candidates of a cell -> what the figure in it may be, letters taken for the digits they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

Candidates = tuple[tuple[str, float], ...]
"""(text, likelihood), the likeliest first."""

MOST = 5
MOST_FIGURES = 8
"""Candidates kept of a cell, and of one among figures, where sums may tell them apart."""
UNREADABLE = "\ufffd"
"""Stands for ink of which nothing could be made, so that the cell is not taken for blank."""

LOOKALIKES: dict[str, tuple[str, float]] = {
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
_MARKS = frozenset("—－–−-/\\无一*")
"""What is printed in a figure's place besides figures."""
_LETTERS = 2e-3
"""How likely any other text is in a place for figures."""
_MOST_UNSURE = 0.9
"""No figure that only its place makes likely is more likely than this."""
_PLAIN, _LITTLE_SURE = 0.5, 0.3
"""A figure so likely is plain to be seen, and a mark in its place no more likely than this."""
_LIKE_SLASHES = frozenset("17")
_SIGNED = 0.75
"""How likely a flat stroke before a figure is its sign."""
_HINTED = 0.06
"""And how likely a trace of ink is one."""
_FIGURE = re.compile(r"[-+±]?\d[\d,. ]*%?")
_HALF_DASHED = re.compile(r"(?=[-—–]|\d+[-—–])[-—–]?(?P<number>\d{1,4})[-—–]?")
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
        instead, likelihood = LOOKALIKES.get(character, (character, 1.0))
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


def with_hint(candidates: Candidates) -> Candidates:
    """The candidates, the likeliest of which may have a sign that is hardly seen."""
    if not candidates or not is_figure("-" + candidates[0][0]):
        return candidates
    text, likelihood = candidates[0]
    signed = ("-" + text, _HINTED * likelihood)
    return in_order([(text, (1 - _HINTED) * likelihood), signed, *candidates[1:]], MOST_FIGURES)


def between_dashes(candidates: Candidates) -> Candidates:
    """The candidates; a number with a dash at one side stands between two, as that of a page."""
    if not candidates or not (match := _HALF_DASHED.fullmatch(candidates[0][0])):
        return candidates
    return ((f"-{match['number']}-", candidates[0][1]), *candidates[1:])


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


def in_order(candidates: Iterable[tuple[str, float]], most: int = MOST) -> Candidates:
    """The likeliest first, no more than `most`, rounded."""
    ordered = sorted(candidates, key=lambda found: (-found[1], found[0]))
    return tuple((text, round(min(likelihood, 1.0), 6)) for text, likelihood in ordered[:most])


def mean_of(opinions: Sequence[Sequence[tuple[str, float]]]) -> Candidates:
    """The mean of several recognitions: where they differ, none stays likely."""
    merged: dict[str, float] = {}
    for candidates in opinions:
        for text, likelihood in candidates:
            merged[text] = merged.get(text, 0.0) + likelihood / len(opinions)
    return in_order(merged.items())


def among_figures(said: Candidates, figures: Sequence[Mapping[str, float]]) -> Candidates:
    """What is said in a place for figures: the likeliest figures of several looks, and `said`.

    Any text but a figure or a mark is unlikely there. The figures share what is left beside it
    as they are likely beside each other, yet none is sure that no look is sure of.
    """
    total = sum(sum(look.values()) for look in figures) / len(figures)
    others = [(text, p) for text, p in said if text and as_figure(text) is None]
    marks = sum(p for text, p in others if text in _MARKS)
    rest = max(1 - min(total, 1.0) - marks, 0.0)
    all_told = total + marks + _LETTERS * rest
    if not total or not all_told:
        return said
    share = total / all_told
    shares: dict[str, float] = {}
    seen: dict[str, float] = {}
    for look in figures:
        whole = sum(look.values())
        for text, p in look.items():
            shares[text] = shares.get(text, 0.0) + share * p / whole / len(figures)
            seen[text] = seen.get(text, 0.0) + p / len(figures)
    found = [(text, min(p, max(seen[text], _MOST_UNSURE))) for text, p in shares.items()]
    for text, p in others:
        found.append((text, p * (1.0 if text in _MARKS else _LETTERS) / all_told))
    return in_order(found, MOST_FIGURES)


def with_mark(mark: tuple[str, float], candidates: Candidates) -> Candidates:
    """A mark told by its shape, and the figures that recognition makes of it, which are unlikely
    when they are what it takes such marks for.
    """
    text, sure = mark
    figures = [(other, p) for other, p in candidates if as_figure(other) is not None]
    if figures and figures[0][1] >= _PLAIN and not set(figures[0][0]) <= _LIKE_SLASHES:
        sure = _LITTLE_SURE
    whole = sum(p for _, p in figures)
    shared = [(other, (1 - sure) * p / whole) for other, p in figures] if whole else []
    return in_order([(text, sure), *shared], MOST_FIGURES)
