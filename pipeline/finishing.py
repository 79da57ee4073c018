"""What a worker makes of a report: its rows, as the writer stores them, and what is told of it.

Of the report itself only the head goes to the writer, so that the hundreds of cells and checks of
a report cross from process to process once, as rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from normalize.report import Report, Status
from store.errors import ReportRefused
from store.finished import Finished, finish, text_to_numbering


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cells of a report were found, are in doubt, how many checks failed (remarks aside),
    and how many characters its sections have.
    """

    cells: int
    flagged: int
    failed_checks: int
    characters: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The rows of a report of which only the head is at hand, and what they come to."""

    rows: Finished
    counts: Counts


def report_to_counts(report: Report) -> Counts:
    return Counts(
        cells=sum(observation.status is not Status.MISSING for observation in report.observations),
        flagged=sum(observation.flagged for observation in report.observations),
        failed_checks=sum(check.passed is False and check.kind != "I" for check in report.checks),
        characters=sum(len(section.text) for section in report.sections),
    )


def report_to_ready(report: Report, numbering: str) -> tuple[Report, Ready | None]:
    """The head of a report, and its rows with the numbers that a database gave to the fields.

    A report that contradicts itself stays whole and has none: the writer finds that out anew.
    """
    try:
        rows = finish(report, text_to_numbering(numbering))
    except ReportRefused:
        return report, None
    return report_to_head(report), Ready(rows, report_to_counts(report))


def report_to_head(report: Report) -> Report:
    """The report without its sections, cells, checks, statements and extras."""
    return replace(report, sections=(), observations=(), checks=(), statements=(), extras=())
