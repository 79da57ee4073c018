"""What the agency was resolved to; of whom, when and how surely a sentence speaks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels: str | None = None
depends_on: str | None = None

REPORTS = ("agency_id", "level", "agency_kind", "scope")


def upgrade() -> None:
    for name in REPORTS:
        op.add_column("reports", sa.Column(name, sa.Text()))
    # Every statement that may have been stored so far was a figure of the agency's own.
    op.add_column(
        "statements",
        sa.Column("approximate", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("statements", sa.Column("year", sa.Integer()))
    op.add_column("statements", sa.Column("scope", sa.Text(), nullable=False, server_default="own"))
    op.add_column(
        "statements", sa.Column("claim", sa.Text(), nullable=False, server_default="figure")
    )
    op.add_column("statements", sa.Column("section_position", sa.Integer()))
    op.add_column("statements", sa.Column("offset", sa.Integer()))


def downgrade() -> None:
    # Without their claim the others would be taken for figures.
    statements = sa.table("statements", sa.column("claim"), sa.column("scope"))
    plain = (statements.c.claim == "figure") & (statements.c.scope == "own")
    op.execute(sa.delete(statements).where(~plain))
    for name in ("offset", "section_position", "claim", "scope", "year", "approximate"):
        op.drop_column("statements", name)
    for name in reversed(REPORTS):
        op.drop_column("reports", name)
