"""The wide form of an export: one row a report, from the forms and from the views over years.

<table>_<form>  a column for each cell of the form, in its order, with exact digits
panel, rates    as the views of these names
coverage        one row a year, level and province

A number that is not there stays empty whatever the reason; of a form `cells_blank` and its like
say how many there are of each, `columns_in_doubt` which columns are flagged, and of the panel each
measure has its status beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Date,
    Double,
    Integer,
    Select,
    SelectBase,
    func,
    select,
)

from store.contract import (
    Digits,
    Exportable,
    ExportColumn,
    ExportRow,
    Kind,
    select_to_rows,
    texts_to_digits,
)
from store.fields import StoredField, stored_fields
from store.form_views import COUNTED, REPORT_COLUMNS, column_name, is_one_of
from store.measures import all_rates
from store.panel_view import coverage, panel, rates
from store.readable import observed
from store.schema import reports
from store.schema_cells import observation_rows
from store.selection import EVERYTHING, Selection
from store.values import Number, decimal_to_text, float_to_text

IN_DOUBT = "columns_in_doubt"
_BODY = (reports.c.agency_id, reports.c.level, reports.c.agency_kind)


@dataclass(frozen=True, slots=True)
class FormTable:
    """One table of one form, one row a report that has it."""

    name: str
    cells: tuple[StoredField, ...]
    selection: Selection = EVERYTHING

    @property
    def columns(self) -> tuple[ExportColumn, ...]:
        return (
            *(ExportColumn(c.name, _column_to_kind(c)) for c in (*REPORT_COLUMNS, *_BODY)),
            *(ExportColumn(column_name(cell), "decimal") for cell in self.cells),
            ExportColumn("cells_flagged", "integer"),
            *(ExportColumn(f"cells_{status}", "integer") for status in COUNTED),
            ExportColumn(IN_DOUBT, "prose"),
        )

    def rows(self, connection: Connection) -> Iterator[ExportRow]:
        places = {cell.field_id: place for place, cell in enumerate(self.cells)}
        named = len(REPORT_COLUMNS) + len(_BODY)
        streamed = connection.execution_options(yield_per=5000).execute(self._select())
        for _, facts in groupby(streamed, key=lambda row: row[0]):
            values: list[str | None] = [None] * len(self.cells)
            statuses: Counter[str] = Counter()
            doubtful: list[int] = []
            head: tuple[object, ...] = ()
            for row in facts:
                head = tuple(row[:named])
                field_id, digits, status, flagged = row[named:]
                place = places[field_id]
                values[place] = digits
                statuses[status] += 1
                if flagged:
                    doubtful.append(place)
            yield (
                *head,
                *values,
                len(doubtful),
                *(statuses[status] for status in COUNTED),
                " ".join(column_name(self.cells[place]) for place in sorted(doubtful)) or None,
            )

    def count(self, connection: Connection) -> int:
        found = self._select().order_by(None).subquery()
        return connection.scalar(select(func.count(found.c.report_id.distinct()))) or 0

    def digits(self, connection: Connection) -> dict[str, Digits]:
        return _scan(self.columns, self.rows(connection))

    def _select(self) -> Select[*tuple[Any, ...]]:
        of_cell = observed()
        taken = (of_cell[name] for name in ("field_id", "value_exact", "status", "flagged"))
        o = observation_rows.c
        return (
            select(*REPORT_COLUMNS, *_BODY, *taken)
            .join_from(observation_rows, reports, o.report_key == reports.c.report_key)
            .where(is_one_of(self.cells), *self.selection.of_reports())
            .order_by(reports.c.report_id)
        )


@dataclass(frozen=True, slots=True)
class ViewTable:
    """A view as it is, its rows in the order of `order`."""

    name: str
    view: Select[*tuple[object, ...]]
    order: tuple[str, ...]

    @property
    def columns(self) -> tuple[ExportColumn, ...]:
        chosen = self.view.selected_columns
        return tuple(ExportColumn(str(c.key), _column_to_kind(c)) for c in chosen)

    def rows(self, connection: Connection) -> Iterator[ExportRow]:
        decimals = {n for n, column in enumerate(self.columns) if column.kind == "decimal"}
        floats = {n for n, column in enumerate(self.columns) if column.kind == "float"}
        found = self.view.subquery()
        ordered = select(found).order_by(*(found.c[name].nulls_last() for name in self.order))
        for row in select_to_rows(connection, ordered):
            yield tuple(
                _number_to_text(value)
                if place in decimals
                else _to_float(value)
                if place in floats
                else value
                for place, value in enumerate(row)
            )

    def count(self, connection: Connection) -> int:
        return connection.scalar(select(func.count()).select_from(self.view.subquery())) or 0

    def digits(self, connection: Connection) -> dict[str, Digits]:
        return _scan(self.columns, self.rows(connection))


@dataclass(frozen=True, slots=True)
class FixedTable:
    """Rows that are there already."""

    name: str
    columns: tuple[ExportColumn, ...]
    content: tuple[ExportRow, ...]

    def rows(self, connection: Connection) -> Iterator[ExportRow]:
        return iter(self.content)

    def count(self, connection: Connection) -> int:
        return len(self.content)

    def digits(self, connection: Connection) -> dict[str, Digits]:
        return _scan(self.columns, self.content)


def wide_tables(
    connection: Connection, selection: Selection = EVERYTHING
) -> tuple[Exportable, ...]:
    """The wide tables: panel, rates, then one for each table of the forms asked for."""
    declared = sorted(
        stored_fields(connection), key=lambda field: (field.form, field.table, field.position)
    )
    return (
        narrowed_view("panel", panel(), selection),
        narrowed_view("rates", rates(), selection),
        *(
            FormTable(f"{table}_{form}", tuple(cells), selection)
            for (form, table), cells in groupby(declared, key=lambda f: (f.form, f.table))
            if not selection.forms or form in selection.forms
        ),
    )


def coverage_table() -> ViewTable:
    """How many reports there are of each year, level and province."""
    rows = coverage().subquery("coverage")
    return ViewTable("coverage", select(rows), ("year", "level", "province_code"))


def narrowed_view(
    name: str, view: SelectBase, selection: Selection, order: tuple[str, ...] = ("report_id",)
) -> ViewTable:
    """A view's rows of the reports that are selected."""
    rows = view.subquery(name)
    taken = select(reports.c.report_id).where(*selection.of_reports())
    return ViewTable(name, select(rows).where(rows.c.report_id.in_(taken)), order)


