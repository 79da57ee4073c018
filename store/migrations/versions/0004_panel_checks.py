"""The checks over the years of an agency and between reports, and what was checked when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "panel_checks",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer()),
        sa.Column("other_report_id", sa.Text()),
        sa.Column("check", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
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
        sa.PrimaryKeyConstraint("report_id", "part", "position", name="pk_panel_checks"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.report_id"], name="fk_panel_checks_report_id"
        ),
        sa.ForeignKeyConstraint(
            ["other_report_id"], ["reports.report_id"], name="fk_panel_checks_other_report_id"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_panel_checks_part_unit", "panel_checks", ["part", "unit"])
    op.create_table(
        "panel_prints",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("print", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("report_id", "what", name="pk_panel_prints"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.report_id"], name="fk_panel_prints_report_id"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_panel_prints_what_print", "panel_prints", ["what", "print"])
    op.create_index("ix_panel_prints_unit", "panel_prints", ["unit"])
    op.create_table(
        "panel_states",
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("part", "unit", name="pk_panel_states"),
    )


def downgrade() -> None:
    for table in ("panel_states", "panel_prints", "panel_checks"):
        op.drop_table(table)
