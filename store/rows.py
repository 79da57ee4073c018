"""A Report as the rows of the tables, and what must hold of it before any is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import NoneType
from typing import Any

from normalize.report import Observation, Report, Status, Verdict
from store.as_read import report_to_text
from store.errors import ReportRefused
from store.fields import StoredField
from store.names import Name, name_to_text
from store.schema import panel_rows, reports, sources
from store.schema_cells import PARTS_OF_A_POINT, SIDES, STATUSES
from store.values import all_storable, decimal_to_short_pair, text_to_storable

Row = dict[str, object]

_REMEDY = "correct what interprets the document"
_NOWHERE = (None, None, None, None)
_VALUED = (Status.REPORTED, Status.CORRECTED)
_CODES = {status: place for place, status in enumerate(STATUSES)}
_LARGEST = 2**31 - 1

KEY = "report_key"
"""First of the columns of tables with many rows a report; its values come with `Coding`."""


Column = tuple[object, ...] | None
"""The values of one column of rows in order; None stands for a column without any."""


@dataclass(frozen=True, slots=True)
class Facts:
    """So many rows of one table in the order of its primary key, column by column.

    Until `Coding` has been at them, those of `schema_cells` have nothing in place of the report's
    key, and the words in place of each number that stands for words.
    """

    table: str
    count: int
    values: tuple[Column, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return COLUMNS[self.table]

    def column(self, name: str) -> tuple[Any, ...]:
        """The values of one column."""
        values = self.values[self.columns.index(name)]
        return (None,) * self.count if values is None else values


def row_to_facts(table: str, row: Mapping[str, object]) -> Facts:
    """One row, which has a value for every column."""
    return Facts(table, 1, tuple((row[name],) for name in COLUMNS[table]))


def facts_to_rows(facts: Facts) -> Iterator[tuple[object, ...]]:
    """The rows one after another."""
    nothing = (None,) * facts.count
    return zip(*(nothing if one is None else one for one in facts.values), strict=True)


@dataclass(frozen=True, slots=True)
class ReportRows:
    """What is stored of one report: its own row, and its facts, table by table."""

    report: Row
    facts: tuple[Facts, ...]


_OBSERVATION = (
    KEY,
    "field_id",
    "value",
    "value_exact",
    "status",
    "flagged",
    "doubts",
    "raw",
    "page",
    *SIDES,
    "reader_id",
)
_ORIGINAL = (KEY, "field_id", "value", "value_exact", "status")
_CHECK = (
    KEY,
    "position",
    "rule_id",
    "expected",
    "expected_exact",
    "actual",
    "actual_exact",
    "passed",
    "blank_as_zero",
    "blame",
)
_SUGGESTION = (KEY, "field_id", "value", "value_exact", "derived_by")
_SECTION = ("report_id", "position", "section", "heading", "text")
_STATEMENT = (
    KEY,
    "position",
    "kind_id",
    "value",
    "value_exact",
    "quote",
    "approximate",
    "year",
    "section_position",
    "offset",
)
_EXTRA = ("report_id", "position", "table", "label", "printed", "page")
_AS_READ = ("report_id", "content")

COLUMNS = {
    "observation_rows": _OBSERVATION,
    "observation_originals": _ORIGINAL,
    "check_rows": _CHECK,
    "suggestion_rows": _SUGGESTION,
    "sections": _SECTION,
    "statement_rows": _STATEMENT,
    "extras": _EXTRA,
    "as_read": _AS_READ,
    **{table.name: tuple(table.columns.keys()) for table in (reports, sources, panel_rows)},
}
"""By table the order of the columns of its facts."""


def sha256_to_report_id(sha256: str) -> str:
    """The first 16 hexadecimal digits: the same bytes have the same id in every database."""
    return sha256[:16]


def report_to_rows(
    report: Report, cells: Mapping[Name, StoredField], as_read: Report | None = None
) -> ReportRows:
    """The rows of `report`, all but its moment of loading.

    `as_read` is the report before people's corrections, where there are any. Of a quarantined
    report no figure is stored, neither observed nor stated, lest a query take it for one.
    ReportRefused when the report contradicts itself or the forms.
    """
    report_id = sha256_to_report_id(report.sha256)
    readable = report.verdict is not Verdict.QUARANTINED
    if not readable and not report.reasons:
        raise ReportRefused(f"{report.source}: quarantined without a reason", "give the reason")
    stated = report.statements if readable else ()
    facts = (
        ("observation_rows", _observation_rows(report, cells) if readable else []),
        ("observation_originals", _original_rows(report, cells) if readable else []),
        (
            "check_rows",
            [
                (
                    None,
                    position,
                    (check.check, check.form, check.table, check.row, check.column, check.kind),
                    *_decimal("expected", check.expected, report.source),
                    *_decimal("actual", check.actual, report.source),
                    check.passed,
                    check.blank_as_zero,
                    check.blame,
                )
                for position, check in enumerate(report.checks, start=1)
            ],
        ),
        ("suggestion_rows", _suggestion_rows(report, cells) if readable else []),
        (
            "sections",
            [
                (report_id, position, section.section, section.heading, section.text)
                for position, section in enumerate(report.sections, start=1)
            ],
        ),
        (
            "statement_rows",
            [
                (
                    None,
                    position,
                    (one.section, one.measure, one.unit, one.scope, one.claim),
                    *_decimal("value", one.value, report.source),
                    one.quote,
                    one.approximate,
                    one.year,
                    one.section_position,
                    one.offset,
                )
                for position, one in enumerate(stated, start=1)
            ],
        ),
        (
            "extras",
            [
                (
                    report_id,
                    position,
                    extra.table,
                    extra.label,
                    tuple(text_to_storable(value) for value in extra.values),
                    extra.page,
                )
                for position, extra in enumerate(report.extras, start=1)
            ],
        ),
        ("as_read", [(report_id, report_to_text(as_read))] if as_read else []),
    )
    body = report.body
    own = {
        "report_id": report_id,
        "source": report.source,
        "sha256": report.sha256,
        "media_type": report.media_type,
        "agency": report.agency,
        "region_code": body.region_code if body else None,
        "year": report.year,
        "title": report.title,
        "published_on": report.published_on,
        "reader": report.reader,
        "pages": report.pages,
        "status": report.verdict.value,
        "reason": phrases_to_text(report.reasons),
        "agency_id": body.agency_id if body else None,
        "level": body.level if body else None,
        "agency_kind": body.kind if body else None,
        "scope": report.scope,
        "manifest_agency": report.given.agency,
        "manifest_year": report.given.year,
        "manifest_published_on": report.given.published_on,
        "from_manifest": names_to_text(report.from_given),
    }
    return ReportRows(
        report={name: _storable(value) for name, value in own.items()},
        facts=tuple(_rows_to_facts(table, rows) for table, rows in facts),
    )


def names_to_text(names: tuple[str, ...]) -> str | None:
    """Names of columns in one text, None for none."""
    return ", ".join(names) if names else None


def text_to_names(text: str | None) -> tuple[str, ...]:
    return () if text is None else tuple(text.split(", "))


def phrases_to_text(phrases: tuple[str, ...]) -> str | None:
    """One phrase a line, None for none."""
    return "\n".join(phrase.replace("\n", " ") for phrase in phrases) if phrases else None


def text_to_phrases(text: str | None) -> tuple[str, ...]:
    return () if text is None else tuple(text.split("\n"))


def _observation_rows(
    report: Report, cells: Mapping[Name, StoredField]
) -> list[tuple[object, ...]]:
    """The observations by field."""
    rows: dict[int, tuple[object, ...]] = {}
    for observation in report.observations:
        field = _field_of(observation, cells, report.source)
        if field.field_id in rows:
            raise ReportRefused(f"{_place(observation, report.source)} is observed twice", _REMEDY)
        rows[field.field_id] = (
            None,
            field.field_id,
            *_decimal("value", observation.value, report.source),
            _CODES[observation.status],
            observation.flagged,
            phrases_to_text(observation.doubts),
            observation.raw,
            observation.page,
            *(_box_to_sides(observation, report.source) if observation.bbox else _NOWHERE),
            None if observation.reader is None else (observation.reader,),
        )
    return [rows[field_id] for field_id in sorted(rows)]


def _box_to_sides(observation: Observation, source: str) -> list[int]:
    """The sides of the cell's box in parts of a point."""
    sides = [side * PARTS_OF_A_POINT for side in observation.bbox or ()]
    # What is no number is not less either.
    if not all(-_LARGEST <= side <= _LARGEST for side in sides):
        raise ReportRefused(
            f"{_place(observation, source)}: its box {observation.bbox} is on no page", _REMEDY
        )
    return list(map(round, sides))


