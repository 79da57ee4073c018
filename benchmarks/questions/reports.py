"""The reports of the panel's benchmark with figures that add up, and some that do not.

The bodies, years and sentences are those of `benchmarks.panel`; the figures those of the fixtures,
which satisfy every identity; then some reports leave columns blank, as agencies do, and some have
a total that is off by one. The checks are real.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from benchmarks.panel.bodies import make_reports
from fixtures.figures import figures_of
from normalize.checks import verify
from normalize.forms import tables_named
from normalize.report import Check, Observation, Report, Status

_SIZES = ("zero", "village", "bureau", "bureau", "bureau", "county", "county", "city")
_ORGANISATIONS = ("business", "research", "public_interest", "legal_service", "other_organization")
_BLANK_SHARE, _ERROR_SHARE = 0.06, 0.04
_BOX = (300.0, 200.5, 330.25, 212.75)


def make_sound_reports(count: int, seed: int) -> Iterator[Report]:
    """`count` reports, the same for the same seed."""
    for number, report in enumerate(make_reports(count, seed)):
        rng = random.Random(f"{seed} figures {number}")
        yield _verified(_with_figures(report, rng, _SIZES[(number // 8) % len(_SIZES)]))


def _with_figures(report: Report, rng: random.Random, size: str) -> Report:
    forms = tuple(dict.fromkeys((o.table, o.form) for o in report.observations))
    figures = figures_of(forms, size, f"{report.agency} {report.year}")
    blank = _ORGANISATIONS if rng.random() < _BLANK_SHARE else ()
    wrong = rng.choice(("received", "concluded")) if rng.random() < _ERROR_SHARE else None
    return replace(
        report,
        observations=tuple(
            _with_value(o, figures[o.table, o.row, o.column], blank, wrong)
            for o in report.observations
        ),
    )


def _with_value(
    observation: Observation, value: Decimal, blank: tuple[str, ...], wrong: str | None
) -> Observation:
    placed = replace(observation, page=2, bbox=_BOX, reader="pdfium")
    if observation.table == "requests" and observation.column in blank:
        return replace(placed, value=None, status=Status.BLANK, raw="")
    if observation.row == wrong and observation.column == "total":
        value += 1
    return replace(placed, value=value, raw=str(value))


def _verified(report: Report) -> Report:
    """The report with the checks of its tables and the doubts that they raise."""
    observations: list[Observation] = []
    checks: list[Check] = []
    for table, form in dict.fromkeys((o.table, o.form) for o in report.observations):
        own = [o for o in report.observations if (o.table, o.form) == (table, form)]
        [declared] = (t for t in tables_named(table) if t.form == form)
        verified = verify(declared, own)
        observations += verified.observations
        checks += verified.checks
    return replace(report, observations=tuple(observations), checks=tuple(checks))
