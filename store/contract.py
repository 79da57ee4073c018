"""The tables of an export: their columns by name and order, and the rows that go into them.

Superseded reports are left out. Every table has a fixed order of rows, so that two exports of the
same content are the same bytes. What the columns mean is in `contract.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    Text,
    func,
    or_,
    select,
)

from store.readable import checks, observations, statements, suggestions
from store.schema import corrections, fields, manifest, panel_checks, reports, sections, sources
from store.selection import EVERYTHING, Selection

Kind = Literal["text", "prose", "integer", "float", "boolean", "decimal", "date"]
"""What a column holds; `prose` is text of any length, `decimal` comes as its exact digits."""

ExportRow = tuple[object, ...]
Digits = tuple[int, int]
"""The most digits that a decimal column has before the point, and after it."""


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of an export; `values` where it comes straight from a table of the database."""

    name: str
    kind: Kind
    values: ColumnElement[object] | None = None


class Exportable(Protocol):
    """What every kind of file can be written from: named columns, and rows in a fixed order."""

    @property
    def name(self) -> str: ...

    @property
    def columns(self) -> tuple[ExportColumn, ...]: ...

    def rows(self, connection: Connection) -> Iterator[ExportRow]: ...

    def count(self, connection: Connection) -> int: ...

    def digits(self, connection: Connection) -> dict[str, Digits]:
        """Of every decimal column the digits that it needs."""
        ...


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One table of the contract; `facts` belongs to a report and is sorted by `order` in it."""

    name: str
    columns: tuple[ExportColumn, ...]
    facts: Table
    order: tuple[Column[Any], ...] = ()
    selection: Selection = EVERYTHING

    @property
    def select(self) -> Select[*tuple[object, ...]]:
        taken = ((column.name, column.values) for column in self.columns)
        chosen = select(*(values.label(name) for name, values in taken if values is not None))
        if self.facts is reports:
            chosen = chosen.select_from(reports)
        elif self.facts is manifest:
            named = (manifest.c.source == sources.c.source) & sources.c.current
            chosen = chosen.join_from(manifest, sources, named)
            chosen = chosen.join(reports, sources.c.sha256 == reports.c.sha256)
        else:
            key = "sha256" if self.facts is corrections else "report_id"
            chosen = chosen.join_from(self.facts, reports, self.facts.c[key] == reports.c[key])
        if "field_id" in self.facts.c:
            chosen = chosen.join(fields, self.facts.c.field_id == fields.c.field_id)
            chosen = chosen.where(*self.selection.of_form(fields.c.form))
        elif "form" in self.facts.c:
            chosen = chosen.where(*self.selection.of_form(self.facts.c.form))
        chosen = chosen.where(*self.selection.of_reports())
        return chosen.order_by(reports.c.report_id, *self.order)

    def rows(self, connection: Connection) -> Iterator[ExportRow]:
        return select_to_rows(connection, self.select)

    def count(self, connection: Connection) -> int:
        counted = select(func.count()).select_from(self.select.order_by(None).subquery())
        return int(connection.scalar(counted) or 0)

    def digits(self, connection: Connection) -> dict[str, Digits]:
        rows = self.select.order_by(None).subquery()
        found: dict[str, Digits] = {}
        for column in self.columns:
            if column.kind == "decimal":
                text = rows.c[column.name]
                # Of the others it is known that they are whole and short.
                unusual = select(text).where(or_(text.like("%.%"), func.length(text) > 15))
                found[column.name] = texts_to_digits(connection.scalars(unusual.distinct()))
        return found


def table_to_rows(connection: Connection, table: Exportable) -> Iterator[ExportRow]:
    """The rows in order, fetched a few thousand at a time."""
    return table.rows(connection)


def select_to_rows(
    connection: Connection, chosen: Select[*tuple[object, ...]]
) -> Iterator[ExportRow]:
    streamed = connection.execution_options(yield_per=5000).execute(chosen)
    return (tuple(row) for row in streamed)


def texts_to_digits(texts: Iterable[object]) -> Digits:
    """The most digits before and after the point among numbers in plain digits."""
    whole = scale = 0
    for text in texts:
        before, _, after = str(text).lstrip("-").partition(".")
        whole, scale = max(whole, len(before)), max(scale, len(after))
    return whole, scale


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
        *_of(
            reports,
            from_manifest="text",
            manifest_agency="text",
            manifest_year="integer",
            manifest_published_on="date",
        ),
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
            original_value="decimal",
            original_status="text",
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

CORRECTIONS = ExportTable(
    name="corrections",
    columns=(
        *_of(reports, report_id="text"),
        *_of(
            corrections,
            correction_id="text",
            sha256="text",
            form="text",
            table="text",
            row="text",
            column="text",
            decision="text",
            value="decimal",
            who="text",
            why="prose",
            made_at="text",
            refers_to="text",
            original_value="decimal",
            original_status="text",
            original_raw="text",
        ),
    ),
    facts=corrections,
    order=(corrections.c.made_at, corrections.c.correction_id),
)

MANIFEST = ExportTable(
    name="manifest",
    columns=(
        *_of(reports, report_id="text"),
        *_of(
            manifest,
            source="text",
            file="text",
            url="text",
            agency="text",
            year="integer",
            published_on="date",
            further="prose",
        ),
    ),
    facts=manifest,
    order=(manifest.c.source,),
)

TABLES = (
    REPORTS,
    SECTIONS,
    OBSERVATIONS,
    CHECKS,
    STATEMENTS,
    SUGGESTIONS,
    PANEL_CHECKS,
    CORRECTIONS,
    MANIFEST,
)
