"""The cheapest reader first; a second, independent one where the arithmetic does not hold.

When both readers agree the agency printed it so, and the value stays as printed. When they differ,
the reading with fewer broken identities is kept and every cell they differ on is flagged.
"""

from __future__ import annotations

import dataclasses

import extract
from extract import Document
from extract.errors import ExtractError
from normalize import interpret
from normalize.observations import with_doubts
from normalize.report import Observation, Report, Status, Verdict

SECOND_READERS = {"pdfium": "pdfplumber"}
"""Which reader is asked for a second opinion on what another one read."""

_Cell = tuple[str, str, str]


def bytes_to_report(data: bytes, source: str, reader: str | None) -> Report:
    """The report in a file's bytes; ExtractError when they cannot be read.

    With `reader` named, that reader alone is asked.
    """
    document = extract.read_bytes(data, source, reader=reader)
    report = interpret(document)
    second = SECOND_READERS.get(document.reader) if reader is None else None
    if second is None or not needs_second_opinion(report):
        return report
    other = _second_document(data, source, second)
    return report if other is None else weigh_opinions(report, interpret(other))


def _second_document(data: bytes, source: str, reader: str) -> Document | None:
    try:
        return extract.read_bytes(data, source, reader=reader)
    except ExtractError:
        return None


def needs_second_opinion(report: Report) -> bool:
    """True when an identity is broken, or a cell was not found or not readable."""
    if report.verdict is Verdict.QUARANTINED:
        return False
    lacking = any(o.status in (Status.MISSING, Status.UNREADABLE) for o in report.observations)
    return lacking or not report.observations or _failures(report) > 0


def weigh_opinions(first: Report, second: Report) -> Report:
    """The reading that satisfies more identities.

    Each cell that the other reader reads otherwise has a doubt that says so.
    """
    kept, other = first, second
    if (_failures(second), _lacking(second)) < (_failures(first), _lacking(first)):
        kept, other = second, first
    elsewhere = {_cell(o): o for o in other.observations}
    observations = tuple(_with_disagreement(o, elsewhere.get(_cell(o))) for o in kept.observations)
    return dataclasses.replace(kept, observations=observations)


def _with_disagreement(one: Observation, other: Observation | None) -> Observation:
    if other is None or other.status is Status.MISSING:
        return one
    if (one.value, one.status) == (other.value, other.status):
        return one
    said = other.raw if other.raw is not None else other.status.value
    return with_doubts(one, (f"{other.reader} reads '{said}'",))


def _cell(observation: Observation) -> _Cell:
    return observation.table, observation.row, observation.column


def _failures(report: Report) -> int:
    return sum(check.passed is False or check.blank_as_zero is False for check in report.checks)


def _lacking(report: Report) -> int:
    return sum(o.status in (Status.MISSING, Status.UNREADABLE) for o in report.observations)
