"""How long `gongkai check` takes over many reports, and again after some of them changed.

    python -m benchmarks.panel --reports 10000

Reports are generated as rows, straight into a database that is thrown away. Every check runs in a
process of its own, whose greatest use of memory is told.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.panel.bodies import YEARS, make_reports
from benchmarks.panel.timing import time_check
from normalize.forms import all_fields
from normalize.report import Report
from store.database import load_fields, open_database
from store.save import save_several

_AT_ONCE = 200
_SECOND = 1.1
"""A report loaded within the second of a check counts as changed after it."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.panel")
    parser.add_argument("--reports", type=int, default=10_000, metavar="N")
    parser.add_argument("--changed", type=int, default=100, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        file = Path(folder, "panel.db")
        url = f"sqlite:///{file}"
        begin = time.perf_counter()
        _save(url, make_reports(given.reports, given.seed))
        print(f"{given.reports} reports put in within {time.perf_counter() - begin:.1f} s")
        lines = [time_check(url, "everything"), time_check(url, "nothing changed")]
        for changed in (1, given.changed):
            _save(url, _changed(given.reports, changed, given.seed))
            lines.append(time_check(url, f"{changed} changed"))
        for line in lines:
            print(line.to_line(given.reports))
        full, some = lines[0].seconds, lines[-1].seconds
        print(f"a check after {given.changed} changes takes {some / full:.1%} of a full one")
        outcomes = sum(t.passed + t.failed + t.not_assessable for t in lines[0].checked.tallies)
        print(f"{outcomes} outcomes; {file.stat().st_size / 1024**2:.0f} MB on disk")


def _changed(count: int, changed: int, seed: int) -> Iterable[Report]:
    """The first year of as many agencies as are to change, each read otherwise than before."""
    first = islice(make_reports(count, seed), 0, None, len(YEARS))
    return (replace(report, title="changed") for report in islice(first, changed))


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


if __name__ == "__main__":
    main()
