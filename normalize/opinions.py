"""Several readers' readings of one file: which to believe, table by table.

When all agree the agency printed it so, and the value stays as printed. When they differ, the
reading with fewer broken identities is kept and every cell they differ on is flagged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from normalize.blame import OTHERWISE, Place, with_blame, with_cells
from normalize.forms import table_names
from normalize.observations import with_doubts, without_doubt
from normalize.recognised import is_about_recognition
from normalize.report import Observation, Report, Status, Verdict
from normalize.tables import HIDDEN_TEXT, TableReading
from normalize.verdicts import NO_TABLE

FOUND_ALONE = "found by {reader} alone"
_ENOUGH = 2
"""Readers that agree on a figure where another one has a blank."""


def needs_another_opinion(report: Report) -> bool:
    """True when an identity is broken, or a cell or all of them were not found or not readable."""
    broken = any(check.is_broken for check in report.checks)
    unsure = broken or not report.observations or is_in_dispute(report)
    return report.verdict is not Verdict.QUARANTINED and unsure


def is_in_dispute(report: Report) -> bool:
    """True when readers differ on a cell, or none of them found or understood it."""
    return lacks_table(report) or any(
        o.status in (Status.MISSING, Status.UNREADABLE) or _is_disputed(o)
        for o in report.observations
    )


def lacks_table(report: Report) -> bool:
    """True when a section was found without the table that the forms print in it."""
    start, _, end = NO_TABLE.partition("{section}")
    return any(reason.startswith(start) and reason.endswith(end) for reason in report.reasons)


def _is_disputed(observation: Observation) -> bool:
    return any(" reads '" in doubt for doubt in observation.doubts)


def weigh_opinions(
    first: Sequence[TableReading], others: Sequence[Sequence[TableReading]]
) -> tuple[TableReading, ...]:
    """The best reading of every table that one of them found; the first one's where as good."""
    own = {reading.table: reading for reading in first}
    weighed = []
    for table in table_names():
        found = [r for readings in others for r in readings if r.table == table]
        if table in own:
            weighed.append(_best(own[table], found))
        elif found:
            weighed.append(_with_lone_finds(_best(found[0], found[1:]), ()))
    return tuple(weighed)


def _best(first: TableReading, others: Sequence[TableReading]) -> TableReading:
    """The reading in which most identities hold, with what speaks for and against its cells.

    One that breaks none only because it lacks their cells is no better.
    """
    opinions = (first, *others)
    best = min(opinions, key=lambda one: (-one.holding, one.lacking, one.failures))
    if best.holding == first.holding and _contradicts(best, first):
        best = first
    rest = [opinion for opinion in opinions if opinion is not best]
    kept = _with_blanks_filled(with_blame(best, rest), rest)
    for other in rest:
        kept = _compared(kept, other)
    return kept if best is first else _with_lone_finds(kept, first.observations)


def _with_blanks_filled(kept: TableReading, rest: Sequence[TableReading]) -> TableReading:
    """The reading with the figures, in doubt, that two others agree on where it has blanks.

    They are left out where more identities would be broken with them.
    """
    blank = {(o.form, o.row, o.column): o for o in kept.observations if o.status is Status.BLANK}
    said: dict[Place, list[Observation]] = {}
    for o in (o for other in rest for o in other.observations):
        place = (o.form, o.row, o.column)
        if place in blank and o.status is Status.REPORTED and HIDDEN_TEXT not in o.doubts:
            said.setdefault(place, []).append(o)
    agreed = {
        place: found[0]
        for place, found in said.items()
        if len({o.reader for o in found} - {blank[place].reader}) >= _ENOUGH
        and len({o.value for o in found}) == 1
    }
    filled = with_cells(kept, agreed) if agreed else kept
    return filled if filled.failures <= kept.failures else kept


def _contradicts(one: TableReading, other: TableReading) -> bool:
    """True when the readings differ on a cell that both found: more cells are then no merit."""
    elsewhere = {_cell(o): o for o in other.observations}
    return any(
        (found := elsewhere.get(_cell(o))) is not None
        and not {o.status, found.status} & {Status.MISSING, Status.UNREADABLE}
        and (o.value, o.status) != (found.value, found.status)
        for o in one.observations
    )


def _with_lone_finds(kept: TableReading, first: Sequence[Observation]) -> TableReading:
    """The reading with a doubt on each cell that the first reader did not find."""
    found = {_cell(o) for o in first if o.status is not Status.MISSING}
    observations = tuple(
        with_doubts(o, (FOUND_ALONE.format(reader=o.reader),))
        if _cell(o) not in found and o.status is not Status.MISSING
        else o
        for o in kept.observations
    )
    return replace(kept, observations=observations)


def _compared(kept: TableReading, other: TableReading) -> TableReading:
    """The reading with a doubt on each cell that the other one reads otherwise."""
    elsewhere = {_cell(o): o for o in other.observations}
    observations = tuple(_weighed(o, elsewhere.get(_cell(o))) for o in kept.observations)
    return replace(kept, observations=observations)


def _weighed(one: Observation, other: Observation | None) -> Observation:
    """The cell in doubt where the other reader differs, without one where both agree.

    A cell that was not found says nothing, nor does a text that may not be what is seen when it
    differs; when it agrees with the picture, both are confirmed.
    """
    if other is None or other.status is Status.MISSING:
        return one
    if (one.value, one.status) == (other.value, other.status):
        return _confirmed(one) if one.reader != other.reader else one
    if HIDDEN_TEXT in other.doubts:
        return one
    return with_doubts(one, (OTHERWISE.format(reader=other.reader, said=_said(other)),))


def _confirmed(observation: Observation) -> Observation:
    """The cell without the doubts that vanish when the picture and the text of a page agree."""
    for doubt in observation.doubts:
        if doubt == HIDDEN_TEXT or is_about_recognition(doubt):
            observation = without_doubt(observation, doubt)
    return observation


def _said(observation: Observation) -> str:
    return observation.raw if observation.raw is not None else observation.status.value


def _cell(observation: Observation) -> tuple[str, str, str]:
    return observation.table, observation.row, observation.column


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell on which readers differ: what each of them reads, by name of reader."""

    table: str
    row: str
    column: str
    page: int | None
    said: tuple[tuple[str, str], ...]


def differences(reports: Iterable[Report]) -> tuple[Difference, ...]:
    """The cells that not all readers read alike, in the order of the first that has them."""
    reports = tuple(reports)
    by_reader = [{_cell(o): o for o in report.observations} for report in reports]
    cells = dict.fromkeys(cell for found in by_reader for cell in found)
    out = []
    for cell in cells:
        opinions = [found.get(cell) for found in by_reader]
        if len({(o.value, o.status) if o else None for o in opinions}) > 1:
            page = next((o.page for o in opinions if o and o.page), None)
            said = tuple(
                (report.reader, "not found" if o is None else _said(o))
                for report, o in zip(reports, opinions, strict=True)
            )
            out.append(Difference(*cell, page, said))
    return tuple(out)
