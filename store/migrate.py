"""Moves a database between the versions of its tables, views out of the way meanwhile.

Alembic takes 0.2 s to import and is needed only by a database that is new or behind, so it is
imported where it is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

from store.schema import view_definitions
from store.views import drop_views, make_views

if TYPE_CHECKING:
    from alembic.config import Config

_SCRIPTS = Path(__file__).parent / "migrations"


def revisions() -> tuple[str, ...]:
    """Every revision this version of the program knows, newest first."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config(None))
    return tuple(script.revision for script in scripts.walk_revisions())


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the tables up to `revision`, within the connection's transaction."""
    from alembic import command

    if inspect(connection).has_table(view_definitions.name):
        drop_views(connection)
    command.upgrade(_config(connection), revision)
    make_views(connection)


def downgrade(connection: Connection, revision: str) -> None:
    """Take the tables down to `revision` (`base`: none are left), with what they held."""
    from alembic import command

    drop_views(connection)
    command.downgrade(_config(connection), revision)


def _config(connection: Connection | None) -> Config:
    from alembic.config import Config

    config = Config()
    # The option is read with %-interpolation, and a folder may have a percent sign in its name.
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
