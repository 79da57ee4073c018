"""Tables for people who go on in pandas, R or the like: every row says whose report it is of.

They are the contract's tables with agency, year, division and level beside the report's id, and
the views of `views` as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection, select

from store.contract import TABLES, Exportable, ExportColumn, ExportTable
from store.errors import QueryRefused
from store.export_wide import ViewTable, coverage_table, narrowed_view, wide_tables
from store.fields import stored_fields
from store.readable import checks
from store.schema import reports
from store.selection import EVERYTHING, Selection
from store.views import fields_to_selects

REPORT_YEAR = "report_year"
"""The report's year where `year` is another."""

_ORDERS = {"cells": ("report_id", "position"), "failed_checks": ("report_id", "position")}


def contract_table(name: str, selection: Selection = EVERYTHING) -> ExportTable:
    """A table of the contract with what tells whose report a row is of."""
    table = next(table for table in TABLES if table.name == name)
    first, *others = table.columns
    if table.facts is checks:
        others = [others[0], ExportColumn("form", "text", checks.c.form), *others[1:]]
    if table.facts is not reports:
        taken = {column.name for column in table.columns}
        year = REPORT_YEAR if "year" in taken else "year"
        own = (
            ExportColumn("agency", "text", reports.c.agency),
            ExportColumn(year, "integer", reports.c.year),
            ExportColumn("region_code", "text", reports.c.region_code),
            ExportColumn("level", "text", reports.c.level),
        )
        others = [*(column for column in own if column.name not in taken), *others]
    return replace(table, columns=(first, *others), selection=selection)


def view_table(
    connection: Connection,
    name: str,
    selection: Selection = EVERYTHING,
    only: Mapping[str, tuple[object, ...]] | None = None,
) -> Exportable:
    """A view, or a wide table of a form, by name; `only` are the values that columns may have.

    QueryRefused where there is no such view, or no such column of it.
    """
    if name == "coverage":
        return coverage_table()
    for table in wide_tables(connection, selection):
        if table.name == name and not only:
            return table
    views = fields_to_selects(stored_fields(connection))
    if name not in views:
        raise QueryRefused(f"there is no view {name}", f"choose one of {', '.join(views)}")
    found = narrowed_view(name, views[name], selection, _ORDERS.get(name, ("report_id",)))
    return _narrow_further(found, only or {})


def _narrow_further(table: ViewTable, only: Mapping[str, tuple[object, ...]]) -> ViewTable:
    rows = table.view.subquery(table.name)
    chosen = select(rows)
    for column, values in only.items():
        if column not in rows.c:
            raise QueryRefused(
                f"{table.name} has no column {column}",
                f"choose one of {', '.join(str(c.key) for c in rows.c)}",
            )
        chosen = chosen.where(rows.c[column].in_(values))
    return replace(table, view=chosen)
