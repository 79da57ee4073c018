"""The queue kept in memory: chosen from, renewed, and what becomes of it when asking fails."""

from pathlib import Path

import pytest

from explore.review.agenda import Agenda
from normalize.review import report_to_doubtful
from store.corrections import record_correction
from store.database import open_database
from store.errors import StoreError
from store.ledger import Kind
from store.load import load_report
from store.review_queue import InDoubt, Wish, reports_in_doubt
from tests.review_reports import copy_database


def test_it_is_chosen_from_and_renewed(tmp_path: Path) -> None:
    engine = open_database(copy_database(tmp_path))
    agenda = Agenda(lambda: reports_in_doubt(engine))
    try:
        broken, printed = agenda.wished(Wish())
        assert agenda.wished(Wish(year=2021)) == (printed,)
        agenda.settle(broken.report_id)
        assert agenda.wished(Wish()) == (printed,)
        agenda.reopen(broken.report_id)
        assert agenda.wished(Wish()) == (broken, printed)

        [first, *_] = report_to_doubtful(load_report(engine, broken.report_id))
        record_correction(engine, broken.report_id, first.place, Kind.SUGGESTION, who="x", why="y")
        assert agenda.wished(Wish())[0].cells == 33
        assert agenda.wished(Wish(), anew=True)[0].cells in (5, 33)
        agenda._asking.submit(int).result()
        assert [each.cells for each in agenda.wished(Wish())] == [5, 5]
    finally:
        agenda.close()
        engine.dispose()


def test_it_asks_again_after_a_failure() -> None:
    answers = [StoreError("the disk is away", "look for it")]

    def ask() -> tuple[InDoubt, ...]:
        if answers:
            raise answers.pop()
        return ()

    agenda = Agenda(ask)
    try:
        with pytest.raises(StoreError, match="the disk is away"):
            agenda.wished(Wish())
        assert agenda.wished(Wish()) == ()
    finally:
        agenda.close()
