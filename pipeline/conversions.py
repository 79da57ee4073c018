"""Documents that LibreOffice must convert, converted ahead of reading, many in one run of it.

Its start costs more than a document; and in the command's own process nothing it started is left
behind by a worker that is killed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from extract import file_to_bytes
from extract.errors import ExtractError, ReaderMissing
from extract.office.ahead import convert_ahead
from extract.office.convert import is_for_office
from pipeline.plan import Task

BATCH = 50
"""Documents of one run of LibreOffice."""


@contextmanager
def converted(tasks: Sequence[Task], jobs: int) -> Iterator[tuple[Task, ...]]:
    """The tasks, told where the conversions are of those that need one; they last as long as this.

    `jobs` runs of LibreOffice go on at once.
    """
    wanted = [task for task in tasks if _needs_conversion(task)]
    if not wanted:
        yield tuple(tasks)
        return
    with TemporaryDirectory(prefix="gongkai-converted-") as name:
        folder = Path(name)
        batches = [wanted[at : at + BATCH] for at in range(0, len(wanted), BATCH)]
        with ThreadPoolExecutor(min(jobs, len(batches))) as pool:
            for _ in pool.map(lambda batch: _convert(batch, folder), batches):
                pass
        chosen = set(wanted)
        yield tuple(replace(task, converted=folder) if task in chosen else task for task in tasks)


def _needs_conversion(task: Task) -> bool:
    try:
        return is_for_office(file_to_bytes(task.path))
    except ExtractError:
        return False


def _convert(batch: Sequence[Task], folder: Path) -> None:
    """Where LibreOffice is not installed nothing is converted, and every reading says so."""
    documents: list[bytes] = []
    for task in batch:
        try:
            documents.append(file_to_bytes(task.path))
        except ExtractError:
            continue
    try:
        convert_ahead(documents, folder)
    except ReaderMissing:
        return
