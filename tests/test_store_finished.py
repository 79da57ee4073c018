"""Reports that a worker made ready: the same rows as from the reports themselves."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from normalize.report import Report, Section, Status
from pipeline.finishing import Ready, report_to_ready
from pipeline.plan import Task
from pipeline.results import written_to_result
from pipeline.writing import Writer, Written
from store.copy_text import facts_to_copy_text
from store.corrections import record_correction
from store.database import load_fields, open_database
from store.errors import FieldsConflict
from store.finished import numbering_text
from store.ledger import Kind
from store.load import load_report
from store.rows import Facts
from store.save import Outcome, save, save_several
from tests.store_examples import CELLS, FEES, observe, report

READ = report("a", "a", observations=(observe(FEES, "1", doubts=("Q-ROW fails",)),))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    load_fields(engine, CELLS)
    yield engine
    engine.dispose()


def _sent(given: Report, engine: Engine) -> tuple[Report, Ready]:
    """As it comes out of a worker."""
    head, ready = pickle.loads(pickle.dumps(report_to_ready(given, numbering_text(engine))))
    assert ready is not None
    return head, ready


def test_rows_made_elsewhere_are_those_of_the_report(engine: Engine) -> None:
    given = replace(READ, sections=(Section("x", "一", "正文"),))
    head, ready = _sent(given, engine)
    assert (head.observations, head.sections) == ((), ())
    assert save_several(engine, [(ready.rows, False)]) == [Outcome.ADDED]
    assert load_report(engine, given.sha256[:16]) == given
    assert save(engine, given, force=True) is Outcome.UNCHANGED
    assert save_several(engine, [(ready.rows, True)]) == [Outcome.UNCHANGED]


def test_a_report_that_contradicts_itself_stays_whole(engine: Engine) -> None:
    twice = replace(READ, observations=READ.observations * 2)
    assert report_to_ready(twice, numbering_text(engine)) == (twice, None)


def test_numbers_of_other_fields_are_refused(engine: Engine) -> None:
    _, ready = _sent(READ, engine)
    stale = replace(ready.rows, numbering="of another database")
    with pytest.raises(FieldsConflict, match="changed the forms in this database"):
        save_several(engine, [(stale, False)])


def test_corrections_are_applied_to_what_was_made_ready(engine: Engine) -> None:
    save(engine, READ)
    cell = (FEES.form, FEES.table, FEES.row, FEES.column)
    record_correction(engine, READ.sha256[:16], cell, Kind.VALUE, Decimal(2), who="李", why="第3页")
    done: list[Written] = []
    writer = Writer(engine, done.append)
    head, ready = _sent(READ, engine)
    writer.add(Task(Path("a"), "a"), head, True, None, ready)
    writer.write()
    [told] = [one.report.observations[0] for one in done]
    assert (told.value, told.status, told.original_value) == (
        Decimal(2),
        Status.CORRECTED,
        Decimal(1),
    )
    assert (written_to_result(done[0]).cells, written_to_result(done[0]).flagged) == (1, 0)
    assert load_report(engine, READ.sha256[:16]).observations[0].value == 2


def test_the_same_reading_of_a_corrected_report_changes_nothing(engine: Engine) -> None:
    given = replace(READ, observations=(observe(FEES, "1.50"),), pages=2)
    save(engine, given)
    cell = (FEES.form, FEES.table, FEES.row, FEES.column)
    record_correction(engine, READ.sha256[:16], cell, Kind.VALUE, Decimal(2), who="李", why="第3页")
    corrected = load_report(engine, READ.sha256[:16])
    _, ready = _sent(given, engine)
    assert save_several(engine, [(ready.rows, True)]) == [Outcome.UNCHANGED]
    _, other = _sent(replace(given, pages=3), engine)
    assert save_several(engine, [(other.rows, True)]) == [Outcome.REPLACED]
    assert load_report(engine, READ.sha256[:16]) == replace(corrected, pages=3)


def test_facts_as_text_for_copy() -> None:
    columns = (
        ("a\tb\\c", None, "\r\n"),
        (1, Decimal("2.50"), None),
        None,
        (True, False, None),
        (date(2024, 1, 31), None, None),
    )
    assert facts_to_copy_text(Facts("extras", 3, columns)) == (
        "a\\tb\\\\c\t1\t\\N\tTrue\t2024-01-31\n"
        "\\N\t2.50\t\\N\tFalse\t\\N\n"
        "\\r\\n\t\\N\t\\N\t\\N\t\\N\n"
    )
