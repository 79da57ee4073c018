"""Reports kept while a page of review is made, and forgotten as soon as anything is written."""

from pathlib import Path

import pytest

pytest.importorskip("datasette", reason="the extra 'web' is not installed")

from explore.database import Database
from explore.errors import NotThere
from explore.review.latest import MOST_KEPT, LatestReports
from normalize.report import Report
from store.corrections import record_correction
from store.database import open_database
from store.ledger import Kind
from tests.explore_site import make_database


class Counting(Database):
    """Says how often it was asked for a report."""

    asked = 0

    def report(self, report_id: str) -> Report:
        self.asked += 1
        return super().report(report_id)


def test_a_report_is_read_once_until_something_is_written(tmp_path: Path) -> None:
    file = tmp_path / "own.db"
    ids = make_database(file)
    database = Counting(f"sqlite:///{file}")
    latest = LatestReports(database)
    before = latest.report(ids.broken)
    assert latest.report(ids.broken) is before
    assert database.asked == 1
    flagged = next(o for o in before.observations if o.flagged)
    place = (flagged.form, flagged.table, flagged.row, flagged.column)
    engine = open_database(f"sqlite:///{file}")
    record_correction(engine, ids.broken, place, Kind.AS_PRINTED, who="Li", why="page 1")
    engine.dispose()
    after = latest.report(ids.broken)
    assert database.asked == 2
    assert after != before
    database.close()


def test_a_report_that_is_not_there_is_not_kept(tmp_path: Path) -> None:
    file = tmp_path / "own.db"
    make_database(file)
    database = Counting(f"sqlite:///{file}")
    latest = LatestReports(database)
    for _ in range(2):
        with pytest.raises(NotThere):
            latest.report("0" * 16)
    assert database.asked == 2
    assert MOST_KEPT < 20
    database.close()
