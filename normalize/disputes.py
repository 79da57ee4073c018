"""What else a document says of its agency and year, held against what its title says.

Signatures, sentences about the writer, the page's own particulars, the file's name and the years
that the text speaks of may each belie a title: last year's report under this year's head, a
report under another body's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import PurePosixPath

from normalize.labels import simplify
from normalize.names import ends_like_agency, line_to_name, text_to_name
from normalize.years import count_years

YEAR_OF_TEXT = "the title's year {title} is not the year that the text speaks of, {text}"
YEAR_OF_SENTENCE = "the title's year {title} is not that of the report the text publishes, {text}"
YEAR_OF_FILE = "the title's year {title} is not the year in the file's name, {file}"
YEAR_NOT_OVER = "the title's year {title} was not over when it was published, on {day}"
SIGNED_BY = "the title names {title}, the signature {other}"
WRITTEN_BY = "the title names {title}, the text {other}"
BRANCH_OF = "the title names {title}, the text its branch {other}"

_BY = re.compile(r"由(?P<agency>[^，。,\d]{3,30}?)(?:负责)?(?:编制|撰写)")
_SIGNED = re.compile(
    r"(?P<agency>[^\d，。,；;：:]{3,30}?)[(（]?(?:19|20)\d\d年\d{1,2}月\d{1,2}日[)）]?"
)
_DATED = re.compile(r"[(（]?(?:(?:19|20)\d\d年|二[〇○零]).{0,12}日[)）]?")
_PUBLISHED = re.compile(
    r"(?:特|现)(?:予以|予)?(?:向社会)?(?:公布|公开|发布)[^。，,；;《]{0,30}?(?P<year>20\d\d)年"
    r"[^。，,；;]{0,24}?(?:年度报告|年报)"
)
_FILE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年|^((?:19|20)\d\d)$")
_FOOT_LINES = 12
_OPENING_LINES = 12
_FEWEST_SPOKEN = 3
_WRITER = ("人民政府办公室", "人民政府", "政府办公室", "党政办公室", "办公室", "政府")
"""Endings that a government and its office do not share."""


def year_disputes(
    year: int, source: str, published: date | None, body: Sequence[str]
) -> Iterator[str]:
    """Why a title's year may be wrong."""
    spoken = count_years([line for line in body if not _names_report(line)])
    if spoken and not spoken[year]:
        most = min(spoken, key=lambda other: (-spoken[other], other))
        if spoken[most] >= _FEWEST_SPOKEN and abs(most - year) == 1:
            yield YEAR_OF_TEXT.format(title=year, text=most)
    for line in body[:_OPENING_LINES]:
        said = _PUBLISHED.search("".join(line.split()))
        if said and int(said["year"]) != year:
            yield YEAR_OF_SENTENCE.format(title=year, text=said["year"])
            break
    stem = PurePosixPath(source.replace("\\", "/")).stem
    named = [match[1] or match[2] for match in _FILE_YEAR.finditer(stem)]
    if named and str(year) not in named:
        yield YEAR_OF_FILE.format(title=year, file=named[0])
    if published is not None and published <= date(year, 11, 30):
        yield YEAR_NOT_OVER.format(title=year, day=published.isoformat())


def agency_disputes(agency: str, body: Sequence[str]) -> Iterator[str]:
    """Why a title's agency may be wrong."""
    tight = ["".join(line.split()) for line in body]
    signature = signature_of(tight)
    if signature and are_different_bodies(agency, signature):
        yield SIGNED_BY.format(title=agency, other=signature)
    opening = "".join(simplify(line) for line in tight[:_OPENING_LINES])
    branch = re.search(rf"{re.escape(simplify(agency))}[^，。、,局]{{2,6}}分局", opening)
    if branch and not agency.endswith("分局"):
        yield BRANCH_OF.format(title=agency, other=branch.group())
    for line in tight:
        for match in _BY.finditer(line):
            name = text_to_name(match["agency"])
            if name and ends_like_agency(name) and are_different_bodies(agency, name):
                yield WRITTEN_BY.format(title=agency, other=name)
                return


def signature_of(lines: Sequence[str]) -> str | None:
    """The name at the foot of a report, with its date behind or under it; lines without spaces."""
    foot = lines[-_FOOT_LINES:]
    for above, line in reversed([*zip(["", *foot], foot, strict=False)]):
        signed = _SIGNED.fullmatch(line)
        said = signed["agency"] if signed else above if _DATED.fullmatch(line) else ""
        if said and (name := line_to_name(said)):
            return name
    return None


def are_different_bodies(one: str, other: str) -> bool:
    """True for names that no shortening and no place in front of them makes the same.

    A government and its office count as one; 市监局 is 市场监督管理局 with characters left out.
    """
    first, second = _core(one), _core(other)
    if not first or not second or first in second or second in first:
        return False
    first, second = _without_common_ends(first, second)
    return not _is_part(first, second) and not _is_part(second, first)


def _core(name: str) -> str:
    core = re.sub(r"[(（].*?[)）]|\s", "", simplify(name))
    ending = next((ending for ending in _WRITER if core.endswith(ending)), "")
    return core.removesuffix(ending)


def _without_common_ends(first: str, second: str) -> tuple[str, str]:
    """Both names without their common ending, and without places that only one has in front."""
    while first and second and first[-1] == second[-1]:
        first, second = first[:-1], second[:-1]
    at = max((n for n in range(1, len(first)) if first[:n] in second), default=0)
    if at:
        return first[at:], second[second.index(first[:at]) + at :]
    at = max((n for n in range(1, len(second)) if second[:n] in first), default=0)
    return (first[first.index(second[:at]) + at :], second[at:]) if at else (first, second)


def _is_part(short: str, long: str) -> bool:
    """True when the characters of one are among those of the other, in their order."""
    rest = iter(long)
    return all(char in rest for char in short)


def _names_report(line: str) -> bool:
    if "公开" not in line or "。" in line:
        return False
    return re.search(r"公开.{0,12}(?:报告|年报|总结)", line) is not None
