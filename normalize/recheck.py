"""A report with what people decided of its cells, and all that follows from it.

The rules of the tables concerned, those between tables, and the comparison with sentences are
applied again to the values now in force, as far as the report alone can tell; checks of the print
itself (C-, L-, M-, sums against columns that the form lacks) stay as they were found.

A cell confirmed as printed is no longer in doubt. A replaced one is in doubt only where a check
fails with the new value, or where its decision says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.document import Document
from normalize.blame import EXTRACTION, SOURCE, UNKNOWN
from normalize.catalogue.across import across_outcomes
from normalize.catalogue.outcome import Place, doubts_of, outcomes_to_checks
from normalize.catalogue.subject import Subject
from normalize.catalogue.tables import assess_table
from normalize.checks import LOST, verify
from normalize.forms import FormTable, tables_named
from normalize.observations import with_doubts
from normalize.report import Check, Observation, Report, Status, Verdict
from normalize.rules import rule_to_instances
from normalize.statements import compare_statements, doubt_contradicted
from normalize.statements.checking import LOST as LOST_IN_WORDS
from normalize.tables import TableReading
from normalize.titles import Identity
from normalize.verdicts import figure_reasons

READ_OTHERWISE = "decided when {then} was read here, now {now} is"
NOT_THERE = "a correction concerns a cell that the report does not have: {cell}"
_FAILS = "fails "
_ACROSS = ("P-REL2", "A-FEE0")
_IN_WORDS = "N-"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of one cell: its value, None for one that holds no number.

    `confirms`: what was read is what is printed. `status` and `raw` are what was read when it was
    decided, None where that is not on record. `doubts` are about the decision itself.
    """

    form: str
    table: str
    row: str
    column: str
    value: Decimal | None
    confirms: bool
    status: Status | None
    raw: str | None
    doubts: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        return self.form, self.table, self.row, self.column


def recheck(report: Report, decisions: Sequence[Decision]) -> Report:
    """The report as it was read, with the decisions applied and its checks and verdict made anew.

    Unchanged where there are none, and where it is quarantined: it has no cells then.
    """
    if not decisions or report.verdict is Verdict.QUARANTINED:
        return report
    by_place = {decision.place: decision for decision in decisions}
    observations = tuple(_decided(o, by_place.get(_place(o))) for o in report.observations)
    touched = {d.table for d in decisions} & {o.table for o in observations}
    checks: tuple[Check, ...] = report.checks
    for table in sorted(touched):
        observations, checks = _table_again(report, table, observations, checks, by_place)
    if touched:
        observations, checks = _across_again(report, observations, checks)
        observations, checks = _words_again(report, observations, checks)
    observations = tuple(_settled(o, by_place.get(_place(o))) for o in observations)
    before = figure_reasons(report.observations, report.checks)
    there = {_place(o) for o in observations}
    reasons = (
        *(reason for reason in report.reasons if reason not in before),
        *figure_reasons(observations, checks),
        *(NOT_THERE.format(cell=".".join(place)) for place in sorted(set(by_place) - there)),
    )
    return replace(
        report,
        observations=observations,
        checks=checks,
        reasons=reasons,
        verdict=Verdict.NEEDS_REVIEW if reasons else Verdict.ACCEPTED,
    )


def _place(o: Observation) -> Place:
    return o.form, o.table, o.row, o.column


def _is_confirmed(o: Observation, decision: Decision) -> bool:
    return decision.confirms and o.value == decision.value and decision.status in (None, o.status)


def _decided(o: Observation, decision: Decision | None) -> Observation:
    """The observation with the value decided, its doubts gone; what recognition thought is not
    asked again.
    """
    if decision is None:
        return replace(o, candidates=())
    if _is_confirmed(o, decision):
        return replace(o, candidates=(), doubts=())
    return replace(
        o,
        value=decision.value,
        status=Status.CORRECTED,
        original_value=o.value,
        original_status=o.status,
        candidates=(),
        doubts=(),
        suggestion=None,
        suggested_by="",
    )


def _settled(o: Observation, decision: Decision | None) -> Observation:
    """The observation with what the decision itself leaves in doubt; a confirmed cell's only.

    Another reading than the one that was decided on is no doubt where it now says the same.
    """
    if decision is None:
        return o
    doubts = list(decision.doubts)
    agrees = o.status is Status.CORRECTED and o.original_value == decision.value
    read_again = o.original_status if o.status is Status.CORRECTED else o.status
    was_read = decision.status is not None
    if was_read and not agrees and (o.raw, read_again) != (decision.raw, decision.status):
        then, now = _said(decision.raw, decision.status), _said(o.raw, read_again)
        doubts.append(READ_OTHERWISE.format(then=then, now=now))
    kept = replace(o, doubts=()) if decision.confirms else o
    return with_doubts(kept, doubts)


def _said(raw: str | None, status: Status | None) -> str:
    return f"'{raw}'" if raw else str(status or "nothing")


