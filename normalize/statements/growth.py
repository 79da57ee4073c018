"""N-GROW: growth that sentences state, against the same agency's report of the year before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from normalize.report import Check, Observation, Statement
from normalize.statements.checking import is_rounded_to
from normalize.statements.restated import Key, restatements, total_of

_KINDS = ("growth", "growth_percent", "growth_times")
_SHOWN = Decimal("0.01")


def growth_to_checks(
    statements: Sequence[Statement],
    observations: Sequence[Observation],
    last_year: Sequence[Observation],
) -> tuple[Check, ...]:
    """One check a stated growth that both years' tables can prove.

    `expected` is the growth stated, `actual` the one computed, in percent, items or as a multiple.
    """
    now = {(o.table, o.row, o.column): o for o in reversed(observations)}
    before = {(o.table, o.row, o.column): o for o in reversed(last_year)}
    return tuple(check for statement in statements for check in _to_check(statement, now, before))


def _to_check(
    statement: Statement, now: dict[Key, Observation], before: dict[Key, Observation]
) -> Iterator[Check]:
    measure, _, kind = statement.measure.rpartition(".")
    restated = restatements().get(measure)
    if kind not in _KINDS or restated is None or statement.scope != "own" or statement.approximate:
        return
    this, last = total_of(restated.sums, now), total_of(restated.sums, before)
    if this is None or last is None or this.value is None or last.value is None:
        return
    if kind != "growth" and last.value == 0:
        return
    grown = _grown(kind, this.value, last.value)
    table, row, column = this.cells[0]
    passed = is_rounded_to(grown, statement.value)
    yield Check(
        "N-GROW",
        now[this.cells[0]].form,
        table,
        row,
        column,
        statement.value,
        grown.quantize(_SHOWN) if kind != "growth" else grown,
        passed,
        passed,
        kind="S",
    )


def _grown(kind: str, this: Decimal, last: Decimal) -> Decimal:
    if kind == "growth":
        return this - last
    if kind == "growth_percent":
        return 100 * (this - last) / last
    return this / last
