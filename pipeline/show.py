"""A report as a person reads it: its tables laid out as the form, flags and failed checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from normalize.forms import Block, table_names, tables_named
from normalize.places.bodies import Body
from normalize.report import Check, Observation, Report, Status
from pipeline.plain_text import on_one_line

_SIGNS = {
    Status.BLANK: "·",
    Status.PLACEHOLDER: "∅",
    Status.UNREADABLE: "??",
    Status.MISSING: "",
}
_KINDS = {"H": "identity", "S": "rule with exceptions", "I": "remark", "X": "suspicion"}
LEGEND = "· blank   ∅ placeholder   ?? not a number   (empty) not printed   ! flagged"


def report_to_text(report: Report) -> Group:
    """Everything that was understood of a report, for a terminal."""
    parts: list[RenderableType] = [_head(report)]
    for table in (table for name in table_names() for table in tables_named(name)):
        cells = [o for o in report.observations if (o.form, o.table) == (table.form, table.name)]
        blocks = [grid for block in table.blocks if (grid := _block(block, cells))]
        if blocks:
            parts += [Text(f"\n{table.name}, form {table.form}", style="bold"), *blocks]
    if report.observations:
        parts.append(Text(LEGEND, style="dim"))
    parts.extend(_doubts(report.observations))
    parts.extend(_failed(report.checks))
    parts.extend(_statements(report))
    parts.extend(_extras(report))
    return Group(*parts)


def _head(report: Report) -> Table:
    facts = {
        "agency": report.agency,
        "resolved to": _resolved(report.body),
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
            head.add_row(f"[bold]{name}[/]", escape(on_one_line(str(fact))))
    return head


def _resolved(body: Body | None) -> str:
    parts = (body.region_code, body.level, body.kind) if body else ()
    return ", ".join(part for part in parts if part)


def _block(block: Block, cells: Sequence[Observation]) -> Table | None:
    by_name = {(o.row, o.column): o for o in cells}
    rows = [r for r in block.rows if any((r.name, c.name) in by_name for c in block.columns)]
    if not rows:
        return None
    grid = Table()
    grid.add_column(block.banner or "")
    for column in block.columns:
        unit = "\n(yuan)" if column.unit == "yuan" else ""
        grid.add_column(Text(column.label + unit), justify="right")
    for row in rows:
        printed = (_cell(by_name.get((row.name, column.name))) for column in block.columns)
        grid.add_row(escape(row.row_label), *printed)
    return grid


def _cell(observation: Observation | None) -> Text:
    if observation is None:
        return Text("")
    shown = (
        number(observation.value) if observation.value is not None else _SIGNS[observation.status]
    )
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
        said = f"{place}{raw}: {', '.join(o.doubts)}"
        yield Text(on_one_line(f"  {o.table}.{o.row}.{o.column}{said}"))


def _failed(checks: Sequence[Check]) -> Iterator[Text]:
    failed = [check for check in checks if check.passed is False or check.blank_as_zero is False]
    if failed:
        yield Text("\nchecks that fail (with blanks as zero where a cell is blank)", style="bold")
    for check in failed:
        place = ".".join(part for part in (check.table, check.row, check.column) if part)
        yield Text(f"  {check.check} ({_KINDS[check.kind]}) {place}{_both_sides(check)}")


def _both_sides(check: Check) -> str:
    """What the check compared; nothing where it looks for a pattern."""
    if check.expected is None and check.actual is None:
        return ""
    actual = "blank" if check.actual is None else number(check.actual)
    expected = "a whole number" if check.expected is None else number(check.expected)
    blame = f"; at fault: {check.blame}" if check.blame else ""
    return f": expected {expected}, printed {actual}{blame}"


def _statements(report: Report) -> Iterator[Text]:
    if report.statements:
        yield Text("\nfigures from sentences", style="bold")
    for said in report.statements:
        about = "" if said.approximate is False else "about "
        of = f" {said.year}" if said.year and said.year != report.year else ""
        whose = "" if said.scope == "own" else f" ({said.scope})"
        value = f"{about}{number(said.value)} {said.unit}".strip()
        yield Text(on_one_line(f"  {said.measure}{of}{whose} = {value}: {said.quote}"))


def _extras(report: Report) -> Iterator[Text]:
    if report.extras:
        yield Text("\nprinted rows that the form does not have", style="bold")
    for extra in report.extras:
        yield Text(on_one_line(f"  {extra.table}: {extra.label} | {' | '.join(extra.values)}"))
