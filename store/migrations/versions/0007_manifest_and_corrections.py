"""The manifest, the ledger of corrections, and what was read before it was corrected."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from store.ledger_triggers import drop_ledger_triggers, make_ledger_triggers
from store.values import Number

revision = "0007"
down_revision = "0006"
branch_labels: str | None = None
depends_on: str | None = None

_REPORT_COLUMNS: tuple[tuple[str, Any], ...] = (
    ("manifest_agency", sa.Text()),
    ("manifest_year", sa.Integer()),
    ("manifest_published_on", sa.Date()),
    ("from_manifest", sa.Text()),
)
_OBSERVATION_COLUMNS: tuple[tuple[str, Any], ...] = (
    ("original_value", Number()),
    ("original_value_exact", sa.Text()),
    ("original_status", sa.Text()),
)


def upgrade() -> None:
    for name, kind in _REPORT_COLUMNS:
        op.add_column("reports", sa.Column(name, kind))
    for name, kind in _OBSERVATION_COLUMNS:
        op.add_column("observations", sa.Column(name, kind))
    op.create_table(
        "manifest",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("agency", sa.Text()),
        sa.Column("year", sa.Integer()),
        sa.Column("published_on", sa.Date()),
        sa.Column("further", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_manifest"),
    )
    op.create_table(
        "as_read",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.report_id"], name="fk_as_read_report_id"),
        sa.PrimaryKeyConstraint("report_id", name="pk_as_read"),
    )
    op.create_table(
        "corrections",
        sa.Column("correction_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("table", sa.Text(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("value", Number()),
        sa.Column("value_exact", sa.Text()),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("refers_to", sa.Text()),
        sa.Column("original_value", Number()),
        sa.Column("original_value_exact", sa.Text()),
        sa.Column("original_status", sa.Text()),
        sa.Column("original_raw", sa.Text()),
        sa.CheckConstraint(
            "decision IN ('value', 'as_printed', 'suggestion', 'withdraw')",
            name=op.f("ck_corrections_decision"),
        ),
        sa.CheckConstraint(
            "(refers_to IS NOT NULL) = (decision = 'withdraw')", name=op.f("ck_corrections_refers")
        ),
        sa.PrimaryKeyConstraint("correction_id", name="pk_corrections"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_corrections_sha256", "corrections", ["sha256"])
    make_ledger_triggers(op.get_bind())


def downgrade() -> None:
    drop_ledger_triggers(op.get_bind())
    op.drop_table("corrections")
    op.drop_table("as_read")
    op.drop_table("manifest")
    for name, _ in reversed(_OBSERVATION_COLUMNS):
        op.drop_column("observations", name)
    for name, _ in reversed(_REPORT_COLUMNS):
        op.drop_column("reports", name)
