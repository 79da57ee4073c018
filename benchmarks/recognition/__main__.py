"""Measures recognition: `python -m benchmarks.recognition [--count N] [--repeats N]`.

With `--memory` the most memory that each kind of scan takes, with `--degraded` what decoding
under the sums mends of bad scans, instead of time and cells.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.accuracy.scoring import Counts
from benchmarks.recognition.degraded import SEED as DEGRADED_SEED
from benchmarks.recognition.degraded import (
    decoded_to_markdown,
    degraded_sets,
    measure_decoding,
)
from benchmarks.recognition.measure import SEED, Cost, make_scans, measure
from benchmarks.recognition.memory import measure_memory, peaks_to_markdown

_HEAD = (
    "| layout | files | pages | s/page | whole pages s/page | ratio | peak MB | cells "
    "| right at first | right | silent | right but flagged |"
)


def costs_to_markdown(costs: Sequence[Cost]) -> str:
    """One line a layout and one for all; times are medians over the files."""
    lines = [_HEAD, "|---|" + "---:|" * (_HEAD.count("|") - 2)]
    for layout in dict.fromkeys(cost.layout for cost in costs):
        lines.append(_line(layout, [cost for cost in costs if cost.layout == layout]))
    lines.append(_line("all", costs))
    return "\n".join(lines)


def _line(name: str, costs: Sequence[Cost]) -> str:
    sure = sum((cost.sure for cost in costs), Counts())
    decoded = sum((cost.decoded for cost in costs), Counts())
    values = (
        name,
        len(costs),
        sum(cost.pages for cost in costs),
        f"{median(cost.reader / cost.pages for cost in costs):.2f}",
        f"{median(cost.whole / cost.pages for cost in costs):.2f}",
        f"{median(cost.ratio for cost in costs):.2f}",
        f"{max(cost.peak for cost in costs) / 1e6:.0f}",
        decoded.gold,
        f"{sure.right / sure.gold:.2%}",
        f"{decoded.right / decoded.gold:.2%}",
        decoded.silent,
        decoded.flagged,
    )
    return f"| {' | '.join(map(str, values))} |"


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.recognition",
        description="Make scanned reports, read them and print time, memory and cells right.",
        epilog="example: python -m benchmarks.recognition --count 16 --out recognition.md",
    )
    parser.add_argument("--count", type=int, default=16, help="scans to make (default: 16)")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each (default: 3)")
    parser.add_argument("--memory", action="store_true", help="peak of memory by kind of scan")
    parser.add_argument("--degraded", action="store_true", help="errors left after decoding")
    parser.add_argument("--seed", help="of the scans to make (default: the published ones)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="also write the table to FILE")
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)

    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    with TemporaryDirectory(prefix="gongkai-recognition-") as folder:
        place = Path(folder)
        if options.memory:
            table = peaks_to_markdown(list(measure_memory(place, say)))
        elif options.degraded:
            sets = degraded_sets(options.count, place, options.seed or DEGRADED_SEED)
            table = decoded_to_markdown(list(measure_decoding(sets, say)))
        else:
            cases = make_scans(options.count, place, options.seed or SEED)
            table = costs_to_markdown(list(measure(cases, options.repeats, say)))
    print(table)
    if options.out:
        options.out.write_text(table + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