def _table_again(
    report: Report,
    table: str,
    observations: Sequence[Observation],
    checks: Sequence[Check],
    decided: Mapping[Place, Decision],
) -> tuple[tuple[Observation, ...], tuple[Check, ...]]:
    """One table's rules applied again: the observations, and the checks with its new ones."""
    forms = {o.form for o in observations if o.table == table}
    editions = [edition for edition in tables_named(table) if edition.form in forms]
    again = {
        (edition.form, rule.check)
        for edition in editions
        for rule in edition.rules
        if rule.relation != "printed"
    }
    names = {name for _, name in again}
    own = tuple(
        _computable(_without_failures(o, names, LOST)) for o in observations if o.table == table
    )
    new: list[Check] = []
    ruled: list[Check] = []
    level = report.body.level if report.body else None
    for edition in editions:
        verified = verify(edition, own)
        assessed = assess_table(edition, verified.observations, verified.checks, level)
        own = _doubted(assessed.observations, doubts_of(assessed.outcomes))
        new += _blamed(edition, verified.checks, checks, decided)
        ruled += outcomes_to_checks(assessed.outcomes)
    found = {_place(o): o for o in own}
    raws = {_place(o): o.raw for o in observations}
    out = (
        replace(found[_place(o)], raw=raws[_place(o)]) if o.table == table else o
        for o in observations
    )
    is_old = [c.table == table and (c.form, c.check) in again for c in checks]
    return tuple(out), _exchanged(checks, is_old, [*new, *ruled])


def _computable(o: Observation) -> Observation:
    """The observation without the print that a person has overruled, and without suggestions."""
    plain = replace(o, suggestion=None, suggested_by="")
    return replace(plain, raw=None) if o.status is Status.CORRECTED else plain


def _without_failures(o: Observation, checks: Iterable[str], *others: str) -> Observation:
    """The observation without the doubts that these checks raised, and without some others."""
    left_out = {*(f"{_FAILS}{check}" for check in checks), *others}
    doubts = tuple(d for d in o.doubts if d not in left_out)
    return o if doubts == o.doubts else replace(o, doubts=doubts)


def _doubted(
    observations: Sequence[Observation], doubts: Mapping[Place, tuple[str, ...]]
) -> tuple[Observation, ...]:
    """The observations with doubts on the cells that have none yet."""
    return tuple(
        o if o.flagged else with_doubts(o, doubts.get(_place(o), ())) for o in observations
    )


def _exchanged(
    checks: Sequence[Check], is_old: Sequence[bool], new: Sequence[Check]
) -> tuple[Check, ...]:
    """The checks with the new ones where the first of the old ones stood."""
    first = is_old.index(True) if True in is_old else len(checks)
    kept = [(at, c) for at, c in enumerate(checks) if not is_old[at]]
    return (*(c for at, c in kept if at < first), *new, *(c for at, c in kept if at > first))


def _blamed(
    edition: FormTable,
    new: Sequence[Check],
    old: Sequence[Check],
    decided: Mapping[Place, Decision],
) -> Iterator[Check]:
    """The identities with their blame: the source's where people vouch for every operand."""
    operands = {
        (rule.check, *instance.anchor): instance.cells
        for rule in edition.rules
        if rule.kind == "H" and rule.relation not in ("count", "pattern", "printed")
        for instance in rule_to_instances(rule, edition)
    }
    before = {(c.check, c.row, c.column): c for c in old if c.form == edition.form}
    for check in new:
        name = (check.check, check.row, check.column)
        cells = operands.get(name, ())
        was = before.get(name)
        vouched = bool(cells) and all(
            (edition.form, edition.name, *key) in decided for key in cells
        )
        if check.is_broken and vouched:
            yield replace(check, blame=SOURCE)
        elif was is not None and replace(was, blame=None) == check:
            yield was
        elif check.is_broken:
            yield replace(check, blame=UNKNOWN)
        else:
            yield replace(check, blame=EXTRACTION if was and was.is_broken else None)


def _across_again(
    report: Report, observations: Sequence[Observation], checks: Sequence[Check]
) -> tuple[tuple[Observation, ...], tuple[Check, ...]]:
    """The rules between tables, which look at the figures and at the words of sections."""
    table = TableReading("", report.reader, tuple(observations), (), ())
    document = Document(
        report.source, report.sha256, report.media_type, report.reader, report.pages, ()
    )
    identity = Identity(report.agency, report.year, report.title, report.published_on, ())
    outcomes = list(
        across_outcomes(Subject(document, identity, report.body, report.sections, (table,)))
    )
    plain = [_without_failures(o, _ACROSS) for o in observations]
    is_old = [check.check in _ACROSS for check in checks]
    new = outcomes_to_checks(outcomes)
    return _doubted(plain, doubts_of(outcomes)), _exchanged(checks, is_old, new)


def _words_again(
    report: Report, observations: Sequence[Observation], checks: Sequence[Check]
) -> tuple[tuple[Observation, ...], tuple[Check, ...]]:
    """The sentences held against the figures again."""
    plain = [
        replace(
            o,
            doubts=tuple(
                d for d in o.doubts if not d.startswith(_FAILS + _IN_WORDS) and d != LOST_IN_WORDS
            ),
        )
        for o in observations
    ]
    compared = compare_statements(report.statements, plain, report.year)
    is_old = [check.check.startswith(_IN_WORDS) for check in checks]
    return doubt_contradicted(plain, compared), _exchanged(checks, is_old, compared.checks)
