"""What a run did: the result of each file, and all of them summed up."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from normalize.report import Verdict
from pipeline.writing import Written
from store.save import Known, Outcome


class Became(StrEnum):
    """What became of one file in a run."""

    ACCEPTED = "accepted"
    NEEDS_REVIEW = "needs_review"
    QUARANTINED = "quarantined"
    COPY = "copy"
    """Its bytes are in the database under another name."""
    UNCHANGED = "unchanged"
    """It is in the database and was not read."""
    STILL_QUARANTINED = "still_quarantined"
    """It was quarantined before, its bytes are the same, and it was not read."""


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file: what became of it, and counts of its report's cells and failed checks.

    `reasons` say why it is to review or quarantined. `readers` are those that were asked, none
    where it was not read; `seconds` is how long the reading took. `replaces` is true when other
    bytes were there under its name before.
    """

    source: str
    became: Became
    reasons: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    cells: int = 0
    flagged: int = 0
    failed_checks: int = 0
    seconds: float | None = None
    replaces: bool = False

    @property
    def was_read(self) -> bool:
        return self.became not in (Became.UNCHANGED, Became.STILL_QUARANTINED)


_OF_VERDICT = {
    Verdict.ACCEPTED: Became.ACCEPTED,
    Verdict.NEEDS_REVIEW: Became.NEEDS_REVIEW,
    Verdict.QUARANTINED: Became.QUARANTINED,
}


def written_to_result(written: Written) -> FileResult:
    """The result of a file whose report is in the database now."""
    report = written.report
    became = _OF_VERDICT[report.verdict]
    if written.outcome is Outcome.ALIASED and became is not Became.QUARANTINED:
        became = Became.COPY
    return FileResult(
        source=report.source,
        became=became,
        reasons=report.reasons,
        readers=report.readers,
        cells=written.counts.cells,
        flagged=written.counts.flagged,
        failed_checks=written.counts.failed_checks,
        seconds=written.seconds,
        replaces=written.outcome is Outcome.SUPERSEDED,
    )


def known_to_result(source: str, known: Known) -> FileResult:
    """The result of a file that was not read, because it is on record unchanged."""
    if known.verdict is Verdict.QUARANTINED:
        return FileResult(source, Became.STILL_QUARANTINED, known.reasons)
    return FileResult(source, Became.UNCHANGED)


@dataclass(slots=True)
class Summary:
    """What a run did; `quarantined`, `still_quarantined` and `review` pair sources with reasons.

    `copies` are files whose bytes are in the database under another name, `superseded` names under
    which other bytes were there before, which are on record still. `readers` counts the documents
    for which each reader was asked. `manifest_rows` of the manifest name a file of the run;
    `manifest_unmatched` pairs the names in the others with reasons. `left` are files that were
    not come to when the run was told to stop.
    """

    accepted: int = 0
    needs_review: int = 0
    unchanged: int = 0
    cells: int = 0
    flagged: int = 0
    failed_checks: int = 0
    left: int = 0
    quarantined: list[tuple[str, str]] = field(default_factory=list)
    still_quarantined: list[tuple[str, str]] = field(default_factory=list)
    review: list[tuple[str, str]] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)
    readers: dict[str, int] = field(default_factory=dict)
    manifest_rows: int = 0
    manifest_unmatched: list[tuple[str, str]] = field(default_factory=list)

    def add(self, result: FileResult) -> None:
        reason = "; ".join(result.reasons)
        if result.replaces:
            self.superseded.append(result.source)
        match result.became:
            case Became.UNCHANGED:
                self.unchanged += 1
                return
            case Became.STILL_QUARANTINED:
                self.still_quarantined.append((result.source, reason))
                return
            case Became.COPY:
                self.copies.append(result.source)
                return
            case Became.QUARANTINED:
                self.quarantined.append((result.source, reason))
            case Became.NEEDS_REVIEW:
                self.needs_review += 1
                self.review.append((result.source, reason))
            case Became.ACCEPTED:
                self.accepted += 1
        for reader in result.readers:
            self.readers[reader] = self.readers.get(reader, 0) + 1
        if result.became is not Became.QUARANTINED:
            self.cells += result.cells
            self.flagged += result.flagged
            self.failed_checks += result.failed_checks
