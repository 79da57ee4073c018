"""Rows whose figure is left blank, told by the unit of measure (条, 件, 人次) that stands there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from extract.pdf.unruled.tokens import Token, TokenLine
from extract.pdf.unruled.zones import Span, spans_of

_LONGEST = 3
"""Characters of a unit."""
_LEAST_ROWS = 3
"""So many rows with a figure show where the units stand."""


def with_measured_rows(rows: Sequence[TokenLine]) -> list[TokenLine]:
    """The lines, those without a figure marked in which a unit stands in the column of units."""
    columns = _unit_columns(rows)
    if not columns:
        return list(rows)
    return [
        replace(row, measured=True) if not row.figures and _has_unit(row, columns) else row
        for row in rows
    ]


def units_from(rows: Sequence[TokenLine]) -> float:
    """Where the column of units begins, which is none of labels; infinity without one."""
    return min((x0 for x0, _ in _unit_columns(rows)), default=inf)


def _unit_columns(rows: Sequence[TokenLine]) -> list[Span]:
    """Where units stand between label and figure in several rows, one under another."""
    units = [
        row.tokens[1]
        for row in rows
        if len(row.tokens) == 3 and _is_unit(row.tokens[1]) and row.tokens[2].figure
    ]
    if len(units) < _LEAST_ROWS:
        return []
    columns = spans_of(units)
    return [
        (x0, x1)
        for x0, x1 in columns
        if sum(1 for unit in units if x0 <= unit.middle <= x1) >= _LEAST_ROWS
    ]


def _has_unit(row: TokenLine, columns: Sequence[Span]) -> bool:
    """Whether the last token of a line, its only one or that behind a label, is such a unit."""
    last = row.tokens[-1]
    inside = any(x0 <= last.middle <= x1 for x0, x1 in columns)
    return len(row.tokens) <= 2 and inside and _is_unit(last)


def _is_unit(token: Token) -> bool:
    return not token.figure and len(token.text) <= _LONGEST and token.text.isalpha()
