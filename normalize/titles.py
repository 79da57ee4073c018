"""Who published a report, for which year, under which title and when, from the document itself.

Sources are weighed: the title first, then sentences that name the report, the signature, and what
the page says of itself. Whatever is not printed in a title is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extract.document import Document, Table
from normalize.labels import agency_words, simplify
from normalize.sections import heading_to_section

AGENCY_FROM_TEXT = "the agency is named in the text, not in a title"
YEAR_FROM_TEXT = "the year is named in the text, not in a title"
NO_AGENCY = "the document names no agency"
NO_YEAR = "the document names no year"
YEAR_CONFLICT = "the title's year {title} is not the year of its figures {period}"

_KIND = (
    r"(?:政府|政务)?(?:信息|政务)公开(?:工作)?(?:情况)?(?:的)?"
    r"(?:年度)?(?:工作)?(?:情况)?(?:报告|年报|年度报告)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d|二[〇○零0]{1,2}[一二三四五六七八九〇○零]{1,2})年?(?:度)?(?:的)?"
_AGENCY_FIRST = re.compile(rf"(?P<agency>.*?)[(（《]?{_YEAR}{_KIND}")
_YEAR_FIRST = re.compile(rf"{_YEAR}(?P<agency>[^\d，。,；;:：]{{2,40}}?)(?:的)?{_KIND}")
_PERIOD = re.compile(r"(?:期限|时限|周期|时间|期间|数据)[^。]{0,24}?((?:19|20)\d\d)年1月1日")
_PERIOD_LOOSE = re.compile(r"自?((?:19|20)\d\d)年1月1日(?:起)?(?:至|到|—|-)+")
_BY = re.compile(r"由(?P<agency>[^，。,\d]{3,30}?)(?:负责)?(?:编制|发布|公布|撰写)")
_SUBJECT = re.compile(
    r"(?:(?:19|20)\d\d年(?:度|以来|来)?[,，]?)(?P<agency>[^，。,、：:\d]{3,30}?)"
    r"(?=认真|高度|坚持|在|以|按照|始终|严格|深入|持续|紧|积极|全面|切实|深化|根据|通过|贯彻|扎实|依法)"
)
_DATE = re.compile(r"((?:19|20)\d\d)\s*[-年/.．－]\s*(\d{1,2})\s*[-月/.．－]\s*(\d{1,2})")
_DATED = re.compile(
    r"(?:发布|公开|公布|发文|成文|生成|更新)?(?:日期|时间)\s*[:：]?\s*" + _DATE.pattern
)
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_NOT_NAME = re.compile(r"[>＞»|｜:：\s《》,，。;；!！?？/\\\"“”\[\]【】]")
_SENTENCE_END = re.compile(r"[。；;]")
_TITLE_WORDS = re.compile(r"信息公开|政务公开|年度报告|^\d{4}年|^报告$")
_SELF = re.compile(r"^(?:我|本|该|各|全)(?=.)")

_HEAD_LINES = 60
_LONGEST_TITLE = 80
_LONGEST_AGENCY = 40


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says it is; `doubts` name what is missing or weakly founded."""

    agency: str | None
    year: int | None
    title: str | None
    published_on: date | None
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Title:
    text: str
    agency: str | None
    year: int | None


def identify(document: Document) -> Identity:
    """Agency, year, title and date of publication, each from the best source that has it."""
    head = list(_head_lines(document))
    body = [simplify(line) for line in _all_lines(document)]
    title = _find_title(head, document.metadata)
    doubts: list[str] = []
    agency = title.agency if title else None
    if agency is None:
        agency = _agency_from_text(body)
        doubts.append(AGENCY_FROM_TEXT if agency else NO_AGENCY)
    year = title.year if title else None
    period = _period_year(body)
    if year is None:
        year = period or _year_from_text(body)
        doubts.append(YEAR_FROM_TEXT if year else NO_YEAR)
    elif period is not None and period != year:
        doubts.append(YEAR_CONFLICT.format(title=year, period=period))
    published = _published_on(document, head, body)
    return Identity(agency, year, title.text if title else None, published, tuple(doubts))


