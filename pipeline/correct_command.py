"""The command `gongkai correct`: what people decide of cells, and the ledger of it as a file."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

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

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from store.ledger import Correction, Kind
    from store.names import Name

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_BLANK = "blank"


def correct(
    report: Annotated[
        str | None, typer.Argument(metavar="REPORT", help="Its id, or its source.")
    ] = None,
    cell: Annotated[
        str | None, typer.Argument(metavar="CELL", help="form.table.row.column")
    ] = None,
    value: Annotated[
        str | None,
        typer.Argument(metavar="VALUE", help="In the field's unit; 'blank' for no number."),
    ] = None,
    db: DatabaseOption = DATABASE,
    why: Annotated[str, typer.Option(help="The reason, for record.", metavar="TEXT")] = "",
    who: Annotated[
        str, typer.Option(help="Who decides, for record.", metavar="NAME", envvar="GONGKAI_WHO")
    ] = "",
    as_printed: Annotated[
        bool, typer.Option("--as-printed", help="The value there is what is printed.")
    ] = False,
    suggestion: Annotated[
        bool, typer.Option("--suggestion", help="Take the value that arithmetic suggests.")
    ] = False,
    withdraw: Annotated[
        str | None, typer.Option(help="Take back this entry of the ledger.", metavar="ID")
    ] = None,
    import_file: Annotated[
        Path | None,
        typer.Option(
            "--import", help="Add the entries of a file.", metavar="FILE.csv", readable=False
        ),
    ] = None,
    export_file: Annotated[
        Path | None,
        typer.Option(
            "--export", help="Write the whole ledger.", metavar="FILE.csv", readable=False
        ),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Correct a cell, confirm it as printed, or print what was decided of a report.

    What was read is kept; the decision is applied again whenever the report is read again. With
    REPORT alone its entries are printed.

    A value is decided of with words like
    `gongkai correct a.pdf 2021.requests.granted.total 12 --who Li --why 'page 3'`.

    Example: `gongkai correct --export corrections.csv`
    """
    from contextlib import suppress

    from store.database import open_database, open_readonly
    from store.errors import BadUrl, CorrectionRefused, OlderSchema, ReportUnknown, StoreError

    refuse_memory(db)
    ways = [as_printed, suggestion, withdraw is not None, value is not None]
    files = [import_file is not None, export_file is not None]
    if sum(ways) > 1 or (any(files) and (any(ways) or report is not None)) or sum(files) > 1:
        stop("give one of VALUE, --as-printed, --suggestion, --withdraw or a file", BAD_USAGE)
    if not any((*ways, *files)) and (report is None or cell is not None):
        stop("name a report and a cell, and say what is decided; see --help", BAD_USAGE)
    try:
        # Opening for writing would make a database where there is none.
        with suppress(OlderSchema):
            open_readonly(db).dispose()
        engine = open_database(db)
        if import_file is not None:
            _import(engine, import_file)
        elif export_file is not None:
            _export(engine, export_file)
        elif withdraw is not None:
            _withdraw(engine, withdraw, who, why)
        elif report is not None and not any(ways):
            _print_entries(engine, report)
        elif report is not None and cell is not None:
            _decide(
                engine,
                report,
                _text_to_name(cell),
                _chosen(as_printed, suggestion, value),
                who,
                why,
            )
        else:
            stop("name a report and a cell as form.table.row.column", BAD_USAGE)
    except (BadUrl, CorrectionRefused, ReportUnknown) as error:
        stop(str(error), BAD_USAGE)
    except StoreError as error:
        stop(str(error), FAILED)


