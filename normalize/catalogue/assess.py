"""The whole catalogue applied to one report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from normalize.applying import Applied
from normalize.catalogue.across import across_outcomes
from normalize.catalogue.cells import cell_outcomes
from normalize.catalogue.layout import layout_outcomes
from normalize.catalogue.metadata import metadata_outcomes
from normalize.catalogue.outcome import Outcome, Place, doubts_of, outcomes_to_checks
from normalize.catalogue.subject import Subject
from normalize.catalogue.tables import assess_table
from normalize.forms import FormTable, tables_named
from normalize.observations import with_doubts
from normalize.printed_totals import check_printed_totals
from normalize.report import Check, Observation
from normalize.tables import TableReading


@dataclass(frozen=True, slots=True)
class Assessed:
    """The tables with suggestions, further doubts and all their checks; `checks` are those of the
    report as a whole.
    """

    tables: tuple[TableReading, ...]
    checks: tuple[Check, ...]


def assess(subject: Subject) -> Assessed:
    """Every check beside the hard identities, which the tables bring along."""
    level = subject.body.level if subject.body else None
    tables = tuple(_assess_table(table, level) for table in subject.tables)
    whole = replace(subject, tables=tables)
    outcomes = [
        *across_outcomes(whole),
        *cell_outcomes(whole),
        *layout_outcomes(whole),
        *metadata_outcomes(whole),
    ]
    doubts = doubts_of(outcomes)
    return Assessed(
        tuple(_doubted(table, doubts) for table in tables),
        outcomes_to_checks(outcomes),
    )


def _assess_table(table: TableReading, level: str | None) -> TableReading:
    observations, checks = table.observations, list(table.checks)
    outcomes: list[Outcome] = []
    for edition in _editions(table):
        assessed = assess_table(edition, observations, table.checks, level)
        observations = assessed.observations
        outcomes += assessed.outcomes
        own = {(o.row, o.column): o for o in observations if o.form == edition.form}
        for one in check_printed_totals(edition, own, table.others):
            checks.append(one.check)
            if one.check.is_broken:
                observations = _failing(observations, one)
    checks += outcomes_to_checks(outcomes)
    assessed_table = replace(table, observations=observations, checks=tuple(checks))
    return _doubted(assessed_table, doubts_of(outcomes))


def _failing(observations: Sequence[Observation], one: Applied) -> tuple[Observation, ...]:
    """The observations with a doubt on each cell of an identity that does not hold."""
    form, doubt = one.check.form, f"fails {one.check.check}"
    return tuple(
        with_doubts(o, (doubt,)) if o.form == form and (o.row, o.column) in one.cells else o
        for o in observations
    )


def _editions(table: TableReading) -> Sequence[FormTable]:
    forms = {o.form for o in table.observations}
    return [edition for edition in tables_named(table.table) if edition.form in forms]


def _doubted(table: TableReading, doubts: Mapping[Place, tuple[str, ...]]) -> TableReading:
    """The table with doubts on the cells that have none yet."""
    if not doubts:
        return table
    observations = tuple(
        with_doubts(o, said)
        if not o.flagged and (said := doubts.get((o.form, o.table, o.row, o.column)))
        else o
        for o in table.observations
    )
    return replace(table, observations=observations)
