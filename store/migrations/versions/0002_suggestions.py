"""The kind of each check and where the fault lies; what arithmetic suggests for cells."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    # Every check that was stored so far was a hard identity.
    op.add_column("checks", sa.Column("kind", sa.Text(), nullable=False, server_default="H"))
    op.add_column("checks", sa.Column("blame", sa.Text()))
    op.create_table(
        "suggestions",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Numeric()),
        sa.Column("value_exact", sa.Text()),
        sa.Column("derived_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("report_id", "field_id", name="pk_suggestions"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.report_id"], name="fk_suggestions_report_id"
        ),
        sa.ForeignKeyConstraint(["field_id"], ["fields.field_id"], name="fk_suggestions_field_id"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("suggestions")
    # Without their kind the others would be taken for hard identities.
    checks = sa.table("checks", sa.column("kind"))
    op.execute(sa.delete(checks).where(checks.c.kind != "H"))
    op.drop_column("checks", "blame")
    op.drop_column("checks", "kind")
