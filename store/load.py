"""Reads a report back as it was saved; `values` and `rows` say what is not kept to the letter."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Connection, Engine, RowMapping, Table, select

from normalize.report import (
    Body,
    Check,
    ExtraRow,
    Given,
    Observation,
    Report,
    Section,
    Statement,
    Status,
    Verdict,
)
from store.connections import reading
from store.errors import ReportUnknown
from store.readable import checks, observed, statements, suggested
from store.rows import text_to_names, text_to_phrases
from store.schema import extras, fields, reports, sections
from store.schema_cells import observation_rows, suggestion_rows


def load_report(engine: Engine, report_id: str) -> Report:
    """The stored report, observations in the order of the forms; ReportUnknown if there is none."""
    with reading(engine) as connection:
        return read_report(connection, report_id)


def read_report(connection: Connection, report_id: str) -> Report:
    """The stored report within a transaction; ReportUnknown if there is none."""
    found = connection.execute(select(reports).where(reports.c.report_id == report_id))
    row = found.mappings().one_or_none()
    if row is None:
        raise ReportUnknown(f"there is no report {report_id}", "the ids are in the table reports")
    return _row_to_report(connection, row, report_id)


def _row_to_report(connection: Connection, row: RowMapping, report_id: str) -> Report:
    return Report(
        source=row["source"],
        sha256=row["sha256"],
        media_type=row["media_type"],
        reader=row["reader"],
        pages=row["pages"],
        verdict=Verdict(row["status"]),
        reasons=text_to_phrases(row["reason"]),
        agency=row["agency"],
        year=row["year"],
        title=row["title"],
        published_on=row["published_on"],
        body=_row_to_body(row),
        given=Given(row["manifest_agency"], row["manifest_year"], row["manifest_published_on"]),
        from_given=text_to_names(row["from_manifest"]),
        scope=row["scope"],
        sections=tuple(
            Section(fact["section"], fact["heading"], fact["text"])
            for fact in _facts(connection, sections, report_id)
        ),
        observations=_observations(connection, row["report_key"]),
        checks=tuple(_row_to_check(fact) for fact in _facts(connection, checks, report_id)),
        statements=tuple(
            Statement(
                section=fact["section"],
                measure=fact["measure"],
                value=Decimal(fact["value_exact"]),
                unit=fact["unit"],
                quote=fact["quote"],
                approximate=fact["approximate"],
                year=fact["year"],
                scope=fact["scope"],
                claim=fact["claim"],
                section_position=fact["section_position"],
                offset=fact["offset"],
            )
            for fact in _facts(connection, statements, report_id)
        ),
        extras=tuple(
            ExtraRow(fact["table"], fact["label"], fact["printed"], fact["page"])
            for fact in _facts(connection, extras, report_id)
        ),
    )


def _row_to_body(row: RowMapping) -> Body | None:
    """The resolved agency; what cast doubt on it is among the report's reasons, not with it."""
    if row["agency_id"] is None:
        return None
    return Body(row["agency_id"], row["region_code"], row["level"], row["agency_kind"])


def _facts(connection: Connection, table: Table, report_id: str) -> list[RowMapping]:
    chosen = select(table).where(table.c.report_id == report_id).order_by(table.c.position)
    return list(connection.execute(chosen).mappings())


def _observations(connection: Connection, report_key: int) -> tuple[Observation, ...]:
    o, s = observation_rows.c, suggestion_rows.c
    of_cell = (value.label(name) for name, value in observed().items())
    chosen = (
        select(
            *of_cell,
            fields.c.form,
            fields.c.table,
            fields.c.row,
            fields.c.column,
            fields.c.unit,
            suggested()["value_exact"].label("suggestion"),
            s.derived_by,
        )
        .join_from(observation_rows, fields)
        .outerjoin(suggestion_rows, (s.report_key == o.report_key) & (s.field_id == o.field_id))
        .where(o.report_key == report_key)
        .order_by(fields.c.position)
    )
    return tuple(
        Observation(
            form=row["form"],
            table=row["table"],
            row=row["row"],
            column=row["column"],
            value=_text_to_decimal(row["value_exact"]),
            unit=row["unit"],
            status=Status(row["status"]),
            raw=row["raw"],
            page=row["page"],
            bbox=None if row["x0"] is None else (row["x0"], row["top"], row["x1"], row["bottom"]),
            reader=row["reader"],
            doubts=text_to_phrases(row["doubts"]),
            suggestion=_text_to_decimal(row["suggestion"]),
            suggested_by=row["derived_by"] or "",
            original_value=_text_to_decimal(row["original_value_exact"]),
            original_status=None
            if row["original_status"] is None
            else Status(row["original_status"]),
        )
        for row in connection.execute(chosen).mappings()
    )


def _row_to_check(row: RowMapping) -> Check:
    return Check(
        check=row["check"],
        form=row["form"],
        table=row["table"],
        row=row["row"],
        column=row["column"],
        expected=_text_to_decimal(row["expected_exact"]),
        actual=_text_to_decimal(row["actual_exact"]),
        passed=row["passed"],
        blank_as_zero=row["blank_as_zero"],
        kind=row["kind"],
        blame=row["blame"],
    )


def _text_to_decimal(digits: str | None) -> Decimal | None:
    return None if digits is None else Decimal(digits)
