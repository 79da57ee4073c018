"""The database as the pages read it: nothing can be changed, nothing takes for ever."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from explore.errors import NotServed, NotThere, TookTooLong
from normalize.report import Report
from store.database import open_readonly
from store.errors import ReportUnknown
from store.load import load_report

SECONDS = 20.0
"""How long one page may read before it is broken off."""

_STEPS_BETWEEN_LOOKS = 10_000
_SQLITE = "sqlite:///"
_AMBIGUOUS = frozenset("?#%")
"""Characters of a file's name that would mean something else in SQLite's own addresses."""

Row = sqlite3.Row
Parameters = Mapping[str, object]


class Database:
    """One SQLite file of the store, open for reading; safe to use from several threads."""

    def __init__(self, url: str) -> None:
        """Raises NotServed for what is no SQLite file, and the store's errors."""
        if not url.startswith(_SQLITE):
            raise NotServed(
                f"{url.partition('://')[0]} databases are not served",
                "write a snapshot of it to a SQLite file and serve that",
            )
        self.file = Path(url.removeprefix(_SQLITE))
        if _AMBIGUOUS & set(str(self.file)):
            raise NotServed(f"{self.file}: the name holds ?, # or %", "rename the file")
        self._engine = open_readonly(url)

    def close(self) -> None:
        self._engine.dispose()

    def is_mutable(self) -> bool:
        """Whether others may write to the file, as far as its folder says."""
        beside = self.file.with_name(f"{self.file.name}-wal")
        return os.access(self.file.resolve().parent, os.W_OK) or beside.exists()

    def version(self) -> str:
        """Changes whenever the content may have changed."""
        parts = (self.file, self.file.with_name(f"{self.file.name}-wal"))
        stats = [part.stat() for part in parts if part.exists()]
        return " ".join(f"{stat.st_mtime_ns}:{stat.st_size}" for stat in stats)

    def rows(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """All rows of one statement, each by the names of its columns; TookTooLong."""
        with self._reading(SECONDS) as connection:
            try:
                return _fetch(connection, sql, parameters or {})
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                    raise
                raise TookTooLong(
                    f"this took longer than {SECONDS:g} seconds", "ask for less"
                ) from error

    def report(self, report_id: str) -> Report:
        """The stored report; NotThere if there is none of that id."""
        try:
            return load_report(self._engine, report_id)
        except ReportUnknown as error:
            raise NotThere(error.problem, error.remedy) from error

    @contextmanager
    def _reading(self, seconds: float) -> Iterator[sqlite3.Connection]:
        pooled = self._engine.raw_connection()
        try:
            driver = pooled.driver_connection
            if not isinstance(driver, sqlite3.Connection):
                raise TypeError(f"{driver!r} is no connection of sqlite3")
            end = time.monotonic() + seconds
            driver.set_progress_handler(lambda: time.monotonic() > end, _STEPS_BETWEEN_LOOKS)
            try:
                yield driver
            finally:
                driver.set_progress_handler(None, 0)
        finally:
            pooled.close()


def _fetch(connection: sqlite3.Connection, sql: str, parameters: Parameters) -> list[Row]:
    with closing(connection.cursor()) as cursor:
        cursor.row_factory = sqlite3.Row
        return list(cursor.execute(sql, parameters))
