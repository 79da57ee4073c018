"""Readings held against gold, cell by cell.

right     value and status as in gold
wrong     another value or status
silent    wrong and not flagged: the worst there is
missing   in gold, and the program says that it is not printed or has no such cell
extra     a number where gold has no cell
flagged   right, but with a doubt
repaired  not right, and what the program suggests in its place is gold
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields

from benchmarks.accuracy.cases import Case
from normalize.report import Observation, Report, Status, Verdict

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
    repaired: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Score:
    """How one case came out, on all cells and on those that are not zero.

    `metadata` says of what gold tells whether it was understood so; `sections` is how many of the
    headings in gold were found, each as that of its section.
    """

    case: Case
    report: Report
    counts: Counts
    nonzero: Counts
    metadata: Mapping[str, bool]
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
        metadata={name: getattr(report, name) == told for name, told in case.metadata.items()},
        sections=_sections_found(case, report),
        mistakes=tuple(mistakes),
    )


def _sections_found(case: Case, report: Report) -> int:
    """Headings count once each, white space aside."""
    found = Counter((s.section, _tight(s.heading)) for s in report.sections)
    wanted = Counter((section, _tight(heading)) for section, heading in case.sections or ())
    return (found & wanted).total()


def _tight(text: str) -> str:
    return "".join(text.split())


def _judge(found: Observation | None, gold: Gold) -> tuple[Counts, str | None]:
    value, status = gold
    printed = value if value is not None else status
    repaired = int(found is not None and value is not None and found.suggestion == value)
    if found is None or (found.status is Status.MISSING and status != Status.MISSING):
        return Counts(gold=1, missing=1, repaired=repaired), f"missing, gold {printed}"
    if (found.value, found.status.value) == (value, status):
        return Counts(gold=1, right=1, flagged=int(found.flagged)), None
    said = f"{found.value if found.value is not None else found.status.value}{_flag(found)}"
    counts = Counts(gold=1, wrong=1, silent=int(not found.flagged), repaired=repaired)
    return counts, f"read {said}, gold {printed}"


def _flag(observation: Observation) -> str:
    return (
        f" (flagged: {', '.join(observation.doubts)})" if observation.flagged else " (NOT flagged)"
    )
