"""Reports as they are stored now, the last few kept: one answer looks at the same report often."""

from __future__ import annotations

import threading
from collections import OrderedDict

from explore.database import Database
from normalize.report import Report

MOST_KEPT = 8


class LatestReports:
    """What is kept is forgotten as soon as anything is written to the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._version = ""
        self._kept: OrderedDict[str, Report] = OrderedDict()

    def report(self, report_id: str) -> Report:
        """The stored report; NotThere if there is none of that id."""
        version = self._database.version()
        with self._lock:
            if version != self._version:
                self._version = version
                self._kept.clear()
            known = self._kept.get(report_id)
        if known is not None:
            return known
        report = self._database.report(report_id)
        with self._lock:
            # What was written meanwhile may or may not be in it: it is kept for nobody then.
            if version == self._version == self._database.version():
                self._kept[report_id] = report
                if len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
        return report
