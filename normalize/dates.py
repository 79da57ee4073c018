"""When a document was published: what it says, weighed by the word in front of the date.

Published before written, written before changed; the page's own clock never. A date without a
word counts only beside the title or at the foot, and only in the report's year or the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from normalize.labels import simplify, words_of
from normalize.names import ends_like_agency, line_to_name

_NUMBERS = r"((?:19|20)\d\d)\s*[-年/.–—]\s*(\d{1,2})\s*[-月/.–—]\s*(\d{1,2})(?!\d)\s*日?"
_TIME = r"(?:[\sT]*\d{1,2}:\d\d(?::\d\d)?)?"
_DATE = re.compile(_NUMBERS)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_CHINESE = re.compile(
    r"(二[〇○零0O]{1,2}[一二三四五六七八九〇○零]{1,2})年([元一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
_LABEL = r"(?P<label>[\u4e00-\u9fff]{0,8})(?:日期|时间)\s*[】\])]?\s*[:：]?"
_LABELLED = re.compile(rf"{_LABEL}\s*(?P<date>{_NUMBERS}|{_COMPACT.pattern})")
_ONLY_LABEL = re.compile(rf"\W*{_LABEL}\W*")
_SPOKEN = re.compile(
    rf"(?P<date>{_NUMBERS})\s*(?:公开)?发布|(?:发布|公布)(?:于|[:：])\s*(?P<after>{_NUMBERS})"
)
_STAMP = re.compile(
    rf"(?:^|\s)(?P<date>{_NUMBERS})(?:\s+\d{{1,2}}:\d\d|(?=\s)(?=.*(?:来源|浏览|阅读|点击|字体|字号|打印)))"
)
_ALONE = re.compile(rf"[(\[【]?\s*{_NUMBERS}{_TIME}\s*[)\]】]?")
_SIGNED = re.compile(rf"(?P<name>\D{{3,40}}?)[\s(]*(?P<date>{_NUMBERS})\s*\)?")
_TITLE = re.compile(r"公开.{0,12}(?:报告|年报|总结)|^年度报告")
_CRUMBS = re.compile(r"[>＞»]")

_PLAIN, _BESIDE, _FOOT = "plain", "beside", "foot"
_TRUST = ("published", "spoken", _PLAIN, _BESIDE, "issued", "written", _FOOT, "changed")
_LINES_BESIDE = 6
_LONGEST_SPOKEN = 60
_LONGEST_STAMPED = 80
_FOOT_LINES = 12


def published_on(
    said: Iterable[str], head: Sequence[str], body: Sequence[str], year: int | None
) -> date | None:
    """The day of publication.

    `said` are dates from outside the text, `head` the lines above the first section, `body` all
    lines, `year` the report's.
    """
    for value in said:
        if found := read_date(value):
            return found
    dates: dict[str, date] = {}
    for trust, day in (*_head_dates(head, year), *_foot_dates(body, year)):
        dates.setdefault(trust, day)
    return next((dates[trust] for trust in _TRUST if trust in dates), None)


def read_date(text: str) -> date | None:
    """The first date in a text; None for none and for one that no calendar has."""
    plain = _plain(text)
    match = _DATE.search(plain) or _COMPACT.search(plain)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_date(line: str) -> bool:
    """True for a line that is a date and nothing else."""
    return _ALONE.fullmatch(_plain(line)) is not None


def _plain(text: str) -> str:
    """Simplified, half width, single spaces, dates in characters turned into figures."""
    return _CHINESE.sub(_to_figures, " ".join(simplify(text).split()))


def _to_figures(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"{year.translate(_DIGITS)}-{_to_number(month)}-{_to_number(day)}"


def _to_number(text: str) -> int:
    """11 for 十一, 30 for 三十, 1 for 元."""
    if text == "元":
        return 1
    tens, ten, ones = text.rpartition("十")
    value = int(ones.translate(_DIGITS)) if ones else 0
    return value + (10 * int(tens.translate(_DIGITS) or 1) if ten else 0)


def _head_dates(head: Sequence[str], year: int | None) -> Iterator[tuple[str, date]]:
    lines = [_plain(line) for line in head]
    beside = 0
    for at, line in enumerate(lines):
        if _ONLY_LABEL.fullmatch(line) and is_date(" ".join(lines[at + 1 : at + 2])):
            line = f"{line} {lines[at + 1]}"
        yield from _labelled_dates(line)
        if _TITLE.search(re.sub(r"\s", "", line)) and not _CRUMBS.search(line):
            beside = _LINES_BESIDE
        elif beside:
            beside -= 1
            stamp = _STAMP.search(line) if len(line) <= _LONGEST_STAMPED else None
            if is_date(line) or stamp:
                day = read_date(stamp["date"] if stamp else line)
                if day and _is_near(day, year):
                    yield _BESIDE, day


def _labelled_dates(line: str) -> Iterator[tuple[str, date]]:
    spaceless = re.sub(r"(?<=[\u4e00-\u9fff])[ \u3000]{1,2}(?=[\u4e00-\u9fff])", "", line)
    for match in _LABELLED.finditer(spaceless):
        trust, day = _label_to_trust(match["label"]), read_date(match["date"])
        if trust and day:
            yield trust, day
    for match in _SPOKEN.finditer(line):
        if len(line) <= _LONGEST_SPOKEN and (day := read_date(match["date"] or match["after"])):
            yield "spoken", day


def _label_to_trust(label: str) -> str | None:
    """The list of words that the label's end is in; None for clocks and what is unknown."""
    words = words_of("dates")
    if label.endswith(words["clock"]):
        return None
    for trust in ("published", "issued", "written", "changed"):
        if label.endswith(words[trust]):
            return trust
    # 来源：市政府办公室 时间：… has the publisher's name right before a word of its own.
    return _PLAIN if not label or ends_like_agency(label) else None


def _foot_dates(body: Sequence[str], year: int | None) -> Iterator[tuple[str, date]]:
    """Signatures first: a name with a date behind or under it; then a date alone, from below."""
    lines = [_plain(line) for line in body[-_FOOT_LINES:]]
    for before, line in zip(["", *lines], lines, strict=False):
        signed = _SIGNED.fullmatch(line)
        name = signed["name"] if signed else before if is_date(line) else ""
        if name and line_to_name(name) and (day := read_date(line)):
            yield _FOOT, day
    for line in reversed(lines):
        if is_date(line) and (day := read_date(line)) and _is_near(day, year):
            yield _FOOT, day


def _is_near(day: date, year: int | None) -> bool:
    return year is None or year <= day.year <= year + 1
