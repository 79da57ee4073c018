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
from normalize.disputes import agency_disputes, year_disputes
from normalize.headings import starts_section
from normalize.labels import simplify
from normalize.names import ends_like_title_agency, line_to_name
from normalize.other_documents import (
    count_reports,
    count_sentences,
    describes_itself,
    other_kind,
)
from normalize.places.bodies import holds_advertising, without_advertising
from normalize.writers import (
    agency_from_text,
    name_of_publisher,
    publishers_in,
    with_place_of,
)
from normalize.years import count_years, most_spoken_year, period_year

AGENCY_FROM_PAGE = "the agency is named as the page's publisher, not in a title"
ADVERTISED = "the title's agency {agency} holds words of advertising"
AGENCY_FROM_TEXT = "the agency is named in the text, not in a title"
YEAR_FROM_TEXT = "the year is named in the text, not in a title"
NO_AGENCY = "the document names no agency"
NO_YEAR = "the document names no year"
YEAR_CONFLICT = "the title's year {title} is not the year of its figures {period}"
TWO_AGENCIES = "one name stands above the title, another below it: {above}, {below}"
UNLIKE_AGENCY = "the title's agency {agency} does not end like the name of a public body"
SCHOOL_YEAR = "the report is for a school year, here named by its second half"
NOTICE = "the title is that of a notice, a form or a guide, not of a report"

_HEAD_LINES = 60


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says it is; `doubts` name what is missing or weakly founded.

    `is_notice` is True where the only title is that of a notice, a template or a guide about
    reports: `title` is then None and NOTICE is among the doubts. `is_blank_form` is True where the
    title has a blank for the name, `other_kind` is the headline of a document of another kind,
    `reports_named` how many reports lines of their own name, `sentences` how many speak of
    disclosure. `describes_itself` is True where the opening says that it is a report.
    """

    agency: str | None
    year: int | None
    title: str | None
    published_on: date | None
    doubts: tuple[str, ...]
    is_notice: bool = False
    is_blank_form: bool = False
    other_kind: str | None = None
    reports_named: int = 0
    sentences: int = 0
    describes_itself: bool = False


def identify(document: Document) -> Identity:
    """Agency, year, title and date of publication, each from the best source that has it."""
    lines = list(_all_lines(document))
    head = _head_of(lines)
    body = [simplify(line) for line in lines]
    found = find_title(head, [value for name, value in document.metadata if name == "title"])
    is_notice = found is not None and found.is_notice
    title = None if is_notice else found
    publishers = [value for name, value in document.metadata if name == "publisher"]
    publishers += publishers_in(document)
    agency, agency_doubts = _find_agency(title, head, body, publishers)
    year, year_doubts = _find_year(title, body)
    said = [value for name, value in document.metadata if name == "published_on"]
    published = published_on(said, head, body, year)
    if title and title.year and not year_doubts:
        year_doubts += year_disputes(title.year, document.source, published, body)
    return Identity(
        agency=agency,
        year=year,
        title=title.text if title else None,
        published_on=published,
        doubts=(*([NOTICE] if is_notice else []), *agency_doubts, *year_doubts),
        is_notice=is_notice,
        is_blank_form=title is not None and title.is_blank_form,
        other_kind=None if title else other_kind(head),
        reports_named=count_reports(lines),
        sentences=count_sentences(body),
        describes_itself=describes_itself(lines),
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
    title: Title | None, head: Sequence[str], body: Sequence[str], publishers: Sequence[str]
) -> tuple[str | None, list[str]]:
    """The agency, and what casts doubt on it; no name that advertising was put into."""
    below = _name_below(title, head) if title else None
    if title and title.agency and holds_advertising(title.agency):
        named = below or agency_from_text(body) or name_of_publisher(publishers)
        sound = named if named and not holds_advertising(named) else None
        doubts = [ADVERTISED.format(agency=title.agency)]
        return sound or without_advertising(title.agency) or title.agency, doubts
    if title and title.agency:
        doubts = [*agency_disputes(title.agency, body)]
        if not ends_like_title_agency(title.agency):
            doubts.append(UNLIKE_AGENCY.format(agency=title.agency))
        if title.name_above and below and below != title.agency:
            doubts.append(TWO_AGENCIES.format(above=title.agency, below=below))
        return title.agency, doubts
    if title and title.is_blank_form:
        return None, [NO_AGENCY]
    if below:
        return below, []
    agency = agency_from_text(body)
    publisher = name_of_publisher(publishers)
    if agency and not holds_advertising(agency):
        return with_place_of(publisher, agency), [AGENCY_FROM_TEXT]
    return publisher, [AGENCY_FROM_PAGE if publisher else NO_AGENCY]


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
    """The year, and what casts doubt on it.

    A title that stands in a sentence may be last year's, copied with it: the year of the figures
    is believed when the text speaks of it more.
    """
    period = period_year(body)
    if title and title.year and "学年" in simplify(title.text):
        return title.year, [SCHOOL_YEAR]
    if title and title.year:
        if period is not None and period != title.year:
            doubts = [YEAR_CONFLICT.format(title=title.year, period=period)]
            spoken = count_years(body)
            slip = title.in_sentence and spoken[period] > spoken[title.year]
            return (period if slip else title.year), doubts
        return title.year, []
    year = period or most_spoken_year(body)
    return year, [YEAR_FROM_TEXT if year else NO_YEAR]