def _all_lines(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (cell.text for cell in block.cells if cell.text.strip())
        else:
            yield from (line for line in block.text.split("\n") if line.strip())


def _head_lines(document: Document) -> Iterator[str]:
    """The lines in front of the first section."""
    for at, line in enumerate(_all_lines(document)):
        if at >= _HEAD_LINES or heading_to_section(line) is not None:
            return
        yield line


def _find_title(head: Sequence[str], metadata: Sequence[tuple[str, str]]) -> _Title | None:
    """The title that says most: agency and year before one of them, a line of its own first."""
    found = [title for title in _titles(head, metadata) if title is not None]
    full = [title for title in found if title.agency and title.year]
    return next(iter(full), None) or next(iter(found), None)


def _titles(head: Sequence[str], metadata: Sequence[tuple[str, str]]) -> Iterator[_Title | None]:
    """Candidates in order of trust: lines, lines broken in two or three, metadata, sentences."""
    tight = [re.sub(r"\s", "", line).lstrip("#*") for line in head]
    lines = [
        line for line in tight if len(line) <= _LONGEST_TITLE and _SENTENCE_END.search(line) is None
    ]
    yield from (_read_title(line) for line in lines)
    for size in (2, 3):
        for at in range(len(tight) - size + 1):
            parts = tight[at : at + size]
            if all(_may_be_part(part) for part in parts):
                yield _read_title("".join(parts))
    yield from (
        _read_title(re.sub(r"\s", "", value)) for name, value in metadata if name == "title"
    )
    for line in tight:
        yield from (_read_title(match[1]) for match in re.finditer(r"《([^》]{8,60})》", line))
    for line in tight:
        yield from (_read_title(part) for part in re.split(r"[，。,；;：:]", line))


def _may_be_part(line: str) -> bool:
    """True for a line that may be one of several that make up a title."""
    bare = _NOT_NAME.search(line) is None and len(line) <= _LONGEST_AGENCY
    return bare and (_ends_like_agency(line) or _TITLE_WORDS.search(simplify(line)) is not None)


def _read_title(text: str) -> _Title | None:
    """A title as agency and year; None when the text names no report."""
    plain = simplify(text)
    same_length = len(plain) == len(text)
    dated: _Title | None = None
    for pattern in (_AGENCY_FIRST, _YEAR_FIRST):
        if match := pattern.search(plain):
            start, stop = match.span("agency")
            agency = _clean_agency((text if same_length else plain)[start:stop])
            dated = _Title(text, agency, _read_year(match["year"]))
            if agency:
                break
    return dated


def _read_year(text: str) -> int | None:
    digits = text.translate(_CHINESE_DIGITS)
    return int(digits) if re.fullmatch(r"(?:19|20)\d\d", digits) else None


def _clean_agency(text: str) -> str | None:
    """The name alone: without navigation before it and words that lead into it."""
    name = _NOT_NAME.split(re.sub(r"\s", "", text).rstrip("(（《"))[-1]
    changed = True
    while changed:
        changed = False
        for lead in agency_words()["lead_ins"]:
            if name.startswith(lead):
                name, changed = name.removeprefix(lead), True
    name = name.rstrip("的")
    if simplify(name) in agency_words()["generic"]:
        return None
    if (
        _SELF.match(name)
        or not 2 <= len(name) <= _LONGEST_AGENCY
        or re.search(r"\d|信息公开|年度", name)
    ):
        return None
    return name


def _ends_like_agency(name: str) -> bool:
    return simplify(name).endswith(agency_words()["endings"])


def _agency_from_text(lines: Sequence[str]) -> str | None:
    tight = [re.sub(r"\s", "", line) for line in lines]
    for pattern in (_BY, _SUBJECT):
        for line in tight:
            for match in pattern.finditer(line):
                name = _clean_agency(match["agency"])
                if name and _ends_like_agency(name):
                    return name
    for name, following in zip(reversed(tight[:-1]), reversed(tight[1:]), strict=False):
        if _DATE.match(following) and _ends_like_agency(name) and (cleaned := _clean_agency(name)):
            return cleaned
    return None


def _period_year(lines: Sequence[str]) -> int | None:
    for pattern in (_PERIOD, _PERIOD_LOOSE):
        for line in lines:
            if match := pattern.search(re.sub(r"\s", "", line)):
                return int(match[1])
    return None


def _year_from_text(lines: Sequence[str]) -> int | None:
    """The year that the first sentences speak of most."""
    years = [
        int(year) for line in lines[:200] for year in re.findall(r"((?:19|20)\d\d)\s*年", line)
    ]
    return max(years, key=lambda year: (years.count(year), -year)) if years else None


def _published_on(document: Document, head: Sequence[str], body: Sequence[str]) -> date | None:
    for name, value in document.metadata:
        if name == "published_on" and (found := _read_date(value)):
            return found
    for line in head:
        if (match := _DATED.search(simplify(line))) and (found := _read_date(match.group())):
            return found
    for line in reversed(body[-6:]):
        if _DATE.fullmatch(re.sub(r"\s", "", line).rstrip("日")) and (found := _read_date(line)):
            return found
    return None


def _read_date(text: str) -> date | None:
    match = _DATE.search(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
