"""Writes reports whole or not at all, the same bytes once, newer bytes in place of older.

A report is its bytes; a source is a name under which they were seen. The same bytes under a
second name are recorded as another name. New bytes under a known name supersede the old, which
stay on record unless another name still holds them, and come back if the name returns to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    RowMapping,
    case,
    delete,
    insert,
    select,
    update,
)

from normalize.recheck import recheck
from normalize.report import NOTHING_GIVEN, Given, Report, Verdict
from store.as_read import with_reading
from store.bulk import BulkWriter
from store.coding import Coding
from store.connections import reading, writing
from store.differing import are_equal, differing_facts, is_of, report_differs
from store.errors import FieldsConflict, ReportRefused
from store.finished import Finished, Numbering, finish, stored_numbering
from store.ledger import Correction, entries_to_decisions, read_entries
from store.load import read_report
from store.naming import Outcome as Outcome
from store.naming import point_source
from store.panel_rows import refresh_panel_rows
from store.rows import (
    ReportRows,
    row_to_facts,
    sha256_to_report_id,
    text_to_phrases,
)
from store.schema import METADATA, as_read, reports, sources
from store.values import text_to_storable

_AT_ONCE = 500
"""Names asked for by one statement: SQLite takes 32,766 parameters, older ones 999."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record of bytes: the verdict, its reasons, and the version that read them.

    `bears` is the name that their report bears, `given` what the manifest said of them.
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    read_by: str | None
    bears: str | None = None
    given: Given = NOTHING_GIVEN


def save(
    engine: Engine, report: Report, *, force: bool = False, read_by: str | None = None
) -> Outcome:
    """Store `report` in one transaction, and that the version `read_by` read it.

    Bytes already stored are left as they are, unless `force` is set and what was understood of
    them has changed. ReportRefused when the report contradicts itself or the forms.
    """
    [outcome] = save_several(engine, [(report, force)], read_by)
    if isinstance(outcome, ReportRefused):
        raise outcome
    return outcome


def save_several(
    engine: Engine,
    given: Sequence[tuple[Report | Finished, bool]],
    read_by: str | None = None,
    corrected: dict[str, Report] | None = None,
) -> list[Outcome | ReportRefused]:
    """Store reports one after another, all in one transaction; `save` says what becomes of each.

    Each is given with its `force`. Of one that is refused nothing is stored; the others are.
    `read_by` is recorded of those that are new or are given with force. Into `corrected` go, by the
    digests of their bytes, the reports that people's corrections change, as they are stored.

    A report may be given as `Finished`: then people's corrections are applied to what is stored.
    FieldsConflict when it was finished for other numbers of the fields.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    outcomes: list[Outcome | ReportRefused] = []
    written: list[str] = []
    corrected = {} if corrected is None else corrected
    with writing(engine) as connection:
        entries = read_entries(connection, (report.sha256 for report, _ in given))
        saving = _begin(connection, read_by, now, corrected)
        _look_up(saving, [report for report, _ in given])
        for report, force in given:
            of_report = entries.get(report.sha256, ())
            try:
                if _is_new(saving, report):
                    _add(saving, report, of_report)
                    outcomes.append(Outcome.ADDED)
                    continue
                saving.bulk.flush()
                outcomes.append(_save(saving, report, force, of_report))
                saving.stored.add(sha256_to_report_id(report.sha256))
                saving.named.add(text_to_storable(report.source))
            except ReportRefused as error:
                outcomes.append(error)
                continue
            if force or outcomes[-1] is not Outcome.UNCHANGED:
                written.append(sha256_to_report_id(report.sha256))
        saving.bulk.flush()
        refresh_panel_rows(connection, written)
        late = {
            one.sha256
            for (one, _), outcome in zip(given, outcomes, strict=True)
            if isinstance(one, Finished) and one.sha256 in entries and isinstance(outcome, Outcome)
        }
        if late:
            apply_corrections(connection, late)
            corrected.update(
                {one: read_report(connection, sha256_to_report_id(one)) for one in late}
            )
    return outcomes


def apply_corrections(
    connection: Connection, sha256s: Iterable[str], at_hand: Mapping[str, Report] | None = None
) -> tuple[str, ...]:
    """Make the stored reports of these bytes agree with the ledger; the ids of those that changed.

    What was read is kept, so that a correction can be withdrawn; `at_hand` holds it, by digest, of
    reports that need not be looked up for it. Bytes that are not stored are passed over: their
    corrections are applied when they are.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    saving = _begin(connection, None, now, {})
    changed = []
    for sha256, entries in read_entries(connection, sha256s).items():
        stored = _stored_report(connection, sha256, "the ledger of corrections")
        if stored is None:
            continue
        report = (at_hand or {}).get(sha256)
        if report is None:
            report, _ = read_and_now(connection, stored["report_id"])
        rows = _finish(saving, report, entries).rows
        if _replace(saving, stored, rows):
            changed.append(str(stored["report_id"]))
    saving.bulk.flush()
    refresh_panel_rows(connection, changed)
    return tuple(changed)


