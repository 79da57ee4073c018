"""What a rule of the catalogue finds, and the checks that follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalize.forms import Kind
from normalize.report import Check

Place = tuple[str, str, str, str]
"""(form, table, row, column)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule fails; `cells` are all that it casts doubt on."""

    anchor: Place
    expected: Decimal | None = None
    actual: Decimal | None = None
    cells: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """All places where one rule fails; `passed` is what it is where there are none, None when the
    rule cannot be applied.
    """

    check: str
    kind: Kind
    findings: tuple[Finding, ...] = ()
    passed: bool | None = True
    form: str = ""
    table: str = ""

    def to_checks(self) -> Iterator[Check]:
        """One check for each failure, or a single one for the rule as a whole."""
        if not self.findings:
            passed = self.passed
            yield Check(
                self.check,
                self.form,
                self.table,
                "",
                "",
                None,
                None,
                passed,
                blank_as_zero=passed,
                kind=self.kind,
            )
        for finding in self.findings:
            yield Check(
                self.check,
                *finding.anchor,
                finding.expected,
                finding.actual,
                False,
                blank_as_zero=False,
                kind=self.kind,
            )


def outcomes_to_checks(outcomes: Iterable[Outcome]) -> tuple[Check, ...]:
    return tuple(check for outcome in outcomes for check in outcome.to_checks())


def doubts_of(outcomes: Sequence[Outcome]) -> dict[Place, tuple[str, ...]]:
    """`fails <check>` for every cell that a rule or a suspicion casts doubt on."""
    doubts: dict[Place, dict[str, None]] = {}
    for outcome in outcomes:
        if outcome.kind in ("S", "X"):
            for finding in outcome.findings:
                for place in finding.cells:
                    doubts.setdefault(place, {})[f"fails {outcome.check}"] = None
    return {place: tuple(said) for place, said in doubts.items()}
