"""The views that follow from the forms: one a table, and `requests` across editions.

Each column is a scalar subquery by primary key rather than MAX(CASE ...) over a GROUP BY: the
database then fetches only the cells that a query names. On 5,000 reports of 203 cells, SQLite
took 1.8 s for all columns and 0.02 s for two; with conditional aggregation 8.7 s and 6.7 s.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from itertools import groupby
from operator import add

from sqlalchemy import (
    ColumnElement,
    SelectBase,
    cast,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from normalize.report import Status
from store.fields import StoredField
from store.schema import reports
from store.schema_cells import STATUSES, observation_rows
from store.values import Number

REPORT_COLUMNS = (
    reports.c.report_id,
    reports.c.source,
    reports.c.agency,
    reports.c.region_code,
    reports.c.year,
    reports.c.status.label("report_status"),
)
"""What every row says of its report."""

GROUPS = ("refused", "unavailable", "not_processed", "other")
"""Outcomes of requests that consist of rows `<group>_...`; the row `<group>` itself is a subtotal
that few agencies print, except for `other` in the 2019 form, which has no parts."""

COUNTED = (Status.BLANK, Status.PLACEHOLDER, Status.UNREADABLE, Status.MISSING)


def is_current() -> ColumnElement[bool]:
    """True of reports that no newer bytes have superseded."""
    return reports.c.superseded_by.is_(None)


def fields_to_form_views(declared: Iterable[StoredField]) -> dict[str, SelectBase]:
    """The views by name: one for each table of each form, then `requests` where forms have it."""
    ordered = sorted(declared, key=lambda field: (field.form, field.table, field.position))
    tables = {
        (form, table): tuple(cells)
        for (form, table), cells in groupby(ordered, key=lambda field: (field.form, field.table))
    }
    views: dict[str, SelectBase] = {
        f"{table}_{form}": _wide_view(cells) for (form, table), cells in tables.items()
    }
    editions = tuple(cells for (_, table), cells in tables.items() if table == "requests")
    if editions:
        views["requests"] = _requests_view(editions)
    return views


def _wide_view(cells: tuple[StoredField, ...]) -> SelectBase:
    return select(
        *REPORT_COLUMNS,
        *(_value(cell).label(column_name(cell)) for cell in cells),
        _count(cells, observation_rows.c.flagged).label("cells_flagged"),
        *(
            _count(cells, observation_rows.c.status == STATUSES.index(status)).label(
                f"cells_{status}"
            )
            for status in COUNTED
        ),
    ).where(is_current(), _has_table(cells))


def _requests_view(editions: tuple[tuple[StoredField, ...], ...]) -> SelectBase:
    """One row a report; where one report has both editions' tables, that of the later edition."""
    measures = tuple(dict.fromkeys(name for cells in editions for name in _measures(cells)))
    selects = []
    for number, cells in enumerate(editions):
        own = _measures(cells)
        later = [~_has_table(other) for other in editions[number + 1 :]]
        selects.append(
            select(
                *REPORT_COLUMNS,
                literal_column(f"'{cells[0].form}'").label("form"),
                *(
                    (own[name] if name in own else cast(null(), Number())).label(name)
                    for name in measures
                ),
                _count(cells, observation_rows.c.flagged).label("cells_flagged"),
            ).where(is_current(), _has_table(cells), *later)
        )
    return selects[0] if len(selects) == 1 else union_all(*selects)


def _measures(cells: tuple[StoredField, ...]) -> dict[str, ColumnElement[object]]:
    """The figures of the column `total` by name, each group followed by the sum of its parts.

    A sum is NULL when any part is: SQL's `+`, not SUM, which would pass over the blanks.
    """
    totals = {cell.row: cell for cell in cells if cell.column == "total"}
    parts = {
        group: tuple(cell for row, cell in totals.items() if row.startswith(f"{group}_"))
        for group in GROUPS
    }
    measures: dict[str, ColumnElement[object]] = {}
    for row, cell in totals.items():
        if row in GROUPS:
            if not parts[row]:
                measures[f"{row}_sum"] = _value(cell)
            continue
        measures[f"{row}_total"] = _value(cell)
        for group, members in parts.items():
            if members and cell is members[-1]:
                measures[f"{group}_sum"] = reduce(add, map(_value, members))
    return measures


def column_name(cell: StoredField) -> str:
    """The cell's column in the view of its table; money says that it is in yuan."""
    unit = "_yuan" if cell.unit == "yuan" else ""
    return f"{cell.row}__{cell.column}{unit}"


def _value(cell: StoredField) -> ColumnElement[object]:
    return (
        select(observation_rows.c.value)
        .where(
            observation_rows.c.report_key == reports.c.report_key,
            observation_rows.c.field_id == cell.field_id,
        )
        .correlate(reports)
        .scalar_subquery()
    )


def _has_table(cells: tuple[StoredField, ...]) -> ColumnElement[bool]:
    return exists().where(*_of_table(cells)).correlate(reports)


def _count(cells: tuple[StoredField, ...], condition: ColumnElement[bool]) -> ColumnElement[object]:
    """How many observations of the table of these cells in the report meet the condition."""
    return (
        select(func.count())
        .select_from(observation_rows)
        .where(*_of_table(cells), condition)
        .correlate(reports)
        .scalar_subquery()
    )


def _of_table(cells: tuple[StoredField, ...]) -> tuple[ColumnElement[bool], ...]:
    """The report's observations of these cells."""
    return observation_rows.c.report_key == reports.c.report_key, is_one_of(cells)


def is_one_of(cells: Iterable[StoredField]) -> ColumnElement[bool]:
    """True of observations of these cells, by runs of ids: a run is one look into the key."""
    runs: list[tuple[int, int]] = []
    for field_id in sorted(cell.field_id for cell in cells):
        if runs and runs[-1][1] == field_id - 1:
            runs[-1] = (runs[-1][0], field_id)
        else:
            runs.append((field_id, field_id))
    return or_(*(observation_rows.c.field_id.between(*run) for run in runs))
