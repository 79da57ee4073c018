"""The command `gongkai serve`: the database as a web application on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.options import (
    BAD_USAGE,
    DATABASE,
    FAILED,
    ConfigOption,
    DatabaseOption,
    err,
    refuse_memory,
    stop,
)

_LOCAL = "127.0.0.1"


def serve(
    db: DatabaseOption = DATABASE,
    sources: Annotated[
        Path | None,
        typer.Option(
            help="Folder with the documents, to show their pages.", metavar="DIR", readable=False
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8001,
    host: Annotated[
        str, typer.Option(help="Address to listen on; others than this machine's need a token.")
    ] = _LOCAL,
    token: Annotated[
        str | None,
        typer.Option(
            help="What everybody must give who asks, 16 characters or more.",
            envvar="GONGKAI_TOKEN",
            metavar="TOKEN",
        ),
    ] = None,
    review: Annotated[
        bool, typer.Option("--review", help="Let people decide of doubtful values, at /review.")
    ] = False,
    who: Annotated[
        str,
        typer.Option(
            help="Who reviews; without it the page asks.", envvar="GONGKAI_WHO", metavar="NAME"
        ),
    ] = "",
    config: ConfigOption = None,
) -> None:
    """Open the database in a browser: reports beside their pages, charts, comparisons and SQL.

    Nothing is fetched from elsewhere, and nothing can be changed by it. It ends with Ctrl-C. With
    `--review` people decide of doubtful values there; that goes into the ledger of
    corrections, and nothing else is written.

    Example: `gongkai serve --db sqlite:///gongkai.db --sources fixtures/reports`
    """
    from store.errors import BadUrl, StoreError

    try:
        from explore.app import Settings, serve_until_stopped, settings_to_app
        from explore.errors import NotServed
        from explore.review.attached import attach_review
    except ModuleNotFoundError as error:
        if error.name not in ("datasette", "uvicorn", "jinja2", "markupsafe"):
            raise
        stop(f"{error.name} is not installed; pip install 'gongkai[web]'", FAILED)
    refuse_memory(db)
    if sources is not None and not sources.is_dir():
        stop(f"{sources}: there is no such folder", BAD_USAGE)
    settings = Settings(url=db, sources=sources, host=host, port=port, token=token)
    try:
        served = settings_to_app(settings)
        if review:
            served = attach_review(served, settings, who.strip())
    except (BadUrl, NotServed) as error:
        stop(str(error), BAD_USAGE)
    except StoreError as error:
        stop(str(error), FAILED)
    shown = f"[{host}]" if ":" in host else host
    err.print(f"http://{shown}:{port}/ (stop with Ctrl-C)", markup=False, soft_wrap=True)
    try:
        serve_until_stopped(served, settings)
    except NotServed as error:
        stop(str(error), FAILED)
