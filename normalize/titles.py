"""Who published a report, for which year, under which title and when, from the document itself.

Sources are weighed: the title first, then a name beside it, then sentences that name the report,
and the signature. Whatever is not printed in a title is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extract.document import Document, Table
from normalize.candidates import Title, find_title
from normalize.dates import is_date, published_on
from normalize.headings import starts_section
from normalize.labels import simplify
from normalize.names import (
    ends_like_agency,
    ends_like_title_agency,
    line_to_name,
    text_to_name,
)
from normalize.years import most_spoken_year, period_year

AGENCY_FROM_TEXT = "the agency is named in the text, not in a title"
YEAR_FROM_TEXT = "the year is named in the text, not in a title"
NO_AGENCY = "the document names no agency"
NO_YEAR = "the document names no year"
YEAR_CONFLICT = "the title's year {title} is not the year of its figures {period}"
TWO_AGENCIES = "one name stands above the title, another below it: {above}, {below}"
UNLIKE_AGENCY = "the title's agency {agency} does not end like the name of a public body"
NOTICE = "the title is that of a notice, a form or a guide, not of a report"

_BY = re.compile(r"由(?P<agency>[^，。,\d]{3,30}?)(?:负责)?(?:编制|发布|公布|撰写)")
_SUBJECT = re.compile(
    r"(?:(?:19|20)\d\d年(?:度|以来|来)?[,，]?)(?P<agency>[^，。,、：:]{3,30}?)"
    r"(?=认真|高度|坚持|在|以|按照|始终|严格|深入|持续|紧|积极|全面|切实|深化|根据|通过|贯彻|扎实|依法)"
)
_SIGNED = re.compile(
    r"(?P<agency>[^\d，。,；;：:]{3,30}?)[(（]?(?:19|20)\d\d年\d{1,2}月\d{1,2}日[)）]?"
)

_HEAD_LINES = 60
_FOOT_LINES = 12


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says it is; `doubts` name what is missing or weakly founded.

    `is_notice` is True where the only title is that of a notice, a template or a guide about
    reports: `title` is then None and NOTICE is among the doubts.
    """

    agency: str | None
    year: int | None
    title: str | None
    published_on: date | None
    doubts: tuple[str, ...]
    is_notice: bool = False


def identify(document: Document) -> Identity:
    """Agency, year, title and date of publication, each from the best source that has it."""
    lines = list(_all_lines(document))
    head = _head_of(lines)
    body = [simplify(line) for line in lines]
    found = find_title(head, [value for name, value in document.metadata if name == "title"])
    is_notice = found is not None and found.is_notice
    title = None if is_notice else found
    agency, agency_doubts = _find_agency(title, head, body)
    year, year_doubts = _find_year(title, body)
    said = [value for name, value in document.metadata if name == "published_on"]
    return Identity(
        agency=agency,
        year=year,
        title=title.text if title else None,
        published_on=published_on(said, head, body, year),
        doubts=(*([NOTICE] if is_notice else []), *agency_doubts, *year_doubts),
        is_notice=is_notice,
    )


def _all_lines(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (cell.text for cell in block.cells if cell.text.strip())
        else:
            yield from (line for line in block.text.split("\n") if line.strip())


def _head_of(lines: Sequence[str]) -> list[str]:
    """The lines in front of the first section."""
    head = lines[:_HEAD_LINES]
    stop = next((at for at, line in enumerate(head) if starts_section(line)), len(head))
    return list(head[:stop])


def _find_agency(
    title: Title | None, head: Sequence[str], body: Sequence[str]
) -> tuple[str | None, list[str]]:
    """The agency, and what casts doubt on it."""
    below = _name_below(title, head) if title else None
    if title and title.agency:
        doubts = []
        if not ends_like_title_agency(title.agency):
            doubts.append(UNLIKE_AGENCY.format(agency=title.agency))
        if title.name_above and below and below != title.agency:
            doubts.append(TWO_AGENCIES.format(above=title.agency, below=below))
        return title.agency, doubts
    if title and title.is_blank_form:
        return None, [NO_AGENCY]
    if below:
        return below, []
    agency = _agency_from_text(body)
    return agency, [AGENCY_FROM_TEXT if agency else NO_AGENCY]


def _name_below(title: Title, head: Sequence[str]) -> str | None:
    """The name under a title, with nothing but a date or the title again between them."""
    if title.at is None:
        return None
    for line in head[title.at + 1 : title.at + 3]:
        if name := line_to_name(line):
            return name
        if not is_date(line) and re.sub(r"[\s#*]", "", line) != title.text:
            return None
    return None


def _find_year(title: Title | None, body: Sequence[str]) -> tuple[int | None, list[str]]:
    """The year, and what casts doubt on it."""
    period = period_year(body)
    if title and title.year:
        if period is not None and period != title.year:
            return title.year, [YEAR_CONFLICT.format(title=title.year, period=period)]
        return title.year, []
    year = period or most_spoken_year(body)
    return year, [YEAR_FROM_TEXT if year else NO_YEAR]


def _agency_from_text(lines: Sequence[str]) -> str | None:
    tight = ["".join(line.split()) for line in lines]
    for pattern in (_BY, _SUBJECT):
        for line in tight:
            for match in pattern.finditer(line):
                name = text_to_name(match["agency"])
                if name and ends_like_agency(name):
                    return name
    foot = tight[-_FOOT_LINES:]
    for name, following in reversed([*zip(["", *foot], foot, strict=False)]):
        signed = _SIGNED.fullmatch(following)
        signature = signed["agency"] if signed else name if is_date(following) else ""
        if signature and (found := line_to_name(signature)):
            return found
    return None
