"""Where the fault of a broken identity lies, and what of it can be repaired.

`source`: two independent readers agree on every operand, so the agency printed it so, and it stays
as printed. `extraction`: readers differ and the identity holds with what one of them read, whose
reading is then taken. `unknown`: all else, as wherever there was but one reader. A check that holds
has the blame `extraction` where another reader's reading breaks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from normalize import applying
from normalize.applying import apply_rule
from normalize.checks import LOST, verify
from normalize.forms import FormTable, tables_named
from normalize.observations import with_doubts
from normalize.report import Check, Observation
from normalize.rules import Key, rule_to_instances
from normalize.tables import HIDDEN_TEXT, TableReading

SOURCE, EXTRACTION, UNKNOWN = "source", "extraction", "unknown"
OTHERWISE = "{reader} reads '{said}'"
"""The doubt on a cell that another reader reads otherwise."""

Place = tuple[str, str, str]
Cells = Mapping[Place, Observation]
"""The observations of one reader by (form, row, column)."""


def with_blame(kept: TableReading, others: Sequence[TableReading]) -> TableReading:
    """The reading with what other readers prove wrong put right, and the blame for each check.

    `others` are readings of the same table. A cell of the same reader is no second opinion, nor
    is a text that may not be what is seen on the page.
    """
    opinions = [_by_place(other.observations) for other in others]
    was_broken = {_name(check) for check in kept.checks if check.is_broken}
    for cells in opinions:
        kept = _repaired(kept, cells)
    own = _by_place(kept.observations)
    checks = (
        replace(c, blame=EXTRACTION)
        if _name(c) in was_broken and not c.is_broken
        else replace(c, blame=_blame(c, own, opinions))
        for c in kept.checks
    )
    return replace(kept, checks=tuple(checks))


def _name(check: Check) -> tuple[str, str, str, str]:
    return check.form, check.check, check.row, check.column


def _by_place(observations: Sequence[Observation]) -> dict[Place, Observation]:
    return {(o.form, o.row, o.column): o for o in observations}


def _blame(check: Check, own: Cells, opinions: Sequence[Cells]) -> str | None:
    if check.kind != "H" or (check.passed is None and not check.is_broken):
        return None
    places = _operands(check)
    known = [c for c in opinions if all(p in c and _is_independent(own[p], c[p]) for p in places)]
    agreeing = [c for c in known if all(_is_same(own[p], c[p]) for p in places)]
    differing = [c for c in known if c not in agreeing]
    if check.is_broken:
        if agreeing:
            return SOURCE
        return EXTRACTION if any(_holds(check, cells) for cells in differing) else UNKNOWN
    return EXTRACTION if any(_holds(check, cells) is False for cells in differing) else None


def _is_independent(own: Observation, other: Observation) -> bool:
    """True where the other observation is a second opinion on the cell."""
    read = other.status not in applying.UNKNOWN and HIDDEN_TEXT not in other.doubts
    return read and own.reader != other.reader


def _is_same(one: Observation, other: Observation) -> bool:
    return (one.value, one.status) == (other.value, other.status)


def _holds(check: Check, cells: Cells) -> bool | None:
    """The outcome of the check with another reader's operands, blanks as zero."""
    return _outcomes(check.form, check.table, cells).get((check.check, check.row, check.column))


def _outcomes(form: str, table: str, cells: Cells) -> dict[tuple[str, str, str], bool | None]:
    edition = _edition(form, table)
    own = {(row, column): o for (of, row, column), o in cells.items() if of == form}
    return {
        (one.check.check, one.check.row, one.check.column): one.check.blank_as_zero
        for rule in edition.rules
        if rule.kind == "H"
        for one in apply_rule(rule, edition, own)
    }


def _edition(form: str, table: str) -> FormTable:
    return next(edition for edition in tables_named(table) if edition.form == form)


def _operands(check: Check) -> list[Place]:
    cells = _cells_by_check(_edition(check.form, check.table)).get(
        (check.check, check.row, check.column)
    )
    return [
        (check.form, *key) for key in cells or (((check.row, check.column),) if check.row else ())
    ]


@cache
def _cells_by_check(table: FormTable) -> dict[tuple[str, str, str], tuple[Key, ...]]:
    return {
        (rule.check, *instance.anchor): instance.cells
        for rule in table.rules
        if rule.kind == "H" and rule.relation not in ("count", "pattern", "printed")
        for instance in rule_to_instances(rule, table)
    }


def _repaired(kept: TableReading, cells: Cells) -> TableReading:
    """The reading with the other's cells in every broken or unread identity that holds with them.

    The cells are taken only if no identity through them is broken then.
    """
    for check in kept.checks:
        own = _by_place(kept.observations)
        places = [p for p in _operands(check) if p in own and p in cells]
        differing = {
            p: cells[p]
            for p in places
            if not _is_same(own[p], cells[p]) and _is_independent(own[p], cells[p])
        }
        unread = check.passed is None and check.blank_as_zero is None
        if not (check.is_broken or unread) or not differing:
            continue
        tried = {**own, **differing}
        outcomes = _outcomes(check.form, check.table, tried)
        mended = all(
            outcomes.get(name) is True
            for name, instance in _cells_by_check(_edition(check.form, check.table)).items()
            if name in outcomes and any((check.form, *key) in differing for key in instance)
        )
        if mended:
            kept = with_cells(kept, differing)
    return kept


def with_cells(kept: TableReading, taken: Cells) -> TableReading:
    """The reading with other cells, doubted for what it had there, and its checks applied anew."""
    observations = tuple(
        _taken(o, taken[place]) if (place := (o.form, o.row, o.column)) in taken else _cleared(o)
        for o in kept.observations
    )
    checks: list[Check] = []
    for edition in tables_named(kept.table):
        if any(o.form == edition.form for o in observations):
            verified = verify(edition, observations)
            observations = verified.observations
            checks.extend(verified.checks)
    return replace(kept, observations=observations, checks=tuple(checks))


def _taken(own: Observation, other: Observation) -> Observation:
    said = own.raw if own.raw is not None else own.status.value
    doubt = OTHERWISE.format(reader=own.reader or "another reader", said=said)
    return with_doubts(_cleared(other), (doubt,))


def _cleared(observation: Observation) -> Observation:
    """The observation without the doubts that checks raised."""
    kept = tuple(d for d in observation.doubts if not d.startswith("fails ") and d != LOST)
    return observation if kept == observation.doubts else replace(observation, doubts=kept)
