"""What people decide of cells: the verbs of the ledger, for the command and for other programs.

    record_correction    a value, a confirmation as printed, or the suggestion taken
    withdraw_correction  takes back an earlier entry by another one
    corrections_of       the entries of one report
    merge_corrections    the entries of another copy of the ledger
    all_corrections      every entry, for such a copy
    find_report          the report that a person names

Each writes in one transaction the entry and what follows from it: the cell's value and status, its
flag, the checks, the reasons and the verdict of its report. The same is done again whenever the
report is read again. What was read stays in `observations.original_value`, `original_status` and
`as_read`; of a correction that was made against another reading the cell is flagged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

from sqlalchemy import Connection, Engine, or_, select

from normalize.report import Observation, Verdict
from store.connections import reading, writing
from store.errors import CorrectionRefused, ReportUnknown
from store.ledger import NAMES, Correction, Kind, add_entries, in_force, read_entries
from store.names import Name
from store.rows import sha256_to_report_id
from store.save import apply_corrections, read_and_now
from store.schema import corrections, reports
from store.values import decimal_to_text, text_to_storable


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging brought: new entries, those that were there, and reports changed by them.

    `waiting` counts new entries for reports that are not in the database; `disputed` names cells
    (report_id, then the cell's names) of which two people now say different things.
    """

    added: int
    known: int
    changed: tuple[str, ...]
    waiting: int
    disputed: tuple[tuple[str, Name], ...]


def record_correction(
    engine: Engine,
    report_id: str,
    cell: Name,
    decision: Kind,
    value: Decimal | None = None,
    *,
    who: str,
    why: str,
    at: datetime | None = None,
) -> Correction:
    """Decide of one cell of a stored report; what comes back is the new entry.

    `value` goes with the decision `value` alone, in the unit of the field, None for a cell that
    holds no number; the others take the value in force, or the one suggested. ReportUnknown;
    CorrectionRefused for a cell that the report does not have, a decision that does not fit it, or
    no name or reason.
    """
    with writing(engine) as connection:
        read, now = read_and_now(connection, report_id)
        before = _cell_of(read.observations, cell, report_id)
        current = _cell_of(now.observations, cell, report_id)
        entry = Correction(
            correction_id=str(uuid4()),
            sha256=read.sha256,
            form=cell[0],
            table=cell[1],
            row=cell[2],
            column=cell[3],
            decision=decision,
            value=_decided_value(decision, value, current, cell),
            who=_required(who, "who decided", "--who"),
            why=_required(why, "a reason", "--why"),
            made_at=_moment(at),
            original_value=before.value,
            original_status=before.status,
            original_raw=None if before.raw is None else text_to_storable(before.raw),
        )
        add_entries(connection, [entry])
        apply_corrections(connection, [entry.sha256], {entry.sha256: read})
    return entry


def withdraw_correction(
    engine: Engine, correction_id: str, *, who: str, why: str, at: datetime | None = None
) -> Correction:
    """Take back an entry; the cell is again what it was without it.

    CorrectionRefused when there is no such entry, or it is withdrawn already or a withdrawal.
    """
    with writing(engine) as connection:
        chosen = select(corrections.c.sha256).where(corrections.c.correction_id == correction_id)
        of_reports = read_entries(connection, connection.scalars(chosen).all())
        entries = [e for of_report in of_reports.values() for e in of_report]
        found = [e for e in entries if e.correction_id == correction_id]
        if not found:
            raise CorrectionRefused(
                f"the ledger has no entry {correction_id}", "'gongkai correct REPORT' lists them"
            )
        taken_back = found[0]
        if taken_back.decision is Kind.WITHDRAW:
            raise CorrectionRefused(
                f"{correction_id} is a withdrawal itself", "record the decision again"
            )
        if any(e.refers_to == correction_id for e in entries):
            raise CorrectionRefused(f"{correction_id} is withdrawn already", "leave it")
        entry = replace(
            taken_back,
            correction_id=str(uuid4()),
            decision=Kind.WITHDRAW,
            value=None,
            who=_required(who, "who decided", "--who"),
            why=_required(why, "a reason", "--why"),
            made_at=_moment(at),
            refers_to=correction_id,
        )
        add_entries(connection, [entry])
        apply_corrections(connection, [entry.sha256])
    return entry


def corrections_of(engine: Engine, report_id: str) -> tuple[Correction, ...]:
    """Every entry of one report's ledger, withdrawn ones too, the oldest first."""
    with reading(engine) as connection:
        sha256 = connection.scalar(select(reports.c.sha256).where(reports.c.report_id == report_id))
        if sha256 is None:
            raise _unknown(report_id)
        return tuple(read_entries(connection, [sha256]).get(sha256, ()))


def all_corrections(engine: Engine) -> tuple[Correction, ...]:
    """The whole ledger, the oldest entry first."""
    with reading(engine) as connection:
        found = [e for entries in read_entries(connection).values() for e in entries]
    return tuple(sorted(found, key=lambda e: (e.made_at, e.correction_id)))


