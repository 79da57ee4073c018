"""Whether a document is a report, and whether a person should look at it before it is used."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from normalize.labels import agency_words, simplify
from normalize.report import Check, Observation, Section, Status, Verdict
from normalize.sections import UNCLASSIFIED
from normalize.titles import Identity

_FEWEST_CHARACTERS = 60
_FEWEST_SECTIONS = 2
_FIRST_YEAR_WITH_TABLES = 2019
_TABLED = ("proactive", "requests", "proceedings")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything a verdict rests on; `doubled_tables` are printed twice with different values."""

    identity: Identity
    sections: tuple[Section, ...]
    observations: tuple[Observation, ...]
    checks: tuple[Check, ...]
    doubled_tables: tuple[str, ...]
    characters: int


def judge(evidence: Evidence) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict and its reasons, in plain words."""
    if reason := _why_no_report(evidence):
        return Verdict.QUARANTINED, (reason,)
    reasons = tuple(_why_review(evidence))
    return (Verdict.NEEDS_REVIEW if reasons else Verdict.ACCEPTED), reasons


def _why_no_report(evidence: Evidence) -> str | None:
    identity = evidence.identity
    known = {s.section for s in evidence.sections if s.section != UNCLASSIFIED}
    printed = [o for o in evidence.observations if o.raw and o.raw.strip()]
    if len(evidence.doubled_tables) > 1 or _is_comparison(evidence):
        return (
            "not one report: its tables are printed more than once with different values "
            f"({', '.join(evidence.doubled_tables) or 'a comparison by its title'}); "
            "supply each year's own report"
        )
    if not printed and (evidence.observations or known) and not (identity.agency and identity.year):
        if evidence.observations:
            return "the blank form, not a report: it names no agency and year and holds no figure"
    if not printed and not identity.title and len(known) < _FEWEST_SECTIONS:
        return (
            "not a report: neither a title, nor the sections, nor a table of an annual report on "
            "information disclosure was found; check that the right page was downloaded"
        )
    if not printed and evidence.characters < _FEWEST_CHARACTERS:
        return (
            f"not a report: only {evidence.characters} characters of text; "
            "check that the whole page was downloaded"
        )
    return None


def _is_comparison(evidence: Evidence) -> bool:
    title = simplify(evidence.identity.title or "")
    return bool(evidence.doubled_tables) and any(
        word in title for word in agency_words()["comparisons"]
    )


def _why_review(evidence: Evidence) -> list[str]:
    reasons = list(evidence.identity.doubts)
    failed = [check for check in evidence.checks if check.passed is False]
    if failed:
        names = ", ".join(dict.fromkeys(f"{c.check} {c.table}.{c.row}" for c in failed[:5]))
        reasons.append(f"{len(failed)} hard checks fail: {names}")
    lost = [c for c in evidence.checks if c.passed is None and c.blank_as_zero is False]
    if lost:
        reasons.append(f"{len(lost)} hard checks hold only if a blank cell is not zero")
    for table in evidence.doubled_tables:
        reasons.append(f"table {table} is printed more than once with different values")
    unreadable = sum(o.status is Status.UNREADABLE for o in evidence.observations)
    if unreadable:
        reasons.append(f"{unreadable} cells hold something that is no number")
    doubts = Counter(d for o in evidence.observations for d in o.doubts if not d.startswith("fails "))
    reasons += [f"{count} cells flagged: {doubt}" for doubt, count in sorted(doubts.items())]
    reasons += [f"section {section} has no table" for section in _sections_without_table(evidence)]
    return reasons


def _sections_without_table(evidence: Evidence) -> list[str]:
    """Sections in which the forms of 2019 and later print a table, and this report does not."""
    year = evidence.identity.year
    if year is not None and year < _FIRST_YEAR_WITH_TABLES:
        return []
    tables = {o.table for o in evidence.observations}
    headed = {s.section for s in evidence.sections}
    return [name for name in _TABLED if name in headed and name not in tables]
