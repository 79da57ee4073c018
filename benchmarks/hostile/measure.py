"""What each document costs the worker that reads it: seconds of the processor, and peak memory."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from normalize.report import Report
from pipeline import work
from pipeline.plan import Task

LOG = "GONGKAI_HOSTILE_LOG"
"""The environment variable that names the folder in which each worker keeps its log."""

_STATUS = Path("/proc/self/status")
_REFERENCES = Path("/proc/self/clear_refs")
_FORGET_PEAK = "5"


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one document: the processor's seconds, whatever else the machine does, and bytes.

    `seconds` is None for a document that its worker did not survive, `peak` where the system does
    not tell it. `until_given_up` is the wall clock's seconds until such a document was given up.
    """

    source: str
    seconds: float | None
    peak: int | None
    until_given_up: float | None = None


def measured_task_to_report(task: Task, reader: str | None) -> Report:
    """As `pipeline.work.task_to_report`, with the beginning and the cost written to a log."""
    log = Path(os.environ[LOG]) / f"{os.getpid()}.jsonl"
    _append(log, {"source": task.source, "begun": time.time()})
    _forget_peak()
    start = time.process_time()
    report = work.task_to_report(task, reader)
    seconds = time.process_time() - start
    _append(log, {"source": task.source, "seconds": seconds, "peak": peak_bytes()})
    return report


def noted_quarantined(task: Task, reader: str | None, reason: str) -> Report:
    """As `pipeline.work.quarantined`, with the moment noted at which a document is given up."""
    log = Path(os.environ[LOG]) / f"{os.getpid()}.jsonl"
    _append(log, {"source": task.source, "given up": time.time()})
    return work.quarantined(task, reader, reason)


def read_costs(folder: Path) -> dict[str, Cost]:
    """The costs in all logs, by source."""
    told: dict[str, dict[str, Any]] = {}
    for entry in _entries(folder):
        told.setdefault(str(entry["source"]), {}).update(entry)
    return {source: _cost_of(entry) for source, entry in told.items() if "begun" in entry}


def _cost_of(entry: Mapping[str, Any]) -> Cost:
    given_up = entry.get("given up")
    waited = None if given_up is None else given_up - entry["begun"]
    return Cost(entry["source"], entry.get("seconds"), entry.get("peak"), waited)


def _entries(folder: Path) -> Iterator[dict[str, Any]]:
    for log in sorted(folder.glob("*.jsonl")):
        with log.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def _append(log: Path, entry: dict[str, object]) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")


def peak_bytes() -> int | None:
    """The most memory that this process has had at once, since it was last forgotten."""
    if not _STATUS.exists():
        return None
    lines = _STATUS.read_text(encoding="ascii", errors="replace").splitlines()
    found = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(found[0]) * 1024 if found else None


def _forget_peak() -> None:
    """Where this fails the peak is that of all documents so far, which is no less."""
    if os.access(_REFERENCES, os.W_OK):
        _REFERENCES.write_text(_FORGET_PEAK, encoding="ascii")
