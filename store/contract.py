"""The tables of an export: their columns by name and order, and the rows that go into them.

Superseded reports are left out. Every table has a fixed order of rows, so that two exports of the
same content are the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, Text, func, select

from store.schema import (
    checks,
    fields,
    observations,
    panel_checks,
    reports,
    sections,
    statements,
    suggestions,
)

Kind = Literal["text", "prose", "integer", "float", "boolean", "decimal", "date"]
"""What a column holds; `prose` is text of any length, `decimal` comes as its exact digits."""

ExportRow = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class ExportColumn:
    name: str
    kind: Kind
    values: ColumnElement[object]


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One table of the contract; `facts` belongs to a report and is sorted by `order` in it."""

    name: str
    columns: tuple[ExportColumn, ...]
    facts: Table
    order: tuple[Column[Any], ...] = ()

    @property
    def select(self) -> Select[*tuple[object, ...]]:
        chosen = select(*(column.values.label(column.name) for column in self.columns))
        if self.facts is reports:
            chosen = chosen.select_from(reports)
        else:
            chosen = chosen.join_from(
                self.facts, reports, self.facts.c.report_id == reports.c.report_id
            )
        if "field_id" in self.facts.c:
            chosen = chosen.join(fields, self.facts.c.field_id == fields.c.field_id)
        current = chosen.where(reports.c.superseded_by.is_(None))
        return current.order_by(reports.c.report_id, *self.order)


def table_to_rows(connection: Connection, table: ExportTable) -> Iterator[ExportRow]:
    """The rows in order, fetched a few thousand at a time."""
    streamed = connection.execution_options(yield_per=5000).execute(table.select)
    return (tuple(row) for row in streamed)


def count_rows(connection: Connection, table: ExportTable) -> int:
    counted = select(func.count()).select_from(table.select.order_by(None).subquery())
    return int(connection.scalar(counted) or 0)


def _of(table: Table, /, **kinds: Kind) -> tuple[ExportColumn, ...]:
    """Columns of a table as they are; names, of which an empty one is none, are null then."""
    return tuple(
        ExportColumn(
            name,
            kind,
            func.nullif(table.c[name], "", type_=Text())
            if kind == "text"
            else table.c[f"{name}_exact" if kind == "decimal" else name],
        )
        for name, kind in kinds.items()
    )


REPORTS = ExportTable(
    name="reports",
    columns=(
        *_of(
            reports,
            report_id="text",
            source="text",
            sha256="text",
            media_type="text",
            agency="text",
            region_code="text",
            year="integer",
            title="text",
            published_on="date",
            reader="text",
            pages="integer",
            status="text",
        ),
        ExportColumn("reason", "prose", func.replace(reports.c.reason, "\n", "; ")),
        *_of(reports, agency_id="text", level="text", agency_kind="text", scope="text"),
    ),
    facts=reports,
)

SECTIONS = ExportTable(
    name="sections",
    columns=_of(
        sections,
        report_id="text",
        position="integer",
        section="text",
        heading="text",
        text="prose",
    ),
    facts=sections,
    order=(sections.c.position,),
)

OBSERVATIONS = ExportTable(
    name="observations",
    columns=(
        *_of(observations, report_id="text"),
        *_of(fields, form="text", table="text", row="text", column="text"),
        *_of(observations, value="decimal"),
        *_of(fields, unit="text"),
        *_of(observations, status="text", flagged="boolean"),
        # Empty where a cell is there and nothing is printed in it, null where there is no cell.
        ExportColumn("raw", "text", observations.c.raw),
        *_of(
            observations,
            page="integer",
            x0="float",
            top="float",
            x1="float",
            bottom="float",
            reader="text",
        ),
    ),
    facts=observations,
    order=(fields.c.position,),
)

CHECKS = ExportTable(
    name="checks",
    columns=_of(
        checks,
        report_id="text",
        check="text",
        table="text",
        row="text",
        column="text",
        expected="decimal",
        actual="decimal",
        passed="boolean",
        blame="text",
        kind="text",
    ),
    facts=checks,
    order=(checks.c.position,),
)

SUGGESTIONS = ExportTable(
    name="suggestions",
    columns=(
        *_of(suggestions, report_id="text"),
        *_of(fields, form="text", table="text", row="text", column="text"),
        *_of(suggestions, value="decimal", derived_by="prose"),
    ),
    facts=suggestions,
    order=(fields.c.position,),
)

STATEMENTS = ExportTable(
    name="statements",
    columns=_of(
        statements,
        report_id="text",
        section="text",
        measure="text",
        value="decimal",
        unit="text",
        quote="prose",
        approximate="boolean",
        year="integer",
        scope="text",
        claim="text",
        section_position="integer",
        offset="integer",
    ),
    facts=statements,
    order=(statements.c.position,),
)

PANEL_CHECKS = ExportTable(
    name="panel_checks",
    columns=_of(
        panel_checks,
        agency_id="text",
        year="integer",
        report_id="text",
        other_report_id="text",
        check="text",
        kind="text",
        form="text",
        table="text",
        row="text",
        column="text",
        expected="decimal",
        actual="decimal",
        passed="boolean",
    ),
    facts=panel_checks,
    order=(panel_checks.c.part, panel_checks.c.position),
)

TABLES = (REPORTS, SECTIONS, OBSERVATIONS, CHECKS, STATEMENTS, SUGGESTIONS, PANEL_CHECKS)
