"""The panel's row of a report that is being written, from its rows, with no need to read them."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from normalize.report import Verdict
from store.fields import Name
from store.panel_rows import Cell, Outcomes, cells_to_row
from store.rows import Facts, ReportRows
from store.schema import panel_rows
from store.schema_cells import STATUSES
from store.values import short_pair_to_digits


def rows_to_panel_facts(rows: ReportRows, names: Mapping[int, Name]) -> tuple[Facts, ...]:
    """What `refresh_panel_rows` writes of a report; `names` are those of the fields by their id."""
    if rows.report["status"] == Verdict.QUARANTINED.value:
        return ()
    facts = {one.table: one for one in rows.facts}
    outcomes = Outcomes()
    for (_, _, table, _, _, kind), passed, blank_as_zero in _chosen(
        facts["check_rows"], "rule_id", "passed", "blank_as_zero"
    ):
        outcomes.count(table, kind, passed, blank_as_zero)
    cells = {
        names[field_id]: Cell(short_pair_to_digits(value, digits), STATUSES[status].value, flagged)
        for field_id, value, digits, status, flagged in _chosen(
            facts["observation_rows"], "field_id", "value", "value_exact", "status", "flagged"
        )
    }
    row = {
        "report_id": rows.report["report_id"],
        **cells_to_row(cells),
        **outcomes.to_row(),
    }
    return (Facts(panel_rows.name, tuple(row), (tuple(row.values()),)),)


def _chosen(facts: Facts, *columns: str) -> list[tuple[Any, ...]]:
    return list(map(itemgetter(*map(facts.columns.index, columns)), facts.rows))
