import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.questions import filling
from benchmarks.questions.__main__ import time_questions
from benchmarks.questions.filling import fill
from benchmarks.questions.page import PAGE, TIMES, read_questions, with_times
from benchmarks.questions.reports import make_sound_reports
from normalize.report import Status
from store.connections import reading
from store.database import open_readonly


def test_reports_add_up_but_for_the_planted_errors() -> None:
    outcomes: Counter[bool | None] = Counter()
    for report in make_sound_reports(160, 1):
        figures = {(o.table, o.row, o.column): o for o in report.observations}
        failed = [check for check in report.checks if check.passed is False]
        outcomes.update(check.passed for check in report.checks)
        for check in failed:
            assert (check.table, check.kind) == ("requests", "H")
        for key in (("requests", "concluded", "total"), ("requests", "received", "total")):
            if key in figures and not failed:
                assert not figures[key].flagged
    assert outcomes[True] > 30 * outcomes[False] > 0
    assert outcomes[None] > 0


def test_the_same_seed_makes_the_same_reports() -> None:
    one, other = (list(make_sound_reports(9, 3)) for _ in range(2))
    assert one == other
    assert one != list(make_sound_reports(9, 4))
    assert {report.year for report in one} == set(range(2017, 2025))


def test_copies_are_reports_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "SAVED", 16)
    file = tmp_path / "reports.db"
    assert fill(file, 48, 1) == 16
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".db"] == ["reports.db"]
    engine = open_readonly(f"sqlite:///{file}")

    def ask(sql: str) -> list[tuple[object, ...]]:
        with reading(engine) as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql)]

    assert ask(
        "SELECT count(*), count(DISTINCT report_id), count(DISTINCT agency_id) FROM panel"
    ) == [(48, 48, 6)]
    assert ask("SELECT province_code, sum(reports) FROM coverage GROUP BY 1") == [
        *(("11", 16), ("12", 16), ("13", 16)),
    ]
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    first = next(make_sound_reports(1, 1))
    counted = sum(o.status is not Status.MISSING for o in first.observations)
    assert ask(f"SELECT count(*) FROM cells WHERE source LIKE '%{first.source}'") == [
        (3 * counted,)
    ]
    engine.dispose()
    timed = time_questions(file, read_questions(PAGE.read_text(encoding="utf-8")))
    assert [t.title.partition(".")[0] for t in timed] == [str(n) for n in range(1, 13)]


def test_times_replace_what_stood_at_the_end_of_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    again = with_times(with_times(page, "old"), "new")
    assert again == page.partition(TIMES)[0] + TIMES + "\nnew\n"
