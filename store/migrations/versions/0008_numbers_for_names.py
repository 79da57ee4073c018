"""Tables with hundreds of rows a report in numbers; what they had in words becomes views.

Sides of boxes are kept in hundredths of a point. The views are made after the migrations.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from store.values import Number

revision = "0008"
down_revision = "0007"
branch_labels: str | None = None
depends_on: str | None = None

_STATUSES = ("reported", "corrected", "blank", "placeholder", "unreadable", "missing")
_OLDER = ("reported", "blank", "placeholder", "unreadable", "missing", "corrected")
_SIDES = ("x0", "top", "x1", "bottom")
_RULE = ("check", "form", "table", "row", "column", "kind")
_KIND = ("section", "measure", "unit", "scope", "claim")

_KEYS = """
UPDATE reports SET report_key = numbered.place FROM (
    SELECT report_id, row_number() OVER (ORDER BY report_id) AS place FROM reports
) AS numbered WHERE numbered.report_id = reports.report_id
"""


def upgrade() -> None:
    op.add_column("reports", sa.Column("report_key", sa.Integer()))
    op.execute(_KEYS)
    op.create_index("uq_reports_report_key", "reports", ["report_key"], unique=True)
    _make_words("readers", "reader_id", ("reader",), "observations")
    _make_words("check_rules", "rule_id", _RULE, "checks")
    _make_words("statement_kinds", "kind_id", _KIND, "statements")
    _make_rows()
    _fill_rows()
    for name in ("suggestions", "observations", "checks", "statements"):
        op.drop_table(name)


def downgrade() -> None:
    _make_old_tables()
    _fill_old_tables()
    for name in (
        *("suggestion_rows", "observation_originals", "observation_rows"),
        *("check_rows", "statement_rows", "readers", "check_rules", "statement_kinds"),
    ):
        op.drop_table(name)
    op.drop_index("uq_reports_report_key", table_name="reports")
    op.drop_column("reports", "report_key")


def _make_words(name: str, key: str, words: Sequence[str], origin: str) -> None:
    """A table in which each of the words of another stands once."""
    op.create_table(
        name,
        sa.Column(key, sa.Integer(), nullable=False, autoincrement=False),
        *(sa.Column(word, sa.Text(), nullable=False) for word in words),
        sa.PrimaryKeyConstraint(key, name=f"pk_{name}"),
        sa.UniqueConstraint(*words, name=f"uq_{name}_{'_'.join(words)}"),
    )
    listed = _quoted(words)
    op.execute(
        f"INSERT INTO {name} ({key}, {listed}) SELECT row_number() OVER (ORDER BY {listed}), "
        f"{listed} FROM (SELECT DISTINCT {listed} FROM {origin} "
        f"WHERE {_quoted(words[:1])} IS NOT NULL) AS found"
    )


def _make_rows() -> None:
    op.create_table(
        "observation_rows",
        *_key("observation_rows", "report_key", "field_id"),
        *_decimal("value"),
        *_status("observation_rows"),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("doubts", sa.Text()),
        sa.Column("raw", sa.Text()),
        sa.Column("page", sa.Integer()),
        *(sa.Column(side, sa.Integer()) for side in _SIDES),
        sa.Column("reader_id", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["readers.reader_id"], "fk_observation_rows_reader_id"
        ),
        sa.CheckConstraint(
            "value_exact IS NULL OR value IS NOT NULL", name=op.f("ck_observation_rows_value_twice")
        ),
        sa.CheckConstraint("value IS NULL OR status < 2", op.f("ck_observation_rows_value_read")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "observation_originals",
        *_key("observation_originals", "report_key", "field_id"),
        *_decimal("value"),
        *_status("observation_originals"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "check_rows",
        *_key("check_rows", "report_key", "position"),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        *_decimal("expected"),
        *_decimal("actual"),
        sa.Column("passed", sa.Boolean()),
        sa.Column("blank_as_zero", sa.Boolean()),
        sa.Column("blame", sa.Text()),
        sa.ForeignKeyConstraint(["rule_id"], ["check_rules.rule_id"], name="fk_check_rows_rule_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "suggestion_rows",
        *_key("suggestion_rows", "report_key", "field_id"),
        *_decimal("value"),
        sa.Column("derived_by", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "statement_rows",
        *_key("statement_rows", "report_key", "position"),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("value", Number(), nullable=False),
        sa.Column("value_exact", sa.Text()),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("approximate", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("year", sa.Integer()),
        sa.Column("section_position", sa.Integer()),
        sa.Column("offset", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["statement_kinds.kind_id"], "fk_statement_rows_kind_id"
        ),
        sqlite_with_rowid=False,
    )
    _make_indexes("observation_rows", "check_rows", "report_key", ["rule_id", "blame", "passed"])


def _fill_rows() -> None:
    sides = ", ".join(f"CAST(round(o.{side} * 100) AS INTEGER)" for side in _SIDES)
    reader = "(SELECT reader_id FROM readers WHERE readers.reader = o.reader)"
    _insert(
        "observation_rows",
        (
            *("report_key", "field_id", "value", "value_exact", "status", "flagged", "doubts"),
            *("raw", "page", *_SIDES, "reader_id"),
        ),
        f"r.report_key, o.field_id, {_short_pair('o.value')}, {_status_to_code('o.status')}, "
        f"o.flagged, o.doubts, o.raw, o.page, {sides}, {reader}",
        "observations AS o",
        "o.report_id",
    )
    _insert(
        "observation_originals",
        ("report_key", "field_id", "value", "value_exact", "status"),
        f"r.report_key, o.field_id, {_short_pair('o.original_value')}, "
        f"{_status_to_code('o.original_status')}",
        "observations AS o",
        "o.report_id",
        "WHERE o.original_status IS NOT NULL",
    )
    _insert(
        "check_rows",
        (
            *("report_key", "position", "rule_id", "expected", "expected_exact", "actual"),
            *("actual_exact", "passed", "blank_as_zero", "blame"),
        ),
        f"r.report_key, c.position, w.rule_id, {_short_pair('c.expected')}, "
        f"{_short_pair('c.actual')}, c.passed, c.blank_as_zero, c.blame",
        f"checks AS c JOIN check_rules AS w ON {_alike('c', _RULE)}",
        "c.report_id",
    )
    _insert(
        "suggestion_rows",
        ("report_key", "field_id", "value", "value_exact", "derived_by"),
        f"r.report_key, s.field_id, {_short_pair('s.value')}, s.derived_by",
        "suggestions AS s",
        "s.report_id",
    )
    _insert(
        "statement_rows",
        (
            *("report_key", "position", "kind_id", "value", "value_exact", "quote"),
            *("approximate", "year", "section_position", "offset"),
        ),
        f"r.report_key, s.position, w.kind_id, {_short_pair('s.value')}, s.quote, "
        's.approximate, s.year, s.section_position, s."offset"',
        f"statements AS s JOIN statement_kinds AS w ON {_alike('s', _KIND)}",
        "s.report_id",
    )


def _make_old_tables() -> None:
    op.create_table(
        "observations",
        *_key("observations", "report_id", "field_id"),
        *_decimal("value"),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("doubts", sa.Text()),
        sa.Column("raw", sa.Text()),
        sa.Column("page", sa.Integer()),
        *(sa.Column(side, sa.Double()) for side in _SIDES),
        sa.Column("reader", sa.Text()),
        *_decimal("original_value"),
        sa.Column("original_status", sa.Text()),
        sa.CheckConstraint(
            f"status IN ({', '.join(map(repr, _OLDER))})",
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
    op.create_table(
        "checks",
        *_key("checks", "report_id", "position"),
        *(sa.Column(word, sa.Text(), nullable=False) for word in _RULE[:-1]),
        *_decimal("expected"),
        *_decimal("actual"),
        sa.Column("passed", sa.Boolean()),
        sa.Column("blank_as_zero", sa.Boolean()),
        sa.Column("kind", sa.Text(), nullable=False, server_default="H"),
        sa.Column("blame", sa.Text()),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "suggestions",
        *_key("suggestions", "report_id", "field_id"),
        *_decimal("value"),
        sa.Column("derived_by", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "statements",
        *_key("statements", "report_id", "position"),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("value", Number(), nullable=False),
        sa.Column("value_exact", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("approximate", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("year", sa.Integer()),
        sa.Column("scope", sa.Text(), nullable=False, server_default="own"),
        sa.Column("claim", sa.Text(), nullable=False, server_default="figure"),
        sa.Column("section_position", sa.Integer()),
        sa.Column("offset", sa.Integer()),
    )
    _make_indexes("observations", "checks", "report_id", ["check", "kind", "blame", "passed"])


def _make_indexes(cells: str, checks: str, key: str, told: list[str]) -> None:
    """Those of the cells' names and of what is in doubt, `told` being what is asked of a check."""
    op.create_index(f"ix_{cells}_field_id", cells, ["field_id"])
    for name, table, columns, condition, of_postgresql in (
        (f"ix_{cells}_flagged", cells, [key, "field_id"], "flagged", "flagged"),
        (f"ix_{checks}_failed", checks, [key, "position", *told], "passed = 0", "NOT passed"),
    ):
        op.create_index(
            name,
            table,
            columns,
            sqlite_where=sa.text(condition),
            postgresql_where=sa.text(of_postgresql),
        )


