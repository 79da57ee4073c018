"""What Datasette is told about the application: its pages, its words, its fence around SQL.

Datasette keeps one list of plugins for all of a process, so what belongs to one application is
found by the Datasette that asks.
"""

from __future__ import annotations

import logging
import sqlite3
import sys
from typing import Any
from urllib.parse import quote, urlencode
from weakref import WeakKeyDictionary

from datasette import hookimpl
from datasette.plugins import pm
from datasette.utils.asgi import Base400, Response
from datasette.views.base import DatasetteError
from markupsafe import Markup

from explore.answers import without_limit
from explore.context import request_to_context, request_to_words
from explore.routes import NOTHING_HERE, problem, site_to_routes
from explore.safety import fence
from explore.site import DATABASE, Site
from explore.views import column_labels, view_words

_SITES: WeakKeyDictionary[Any, Site] = WeakKeyDictionary()
_NAME = "gongkai"
_THEIR_HANDLER = "datasette.handle_exception"
"""Prints every error with all local variables, and shows those that mean too long as markup."""

_TOO_LONG = "SQL Interrupted"
"""What Datasette calls a statement that was broken off."""

_log = logging.getLogger(__name__)


def install(datasette: Any, site: Site) -> None:
    """Give a Datasette the pages of a site."""
    _SITES[datasette] = site
    if pm.get_plugin(_NAME) is None:
        pm.register(sys.modules[__name__], name=_NAME)
        pm.unregister(name=_THEIR_HANDLER)


def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    site = _SITES.get(datasette)
    return [] if site is None else site_to_routes(site)


def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    if datasette in _SITES and not database.startswith("_"):
        fence(conn)


def extra_template_vars(request: Any, table: str | None, datasette: Any) -> dict[str, object]:
    site = _SITES.get(datasette)
    if site is None:
        return {}
    words = request_to_words(request)
    return {
        **request_to_context(request),
        "view_words": lambda name: view_words(name, words),
        "column_labels": column_labels(site.database, table, words) if table else {},
        "csv_query": lambda sql, named: urlencode({**named, "sql": without_limit(sql)}),
    }


def render_cell(value: object, column: str, datasette: Any) -> Markup | None:
    """A report's id as a link to its page."""
    if datasette not in _SITES or not isinstance(value, str) or not column.endswith("report_id"):
        return None
    return Markup('<a href="/reports/{}">{}</a>').format(quote(value, safe=""), value)


def handle_exception(request: Any, exception: Exception) -> Response:
    """A plain page that says what is wrong; of faults of the program only that there was one."""
    if isinstance(exception, DatasetteError):
        # Datasette calls some addresses that mean nothing a fault of the server.
        status = 400 if exception.status == 500 else exception.status
        said = str(exception.message)
        if exception.title == _TOO_LONG:
            said = request_to_words(request)("sql_too_long")
        elif status == 404 and not request.path.startswith(f"/{DATABASE}"):
            # Datasette takes the first step of every address that is not known for a database.
            said = NOTHING_HERE
    elif isinstance(exception, Base400):
        status, said = exception.status, str(exception.args[0] if exception.args else "")
    elif isinstance(exception, ValueError) and request.path.startswith(f"/{DATABASE}"):
        status, said = 400, request_to_words(request)("means_nothing")
    else:
        _log.error("%s failed", request.path, exc_info=exception)
        status, said = 500, request_to_words(request)("program_failed")
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": said, "status": status}, status=status)
    return problem(request, status, said)


for _hook in (
    register_routes,
    prepare_connection,
    extra_template_vars,
    render_cell,
    handle_exception,
):
    hookimpl(_hook)
