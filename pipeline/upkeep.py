"""The commands that look after an installation and a database: `check`, `status`, `doctor`."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.options import DATABASE, FAILED, ConfigOption, DatabaseOption

_MEGABYTE = 1024**2


def status(db: DatabaseOption = DATABASE, config: ConfigOption = None) -> None:
    """Print what is in a database: reports by year, flags, failed checks, what was refused.

    Example: `gongkai status --db sqlite:///gongkai.db`
    """
    from store.database import open_readonly
    from store.errors import StoreError
    from store.overview import overview

    try:
        found = overview(open_readonly(db))
    except StoreError as error:
        Console(stderr=True).print(str(error), markup=False, soft_wrap=True)
        raise typer.Exit(FAILED) from error
    out = _console()
    reports = found.accepted + found.to_review
    out.print(f"{reports} reports: {found.accepted} accepted, {found.to_review} need review")
    out.print(f"{found.superseded} superseded by later files, kept on record")
    out.print(
        f"{found.cells} cells, {found.flagged} flagged; {found.failed_checks} checks fail; "
        f"{found.statements} figures from sentences"
    )
    out.print(f"{found.failed_panel_checks} checks against other years and reports fail")
    if found.bytes_on_disk is not None:
        out.print(f"{found.bytes_on_disk / _MEGABYTE:.1f} MB on disk")
    years = Table("year", "accepted", "need review")
    for year, accepted, to_review in found.years:
        years.add_row(str(year or "unknown"), str(accepted), str(to_review))
    out.print(years)
    quarantined = sum(count for _, count in found.quarantined)
    out.print(f"{quarantined} files quarantined{':' if quarantined else ''}")
    for reason, count in found.quarantined:
        out.print(f"  {count} {reason}", markup=False)


def check_reports(
    db: DatabaseOption = DATABASE,
    everything: Annotated[
        bool, typer.Option("--all", help="Check again what has not changed.")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Check reports against each other: an agency's years, twins, and peers.

    Only what changed since the last check is looked at. What fails is in `failed_panel_checks`.

    Example: `gongkai check --db sqlite:///gongkai.db`
    """
    from rich.progress import Progress

    from pipeline.panel import check_panel
    from store.database import open_database, open_readonly
    from store.errors import OlderSchema, StoreError

    try:
        # Opening for writing would make a database where there is none.
        with suppress(OlderSchema):
            open_readonly(db).dispose()
        engine = open_database(db)
        err = Console(stderr=True)
        with Progress(console=err, transient=True, disable=not err.is_terminal) as bar:
            task = bar.add_task("checking")
            checked = check_panel(
                engine,
                everything,
                lambda done, total: bar.update(task, completed=done, total=total),
            )
    except StoreError as error:
        Console(stderr=True).print(str(error), markup=False, soft_wrap=True)
        raise typer.Exit(FAILED) from error
    out = _console()
    out.print(
        f"{checked.reports_checked} reports of {checked.agencies_checked} agencies checked, "
        f"{checked.agencies - checked.agencies_checked} agencies unchanged"
    )
    table = Table("check", "kind", "holds", "fails", "not assessable")
    for one in checked.tallies:
        numbers = (one.passed, one.failed, one.not_assessable)
        table.add_row(one.check, one.kind, *map(str, numbers))
    out.print(table)


def doctor(
    context: typer.Context, db: DatabaseOption = DATABASE, config: ConfigOption = None
) -> None:
    """Check the installation: packages, extras, LibreOffice, the database; say what to do.

    Then every setting as it is in force, and whether it comes from the command line, the
    environment, a file or the program.

    Exit status 1 when something that is needed is wrong.

    Example: `gongkai doctor`
    """
    from pipeline.doctor import State, examine
    from pipeline.settings import effective_settings, load_settings, unknown_variables

    findings = examine(db)
    colours = {State.GOOD: "green", State.OPTIONAL: "yellow", State.BAD: "bold red"}
    table = Table("what", "state", "found", "to do", show_lines=False)
    for finding in findings:
        colour = colours[finding.state]
        table.add_row(
            escape(finding.what),
            f"[{colour}]{finding.state.value}[/]",
            escape(finding.detail),
            escape(finding.remedy),
        )
    _console().print(table)
    source = context.get_parameter_source("db")
    flags = {"db": db} if source is not None and source.name == "COMMANDLINE" else {}
    in_force = effective_settings(load_settings(config), flags)
    settings = Table("setting", "value", "from")
    for one in in_force:
        shown = f"{one.shown}: {one.wrong}" if one.wrong else one.shown
        settings.add_row(one.name, escape(shown), escape(one.origin))
    _console().print(settings)
    for name in unknown_variables():
        _console().print(f"{name} in the environment is no setting", markup=False)
    if any(one.wrong for one in in_force):
        raise typer.Exit(FAILED)
    if any(finding.state is State.BAD for finding in findings):
        raise typer.Exit(FAILED)


forms = typer.Typer(help="Forms of your own: folders of data that say what is printed.")


@forms.command()
def check(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder of form files.", readable=False)
    ],
) -> None:
    """Check a folder of forms, before `gongkai run --forms DIR` uses it.

    Exit status 1 when a form cannot be used.

    Example: `gongkai forms check fixtures/forms/indicators`
    """
    from normalize.errors import FormError
    from normalize.form_check import check_forms

    try:
        findings = check_forms(folder)
    except FormError as error:
        Console(stderr=True).print(str(error), markup=False, soft_wrap=True)
        raise typer.Exit(FAILED) from error
    out = _console()
    for finding in sorted(findings, key=lambda finding: not finding.wrong):
        sign = "wrong" if finding.wrong else "note"
        out.print(f"{sign}: {finding.place}: {finding.what}", markup=False, soft_wrap=True)
    wrong = sum(finding.wrong for finding in findings)
    out.print(f"{wrong} wrong; {'correct it' if wrong else 'the forms can be used'}")
    if wrong:
        raise typer.Exit(FAILED)


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else 160, highlight=False)
