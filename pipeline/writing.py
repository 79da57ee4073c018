"""Puts reports into the database in the order they come, several in one transaction.

A transaction for each report would take longer than its rows. Reports wait in memory, never in an
open transaction, so that other programs may write meanwhile; what waits has not been reported as
done, and a run that is killed does it again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine

from normalize.report import Report
from pipeline.plan import Task
from pipeline.work import quarantined
from store.errors import DatabaseBusy, DatabaseGone, ReportRefused
from store.save import Outcome, save_several

MOST_REPORTS = 50
"""Reports in one transaction."""
_MOST_CHARACTERS = 2_000_000
_LONGEST_WAIT = 0.5
"""Seconds since the last transaction after which the next report is written at once."""

PATIENCE = 240.0
"""Seconds for which a database that is busy or gone is tried again, beyond the driver's own."""
_PAUSE = 2.0
"""Seconds between two trials."""


@dataclass(frozen=True, slots=True)
class Written:
    """A report as it is in the database now, corrections included, and what saving it changed."""

    task: Task
    report: Report
    outcome: Outcome
    seconds: float | None = None
    """How long the reading took."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A report that is to be written; with `force` in place of what is stored of its bytes."""

    task: Task
    report: Report
    force: bool
    seconds: float | None


@dataclass(slots=True)
class Writer:
    """Takes reports; `done` is told of each when it is in the database, in the order given.

    `read_by` is the version of the readers and forms. `notice` is told when the database is held
    by others or gone; for `PATIENCE` seconds it is tried again, unless `stop` says so: what
    waits then is read again by the next run.
    """

    engine: Engine
    done: Callable[[Written], None]
    read_by: str | None = None
    notice: Callable[[str], None] = lambda message: None
    stop: Callable[[], bool] = lambda: False
    _waiting: list[_Waiting] = field(default_factory=list)
    _characters: int = 0
    _last: float = 0.0

    def add(self, task: Task, report: Report, force: bool, seconds: float | None = None) -> None:
        """Takes one report; those that wait are written when they are many or wait long."""
        self._waiting.append(_Waiting(task, report, force, seconds))
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
        corrected: dict[str, Report] = {}
        outcomes = self._save([(one.report, one.force) for one in waiting], corrected)
        for one, outcome in zip(waiting, outcomes, strict=True):
            report = corrected.get(one.report.sha256, one.report)
            if isinstance(outcome, ReportRefused):
                report = quarantined(one.task, report.reader, str(outcome), report.sha256)
                [outcome] = self._save([(report, one.force)], {})
                if isinstance(outcome, ReportRefused):
                    raise outcome
            self.done(Written(one.task, report, outcome, one.seconds))
        self._last = time.monotonic()

    def _save(
        self, given: Sequence[tuple[Report, bool]], corrected: dict[str, Report]
    ) -> list[Outcome | ReportRefused]:
        """Saves all or nothing, again and again while the database is busy or gone.

        Saving twice what was kept unbeknown, because the answer was lost, changes nothing.
        """
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return save_several(self.engine, given, self.read_by, corrected)
            except (DatabaseBusy, DatabaseGone) as error:
                left = end - time.monotonic()
                if left <= 0 or self.stop():
                    raise
                self.notice(f"{error.problem}; trying again for {left:.0f} seconds")
                time.sleep(min(_PAUSE, left))
