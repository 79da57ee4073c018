"""Figures of a sentence that are not reported: planned or denied ones, or of something else."""

from __future__ import annotations

from normalize.statements.vocabulary import lexicon


def plans_begin(plain: str) -> int:
    """Where a sentence turns to what is to come; its end where it does not."""
    match = lexicon().patterns["sure.plans_from_here"].search(plain)
    return match.start() if match else len(plain)


def is_unsaid(plain: str, position: int) -> bool:
    """True for a figure that is planned, prescribed or denied, or that counts something else.

    Documents and what other offices receive are counted to the end of their part of a sentence,
    unless requests are named in between.
    """
    patterns = lexicon().patterns
    begin = max(plain.rfind(stop, 0, position) for stop in "，；。") + 1
    if any(
        patterns[f"sure.{why}"].search(plain, begin, position)
        for why in ("planned", "denied", "others")
    ):
        return True
    if _counts_attributes(plain, position):
        return True
    since = max(plain.rfind(stop, 0, position) for stop in "；。") + 1
    return any(
        (begun := patterns[f"sure.{why}"].search(plain, since, position)) is not None
        and not patterns[f"sure.{until}"].search(plain, begun.end(), position)
        for why, until in (("documents", "requests"), ("elsewhere", "information"))
    )


def _counts_attributes(plain: str, position: int) -> bool:
    """True in a part of a sentence that sorts documents by whether they may be seen."""
    begin = max(plain.rfind(stop, 0, position) for stop in "；。") + 1
    ends = [end for stop in "；。" if (end := plain.find(stop, position)) >= 0]
    part = plain[begin : min(ends, default=len(plain))]
    patterns = lexicon().patterns
    kinds = ("sure.shown", "sure.on_request", "sure.withheld")
    return all(patterns[kind].search(part) for kind in kinds) and not (
        patterns["sure.asked"].search(part)
    )
