"""How long `gongkai check` takes over many reports, and again after one of them changed.

    python -m benchmarks.panel --reports 10000

Reports are generated as rows, straight into a database that is thrown away.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.panel.bodies import make_reports
from normalize.forms import all_fields
from normalize.report import Report
from pipeline.panel import Checked, check_panel
from store.database import load_fields, open_database
from store.save import save_several

_AT_ONCE = 200
_SECOND = 1.1
"""A report loaded within the second of a check counts as changed after it."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What one check did, and its seconds."""

    what: str
    seconds: float
    checked: Checked

    def to_line(self, count: int) -> str:
        looked = (
            f"{self.checked.reports_checked} reports of {self.checked.agencies_checked} agencies"
        )
        return (
            f"{self.what:20} {self.seconds:8.2f} s {1000 * self.seconds / count:7.3f} s per 1,000"
            f"  {looked}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.panel")
    parser.add_argument("--reports", type=int, default=10_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        file = Path(folder, "panel.db")
        url = f"sqlite:///{file}"
        begin = time.perf_counter()
        _save(url, make_reports(given.reports, given.seed))
        print(f"{given.reports} reports put in within {time.perf_counter() - begin:.1f} s")
        lines = [_check(url, "everything"), _check(url, "nothing changed")]
        changed = next(make_reports(1, given.seed))
        _save(url, [replace(changed, title="changed")])
        lines.append(_check(url, "one report changed"))
        for line in lines:
            print(line.to_line(given.reports))
        full, one = lines[0].seconds, lines[-1].seconds
        print(f"a check after one change takes {one / full:.1%} of a full one")
        outcomes = sum(t.passed + t.failed + t.not_assessable for t in lines[0].checked.tallies)
        print(f"{outcomes} outcomes; {file.stat().st_size / 1024**2:.0f} MB on disk")


def _save(url: str, reports: Iterable[Report]) -> None:
    """Put the reports in, in place of what was understood of them before."""
    engine = open_database(url)
    load_fields(engine, all_fields())
    made = iter(reports)
    while batch := list(islice(made, _AT_ONCE)):
        save_several(engine, [(report, True) for report in batch])
    engine.dispose()
    # Times of loading are whole seconds: what is loaded in that of a check is checked again.
    time.sleep(_SECOND)


def _check(url: str, what: str) -> Timed:
    engine = open_database(url)
    begin = time.perf_counter()
    checked = check_panel(engine)
    seconds = time.perf_counter() - begin
    engine.dispose()
    return Timed(what, seconds, checked)


if __name__ == "__main__":
    main()
