"""The tables that have hundreds of rows a report, kept small: whatever repeats is a number.

The report is its `report_key`, a status its place in STATUSES, a side of a box hundredths of a
point, and what repeats in texts stands once in a table of its own. Digits of a decimal are kept
only where its number does not say them already (see `values`). Nothing but the store reads these
tables: the views of `readable` say the same in words, under the names that everybody uses.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from normalize.report import Status
from store.schema_base import METADATA, position
from store.values import Number, decimal_columns

STATUSES = (
    Status.REPORTED,
    Status.CORRECTED,
    Status.BLANK,
    Status.PLACEHOLDER,
    Status.UNREADABLE,
    Status.MISSING,
)
"""A status is stored as its place here; the first two alone have values."""

_VALUED = 2
PARTS_OF_A_POINT = 100
SIDES = ("x0", "top", "x1", "bottom")


def _report_key() -> Column[int]:
    return Column(
        "report_key",
        Integer(),
        ForeignKey("reports.report_key"),
        primary_key=True,
        autoincrement=False,
    )


def _field_id() -> Column[int]:
    return Column(
        "field_id",
        Integer(),
        ForeignKey("fields.field_id"),
        primary_key=True,
        autoincrement=False,
    )


def _status() -> tuple[Column[int], CheckConstraint]:
    return (
        Column("status", SmallInteger(), nullable=False),
        CheckConstraint(f"status BETWEEN 0 AND {len(STATUSES) - 1}", name="status"),
    )


readers = Table(
    "readers",
    METADATA,
    Column("reader_id", Integer(), primary_key=True, autoincrement=False),
    Column("reader", Text(), nullable=False, unique=True),
)
"""The names of those that read cells."""

check_rules = Table(
    "check_rules",
    METADATA,
    Column("rule_id", Integer(), primary_key=True, autoincrement=False),
    Column("check", Text(), nullable=False),
    Column("form", Text(), nullable=False),
    Column("table", Text(), nullable=False),
    Column("row", Text(), nullable=False),
    Column("column", Text(), nullable=False),
    Column("kind", Text(), nullable=False),
    UniqueConstraint("check", "form", "table", "row", "column", "kind"),
)
"""What is checked where, once for all reports."""

statement_kinds = Table(
    "statement_kinds",
    METADATA,
    Column("kind_id", Integer(), primary_key=True, autoincrement=False),
    Column("section", Text(), nullable=False),
    Column("measure", Text(), nullable=False),
    Column("unit", Text(), nullable=False),
    Column("scope", Text(), nullable=False),
    Column("claim", Text(), nullable=False),
    UniqueConstraint("section", "measure", "unit", "scope", "claim"),
)
"""What a sentence may say, apart from how much."""

observation_rows = Table(
    "observation_rows",
    METADATA,
    _report_key(),
    _field_id(),
    *decimal_columns("value"),
    *_status(),
    Column("flagged", Boolean(), nullable=False),
    Column("doubts", Text()),
    Column("raw", Text()),
    Column("page", Integer()),
    *(Column(side, Integer()) for side in SIDES),
    Column("reader_id", Integer(), ForeignKey("readers.reader_id")),
    CheckConstraint("value_exact IS NULL OR value IS NOT NULL", name="value_twice"),
    CheckConstraint(f"value IS NULL OR status < {_VALUED}", name="value_read"),
    Index(None, "field_id"),
    Index(
        "ix_observation_rows_flagged",
        "report_key",
        "field_id",
        sqlite_where=text("flagged"),
        postgresql_where=text("flagged"),
    ),
    sqlite_with_rowid=False,
)
"""The cells in force."""

observation_originals = Table(
    "observation_originals",
    METADATA,
    _report_key(),
    _field_id(),
    *decimal_columns("value"),
    *_status(),
    sqlite_with_rowid=False,
)
"""What was read where a person replaced it."""

check_rows = Table(
    "check_rows",
    METADATA,
    _report_key(),
    position(),
    Column("rule_id", Integer(), ForeignKey("check_rules.rule_id"), nullable=False),
    *decimal_columns("expected"),
    *decimal_columns("actual"),
    Column("passed", Boolean()),
    Column("blank_as_zero", Boolean()),
    Column("blame", Text()),
    Index(
        "ix_check_rows_failed",
        "report_key",
        "position",
        "rule_id",
        "blame",
        "passed",
        sqlite_where=text("passed = 0"),
        postgresql_where=text("NOT passed"),
    ),
    sqlite_with_rowid=False,
)

suggestion_rows = Table(
    "suggestion_rows",
    METADATA,
    _report_key(),
    _field_id(),
    *decimal_columns("value"),
    Column("derived_by", Text(), nullable=False),
    sqlite_with_rowid=False,
)
"""What arithmetic says a cell should be and how it was derived; `value` is null for one of several
cells that may be wrong. Never a value of the panel."""

statement_rows = Table(
    "statement_rows",
    METADATA,
    _report_key(),
    position(),
    Column("kind_id", Integer(), ForeignKey("statement_kinds.kind_id"), nullable=False),
    Column("value", Number(), nullable=False),
    Column("value_exact", Text()),
    Column("quote", Text(), nullable=False),
    Column("approximate", Boolean(), nullable=False, server_default=false()),
    Column("year", Integer()),
    Column("section_position", Integer()),
    Column("offset", Integer()),
    sqlite_with_rowid=False,
)
