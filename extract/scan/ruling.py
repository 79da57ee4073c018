"""Sheets -> rules: the long thin straight runs of ink.

Strokes of characters are short runs too; a short run counts only where it ends on other rules.
Upright rules are found as level ones are, on the sheet mirrored at its diagonal.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from extract.pdf.page import Rule
from extract.pdf.tolerances import TOLERANCES
from extract.scan.faint import dots_to_faint_rules
from extract.scan.ink import runs_of
from extract.scan.memory import give_back
from extract.scan.pictures import Dots

_RULE_INK = 205
"""Grey below which a dot may belong to a rule: blurred hairlines are no darker."""
_LEVEL_RUN, _UPRIGHT_RUN = 24.0, 10.0
"""Points of the shortest runs of ink; rows of tables are lower than columns are wide."""
_LEVEL_LONG, _UPRIGHT_LONG = 48.0, 34.0
"""Points from which a run is a rule whatever it ends on."""
_HEAL = 1.5
_JOIN = 8.0
"""Points of gaps closed before runs are looked for, and between runs that were found."""
_DASH_HEIGHT, _DASH_WIDTH, _DASH_GAP, _DASHED_RUN = 1.7, 9.0, 9.0, 26.0
"""Points: dashes of a rule are no higher, no wider and no further apart, and many in a row."""
_BRIDGE = 90.0
_BRIDGED = 0.4
_BARE = 0.2
"""Runs on one line are one over a gap of so many points when ink covers the one share of it at
least, and the other at most right above and below, as where a watermark lies over a rule."""
_BLACK = 0.3
"""Black ink covers at least this share of a rule."""
_WHOLE, _CLOSE, _CLOSE_BY = 0.95, 2.2, 0.55
"""Share of a rule that has ink, and shares of a broken run that have ink within so many points,
of both sides together, when it is made of strokes."""
_CONTACT = 3.0
"""Points within which a run ends on a rule."""


Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


class Ruling(NamedTuple):
    """Rules in points, and the dots that are rules, as 1."""

    rules: tuple[Rule, ...]
    mask: Dots


class _Run(NamedTuple):
    """A level run in dots, from `start` to `stop`, its middle at `at`."""

    start: int
    stop: int
    at: float
    top: int
    bottom: int
    thickness: float


class _Ink(NamedTuple):
    """1 where there is dark ink; that and faint level rules; that mirrored, and faint upright
    rules; all of it."""

    dark: Dots
    level: Dots
    upright: Dots
    whole: Dots


def dots_to_ruling(dots: Dots, scale: float, black: Dots | None = None) -> Ruling:
    """The level and upright rules of a sheet.

    `black` are the dots without coloured ink, where there is any: what is a rule in colour alone
    is the side of a stamp.
    """
    ink = _rule_ink(dots, scale)
    level_mask, upright_mask, level, upright = _directions(ink, scale)
    give_back()
    if black is not None:
        inked = _rule_ink(black, scale)
        # Where the side of a stamp touches a rule the two are no thin run, but in black alone.
        more_level, more_upright, level_too, upright_too = _directions(inked, scale)
        level_mask, upright_mask = level_mask | more_level, upright_mask | more_upright
        level = _inked(_bridged([*level, *level_too], ink.whole, scale), inked.whole)
        upright = _inked(_bridged([*upright, *upright_too], ink.whole.T, scale), inked.whole.T)
    level, upright = (
        _reaching(level, upright, ink.whole, scale),
        _reaching(upright, level, ink.whole.T, scale),
    )
    sure_level = _with_ends(level, upright, _LEVEL_LONG, scale)
    upright = _with_ends(upright, sure_level, _UPRIGHT_LONG, scale)
    level = _with_ends(level, upright, _LEVEL_LONG, scale)
    mask = _mask_of(level, level_mask) | _mask_of(upright, upright_mask).T
    rules = [_level_rule(run, scale) for run in level]
    for run in upright:
        x0, top, x1, bottom, thickness = _level_rule(run, scale)
        rules.append(Rule(top, x0, bottom, x1, thickness))
    return Ruling(tuple(rules), np.ascontiguousarray(mask))


def _rule_ink(dots: Dots, scale: float) -> _Ink:
    """Where there may be rules."""
    dark = (dots < _RULE_INK).astype(np.uint8)
    level = dots_to_faint_rules(dots, scale) | dark
    upright = dots_to_faint_rules(np.ascontiguousarray(dots.T), scale) | dark.T
    return _Ink(dark, level, upright, level | upright.T)


def _directions(ink: _Ink, scale: float) -> tuple[Dots, Dots, list[_Run], list[_Run]]:
    """The masks of level and of upright runs, the latter mirrored, and the runs."""
    level_mask = _runs_of(ink.level, scale, _LEVEL_RUN) | _dashes_of(ink.dark, scale)
    crossed = cv2.dilate(level_mask, np.ones((3, 1), np.uint8))
    between = np.ascontiguousarray(np.where(crossed > 0, 0, ink.dark).astype(np.uint8).T)
    upright_mask = _runs_of(ink.upright, scale, _UPRIGHT_RUN) | _dashes_of(between, scale)
    level = _without_strokes(_mask_to_runs(level_mask, ink.level, scale), ink.level, scale)
    upright = _mask_to_runs(upright_mask, ink.upright, scale)
    return level_mask, upright_mask, level, _without_strokes(upright, ink.upright, scale)


def _level_rule(run: _Run, scale: float) -> Rule:
    at = run.at / scale
    return Rule(run.start / scale, at, run.stop / scale, at, run.thickness / scale)


def _runs_of(ink: Dots, scale: float, shortest: float) -> Dots:
    """The ink that lies in level runs."""
    heal = np.ones((1, max(round(_HEAL * scale), 2)), np.uint8)
    run = np.ones((1, max(round(shortest * scale), 8)), np.uint8)
    healed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, heal)
    return np.asarray(cv2.morphologyEx(healed, cv2.MORPH_OPEN, run), dtype=np.uint8)


def _dashes_of(ink: Dots, scale: float) -> Dots:
    """Level rows of dashes or dots, their gaps filled."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    thin = stats[:, cv2.CC_STAT_HEIGHT] <= _DASH_HEIGHT * scale
    dash = thin & (stats[:, cv2.CC_STAT_WIDTH] <= _DASH_WIDTH * scale)
    dash[0] = False
    rows = np.asarray(dash[labels], dtype=np.uint8)
    del labels
    gap = np.ones((1, max(round(_DASH_GAP * scale), 2)), np.uint8)
    run = np.ones((1, max(round(_DASHED_RUN * scale), 8)), np.uint8)
    filled = cv2.morphologyEx(rows, cv2.MORPH_CLOSE, gap)
    return np.asarray(cv2.morphologyEx(filled, cv2.MORPH_OPEN, run), dtype=np.uint8)


