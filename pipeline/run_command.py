"""The command `gongkai run`: its options, what it prints, how it ends."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.limits import LEAST_MEGABYTES, MEGABYTE, MEMORY_LIMIT, TIME_LIMIT
from pipeline.options import (
    BAD_USAGE,
    DATABASE,
    FAILED,
    INTERRUPTED,
    QUARANTINED,
    ConfigOption,
    DatabaseOption,
    FormsOption,
    ReaderOption,
    err,
    refuse_memory,
    stop,
    use_forms,
)

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from pipeline.workers import Reading

_DATES = ["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]


def run(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files and folders.", readable=False)
    ],
    db: DatabaseOption = DATABASE,
    jobs: Annotated[
        int, typer.Option(min=1, help="Worker processes.", envvar="GONGKAI_JOBS")
    ] = os.cpu_count() or 1,
    executor: Annotated[
        str | None,
        typer.Option(
            help="Read on a Dask cluster: dask://HOST:PORT, or dask://local to try it.",
            metavar="URL",
        ),
    ] = None,
    reader: ReaderOption = None,
    include: Annotated[
        list[str] | None,
        typer.Option(help="Only files of this name in folders; may be repeated.", metavar="GLOB"),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(help="No files of this name in folders; may be repeated.", metavar="GLOB"),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            help="Only files modified at this local time or later.", formats=_DATES, metavar="DATE"
        ),
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option(
            help="What is known of the files: CSV with file, url, agency, year, published_on.",
            metavar="FILE.csv",
            readable=False,
        ),
    ] = None,
    force: Annotated[bool, typer.Option(help="Read again what is already there.")] = False,
    retry_quarantined: Annotated[
        bool, typer.Option(help="Read again what was quarantined before.")
    ] = False,
    outdated: Annotated[
        bool, typer.Option(help="Read again what another version of readers or forms read.")
    ] = False,
    timeout: Annotated[
        float,
        typer.Option(
            min=1,
            help="Seconds that one file may take.",
            metavar="SECONDS",
            envvar="GONGKAI_TIMEOUT",
        ),
    ] = TIME_LIMIT,
    memory: Annotated[
        int,
        typer.Option(
            min=LEAST_MEGABYTES,
            help="Megabytes of memory that one file may take.",
            metavar="MB",
            envvar="GONGKAI_MEMORY",
        ),
    ] = MEMORY_LIMIT // MEGABYTE,
    pages: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Pages that one file may have.",
            envvar="GONGKAI_PAGES",
            show_default="2000",
        ),
    ] = None,
    pixels: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Dots that one picture may have, times its colours.",
            envvar="GONGKAI_PIXELS",
            show_default="150000000",
        ),
    ] = None,
    forms: FormsOption = None,
    summary: Annotated[
        Path | None,
        typer.Option(help="Write what was done as JSON.", metavar="FILE.json", readable=False),
    ] = None,
    log: Annotated[
        Path | None,
        typer.Option(
            help="Add a line of JSON for each file done.", metavar="FILE.jsonl", readable=False
        ),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Read reports into the database.

    Files that are there with the same bytes are not read again. Stopped by Ctrl-C, or killed, it
    is started again with the same words and goes on where it was.

    Example: `gongkai run fixtures/reports --include 'source.*' --db sqlite:///gongkai.db`
    """
    use_forms(forms)
    from extract.allowed import Allowed
    from pipeline.cluster import ClusterError
    from pipeline.interrupts import stopped_gently
    from pipeline.limits import Limits
    from pipeline.manifest import BadManifest, match_entries, read_manifest
    from pipeline.plan import NothingThere, paths_to_plan
    from pipeline.progress import progress_bar
    from pipeline.records import BadPlace, NotWritable, records_kept
    from pipeline.results import FileResult
    from pipeline.run import Again
    from pipeline.run import run as run_tasks
    from pipeline.settings import url_without_password
    from pipeline.summing_up import print_summary
    from pipeline.version import reader_version
    from store.connections import waiting_until
    from store.database import open_database
    from store.errors import BadUrl, DatabaseBusy, DatabaseGone, StoreError
    from store.manifest import keep_manifest

    refuse_memory(db)
    shown = url_without_password(db)
    try:
        # Read first: a manifest that is wrong should be told before many files are looked at.
        entries = read_manifest(manifest) if manifest else ()
        plan = paths_to_plan(
            paths, include or (), exclude or (), since.timestamp() if since else None
        )
        matched = match_entries(manifest or Path(), entries, [task.source for task in plan.tasks])
    except (NothingThere, BadManifest) as error:
        stop(str(error), BAD_USAGE)
    if not plan.tasks and not plan.older:
        stop("no files there to read; name a folder that holds reports", BAD_USAGE)
    is_stopped: Callable[[], bool] = lambda: False  # noqa: E731 - takes the place of one
    how_to_go_on = f"what was read is in {shown}, run again to read the rest"
    try:
        with records_kept(log, summary) as records:
            engine = open_database(db)
            keep_manifest(engine, matched.rows)
            settings = {"database": shown, "version": reader_version()}
            records.begin({**settings, "planned": len(plan.tasks), "jobs": jobs})

            def notice(message: str) -> None:
                records.notice(message)
                err.print(message, markup=False, soft_wrap=True)

            with (
                progress_bar(len(plan.tasks)) as advance,
                stopped_gently(_say_stopping) as pressed,
                waiting_until(pressed),
                _reading(executor, jobs, notice) as reading,
            ):
                is_stopped = pressed

                def progress(result: FileResult) -> None:
                    records.file(result)
                    advance(result)

                done = run_tasks(
                    plan.tasks,
                    engine,
                    reader=reader.value if reader else None,
                    jobs=max(1, min(jobs, len(plan.tasks))),
                    again=Again(force, retry_quarantined, outdated),
                    limits=Limits(timeout, memory * MEGABYTE, Allowed(pages, pixels)),
                    progress=progress,
                    notice=notice,
                    stop=pressed,
                    reading=reading,
                )
            done.manifest_rows = len(matched.rows)
            done.manifest_unmatched = list(matched.unmatched)
            records.end(done, "stopped" if done.left else "complete", settings)
    except (BadUrl, BadPlace) as error:
        stop(str(error), BAD_USAGE)
    except (DatabaseBusy, DatabaseGone) as error:
        if is_stopped():
            stop(f"stopped while waiting ({error.problem}); {how_to_go_on}", INTERRUPTED)
        stop(str(error), FAILED)
    except (StoreError, NotWritable, ClusterError) as error:
        stop(str(error), FAILED)
    except OSError as error:
        stop(f"{error}; see to that and run again", FAILED)
    except KeyboardInterrupt:
        stop(f"stopped; {how_to_go_on}", INTERRUPTED)
    print_summary(done, shown, plan)
    if done.left:
        stop(
            f"stopped with {done.left} of {len(plan.tasks)} files not read; {how_to_go_on}",
            INTERRUPTED,
        )
    if done.quarantined or done.still_quarantined:
        raise typer.Exit(QUARANTINED)


def _reading(
    executor: str | None, jobs: int, notice: Callable[[str], None]
) -> AbstractContextManager[Reading | None]:
    """Where documents are read: on a cluster, or with None in processes of this machine."""
    from contextlib import nullcontext

    if executor is None:
        return nullcontext()
    from pipeline.cluster import is_cluster, reading_on

    if not is_cluster(executor):
        stop(f"{executor} is no executor; write dask://HOST:PORT or dask://local", BAD_USAGE)
    return reading_on(executor, jobs, notice)


def _say_stopping() -> None:
    err.print("stopping when what is being read is done; Ctrl-C again stops at once")
