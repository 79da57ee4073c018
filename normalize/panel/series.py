"""An agency's figures over all its years: gaps, jumps, powers of ten, and units of money."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median

from normalize.panel.declared import money_cells
from normalize.panel.history import Figure, Key, PanelCheck, YearReport, whole_report
from normalize.panel.settings import PanelSettings

_ROBUST = 1.4826
"""By which the median distance is multiplied to be a standard deviation of a normal series."""

_UNIT = Decimal(10_000)
"""Yuan in 万元."""

_POWERS = tuple(Decimal(10) ** k for k in (-4, -3, -2, -1, 1, 2, 3, 4))

Series = Sequence[tuple[YearReport, Figure, Decimal]]
"""One cell over the years in which it holds a number."""


def gap_checks(history: Sequence[YearReport]) -> Iterator[PanelCheck]:
    """Y-GAP: whether the report before is of the year before; `actual` is the year it is of."""
    for last, this in pairwise(history):
        passed = last.year == this.year - 1
        yield whole_report(
            this, "Y-GAP", "I", passed, last, expected=this.year - 1, actual=last.year
        )


def series_checks(history: Sequence[YearReport], settings: PanelSettings) -> Iterator[PanelCheck]:
    """Y-JUMP, Y-10K and A-UNIT: a check for each cell that stands out.

    Else there is one for the whole report, save for A-UNIT, which its own table checks.
    """
    found: dict[tuple[str, str], list[PanelCheck]] = {}
    for key, series in _series(history).items():
        values = [value for _, _, value in series]
        if max(values) - min(values) < settings.jump_least:
            continue
        for check in (
            *_jumps(key, series, settings),
            *_powers(key, series, settings),
            *_units(key, series),
        ):
            found.setdefault((check.report_id, check.check), []).append(check)
    years = {report.year for report in history}
    for report in history:
        enough = len(history) >= settings.jump_years
        amid = {report.year - 1, report.year + 1} <= years
        yield from found.get((report.report_id, "Y-JUMP"), ()) or (
            whole_report(report, "Y-JUMP", "S", True if enough else None),
        )
        yield from found.get((report.report_id, "Y-10K"), ()) or (
            whole_report(report, "Y-10K", "X", True if amid else None),
        )
        yield from found.get((report.report_id, "A-UNIT"), ())


def _series(history: Sequence[YearReport]) -> dict[Key, Series]:
    """The cells that are not zero all the time."""
    cells: dict[Key, list[tuple[YearReport, Figure, Decimal]]] = {}
    for report in history:
        for key, figure in report.figures.items():
            if figure.value is not None:
                cells.setdefault(key, []).append((report, figure, figure.value))
    return {key: series for key, series in cells.items() if any(value for *_, value in series)}


def _jumps(key: Key, series: Series, settings: PanelSettings) -> Iterator[PanelCheck]:
    """The years whose figure is far from all others; `expected` is the median."""
    if len(series) < settings.jump_years:
        return
    logs = [_signed_log(value) for *_, value in series]
    middle = median(logs)
    spread = max(_ROBUST * median(abs(log - middle) for log in logs), settings.jump_spread)
    usual = median(value for *_, value in series)
    for (report, figure, value), log in zip(series, logs, strict=True):
        far = abs(log - middle) > settings.jump_z * spread
        if far and abs(value - usual) >= settings.jump_least:
            yield whole_report(
                report,
                "Y-JUMP",
                "S",
                False,
                expected=usual,
                actual=value,
                place=(figure.form, *key),
            )


def _signed_log(value: Decimal) -> float:
    return math.copysign(math.log1p(abs(float(value))), float(value))


def _powers(key: Key, series: Series, settings: PanelSettings) -> Iterator[PanelCheck]:
    """The years whose figure is about a power of ten times that of both neighbours."""
    for (last, _, before), (report, figure, value), (after_, _, after) in zip(
        series, series[1:], series[2:], strict=False
    ):
        if last.year != report.year - 1 or after_.year != report.year + 1:
            continue
        if not before or not after or max(value, min(before, after)) < settings.power_least:
            continue
        for power in _POWERS:
            if all(
                abs(value / other / power - 1) <= settings.power_share for other in (before, after)
            ):
                yield whole_report(
                    report,
                    "Y-10K",
                    "X",
                    False,
                    last,
                    expected=before,
                    actual=value,
                    place=(figure.form, *key),
                )


def _units(key: Key, series: Series) -> Iterator[PanelCheck]:
    """The years whose money is nearer to that of the years beside it in the other unit.

    A year that stands at the end of its series, beside one that is suspect already, is not.
    """
    if key not in money_cells():
        return
    beside = [_beside(at, series) for at in range(len(series))]
    suspect = {
        report.year: beside[at]
        for at, (report, _, value) in enumerate(series)
        if value and beside[at] and _is_in_other_unit(value, list(beside[at].values()))
    }
    for report, figure, value in series:
        others = suspect.get(report.year, {})
        amid = any(len(suspect.get(year, ())) > len(others) for year in others)
        if others and not amid:
            yield whole_report(
                report,
                "A-UNIT",
                "X",
                False,
                expected=next(iter(others.values())),
                actual=value,
                place=(figure.form, *key),
            )


def _beside(at: int, series: Series) -> dict[int, Decimal]:
    """What there is, not nought, in the years before and after one."""
    year = series[at][0].year
    around = series[max(at - 1, 0) : at + 2]
    return {r.year: value for r, _, value in around if value and abs(r.year - year) == 1}


def _is_in_other_unit(value: Decimal, figures: Sequence[Decimal]) -> bool:
    return any(_is_nearer(value * by, value, figures) for by in (_UNIT, 1 / _UNIT))


def _is_nearer(one: Decimal, other: Decimal, figures: Sequence[Decimal]) -> bool:
    """Whether one is nearer than the other to all the figures, as ratios go."""
    return all(
        abs(_signed_log(one) - _signed_log(figure)) < abs(_signed_log(other) - _signed_log(figure))
        for figure in figures
    )
