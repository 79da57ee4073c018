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
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, Connection, SelectBase, Text, cast, delete, insert, select

from store.codebook import write_codebook
from store.fields import StoredField, stored_fields
from store.form_views import REPORT_COLUMNS, fields_to_form_views, is_current
from store.panel_rows import refill_panel_rows, rows_digest
from store.panel_view import coverage, panel, rates
from store.readable import checked, observed, readable_selects
from store.schema import fields, panel_checks, reports, view_definitions
from store.schema_cells import (
    SIDES,
    check_rows,
    check_rules,
    observation_rows,
    suggestion_rows,
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
    selects = fields_to_all_selects(declared)
    rows = f"-- rows by {rows_digest()}\n"
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
    if not any(rows in definition for definition in made):
        refill_panel_rows(connection)
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
    return _to_views(fields_to_all_selects(declared), connection)


def fields_to_all_selects(declared: tuple[StoredField, ...]) -> dict[str, SelectBase]:
    """Every view by name: those that say in words what is stored in numbers come last."""
    return {**fields_to_selects(declared), **readable_selects()}


def fields_to_selects(declared: tuple[StoredField, ...]) -> dict[str, SelectBase]:
    """The views for researchers by name."""
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
    o, f = observation_rows.c, fields.c
    of_cell = {name: value.label(name) for name, value in observed().items()}
    return (
        select(
            *REPORT_COLUMNS,
            f.form,
            f.table.label("form_table"),
            f.row.label("form_row"),
            f.column.label("form_column"),
            f.row_label,
            f.column_label,
            *(of_cell[name] for name in ("value", "value_exact")),
            f.unit,
            *(of_cell[name] for name in ("status", "flagged", "doubts", "raw", "page", *SIDES)),
            of_cell["reader"],
            f.position,
            *(of_cell[name] for name in ("original_value", "original_status")),
        )
        .join_from(observation_rows, fields, o.field_id == f.field_id)
        .join(reports, o.report_key == reports.c.report_key)
        .where(is_current())
    )


def _failed_checks() -> SelectBase:
    c, rule = check_rows.c, check_rules.c
    of_check = {name: value.label(name) for name, value in checked().items()}
    return (
        select(
            *REPORT_COLUMNS,
            rule.check.label("check_name"),
            *_place_and_sides(of_check),
            *(of_check[name] for name in ("position", "kind", "blame")),
        )
        .join_from(check_rows, check_rules, c.rule_id == rule.rule_id)
        .join(reports, c.report_key == reports.c.report_key)
        .where(is_current(), ~c.passed, rule.kind != "I")
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
            *_place_and_sides(dict(c.items())),
        )
        .join_from(panel_checks, reports, c.report_id == reports.c.report_id)
        .outerjoin(other, c.other_report_id == other.c.report_id)
        .where(is_current(), ~c.passed, c.kind != "I")
    )


def _place_and_sides(check: Mapping[str, ColumnElement[Any]]) -> tuple[ColumnElement[Any], ...]:
    """Where a check is of, what it compares and how far that is apart, from its columns."""
    return (
        check["form"],
        check["table"].label("form_table"),
        check["row"].label("form_row"),
        check["column"].label("form_column"),
        check["expected"],
        check["actual"],
        (check["actual"] - check["expected"]).label("difference"),
    )


def _suggested() -> SelectBase:
    s, o, f = suggestion_rows.c, observation_rows.c, fields.c
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
        .join_from(suggestion_rows, fields, s.field_id == f.field_id)
        .join(reports, s.report_key == reports.c.report_key)
        .join(observation_rows, (s.report_key == o.report_key) & (s.field_id == o.field_id))
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