def _fill_old_tables() -> None:
    sides = ", ".join(f"CAST(o.{side} AS DOUBLE PRECISION) / 100.0" for side in _SIDES)
    _insert(
        "observations",
        (
            *("report_id", "field_id", "value", "value_exact", "status", "flagged", "doubts"),
            *("raw", "page", *_SIDES, "reader"),
            *("original_value", "original_value_exact", "original_status"),
        ),
        f"r.report_id, o.field_id, {_pair('o.value')}, {_code_to_status('o.status')}, o.flagged, "
        f"o.doubts, o.raw, o.page, {sides}, w.reader, {_pair('b.value')}, "
        f"{_code_to_status('b.status')}",
        "observation_rows AS o LEFT JOIN readers AS w ON w.reader_id = o.reader_id "
        "LEFT JOIN observation_originals AS b "
        "ON b.report_key = o.report_key AND b.field_id = o.field_id",
        "o.report_key",
    )
    _insert(
        "checks",
        (
            *("report_id", "position", *_RULE, "expected", "expected_exact", "actual"),
            *("actual_exact", "passed", "blank_as_zero", "blame"),
        ),
        f"r.report_id, c.position, {_quoted(_RULE, 'w.')}, {_pair('c.expected')}, "
        f"{_pair('c.actual')}, c.passed, c.blank_as_zero, c.blame",
        "check_rows AS c JOIN check_rules AS w ON w.rule_id = c.rule_id",
        "c.report_key",
    )
    _insert(
        "suggestions",
        ("report_id", "field_id", "value", "value_exact", "derived_by"),
        f"r.report_id, s.field_id, {_pair('s.value')}, s.derived_by",
        "suggestion_rows AS s",
        "s.report_key",
    )
    _insert(
        "statements",
        (
            *("report_id", "position", *_KIND, "value", "value_exact", "quote", "approximate"),
            *("year", "section_position", "offset"),
        ),
        f"r.report_id, s.position, {_quoted(_KIND, 'w.')}, {_pair('s.value')}, s.quote, "
        's.approximate, s.year, s.section_position, s."offset"',
        "statement_rows AS s JOIN statement_kinds AS w ON w.kind_id = s.kind_id",
        "s.report_key",
    )


