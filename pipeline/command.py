"""The command `gongkai`. Data go to standard output, progress and messages to standard error.

Exit status: 0 all went in, 1 the program failed, 2 bad usage, 3 some files were quarantined; 130,
as of other programs, when it was stopped by Ctrl-C.
"""

from __future__ import annotations

import json
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

from pipeline import upkeep
from pipeline.limits import TIME_LIMIT
from pipeline.plain_text import on_one_line

if TYPE_CHECKING:
    from pipeline.plan import Task
    from pipeline.run import Summary

DATABASE = "sqlite:///gongkai.db"
QUARANTINED = 3
INTERRUPTED = 130

app = typer.Typer(
    help="Turns annual reports on government information disclosure into a database.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
_err = Console(stderr=True)


class ReaderName(StrEnum):
    """The readers that can be asked for by name."""

    PDFIUM = "pdfium"
    PDFPLUMBER = "pdfplumber"
    CAMELOT = "camelot"
    OCR = "ocr"
    HTML = "html"
    DOCX = "docx"
    TEXT = "text"


class ExportFormat(StrEnum):
    """The kinds of file that `export` writes."""

    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"
    STATA = "stata"


ReaderOption = Annotated[
    ReaderName | None, typer.Option("--reader", help="Force one reader instead of choosing.")
]
FormsOption = Annotated[
    list[Path] | None,
    typer.Option(help="A folder of further forms; may be repeated.", metavar="DIR", readable=False),
]
DatabaseOption = Annotated[str, typer.Option("--db", help="Database URL.", metavar="URL")]


@app.command()
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
    force: Annotated[bool, typer.Option(help="Read again what is already there.")] = False,
    timeout: Annotated[
        float, typer.Option(min=1, help="Seconds that one file may take.", metavar="SECONDS")
    ] = TIME_LIMIT,
    forms: FormsOption = None,
) -> None:
    """Read reports into the database.

    Example: `gongkai run fixtures/reports --include 'source.*' --db sqlite:///gongkai.db`
    """
    _use_forms(forms)
    from pipeline.plan import NothingThere, paths_to_plan
    from pipeline.progress import progress_bar
    from pipeline.run import run as run_tasks
    from store.database import open_database
    from store.errors import BadUrl, StoreError

    _refuse_memory(db)
    try:
        plan = paths_to_plan(paths, include or ())
    except NothingThere as error:
        _stop(str(error), 2)
    tasks = plan.tasks
    if not tasks:
        _stop("no files there to read; name a folder that holds reports", 2)
    try:
        engine = open_database(db)
        with progress_bar(len(tasks)) as advance:
            summary = run_tasks(
                tasks,
                engine,
                reader=reader.value if reader else None,
                jobs=min(jobs, len(tasks)),
                force=force,
                timeout=timeout,
                progress=advance,
            )
    except BadUrl as error:
        _stop(str(error), 2)
    except StoreError as error:
        _stop(str(error), 1)
    except KeyboardInterrupt:
        _stop(f"stopped; what was read is in {db}, run again to read the rest", INTERRUPTED)
    _print_summary(summary, db, plan.passed_over)
    if summary.quarantined:
        raise typer.Exit(QUARANTINED)


def _print_summary(summary: Summary, db: str, passed_over: int) -> None:
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
    if passed_over:
        print_out(
            f"{passed_over} folders, covering letters and system files in packages passed over"
        )
    if summary.copies:
        print_out(f"{len(summary.copies)} with the same bytes as another file, stored once:")
    for source in summary.copies:
        print_out(f"  {on_one_line(source)}", markup=False)
    for source in summary.superseded:
        name = on_one_line(source)
        print_out(f"  takes the place of other bytes under that name: {name}", markup=False)
    if summary.review:
        print_out(f"{len(summary.review)} to review:")
    for source, reason in summary.review:
        print_out(on_one_line(f"  {source}: {reason}"), markup=False)
    print_out(f"{len(summary.quarantined)} quarantined{':' if summary.quarantined else ''}")
    for source, reason in summary.quarantined:
        print_out(on_one_line(f"  {source}: {reason}"), markup=False)


def _most_first(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: -item[1])


@app.command()
def export(
    out: Annotated[Path, typer.Option(help="Folder to write to.", metavar="DIR", readable=False)],
    db: DatabaseOption = DATABASE,
    format: Annotated[ExportFormat, typer.Option(help="Kind of file.")] = ExportFormat.CSV,
) -> None:
    """Write the tables reports, sections, observations, checks and statements.

    Example: `gongkai export --db sqlite:///gongkai.db --format csv --out export`
    """
    from store.database import open_readonly
    from store.errors import BadUrl, StoreError
    from store.export import Format
    from store.export import export as export_tables

    _refuse_memory(db)
    try:
        exported = export_tables(open_readonly(db), Format(format.value), out)
    except BadUrl as error:
        _stop(str(error), 2)
    except StoreError as error:
        _stop(str(error), 1)
    for path in exported.paths:
        typer.echo(path)
    for note in exported.notes:
        _err.print(note, markup=False)


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Any document.", readable=False)],
    reader: ReaderOption = None,
) -> None:
    """Print what one file holds, before any form is applied, as JSON.

    Example: `gongkai extract fixtures/reports/archives2023-html-portal/source.html`
    """
    from extract import file_to_bytes, read_bytes
    from extract.errors import ExtractError
    from extract.json_form import document_to_json

    _refuse_no_file(file)
    try:
        name = reader.value if reader else None
        document = read_bytes(file_to_bytes(file), str(file), reader=name)
    except ExtractError as error:
        _stop(f"{file}: {error}", QUARANTINED)
    for note in document.notes:
        _err.print(on_one_line(f"{file}: {note}"), markup=False)
    json.dump(document_to_json(document), sys.stdout, ensure_ascii=False, indent=1)
    typer.echo()