def _chosen(as_printed: bool, suggestion: bool, value: str | None) -> tuple[Kind, Decimal | None]:
    from store.ledger import Kind

    if as_printed:
        return Kind.AS_PRINTED, None
    if suggestion:
        return Kind.SUGGESTION, None
    text = (value or "").strip()
    if text == _BLANK:
        return Kind.VALUE, None
    if not _NUMBER.fullmatch(text):
        stop(
            f"{value!r} is no number; write plain digits in the field's unit (money in yuan), "
            f"or '{_BLANK}' where no number is printed",
            BAD_USAGE,
        )
    return Kind.VALUE, Decimal(text)


def _text_to_name(text: str) -> Name:
    parts = text.split(".")
    if len(parts) != 4 or not all(parts):
        stop(f"{text!r} names no cell; write form.table.row.column", BAD_USAGE)
    form, table, row, column = parts
    return form, table, row, column


def _decide(
    engine: Engine,
    report: str,
    cell: Name,
    chosen: tuple[Kind, Decimal | None],
    who: str,
    why: str,
) -> None:
    from store.corrections import find_report, record_correction

    decision, value = chosen
    report_id = find_report(engine, report)
    entry = record_correction(engine, report_id, cell, decision, value, who=who, why=why)
    _print(_entry_to_line(entry))
    _print_state(engine, report_id, cell)


def _withdraw(engine: Engine, correction_id: str, who: str, why: str) -> None:
    from store.corrections import withdraw_correction
    from store.rows import sha256_to_report_id

    entry = withdraw_correction(engine, correction_id, who=who, why=why)
    _print(_entry_to_line(entry))
    _print_state(engine, sha256_to_report_id(entry.sha256), entry.cell)


def _print_state(engine: Engine, report_id: str, cell: Name) -> None:
    """What the cell holds now, and what fails in its report."""
    from store.errors import ReportUnknown
    from store.load import load_report

    try:
        report = load_report(engine, report_id)
    except ReportUnknown:
        return
    for o in report.observations:
        if (o.form, o.table, o.row, o.column) == cell:
            said = "no number" if o.value is None else f"{o.value} {o.unit}"
            doubts = f", flagged: {'; '.join(o.doubts)}" if o.doubts else ", not flagged"
            _print(f"{'.'.join(cell)} is {said} ({o.status}){doubts}")
    broken = sum(check.passed is False and check.kind != "I" for check in report.checks)
    _print(f"{report.source}: {report.verdict}, {broken} checks fail")


def _print_entries(engine: Engine, report: str) -> None:
    from store.corrections import corrections_of, find_report

    entries = corrections_of(engine, find_report(engine, report))
    for entry in entries:
        _print(_entry_to_line(entry))
    err.print(f"{len(entries)} entries")


def _import(engine: Engine, file: Path) -> None:
    from store.correction_files import read_corrections
    from store.corrections import merge_corrections

    merged = merge_corrections(engine, read_corrections(file))
    _print(
        f"{merged.added} entries added, {merged.known} were there; "
        f"{len(merged.changed)} reports changed"
    )
    if merged.waiting:
        _print(f"{merged.waiting} wait for reports that are not in this database")
    for report_id, cell in merged.disputed:
        _print(f"two people differ, the later is taken: {report_id} {'.'.join(cell)}")


def _export(engine: Engine, file: Path) -> None:
    from store.correction_files import write_corrections
    from store.corrections import all_corrections

    entries = all_corrections(engine)
    write_corrections(entries, file)
    _print(f"{len(entries)} entries written to {file}")


def _entry_to_line(entry: Correction) -> str:
    said = {
        "value": "is no number" if entry.value is None else f"is {entry.value}",
        "as_printed": "is as printed",
        "suggestion": f"is {entry.value}, as suggested",
        "withdraw": f"withdrawn: {entry.refers_to}",
    }[entry.decision.value]
    day = entry.made_at.strftime("%Y-%m-%d %H:%M")
    name = ".".join(entry.cell)
    return f"{entry.correction_id} {day} {entry.who}: {name} {said} ({entry.why})"


def _print(line: str) -> None:
    Console(soft_wrap=True, highlight=False).print(line, markup=False)
