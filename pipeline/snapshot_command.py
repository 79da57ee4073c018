"""The command `gongkai snapshot`: what is current in a database as one SQLite file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline.options import (
    BAD_USAGE,
    DATABASE,
    FAILED,
    ConfigOption,
    DatabaseOption,
    refuse_memory,
    stop,
)


def snapshot(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The SQLite file to write.", readable=False)
    ],
    db: DatabaseOption = DATABASE,
    config: ConfigOption = None,
) -> None:
    """Copy what is current into a SQLite file, from PostgreSQL too, for `gongkai serve`.

    Superseded reports stay behind. A file of that name is replaced once the copy is whole.

    Example: `gongkai snapshot served.db --db sqlite:///gongkai.db`
    """
    from store.connections import text_to_url, url_to_file
    from store.copying import copy_current
    from store.database import open_readonly
    from store.errors import BadUrl, StoreError

    refuse_memory(db)
    part = file.with_name(f"{file.name}.part")
    try:
        source = url_to_file(text_to_url(db))
        if source is not None and source.resolve() == file.resolve():
            stop(f"{file} is the database itself; name another file", BAD_USAGE)
        engine = open_readonly(db)
        try:
            part.unlink(missing_ok=True)
            copy_current(engine, part, datetime.now(UTC).replace(microsecond=0))
            part.replace(file)
        finally:
            engine.dispose()
            part.unlink(missing_ok=True)
    except BadUrl as error:
        stop(str(error), BAD_USAGE)
    except StoreError as error:
        stop(str(error), FAILED)
    except OSError as error:
        stop(f"{file}: cannot be written ({error.strerror}); name another place", FAILED)
    typer.echo(f"{file}: {file.stat().st_size / 1024**2:.1f} MB")
