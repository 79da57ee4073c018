"""The same content under two agencies or years: fingerprints, and the checks that follow.

A fingerprint is short and can be kept, so that one more report is compared with all others without
reading these again. Only what is found is recorded: that a report has no twin is no check.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from normalize.panel.history import PanelCheck, YearReport
from normalize.panel.repeats import own_figures, tables_of
from normalize.panel.settings import DEFAULTS, PanelSettings

TEXT = "text"
_SPACE = re.compile(r"\s+")
_LEAST_TEXT = 300
"""Characters below which a text is not one that only its author would write."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`what` is a table's name, or `text` for all sections; equal prints are equal contents."""

    what: str
    print: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """A report that bears a fingerprint."""

    report_id: str
    agency_id: str
    year: int


def report_to_fingerprints(
    report: YearReport, settings: PanelSettings = DEFAULTS
) -> tuple[Fingerprint, ...]:
    """Those of its tables with enough figures to be told from others, and that of its text."""
    prints = []
    for table, figures in sorted(tables_of(report).items()):
        if len(own_figures(figures)) >= settings.same_cells:
            numbers = {key: f.value for key, f in figures.items() if f.value is not None}
            cells = sorted((key, format(value.normalize(), "f")) for key, value in numbers.items())
            prints.append(Fingerprint(table, _hash(repr(cells))))
    text = _SPACE.sub("", "".join(report.sections[name] for name in sorted(report.sections)))
    if len(text) >= _LEAST_TEXT:
        prints.append(Fingerprint(TEXT, _hash(text)))
    return tuple(prints)


def twins_to_checks(what: str, bearers: Iterable[Bearer]) -> Iterator[PanelCheck]:
    """G-TWIN for tables, G-DUPE for texts: each bearer of one print against the first other one.

    Two reports of one agency and year are editions of the same, which is said elsewhere.
    """
    members = sorted(bearers, key=lambda bearer: (bearer.year, bearer.report_id))
    for member in members:
        other = next((one for one in members if _identity(one) != _identity(member)), None)
        if other is None:
            continue
        yield PanelCheck(
            member.report_id,
            member.agency_id,
            member.year,
            "G-DUPE" if what == TEXT else "G-TWIN",
            "X",
            other.report_id,
            table="" if what == TEXT else what,
            passed=False,
            blank_as_zero=False,
        )


def copies_to_check(bearer: Bearer, names: int) -> PanelCheck:
    """G-DUPE for the same bytes under several names; `actual` is how many they are."""
    return PanelCheck(
        bearer.report_id,
        bearer.agency_id,
        bearer.year,
        "G-DUPE",
        "X",
        expected=Decimal(1),
        actual=Decimal(names),
        passed=False,
        blank_as_zero=False,
    )


def _identity(bearer: Bearer) -> tuple[str, int]:
    return bearer.agency_id, bearer.year


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