def _insert(
    target: str,
    columns: Sequence[str],
    values: str,
    origin: str,
    key: str,
    condition: str = "",
) -> None:
    """Fill a table from others whose rows belong to reports."""
    op.execute(
        f"INSERT INTO {target} ({_quoted(columns)}) SELECT {values} FROM {origin} "
        f"JOIN reports AS r ON r.{key.partition('.')[2]} = {key} {condition} ORDER BY 1, 2"
    )


def _key(table: str, report: str, second: str) -> tuple[Any, ...]:
    """The columns of the key, by which a row belongs to a report, and to a field or a place."""
    kind = sa.Text() if report == "report_id" else sa.Integer()
    references = {report: f"reports.{report}"}
    if second == "field_id":
        references[second] = "fields.field_id"
    return (
        sa.Column(report, kind, nullable=False, autoincrement=False),
        sa.Column(second, sa.Integer(), nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint(report, second, name=f"pk_{table}"),
        *(
            sa.ForeignKeyConstraint([name], [target], name=f"fk_{table}_{name}")
            for name, target in references.items()
        ),
    )


def _decimal(name: str) -> tuple[Any, ...]:
    return sa.Column(name, Number()), sa.Column(f"{name}_exact", sa.Text())


def _status(table: str) -> tuple[Any, ...]:
    return (
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("status BETWEEN 0 AND 5", name=op.f(f"ck_{table}_status")),
    )


def _short_pair(name: str) -> str:
    """The number and its digits, which are left out of a short whole number."""
    digits = f"{name}_exact"
    is_short = f"{digits} NOT GLOB '*[^0-9]*' AND length({digits}) <= 18"
    if op.get_bind().dialect.name == "postgresql":
        is_short = f"{digits} ~ '^[0-9]{{1,18}}$'"
        return (
            f"CASE WHEN {is_short} THEN CAST({digits} AS NUMERIC) ELSE {name} END, "
            f"CASE WHEN {is_short} THEN NULL ELSE {digits} END"
        )
    return f"{name}, CASE WHEN {is_short} THEN NULL ELSE {digits} END"


def _pair(name: str) -> str:
    return f"{name}, coalesce({name}_exact, CAST({name} AS TEXT))"


def _status_to_code(name: str) -> str:
    cases = " ".join(f"WHEN '{status}' THEN {at}" for at, status in enumerate(_STATUSES))
    return f"CASE {name} {cases} END"


def _code_to_status(name: str) -> str:
    cases = " ".join(f"WHEN {at} THEN '{status}'" for at, status in enumerate(_STATUSES))
    return f"CASE {name} {cases} END"


def _alike(origin: str, words: Sequence[str]) -> str:
    return " AND ".join(f'{origin}."{word}" = w."{word}"' for word in words)


def _quoted(names: Sequence[str], before: str = "") -> str:
    return ", ".join(f'{before}"{name}"' for name in names)
