"""The measurements as a page of Markdown."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence

from benchmarks.speed.batch import BatchCost
from benchmarks.speed.measure import NOT_DIGITAL, SEED, Measured
from benchmarks.speed.stages import ALL
from pipeline.writing import MOST_REPORTS
from store.connections import SQLITE_CACHE

_MEGABYTE = 1024**2
_EXTENTS = {"quick": " --quick", "usual": "", "full": " --full"}


def measured_to_markdown(measured: Measured) -> str:
    """What was measured and how, with ratios that hold on other machines as well."""
    parts = (_head, _readers, _stages, _runs, _sizes, _loading, _start)
    return "\n".join(line for part in parts for line in part(measured)).rstrip() + "\n"


def _head(measured: Measured) -> Iterator[str]:
    made = f"python -m fixtures.make --seed {SEED} --count {measured.extent.documents}{_without()}"
    yield "# Performance"
    yield ""
    yield (
        f"Written by `python -m benchmarks.speed{_EXTENTS[measured.extent.name]} --out "
        "docs/performance.md`. What is compared takes "
        f"turns in one process, {measured.extent.repeats} times unless said otherwise; medians are "
        "shown. Times of single stages are the processor's, those of whole runs the wall clock's. "
        "Milliseconds are those of the machine of the last run, with Python "
        f"{platform.python_version()}; ratios hold elsewhere as well. The documents are those "
        f"of `{made}`; a smaller set is the first of them, a larger one has them several times, "
        "with bytes of their own. Scans are measured apart."
    )
    yield ""


def _without() -> str:
    return "".join(f" --without '{layout}'" for layout in NOT_DIGITAL)


def _readers(measured: Measured) -> Iterator[str]:
    yield "## Readers of PDF"
    yield ""
    yield (
        f"The same pages of {measured.pdfs} files, against pdfium's own parse: load the page, load "
        "its text. Camelot's two are run once a file."
    )
    yield ""
    rows = [(c.name, f"{c.milliseconds:.2f}", f"{c.ratio:.1f}") for c in measured.readers]
    yield from table_to_lines(("", "ms a page", "times pdfium's parse"), rows)


def _stages(measured: Measured) -> Iterator[str]:
    yield "## Reading, interpreting, saving"
    yield ""
    yield "Milliseconds a document, and what share of the three each has."
    yield ""
    rows = [
        (
            cost.kind,
            cost.documents,
            *(
                f"{stage:.1f} ({stage / cost.whole:.0%})"
                for stage in (cost.reading, cost.interpreting, cost.saving)
            ),
        )
        for cost in measured.stages
    ]
    yield from table_to_lines(("kind", "documents", "reading", "interpreting", "saving"), rows)


def _runs(measured: Measured) -> Iterator[str]:
    one, two = measured.one_job, measured.two_jobs
    stages = next(cost for cost in measured.stages if cost.kind == ALL)
    whole = 1000 * one.seconds / one.documents
    yield "## Whole runs"
    yield ""
    yield (
        f"From file to committed row, {one.documents} documents into a new SQLite file, the start "
        f"of the workers included; one process writes. Two workers are "
        f"{one.seconds / two.seconds:.2f} times as fast as one, which takes "
        f"{whole / stages.reading:.2f} times what reading the same documents alone takes."
    )
    yield ""
    rows = [
        *((jobs, *_batch(cost)) for jobs, cost in ((1, one), (2, two))),
        (f"2, {measured.scans.documents} scans", *_batch(measured.scans)),
    ]
    yield from table_to_lines(("workers", *_BATCH), rows)


def _sizes(measured: Measured) -> Iterator[str]:
    runs, again = measured.runs, measured.again
    before, last = runs[-2:]
    more = last.documents - before.documents
    yield "## More documents"
    yield ""
    slope = 1000 * (last.seconds - before.seconds) / more
    growth = (last.writer_peak - before.writer_peak) / more / 1024
    yield (
        f"With two workers, one run each. From {before.documents:,} to {last.documents:,} "
        f"documents each further one takes {slope:.1f} ms, and {growth:.1f} KB of memory where "
        f"the rows are written, until SQLite's cache has its {SQLITE_CACHE // 1024} MB. A second "
        f"run over {again.documents:,} unchanged files takes "
        f"{again.seconds / last.seconds:.1%} of the first."
    )
    yield ""
    rows = [
        *((f"{cost.documents:,}", *_batch(cost)) for cost in runs),
        (f"{again.documents:,}, unchanged", *_batch(again)[:-1], "none started"),
    ]
    yield from table_to_lines(("documents", *_BATCH), rows)


_BATCH = ("seconds", "ms a document", "peak of the writer", "peak of a worker")


def _batch(cost: BatchCost) -> tuple[str, str, str, str]:
    return (
        f"{cost.seconds:.1f}",
        f"{1000 * cost.seconds / cost.documents:.1f}",
        f"{cost.writer_peak / _MEGABYTE:.0f} MB",
        f"{cost.worker_peak / _MEGABYTE:.0f} MB",
    )


def _loading(measured: Measured) -> Iterator[str]:
    cost = measured.loading
    yield "## Loading alone"
    yield ""
    yield (
        f"{cost.reports} reports, {cost.rows:,} rows, into the same empty tables: saved by the "
        "store, and the finished rows put there by sqlite3's `executemany`."
    )
    yield ""
    ways = (
        (f"store, {MOST_REPORTS} reports a transaction as in a run", cost.store),
        ("store, a transaction a report", cost.store_by_report),
        ("sqlite3, a transaction a report", cost.by_report),
        ("sqlite3, one transaction", cost.at_once),
    )
    rows = [
        (name, f"{cost.rows / seconds:,.0f}", f"{seconds / cost.at_once:.1f}")
        for name, seconds in ways
    ]
    yield from table_to_lines(("", "rows a second", "times the fastest"), rows)


def _start(measured: Measured) -> Iterator[str]:
    cost = measured.start
    yield "## Start"
    yield ""
    yield (
        f"`gongkai --help` takes {1000 * cost.help:.0f} ms, {cost.help / cost.python:.1f} times "
        f"what Python takes to start and end ({1000 * cost.python:.0f} ms)."
    )
    yield ""


def table_to_lines(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """The first column is names, all others are numbers."""
    yield f"| {' | '.join(heads)} |"
    yield f"|---|{'---:|' * (len(heads) - 1)}"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
    yield ""
