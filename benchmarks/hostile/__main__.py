"""Lays traps, runs the batch job over them and says what became of each.

`python -m benchmarks.hostile` makes files that are broken by chance (2,000, or `--count`) and by
design, reads them all with `pipeline.run` in worker processes, and exports the result. It exits
with 1 when the run breaks, a file is not accounted for exactly once, one ends otherwise than it
must or costs more than it may, an export does not hold what was printed, or anything outside of
the output folder was touched.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.hostile.catalogue import BY_CHANCE, BY_DESIGN
from benchmarks.hostile.page import result_to_markdown
from benchmarks.hostile.trial import try_kinds


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.hostile",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="example: python -m benchmarks.hostile --count 5000 --out docs/hostile.md",
    )
    names = [kind.name for kind in (*BY_CHANCE, *BY_DESIGN)]
    parser.add_argument("--seed", default="1", help="names the files made by chance (default: 1)")
    parser.add_argument("--count", type=int, default=2000, help="files made by chance")
    parser.add_argument("--jobs", type=int, default=2, help="worker processes")
    parser.add_argument(
        "--only", action="append", choices=names, metavar="KIND", help="this kind; may be repeated"
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep files and results here")
    parser.add_argument("--out", type=Path, metavar="FILE", help="also write the page to FILE")
    options = parser.parse_args(arguments)
    kinds = [k for k in (*BY_CHANCE, *BY_DESIGN) if not options.only or k.name in options.only]
    with TemporaryDirectory(prefix="gongkai-hostile-") as folder:
        result = try_kinds(
            kinds,
            options.keep or Path(folder),
            seed=options.seed,
            count=options.count,
            jobs=options.jobs,
        )
    page = result_to_markdown(result, kinds)
    print(page)
    if options.out:
        options.out.write_text(page, encoding="utf-8")
    for fault in result.faults:
        print(fault, file=sys.stderr)
    return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
