"""The tables, but for those with hundreds of rows a report, which are in `schema_cells`.

`table`, `row`, `column` and `check` are SQL keywords and quoted here; the views spare researchers
that. Lists of phrases (`doubts`, `reason`) are texts of one phrase a line.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from normalize.report import Verdict
from store.measures import TOPICS, all_measures
from store.schema_base import METADATA as METADATA
from store.schema_base import one_of, position, report_id
from store.values import Number, Texts, UtcTime, decimal_columns

REVISION = "0008"
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
    Column("report_key", Integer()),
    one_of("status", Verdict),
    Index(None, "agency", "year"),
    Index(None, "agency_id", "year"),
    Index("uq_reports_report_key", "report_key", unique=True),
)
"""One row per content; `superseded_by` once no name holds those bytes any more. `read_by` is the
version of the readers and forms that understood them, null where that is not on record.
`manifest_...` is what the manifest said when the report was understood, `from_manifest` names the
columns of which the document is silent, so that they hold what the manifest says. `report_key` is
a small number that stands for the id in tables of many rows; it differs from database to database.
"""

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

sections = Table(
    "sections",
    METADATA,
    report_id(),
    position(),
    Column("section", Text(), nullable=False),
    Column("heading", Text(), nullable=False),
    Column("text", Text(), nullable=False),
)

extras = Table(
    "extras",
    METADATA,
    report_id(),
    position(),
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
    report_id(),
    Column("content", Text(), nullable=False),
)
"""Of reports with corrections what was read and checked before them, as a JSON object."""

panel_checks = Table(
    "panel_checks",
    METADATA,
    report_id(),
    Column("part", Text(), primary_key=True),
    position(),
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
    report_id(),
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
    report_id(),
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