@app.command()
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One report.", readable=False)],
    reader: ReaderOption = None,
    page: Annotated[
        int | None, typer.Option(min=1, help="Draw this page instead.", metavar="N")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="The picture to draw, with --page.", metavar="FILE.png", readable=False),
    ] = None,
    forms: FormsOption = None,
) -> None:
    """Print what was understood of one report: its tables, flags and failed checks.

    With `--page` and `--out` the rules, cells, matched fields and flags are drawn over the page.

    Example: `gongkai show fixtures/reports/archives2023-html-portal/source.html`

    Example: `gongkai show fixtures/reports/water2023-pdf-strokes/source.pdf --page 2 --out p2.png`
    """
    _use_forms(forms)
    from normalize.report import Verdict
    from pipeline.plan import Task, printable
    from pipeline.show import report_to_text
    from pipeline.work import task_to_report

    _refuse_no_file(file)
    if (page is None) != (out is None):
        _stop("--page and --out go together: the page to draw, and where to", 2)
    task = Task(file, printable(file.as_posix()))
    name = reader.value if reader else None
    if page is not None and out is not None:
        _draw(task, name, page, out)
        return
    report = task_to_report(task, name)
    wide = None if sys.stdout.isatty() else 200
    Console(width=wide, highlight=False).print(report_to_text(report))
    if report.verdict is Verdict.QUARANTINED:
        raise typer.Exit(QUARANTINED)


def _draw(task: Task, reader: str | None, page: int, out: Path) -> None:
    from extract.errors import ExtractError
    from pipeline.drawing import draw_page

    try:
        out.write_bytes(draw_page(task, reader, page))
    except ExtractError as error:
        _stop(f"{task.source}: {error}", QUARANTINED)
    except OSError as error:
        _stop(f"{out}: cannot be written ({error.strerror}); name another file", 2)
    typer.echo(out)


@app.command()
def compare(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One report.", readable=False)],
    readers: Annotated[
        list[ReaderName] | None,
        typer.Option("--reader", help="A reader to ask; may be repeated.", show_default="all"),
    ] = None,
) -> None:
    """Print the cells of one report on which readers differ, and what each of them reads.

    Example: `gongkai compare fixtures/reports/audit2024-pdf-no-rules/source.pdf`
    """
    from extract import file_to_bytes
    from extract.errors import ExtractError
    from pipeline.comparison import compare_readers, comparison_to_text

    _refuse_no_file(file)
    try:
        comparison = compare_readers(
            file_to_bytes(file), str(file), [reader.value for reader in readers or ()]
        )
    except ExtractError as error:
        _stop(f"{file}: {error}", QUARANTINED)
    wide = None if sys.stdout.isatty() else 200
    Console(width=wide, highlight=False).print(comparison_to_text(comparison))


@app.command()
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT.")],
    db: DatabaseOption = DATABASE,
    rows: Annotated[int, typer.Option(min=1, help="Most rows to print.")] = 200,
    seconds: Annotated[
        float, typer.Option(min=0.001, help="Seconds that the answer may take.", metavar="SECONDS")
    ] = 60,
) -> None:
    """Print the answer to one SELECT; nothing in the database can be changed by it.

    Example: `gongkai query "SELECT agency, year, received_total FROM requests"`
    """
    from pipeline.answers import result_to_table
    from store.database import open_readonly
    from store.errors import BadUrl, QueryFailed, QueryRefused, StoreError
    from store.query import query as ask

    _refuse_memory(db)
    try:
        result = ask(open_readonly(db), sql, rows, seconds)
    except (BadUrl, QueryRefused, QueryFailed) as error:
        _stop(str(error), 2)
    except StoreError as error:
        _stop(str(error), 1)
    wide = None if sys.stdout.isatty() else 220
    Console(width=wide, highlight=False).print(result_to_table(result))
    if result.truncated:
        _err.print(f"only the first {rows} rows are shown; ask for more with --rows")


app.add_typer(upkeep.forms, name="forms")
app.command()(upkeep.status)
app.command()(upkeep.doctor)


def _use_forms(folders: list[Path] | None) -> None:
    """Names the folders to this process and its workers, before anything reads the forms."""
    if not folders:
        return
    from normalize.errors import FormError
    from normalize.forms import FOLDERS_VARIABLE, all_forms

    paths = (os.path.realpath(folder) for folder in folders)
    os.environ[FOLDERS_VARIABLE] = os.pathsep.join(paths)
    try:
        all_forms()
    except FormError as error:
        _stop(f"{error}; 'gongkai forms check' says all that is wrong", 2)


def _refuse_memory(db: str) -> None:
    """A database in memory would be gone with everything in it when the command ends."""
    from store.connections import is_in_memory, text_to_url
    from store.errors import BadUrl

    try:
        in_memory = is_in_memory(text_to_url(db))
    except BadUrl as error:
        _stop(str(error), 2)
    if in_memory:
        _stop(f"{db} names no file, nothing would be kept; write {DATABASE}", 2)


def _refuse_no_file(path: Path) -> None:
    from pipeline.plan import NothingThere, check_is_there, is_folder

    try:
        check_is_there(path)
    except NothingThere as error:
        _stop(str(error), 2)
    if is_folder(path):
        _stop(f"{path}: this is a folder; name one file in it, or read all with 'gongkai run'", 2)


def _stop(message: str, status: int) -> NoReturn:
    _err.print(message, markup=False, soft_wrap=True)
    raise typer.Exit(status)


def main() -> None:
    """The entry point of the installed command."""
    app()
