"""What was understood of one document: a Report with its sections, observations and checks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from extract.document import BBox as BBox
from normalize.given import NOTHING_GIVEN as NOTHING_GIVEN
from normalize.given import Given as Given
from normalize.places.bodies import Body as Body


class Status(StrEnum):
    """Why an observation's value is what it is."""

    REPORTED = "reported"
    BLANK = "blank"
    PLACEHOLDER = "placeholder"
    UNREADABLE = "unreadable"
    MISSING = "missing"
    CORRECTED = "corrected"


class Verdict(StrEnum):
    """What became of a report."""

    ACCEPTED = "accepted"
    NEEDS_REVIEW = "needs_review"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Observation:
    """One cell of one table of a form: (form, table, row, column) as in the form files.

    `value` is exact, in `unit` (money in yuan), None unless `status` is reported or corrected.
    `raw` is the printed text untouched, None where nothing was there to read. `doubts` says, one
    plain phrase each, why the value is flagged.

    `suggestion` is what only arithmetic says the value should be, in the same unit; it is never
    the value. `suggested_by` says how it was derived, or, without a suggestion, why this cell is
    one of those that may be wrong. `candidates` are what recognition took the picture of the cell
    for, with likelihoods, the likeliest first; empty for text that was not recognised.
    `original_value` and `original_status` are what was read where a person replaced it; the status
    is None where nobody did.
    """

    form: str
    table: str
    row: str
    column: str
    value: Decimal | None
    unit: str
    status: Status
    raw: str | None = None
    page: int | None = None
    bbox: BBox | None = None
    reader: str | None = None
    doubts: tuple[str, ...] = ()
    suggestion: Decimal | None = None
    suggested_by: str = ""
    candidates: tuple[tuple[str, float], ...] = field(default=(), compare=False, repr=False)
    original_value: Decimal | None = None
    original_status: Status | None = None

    @property
    def flagged(self) -> bool:
        return bool(self.doubts)


@dataclass(frozen=True, slots=True)
class Check:
    """One rule applied at its anchor cell.

    `expected` is what the other operands demand, `actual` what is printed at the anchor.
    `passed` is None when an operand is blank, a placeholder, missing or unreadable;
    `blank_as_zero` is the outcome when blanks and placeholders count as zero, None when an
    operand is missing or unreadable.

    `kind` is H for an identity of the form, S for a rule with lawful exceptions, I for a remark
    that flags nothing, X for a suspicion of misreading. `blame` of a broken H says where the fault
    is: `source` when two independent readers agree on every operand, `extraction` when they differ
    and the identity names the right one, else `unknown`; None where nothing is broken.
    """

    check: str
    form: str
    table: str
    row: str
    column: str
    expected: Decimal | None
    actual: Decimal | None
    passed: bool | None
    blank_as_zero: bool | None = None
    kind: str = "H"
    blame: str | None = None

    @property
    def is_broken(self) -> bool:
        """True for a hard identity that does not hold, blanks counted as zero if there are any."""
        return self.kind == "H" and (self.passed is False or self.blank_as_zero is False)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the report's text; `section` is its canonical name or `unclassified`."""

    section: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure read from a sentence, never mixed with tabulated ones.

    `measure` is `table.row.column` where a cell of a form holds the same, else a name of its own.
    `claim` is `figure`, `none` (a sentence says that there were none), `growth` or `share`.
    `year` is the one spoken of; `scope` is `own`, `territory` (a sum over many agencies), `part`
    (one of them, or a part of the year) or `cumulated` (over several years). `quote` is the
    sentence verbatim, at `offset` of the text of the section at `section_position`, from 1.
    """

    section: str
    measure: str
    value: Decimal
    unit: str
    quote: str
    approximate: bool = False
    year: int | None = None
    scope: str = "own"
    claim: str = "figure"
    section_position: int | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class ExtraRow:
    """A printed row or column that the form does not know, kept with what it says."""

    table: str
    label: str
    values: tuple[str, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One document understood. A quarantined one has a reason and no observations.

    `reader` read it, `readers` are all that were asked, that one first. `body` is the agency as
    it was resolved, `scope` is `own` or `territory` where the report says what it speaks of.
    `given` is what was known of it from elsewhere, `from_given` names what of `agency`, `year` and
    `published_on` was taken from there, because the document is silent.
    """

    source: str
    sha256: str
    media_type: str
    reader: str
    pages: int | None
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    agency: str | None = None
    year: int | None = None
    title: str | None = None
    published_on: date | None = None
    sections: tuple[Section, ...] = ()
    observations: tuple[Observation, ...] = ()
    checks: tuple[Check, ...] = ()
    statements: tuple[Statement, ...] = ()
    extras: tuple[ExtraRow, ...] = ()
    readers: tuple[str, ...] = ()
    body: Body | None = None
    scope: str | None = None
    given: Given = NOTHING_GIVEN
    from_given: tuple[str, ...] = ()
