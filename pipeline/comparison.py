"""One file as several readers read it: the cells on which they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

import extract
from extract import kind_of
from extract.errors import ExtractError
from extract.readers import KINDS_READ
from normalize import interpret
from normalize.opinions import Difference, differences
from normalize.report import Report, Status
from pipeline.plain_text import on_one_line


@dataclass(frozen=True, slots=True)
class Comparison:
    """`reports` by the readers that read the file, `refusals` pairs of a reader and its reason."""

    reports: tuple[Report, ...]
    refusals: tuple[tuple[str, str], ...]
    differences: tuple[Difference, ...]


def compare_readers(data: bytes, source: str, readers: Sequence[str] = ()) -> Comparison:
    """The readers asked, all that read such files when none is named.

    Raises ExtractError when none of them can read the file.
    """
    kind = kind_of(data)
    names = readers or [name for name, kinds in KINDS_READ.items() if kind in kinds]
    reports: list[Report] = []
    refused: dict[str, ExtractError] = {}
    for name in names:
        try:
            reports.append(interpret(extract.read_bytes(data, source, reader=name)))
        except ExtractError as error:
            refused[name] = error
    if not reports:
        raise refused[names[0]]
    refusals = tuple((name, str(error)) for name, error in refused.items())
    return Comparison(tuple(reports), refusals, differences(reports))


def comparison_to_text(comparison: Comparison) -> Group:
    """How much each reader found, and what each says where they differ, for a terminal."""
    parts: list[RenderableType] = [_found(comparison.reports)]
    parts += [
        escape(on_one_line(f"{name} did not read it: {reason}"))
        for name, reason in comparison.refusals
    ]
    if not comparison.differences:
        one = len(comparison.reports) == 1
        parts.append("one reader only" if one else "they read every cell alike")
        return Group(*parts)
    table = Table(title=f"{len(comparison.differences)} cells on which they differ")
    for head in ("cell", "page", *(report.reader for report in comparison.reports)):
        table.add_column(head)
    for one_cell in comparison.differences:
        place = "" if one_cell.page is None else str(one_cell.page)
        said = (escape(on_one_line(text)) for _, text in one_cell.said)
        table.add_row(f"{one_cell.table}.{one_cell.row}.{one_cell.column}", place, *said)
    return Group(*parts, table)


def _found(reports: Sequence[Report]) -> Table:
    table = Table()
    for head in ("reader", "cells found", "cells flagged", "checks that fail"):
        table.add_column(head)
    for report in reports:
        table.add_row(
            report.reader,
            str(sum(o.status is not Status.MISSING for o in report.observations)),
            str(sum(o.flagged for o in report.observations)),
            str(sum(check.passed is False for check in report.checks)),
        )
    return table
