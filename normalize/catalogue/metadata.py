"""Checks of what a document says of itself: year, agency, date, kind, and of whom it speaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import PurePosixPath

from normalize.catalogue.outcome import Finding, Outcome
from normalize.catalogue.subject import Subject
from normalize.forms import Kind, all_forms
from normalize.sections import UNCLASSIFIED
from normalize.silence import GIVEN_CHECK, agrees
from normalize.titles import YEAR_CONFLICT

_CONFLICT = YEAR_CONFLICT.split("{", maxsplit=1)[0]
_SHORT = 300
_DEPARTMENTS_UNTIL = (1, 31)
_GOVERNMENTS_UNTIL = (3, 31)
_UNREADABLE = re.compile(r"[\ufffd\ue000-\uf8ff]|\(cid:\d+\)")
_MOST_UNREADABLE = 0.01

_ENDINGS = {
    ".pdf": ("application/pdf",),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    ".html": ("text/html",),
    ".htm": ("text/html",),
    ".mht": ("multipart/related",),
    ".mhtml": ("multipart/related",),
    ".txt": ("text/plain", "text/markdown"),
    ".md": ("text/plain", "text/markdown"),
}
"""Media types by the ending of a name, for those that say one."""


def metadata_outcomes(subject: Subject) -> Iterator[Outcome]:
    for check, kind, find in METADATA_CHECKS:
        passed = find(subject)
        findings = (Finding(("", "", "", "")),) if passed is False else ()
        yield Outcome(check, kind, findings, passed)
    yield from _against_given(subject)


def _against_given(subject: Subject) -> Iterator[Outcome]:
    """What the document says of itself against what is given of it, one outcome a matter.

    There is none where one of them is silent. The anchor is the matter's name in place of a
    column; of a year both sides are told.
    """
    own = subject.own or subject.identity
    for name, kind in GIVEN_KINDS.items():
        passed = agrees(own, subject.given, name)
        if passed is None:
            continue
        sides = (subject.given.year, own.year) if name == "year" else (None, None)
        expected, actual = (None if side is None else Decimal(side) for side in sides)
        place = ("", "", "", name)
        yield Outcome(GIVEN_CHECK, kind, () if passed else (Finding(place, expected, actual),))


def _year(subject: Subject) -> bool | None:
    own = subject.own or subject.identity
    if own.year is None:
        return None
    return not any(doubt.startswith(_CONFLICT) for doubt in own.doubts)


def _agency(subject: Subject) -> bool | None:
    own = subject.own or subject.identity
    if own.agency is None or subject.body is None:
        return None
    doubts = [d for d in own.doubts if not d.startswith(_CONFLICT)]
    if any(own.agency in doubt for doubt in doubts):
        return False
    return True if subject.body.region_code or subject.body.level == "national" else None


def _date(subject: Subject) -> bool | None:
    """Published between the last day of the year and the day that the regulation sets."""
    year, published = subject.identity.year, subject.identity.published_on
    if year is None or published is None or subject.body is None:
        return None
    government = subject.body.kind in ("government", "township_government", "street_office")
    until = date(year + 1, *(_GOVERNMENTS_UNTIL if government else _DEPARTMENTS_UNTIL))
    return date(year + 1, 1, 1) - timedelta(days=1) <= published <= until


def _form_of_year(subject: Subject) -> bool | None:
    year = subject.identity.year
    if year is None or not subject.observations:
        return None
    of_year = {form.name for form in all_forms() if form.includes_year(year)}
    return {o.form for o in subject.observations} <= of_year


def _encoding(subject: Subject) -> bool | None:
    """Few characters that no font or encoding has a meaning for."""
    texts = [section.text for section in subject.sections]
    characters = sum(map(len, texts))
    if not characters:
        return None
    return sum(len(_UNREADABLE.findall(t)) for t in texts) <= characters * _MOST_UNREADABLE


def _type(subject: Subject) -> bool | None:
    """A name that says the kind of file that the content is."""
    ending = PurePosixPath(subject.document.source).suffix.lower()
    said = _ENDINGS.get(ending)
    return None if said is None else subject.document.media_type in said


def _length(subject: Subject) -> bool | None:
    """A table of a form; or a heading, and much text or a title that names agency and year."""
    identity = subject.identity
    headed = any(s.section != UNCLASSIFIED for s in subject.sections)
    titled = identity.title and identity.agency and identity.year
    return bool(subject.observations) or (headed and bool(titled or subject.characters >= _SHORT))


def _scope(subject: Subject) -> bool | None:
    """Of the body alone or of its whole territory, not of both."""
    return len(subject.scopes) == 1 if subject.scopes else None


def _annex_of_one_body(subject: Subject) -> bool | None:
    """An annex that is not the sum over a government's departments, as far as the report says."""
    if not subject.has_table("statistics") or len(subject.scopes) != 1:
        return None
    return subject.scopes == {"own"}


GIVEN_KINDS: dict[str, Kind] = {"agency": "X", "year": "X", "published_on": "S"}
"""What may be given, by how a contradiction counts: dates on the page and beside it often differ
lawfully."""

METADATA_CHECKS: tuple[tuple[str, Kind, Callable[[Subject], bool | None]], ...] = (
    ("M-YEAR", "X", _year),
    ("M-AGENCY", "X", _agency),
    ("M-DATE", "I", _date),
    ("M-FORMYEAR", "I", _form_of_year),
    ("M-ENC", "X", _encoding),
    ("M-TYPE", "X", _type),
    ("M-SHORT", "X", _length),
    ("G-SCOPE", "I", _scope),
    ("T-SUMSCOPE", "I", _annex_of_one_body),
)
