"""The cells, checks, suggestions and statements of reports in words, under their public names.

    observations  one cell of one report a row
    checks        one rule applied a row
    suggestions   what arithmetic says that a cell should be
    statements    figures read from sentences

They are views on the tables of `schema_cells`, with every column that those stand for. Whoever asks
for a few cells of every report, or for all cells of one, gets them by the keys of the tables, for
both databases put the view's statement in place of its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Double,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    case,
    cast,
    func,
    literal_column,
    select,
)

from store.schema import reports
from store.schema_cells import (
    PARTS_OF_A_POINT,
    SIDES,
    STATUSES,
    check_rows,
    check_rules,
    observation_originals,
    observation_rows,
    readers,
    statement_kinds,
    statement_rows,
    suggestion_rows,
)
from store.values import decimal_columns

READABLE = MetaData()

observations = Table(
    "observations",
    READABLE,
    Column("report_id", Text(), primary_key=True),
    Column("field_id", Integer(), primary_key=True),
    *decimal_columns("value"),
    Column("status", Text(), nullable=False),
    Column("flagged", Boolean(), nullable=False),
    Column("doubts", Text()),
    Column("raw", Text()),
    Column("page", Integer()),
    *(Column(side, Double()) for side in SIDES),
    Column("reader", Text()),
    *decimal_columns("original_value"),
    Column("original_status", Text()),
)
"""The cells in force; `original_...` is what was read where a person replaced it."""

checks = Table(
    "checks",
    READABLE,
    Column("report_id", Text(), primary_key=True),
    Column("position", Integer(), primary_key=True),
    Column("check", Text(), nullable=False),
    Column("form", Text(), nullable=False),
    Column("table", Text(), nullable=False),
    Column("row", Text(), nullable=False),
    Column("column", Text(), nullable=False),
    *decimal_columns("expected"),
    *decimal_columns("actual"),
    Column("passed", Boolean()),
    Column("blank_as_zero", Boolean()),
    Column("kind", Text(), nullable=False),
    Column("blame", Text()),
)

suggestions = Table(
    "suggestions",
    READABLE,
    Column("report_id", Text(), primary_key=True),
    Column("field_id", Integer(), primary_key=True),
    *decimal_columns("value"),
    Column("derived_by", Text(), nullable=False),
)

statements = Table(
    "statements",
    READABLE,
    Column("report_id", Text(), primary_key=True),
    Column("position", Integer(), primary_key=True),
    Column("section", Text(), nullable=False),
    Column("measure", Text(), nullable=False),
    *decimal_columns("value", nullable=False),
    Column("unit", Text(), nullable=False),
    Column("quote", Text(), nullable=False),
    Column("approximate", Boolean(), nullable=False),
    Column("year", Integer()),
    Column("scope", Text(), nullable=False),
    Column("claim", Text(), nullable=False),
    Column("section_position", Integer()),
    Column("offset", Integer()),
)

Expressions = Mapping[str, ColumnElement[Any]]


def readable_selects() -> dict[str, Select[tuple[object, ...]]]:
    """What each of the views holds, by its name."""
    return {
        "observations": _select(observation_rows, observed()),
        "checks": _select(check_rows, checked()).join(
            check_rules, check_rules.c.rule_id == check_rows.c.rule_id
        ),
        "suggestions": _select(suggestion_rows, suggested()),
        "statements": _select(statement_rows, stated()).join(
            statement_kinds, statement_kinds.c.kind_id == statement_rows.c.kind_id
        ),
    }


def _select(rows: Table, columns: Expressions) -> Select[tuple[object, ...]]:
    named = (value.label(name) for name, value in columns.items())
    return select(reports.c.report_id, *named).join_from(
        rows, reports, reports.c.report_key == rows.c.report_key
    )


def observed() -> Expressions:
    """The columns of `observations` but for the report's id, from `observation_rows`.

    What few ask for is looked up only where it is asked for.
    """
    o = observation_rows.c
    reader = select(readers.c.reader).where(readers.c.reader_id == o.reader_id)
    return {
        "field_id": o.field_id,
        **_pair(observation_rows, "value"),
        "status": status_name(o.status),
        "flagged": o.flagged,
        "doubts": o.doubts,
        "raw": o.raw,
        "page": o.page,
        **{side: cast(o[side], Double()) / _points() for side in SIDES},
        "reader": reader.correlate(observation_rows).scalar_subquery(),
        **{
            f"original_{name}": _original(value)
            for name, value in (
                *_pair(observation_originals, "value").items(),
                ("status", status_name(observation_originals.c.status)),
            )
        },
    }


def checked() -> Expressions:
    """The columns of `checks`, from `check_rows` and `check_rules`."""
    c, rule = check_rows.c, check_rules.c
    return {
        "position": c.position,
        "check": rule.check,
        "form": rule.form,
        "table": rule.table,
        "row": rule.row,
        "column": rule.column,
        **_pair(check_rows, "expected"),
        **_pair(check_rows, "actual"),
        "passed": c.passed,
        "blank_as_zero": c.blank_as_zero,
        "kind": rule.kind,
        "blame": c.blame,
    }


def suggested() -> Expressions:
    """The columns of `suggestions`, from `suggestion_rows`."""
    s = suggestion_rows.c
    return {
        "field_id": s.field_id,
        **_pair(suggestion_rows, "value"),
        "derived_by": s.derived_by,
    }


def stated() -> Expressions:
    """The columns of `statements`, from `statement_rows` and `statement_kinds`."""
    s, kind = statement_rows.c, statement_kinds.c
    return {
        "position": s.position,
        "section": kind.section,
        "measure": kind.measure,
        **_pair(statement_rows, "value"),
        "unit": kind.unit,
        "quote": s.quote,
        "approximate": s.approximate,
        "year": s.year,
        "scope": kind.scope,
        "claim": kind.claim,
        "section_position": s.section_position,
        "offset": s.offset,
    }


def status_name(code: ColumnElement[int]) -> ColumnElement[str]:
    """The status by name, from the number that stands for it."""
    named = {place: literal_column(f"'{status}'", Text()) for place, status in enumerate(STATUSES)}
    return case(named, value=code)


def _points() -> ColumnElement[float]:
    return literal_column(f"{PARTS_OF_A_POINT}.0", Double())


def _pair(table: Table, name: str) -> dict[str, ColumnElement[Any]]:
    """The number for SQL and its digits; those that are not kept are the number's own."""
    value = table.c[name]
    digits = func.coalesce(table.c[f"{name}_exact"], cast(value, Text()), type_=Text())
    return {name: value, f"{name}_exact": digits}


def _original(value: ColumnElement[Any]) -> ColumnElement[Any]:
    was, now = observation_originals.c, observation_rows.c
    return (
        select(value)
        .where(was.report_key == now.report_key, was.field_id == now.field_id)
        .correlate(observation_rows)
        .scalar_subquery()
    )
