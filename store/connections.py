"""Engines, transactions, and what the drivers' errors mean.

On SQLite one program writes while others read (WAL). A transaction that writes takes the write
lock at its start, so two writers queue instead of failing half way.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import StaticPool

from store.errors import (
    BadUrl,
    DatabaseBroken,
    DatabaseBusy,
    DatabaseFailed,
    DatabaseGone,
    DatabaseMissing,
    StoreError,
)

_STEPS_BETWEEN_LOOKS = 10_000
"""Steps of SQLite's machine, a fraction of a millisecond, after which it looks at the clock."""

BUSY_SECONDS = 60.0
"""How long a connection waits for another program's lock before it gives up."""

SQLITE_CACHE = 64 * 1024
"""Kilobytes of pages that each connection to a SQLite file may keep in memory."""

_BETWEEN_TRIALS = 0.01
"""Seconds in which others get at the lock."""

_WAIT_INSIDE = 0.2
"""Seconds of it at a time within SQLite, where nothing can interrupt it."""

_GRACE = 2.0
"""Seconds for which it goes on waiting once nobody wants it to."""

_STOP: ContextVar[Callable[[], bool] | None] = ContextVar("stop waiting", default=None)

_WRITER_LOCK = 0x676F6E67
"""The advisory lock by which writers queue on PostgreSQL ('gong')."""

_QUERY_CANCELED = "57014"
"""PostgreSQL's code for a statement that was broken off."""

_HUNG_UP = ("08", "57P", "53300")
"""How PostgreSQL's codes begin when the server is not there, goes down, or is full."""

_READING_PRAGMAS = frozenset(
    {
        "foreign_key_list",
        "index_info",
        "index_list",
        "index_xinfo",
        "table_info",
        "table_list",
        "table_xinfo",
    }
)


def text_to_url(text: str) -> URL:
    """The parsed URL; BadUrl when it is none, or of a database that the program does not know."""
    remedy = "write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise BadUrl(f"{text!r} is not a database URL", remedy) from error
    if url.drivername == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise BadUrl(f"{url.drivername} databases are not supported", remedy)
    if url.get_backend_name() == "sqlite" and (url.query or url.host):
        raise BadUrl(f"{text!r} does not plainly name a file", remedy)
    return url


def url_to_file(url: URL) -> Path | None:
    """The file of a SQLite database; None for one in memory or on a server."""
    if url.get_backend_name() != "sqlite" or is_in_memory(url):
        return None
    return Path(str(url.database))


def is_in_memory(url: URL) -> bool:
    """Whether a database is gone when the program ends."""
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


def connect(url: URL, *, readonly: bool = False) -> Engine:
    """An engine whose connections write, or cannot write by any statement."""
    try:
        if url.get_backend_name() == "sqlite":
            return _sqlite_engine(url, readonly).execution_options(readonly=readonly)
        engine = create_engine(url, pool_pre_ping=True)
        # The option is on the engine because SQLAlchemy sets it anew at every checkout: one set on
        # a connection is undone, to read and write, when that goes back to the pool.
        return engine.execution_options(postgresql_readonly=readonly, readonly=readonly)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise BadUrl(
            f"the driver for {url.drivername} is not installed",
            "pip install 'gongkai[postgres]'",
        ) from error


def _sqlite_engine(url: URL, readonly: bool) -> Engine:
    file = url_to_file(url)
    if file is None:
        # One shared connection: every further one would see an empty database of its own.
        engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    elif readonly:
        uri = f"{file.resolve().as_uri()}?{_readonly_mode(file)}"
        engine = create_engine(
            url,
            creator=lambda: sqlite3.connect(
                uri, uri=True, timeout=_WAIT_INSIDE, check_same_thread=False
            ),
        )
    else:
        engine = create_engine(url, connect_args={"timeout": _WAIT_INSIDE})

    @event.listens_for(engine, "connect")
    def set_up(dbapi_connection: sqlite3.Connection, _: object) -> None:
        # Python's own handling begins no transaction before SELECT and DDL; ours does.
        dbapi_connection.isolation_level = None
        dbapi_connection.execute("PRAGMA foreign_keys = ON")
        dbapi_connection.execute("PRAGMA synchronous = NORMAL")
        dbapi_connection.execute(f"PRAGMA cache_size = -{SQLITE_CACHE}")
        if readonly:
            dbapi_connection.execute("PRAGMA query_only = ON")
            dbapi_connection.set_authorizer(_authorize_reading)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        statement = connection.get_execution_options().get("sqlite_begin", "BEGIN")
        if statement:
            _patiently(connection, statement)
        if statement == "BEGIN":
            # Only this takes the lock to read: what follows has no other program to wait for.
            _patiently(connection, "SELECT 1 FROM sqlite_master LIMIT 1")

    return engine


