"""Readings held against gold, cell by cell.

right     value and status as in gold
wrong     another value or status
silent    wrong and not flagged: the worst there is
missing   in gold, and the program says that it is not printed or has no such cell
extra     a number where gold has no cell
flagged   right, but with a doubt
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from benchmarks.accuracy.cases import Case
from normalize.report import Observation, Report, Status, Verdict
from normalize.sections import UNCLASSIFIED

Gold = tuple[object, str]


@dataclass(frozen=True, slots=True)
class Counts:
    """Cells of one report, or of many added up."""

    gold: int = 0
    right: int = 0
    wrong: int = 0
    silent: int = 0
    missing: int = 0
    extra: int = 0
    flagged: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Score:
    """How one case came out, on all cells and on those that are not zero.

    `agency` and `year` are None where gold does not tell them; `sections` counts the sections of
    the form that were found.
    """

    case: Case
    report: Report
    counts: Counts
    nonzero: Counts
    agency: bool | None
    year: bool | None
    sections: int
    mistakes: tuple[str, ...]

    @property
    def is_kept_out(self) -> bool:
        return self.report.verdict is not Verdict.ACCEPTED


def score(case: Case, report: Report) -> Score:
    """One reading of a case held against its gold. What is no report has no cells to be found."""
    found = {(o.table, o.row, o.column): o for o in report.observations}
    counts, nonzero = Counts(), Counts()
    mistakes: list[str] = []
    for cell, gold in case.gold.items() if case.is_report else ():
        one, mistake = _judge(found.get(cell), gold)
        counts += one
        if gold[0] != 0:
            nonzero += one
        if mistake:
            mistakes.append(f"{'.'.join(cell)}: {mistake}")
    surplus = [o for cell, o in found.items() if cell not in case.gold and o.value is not None]
    mistakes += [f"{o.table}.{o.row}.{o.column}: extra {o.value}{_flag(o)}" for o in surplus]
    return Score(
        case,
        report,
        counts + Counts(extra=len(surplus)),
        nonzero + Counts(extra=sum(o.value != 0 for o in surplus)),
        agency=None if case.agency is None else report.agency == case.agency,
        year=None if case.year is None else report.year == case.year,
        sections=len({s.section for s in report.sections} - {UNCLASSIFIED}),
        mistakes=tuple(mistakes),
    )


def _judge(found: Observation | None, gold: Gold) -> tuple[Counts, str | None]:
    value, status = gold
    printed = value if value is not None else status
    if found is None or (found.status is Status.MISSING and status != Status.MISSING):
        return Counts(gold=1, missing=1), f"missing, gold {printed}"
    if (found.value, found.status.value) == (value, status):
        return Counts(gold=1, right=1, flagged=int(found.flagged)), None
    said = f"{found.value if found.value is not None else found.status.value}{_flag(found)}"
    return Counts(gold=1, wrong=1, silent=int(not found.flagged)), f"read {said}, gold {printed}"


def _flag(observation: Observation) -> str:
    return (
        f" (flagged: {', '.join(observation.doubts)})" if observation.flagged else " (NOT flagged)"
    )
