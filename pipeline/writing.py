"""Puts reports into the database in the order they come, several in one transaction.

A transaction for each report would take longer than its rows. Reports wait in memory, never in an
open transaction, so that other programs may write meanwhile; what waits has not been reported as
done, and a run that is killed does it again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Engine

from normalize.report import Report
from pipeline.finishing import Counts, Ready, report_to_counts
from pipeline.plan import Task
from pipeline.work import quarantined
from store.errors import DatabaseBusy, DatabaseGone, ReportRefused
from store.finished import Finished
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
    """A report as it is in the database now, corrections included, and what saving it changed.

    Where its rows were ready when it came, the report may be its head alone. `seconds` is how long
    the reading took.
    """

    task: Task
    report: Report
    outcome: Outcome
    counts: Counts
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A report that is to be written; with `force` in place of what is stored of its bytes."""

    task: Task
    report: Report
    force: bool
    seconds: float | None
    ready: Ready | None


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

    def add(
        self,
        task: Task,
        report: Report,
        force: bool,
        seconds: float | None = None,
        ready: Ready | None = None,
    ) -> None:
        """Takes one report, or its head and its rows if they are `ready`; those that wait are
        written when they are many or wait long.
        """
        self._waiting.append(_Waiting(task, report, force, seconds, ready))
        counts = report_to_counts(report) if ready is None else ready.counts
        self._characters += counts.characters
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
        given = [(one.ready.rows if one.ready else one.report, one.force) for one in waiting]
        outcomes = self._save(given, corrected)
        for one, outcome in zip(waiting, outcomes, strict=True):
            report, counts = _as_stored(one, corrected.get(one.report.sha256))
            if isinstance(outcome, ReportRefused):
                report = quarantined(one.task, report.reader, str(outcome), report.sha256)
                counts = report_to_counts(report)
                [outcome] = self._save([(report, one.force)], {})
                if isinstance(outcome, ReportRefused):
                    raise outcome
            self.done(Written(one.task, report, outcome, counts, one.seconds))
        self._last = time.monotonic()

    def _save(
        self, given: Sequence[tuple[Report | Finished, bool]], corrected: dict[str, Report]
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


def _as_stored(one: _Waiting, corrected: Report | None) -> tuple[Report, Counts]:
    """What is told of a report: as people corrected it, where they did."""
    if corrected is not None:
        # The database knows neither all of the readers nor the name under which it came now.
        report = replace(corrected, source=one.report.source, readers=one.report.readers)
        return report, report_to_counts(report)
    return one.report, report_to_counts(one.report) if one.ready is None else one.ready.counts