def _column_to_kind(column: ColumnElement[Any]) -> Kind:
    type_ = column.type
    if isinstance(type_, Boolean):
        return "boolean"
    if isinstance(type_, Integer):
        return "integer"
    if isinstance(type_, Double) or str(column.key) in _quotients():
        return "float"
    if isinstance(type_, Date):
        return "date"
    return "decimal" if isinstance(type_, Number) else "text"


@cache
def _quotients() -> frozenset[str]:
    """The columns that are quotients: SQL knows no type of theirs."""
    return frozenset((*(rate.name for rate in all_rates()), "flagged_share"))


def _scan(columns: Sequence[ExportColumn], rows: Iterable[ExportRow]) -> dict[str, Digits]:
    places = [(n, c.name) for n, c in enumerate(columns) if c.kind == "decimal"]
    found = {name: (0, 0) for _, name in places}
    for row in rows:
        for place, name in places:
            if row[place] is not None:
                whole, scale = texts_to_digits((row[place],))
                found[name] = (max(whole, found[name][0]), max(scale, found[name][1]))
    return found


def _number_to_text(value: object) -> str | None:
    """What a database takes for a number, in plain digits."""
    if value is None:
        return None
    if isinstance(value, float):
        return float_to_text(value)
    return decimal_to_text(Decimal(str(value)))


def _to_float(value: object) -> float | None:
    return None if value is None else float(str(value))
