"""The ledger of corrections on both databases: what is in force, what follows, what is refused."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from normalize.forms import all_fields
from normalize.report import Check, Report, Status, Verdict
from store.connections import reading, writing
from store.corrections import (
    all_corrections,
    corrections_of,
    find_report,
    merge_corrections,
    record_correction,
    withdraw_correction,
)
from store.database import load_fields, open_database
from store.errors import CorrectionRefused, ReportUnknown
from store.ledger import Correction, Kind
from store.load import load_report
from store.save import Outcome, save
from tests.corrected import (
    START,
    WHO,
    cell_of,
    engine,
    failed_checks,
    misread,
    name_of,
    sound,
    templates,
)

__all__ = ["engine", "sound", "templates"]


def test_a_value_replaces_what_was_read_and_the_checks_follow(
    engine: Engine, sound: Report
) -> None:
    broken = misread(sound)
    assert failed_checks(broken) == ["Q-ROW received.total", "Q-BAL concluded.business"]
    save(engine, broken)
    report_id = broken.sha256[:16]
    cell = cell_of(broken, "received", "business")
    right = cell_of(sound, "received", "business").value
    entry = record_correction(engine, report_id, name_of(cell), Kind.VALUE, right, **WHO)
    stored = load_report(engine, report_id)
    corrected = cell_of(stored, "received", "business")
    assert (corrected.value, corrected.status, corrected.doubts) == (right, Status.CORRECTED, ())
    assert (corrected.original_value, corrected.original_status) == (
        cell.value,
        Status.REPORTED,
    )
    assert corrected.raw == cell.raw
    assert failed_checks(stored) == []
    assert not any(o.flagged for o in stored.observations)
    assert (stored.verdict, stored.reasons) == (sound.verdict, sound.reasons)
    assert entry.original_raw == cell.raw
    assert corrections_of(engine, report_id) == (entry,)
    blamed = [c.blame for c in stored.checks if (c.check, c.row) == ("Q-ROW", "received")]
    assert blamed == ["extraction"]


def test_a_withdrawal_brings_back_what_was_read(engine: Engine, sound: Report) -> None:
    broken = misread(sound)
    save(engine, broken)
    before = load_report(engine, broken.sha256[:16])
    cell = name_of(cell_of(broken, "received", "business"))
    entry = record_correction(engine, before.sha256[:16], cell, Kind.VALUE, Decimal(7), **WHO)
    assert load_report(engine, before.sha256[:16]) != before
    withdraw_correction(engine, entry.correction_id, **WHO)
    assert load_report(engine, before.sha256[:16]) == before
    assert [e.decision for e in all_corrections(engine)] == [Kind.VALUE, Kind.WITHDRAW]
    with pytest.raises(CorrectionRefused, match="withdrawn already"):
        withdraw_correction(engine, entry.correction_id, **WHO)
    with pytest.raises(CorrectionRefused, match="no entry nothing"):
        withdraw_correction(engine, "nothing", **WHO)


def test_a_confirmation_clears_the_flag_of_its_cell_alone(engine: Engine, sound: Report) -> None:
    broken = misread(sound)
    save(engine, broken)
    report_id = broken.sha256[:16]
    cell = cell_of(broken, "received", "business")
    record_correction(engine, report_id, name_of(cell), Kind.AS_PRINTED, **WHO)
    stored = load_report(engine, report_id)
    confirmed = cell_of(stored, "received", "business")
    assert (confirmed.value, confirmed.status) == (cell.value, Status.REPORTED)
    assert (confirmed.doubts, confirmed.original_status) == ((), None)
    assert cell_of(stored, "received", "total").doubts == ("fails Q-ROW",)
    assert failed_checks(stored) == failed_checks(broken)


def test_where_people_vouch_for_every_operand_the_agency_printed_it_so(
    engine: Engine, sound: Report
) -> None:
    broken = misread(sound)
    save(engine, broken)
    report_id = broken.sha256[:16]
    for o in broken.observations:
        if o.row == "received":
            record_correction(engine, report_id, name_of(o), Kind.AS_PRINTED, **WHO)
    stored = load_report(engine, report_id)
    assert not any(o.flagged for o in stored.observations if o.row == "received")
    blames = {c.check: c.blame for c in stored.checks if c.is_broken}
    assert blames == {"Q-ROW": "source", "Q-BAL": "unknown"}


def test_a_suggestion_is_taken(engine: Engine, sound: Report) -> None:
    broken = misread(sound)
    cell = cell_of(broken, "received", "business")
    assert cell.suggestion == cell_of(sound, "received", "business").value
    save(engine, broken)
    record_correction(engine, broken.sha256[:16], name_of(cell), Kind.SUGGESTION, **WHO)
    stored = load_report(engine, broken.sha256[:16])
    assert failed_checks(stored) == []
    other = name_of(cell_of(broken, "granted", "total"))
    with pytest.raises(CorrectionRefused, match="has no suggestion"):
        record_correction(engine, broken.sha256[:16], other, Kind.SUGGESTION, **WHO)


def test_corrections_are_replayed_when_the_report_is_read_again(
    engine: Engine, sound: Report
) -> None:
    broken = misread(sound)
    save(engine, broken)
    report_id = broken.sha256[:16]
    cell = cell_of(broken, "received", "business")
    right = cell_of(sound, "received", "business").value
    record_correction(engine, report_id, name_of(cell), Kind.VALUE, right, **WHO)
    once = load_report(engine, report_id)
    assert save(engine, broken, force=True) is Outcome.UNCHANGED
    assert load_report(engine, report_id) == once
    # The new reading sees another text there: the correction holds, and says so.
    other = replace(
        broken,
        observations=tuple(
            replace(o, raw="1 4", value=Decimal(14)) if o is cell else o
            for o in broken.observations
        ),
    )
    assert save(engine, other, force=True) is Outcome.REPLACED
    again = cell_of(load_report(engine, report_id), "received", "business")
    assert (again.value, again.status, again.original_value) == (
        right,
        Status.CORRECTED,
        Decimal(14),
    )
    assert again.doubts == (f"decided when '{cell.raw}' was read here, now '1 4' is",)
    # It now reads what the person said: nothing is left in doubt.
    assert save(engine, sound, force=True) is Outcome.REPLACED
    assert cell_of(load_report(engine, report_id), "received", "business").doubts == ()


def test_a_correction_waits_for_its_report_and_names_a_cell_that_is_gone(
    engine: Engine, sound: Report
) -> None:
    save(engine, sound)
    cell = name_of(cell_of(sound, "granted", "total"))
    record_correction(engine, sound.sha256[:16], cell, Kind.VALUE, Decimal(99), **WHO)
    entries = all_corrections(engine)
    less = replace(sound, observations=tuple(o for o in sound.observations if name_of(o) != cell))
    save(engine, less, force=True)
    reasons = load_report(engine, sound.sha256[:16]).reasons
    assert reasons[-1] == (
        "a correction concerns a cell that the report does not have: " + ".".join(cell)
    )
    other = open_database("sqlite://")
    load_fields(other, all_fields())
    merged = merge_corrections(other, entries)
    assert (merged.added, merged.waiting, merged.changed) == (1, 1, ())
    save(other, sound)
    assert cell_of(load_report(other, sound.sha256[:16]), "granted", "total").value == 99
    other.dispose()


def test_of_two_people_the_later_wins_and_the_cell_is_in_doubt(
    engine: Engine, sound: Report
) -> None:
    save(engine, sound)
    report_id = sound.sha256[:16]
    cell = name_of(cell_of(sound, "granted", "total"))
    given = (("李", 5, 0), ("王", 6, 2), ("李", 7, 1))
    for who, value, hour in given:
        record_correction(
            engine,
            report_id,
            cell,
            Kind.VALUE,
            Decimal(value),
            who=who,
            why="看过",
            at=START + timedelta(hours=hour),
        )
    doubted = cell_of(load_report(engine, report_id), "granted", "total")
    assert doubted.value == 6
    assert doubted.doubts[-1] == "李 says 7, 王 decided otherwise later"
    assert len(corrections_of(engine, report_id)) == 3


def test_a_blank_can_be_decided_and_a_missing_number_given(engine: Engine, sound: Report) -> None:
    save(engine, sound)
    cell = name_of(cell_of(sound, "granted", "total"))
    record_correction(engine, sound.sha256[:16], cell, Kind.VALUE, None, **WHO)
    stored = cell_of(load_report(engine, sound.sha256[:16]), "granted", "total")
    assert (stored.value, stored.status) == (None, Status.CORRECTED)


@pytest.mark.parametrize(
    ("cell", "kind", "value", "words", "message"),
    [
        (("2021", "requests", "nothing", "total"), "value", 1, WHO, "has no cell"),
        (("2021", "requests", "granted", "total"), "as_printed", 1, WHO, "takes no value"),
        (("2021", "requests", "granted", "total"), "value", 1, {**WHO, "who": " "}, "who decided"),
        (("2021", "requests", "granted", "total"), "value", 1, {**WHO, "why": ""}, "a reason"),
        (("2021", "requests", "granted", "total"), "withdraw", None, WHO, "by its id"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_recorded(
    engine: Engine,
    sound: Report,
    cell: tuple[str, str, str, str],
    kind: str,
    value: int | None,
    words: dict[str, str],
    message: str,
) -> None:
    save(engine, sound)
    form = sound.observations[0].form
    number = None if value is None else Decimal(value)
    with pytest.raises(CorrectionRefused, match=message):
        record_correction(engine, sound.sha256[:16], (form, *cell[1:]), Kind(kind), number, **words)
    assert all_corrections(engine) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE corrections SET who = 'x'",
        "DELETE FROM corrections",
        "INSERT OR REPLACE INTO corrections SELECT * FROM corrections",
        "TRUNCATE corrections",
    ],
)
def test_the_database_refuses_to_change_the_ledger(
    engine: Engine, sound: Report, statement: str
) -> None:
    if ("OR REPLACE" in statement) != (engine.dialect.name == "sqlite") and (
        "OR REPLACE" in statement or "TRUNCATE" in statement
    ):
        statement = "DELETE FROM corrections"
    if "TRUNCATE" in statement and engine.dialect.name == "sqlite":
        statement = "DELETE FROM corrections"
    save(engine, sound)
    cell = name_of(cell_of(sound, "granted", "total"))
    record_correction(engine, sound.sha256[:16], cell, Kind.VALUE, Decimal(3), **WHO)
    before = all_corrections(engine)
    with pytest.raises(DBAPIError, match="only ever added"), engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert all_corrections(engine) == before


def test_reports_are_found_by_what_people_call_them(engine: Engine, sound: Report) -> None:
    save(engine, sound)
    report_id = sound.sha256[:16]
    for name in (report_id, report_id[:6], sound.sha256, "a.txt"):
        assert find_report(engine, name) == report_id
    with pytest.raises(ReportUnknown, match=r"no report b\.txt"):
        find_report(engine, "b.txt")


def test_a_ledger_of_one_database_is_that_of_another(engine: Engine, sound: Report) -> None:
    """Entries come back from the tables as they went in."""
    entry = Correction(
        "0b2f8c9e-7a6d-4a58-9d5a-0d0f0c3a1b2c",
        sound.sha256,
        "2021",
        "proactive",
        "fees",
        "amount",
        Kind.VALUE,
        Decimal("1101234567890.1234"),
        "王",
        "看",
        START,
        None,
        None,
        Status.BLANK,
        "",
    )
    merge_corrections(engine, [entry])
    assert all_corrections(engine) == (entry,)


def test_quarantined_reports_have_no_cells_to_correct(engine: Engine, sound: Report) -> None:
    save(engine, replace(sound, verdict=Verdict.QUARANTINED, reasons=("no report",)))
    cell = name_of(cell_of(sound, "granted", "total"))
    with pytest.raises(CorrectionRefused, match="has no cell"):
        record_correction(engine, sound.sha256[:16], cell, Kind.VALUE, Decimal(1), **WHO)


def test_other_reports_keep_what_they_have(engine: Engine, sound: Report) -> None:
    other = replace(sound, sha256="f" * 64, source="b.txt")
    save(engine, sound)
    save(engine, other)
    before = load_report(engine, "f" * 16)
    cell = name_of(cell_of(sound, "granted", "total"))
    record_correction(engine, sound.sha256[:16], cell, Kind.VALUE, Decimal(1), **WHO)
    assert load_report(engine, "f" * 16) == before
    with reading(engine) as connection:
        assert connection.scalar(text("SELECT count(*) FROM as_read")) == 1
    with writing(engine) as connection:
        assert connection.scalar(text("SELECT count(*) FROM corrections")) == 1


def test_checks_that_need_the_print_stay_as_found(engine: Engine, sound: Report) -> None:
    marked = replace(
        sound,
        checks=(*sound.checks, Check("L-LABEL", "", "", "", "", None, None, False, False, "X")),
    )
    save(engine, marked)
    cell = name_of(cell_of(sound, "granted", "total"))
    record_correction(engine, sound.sha256[:16], cell, Kind.AS_PRINTED, **WHO)
    assert load_report(engine, sound.sha256[:16]).checks == marked.checks
