"""The version of readers and forms that a report was understood by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    # Null for what is stored already: what read it is not known, so it counts as outdated.
    op.add_column("reports", sa.Column("read_by", sa.Text()))


def downgrade() -> None:
    op.drop_column("reports", "read_by")
