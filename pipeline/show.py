"""A report as a person reads it: its tables laid out as the form, flags and failed checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from normalize.forms import Block, FormTable, all_forms
from normalize.report import Check, Observation, Report, Status

_SIGNS = {
    Status.BLANK: "·",
    Status.PLACEHOLDER: "∅",
    Status.UNREADABLE: "??",
    Status.MISSING: "",
}
LEGEND = "· blank   ∅ placeholder   ?? not a number   (empty) not printed   ! flagged"


def report_to_text(report: Report) -> Group:
    """Everything that was understood of a report, for a terminal."""
    parts: list[RenderableType] = [_head(report)]
    for table in (table for form in all_forms() for table in form.tables):
        cells = [o for o in report.observations if (o.form, o.table) == (table.form, table.name)]
        if cells:
            parts += [_block(table, block, cells) for block in table.blocks]
    parts = [part for part in parts if part is not None]
    if report.observations:
        parts.append(Text(LEGEND, style="dim"))
    parts.extend(_doubts(report.observations))
    parts.extend(_failed(report.checks))
    parts.extend(_extras(report))
    return Group(*parts)


def _head(report: Report) -> Table:
    facts = {
        "agency": report.agency,
        "year": report.year,
        "title": report.title,
        "published on": report.published_on,
        "source": report.source,
        "reader": report.reader,
        "pages": report.pages,
        "status": report.verdict.value,
        "because": "; ".join(report.reasons),
        "sections": " | ".join(s.heading or "(before the first heading)" for s in report.sections),
    }
    head = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name, fact in facts.items():
        if fact not in (None, ""):
            head.add_row(f"[bold]{name}[/]", escape(str(fact)))
    return head


def _block(table: FormTable, block: Block, cells: Sequence[Observation]) -> Table | None:
    by_name = {(o.row, o.column): o for o in cells}
    rows = [r for r in block.rows if any((r.name, c.name) in by_name for c in block.columns)]
    if not rows:
        return None
    title = f"{table.name} (form {table.form}) {block.banner or ''}".strip()
    grid = Table(title=title, title_justify="left", title_style="bold")
    grid.add_column("")
    for column in block.columns:
        grid.add_column(escape(column.label), justify="right")
    for row in rows:
        printed = (_cell(by_name.get((row.name, column.name))) for column in block.columns)
        grid.add_row(escape(row.row_label), *printed)
    return grid


def _cell(observation: Observation | None) -> Text:
    if observation is None:
        return Text("")
    shown = number(observation.value) if observation.value is not None else _SIGNS[observation.status]
    return Text(f"{shown} !", style="bold red") if observation.flagged else Text(shown)


def number(value: Decimal) -> str:
    """The number without exponent."""
    return format(value, "f")


def _doubts(observations: Sequence[Observation]) -> Iterator[Text]:
    flagged = [o for o in observations if o.flagged]
    if flagged:
        yield Text(f"\n{len(flagged)} flagged cells", style="bold")
    for o in flagged:
        place = f" p.{o.page}" if o.page else ""
        raw = "" if o.raw is None else f" printed '{o.raw}'"
        yield Text(f"  {o.table}.{o.row}.{o.column}{place}{raw}: {', '.join(o.doubts)}")


def _failed(checks: Sequence[Check]) -> Iterator[Text]:
    failed = [check for check in checks if check.passed is False or check.blank_as_zero is False]
    if failed:
        yield Text("\nchecks that fail (with blanks as zero where a cell is blank)", style="bold")
    for check in failed:
        actual = "blank" if check.actual is None else number(check.actual)
        expected = "a whole number" if check.expected is None else number(check.expected)
        yield Text(
            f"  {check.check} {check.table}.{check.row}.{check.column}: "
            f"expected {expected}, printed {actual}"
        )


def _extras(report: Report) -> Iterator[Text]:
    if report.extras:
        yield Text("\nprinted rows that the form does not have", style="bold")
    for extra in report.extras:
        yield Text(f"  {extra.table}: {extra.label} | {' | '.join(extra.values)}")
