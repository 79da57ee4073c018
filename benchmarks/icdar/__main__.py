"""Scores readers and other tools on a folder of PDFs with their true tables; prints one table."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from benchmarks.icdar.relations import (
    Relation,
    Score,
    compare,
    harmonic_mean,
    tables_to_relations,
)
from benchmarks.icdar.systems import SYSTEMS, System
from benchmarks.icdar.truth import folder_to_pairs, xml_to_tables
from extract.errors import ExtractError

OURS = [name for name in SYSTEMS if name.startswith("reader")]


def score_document(system: System, pdf: Path, true: Counter[Relation]) -> Score | None:
    """The document's score, None when the system cannot read it."""
    try:
        found = tables_to_relations(system(pdf))
    except (ExtractError, ValueError, TypeError, LookupError, ArithmeticError, OSError) as error:
        print(f"{pdf.name}: {type(error).__name__}: {error}", file=sys.stderr)
        return None
    return compare(true, found)


def summary(name: str, scores: Sequence[Score | None], seconds: float) -> str:
    """Precision and recall averaged over the documents, one that failed counting as nothing."""
    read = [score if score is not None else Score(0, 0, 1) for score in scores]
    precision, recall = mean(s.precision for s in read), mean(s.recall for s in read)
    failed = sum(1 for score in scores if score is None)
    return (
        f"{name:<20}{precision:>10.4f}{recall:>9.4f}{harmonic_mean(precision, recall):>9.4f}"
        f"{mean(s.f1 for s in read):>9.4f}{seconds:>9.1f}{failed:>8}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.icdar",
        description="Score readers on tables of general documents by adjacency relations.",
        epilog="example: python -m benchmarks.icdar ~/icdar2013/eu --system 'camelot hybrid'",
    )
    parser.add_argument("folder", type=Path, help="PDFs, each with its NAME-str.xml")
    parser.add_argument(
        "--system",
        action="append",
        choices=[*SYSTEMS, "all"],
        help=f"what to score; may be repeated (default: {', '.join(OURS)})",
    )
    parser.add_argument("--documents", action="store_true", help="show each document's score")
    options = parser.parse_args()
    pairs = folder_to_pairs(options.folder)
    if not pairs:
        sys.exit(f"{options.folder}: no PDF with its NAME-str.xml")
    for library in ("pdfminer", "playa", "camelot"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    chosen = options.system or OURS
    names = list(SYSTEMS) if "all" in chosen else chosen
    truths = [tables_to_relations(xml_to_tables(xml)) for _, xml in pairs]
    print(f"{len(pairs)} documents, {sum(t.total() for t in truths)} relations")
    print(
        f"{'system':<20}{'precision':>10}{'recall':>9}{'F1':>9}{'mean F1':>9}{'s':>9}{'failed':>8}"
    )
    for name in names:
        start = time.perf_counter()
        scores = [
            score_document(SYSTEMS[name], pdf, true)
            for (pdf, _), true in zip(pairs, truths, strict=True)
        ]
        print(summary(name, scores, time.perf_counter() - start), flush=True)
        if options.documents:
            for (pdf, _), score in zip(pairs, scores, strict=True):
                shown = "failed" if score is None else f"{score.f1:.4f} {score}"
                print(f"    {pdf.name:<20} {shown}")


if __name__ == "__main__":
    main()