def _original_rows(report: Report, cells: Mapping[Name, StoredField]) -> list[tuple[object, ...]]:
    """What was read of corrected cells, by field."""
    return sorted(
        (
            None,
            _field_of(o, cells, report.source).field_id,
            *_decimal("original_value", o.original_value, report.source),
            _CODES[o.original_status],
        )
        for o in report.observations
        if o.original_status is not None
    )


def _suggestion_rows(report: Report, cells: Mapping[Name, StoredField]) -> list[tuple[object, ...]]:
    """What is suggested for cells, by field."""
    return sorted(
        (
            None,
            _field_of(o, cells, report.source).field_id,
            *_decimal("suggestion", o.suggestion, report.source),
            o.suggested_by,
        )
        for o in report.observations
        if o.suggested_by
    )


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


def _decimal(
    name: str, value: Decimal | None, source: str
) -> tuple[int | Decimal | None, str | None]:
    """The number for SQL, and its digits where they are kept."""
    if value is None:
        return None, None
    try:
        return decimal_to_short_pair(value)
    except ValueError as error:
        raise ReportRefused(f"{source}: {name}: {error}", _REMEDY) from error


def _rows_to_facts(table: str, rows: Sequence[tuple[object, ...]]) -> Facts:
    if not rows:
        return Facts(table, 0, (None,) * len(COLUMNS[table]))
    return Facts(table, len(rows), tuple(map(_to_column, zip(*rows, strict=True))))


def _to_column(values: tuple[object, ...]) -> Column:
    """The values with texts that databases can hold; nearly always all of them are."""
    kinds = set(map(type, values))
    if kinds == {NoneType}:
        return None
    if str not in kinds or all_storable([value for value in values if type(value) is str]):
        return values
    return tuple(map(_storable, values))


def _storable(value: object) -> object:
    return text_to_storable(value) if isinstance(value, str) else value
