"""Scores added up by layout, form, kind of mess and reader, with bounds on the shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from benchmarks.accuracy.cases import METADATA
from benchmarks.accuracy.scoring import Counts, Score

_Z = 1.96
"""Standard deviations of a 95 % interval."""


Share = tuple[int, int]
"""(right ones, all of which gold tells)."""


@dataclass(frozen=True, slots=True)
class Line:
    """The scores of one group, added up; `metadata` by name, `sections` by heading."""

    name: str
    reports: int
    counts: Counts
    nonzero: Counts
    metadata: Mapping[str, Share]
    sections: Share


def add_up(name: str, scores: Sequence[Score]) -> Line:
    return Line(
        name,
        len(scores),
        sum((one.counts for one in scores), Counts()),
        sum((one.nonzero for one in scores), Counts()),
        {name: _share([one for one in scores if name in one.metadata], name) for name in METADATA},
        (sum(one.sections for one in scores), sum(len(one.case.sections or ()) for one in scores)),
    )


def _share(scores: Sequence[Score], name: str) -> Share:
    return sum(one.metadata[name] for one in scores), len(scores)


def by_group(scores: Iterable[Score], key: str) -> list[Line]:
    """One line a value of the key; a report with several values counts in each."""
    groups: dict[str, list[Score]] = {}
    for one in scores:
        for value in one.case.groups[key]:
            groups.setdefault(value, []).append(one)
    return [add_up(value, groups[value]) for value in sorted(groups)]


def by_reader(scores: Iterable[Score]) -> list[Line]:
    groups: dict[str, list[Score]] = {}
    for one in scores:
        groups.setdefault(one.report.reader or "none", []).append(one)
    return [add_up(reader, groups[reader]) for reader in sorted(groups)]


def share_bounds(hits: int, total: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share; (0, 1) of nothing.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22 (1927).
    """
    if total == 0:
        return 0.0, 1.0
    share = hits / total
    spread = _Z * sqrt(share * (1 - share) / total + _Z**2 / (4 * total**2))
    middle = share + _Z**2 / (2 * total)
    scale = 1 + _Z**2 / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
