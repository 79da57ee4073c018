"""Opens a database by its URL: for writing, with its tables made or brought up to date, or
read-only, as it is.

SQLite is the default (`sqlite:///gongkai.db`); PostgreSQL is `postgresql://USER@HOST/NAME`.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection, Engine, column, inspect, select, table

from store import migrate
from store.connections import (
    connect,
    reading,
    text_to_url,
    url_to_file,
    use_write_ahead_log,
    writing,
)
from store.errors import DatabaseMissing, ForeignDatabase, NewerSchema, OlderSchema
from store.fields import FormField, update_fields
from store.schema import METADATA, REVISION, VERSION_TABLE
from store.views import make_views


def open_database(url: str) -> Engine:
    """An engine on the database at `url`, its tables created or upgraded as need be.

    BadUrl, DatabaseMissing (its folder), DatabaseBroken, ForeignDatabase, NewerSchema.
    """
    parsed = text_to_url(url)
    if parsed.password is not None:
        url = parsed.render_as_string(hide_password=True)
    file = url_to_file(parsed)
    if file is not None:
        if not _kind_at(file.parent, url) == stat.S_IFDIR:
            raise DatabaseMissing(f"{url}: there is no folder {file.parent}", "create it first")
        _refuse_other_kinds(_kind_at(file, url), file, url)
    engine = connect(parsed)
    try:
        # Looked at before anything is changed, for it may be another program's.
        with reading(engine) as connection:
            revision = _revision_of_ours(connection)
        if engine.dialect.name == "sqlite":
            use_write_ahead_log(engine)
        if revision != REVISION:
            with writing(engine) as connection:
                if _revision_of_ours(connection) != REVISION:
                    migrate.upgrade(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine


def open_readonly(url: str) -> Engine:
    """An engine on an existing database that no statement can change.

    BadUrl, DatabaseMissing, DatabaseBroken, ForeignDatabase, OlderSchema, NewerSchema.
    """
    parsed = text_to_url(url)
    if parsed.password is not None:
        url = parsed.render_as_string(hide_password=True)
    file = url_to_file(parsed)
    if file is not None:
        kind = _kind_at(file, url)
        if kind is None:
            raise DatabaseMissing(f"{url}: there is no such file", "make it with 'gongkai run'")
        _refuse_other_kinds(kind, file, url)
    engine = connect(parsed, readonly=True)
    try:
        with reading(engine) as connection:
            revision = _revision_of_ours(connection)
        if revision is None:
            raise ForeignDatabase(f"{url} holds no reports", "make it with 'gongkai run'")
        if revision != REVISION:
            raise OlderSchema(
                f"{url} was written by an older version (tables {revision}, now {REVISION})",
                "upgrade it by opening it for writing with 'gongkai run'",
            )
    except BaseException:
        engine.dispose()
        raise
    return engine


def _kind_at(path: Path, url: str) -> int | None:
    """The kind of what is at `path`, as in the module stat; None when nothing is."""
    try:
        return stat.S_IFMT(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else error
        raise DatabaseMissing(
            f"{url}: {path} cannot be reached ({said})", "check its name and its permissions"
        ) from error


def _refuse_other_kinds(kind: int | None, file: Path, url: str) -> None:
    """Only a regular file is opened: a folder is none, and a pipe would never answer."""
    if kind not in (None, stat.S_IFREG):
        what = "a folder" if kind == stat.S_IFDIR else "no regular file"
        raise DatabaseMissing(f"{url}: {file} is {what}", "name a file")


def load_fields(engine: Engine, forms: Iterable[FormField]) -> None:
    """Make the dimension of cell names, and the views made from it, agree with the forms.

    FieldsConflict when the forms contradict what is stored; nothing is changed then.
    """
    with writing(engine) as connection:
        update_fields(connection, forms)
        make_views(connection)


def _revision_of_ours(connection: Connection) -> str | None:
    """The migration the database is at, None for an empty one."""
    name = connection.engine.url.render_as_string(hide_password=True)
    inspector = inspect(connection)
    if not inspector.has_table(VERSION_TABLE):
        tables = set(inspector.get_table_names())
        if connection.dialect.name == "postgresql":
            # A server's schema may be shared with others, as long as names do not clash.
            tables &= set(METADATA.tables)
        if tables:
            raise ForeignDatabase(
                f"{name} holds tables of another program ({', '.join(sorted(tables)[:3])})",
                "name another database",
            )
        return None
    revision = connection.scalar(select(column("version_num")).select_from(table(VERSION_TABLE)))
    if revision is None or revision == REVISION:
        return revision
    if revision not in migrate.revisions():
        raise NewerSchema(
            f"{name} was written by a newer version (tables {revision}, known {REVISION})",
            "upgrade gongkai",
        )
    return str(revision)
