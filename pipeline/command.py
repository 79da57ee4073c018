"""The command `gongkai`. Data go to standard output, progress and messages to standard error.

Exit status: 0 all went in, 1 the program failed, 2 bad usage, 3 some files were quarantined; 130,
as of other programs, when it was stopped by Ctrl-C.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from pipeline import upkeep
from pipeline.correct_command import correct
from pipeline.export_command import export
from pipeline.options import (
    BAD_USAGE,
    DATABASE,
    FAILED,
    QUARANTINED,
    ConfigOption,
    DatabaseOption,
    FormsOption,
    ReaderName,
    ReaderOption,
    err,
    refuse_memory,
    refuse_no_file,
    stop,
    use_forms,
)
from pipeline.plain_text import on_one_line
from pipeline.release_command import release
from pipeline.report_on_command import report_on
from pipeline.review_command import review
from pipeline.run_command import run
from pipeline.serve_command import serve
from pipeline.snapshot_command import snapshot
from pipeline.version import reader_version

if TYPE_CHECKING:
    from pipeline.plan import Task

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
app.command()(run)
app.command()(correct)
app.command()(export)
app.command()(release)
app.command("report-on")(report_on)
app.command()(serve)
app.command()(review)
app.command()(snapshot)


def _tell_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"gongkai {reader_version()}")
        raise typer.Exit


@app.callback()
def command(
    _: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_tell_version,
            is_eager=True,
            help="Say which version this is: of the program, and a digest of what it reads by.",
        ),
    ] = False,
) -> None:
    """Turn annual reports on government information disclosure into a database."""


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Any document.", readable=False)],
    reader: ReaderOption = None,
) -> None:
    """Print what one file holds, before any form is applied, as JSON.

    Pages that are pictures, or whose text is not what is seen on them, are recognised.

    Example: `gongkai extract fixtures/reports/archives2023-html-portal/source.html`
    """
    from extract import file_to_bytes, read_bytes
    from extract.errors import ExtractError
    from extract.json_form import document_to_json
    from pipeline.cascade import first_readings

    refuse_no_file(file)
    try:
        data = file_to_bytes(file)
        if reader:
            document = read_bytes(data, str(file), reader=reader.value)
        else:
            document = first_readings(data, str(file))[0]
    except ExtractError as error:
        stop(f"{file}: {error}", QUARANTINED)
    for note in document.notes:
        err.print(on_one_line(f"{file}: {note}"), markup=False)
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
    use_forms(forms)
    from normalize.report import Verdict
    from pipeline.plan import Task, printable
    from pipeline.show import report_to_text
    from pipeline.work import task_to_report

    refuse_no_file(file)
    if (page is None) != (out is None):
        stop("--page and --out go together: the page to draw, and where to", BAD_USAGE)
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
        stop(f"{task.source}: {error}", QUARANTINED)
    except OSError as error:
        stop(f"{out}: cannot be written ({error.strerror}); name another file", BAD_USAGE)
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

    refuse_no_file(file)
    try:
        comparison = compare_readers(
            file_to_bytes(file), str(file), [reader.value for reader in readers or ()]
        )
    except ExtractError as error:
        stop(f"{file}: {error}", QUARANTINED)
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
    config: ConfigOption = None,
) -> None:
    """Print the answer to one SELECT; nothing in the database can be changed by it.

    Example: `gongkai query "SELECT agency, year, received_total FROM requests"`
    """
    from pipeline.answers import result_to_table
    from store.database import open_readonly
    from store.errors import BadUrl, QueryFailed, QueryRefused, StoreError
    from store.query import query as ask

    refuse_memory(db)
    try:
        result = ask(open_readonly(db), sql, rows, seconds)
    except (BadUrl, QueryRefused, QueryFailed) as error:
        stop(str(error), BAD_USAGE)
    except StoreError as error:
        stop(str(error), FAILED)
    wide = None if sys.stdout.isatty() else 220
    Console(width=wide, highlight=False).print(result_to_table(result))
    if result.truncated:
        err.print(f"only the first {rows} rows are shown; ask for more with --rows")


app.add_typer(upkeep.forms, name="forms")
app.command("check")(upkeep.check_reports)
app.command()(upkeep.status)
app.command()(upkeep.doctor)


def main() -> None:
    """The entry point of the installed command."""
    app()
