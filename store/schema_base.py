"""What the tables are made with: their collection, how constraints are named, common columns."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, Text

from normalize.report import Status, Verdict

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def one_of(column: str, values: type[Status] | type[Verdict]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def report_id() -> Column[str]:
    return Column("report_id", Text(), ForeignKey("reports.report_id"), primary_key=True)


def position() -> Column[int]:
    """Order within the report, from 1."""
    return Column("position", Integer(), primary_key=True, autoincrement=False)
