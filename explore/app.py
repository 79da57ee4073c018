"""The web application put together: database, documents, Datasette, pages, and the guard."""

from __future__ import annotations

import secrets
import socket
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette

from explore import plugin
from explore.database import Database
from explore.errors import NotServed
from explore.pictures import Pictures
from explore.safety import LOOPBACK, App, Rules, guard
from explore.served import ServedDatabase
from explore.site import DATABASE, Site
from explore.sources import Sources
from explore.summary import Summaries

SQL_SECONDS = 5.0
"""For one statement of a researcher."""

MOST_ROWS = 5000
"""Of an answer on a page or in JSON; files in CSV hold more."""

PAGE_ROWS = 50
FACET_MS = 150


@dataclass(frozen=True, slots=True)
class Settings:
    """What to serve and to whom. `sources` is the folder of the documents, None to show none."""

    url: str
    sources: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8001
    token: str | None = None
    sql_seconds: float = SQL_SECONDS
    most_rows: int = MOST_ROWS


@dataclass(frozen=True, slots=True)
class Served:
    """The application and what it holds; `close` ends the process that draws pages."""

    app: App
    site: Site
    datasette: Any = field(repr=False)

    def close(self) -> None:
        self.site.close()
        self.datasette.get_database(DATABASE).close()


def serve_until_stopped(served: Served, settings: Settings) -> None:
    """Answer until interrupted; NotServed when the address is not to be had."""
    try:
        listening = _listen(settings)
    except BaseException:
        served.close()
        raise
    config = uvicorn.Config(
        served.app, log_level="warning", server_header=False, access_log=False, ws="none"
    )
    try:
        uvicorn.Server(config).run([listening])
    finally:
        listening.close()
        served.close()


def _listen(settings: Settings) -> socket.socket:
    """A socket on the address that was asked for."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        raise NotServed(
            f"{settings.host} port {settings.port} is not to be had ({error.strerror})",
            "name another with --port",
        ) from error
    return listening


def settings_to_rules(settings: Settings) -> Rules:
    """Who is let in; NotServed where others could reach the application without a token."""
    if settings.token is not None and len(settings.token) < 16:
        raise NotServed("the token is short enough to be guessed", "use 16 characters or more")
    is_local = settings.host in ("127.0.0.1", "localhost", "::1")
    if not is_local and settings.token is None:
        raise NotServed(
            f"everybody who reaches {settings.host} could read the database",
            "give a token as well, with --token or GONGKAI_TOKEN",
        )
    return Rules(LOOPBACK if is_local else frozenset(), settings.token)


def settings_to_app(settings: Settings) -> Served:
    """The application, ready to answer; the documents are read in the background."""
    rules = settings_to_rules(settings)
    database = Database(settings.url)
    sources = Sources(settings.sources)
    site = Site(database, sources, Pictures(sources), Summaries(database))
    datasette = _datasette(settings, database)
    plugin.install(datasette, site)
    site.summaries.current()
    sources.start()
    return Served(guard(datasette.app(), rules), site, datasette)


def _datasette(settings: Settings, database: Database) -> Any:
    templates = resources.files("explore") / "templates"
    datasette = Datasette(
        files=[],
        memory=False,
        template_dir=str(templates),
        secret=secrets.token_hex(32),
        cache_headers=False,
        settings={
            "sql_time_limit_ms": round(settings.sql_seconds * 1000),
            "max_returned_rows": settings.most_rows,
            "default_page_size": PAGE_ROWS,
            "suggest_facets": False,
            "allow_download": False,
            "allow_csv_stream": False,
            "facet_time_limit_ms": FACET_MS,
            "default_cache_ttl": 0,
            "truncate_cells_html": 300,
        },
    )
    datasette.remove_database("_memory")
    served = ServedDatabase(datasette, path=str(database.file), is_mutable=database.is_mutable())
    datasette.add_database(served, name=DATABASE)
    return datasette
