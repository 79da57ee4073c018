"""A Report as the rows of the tables, and what must hold of it before any is written."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from normalize.report import Observation, Report, Status, Verdict
from store.errors import ReportRefused
from store.fields import Name, StoredField, name_to_text
from store.values import decimal_to_text, text_to_storable

Row = dict[str, object]

_REMEDY = "correct what interprets the document"
_SIDES = ("x0", "top", "x1", "bottom")
_VALUED = (Status.REPORTED, Status.CORRECTED)


@dataclass(frozen=True, slots=True)
class ReportRows:
    """What is stored of one report: its own row, and its facts by the name of their table."""

    report: Row
    facts: Mapping[str, tuple[Row, ...]]


def sha256_to_report_id(sha256: str) -> str:
    """The first 16 hexadecimal digits: the same bytes have the same id in every database."""
    return sha256[:16]


def report_to_rows(report: Report, cells: Mapping[Name, StoredField]) -> ReportRows:
    """The rows of `report`, all but its moment of loading.

    Of a quarantined report no figure is stored, neither observed nor stated, lest a query take
    it for one. ReportRefused when the report contradicts itself or the forms.
    """
    report_id = sha256_to_report_id(report.sha256)
    readable = report.verdict is not Verdict.QUARANTINED
    if not readable and not report.reasons:
        raise ReportRefused(f"{report.source}: quarantined without a reason", "give the reason")
    facts: dict[str, list[Row]] = {
        "observations": _observation_rows(report, cells) if readable else [],
        "checks": [
            {
                "position": position,
                "check": check.check,
                "form": check.form,
                "table": check.table,
                "row": check.row,
                "column": check.column,
                **_decimal("expected", check.expected, report.source),
                **_decimal("actual", check.actual, report.source),
                "passed": check.passed,
                "blank_as_zero": check.blank_as_zero,
            }
            for position, check in enumerate(report.checks, start=1)
        ],
        "sections": [
            {
                "position": position,
                "section": section.section,
                "heading": section.heading,
                "text": section.text,
            }
            for position, section in enumerate(report.sections, start=1)
        ],
        "statements": [
            {
                "position": position,
                "section": statement.section,
                "measure": statement.measure,
                **_decimal("value", statement.value, report.source),
                "unit": statement.unit,
                "quote": statement.quote,
            }
            for position, statement in enumerate(report.statements if readable else (), start=1)
        ],
        "extras": [
            {
                "position": position,
                "table": extra.table,
                "label": extra.label,
                "printed": tuple(text_to_storable(value) for value in extra.values),
                "page": extra.page,
            }
            for position, extra in enumerate(report.extras, start=1)
        ],
    }
    return ReportRows(
        report=_storable(
            {
                "report_id": report_id,
                "source": report.source,
                "sha256": report.sha256,
                "media_type": report.media_type,
                "agency": report.agency,
                "region_code": None,
                "year": report.year,
                "title": report.title,
                "published_on": report.published_on,
                "reader": report.reader,
                "pages": report.pages,
                "status": report.verdict.value,
                "reason": phrases_to_text(report.reasons),
            }
        ),
        facts={
            table: tuple(_storable({"report_id": report_id, **row}) for row in rows)
            for table, rows in facts.items()
        },
    )


def phrases_to_text(phrases: tuple[str, ...]) -> str | None:
    """One phrase a line, None for none."""
    return "\n".join(phrase.replace("\n", " ") for phrase in phrases) if phrases else None


def text_to_phrases(text: str | None) -> tuple[str, ...]:
    return () if text is None else tuple(text.split("\n"))


def _observation_rows(report: Report, cells: Mapping[Name, StoredField]) -> list[Row]:
    rows: dict[int, Row] = {}
    for observation in report.observations:
        field = _field_of(observation, cells, report.source)
        if field.field_id in rows:
            raise ReportRefused(f"{_place(observation, report.source)} is observed twice", _REMEDY)
        if observation.bbox is not None and not all(map(math.isfinite, observation.bbox)):
            raise ReportRefused(
                f"{_place(observation, report.source)}: its box {observation.bbox} is on no page",
                _REMEDY,
            )
        rows[field.field_id] = {
            "field_id": field.field_id,
            **_decimal("value", observation.value, report.source),
            "status": observation.status.value,
            "flagged": observation.flagged,
            "doubts": phrases_to_text(observation.doubts),
            "raw": observation.raw,
            "page": observation.page,
            **_box(observation),
            "reader": observation.reader,
        }
    return [rows[field_id] for field_id in sorted(rows)]


def _field_of(
    observation: Observation, cells: Mapping[Name, StoredField], source: str
) -> StoredField:
    name = (observation.form, observation.table, observation.row, observation.column)
    field = cells.get(name)
    if field is None:
        raise ReportRefused(
            f"{_place(observation, source)} is no cell of the forms in this database",
            "load the forms' fields first",
        )
    if field.unit != observation.unit:
        raise ReportRefused(
            f"{_place(observation, source)} is in {observation.unit}, the form says {field.unit}",
            _REMEDY,
        )
    has_value = observation.value is not None
    if (has_value and observation.status not in _VALUED) or (
        not has_value and observation.status is Status.REPORTED
    ):
        raise ReportRefused(
            f"{_place(observation, source)} is {observation.status} with value {observation.value}",
            _REMEDY,
        )
    return field


def _place(observation: Observation, source: str) -> str:
    name = (observation.form, observation.table, observation.row, observation.column)
    page = "" if observation.page is None else f" p.{observation.page}"
    return f"{source}{page}: {name_to_text(name)}"


def _decimal(name: str, value: Decimal | None, source: str) -> Row:
    if value is None:
        return {name: None, f"{name}_exact": None}
    try:
        return {name: value, f"{name}_exact": decimal_to_text(value)}
    except ValueError as error:
        raise ReportRefused(f"{source}: {name}: {error}", _REMEDY) from error


def _box(observation: Observation) -> Row:
    if observation.bbox is None:
        return dict.fromkeys(_SIDES)
    return dict(zip(_SIDES, map(float, observation.bbox), strict=True))


def _storable(row: Row) -> Row:
    return {
        name: text_to_storable(value) if isinstance(value, str) else value
        for name, value in row.items()
    }