def _patiently(connection: Connection, statement: str) -> None:
    """Execute what may have to wait for another program's lock, so that Ctrl-C is heard."""
    end = time.monotonic() + BUSY_SECONDS
    stop = _STOP.get()
    while True:
        try:
            connection.exec_driver_sql(statement)
            return
        except OperationalError as error:
            now = time.monotonic()
            if not _is_busy(error) or now >= end:
                raise
            if stop is not None and stop():
                end, stop = min(end, now + _GRACE), None
        time.sleep(_BETWEEN_TRIALS)


def _is_busy(error: DBAPIError) -> bool:
    """Whether another program is at it; SQLITE_PROTOCOL when many begin at the same moment."""
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL)


@contextmanager
def waiting_until(stop: Callable[[], bool]) -> Iterator[None]:
    """Within, nothing waits for another program's lock any longer once `stop` says so."""
    before = _STOP.set(stop)
    try:
        yield
    finally:
        _STOP.reset(before)


def _readonly_mode(file: Path) -> str:
    """How to open `file` so that it is never written.

    Readers of a WAL database share a small file beside it; on a medium where none can be made
    SQLite must be told that nobody writes.
    """
    wal = file.with_name(file.name + "-wal")
    writable = os.access(file.resolve().parent, os.W_OK)
    return "mode=ro" if writable or wal.exists() else "immutable=1"


def _authorize_reading(
    action: int, first: str | None, second: str | None, database: str | None, trigger: str | None
) -> int:
    """Whether SQLite may do one step of a statement: reading, and nothing else.

    `mode=ro` protects the file alone; without this a statement could attach and write another.
    """
    allowed = action in (
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_TRANSACTION,
    ) or (action == sqlite3.SQLITE_PRAGMA and first in _READING_PRAGMAS)
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def is_readonly(engine: Engine) -> bool:
    """Whether `connect` made the engine for reading only."""
    return bool(engine.get_execution_options().get("readonly", False))


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that holds the write lock from its start; all of it is kept, or nothing."""
    with database_errors(engine), engine.connect() as plain:
        connection = plain.execution_options(sqlite_begin="BEGIN IMMEDIATE")
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")
            yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction in which every statement sees the same state of the database."""
    with database_errors(engine), engine.connect() as plain:
        connection = plain
        if engine.dialect.name == "postgresql":
            connection = plain.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def time_limit(connection: Connection, seconds: float) -> Iterator[None]:
    """Breaks off what the connection does after so many seconds; `is_out_of_time` knows it."""
    if connection.dialect.name != "sqlite":
        # Counted for each statement; the setting ends with the transaction.
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {max(1, round(seconds * 1000))}")
        yield
        return
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError(f"{driver!r} is no connection of sqlite3")
    end = time.monotonic() + seconds
    driver.set_progress_handler(lambda: time.monotonic() > end, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)


def is_out_of_time(error: DBAPIError) -> bool:
    """Whether a statement was broken off by `time_limit`."""
    if getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
        return True
    return getattr(error.orig, "sqlstate", None) == _QUERY_CANCELED


@contextmanager
def database_errors(engine: Engine) -> Iterator[None]:
    """Turn a driver's error into one that says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise driver_error_to_store_error(error, engine) from error


def driver_error_to_store_error(error: DBAPIError, engine: Engine) -> StoreError:
    name = engine.url.render_as_string(hide_password=True)
    said = str(error.orig).strip()
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    if _is_busy(error):
        return DatabaseBusy(f"{name}: another program is writing", "wait for it to end")
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return DatabaseBroken(f"{name}: {said}", "name another file or restore a copy")
    if code == sqlite3.SQLITE_READONLY:
        return DatabaseFailed(f"{name}: the file is read-only", "make it writable or name another")
    if code == sqlite3.SQLITE_FULL:
        return DatabaseFailed(f"{name}: {said}", "make room and run again")
    if code == sqlite3.SQLITE_IOERR:
        return DatabaseFailed(
            f"{name}: {said}", "see whether the disk is full or failing and run again"
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return DatabaseMissing(f"{name}: {said}", "check that the path exists and may be opened")
    if error.connection_invalidated or _is_hung_up(error):
        return DatabaseGone(
            f"{name}: {said}", "see whether the server is up and lets you in, and run again"
        )
    return DatabaseFailed(f"{name}: {said}", "see to that and run again")


def _is_hung_up(error: DBAPIError) -> bool:
    """Whether a server was not there, is going down or coming up, or takes no more connections."""
    if not isinstance(error, OperationalError) or isinstance(error.orig, sqlite3.Error):
        return False
    state = getattr(error.orig, "sqlstate", None)
    return state is None or state.startswith(_HUNG_UP)


def use_write_ahead_log(engine: Engine) -> None:
    """Let others read a SQLite file while one writes; the file remembers it."""
    with database_errors(engine), engine.connect() as plain:
        # SQLite cannot change this within a transaction.
        connection = plain.execution_options(sqlite_begin="")
        _patiently(connection, "PRAGMA journal_mode = WAL")
