"""Every check over the reports of one agency."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from normalize.panel.formulas import formula_checks
from normalize.panel.history import PanelCheck, YearReport, one_a_year, whole_report
from normalize.panel.repeats import same_table_checks, same_text_checks
from normalize.panel.series import gap_checks, series_checks
from normalize.panel.settings import DEFAULTS, PanelSettings
from normalize.panel.words import growth_checks, quoted_checks


def agency_to_checks(
    reports: Sequence[YearReport], settings: PanelSettings = DEFAULTS
) -> tuple[PanelCheck, ...]:
    """The checks over all current reports of one agency, in the order of their years.

    A year is compared with the one before it, and where that has no report with none. Of several
    reports of a year one stands for it; the others are only named as editions of that one.
    """
    history, editions = one_a_year(reports)
    checks = [_edition_check(standing, other) for standing, other in editions]
    for last, this in pairwise(history):
        if this.year - last.year == 1:
            checks += formula_checks(this, last)
            checks += growth_checks(this, last)
            checks += quoted_checks(this, last)
            checks += same_table_checks(this, last, settings)
    checks += gap_checks(history)
    checks += series_checks(history, settings)
    checks += same_text_checks(history, settings)
    return tuple(checks)


def _edition_check(standing: YearReport, other: YearReport) -> PanelCheck:
    """G-DUPE: a second report of the same agency and year; `actual` figures of it differ."""
    keys = standing.figures.keys() | other.figures.keys()
    differing = sum(1 for key in keys if standing.figures.get(key) != other.figures.get(key))
    return whole_report(other, "G-DUPE", "X", False, standing, expected=0, actual=differing)