def read_and_now(connection: Connection, report_id: str) -> tuple[Report, Report]:
    """The stored report as it was read, before corrections, and as it is; ReportUnknown if there
    is none.
    """
    now = read_report(connection, report_id)
    content = connection.scalar(select(as_read.c.content).where(as_read.c.report_id == report_id))
    return (now if content is None else with_reading(now, content)), now


@dataclass(frozen=True, slots=True)
class _Saving:
    """What is the same for all reports of one transaction.

    `stored` are the ids of reports, and `named` the sources, that are there already;
    `corrected` are the reports that corrections change, by their digests.
    """

    connection: Connection
    bulk: BulkWriter
    numbering: Numbering
    read_by: str | None
    now: datetime
    corrected: dict[str, Report]
    stored: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)


def _begin(
    connection: Connection, read_by: str | None, now: datetime, corrected: dict[str, Report]
) -> _Saving:
    bulk = BulkWriter(connection, Coding(connection))
    return _Saving(connection, bulk, stored_numbering(connection), read_by, now, corrected)


def _finish(saving: _Saving, report: Report | Finished, entries: Sequence[Correction]) -> Finished:
    """A report as it was read, with the corrections in force; one that is finished stays so."""
    if isinstance(report, Finished):
        if report.numbering != saving.numbering.digest:
            raise FieldsConflict(
                "another program has changed the forms in this database since the run began",
                "run again, with the same version and forms everywhere",
            )
        return report
    decisions = entries_to_decisions(entries)
    if not decisions or report.verdict is Verdict.QUARANTINED:
        return finish(report, saving.numbering)
    corrected = recheck(report, decisions)
    saving.corrected[report.sha256] = corrected
    return finish(corrected, saving.numbering, report)


def _look_up(saving: _Saving, given: Sequence[Report | Finished]) -> None:
    """Which of the reports and of their names are there, in two questions for all."""
    ids = sorted({sha256_to_report_id(report.sha256) for report in given})
    names = sorted({text_to_storable(report.source) for report in given})
    for column, wanted, found in (
        (reports.c.report_id, ids, saving.stored),
        (sources.c.source, names, saving.named),
    ):
        for at in range(0, len(wanted), _AT_ONCE):
            chosen = select(column).where(column.in_(wanted[at : at + _AT_ONCE]))
            found.update(saving.connection.scalars(chosen))


def _is_new(saving: _Saving, report: Report | Finished) -> bool:
    """True for bytes and a name that are not there, as most are."""
    is_stored = sha256_to_report_id(report.sha256) in saving.stored
    return not is_stored and text_to_storable(report.source) not in saving.named


def _add(saving: _Saving, report: Report | Finished, entries: Sequence[Correction]) -> None:
    """A new report under a new name: nothing has to be looked up. ReportRefused before any of it
    is written.
    """
    finished = _finish(saving, report, entries)
    own = _own_row(saving, finished.rows)
    named = {
        "source": own["source"],
        "sha256": own["sha256"],
        "first_seen": saving.now,
        "current": True,
    }
    saving.bulk.add(
        (
            row_to_facts(reports.name, own),
            row_to_facts(sources.name, named),
            *finished.rows.facts,
            *finished.panel,
        ),
        own["report_key"],
    )
    saving.stored.add(str(own["report_id"]))
    saving.named.add(str(own["source"]))