def _mask_to_runs(mask: Dots, ink: Dots, scale: float) -> list[_Run]:
    """The runs one by one, those on one line united where ink shows that they are one."""
    join = np.ones((3, max(round(_JOIN * scale), 3)), np.uint8)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, join)
    grown = cv2.dilate(joined, np.ones((3, 1), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(grown, connectivity=8)
    runs: list[_Run] = []
    for x, y, width, height, _ in stats[1:count].tolist():
        counts = mask[y : y + height, x : x + width].sum(axis=1)
        dots = int(counts.sum())
        if not dots or dots / width > TOLERANCES.thin * scale:
            continue
        at = y + float(np.dot(counts, np.arange(height))) / dots + 0.5
        runs.append(_Run(x, x + width, at, y, y + height, dots / width))
    return _bridged(runs, ink, scale)


def _inked(runs: list[_Run], ink: Dots) -> list[_Run]:
    """The runs of which a good part is black."""
    kept = []
    for run in runs:
        middle = round(run.at)
        along = ink[max(middle - 2, 0) : middle + 2, run.start : run.stop].any(axis=0)
        if along.size and float(along.mean()) >= _BLACK:
            kept.append(run)
    return kept


def _without_strokes(runs: list[_Run], ink: Dots, scale: float) -> list[_Run]:
    """The runs without strokes of like characters in one column, which nearly touch.

    Such a run is broken, and has ink close by.
    """
    kept = []
    for run in runs:
        middle, near, far = round(run.at), max(round(scale), 2), round(_CLOSE * scale)
        part = ink[:, run.start : run.stop]
        along = part[max(middle - 1, 0) : middle + 2].any(axis=0).mean()
        above = part[max(middle - far, 0) : max(middle - near, 0)].any(axis=0).mean()
        below = part[middle + near : middle + far].any(axis=0).mean()
        if along >= _WHOLE or above + below < _CLOSE_BY:
            kept.append(run)
    return kept


def _bridged(runs: list[_Run], ink: Dots, scale: float) -> list[_Run]:
    united: list[_Run] = []
    for run in sorted(runs, key=lambda run: (run.start, run.at)):
        for index, before in enumerate(united):
            apart = run.start - before.stop
            same_line = abs(before.at - run.at) <= max(0.5 * scale, 1.5)
            if same_line and apart <= _BRIDGE * scale and _is_bridged(before, run, ink, scale):
                united[index] = _Run(
                    before.start,
                    max(before.stop, run.stop),
                    (before.at + run.at) / 2,
                    min(before.top, run.top),
                    max(before.bottom, run.bottom),
                    max(before.thickness, run.thickness),
                )
                break
        else:
            united.append(run)
    return united


def _is_bridged(left: _Run, right: _Run, ink: Dots, scale: float) -> bool:
    """Whether a rule goes on from one run to the next, though it is broken in between."""
    if right.start <= left.stop:
        return True
    gap = ink[:, left.stop : right.start]
    middle = round((left.at + right.at) / 2)
    reach = max(round(scale), 2)
    along = gap[max(middle - 2, 0) : middle + 2].any(axis=0).mean()
    above = gap[max(middle - 3 * reach, 0) : max(middle - reach, 0)]
    below = gap[middle + reach : middle + 3 * reach]
    beside = max(float(side.any(axis=0).mean()) if side.size else 0.0 for side in (above, below))
    return float(along) >= _BRIDGED and beside <= _BARE


def _reaching(runs: list[_Run], across: list[_Run], ink: Dots, scale: float) -> list[_Run]:
    """The runs, drawn out over ink to runs across them that they do not quite reach.

    The last dash of a rule hangs together with the rule that it ends on, and is no dash alone;
    or the rule ends in a gap no wider than those between its dashes.
    """
    near, far = _CONTACT * scale, _JOIN * scale
    reaching = []
    for run in runs:
        met = [o.at for o in across if o.start - near <= run.at <= o.stop + near]
        start = max((at for at in met if run.start - far <= at < run.start), default=run.start)
        stop = min((at for at in met if run.stop < at <= run.stop + far), default=run.stop)
        middle = round(run.at)
        along = ink[max(middle - 2, 0) : middle + 2].sum(axis=0) > 0
        before, behind = along[int(start) : run.start], along[run.stop : int(stop)]
        gap = _widest_gap(along[run.start : run.stop])
        if _leads_on(before, gap):
            run = run._replace(start=int(start))
        if _leads_on(behind, gap):
            run = run._replace(stop=int(stop) + 1)
        reaching.append(run)
    return reaching


def _widest_gap(along: Flags) -> int:
    """The dots of the widest gap in a run that begins and ends with ink."""
    return max((right - left for left, right in runs_of(~along)), default=0)


def _leads_on(between: Flags, gap: int) -> bool:
    """Whether what lies between a run and a rule is of the run."""
    return bool(between.size) and (float(between.mean()) >= _BRIDGED or between.size <= gap + 1)


def _with_ends(runs: list[_Run], across: list[_Run], long: float, scale: float) -> list[_Run]:
    """The long runs, and the short ones of which both ends lie on a run across them."""
    near = _CONTACT * scale
    kept = []
    for run in runs:
        met = [o for o in across if o.start - near <= run.at <= o.stop + near]
        ends = (run.start, run.stop)
        if run.stop - run.start >= long * scale or all(
            any(abs(end - other.at) <= near for other in met) for end in ends
        ):
            kept.append(run)
    return kept


def _mask_of(runs: list[_Run], source: Dots) -> Dots:
    """The dots of these runs alone."""
    mask = np.zeros_like(source)
    for run in runs:
        part = np.s_[run.top : run.bottom, run.start : run.stop]
        mask[part] |= source[part]
    return mask
