"""How well sentences are read: `python -m benchmarks.statements [FAMILY...] [--mistakes]`.

Every template of a family is filled with figures and read; what is read is held against what the
sentence says. Precision counts every statement that the sentence does not make, recall every one
it makes. The last column is for statements whose year, scope or exactness is as said, too.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from benchmarks.statements.texts import FAMILIES, Gold, Paragraph, family_to_paragraphs
from normalize.report import Section, Statement
from normalize.statements import sections_to_statements

LEAST_PRECISION = 0.99
LEAST_RECALL = 0.95


@dataclass(frozen=True, slots=True)
class Score:
    """One paragraph read: what is right, what was made up and what was missed."""

    paragraph: Paragraph
    right: tuple[Gold, ...]
    false: tuple[Statement, ...]
    missed: tuple[Gold, ...]
    otherwise: tuple[Gold, ...]
    """Right, but of another year, scope or exactness than said."""


def score(paragraph: Paragraph) -> Score:
    """What is read of one paragraph, held against what it says."""
    section = Section(paragraph.section, "", paragraph.text)
    read = list(sections_to_statements([section], paragraph.year, paragraph.agency))
    right, missed, otherwise = [], [], []
    for gold in dict.fromkeys(paragraph.gold):
        same = [s for s in read if (s.measure, s.value) == (gold.measure, gold.value)]
        if not same:
            missed.append(gold)
            continue
        exact = [s for s in same if _is_as_said(s, gold)]
        read.remove((exact or same)[0])
        right.append(gold)
        if not exact:
            otherwise.append(gold)
    return Score(paragraph, tuple(right), tuple(read), tuple(missed), tuple(otherwise))


def _is_as_said(statement: Statement, gold: Gold) -> bool:
    return (statement.approximate, statement.year, statement.scope) == (
        gold.approximate,
        gold.year,
        gold.scope,
    )


def scores_to_table(family: str, scores: Sequence[Score]) -> Table:
    """One row a measure, the worst first, and a last row for all."""
    counts: dict[str, Counter[str]] = {}
    for one in scores:
        for kind, names in (
            ("right", [g.measure for g in one.right]),
            ("false", [s.measure for s in one.false]),
            ("missed", [g.measure for g in one.missed]),
            ("otherwise", [g.measure for g in one.otherwise]),
        ):
            for name in names:
                counts.setdefault(name, Counter())[kind] += 1
    table = Table(title=f"{family}: statements")
    for column in ("measure", "right", "false", "missed", "precision", "recall", "said otherwise"):
        table.add_column(column, justify="left" if column == "measure" else "right")
    total = sum(counts.values(), Counter())
    ranked = sorted(counts.items(), key=lambda item: -item[1]["false"] - item[1]["missed"])
    for name, count in (*ranked, ("all", total)):
        table.add_row(name, *_cells(count))
    return table


def _cells(count: Counter[str]) -> Iterable[str]:
    yield from (str(count[kind]) for kind in ("right", "false", "missed"))
    yield f"{precision_of(count):.2%}"
    yield f"{recall_of(count):.2%}"
    yield str(count["otherwise"])


def precision_of(count: Counter[str]) -> float:
    return count["right"] / max(1, count["right"] + count["false"])


def recall_of(count: Counter[str]) -> float:
    return count["right"] / max(1, count["right"] + count["missed"])


def totals(scores: Sequence[Score]) -> Counter[str]:
    """Statements right, false, missed and otherwise."""
    return Counter(
        right=sum(len(s.right) for s in scores),
        false=sum(len(s.false) for s in scores),
        missed=sum(len(s.missed) for s in scores),
        otherwise=sum(len(s.otherwise) for s in scores),
    )


def main(arguments: Sequence[str]) -> int:
    """Prints a table a family; 1 when one has less precision or recall than it must have."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.statements", description=__doc__)
    parser.add_argument("families", nargs="*", default=list(FAMILIES), metavar="FAMILY")
    parser.add_argument("--rounds", type=int, default=20, help="how often a template is filled")
    parser.add_argument("--mistakes", action="store_true", help="print what was read wrong")
    options = parser.parse_args(arguments)
    console = Console(width=130)
    good = True
    for family in options.families:
        scores = [score(p) for p in family_to_paragraphs(family, options.rounds)]
        console.print(scores_to_table(family, scores))
        if options.mistakes:
            _print_mistakes(scores, console)
        count = totals(scores)
        good = good and precision_of(count) >= LEAST_PRECISION and recall_of(count) >= LEAST_RECALL
    return 0 if good else 1


def _print_mistakes(scores: Sequence[Score], console: Console) -> None:
    """One filled sentence a template that was read wrong."""
    seen: set[str] = set()
    for one in scores:
        if one.paragraph.template in seen or not (one.false or one.missed or one.otherwise):
            continue
        seen.add(one.paragraph.template)
        console.print(
            f"{one.paragraph.year} {one.paragraph.agency} {one.paragraph.text}", style="bold"
        )
        for gold in one.missed:
            console.print(f"  missed {gold.measure} = {gold.value}")
        for statement in one.false:
            console.print(f"  false {statement.measure} = {statement.value} ({statement.claim})")
        for gold in one.otherwise:
            console.print(
                f"  otherwise {gold.measure}: {gold.year} {gold.scope} {gold.approximate}"
            )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
