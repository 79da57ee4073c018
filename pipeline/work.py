"""One file -> one report, whatever the file does: what cannot be read is quarantined."""

from __future__ import annotations

import hashlib
from pathlib import Path

from extract.errors import ExtractError
from normalize.report import Report, Verdict
from pipeline.opinions import file_to_report
from pipeline.plan import Task

UNKNOWN_TYPE = "application/octet-stream"


def task_to_report(task: Task, reader: str | None) -> Report:
    """The file's report, or a quarantined one that says why it could not be read."""
    try:
        return file_to_report(task.path, task.source, reader)
    except ExtractError as error:
        return quarantined(task, reader, str(error))
    except RecursionError:
        return quarantined(task, reader, "nested too deeply to be read; open and save it again")
    except MemoryError:
        return quarantined(task, reader, "too large to be read in memory; split it")


def quarantined(task: Task, reader: str | None, reason: str) -> Report:
    """A report that holds nothing but the reason why its file was not read."""
    return Report(
        source=task.source,
        sha256=file_to_sha256(task.path) or _name_to_sha256(task.source),
        media_type=UNKNOWN_TYPE,
        reader=reader or "",
        pages=None,
        verdict=Verdict.QUARANTINED,
        reasons=(reason,),
    )


def file_to_sha256(path: Path) -> str | None:
    """The digest of the file's bytes, None when they cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _name_to_sha256(source: str) -> str:
    """Stands in for the digest of a file whose bytes cannot be had, so that it can be on record."""
    return hashlib.sha256(b"unreadable:" + source.encode()).hexdigest()
