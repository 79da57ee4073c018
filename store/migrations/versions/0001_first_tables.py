"""The first tables: reports, their names, the forms' cells, and what was read of each report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

TABLES = (
    "reports",
    "sources",
    "fields",
    "observations",
    "checks",
    "sections",
    "statements",
    "extras",
    "view_definitions",
)


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text()),
        sa.Column("region_code", sa.Text()),
        sa.Column("year", sa.Integer()),
        sa.Column("title", sa.Text()),
        sa.Column("published_on", sa.Date()),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_by", sa.Text()),
        sa.PrimaryKeyConstraint("report_id", name="pk_reports"),
        sa.UniqueConstraint("sha256", name="uq_reports_sha256"),
        sa.ForeignKeyConstraint(
            ["superseded_by"], ["reports.report_id"], name="fk_reports_superseded_by"
        ),
        sa.CheckConstraint(
            "status IN ('accepted', 'needs_review', 'quarantined')", name=op.f("ck_reports_status")
        ),
    )
    op.create_index("ix_reports_agency_year", "reports", ["agency", "year"])
    op.create_table(
        "sources",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("source", "sha256", name="pk_sources"),
        sa.ForeignKeyConstraint(["sha256"], ["reports.sha256"], name="fk_sources_sha256"),
    )
    op.create_index("ix_sources_sha256", "sources", ["sha256"])
    op.create_table(
        "fields",
        sa.Column("field_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("table", sa.Text(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("row_label", sa.Text(), nullable=False),
        sa.Column("column_label", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("field_id", name="pk_fields"),
        sa.UniqueConstraint(
            "form", "table", "row", "column", name="uq_fields_form_table_row_column"
        ),
    )
    _create_facts()
    op.create_table(
        "view_definitions",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_view_definitions"),
    )


def _create_facts() -> None:
    op.create_table(
        "observations",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Numeric()),
        sa.Column("value_exact", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("doubts", sa.Text()),
        sa.Column("raw", sa.Text()),
        sa.Column("page", sa.Integer()),
        sa.Column("x0", sa.Double()),
        sa.Column("top", sa.Double()),
        sa.Column("x1", sa.Double()),
        sa.Column("bottom", sa.Double()),
        sa.Column("reader", sa.Text()),
        sa.PrimaryKeyConstraint("report_id", "field_id", name="pk_observations"),
        _report_key("observations"),
        sa.ForeignKeyConstraint(["field_id"], ["fields.field_id"], name="fk_observations_field_id"),
        sa.CheckConstraint(
            "status IN ('reported', 'blank', 'placeholder', 'unreadable', 'missing', 'corrected')",
            name=op.f("ck_observations_status"),
        ),
        sa.CheckConstraint(
            "(value IS NULL) = (value_exact IS NULL)", name=op.f("ck_observations_value_twice")
        ),
        sa.CheckConstraint(
            "value IS NULL OR status IN ('reported', 'corrected')",
            name=op.f("ck_observations_value_read"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_observations_field_id", "observations", ["field_id"])
    op.create_table(
        "checks",
        *_fact_key("checks"),
        sa.Column("check", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("table", sa.Text(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("expected", sa.Numeric()),
        sa.Column("expected_exact", sa.Text()),
        sa.Column("actual", sa.Numeric()),
        sa.Column("actual_exact", sa.Text()),
        sa.Column("passed", sa.Boolean()),
        sa.Column("blank_as_zero", sa.Boolean()),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sections",
        *_fact_key("sections"),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_table(
        "statements",
        *_fact_key("statements"),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("value", sa.Numeric(), nullable=False),
        sa.Column("value_exact", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
    )
    op.create_table(
        "extras",
        *_fact_key("extras"),
        sa.Column("table", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer()),
    )


def _fact_key(table: str) -> tuple[sa.Column[str] | sa.Column[int] | sa.Constraint, ...]:
    return (
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("report_id", "position", name=f"pk_{table}"),
        _report_key(table),
    )


def _report_key(table: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        ["report_id"], ["reports.report_id"], name=f"fk_{table}_report_id"
    )


def downgrade() -> None:
    views = sa.table("view_definitions", sa.column("name"), sa.column("position"))
    names = op.get_bind().scalars(sa.select(views.c.name).order_by(views.c.position.desc()))
    for name in names.all():
        op.execute(sa.text(f'DROP VIEW IF EXISTS "{name}"'))
    for table in reversed(TABLES):
        op.drop_table(table)
