"""Sheets -> rules: the long thin straight runs of ink.

Strokes of characters are short runs too; a short run counts only where it ends on other rules.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from extract.pdf.page import Rule
from extract.pdf.tolerances import TOLERANCES
from extract.scan.pictures import Dots

_RULE_INK = 205
"""Grey below which a dot may belong to a rule: blurred hairlines are no darker."""
_LEVEL_RUN, _UPRIGHT_RUN = 24.0, 10.0
"""Points of the shortest runs of ink; rows of tables are lower than columns are wide."""
_LONG = 60.0
"""Points from which a run is a rule whatever it ends on."""
_HEAL = 1.5
_JOIN = 8.0
"""Points of gaps closed before runs are looked for, and between runs that were found."""
_CONTACT = 2.0
"""Points within which a run ends on a rule."""


class Ruling(NamedTuple):
    """Rules in points, and the dots that are rules, as 1."""

    rules: tuple[Rule, ...]
    mask: Dots


class _Run(NamedTuple):
    rule: Rule
    box: tuple[int, int, int, int]


def dots_to_ruling(dots: Dots, scale: float) -> Ruling:
    """The level and upright rules of a sheet."""
    ink = (dots < _RULE_INK).astype(np.uint8)
    level = _runs_of(ink, scale, _LEVEL_RUN)
    upright = np.ascontiguousarray(_runs_of(np.ascontiguousarray(ink.T), scale, _UPRIGHT_RUN).T)
    level_runs = _mask_to_runs(level, scale, level=True)
    upright_runs = _mask_to_runs(upright, scale, level=False)
    kept_level = _with_ends(level_runs, upright_runs, scale, True)
    kept_upright = _with_ends(upright_runs, kept_level, scale, False)
    kept_level = _with_ends(level_runs, kept_upright, scale, True)
    mask = np.zeros_like(ink)
    for runs, source in ((kept_level, level), (kept_upright, upright)):
        for run in runs:
            x, y, width, height = run.box
            part = np.s_[y : y + height, x : x + width]
            mask[part] |= source[part]
    return Ruling(tuple(run.rule for run in (*kept_level, *kept_upright)), mask)


def _runs_of(ink: Dots, scale: float, shortest: float) -> Dots:
    """The ink that lies in level runs."""
    heal = np.ones((1, max(round(_HEAL * scale), 2)), np.uint8)
    run = np.ones((1, max(round(shortest * scale), 8)), np.uint8)
    healed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, heal)
    return np.asarray(cv2.morphologyEx(healed, cv2.MORPH_OPEN, run), dtype=np.uint8)


def _mask_to_runs(mask: Dots, scale: float, *, level: bool) -> list[_Run]:
    """The runs one by one, each with its middle line."""
    join, across = max(round(_JOIN * scale), 3), 3
    shape = (across, join) if level else (join, across)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones(shape, np.uint8))
    grown = cv2.dilate(joined, np.ones((3, 1) if level else (1, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(grown, connectivity=8)
    runs: list[_Run] = []
    for x, y, width, height, _ in stats[1:count].tolist():
        part = mask[y : y + height, x : x + width]
        dots = int(part.sum())
        length = width if level else height
        thickness = dots / length / scale
        if not dots or thickness > TOLERANCES.thin:
            continue
        counts = part.sum(axis=1 if level else 0)
        middle = (float(np.dot(counts, np.arange(len(counts)))) / dots + 0.5) / scale
        if level:
            at = y / scale + middle
            rule = Rule(x / scale, at, (x + width) / scale, at, thickness)
        else:
            at = x / scale + middle
            rule = Rule(at, y / scale, at, (y + height) / scale, thickness)
        runs.append(_Run(rule, (x, y, width, height)))
    return runs


def _with_ends(runs: list[_Run], across: list[_Run], scale: float, level: bool) -> list[_Run]:
    """The long runs, and the short ones of which both ends lie on a run across them."""
    kept = []
    for run in runs:
        x0, top, x1, bottom, _ = run.rule
        if max(x1 - x0, bottom - top) >= _LONG:
            kept.append(run)
            continue
        ends = ((x0, top), (x1, bottom))
        if all(any(_is_on(end, other.rule, level) for other in across) for end in ends):
            kept.append(run)
    return kept


def _is_on(point: tuple[float, float], rule: Rule, level: bool) -> bool:
    """Whether a point lies on a rule that runs across the point's own."""
    x, y = point
    x0, top, x1, bottom, _ = rule
    if level:
        return abs(x - x0) <= _CONTACT and top - _CONTACT <= y <= bottom + _CONTACT
    return abs(y - top) <= _CONTACT and x0 - _CONTACT <= x <= x1 + _CONTACT
