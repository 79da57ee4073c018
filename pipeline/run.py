"""The batch job: skip what is known, read in workers, write in one place, sum up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from sqlalchemy import Engine

from normalize.forms import all_fields
from normalize.given import NOTHING_GIVEN, Given
from normalize.report import Verdict
from pipeline.limits import Limits
from pipeline.plan import Task
from pipeline.results import FileResult, Summary, known_to_result, written_to_result
from pipeline.version import reader_version
from pipeline.work import file_to_sha256
from pipeline.workers import Reading, reading_here
from pipeline.writing import Writer, Written
from store.database import load_fields
from store.finished import numbering_text
from store.manifest import stored_manifest
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


@dataclass(slots=True)
class Told:
    """What the manifest says, by source, and which names hold the same bytes.

    Of bytes with several names counts what is said of the name that their report bears, then of
    the first of the others, so that the order in which they are read makes no difference.
    """

    by_source: Mapping[str, Given]
    _bears: dict[str, str] = field(default_factory=dict)
    _names: dict[str, set[str]] = field(default_factory=dict)

    def note(self, source: str, sha256: str | None, bears: str | None = None) -> None:
        """Remember that these bytes go by this name, and which name their report bears."""
        if sha256 is not None:
            self._names.setdefault(sha256, set()).add(source)
            if bears is not None:
                self._bears[sha256] = bears

    def of(self, source: str, sha256: str | None) -> Given:
        names = {source} if sha256 is None else self._names.get(sha256, {source})
        bears = self._bears.get(sha256 or "")
        ordered = sorted(names, key=lambda name: (name != bears, name))
        said = (self.by_source.get(name, NOTHING_GIVEN) for name in ordered)
        return next((given for given in said if given != NOTHING_GIVEN), NOTHING_GIVEN)


def run(
    tasks: Sequence[Task],
    engine: Engine,
    *,
    reader: str | None = None,
    jobs: int = 1,
    again: Again = Again(),
    limits: Limits = Limits(),  # noqa: B008 - frozen
    progress: Callable[[FileResult], None] = lambda result: None,
    notice: Callable[[str], None] = lambda message: None,
    stop: Callable[[], bool] = lambda: False,
    reading: Reading | None = None,
) -> Summary:
    """Read every task into the database; files already there with the same bytes are not read.

    A file that is not read within the limits is quarantined. What the stored manifest says of a
    file goes with it, and a file of which it says other things than when it was read is read
    again. `progress` is told of each file that is done, `notice` of what holds the run up. Once
    `stop` says so, what is being read is finished and nothing more begun. `reading` does the
    reading elsewhere than in `jobs` processes of this machine. StoreError when the database fails.
    """
    version = reader_version()
    load_fields(engine, all_fields())
    stored = known(engine)
    told = Told({source: row.given for source, row in stored_manifest(engine).items()})
    digests = _digests(tasks, stop)
    if told.by_source:
        for (source, bytes_there), on_record in stored.items():
            told.note(source, bytes_there, on_record.bears)
        # All names of the same bytes must be known before the first of them is read.
        listed = list(digests)
        for task, sha256 in listed:
            told.note(task.source, sha256)
        digests = iter(listed)
    summary = Summary()

    def tell(result: FileResult) -> None:
        summary.add(result)
        progress(result)

    to_read: list[Task] = []
    for task, sha256 in digests:
        known_one = stored.get((task.source, sha256)) if sha256 else None
        given = told.of(task.source, sha256)
        if known_one is None or known_one.given != given or again.includes(known_one, version):
            to_read.append(replace(task, given=given))
        else:
            tell(known_to_result(task.source, known_one))
    written = 0

    def done(one: Written) -> None:
        nonlocal written
        written += 1
        tell(written_to_result(one))

    writer = Writer(engine, done, version, notice, stop)
    read = reading or reading_here(jobs)
    with closing(read(to_read, reader, limits, stop, numbering_text(engine))) as reports:
        try:
            for one in reports:
                replaces = again.all or (one.task.source, one.report.sha256) in stored
                writer.add(one.task, one.report, replaces, one.seconds, one.ready)
        finally:
            writer.write()
    summary.left = len(tasks) - written - summary.unchanged - len(summary.still_quarantined)
    return summary


def _digests(tasks: Sequence[Task], stop: Callable[[], bool]) -> Iterator[tuple[Task, str | None]]:
    """The tasks with the digests of their bytes, until the run is told to stop."""
    for task in tasks:
        if stop():
            return
        yield task, file_to_sha256(task.path)