def _own_row(saving: _Saving, rows: ReportRows) -> dict[str, Any]:
    """The row of a new report in `reports`."""
    key = saving.bulk.coding.new_key()
    return {
        **rows.report,
        "loaded_at": saving.now,
        "superseded_by": None,
        "read_by": saving.read_by,
        "report_key": key,
    }


def _save(
    saving: _Saving, report: Report | Finished, force: bool, entries: Sequence[Correction]
) -> Outcome:
    """ReportRefused before anything of the report is written."""
    connection, read_by, now = saving.connection, saving.read_by, saving.now
    stored = _stored_report(connection, report.sha256, report.source)
    replaced = False
    if stored is None or force:
        rows = _finish(saving, report, entries).rows
        if stored is None:
            own = _own_row(saving, rows)
            connection.execute(insert(reports), own)
            saving.bulk.add(rows.facts, own["report_key"])
        else:
            saving.bulk.flush()
            is_known = isinstance(report, Finished) and _is_as_read(saving, stored, rows, entries)
            replaced = not is_known and _replace(saving, stored, rows)
            if stored["read_by"] != read_by:
                connection.execute(
                    update(reports)
                    .where(reports.c.report_id == stored["report_id"])
                    .values(read_by=read_by)
                )
    source = text_to_storable(report.source)
    named = point_source(connection, source, report.sha256, now, is_new=stored is None)
    if stored is None:
        return Outcome.ADDED if named is Outcome.ALIASED else named
    return Outcome.REPLACED if replaced else named


def _is_as_read(
    saving: _Saving, stored: RowMapping, rows: ReportRows, entries: Sequence[Correction]
) -> bool:
    """Whether these are the rows of what was read before people corrected what is stored."""
    if not entries:
        return False
    read, _ = read_and_now(saving.connection, stored["report_id"])
    return are_equal(finish(read, saving.numbering).rows, rows)


def record_source(engine: Engine, source: str, sha256: str) -> Outcome | None:
    """Record that `source` holds bytes already stored, with no need to read them again.

    UNCHANGED, ALIASED or SUPERSEDED; None when the bytes are not known, and nothing is done.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    with writing(engine) as connection:
        if _stored_report(connection, sha256, source) is None:
            return None
        return point_source(connection, text_to_storable(source), sha256, now)


def known(engine: Engine) -> dict[tuple[str, str], Known]:
    """What is on record by (source, sha256), for every name and the bytes it holds now."""
    joined = select(
        sources.c.source,
        sources.c.sha256,
        reports.c.status,
        # Of the reports that went in, the reasons are not needed and would fill the memory.
        case((reports.c.status == Verdict.QUARANTINED.value, reports.c.reason)),
        reports.c.read_by,
        reports.c.source,
        reports.c.manifest_agency,
        reports.c.manifest_year,
        reports.c.manifest_published_on,
    ).join_from(sources, reports, sources.c.sha256 == reports.c.sha256)
    with reading(engine) as connection:
        rows = connection.execute(joined.where(sources.c.current))
        return {
            (source, sha256): Known(
                Verdict(status), text_to_phrases(reason), read_by, bears, Given(*given)
            )
            for source, sha256, status, reason, read_by, bears, *given in rows
        }


def _stored_report(connection: Connection, sha256: str, source: str) -> RowMapping | None:
    report_id = sha256_to_report_id(sha256)
    found = connection.execute(select(reports).where(reports.c.report_id == report_id))
    row = found.mappings().one_or_none()
    if row is not None and row["sha256"] != sha256:
        raise ReportRefused(
            f"{source}: report_id {report_id} is taken by other bytes ({row['source']})",
            "load it into another database",
        )
    return row


def _replace(saving: _Saving, stored: RowMapping, rows: ReportRows) -> bool:
    """Put these rows in place of those that differ; whether any did."""
    connection, key = saving.connection, stored["report_key"]
    different = differing_facts(connection, saving.bulk.coding, stored, rows)
    if not different and not report_differs(stored, rows):
        return False
    for facts in different:
        connection.execute(delete(METADATA.tables[facts.table]).where(is_of(facts, key, rows)))
    kept = ("report_id", "sha256", "source")
    changed = {name: value for name, value in rows.report.items() if name not in kept}
    connection.execute(
        update(reports).where(reports.c.report_key == key).values(**changed, loaded_at=saving.now)
    )
    saving.bulk.add(different, key)
    return True
