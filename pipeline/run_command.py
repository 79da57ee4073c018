"""The command `gongkai run`: its options, what it prints, how it ends."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from pipeline.limits import LEAST_MEGABYTES, MEGABYTE, MEMORY_LIMIT, TIME_LIMIT
from pipeline.options import (
    BAD_USAGE,
    DATABASE,
    FAILED,
    INTERRUPTED,
    QUARANTINED,
    DatabaseOption,
    FormsOption,
    ReaderOption,
    err,
    refuse_memory,
    stop,
    use_forms,
)
from pipeline.plain_text import on_one_line

if TYPE_CHECKING:
    from pipeline.plan import Plan
    from pipeline.results import Summary

_DATES = ["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]


def run(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files and folders.", readable=False)
    ],
    db: DatabaseOption = DATABASE,
    jobs: Annotated[int, typer.Option(min=1, help="Worker processes.")] = os.cpu_count() or 1,
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
    force: Annotated[bool, typer.Option(help="Read again what is already there.")] = False,
    retry_quarantined: Annotated[
        bool, typer.Option(help="Read again what was quarantined before.")
    ] = False,
    outdated: Annotated[
        bool, typer.Option(help="Read again what another version of readers or forms read.")
    ] = False,
    timeout: Annotated[
        float, typer.Option(min=1, help="Seconds that one file may take.", metavar="SECONDS")
    ] = TIME_LIMIT,
    memory: Annotated[
        int,
        typer.Option(
            min=LEAST_MEGABYTES, help="Megabytes of memory that one file may take.", metavar="MB"
        ),
    ] = MEMORY_LIMIT // MEGABYTE,
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
) -> None:
    """Read reports into the database.

    Files that are there with the same bytes are not read again. Stopped by Ctrl-C, or killed, it
    is started again with the same words and goes on where it was.

    Example: `gongkai run fixtures/reports --include 'source.*' --db sqlite:///gongkai.db`
    """
    use_forms(forms)
    from pipeline.interrupts import stopped_gently
    from pipeline.plan import NothingThere, paths_to_plan
    from pipeline.progress import progress_bar
    from pipeline.records import BadPlace, NotWritable, records_kept
    from pipeline.results import FileResult
    from pipeline.run import Again
    from pipeline.run import run as run_tasks
    from pipeline.version import reader_version
    from store.database import open_database
    from store.errors import BadUrl, StoreError

    refuse_memory(db)
    try:
        plan = paths_to_plan(
            paths, include or (), exclude or (), since.timestamp() if since else None
        )
    except NothingThere as error:
        stop(str(error), BAD_USAGE)
    if not plan.tasks and not plan.older:
        stop("no files there to read; name a folder that holds reports", BAD_USAGE)
    try:
        with records_kept(log, summary) as records:
            engine = open_database(db)
            settings = {"database": _without_password(db), "version": reader_version()}
            records.begin({**settings, "planned": len(plan.tasks), "jobs": jobs})
            with progress_bar(len(plan.tasks)) as advance, stopped_gently(_say_stopping) as pressed:

                def progress(result: FileResult) -> None:
                    records.file(result)
                    advance(result)

                def notice(message: str) -> None:
                    records.notice(message)
                    err.print(message, markup=False, soft_wrap=True)

                done = run_tasks(
                    plan.tasks,
                    engine,
                    reader=reader.value if reader else None,
                    jobs=max(1, min(jobs, len(plan.tasks))),
                    again=Again(force, retry_quarantined, outdated),
                    timeout=timeout,
                    memory=memory * MEGABYTE,
                    progress=progress,
                    notice=notice,
                    stop=pressed,
                )
            records.end(done, "stopped" if done.left else "complete", settings)
    except (BadUrl, BadPlace) as error:
        stop(str(error), BAD_USAGE)
    except (StoreError, NotWritable) as error:
        stop(str(error), FAILED)
    except OSError as error:
        stop(f"{error}; see to that and run again", FAILED)
    except KeyboardInterrupt:
        stop(f"stopped; what was read is in {db}, run again to read the rest", INTERRUPTED)
    _print_summary(done, db, plan)
    if done.left:
        stop(
            f"stopped with {done.left} of {len(plan.tasks)} files not read; "
            f"what was read is in {db}, run again to read the rest",
            INTERRUPTED,
        )
    if done.quarantined or done.still_quarantined:
        raise typer.Exit(QUARANTINED)


def _say_stopping() -> None:
    err.print("stopping when what is being read is done; Ctrl-C again stops at once")


def _without_password(db: str) -> str:
    from store.connections import text_to_url

    return text_to_url(db).render_as_string(hide_password=True)


def _print_summary(summary: Summary, db: str, plan: Plan) -> None:
    print_out = Console(soft_wrap=True, highlight=False).print
    accepted, review = summary.accepted, summary.needs_review
    print_out(f"{accepted + review} reports into {db}: {accepted} accepted, {review} need review")
    print_out(
        f"{summary.cells} cells, {summary.flagged} flagged; {summary.failed_checks} checks fail"
    )
    if summary.readers:
        asked = ", ".join(f"{name} {count}" for name, count in _most_first(summary.readers))
        print_out(f"readers asked: {asked}")
    if summary.unchanged:
        print_out(f"{summary.unchanged} files unchanged since they were read")
    if plan.older:
        print_out(f"{plan.older} files modified before the date passed over")
    if plan.passed_over:
        print_out(
            f"{plan.passed_over} folders, covering letters and system files in packages passed over"
        )
    if summary.copies:
        print_out(f"{len(summary.copies)} with the same bytes as another file, stored once:")
    for source in summary.copies:
        print_out(f"  {on_one_line(source)}", markup=False)
    for source in summary.superseded:
        name = on_one_line(source)
        print_out(f"  takes the place of other bytes under that name: {name}", markup=False)
    _print_pairs(f"{len(summary.review)} to review", summary.review)
    if summary.still_quarantined:
        _print_pairs(
            f"{len(summary.still_quarantined)} quarantined before and unchanged, "
            "read again with --retry-quarantined",
            summary.still_quarantined,
        )
    _print_pairs(f"{len(summary.quarantined)} quarantined", summary.quarantined, always=True)


def _print_pairs(head: str, pairs: list[tuple[str, str]], *, always: bool = False) -> None:
    """The head, and a line for each source with its reason; nothing for none, unless `always`."""
    print_out = Console(soft_wrap=True, highlight=False).print
    if pairs or always:
        print_out(f"{head}{':' if pairs else ''}")
    for source, reason in pairs:
        print_out(on_one_line(f"  {source}: {reason}"), markup=False)


def _most_first(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: -item[1])
