"""The command `gongkai review`: the queue of doubtful values as a file, and decisions from it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from pipeline.options import (
    BAD_USAGE,
    DATABASE,
    FAILED,
    QUARANTINED,
    ConfigOption,
    DatabaseOption,
    err,
    refuse_memory,
    stop,
)

if TYPE_CHECKING:
    from store.review_queue import Wish


def review(
    db: DatabaseOption = DATABASE,
    export_file: Annotated[
        Path | None,
        typer.Option("--export", help="Write the queue.", metavar="FILE.csv", readable=False),
    ] = None,
    import_file: Annotated[
        Path | None,
        typer.Option("--import", help="Record the decisions.", metavar="FILE.csv", readable=False),
    ] = None,
    agency: Annotated[str, typer.Option(help="Only agencies with this in their name.")] = "",
    year: Annotated[int | None, typer.Option(help="Only reports of this year.")] = None,
    check: Annotated[str, typer.Option(help="Only cells that fail this check.")] = "",
    report: Annotated[str, typer.Option(help="Only this report, by id or source.")] = "",
    most: Annotated[
        int | None, typer.Option("--limit", min=1, help="Most cells to write.", metavar="N")
    ] = None,
    who: Annotated[
        str, typer.Option(help="Who decided, where the file does not say.", envvar="GONGKAI_WHO")
    ] = "",
    why: Annotated[str, typer.Option(help="The reason, where the file does not say.")] = "",
    config: ConfigOption = None,
) -> None:
    """Write the flagged values as a file to fill in, the most informative first, or read it back.

    In `decision` colleagues write a number, `as printed`, `suggestion` or `blank`, in `who` their
    name. A file may be imported any number of times. What changed since it was written is left out
    and told; the exit status is then 3. `gongkai serve --review` does the same in a browser.

    Example: `gongkai review --db sqlite:///gongkai.db --export review.csv`
    """
    from store.errors import BadUrl, CorrectionRefused, ReportUnknown, StoreError
    from store.review_queue import Wish

    refuse_memory(db)
    if (export_file is None) == (import_file is None):
        stop("give --export FILE.csv or --import FILE.csv", BAD_USAGE)
    if import_file is not None and any((agency, year, check, report, most)):
        stop("what to review is chosen when the file is written, with --export", BAD_USAGE)
    try:
        if export_file is not None:
            _export(db, Wish(agency, year, check, report), export_file, most)
        elif import_file is not None:
            _import(db, import_file, who, why)
    except (BadUrl, CorrectionRefused, ReportUnknown) as error:
        stop(str(error), BAD_USAGE)
    except StoreError as error:
        stop(str(error), FAILED)


def _export(db: str, wish: Wish, file: Path, most: int | None) -> None:
    from dataclasses import replace

    from pipeline.review_files import write_queue
    from store.corrections import find_report
    from store.database import open_readonly

    engine = open_readonly(db)
    if wish.report:
        wish = replace(wish, report=find_report(engine, wish.report))
    _print(f"{write_queue(engine, wish, file, most)} cells written to {file}")


def _import(db: str, file: Path, who: str, why: str) -> None:
    from pipeline.review_files import read_lines
    from pipeline.review_import import import_lines
    from store.database import open_database, open_readonly
    from store.errors import OlderSchema

    # Opening for writing would make a database where there is none.
    with suppress(OlderSchema):
        open_readonly(db).dispose()
    done = import_lines(open_database(db), read_lines(file), who.strip(), why.strip())
    _print(
        f"{done.merged.added} decisions recorded, {done.known} were there; "
        f"{len(done.merged.changed)} reports changed"
    )
    for report_id, cell in done.merged.disputed:
        _print(f"two people differ, the later is taken: {report_id} {'.'.join(cell)}")
    for left in done.left:
        err.print(f"line {left.line} left out: {left.why}", markup=False, soft_wrap=True)
    if done.left:
        raise typer.Exit(QUARANTINED)


def _print(line: str) -> None:
    Console(soft_wrap=True, highlight=False).print(line, markup=False)