def merge_corrections(engine: Engine, given: Sequence[Correction]) -> Merged:
    """Add the entries that are not there; merging the same ones again changes nothing.

    What was read when they were made is filled in where it is not on record. CorrectionRefused,
    with nothing added, when an entry says other than the ledger's of the same id, or withdraws
    one that neither has.
    """
    with writing(engine) as connection:
        stored = {e.correction_id: e for es in read_entries(connection).values() for e in es}
        new: dict[str, Correction] = {}
        for entry in given:
            known = stored.get(entry.correction_id) or new.get(entry.correction_id)
            if known is None:
                new[entry.correction_id] = entry
            elif not _is_same(entry, known):
                raise CorrectionRefused(
                    f"the entry {entry.correction_id} says other things than the one on record",
                    "restore it, or give the changed one no id of its own",
                )
        for entry in new.values():
            _refuse_loose(entry, {**stored, **new})
        added = _with_originals(connection, new.values())
        add_entries(connection, added)
        touched = {entry.sha256 for entry in added}
        changed = apply_corrections(connection, touched)
        there = _stored_digests(connection, touched)
        disputed = tuple(
            (sha256_to_report_id(sha256), cell)
            for sha256, entries in sorted(read_entries(connection, touched).items())
            for cell, latest in sorted(in_force(entries).items())
            if len({entry.value for entry in latest}) > 1
        )
    waiting = sum(entry.sha256 not in there for entry in added)
    return Merged(len(added), len(given) - len(added), changed, waiting, disputed)


def find_report(engine: Engine, name: str) -> str:
    """The id of the report that goes by an id, the beginning of one, a digest or a source.

    ReportUnknown for none and for several.
    """
    with reading(engine) as connection:
        r = reports.c
        found = connection.scalars(
            select(r.report_id).where(
                or_(
                    r.report_id == name,
                    r.sha256 == name,
                    r.report_id.startswith(name, autoescape=True),
                    (r.source == name) & r.superseded_by.is_(None),
                )
            )
        ).all()
    if len(found) > 1 and name in found:
        return name
    if len(found) != 1:
        raise (
            _unknown(name)
            if not found
            else ReportUnknown(f"{len(found)} reports begin with {name}", "write the whole id")
        )
    return str(found[0])


def _unknown(name: str) -> ReportUnknown:
    return ReportUnknown(f"there is no report {name}", "the ids are in the table reports")


def _cell_of(observations: Iterable[Observation], cell: Name, report_id: str) -> Observation:
    for o in observations:
        if (o.form, o.table, o.row, o.column) == cell:
            return o
    raise CorrectionRefused(
        f"report {report_id} has no cell {'.'.join(cell)}",
        f"'gongkai query \"SELECT form, form_table, form_row, form_column FROM cells WHERE "
        f"report_id = '{report_id}'\"' lists its cells",
    )


def _decided_value(
    decision: Kind, value: Decimal | None, current: Observation, cell: Name
) -> Decimal | None:
    place = ".".join(cell)
    if decision is Kind.VALUE:
        if value is not None:
            _refuse_long(value, place)
        return value
    if value is not None:
        raise CorrectionRefused(f"{place}: {decision.value} takes no value", "leave it out")
    if decision is Kind.AS_PRINTED:
        return current.value
    if decision is Kind.SUGGESTION and current.suggestion is not None:
        return current.suggestion
    if decision is Kind.SUGGESTION:
        raise CorrectionRefused(f"{place} has no suggestion", "give the value")
    raise CorrectionRefused(f"{place}: an entry is withdrawn by its id", "name the entry")


def _refuse_long(value: Decimal, place: str) -> None:
    try:
        decimal_to_text(value)
    except ValueError as error:
        raise CorrectionRefused(f"{place}: {error}", "write the number that is printed") from error


def _required(text: str, what: str, option: str) -> str:
    if not text.strip():
        raise CorrectionRefused(f"a correction needs {what}", f"say it with {option}")
    return text_to_storable(text.strip())


def _moment(at: datetime | None) -> datetime:
    return datetime.now(UTC) if at is None else at.astimezone(UTC)


def _is_same(one: Correction, other: Correction) -> bool:
    """Whether they decide the same; what was read then may be on record of one of them alone."""
    decided = NAMES[: NAMES.index("original_value")]
    return all(getattr(one, name) == getattr(other, name) for name in decided)


def _refuse_loose(entry: Correction, all_entries: dict[str, Correction]) -> None:
    if entry.decision is not Kind.WITHDRAW:
        return
    target = all_entries.get(entry.refers_to or "")
    if target is None:
        raise CorrectionRefused(
            f"the entry {entry.correction_id} withdraws {entry.refers_to}, which is not there",
            "import the ledger in which it is first",
        )
    if target.decision is Kind.WITHDRAW or (target.sha256, target.cell) != (
        entry.sha256,
        entry.cell,
    ):
        raise CorrectionRefused(
            f"the entry {entry.correction_id} withdraws {entry.refers_to}, "
            "which is no decision of the same cell",
            "withdraw the entry of that cell",
        )


def _with_originals(connection: Connection, entries: Iterable[Correction]) -> list[Correction]:
    """The entries, with what is read in their cells now where nothing is on record."""
    out, read = [], {}
    listed = list(entries)
    there = _stored_digests(connection, {e.sha256 for e in listed if e.original_status is None})
    for sha256 in there:
        report, _ = read_and_now(connection, sha256_to_report_id(sha256))
        if report.verdict is not Verdict.QUARANTINED:
            for o in report.observations:
                read[sha256, (o.form, o.table, o.row, o.column)] = o
    for entry in listed:
        found = read.get((entry.sha256, entry.cell)) if entry.original_status is None else None
        if found is not None:
            entry = replace(
                entry,
                original_value=found.value,
                original_status=found.status,
                original_raw=found.raw,
            )
        out.append(entry)
    return out


def _stored_digests(connection: Connection, sha256s: Iterable[str]) -> set[str]:
    """Those of the digests whose report is stored."""
    ids = {sha256_to_report_id(sha256): sha256 for sha256 in sha256s}
    found: set[str] = set()
    listed = sorted(ids)
    for at in range(0, len(listed), 500):
        chosen = select(reports.c.sha256).where(reports.c.report_id.in_(listed[at : at + 500]))
        found.update(connection.scalars(chosen))
    return found & set(ids.values())
