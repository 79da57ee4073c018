"""The costs as a page: what was measured, what follows for ten million reports."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.scaling.measure import Costs, Written
from benchmarks.speed.page import table_to_lines

_MANY = 10_000_000
_HOUR = 3600
_GIGABYTE = 1024**3
_EXAMPLES = (8, 32, 128)
"""Processors for which the time of ten million reports is worked out."""


def costs_to_markdown(costs: Costs) -> str:
    parts = (_head, _use, _reading, _writing, _conclusion, _many)
    return "\n".join(line for part in parts for line in part(costs)).rstrip() + "\n"


def _head(costs: Costs) -> Iterator[str]:
    yield "# One machine or many"
    yield ""
    yield (
        f"Written by `python -m benchmarks.scaling --documents {costs.documents} --out "
        "docs/scaling.md`: the same generated digital documents, read in each way in turn, their "
        "reports then written into empty databases. Seconds are those of the machine of the last "
        "run; what follows from them is worked out from the same run."
    )
    yield ""


def _use(costs: Costs) -> Iterator[str]:
    yield "## How"
    yield ""
    yield (
        "`gongkai run` reads in as many processes as `--jobs` says and writes in one place. With "
        "`--executor dask://HOST:PORT` the same documents are read by the workers of a Dask "
        "cluster instead, in batches; reports come back in order and are written by the command "
        "that was started, so the database holds the same, byte for byte in its exports."
    )
    yield ""
    yield "```console"
    yield "$ dask scheduler                                # on one machine"
    yield "$ dask worker HOST:8786 --nworkers auto         # on each, with gongkai[cluster] there"
    yield "$ gongkai run /shared/reports --executor dask://HOST:8786 --db postgresql+psycopg://..."
    yield "$ gongkai run reports --executor dask://local --jobs 4      # to try it on one machine"
    yield "```"
    yield ""
    yield (
        "The files must lie under the same path on all machines, and the same version of gongkai "
        "must be installed; a worker of another version is refused before it reads. A batch of a "
        "worker that is lost is given to another; a document that a worker is lost by again and "
        "again is quarantined. Dask encrypts nothing and asks for no password: keep its ports "
        "within a network that you trust."
    )
    yield ""


def _reading(costs: Costs) -> Iterator[str]:
    yield "## Reading"
    yield ""
    yield (
        f"{costs.documents:,} documents; one takes its reader {_read_ms(costs):.1f} ms, the start "
        "of processes not counted. Times are of whole runs without writing; the start of a cluster "
        "is given apart."
    )
    yield ""
    first = costs.ways[0].seconds
    rows = [
        (
            f"{way.way}, {way.workers}",
            f"{way.start:.1f}",
            f"{way.seconds:.1f}",
            f"{1000 * way.seconds / costs.documents:.1f}",
            f"{way.seconds / first:.2f}",
        )
        for way in costs.ways
    ]
    heads = ("", "s to start", "s to read", "ms a document", f"times {costs.ways[0].way}, 1")
    yield from table_to_lines(heads, rows)


def _writing(costs: Costs) -> Iterator[str]:
    yield "## Writing"
    yield ""
    if costs.no_postgres:
        yield f"PostgreSQL was not measured: {costs.no_postgres}."
        yield ""
    rows = [
        (
            one.database,
            f"{costs.documents / one.seconds:,.0f}",
            f"{_write_ms(costs, one):.2f}",
            f"{one.bytes / costs.documents / 1024:.1f}",
        )
        for one in costs.databases
    ]
    yield from table_to_lines(("", "reports a second", "ms a report", "KB a report"), rows)


def _conclusion(costs: Costs) -> Iterator[str]:
    yield "## When to change over"
    yield ""
    fed = [(one.database, _read_ms(costs) / _write_ms(costs, one)) for one in costs.databases]
    said = " and ".join(f"{count:.0f} for {name}" for name, count in fed)
    yield (
        "One place writes, so reading pays on as many processors as keep it busy: "
        f"{said}. Up to as many as one machine has, that machine with `--jobs` is simplest and "
        "loses nothing to batches. A cluster is worth its trouble when the documents are more than "
        "one machine reads in the time there is, above all when many are scans, which take "
        "much longer to read and no longer to write. Beyond the number above, start "
        "several runs over parts of the documents on one PostgreSQL: they do each other no harm."
    )
    yield ""


def _many(costs: Costs) -> Iterator[str]:
    yield "## Ten million reports"
    yield ""
    hours = _MANY * costs.reading / costs.documents / _HOUR
    yield f"Reading takes {hours:,.0f} hours of one processor. With so many processors, in hours:"
    yield ""
    rows = []
    for one in costs.databases:
        writing = _MANY * one.seconds / costs.documents / _HOUR
        rows.append(
            (
                one.database,
                f"{writing:,.1f}",
                f"{_MANY * one.bytes / costs.documents / _GIGABYTE:,.0f}",
                *(f"{max(writing, hours / count):,.1f}" for count in _EXAMPLES),
            )
        )
    heads = ("", "writing alone", "GB", *(f"{count} processors" for count in _EXAMPLES))
    yield from table_to_lines(heads, rows)


def _read_ms(costs: Costs) -> float:
    return 1000 * costs.reading / costs.documents


def _write_ms(costs: Costs, written: Written) -> float:
    return 1000 * written.seconds / costs.documents
