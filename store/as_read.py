"""What was read of a report before people corrected it, as one text and back.

Only what corrections change is in it: observations, checks, verdict and reasons. Candidates of
recognition are not kept, as in the tables.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from normalize.report import Check, Observation, Report, Status, Verdict
from store.values import decimal_to_text, text_to_storable


def report_to_text(report: Report) -> str:
    """A JSON object; the same report gives the same text."""
    content = {
        "verdict": report.verdict.value,
        "reasons": report.reasons,
        "observations": [_observation_to_list(o) for o in report.observations],
        "checks": [_check_to_list(check) for check in report.checks],
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text_to_storable(text)


def with_reading(report: Report, text: str) -> Report:
    """The stored report as it was read, from the text of `report_to_text`."""
    content = json.loads(text)
    return replace(
        report,
        verdict=Verdict(content["verdict"]),
        reasons=tuple(content["reasons"]),
        observations=tuple(map(_list_to_observation, content["observations"])),
        checks=tuple(map(_list_to_check, content["checks"])),
    )


def _observation_to_list(o: Observation) -> list[object]:
    return [
        *(o.form, o.table, o.row, o.column),
        _digits(o.value),
        *(o.unit, o.status.value, o.raw, o.page),
        None if o.bbox is None else [float(side) for side in o.bbox],
        *(o.reader, o.doubts),
        _digits(o.suggestion),
        o.suggested_by,
    ]


def _list_to_observation(given: Sequence[Any]) -> Observation:
    form, table, row, column, value, unit, status, raw, page, bbox, reader, doubts = given[:12]
    suggestion, suggested_by = given[12:]
    return Observation(
        *(form, table, row, column),
        _number(value),
        unit,
        Status(status),
        raw,
        page,
        None if bbox is None else (bbox[0], bbox[1], bbox[2], bbox[3]),
        reader,
        tuple(doubts),
        _number(suggestion),
        suggested_by,
    )


def _check_to_list(c: Check) -> list[object]:
    return [
        *(c.check, c.form, c.table, c.row, c.column),
        *(_digits(c.expected), _digits(c.actual)),
        *(c.passed, c.blank_as_zero, c.kind, c.blame),
    ]


def _list_to_check(given: Sequence[Any]) -> Check:
    check, form, table, row, column, expected, actual, passed, as_zero, kind, blame = given
    sides = (_number(expected), _number(actual))
    return Check(check, form, table, row, column, *sides, passed, as_zero, kind, blame)


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else decimal_to_text(value)


def _number(digits: str | None) -> Decimal | None:
    return None if digits is None else Decimal(digits)
