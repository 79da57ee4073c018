"""Puts reports into the database in the order they come, several in one transaction.

A transaction for each report would take longer than its rows. Reports wait in memory, never in an
open transaction, so that other programs may write meanwhile; what waits has not been reported as
done, and a run that is killed does it again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Engine

from normalize.report import Report
from pipeline.plan import Task
from pipeline.work import quarantined
from store.errors import ReportRefused
from store.save import Outcome, save, save_several

MOST_REPORTS = 50
"""Reports in one transaction."""
_MOST_CHARACTERS = 2_000_000
_LONGEST_WAIT = 0.5
"""Seconds since the last transaction after which the next report is written at once."""


@dataclass(frozen=True, slots=True)
class Written:
    """A report that is in the database now, and what saving it changed."""

    task: Task
    report: Report
    outcome: Outcome


@dataclass(slots=True)
class Writer:
    """Takes reports; `done` is told of each when it is in the database, in the order given."""

    engine: Engine
    done: Callable[[Written], None]
    _waiting: list[tuple[Task, Report, bool]] = field(default_factory=list)
    _characters: int = 0
    _last: float = 0.0

    def add(self, task: Task, report: Report, force: bool) -> None:
        """Takes one report; those that wait are written when they are many or wait long."""
        self._waiting.append((task, report, force))
        self._characters += sum(len(section.text) for section in report.sections)
        if (
            len(self._waiting) >= MOST_REPORTS
            or self._characters >= _MOST_CHARACTERS
            or time.monotonic() - self._last >= _LONGEST_WAIT
        ):
            self.write()

    def write(self) -> None:
        """Writes all that wait. A report that contradicts itself is stored as quarantined."""
        if not self._waiting:
            return
        waiting, self._waiting, self._characters = self._waiting, [], 0
        outcomes = save_several(self.engine, [(report, force) for _, report, force in waiting])
        for (task, report, force), outcome in zip(waiting, outcomes, strict=True):
            if isinstance(outcome, ReportRefused):
                report = quarantined(task, report.reader, str(outcome), report.sha256)
                outcome = save(self.engine, report, force=force)
            self.done(Written(task, report, outcome))
        self._last = time.monotonic()
