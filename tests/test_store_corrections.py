"""The ledger of corrections on both databases: what is in force, what follows, what is refused."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from normalize.forms import all_fields
from normalize.report import Check, Observation, Report, Status, Verdict
from pipeline.plan import Task
from pipeline.work import task_to_report
from store.connections import reading, text_to_url, writing
from store.correction_files import read_corrections, write_corrections
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
from tests.postgres_server import running_server, why_no_server
from tests.reading import TITLE
from tests.requests_text import one_row_a_line, sound_figures

LACKING = why_no_server()
WHO = {"who": "李", "why": "见第3页"}
START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """By kind of database the URL of an empty one with the forms, from which others are copied."""
    file = tmp_path_factory.mktemp("template") / "empty.db"
    urls = {"sqlite": f"sqlite:///{file}"}
    with ExitStack() as stack:
        if LACKING is None:
            urls["postgresql"] = stack.enter_context(running_server())
        for url in urls.values():
            engine = open_database(url)
            load_fields(engine, all_fields())
            engine.dispose()
        yield urls


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(
    request: pytest.FixtureRequest, templates: dict[str, str], tmp_path: Path
) -> Iterator[Engine]:
    if request.param == "postgresql" and LACKING is not None:
        pytest.skip(LACKING)
    template = templates[request.param]
    if request.param == "sqlite":
        shutil.copy(template.removeprefix("sqlite:///"), tmp_path / "a.db")
        engine = open_database(f"sqlite:///{tmp_path / 'a.db'}")
        yield engine
        engine.dispose()
        return
    at, _, own = template.rpartition("/")
    server = create_engine(text_to_url(f"{at}/template1"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE one TEMPLATE {own}"))
    engine = open_database(f"{at}/one")
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text("DROP DATABASE one"))
    server.dispose()


@pytest.fixture
def sound(tmp_path: Path) -> Report:
    """A report of a sound table of requests."""
    file = tmp_path / "a.txt"
    file.write_text(f"{TITLE}\n{one_row_a_line(sound_figures())}", encoding="utf-8")
    return replace(task_to_report(Task(file, "a.txt"), None), readers=())


def _broken(sound: Report) -> Report:
    """The report with one cell misread by 1, as its checks find it."""
    from normalize.recheck import Decision, recheck

    first = _cell(sound, "received", "business")
    value = (first.value or Decimal(0)) + 1
    misread = Decision(*_name(first), value, False, first.status, first.raw)
    found = recheck(sound, [misread])
    observations = tuple(
        replace(
            o,
            status=Status.REPORTED,
            raw=str(value),
            original_value=None,
            original_status=None,
        )
        if o.status is Status.CORRECTED
        else o
        for o in found.observations
    )
    return replace(found, observations=observations)


def _cell(report: Report, row: str, column: str) -> Observation:
    return next(o for o in report.observations if (o.row, o.column) == (row, column))


def _name(o: Observation) -> tuple[str, str, str, str]:
    return o.form, o.table, o.row, o.column


def _failed(report: Report) -> list[str]:
    return [f"{c.check} {c.row}.{c.column}" for c in report.checks if c.is_broken]


def test_a_value_replaces_what_was_read_and_the_checks_follow(
    engine: Engine, sound: Report
) -> None:
    broken = _broken(sound)
    assert _failed(broken) == ["Q-ROW received.total", "Q-BAL concluded.business"]
    save(engine, broken)
    report_id = broken.sha256[:16]
    cell = _cell(broken, "received", "business")
    right = _cell(sound, "received", "business").value
    entry = record_correction(engine, report_id, _name(cell), Kind.VALUE, right, **WHO)
    stored = load_report(engine, report_id)
    corrected = _cell(stored, "received", "business")
    assert (corrected.value, corrected.status, corrected.doubts) == (right, Status.CORRECTED, ())
    assert (corrected.original_value, corrected.original_status) == (
        cell.value,
        Status.REPORTED,
    )
    assert corrected.raw == cell.raw
    assert _failed(stored) == []
    assert not any(o.flagged for o in stored.observations)
    assert (stored.verdict, stored.reasons) == (sound.verdict, sound.reasons)
    assert entry.original_raw == cell.raw
    assert corrections_of(engine, report_id) == (entry,)
    blamed = [c.blame for c in stored.checks if (c.check, c.row) == ("Q-ROW", "received")]
    assert blamed == ["extraction"]


def test_a_withdrawal_brings_back_what_was_read(engine: Engine, sound: Report) -> None:
    broken = _broken(sound)
    save(engine, broken)
    before = load_report(engine, broken.sha256[:16])
    cell = _name(_cell(broken, "received", "business"))
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
    broken = _broken(sound)
    save(engine, broken)
    report_id = broken.sha256[:16]
    cell = _cell(broken, "received", "business")
    record_correction(engine, report_id, _name(cell), Kind.AS_PRINTED, **WHO)
    stored = load_report(engine, report_id)
    confirmed = _cell(stored, "received", "business")
    assert (confirmed.value, confirmed.status) == (cell.value, Status.REPORTED)
    assert (confirmed.doubts, confirmed.original_status) == ((), None)
    assert _cell(stored, "received", "total").doubts == ("fails Q-ROW",)
    assert _failed(stored) == _failed(broken)


def test_where_people_vouch_for_every_operand_the_agency_printed_it_so(
    engine: Engine, sound: Report
) -> None:
    broken = _broken(sound)
    save(engine, broken)
    report_id = broken.sha256[:16]
    for o in broken.observations:
        if o.row == "received":
            record_correction(engine, report_id, _name(o), Kind.AS_PRINTED, **WHO)
    stored = load_report(engine, report_id)
    assert not any(o.flagged for o in stored.observations if o.row == "received")
    blames = {c.check: c.blame for c in stored.checks if c.is_broken}
    assert blames == {"Q-ROW": "source", "Q-BAL": "unknown"}


def test_a_suggestion_is_taken(engine: Engine, sound: Report) -> None:
    broken = _broken(sound)
    cell = _cell(broken, "received", "business")
    assert cell.suggestion == _cell(sound, "received", "business").value
    save(engine, broken)
    record_correction(engine, broken.sha256[:16], _name(cell), Kind.SUGGESTION, **WHO)
    stored = load_report(engine, broken.sha256[:16])
    assert _failed(stored) == []
    other = _name(_cell(broken, "granted", "total"))
    with pytest.raises(CorrectionRefused, match="has no suggestion"):
        record_correction(engine, broken.sha256[:16], other, Kind.SUGGESTION, **WHO)


def test_corrections_are_replayed_when_the_report_is_read_again(
    engine: Engine, sound: Report
) -> None:
    broken = _broken(sound)
    save(engine, broken)
    report_id = broken.sha256[:16]
    cell = _cell(broken, "received", "business")
    right = _cell(sound, "received", "business").value
    record_correction(engine, report_id, _name(cell), Kind.VALUE, right, **WHO)
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
    again = _cell(load_report(engine, report_id), "received", "business")
    assert (again.value, again.status, again.original_value) == (
        right,
        Status.CORRECTED,
        Decimal(14),
    )
    assert again.doubts == (f"decided when '{cell.raw}' was read here, now '1 4' is",)
    # It now reads what the person said: nothing is left in doubt.
    assert save(engine, sound, force=True) is Outcome.REPLACED
    assert _cell(load_report(engine, report_id), "received", "business").doubts == ()


def test_a_correction_waits_for_its_report_and_names_a_cell_that_is_gone(
    engine: Engine, sound: Report
) -> None:
    save(engine, sound)
    cell = _name(_cell(sound, "granted", "total"))
    record_correction(engine, sound.sha256[:16], cell, Kind.VALUE, Decimal(99), **WHO)
    entries = all_corrections(engine)
    less = replace(sound, observations=tuple(o for o in sound.observations if _name(o) != cell))
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
    assert _cell(load_report(other, sound.sha256[:16]), "granted", "total").value == 99
    other.dispose()


def test_of_two_people_the_later_wins_and_the_cell_is_in_doubt(
    engine: Engine, sound: Report
) -> None:
    save(engine, sound)
    report_id = sound.sha256[:16]
    cell = _name(_cell(sound, "granted", "total"))
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
    doubted = _cell(load_report(engine, report_id), "granted", "total")
    assert doubted.value == 6
    assert doubted.doubts[-1] == "李 says 7, 王 decided otherwise later"
    assert len(corrections_of(engine, report_id)) == 3


def test_a_blank_can_be_decided_and_a_missing_number_given(engine: Engine, sound: Report) -> None:
    save(engine, sound)
    cell = _name(_cell(sound, "granted", "total"))
    record_correction(engine, sound.sha256[:16], cell, Kind.VALUE, None, **WHO)
    stored = _cell(load_report(engine, sound.sha256[:16]), "granted", "total")
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
    cell = _name(_cell(sound, "granted", "total"))
    record_correction(engine, sound.sha256[:16], cell, Kind.VALUE, Decimal(3), **WHO)
    before = all_corrections(engine)
    with pytest.raises(DBAPIError, match="only ever added"), engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert all_corrections(engine) == before


def test_files_of_several_people_merge_and_merging_again_changes_nothing(
    engine: Engine, sound: Report, tmp_path: Path
) -> None:
    save(engine, sound)
    report_id = sound.sha256[:16]
    cells = [_name(_cell(sound, row, "total")) for row in ("granted", "received")]
    entry = record_correction(engine, report_id, cells[0], Kind.VALUE, Decimal(3), at=START, **WHO)
    own = tmp_path / "own.csv"
    write_corrections(all_corrections(engine), own)
    assert read_corrections(own) == (entry,)
    first = own.read_text(encoding="utf-8")
    # Written by hand: no id, nothing on what was read.
    other = tmp_path / "other.csv"
    head = "sha256,form,table,row,column,decision,value,who,why,made_at"
    lines = [
        f"{sound.sha256},{','.join(cells[0])},value,4,王,再看,2026-02-01T09:00:00+08:00",
        f'{sound.sha256},{",".join(cells[1])},as_printed,12,王,"再看, 两次",2026-02-01T09:00:00+08:00',
    ]
    other.write_text("\ufeff" + "\n".join([head, *lines]) + "\n", encoding="utf-8")
    given = read_corrections(other)
    merged = merge_corrections(engine, given)
    assert (merged.added, merged.known, merged.changed) == (2, 0, (report_id,))
    assert merged.disputed == ((report_id, cells[0]),)
    state = load_report(engine, report_id)
    again = merge_corrections(engine, given)
    assert (again.added, again.known, again.changed) == (0, 2, ())
    assert merge_corrections(engine, read_corrections(own)).added == 0
    assert load_report(engine, report_id) == state
    assert _cell(state, "granted", "total").value == 4
    assert own.read_text(encoding="utf-8") == first
    filled = [e for e in all_corrections(engine) if e.who == "王"]
    assert {e.original_raw for e in filled} == {
        _cell(sound, "granted", "total").raw,
        _cell(sound, "received", "total").raw,
    }
    with pytest.raises(CorrectionRefused, match="other things"):
        merge_corrections(engine, [replace(entry, value=Decimal(8))])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("abc,2021,requests,granted,total,value,4,王,再看,2026-02-01T09:00:00Z", "no digest"),
        ("{sha},2021,requests,granted,total,guess,4,王,再看,2026-02-01T09:00:00Z", "none of value"),
        ("{sha},2021,requests,granted,total,value,四,王,再看,2026-02-01T09:00:00Z", "no number"),
        ("{sha},2021,requests,granted,total,value,4,,再看,2026-02-01T09:00:00Z", "who is empty"),
        ("{sha},2021,requests,granted,total,value,4,王,再看,2026-02-01T09:00:00", "no time zone"),
        ("{sha},2021,requests,granted,total,withdraw,,王,再看,2026-02-01T09:00:00Z", "refers_to"),
        ("{sha},2021,requests,granted", "line 2"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_imported(
    tmp_path: Path, line: str, message: str
) -> None:
    file = tmp_path / "wrong.csv"
    head = "sha256,form,table,row,column,decision,value,who,why,made_at"
    file.write_text(f"{head}\n{line.format(sha='a' * 64)}\n", encoding="utf-8")
    with pytest.raises(CorrectionRefused, match=message) as refused:
        read_corrections(file)
    assert "line 2" in str(refused.value)


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
    cell = _name(_cell(sound, "granted", "total"))
    with pytest.raises(CorrectionRefused, match="has no cell"):
        record_correction(engine, sound.sha256[:16], cell, Kind.VALUE, Decimal(1), **WHO)


def test_other_reports_keep_what_they_have(engine: Engine, sound: Report) -> None:
    other = replace(sound, sha256="f" * 64, source="b.txt")
    save(engine, sound)
    save(engine, other)
    before = load_report(engine, "f" * 16)
    cell = _name(_cell(sound, "granted", "total"))
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
    cell = _name(_cell(sound, "granted", "total"))
    record_correction(engine, sound.sha256[:16], cell, Kind.AS_PRINTED, **WHO)
    assert load_report(engine, sound.sha256[:16]).checks == marked.checks
