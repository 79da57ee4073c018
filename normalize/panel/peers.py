"""G-PEER: figures and rates beyond those of nearly all agencies of the same level and kind."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal

from normalize.panel.declared import PeerMeasure, peer_measures
from normalize.panel.history import PanelCheck, YearReport, whole_report
from normalize.panel.settings import DEFAULTS, PanelSettings

SHARE = 0.995
"""The share of a group beyond which a figure is remarkable."""

_SHOWN = Decimal("0.0001")


def peer_checks(
    group: Sequence[YearReport], settings: PanelSettings = DEFAULTS
) -> Iterator[PanelCheck]:
    """The members of one group, of one year, whose figure is beyond P99.5 of the group's.

    `expected` is that percentile. Only what is found is recorded; a measure that fewer than
    `settings.peers` of them have is not assessed.
    """
    for measure in peer_measures():
        measured = [(r, value) for r in group if (value := _value(measure, r)) is not None]
        if len(measured) < settings.peers:
            continue
        ordered = sorted(value for _, value in measured)
        limit = ordered[math.ceil(SHARE * len(ordered)) - 1]
        for report, value in measured:
            if value > limit:
                form = report.figures[measure.cell].form
                yield whole_report(
                    report,
                    "G-PEER",
                    "S",
                    False,
                    expected=_shown(limit, measure),
                    actual=_shown(value, measure),
                    place=(form, *measure.cell),
                )


def _value(measure: PeerMeasure, report: YearReport) -> Decimal | None:
    figure = report.figures.get(measure.cell)
    if figure is None or figure.value is None or measure.per is None:
        return figure.value if figure else None
    per = report.figures.get(measure.per)
    if per is None or not per.value or per.value < measure.least:
        return None
    return figure.value / per.value


def _shown(value: Decimal, measure: PeerMeasure) -> Decimal:
    return value if measure.per is None else value.quantize(_SHOWN)
