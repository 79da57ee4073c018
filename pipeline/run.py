"""The batch job: skip what is known, read in workers, write in one place, sum up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from normalize.forms import all_fields
from normalize.report import Verdict
from pipeline.conversions import converted
from pipeline.limits import MEMORY_LIMIT, TIME_LIMIT, Limits
from pipeline.plan import Task
from pipeline.results import FileResult, Summary, known_to_result, written_to_result
from pipeline.version import reader_version
from pipeline.work import file_to_sha256
from pipeline.workers import read_all
from pipeline.writing import Writer, Written
from store.database import load_fields
from store.save import Known, known


@dataclass(frozen=True, slots=True)
class Again:
    """Which files are read again although their bytes are in the database."""

    all: bool = False
    quarantined: bool = False
    outdated: bool = False
    """What another version of the readers or forms read."""

    def includes(self, one: Known, version: str) -> bool:
        return (
            self.all
            or (self.quarantined and one.verdict is Verdict.QUARANTINED)
            or (self.outdated and one.read_by != version)
        )


def run(
    tasks: Sequence[Task],
    engine: Engine,
    *,
    reader: str | None = None,
    jobs: int = 1,
    again: Again = Again(),
    timeout: float = TIME_LIMIT,
    memory: int = MEMORY_LIMIT,
    progress: Callable[[FileResult], None] = lambda result: None,
    notice: Callable[[str], None] = lambda message: None,
    stop: Callable[[], bool] = lambda: False,
) -> Summary:
    """Read every task into the database; files already there with the same bytes are not read.

    A file that is not read within `timeout` seconds or `memory` bytes is quarantined. `progress`
    is told of each file that is done, `notice` of what holds the run up. Once `stop` says so, what
    is being read is finished and nothing more begun. StoreError when the database fails.
    """
    version = reader_version()
    load_fields(engine, all_fields())
    stored = known(engine)
    summary = Summary()

    def tell(result: FileResult) -> None:
        summary.add(result)
        progress(result)

    to_read: list[Task] = []
    for task in tasks:
        if stop():
            break
        sha256 = file_to_sha256(task.path)
        on_record = stored.get((task.source, sha256)) if sha256 else None
        if on_record is None or again.includes(on_record, version):
            to_read.append(task)
        else:
            tell(known_to_result(task.source, on_record))
    written = 0

    def done(one: Written) -> None:
        nonlocal written
        written += 1
        tell(written_to_result(one))

    writer = Writer(engine, done, version, notice)
    with converted(to_read, jobs) as ready:
        try:
            for one in read_all(ready, reader, jobs, Limits(timeout, memory), stop):
                replaces = again.all or (one.task.source, one.report.sha256) in stored
                writer.add(one.task, one.report, replaces, one.seconds)
        finally:
            writer.write()
    summary.left = len(tasks) - written - summary.unchanged - len(summary.still_quarantined)
    return summary
