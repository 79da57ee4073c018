"""One file -> one report, whatever the file does: what cannot be read is quarantined."""

from __future__ import annotations

import hashlib
from pathlib import Path

from extract import file_to_bytes
from extract.errors import ExtractError
from extract.office.ahead import conversions_in
from normalize.report import Report, Verdict
from pipeline.cascade import bytes_to_report
from pipeline.plan import Task

OUT_OF_MEMORY = "too large to be read in memory; split it"
UNKNOWN_TYPE = "application/octet-stream"


def task_to_report(task: Task, reader: str | None) -> Report:
    """The file's report, or a quarantined one that says why it could not be read.

    The file is read once, so that a report and its digest are of the same bytes.
    """
    digest = _name_to_sha256(task.source)
    try:
        data = file_to_bytes(task.path)
        digest = hashlib.sha256(data).hexdigest()
        with conversions_in(task.converted):
            return bytes_to_report(data, task.source, reader, task.given)
    except ExtractError as error:
        return quarantined(task, reader, str(error), digest)
    except RecursionError:
        reason = "nested too deeply to be read; open and save it again"
        return quarantined(task, reader, reason, digest)
    except MemoryError:
        return quarantined(task, reader, OUT_OF_MEMORY, digest)


def quarantined(task: Task, reader: str | None, reason: str, sha256: str | None = None) -> Report:
    """A report that holds nothing but the reason why its file was not read, and what is given.

    `sha256` is the digest of the bytes that were read; where none were, that of the file now.
    """
    given = task.given
    taken = {name: getattr(given, name) for name in ("agency", "year", "published_on")}
    return Report(
        source=task.source,
        sha256=sha256 or file_to_sha256(task.path) or _name_to_sha256(task.source),
        media_type=UNKNOWN_TYPE,
        reader=reader or "",
        pages=None,
        verdict=Verdict.QUARANTINED,
        reasons=(reason,),
        agency=given.agency,
        year=given.year,
        published_on=given.published_on,
        given=given,
        from_given=tuple(name for name, said in taken.items() if said is not None),
    )


def file_to_sha256(path: Path) -> str | None:
    """The digest of the file's bytes, None when it is no file that can and will be read."""
    try:
        return hashlib.sha256(file_to_bytes(path)).hexdigest()
    except ExtractError:
        return None


def _name_to_sha256(source: str) -> str:
    """Stands in for the digest of a file whose bytes cannot be had, so that it can be on record."""
    return hashlib.sha256(b"unreadable:" + source.encode()).hexdigest()
