"""Measures what a cluster gains: `python -m benchmarks.scaling [--documents N] [--out FILE]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.scaling.measure import measure
from benchmarks.scaling.page import costs_to_markdown


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scaling",
        description="Read documents with processes and on a cluster, write them, print a page.",
        epilog="example: python -m benchmarks.scaling --out docs/scaling.md",
    )
    parser.add_argument("--documents", type=int, default=1000, metavar="N")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], metavar="N")
    parser.add_argument("--out", type=Path, metavar="FILE", help="also write the page to FILE")
    options = parser.parse_args(arguments)

    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    page = costs_to_markdown(measure(options.documents, options.workers, say))
    print(page)
    if options.out:
        options.out.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
