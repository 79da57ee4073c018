"""The panel's row of a report that is being written, from its rows, with no need to read them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from normalize.report import Verdict
from store.names import Name
from store.panel_rows import Cell, Outcomes, cells_to_row
from store.rows import COLUMNS, Facts, ReportRows
from store.schema import panel_rows
from store.schema_cells import STATUSES
from store.values import decimal_to_light, short_pair_to_digits

_STATUSES = tuple(status.value for status in STATUSES)


def rows_to_panel_facts(rows: ReportRows, names: Mapping[int, Name]) -> tuple[Facts, ...]:
    """What `refresh_panel_rows` writes of a report; `names` are those of the fields by their id."""
    if rows.report["status"] == Verdict.QUARANTINED.value:
        return ()
    facts = {one.table: one for one in rows.facts}
    row: dict[str, object] = {
        "report_id": rows.report["report_id"],
        **cells_to_row(_cells(facts["observation_rows"], names)),
        **_outcomes(facts["check_rows"]).to_row(),
    }
    values = ((_light(row[name]),) for name in COLUMNS[panel_rows.name])
    return (Facts(panel_rows.name, 1, tuple(values)),)


def _cells(facts: Facts, names: Mapping[int, Name]) -> dict[Name, Cell]:
    chosen = map(facts.column, ("field_id", "value", "value_exact", "status", "flagged"))
    return {
        names[field_id]: Cell(short_pair_to_digits(value, digits), _STATUSES[status], flagged)
        for field_id, value, digits, status, flagged in zip(*chosen, strict=True)
    }


def _outcomes(facts: Facts) -> Outcomes:
    """What the checks came to; those that passed count for nothing."""
    outcomes = Outcomes()
    chosen = map(facts.column, ("rule_id", "passed", "blank_as_zero"))
    for (_, _, table, _, _, kind), passed, blank_as_zero in zip(*chosen, strict=True):
        if passed is not True:
            outcomes.count(table, kind, passed, blank_as_zero)
    return outcomes


def _light(value: object) -> object:
    return decimal_to_light(value) if isinstance(value, Decimal) else value
