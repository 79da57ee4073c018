"""Measures time and memory: `python -m benchmarks.speed [--quick | --full] [--out FILE]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.speed.measure import FULL, QUICK, USUAL, measure
from benchmarks.speed.page import measured_to_markdown


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed",
        description="Measure readers, stages, whole runs, loading and start, and print a page.",
        epilog="example: python -m benchmarks.speed --out docs/performance.md",
    )
    extent = parser.add_mutually_exclusive_group()
    extent.add_argument(
        "--quick", action="store_const", dest="extent", const=QUICK, help="little, in a minute"
    )
    extent.add_argument(
        "--full", action="store_const", dest="extent", const=FULL, help="up to 10,000 documents"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="also write the page to FILE")
    options = parser.parse_args(arguments)

    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    page = measured_to_markdown(measure(options.extent or USUAL, say))
    print(page)
    if options.out:
        options.out.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
