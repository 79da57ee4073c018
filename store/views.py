"""What researchers query: views without superseded reports and without names to be quoted.

cells            every observation with its report, cell name, labels, unit and place on the page
<table>_<form>   one row a report, one column a cell (`requests_2021`, `proactive_2019`, ...)
requests         one row a report, whichever edition its table of requests has
failed_checks    every check that failed, remarks (I) aside, its kind and where the fault lies
failed_panel_checks  every check against other years and reports that failed, remarks aside
suggested        every cell for which arithmetic suggests another value, or that may be wrong
quarantine       reports that could not be used, and why
panel, rates, coverage  what is comparable over years, see `panel_view`

The views follow from the fields, so they are made when the fields are loaded, not by a migration:
a form that gains a row gains its columns at the next run. What is blank stays NULL in all of them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy
from sqlalchemy import Connection, SelectBase, Text, cast, delete, insert, select

from store.codebook import write_codebook
from store.fields import StoredField, stored_fields
from store.form_views import REPORT_COLUMNS, fields_to_form_views, is_current
from store.panel_rows import refill_panel_rows, rows_digest
from store.panel_view import coverage, panel, rates
from store.schema import (
    checks,
    fields,
    observations,
    panel_checks,
    reports,
    suggestions,
    view_definitions,
)


@dataclass(frozen=True, slots=True)
class View:
    """A view's name and its SELECT in the SQL of one database."""

    name: str
    definition: str


def make_views(connection: Connection) -> None:
    """Make the views that the stored fields call for; nothing happens where they are so already.

    To write them out takes a tenth of a second, so each begins with a comment that names what it
    was made from.
    """
    ledger = view_definitions
    declared = stored_fields(connection)
    origin = _fields_to_origin(declared, connection)
    made = connection.scalars(select(ledger.c.definition)).all()
    if made and all(definition.startswith(origin) for definition in made):
        return
    selects = fields_to_selects(declared)
    rows = f"-- rows by {rows_digest()}\n"
    if not any(rows in definition for definition in made):
        refill_panel_rows(connection)
    drop_views(connection)
    wanted = [
        View(view.name, origin + rows + view.definition) for view in _to_views(selects, connection)
    ]
    for view in wanted:
        connection.exec_driver_sql(f"CREATE VIEW {view.name} AS\n{view.definition}")
    connection.execute(
        insert(ledger),
        [
            {"name": view.name, "position": position, "definition": view.definition}
            for position, view in enumerate(wanted, start=1)
        ],
    )
    write_codebook(connection, selects, declared)


def _fields_to_origin(declared: tuple[StoredField, ...], connection: Connection) -> str:
    """A comment that changes with the fields, any module or data here, and the database."""
    digest = hashlib.sha256(
        f"{sqlalchemy.__version__} {connection.dialect.name} {declared}".encode()
    )
    for file in sorted(Path(__file__).parent.iterdir()):
        if file.suffix in (".py", ".toml"):
            digest.update(file.read_bytes())
    return f"-- made from {digest.hexdigest()}\n"


def drop_views(connection: Connection) -> None:
    """Drop every view that `make_views` made, and no other."""
    ledger = view_definitions
    names = connection.scalars(select(ledger.c.name).order_by(ledger.c.position.desc())).all()
    for name in names:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
    connection.execute(delete(ledger))


def fields_to_views(declared: tuple[StoredField, ...], connection: Connection) -> tuple[View, ...]:
    """Every view, written out for the connection's database."""
    return _to_views(fields_to_selects(declared), connection)


def fields_to_selects(declared: tuple[StoredField, ...]) -> dict[str, SelectBase]:
    """Every view by name."""
    return {
        "panel": panel(),
        "rates": rates(),
        "coverage": coverage(),
        "cells": _cells(),
        **fields_to_form_views(declared),
        "failed_checks": _failed_checks(),
        "failed_panel_checks": _failed_panel_checks(),
        "suggested": _suggested(),
        "quarantine": _quarantine(),
    }


def _to_views(selects: dict[str, SelectBase], connection: Connection) -> tuple[View, ...]:
    return tuple(
        View(
            name,
            str(
                statement.compile(
                    dialect=connection.dialect, compile_kwargs={"literal_binds": True}
                )
            ),
        )
        for name, statement in selects.items()
    )


def _cells() -> SelectBase:
    o, f, r = observations.c, fields.c, reports.c
    return (
        select(
            *REPORT_COLUMNS,
            f.form,
            f.table.label("form_table"),
            f.row.label("form_row"),
            f.column.label("form_column"),
            f.row_label,
            f.column_label,
            o.value,
            o.value_exact,
            f.unit,
            o.status,
            o.flagged,
            o.doubts,
            o.raw,
            o.page,
            o.x0,
            o.top,
            o.x1,
            o.bottom,
            o.reader,
            f.position,
        )
        .join_from(observations, fields, o.field_id == f.field_id)
        .join(reports, o.report_id == r.report_id)
        .where(is_current())
    )


def _failed_checks() -> SelectBase:
    c = checks.c
    return (
        select(
            *REPORT_COLUMNS,
            c.check.label("check_name"),
            c.form,
            c.table.label("form_table"),
            c.row.label("form_row"),
            c.column.label("form_column"),
            c.expected,
            c.actual,
            (c.actual - c.expected).label("difference"),
            c.position,
            c.kind,
            c.blame,
        )
        .join_from(checks, reports, c.report_id == reports.c.report_id)
        .where(is_current(), ~c.passed, c.kind != "I")
    )


def _failed_panel_checks() -> SelectBase:
    c, other = panel_checks.c, reports.alias("other")
    return (
        select(
            *REPORT_COLUMNS,
            c.agency_id,
            c.check.label("check_name"),
            c.kind,
            c.other_report_id,
            other.c.agency.label("other_agency"),
            other.c.year.label("other_year"),
            other.c.source.label("other_source"),
            c.form,
            c.table.label("form_table"),
            c.row.label("form_row"),
            c.column.label("form_column"),
            c.expected,
            c.actual,
            (c.actual - c.expected).label("difference"),
        )
        .join_from(panel_checks, reports, c.report_id == reports.c.report_id)
        .outerjoin(other, c.other_report_id == other.c.report_id)
        .where(is_current(), ~c.passed, c.kind != "I")
    )


def _suggested() -> SelectBase:
    s, o, f, r = suggestions.c, observations.c, fields.c, reports.c
    return (
        select(
            *REPORT_COLUMNS,
            f.form,
            f.table.label("form_table"),
            f.row.label("form_row"),
            f.column.label("form_column"),
            o.value,
            s.value.label("suggestion"),
            s.derived_by,
            o.raw,
            o.page,
            f.position,
        )
        .join_from(suggestions, fields, s.field_id == f.field_id)
        .join(reports, s.report_id == r.report_id)
        .join(observations, (s.report_id == o.report_id) & (s.field_id == o.field_id))
        .where(is_current())
    )


def _quarantine() -> SelectBase:
    r = reports.c
    return select(
        r.report_id,
        r.source,
        r.reason,
        r.agency,
        r.year,
        r.title,
        r.media_type,
        r.sha256,
        # Plain text in both databases: SQLite keeps moments as text already.
        cast(r.loaded_at, Text).label("loaded_at"),
    ).where(is_current(), r.status == "quarantined")
