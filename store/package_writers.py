"""Processes that write the files of a release from rows kept in files, a file of a format each.

What they write does not depend on how many there are, nor on which of them writes what.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from store.errors import ExportFailed
from store.export_csv import write_csv
from store.export_labels import Labels
from store.export_parquet import write_parquet
from store.export_stata import write_stata

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from store.spooling import Spooled

CSV, PARQUET, STATA = "csv", "parquet", "stata"

EXTENSIONS: Mapping[str, str] = {CSV: "csv", PARQUET: "parquet", STATA: "dta"}
_WAITING_PER_JOB = 3

Failure = tuple[str, str]
"""The problem and the remedy of an ExportFailed, which does not pass from process to process."""


class Writers:
    """Writes at once where there are no `jobs`, else in so many processes."""

    def __init__(self, jobs: int) -> None:
        self._most = jobs * _WAITING_PER_JOB
        self._waiting: deque[tuple[Future[Failure | None], Spooled]] = deque()
        self._left: dict[Path, int] = {}
        self._pool = (
            ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
            if jobs
            else None
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait for what is being written; what is not begun is left where something failed."""
        try:
            while self._waiting and kind is None:
                self._settle()
        finally:
            if self._pool is not None:
                self._pool.shutdown(cancel_futures=True)

    def write(self, table: Spooled, folder: Path, formats: tuple[str, ...], labels: Labels) -> None:
        """Write the table's files below `folder`; its rows are gone when all of them are written.

        ExportFailed and OSError, of this table or of one before.
        """
        own = {key: label for key, label in labels.items() if key[0] == table.name}
        self._left[table.file] = len(formats)
        for format in formats:
            path = folder / format / f"{table.name}.{EXTENSIONS[format]}"
            if self._pool is None:
                self._done(write_format(format, table, path, own), table)
            else:
                task = self._pool.submit(write_format, format, table, path, own)
                self._waiting.append((task, table))
        while len(self._waiting) > self._most:
            self._settle()

    def _settle(self) -> None:
        task, table = self._waiting.popleft()
        try:
            failure = task.result()
        except BrokenProcessPool as error:
            raise ExportFailed(
                f"a process that wrote {table.name} was ended by the system",
                "free some memory and make it again",
            ) from error
        self._done(failure, table)

    def _done(self, failure: Failure | None, table: Spooled) -> None:
        if failure is not None:
            raise ExportFailed(*failure)
        self._left[table.file] -= 1
        if not self._left[table.file]:
            table.file.unlink()


def write_format(format: str, table: Spooled, path: Path, labels: Labels) -> Failure | None:
    """Write one file; what is wrong where the format cannot hold the table."""
    write: Callable[..., None] = {CSV: write_csv, PARQUET: write_parquet, STATA: write_stata}[
        format
    ]
    connection: Connection | None = None
    try:
        if format == STATA:
            write(connection, table, path, labels)
        else:
            write(connection, table, path)
    except ExportFailed as error:
        return error.problem, error.remedy
    return None
