"""Records of a run for other programs: a log of one JSON object a line, and a summary at the end.

A line of the log has `at` (UTC) and `event`: `begun`, `file` (one file is done, or was skipped),
`notice` (what holds the run up) or `ended`. The summary is written whole when the run is over.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from pipeline.results import FileResult, Summary


class NotWritable(Exception):
    """A record cannot be written, its disk being full for instance; says why and what to do."""


class BadPlace(NotWritable):
    """A record cannot be where it was named."""


@dataclass(slots=True)
class Records:
    """What is written of a run besides its database; with neither file, nothing is."""

    log: TextIO | None
    summary: Path | None
    _begun: float = field(default_factory=time.monotonic)
    _files: list[dict[str, object]] = field(default_factory=list)
    is_ended: bool = False

    def begin(self, settings: Mapping[str, object]) -> None:
        self._line("begun", settings)

    def file(self, result: FileResult) -> None:
        said = result_to_json(result)
        self._line("file", said)
        if self.summary is not None:
            self._files.append(said)

    def notice(self, message: str) -> None:
        self._line("notice", {"message": message})

    def end(self, summary: Summary, ended: str, settings: Mapping[str, object]) -> None:
        """`ended` is `complete` or `stopped`. Raises NotWritable."""
        self.is_ended = True
        counts = summary_to_json(summary)
        seconds = round(time.monotonic() - self._begun, 3)
        self._line("ended", {"ended": ended, "seconds": seconds, **counts})
        if self.summary is not None:
            whole = {"ended": ended, "seconds": seconds, **settings, **counts, "files": self._files}
            _write_whole(self.summary, json.dumps(whole, ensure_ascii=False, indent=1) + "\n")

    def break_off(self) -> None:
        """Says in the log that the run failed, or was stopped at once."""
        seconds = round(time.monotonic() - self._begun, 3)
        self._line("ended", {"ended": "broken_off", "seconds": seconds})

    def _line(self, event: str, said: Mapping[str, object]) -> None:
        if self.log is None:
            return
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"at": at, "event": event, **said}, ensure_ascii=False)
        try:
            self.log.write(line + "\n")
        except OSError as error:
            raise NotWritable(_cannot(Path(self.log.name), error)) from error


@contextmanager
def records_kept(log: Path | None, summary: Path | None) -> Iterator[Records]:
    """The records of a run; the log grows at its end. BadPlace before anything is read."""
    for file in (summary, log):
        if file is not None:
            _refuse_place(file)
    if log is None:
        yield Records(None, summary)
        return
    try:
        stream = log.open("a", encoding="utf-8", buffering=1)
    except OSError as error:
        raise BadPlace(_cannot(log, error)) from error
    with stream:
        records = Records(stream, summary)
        try:
            yield records
        finally:
            if not records.is_ended:
                records.break_off()


def result_to_json(result: FileResult) -> dict[str, object]:
    """One file's result; `seconds` is how long its reading took, null where it was not read."""
    return {
        "source": result.source,
        "became": result.became.value,
        "reasons": list(result.reasons),
        "readers": list(result.readers),
        "cells": result.cells,
        "flagged": result.flagged,
        "failed_checks": result.failed_checks,
        "seconds": None if result.seconds is None else round(result.seconds, 3),
        "replaces": result.replaces,
    }


def summary_to_json(summary: Summary) -> dict[str, object]:
    """The counts of a run; `readers` are the documents for which each was asked."""
    return {
        "accepted": summary.accepted,
        "needs_review": summary.needs_review,
        "quarantined": len(summary.quarantined),
        "still_quarantined": len(summary.still_quarantined),
        "unchanged": summary.unchanged,
        "copies": len(summary.copies),
        "superseded": len(summary.superseded),
        "left": summary.left,
        "cells": summary.cells,
        "flagged": summary.flagged,
        "failed_checks": summary.failed_checks,
        "readers": dict(sorted(summary.readers.items())),
        "manifest_rows": summary.manifest_rows,
        "manifest_unmatched": [
            {"file": file, "reason": reason} for file, reason in summary.manifest_unmatched
        ],
    }


def _refuse_place(file: Path) -> None:
    if file.is_dir():
        raise BadPlace(f"{file} is a folder; name a file")
    if not file.absolute().parent.is_dir():
        raise BadPlace(f"{file}: there is no folder {file.absolute().parent}; create it first")


def _write_whole(file: Path, text: str) -> None:
    """Never half a file: it is written beside, then put in place."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise NotWritable(_cannot(file, error)) from error


def _cannot(file: Path, error: OSError) -> str:
    return f"{file}: cannot be written ({error.strerror}); name another file"
