"""The tables. Facts are long: one observation a row, its cell's name in the dimension `fields`.

`table`, `row`, `column` and `check` are SQL keywords and quoted here; the views spare researchers
that. Lists of phrases (`doubts`, `reason`) are texts of one phrase a line.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from normalize.report import Status, Verdict
from store.measures import TOPICS, all_measures
from store.values import Number, Texts, UtcTime, decimal_columns

REVISION = "0007"
"""The newest migration, which these tables are equal to."""

VERSION_TABLE = "gongkai_version"
"""Holds the migration a database is at, and marks it as ours."""

PANEL_COUNTS = (
    "cells",
    "cells_flagged",
    "cells_zero",
    "cells_blank",
    "cells_placeholder",
    "cells_unreadable",
    "cells_missing",
    "checks_failed",
)
PANEL_BLANKS = ("requests_blank_as_zero", "proceedings_blank_as_zero")

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _one_of(column: str, values: type[Status] | type[Verdict]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _report_key() -> Column[str]:
    return Column("report_id", Text(), ForeignKey("reports.report_id"), primary_key=True)


def _position() -> Column[int]:
    """Order within the report, from 1."""
    return Column("position", Integer(), primary_key=True, autoincrement=False)


reports = Table(
    "reports",
    METADATA,
    Column("report_id", Text(), primary_key=True),
    Column("source", Text(), nullable=False),
    Column("sha256", Text(), nullable=False, unique=True),
    Column("media_type", Text(), nullable=False),
    Column("agency", Text()),
    Column("region_code", Text()),
    Column("year", Integer()),
    Column("title", Text()),
    Column("published_on", Date()),
    Column("reader", Text(), nullable=False),
    Column("pages", Integer()),
    Column("status", Text(), nullable=False),
    Column("reason", Text()),
    Column("loaded_at", UtcTime(), nullable=False),
    Column("superseded_by", Text(), ForeignKey("reports.report_id")),
    Column("agency_id", Text()),
    Column("level", Text()),
    Column("agency_kind", Text()),
    Column("scope", Text()),
    Column("read_by", Text()),
    Column("manifest_agency", Text()),
    Column("manifest_year", Integer()),
    Column("manifest_published_on", Date()),
    Column("from_manifest", Text()),
    _one_of("status", Verdict),
    Index(None, "agency", "year"),
    Index(None, "agency_id", "year"),
)
"""One row per content; `superseded_by` once no name holds those bytes any more. `read_by` is the
version of the readers and forms that understood them, null where that is not on record.
`manifest_...` is what the manifest said when the report was understood, `from_manifest` names the
columns of which the document is silent, so that they hold what the manifest says."""

sources = Table(
    "sources",
    METADATA,
    Column("source", Text(), primary_key=True),
    Column("sha256", Text(), ForeignKey("reports.sha256"), primary_key=True),
    Column("first_seen", UtcTime(), nullable=False),
    Column("current", Boolean(), nullable=False),
    Index(None, "sha256"),
)
"""Every name under which bytes were seen; `current` where the name holds them still."""

fields = Table(
    "fields",
    METADATA,
    Column("field_id", Integer(), primary_key=True, autoincrement=False),
    Column("position", Integer(), nullable=False),
    Column("form", Text(), nullable=False),
    Column("table", Text(), nullable=False),
    Column("row", Text(), nullable=False),
    Column("column", Text(), nullable=False),
    Column("row_label", Text(), nullable=False),
    Column("column_label", Text(), nullable=False),
    Column("unit", Text(), nullable=False),
    UniqueConstraint("form", "table", "row", "column"),
)
"""One row per cell name of the forms; `position` is their order there."""

observations = Table(
    "observations",
    METADATA,
    _report_key(),
    Column("field_id", Integer(), ForeignKey("fields.field_id"), primary_key=True),
    *decimal_columns("value"),
    Column("status", Text(), nullable=False),
    Column("flagged", Boolean(), nullable=False),
    Column("doubts", Text()),
    Column("raw", Text()),
    Column("page", Integer()),
    Column("x0", Double()),
    Column("top", Double()),
    Column("x1", Double()),
    Column("bottom", Double()),
    Column("reader", Text()),
    *decimal_columns("original_value"),
    Column("original_status", Text()),
    _one_of("status", Status),
    CheckConstraint("(value IS NULL) = (value_exact IS NULL)", name="value_twice"),
    CheckConstraint("value IS NULL OR status IN ('reported', 'corrected')", name="value_read"),
    Index(None, "field_id"),
    Index(
        "ix_observations_flagged",
        "report_id",
        "field_id",
        sqlite_where=text("flagged"),
        postgresql_where=text("flagged"),
    ),
    sqlite_with_rowid=False,
)
"""The cells in force; `original_...` is what was read where a person replaced it."""

checks = Table(
    "checks",
    METADATA,
    _report_key(),
    _position(),
    Column("check", Text(), nullable=False),
    Column("form", Text(), nullable=False),
    Column("table", Text(), nullable=False),
    Column("row", Text(), nullable=False),
    Column("column", Text(), nullable=False),
    *decimal_columns("expected"),
    *decimal_columns("actual"),
    Column("passed", Boolean()),
    Column("blank_as_zero", Boolean()),
    Column("kind", Text(), nullable=False, server_default="H"),
    Column("blame", Text()),
    Index(
        "ix_checks_failed",
        "report_id",
        "position",
        "check",
        "kind",
        "blame",
        "passed",
        sqlite_where=text("passed = 0"),
        postgresql_where=text("NOT passed"),
    ),
    sqlite_with_rowid=False,
)

suggestions = Table(
    "suggestions",
    METADATA,
    _report_key(),
    Column("field_id", Integer(), ForeignKey("fields.field_id"), primary_key=True),
    *decimal_columns("value"),
    Column("derived_by", Text(), nullable=False),
    sqlite_with_rowid=False,
)
"""What arithmetic says a cell should be and how it was derived; `value` is null for one of several
cells that may be wrong. Never a value of the panel."""

sections = Table(
    "sections",
    METADATA,
    _report_key(),
    _position(),
    Column("section", Text(), nullable=False),
    Column("heading", Text(), nullable=False),
    Column("text", Text(), nullable=False),
)

statements = Table(
    "statements",
    METADATA,
    _report_key(),
    _position(),
    Column("section", Text(), nullable=False),
    Column("measure", Text(), nullable=False),
    *decimal_columns("value", nullable=False),
    Column("unit", Text(), nullable=False),
    Column("quote", Text(), nullable=False),
    Column("approximate", Boolean(), nullable=False, server_default=false()),
    Column("year", Integer()),
    Column("scope", Text(), nullable=False, server_default="own"),
    Column("claim", Text(), nullable=False, server_default="figure"),
    Column("section_position", Integer()),
    Column("offset", Integer()),
)

extras = Table(
    "extras",
    METADATA,
    _report_key(),
    _position(),
    Column("table", Text(), nullable=False),
    Column("label", Text(), nullable=False),
    Column("printed", Texts(), nullable=False),
    Column("page", Integer()),
)

manifest = Table(
    "manifest",
    METADATA,
    Column("source", Text(), primary_key=True),
    Column("file", Text(), nullable=False),
    Column("url", Text()),
    Column("agency", Text()),
    Column("year", Integer()),
    Column("published_on", Date()),
    Column("further", Text(), nullable=False),
)
"""What whoever fetched the files knew of each name; `further` has the manifest's other columns as
they are, as a JSON object."""

corrections = Table(
    "corrections",
    METADATA,
    Column("correction_id", Text(), primary_key=True),
    Column("sha256", Text(), nullable=False),
    Column("form", Text(), nullable=False),
    Column("table", Text(), nullable=False),
    Column("row", Text(), nullable=False),
    Column("column", Text(), nullable=False),
    Column("decision", Text(), nullable=False),
    *decimal_columns("value"),
    Column("who", Text(), nullable=False),
    Column("why", Text(), nullable=False),
    Column("made_at", Text(), nullable=False),
    Column("refers_to", Text()),
    *decimal_columns("original_value"),
    Column("original_status", Text()),
    Column("original_raw", Text()),
    CheckConstraint(
        "decision IN ('value', 'as_printed', 'suggestion', 'withdraw')", name="decision"
    ),
    CheckConstraint("(refers_to IS NOT NULL) = (decision = 'withdraw')", name="refers"),
    Index(None, "sha256"),
    sqlite_with_rowid=False,
)
"""The ledger of what people decided of cells; triggers refuse any change of an entry. It is keyed
by content, whether the report is there or not. `made_at` is a moment in UTC as text, alike in
every database; `original_...` is what stood in the cell then, for record."""

as_read = Table(
    "as_read",
    METADATA,
    _report_key(),
    Column("content", Text(), nullable=False),
)
"""Of reports with corrections what was read and checked before them, as a JSON object."""

panel_checks = Table(
    "panel_checks",
    METADATA,
    _report_key(),
    Column("part", Text(), primary_key=True),
    _position(),
    Column("unit", Text(), nullable=False),
    Column("agency_id", Text(), nullable=False),
    Column("year", Integer()),
    Column("other_report_id", Text(), ForeignKey("reports.report_id")),
    Column("check", Text(), nullable=False),
    Column("kind", Text(), nullable=False),
    Column("form", Text(), nullable=False),
    Column("table", Text(), nullable=False),
    Column("row", Text(), nullable=False),
    Column("column", Text(), nullable=False),
    *decimal_columns("expected"),
    *decimal_columns("actual"),
    Column("passed", Boolean()),
    Column("blank_as_zero", Boolean()),
    Index(None, "part", "unit"),
    sqlite_with_rowid=False,
)
"""A report's checks against other reports. `agency_id` is that of `reports`, the name as printed
where there is none; behind a name that several bodies may have stands the report's id. `part` and
`unit` say what is checked, and replaced, as one: the `years` of an agency, all `twins`, the `peers`
of a level, kind and year, or one of the `territories`."""

panel_prints = Table(
    "panel_prints",
    METADATA,
    _report_key(),
    Column("what", Text(), primary_key=True),
    Column("print", Text(), nullable=False),
    Column("unit", Text(), nullable=False),
    Index(None, "what", "print"),
    Index(None, "unit"),
    sqlite_with_rowid=False,
)
"""Fingerprints of tables and texts; `unit` is the agency with which they were made."""

panel_states = Table(
    "panel_states",
    METADATA,
    Column("part", Text(), primary_key=True),
    Column("unit", Text(), primary_key=True),
    Column("state", Text(), nullable=False),
    Column("checked_at", UtcTime(), nullable=False),
)
"""What was checked, and a digest of the reports and rules it was checked with."""

panel_rows = Table(
    "panel_rows",
    METADATA,
    _report_key(),
    *(Column(f"{topic}_form", Text()) for topic in TOPICS),
    *(Column(name, Integer(), nullable=False) for name in PANEL_COUNTS),
    *(Column(name, Boolean()) for name in PANEL_BLANKS),
    *(Column(measure.name, Number()) for measure in all_measures()),
    *(Column(f"{m.name}_state", SmallInteger(), nullable=False) for m in all_measures()),
    sqlite_with_rowid=False,
)
"""The measures of each report that was not quarantined, from its observations and checks; what
the states mean is in `measuring.py`. Researchers query the views `panel` and `rates`."""

codebook = Table(
    "codebook",
    METADATA,
    Column("view_name", Text(), primary_key=True),
    Column("column_name", Text(), primary_key=True),
    Column("position", Integer(), nullable=False),
    Column("label_zh", Text(), nullable=False),
    Column("label_en", Text(), nullable=False),
    Column("unit", Text()),
    Column("description", Text(), nullable=False),
    Column("description_zh", Text(), nullable=False),
    Column("form", Text()),
    Column("form_table", Text()),
    Column("form_row", Text()),
    Column("form_column", Text()),
    Column("row_label", Text()),
    Column("column_label", Text()),
    Column("cells", Text()),
    Column("differs", Text()),
    Column("differs_zh", Text()),
)
"""What each column of each view means, made with the views. `form` to `column_label` are those of
the one cell that a column holds; `cells` are those of a measure, and `differs` how forms count it
otherwise, one form a line."""

view_definitions = Table(
    "view_definitions",
    METADATA,
    Column("name", Text(), primary_key=True),
    Column("position", Integer(), nullable=False),
    Column("definition", Text(), nullable=False),
)
"""The views the program made, so that it drops and remakes no others."""
