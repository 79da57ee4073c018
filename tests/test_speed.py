"""The speed benchmark: turns are taken fairly, rows are the same rows, the page says what was measured."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.speed.batch import BatchCost, run_batch
from benchmarks.speed.loading import ONCE, TABLES, LoadCost, load_cost
from benchmarks.speed.measure import USUAL, Measured
from benchmarks.speed.page import measured_to_markdown
from benchmarks.speed.readers import ReaderCost
from benchmarks.speed.stages import ALL, StageCost, empty_database, save_all, stage_costs
from benchmarks.speed.startup import StartCost
from benchmarks.speed.timing import take_turns
from normalize.report import Report
from tests.reading import text_to_report
from tests.requests_text import one_row_a_line, sound_figures


def reports(count: int) -> list[Report]:
    """Reports of their own bytes, with the same table."""

    one = text_to_report(one_row_a_line(sound_figures()))
    return [replace(one, source=f"{n}.txt", sha256=f"{n:064x}"[::-1]) for n in range(count)]


def test_all_jobs_take_turns_and_medians_are_given() -> None:
    ticks = iter([0, 1, 10, 12, 20, 25, 30, 31, 40, 49, 50, 50])
    done: list[str] = []
    jobs = {name: (lambda name=name: done.append(name)) for name in ("a", "b")}
    assert take_turns(jobs, 3, clock=lambda: next(ticks)) == {"a": 5, "b": 1}
    assert done == ["a", "b"] * 3


def test_a_slow_job_may_run_once() -> None:
    done: list[str] = []
    jobs = {name: (lambda name=name: done.append(name)) for name in ("a", "slow")}
    take_turns(jobs, 3, once=["slow"])
    assert done == ["a", "slow", "a", "a"]


def test_both_ways_of_loading_leave_the_same_rows(tmp_path: Path) -> None:
    cost = load_cost(reports(3), 2)
    saved = empty_database(tmp_path / "a.db")
    save_all(reports(3), saved)
    with sqlite3.connect(saved) as connection:
        counts = [
            connection.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0]
            for table in (*ONCE, *TABLES)
        ]
    assert (cost.reports, cost.rows) == (3, sum(counts))
    assert min(cost.store, cost.store_by_report, cost.by_report, cost.at_once) > 0


def test_stages_are_measured_by_kind_and_together(tmp_path: Path) -> None:
    for name, text in (
        ("a.txt", "通知"),
        ("b.txt", "公告"),
        ("c.html", "<html><p>通知</p></html>"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    html, text, both = stage_costs(sorted(tmp_path.iterdir()), 1)
    assert [(c.kind, c.documents) for c in (html, text, both)] == [
        ("html", 1),
        ("txt", 2),
        ("all", 3),
    ]
    assert both.reading == pytest.approx((html.reading + 2 * text.reading) / 3)


def test_a_run_is_measured_and_its_repetition(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "source.txt").write_text("通知", encoding="utf-8")
    first, again = (run_batch(folder, tmp_path / "a.db", 1) for _ in range(2))
    assert first.documents == again.documents == 1
    assert first.seconds > 0
    assert 20 * 1024**2 < first.writer_peak < 1024**3


def test_the_page_shows_ratios_and_no_place() -> None:
    small, large = BatchCost(100, 4.0, 70 * 2**20, 0), BatchCost(1000, 22.0, 90 * 2**20, 0)
    again = BatchCost(1000, 2.2, 60 * 2**20, 0)
    page = measured_to_markdown(
        Measured(
            extent=USUAL,
            pdfs=12,
            readers=[ReaderCost("pdfium's parse alone", 1, 1), ReaderCost("reader pdfium", 3, 3)],
            stages=[StageCost("pdf", 2, 20, 10, 10), StageCost(ALL, 2, 20, 10, 10)],
            loading=LoadCost(2, 600, 0.3, 0.6, 0.2, 0.1),
            one_job=BatchCost(300, 10.0, 0, 0),
            two_jobs=BatchCost(300, 6.0, 0, 0),
            scans=BatchCost(9, 18.0, 0, 399 * 2**20),
            runs=[small, large],
            again=again,
            start=StartCost(0.15, 0.03),
        )
    )
    assert "| reader pdfium | 3.00 | 3.0 |" in page
    assert "| pdf | 2 | 20.0 (50%) | 10.0 (25%) | 10.0 (25%) |" in page
    assert "Two workers are 1.67 times as fast as one, which takes 1.67 times" in page
    assert "| 2, 9 scans | 18.0 | 2000.0 | 0 MB | 399 MB |" in page
    assert "each further one takes 20.0 ms, and 22.8 KB of memory" in page
    assert "takes 10.0% of the first" in page
    assert "| sqlite3, one transaction | 6,000 | 1.0 |" in page
    assert "takes 150 ms, 5.0 times" in page
