"""The measures of each report in one wide row, the codebook, and indexes for what is asked.

The rows are filled, and the codebook written, when the views are made after the migrations.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels: str | None = None
depends_on: str | None = None

FORMS = ("requests_form", "proceedings_form", "proactive_form")
COUNTS = (
    "cells",
    "cells_flagged",
    "cells_zero",
    "cells_blank",
    "cells_placeholder",
    "cells_unreadable",
    "cells_missing",
    "checks_failed",
)
BLANKS = ("requests_blank_as_zero", "proceedings_blank_as_zero")
MEASURES = (
    "received",
    "received_natural_person",
    "received_business",
    "received_research",
    "received_public_interest",
    "received_legal_service",
    "received_other_organization",
    "received_organizations",
    "carried_over",
    "requests_to_handle",
    "granted",
    "granted_natural_person",
    "granted_organizations",
    "partially_granted",
    "refused",
    "refused_state_secret",
    "refused_prohibited_by_law",
    "refused_security_stability",
    "refused_third_party_rights",
    "refused_internal_affairs",
    "refused_deliberative_process",
    "refused_enforcement_files",
    "refused_administrative_query",
    "refused_trade_secret",
    "refused_privacy",
    "refused_not_government_information",
    "unavailable",
    "unavailable_not_held",
    "unavailable_requires_creation",
    "unavailable_unclear_request",
    "not_processed",
    "not_processed_petition",
    "not_processed_repeated",
    "not_processed_publications",
    "not_processed_excessive",
    "not_processed_reissue",
    "other",
    "other_not_corrected",
    "other_fee_unpaid",
    "other_remaining",
    "concluded",
    "concluded_natural_person",
    "concluded_organizations",
    "outcomes",
    "carried_forward",
    "request_fees_yuan",
    "reconsiderations",
    "reconsiderations_upheld",
    "reconsiderations_corrected",
    "reconsiderations_other",
    "reconsiderations_pending",
    "reconsiderations_decided",
    "litigations",
    "litigations_upheld",
    "litigations_corrected",
    "litigations_other",
    "litigations_pending",
    "litigations_decided",
    "litigations_direct",
    "litigations_after_reconsideration",
    "regulations_issued",
    "regulations_in_force",
    "normative_documents_issued",
    "normative_documents_repealed",
    "normative_documents_in_force",
    "permits",
    "penalties",
    "compulsions",
    "administrative_fees_yuan",
    "procurement_projects",
    "procurement_yuan",
    "disclosed_items",
)
CODEBOOK_TEXTS = (
    "form",
    "form_table",
    "form_row",
    "form_column",
    "row_label",
    "column_label",
    "cells",
    "differs",
    "differs_zh",
)


def upgrade() -> None:
    op.create_table(
        "panel_rows",
        sa.Column("report_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in FORMS),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        *(sa.Column(name, sa.Boolean()) for name in BLANKS),
        *(sa.Column(name, sa.Numeric()) for name in MEASURES),
        *(sa.Column(f"{name}_state", sa.SmallInteger(), nullable=False) for name in MEASURES),
        sa.PrimaryKeyConstraint("report_id", name="pk_panel_rows"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.report_id"], name="fk_panel_rows_report_id"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "codebook",
        sa.Column("view_name", sa.Text(), nullable=False),
        sa.Column("column_name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label_zh", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text()),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("description_zh", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in CODEBOOK_TEXTS),
        sa.PrimaryKeyConstraint("view_name", "column_name", name="pk_codebook"),
    )
    op.create_index("ix_reports_agency_id_year", "reports", ["agency_id", "year"])
    op.create_index(
        "ix_checks_failed",
        "checks",
        ["report_id", "position", "check", "kind", "blame", "passed"],
        sqlite_where=sa.text("passed = 0"),
        postgresql_where=sa.text("NOT passed"),
    )

    op.create_index(
        "ix_observations_flagged",
        "observations",
        ["report_id", "field_id"],
        sqlite_where=sa.text("flagged"),
        postgresql_where=sa.text("flagged"),
    )


def downgrade() -> None:
    op.drop_index("ix_observations_flagged", table_name="observations")
    op.drop_index("ix_checks_failed", table_name="checks")
    op.drop_index("ix_reports_agency_id_year", table_name="reports")
    op.drop_table("codebook")
    op.drop_table("panel_rows")
