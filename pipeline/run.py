"""The batch job: plan, read in workers, write in one place, sum up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine

from normalize.forms import all_fields
from normalize.report import Report, Status, Verdict
from pipeline.conversions import converted
from pipeline.limits import TIME_LIMIT
from pipeline.plan import Task
from pipeline.work import file_to_sha256
from pipeline.workers import read_all
from pipeline.writing import Writer, Written
from store.database import load_fields
from store.save import Outcome, known


@dataclass(slots=True)
class Summary:
    """What a run did; `quarantined` and `review` pair each source with its reason.

    `copies` are files whose bytes are in the database under another name, `superseded` names under
    which other bytes were there before, which are on record still. `readers` counts the documents
    for which each reader was asked.
    """

    accepted: int = 0
    needs_review: int = 0
    unchanged: int = 0
    cells: int = 0
    flagged: int = 0
    failed_checks: int = 0
    quarantined: list[tuple[str, str]] = field(default_factory=list)
    review: list[tuple[str, str]] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)
    readers: dict[str, int] = field(default_factory=dict)

    def add(self, report: Report) -> None:
        for reader in report.readers:
            self.readers[reader] = self.readers.get(reader, 0) + 1
        if report.verdict is Verdict.QUARANTINED:
            self.quarantined.append((report.source, "; ".join(report.reasons)))
            return
        if report.verdict is Verdict.NEEDS_REVIEW:
            self.needs_review += 1
            self.review.append((report.source, "; ".join(report.reasons)))
        else:
            self.accepted += 1
        self.cells += sum(o.status is not Status.MISSING for o in report.observations)
        self.flagged += sum(o.flagged for o in report.observations)
        self.failed_checks += sum(
            check.passed is False and check.kind != "I" for check in report.checks
        )


def run(
    tasks: Sequence[Task],
    engine: Engine,
    *,
    reader: str | None = None,
    jobs: int = 1,
    force: bool = False,
    timeout: float = TIME_LIMIT,
    progress: Callable[[Task], None] = lambda task: None,
) -> Summary:
    """Read every task into the database; files already there with the same bytes are not read.

    A file that is not read within `timeout` seconds is quarantined.
    """
    load_fields(engine, all_fields())
    summary = Summary()
    stored = {} if force else known(engine)
    to_read: list[Task] = []
    for task in tasks:
        sha256 = file_to_sha256(task.path)
        verdict = stored.get((task.source, sha256)) if sha256 else None
        if verdict is None or verdict is Verdict.QUARANTINED:
            to_read.append(task)
        else:
            summary.unchanged += 1
            progress(task)

    def done(written: Written) -> None:
        report, outcome = written.report, written.outcome
        copied = outcome is Outcome.ALIASED and report.verdict is not Verdict.QUARANTINED
        if copied:
            summary.copies.append(report.source)
        else:
            summary.add(report)
        if outcome is Outcome.SUPERSEDED:
            summary.superseded.append(report.source)
        progress(written.task)

    writer = Writer(engine, done)
    with converted(to_read, jobs) as ready:
        try:
            for task, report in read_all(ready, reader, jobs, timeout):
                writer.add(task, report, force or (task.source, report.sha256) in stored)
        finally:
            writer.write()
    return summary
