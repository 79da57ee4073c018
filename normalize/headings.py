"""One line as the heading of a section, with its number, or with text run on behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from normalize.labels import fold, section_headings, similarity, words_of
from normalize.lexicon import is_group, is_row
from normalize.places.bodies import holds_advertising

UNCLASSIFIED = "unclassified"

_NUMERAL = r"[一二三四五六七八九十]{1,3}"
_NUMBER = re.compile(
    rf"\s*(?:第?(?P<plain>{_NUMERAL})\s*(?:[、.．]|部分\s*[、:：]?|章\s*[、:：]?))\s*"
)
_BRACKETED = re.compile(rf"\s*[（(](?P<bracketed>{_NUMERAL})[)）]\s*[、.]?\s*")
_BARE_NUMBER = re.compile(rf"\s*(?P<bare>{_NUMERAL})\s*(?![一二三四五六七八九十、.．])")
_BULLET = re.compile(r"^[-•·*]\s+(?=\S)")
_MARKS = " \t\r\n\u3000\u00a0#*_>■◆★●"
_CONTENTS = re.compile(r"(?:[.．·…‥・\-—_]{2,}|\s)\s*[(（]?\d{1,3}[)）]?$|[\-–—]{2,}$")
_FIGURES_BEHIND = re.compile(r"\d+$")
_YEARS = re.compile(r"(?:19|20)\d\d年?(?:度)?")
_RUN_ON = re.compile(
    r"(?P<heading>[^。：:\s]{2,45}(?:\s*、\s*[^。：:\s]{2,45})?)(?:[。：:]|\s+)(?P<text>.+)"
)
_ADVERTISED = re.compile(r"(?P<heading>[^A-Za-z0-9。]{6,45}?)(?P<tail>[A-Za-z0-9][^。]{4,80})$")
_LONGEST_HEADING = 45
_LONGEST_POINT = 30
_SAME_HEADING, _MISREAD_HEADING = 0.8, 0.9
"""How like a heading of the forms a line must be; more so where the telling word is not there."""
_TELLING, _MOST_MISREAD = 8, 2
"""Characters of a heading that is known by its words alone, and of a number before it that was
misread."""
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that is or begins with a heading.

    `number` is that printed in front, None without one. `is_sure` is False where other headings
    decide: without number, numbered in brackets, or with `text` run on behind it.
    """

    section: str
    printed: str
    number: int | None
    is_sure: bool
    text: str = ""


def heading_to_section(text: str) -> str | None:
    """The section that a line is the heading of, None when it is no heading."""
    heading = line_to_heading(text)
    return heading.section if heading and not heading.text else None


def starts_section(line: str) -> bool:
    """True for a heading, also for one with its text run on."""
    return line_to_heading(line) is not None


def number_in_brackets(line: str) -> int | None:
    """2 for a line that begins with （二）, None for one that begins otherwise."""
    match = _BRACKETED.match(line)
    return _to_number(match["bracketed"]) if match else None


@lru_cache(maxsize=4096)
def line_to_heading(line: str) -> Heading | None:
    """The heading in a line, None when it is none; entries of a table of contents are none.

    Nor are the group lines of the statistics of 2014, which end in dashes.
    """
    bare = _without_advertising(_BULLET.sub("", line.strip(_MARKS)))
    if not bare or _CONTENTS.search(bare[-_LONGEST_HEADING:]):
        return None
    if len(bare) > _LONGEST_HEADING or bare.endswith(("。", "；", ";", "，", ",")):
        return _run_on(bare)
    whole = _whole(bare)
    if whole and _core(bare) in _all_cores():
        return whole
    return _run_on(bare) or whole


def _without_advertising(line: str) -> str:
    """A heading without the names of sites that a mirror has put behind it."""
    match = _ADVERTISED.match(line)
    return match["heading"] if match and holds_advertising(match["tail"]) else line


def _whole(line: str) -> Heading | None:
    core = _core(line)
    plain, bracketed = _NUMBER.match(line), _BRACKETED.match(line)
    number = _to_number(plain["plain"] if plain else bracketed["bracketed"] if bracketed else "")
    if core in _official_cores():
        known = _known_section(core) or UNCLASSIFIED
        return Heading(known, line, number, is_sure=plain is not None)
    if plain is None and (behind := _behind_a_misread_number(core)):
        return Heading(_known_section(behind) or UNCLASSIFIED, line, None, is_sure=False)
    if plain is None and bracketed is None:
        return _without_mark(line)
    label = _FIGURES_BEHIND.sub("", line)
    if is_row(label) or is_group(label):
        return None
    section = _known_section(core)
    if bracketed:
        if section is None or core not in _all_cores():
            return None
        return Heading(section, line, number, is_sure=False)
    section = section or _section_by_words(core)
    if section:
        return Heading(section, line, number, is_sure=True)
    if plain and "、" in plain.group() and "。" not in line and len(line) <= _LONGEST_POINT:
        return Heading(UNCLASSIFIED, line, number, is_sure=True)
    return None


def _without_mark(line: str) -> Heading | None:
    """一概述 and 二 主动公开情况: a number that lost its mark, before a heading of the forms."""
    match = _BARE_NUMBER.match(line)
    core = _core(line[match.end() :]) if match else ""
    if match is None or core not in _all_cores():
        return None
    section = _known_section(core) or UNCLASSIFIED
    return Heading(section, line, _to_number(match["bare"]), is_sure=False)


def _behind_a_misread_number(core: str) -> str | None:
    """The official heading that a line ends in, as recognition gives 八上其他需要报告的事项."""
    official = (known for known in _official_cores() if len(known) >= _TELLING)
    ends = [known for known in official if core.endswith(known)]
    longest = max(ends, key=len, default="")
    return longest if 0 < len(core) - len(longest) <= _MOST_MISREAD else None


def _run_on(line: str) -> Heading | None:
    """A numbered heading in the forms' words with its text behind it on the same line."""
    plain = _NUMBER.match(line)
    if plain is None:
        return None
    match = _RUN_ON.fullmatch(line[plain.end() :])
    core = _core(match["heading"]) if match else ""
    if match is None or core not in _all_cores():
        return None
    printed = line[: plain.end()] + match["heading"]
    if core not in _official_cores() and (is_row(printed) or is_group(printed)):
        return None
    section = _known_section(core) or UNCLASSIFIED
    return Heading(section, printed, _to_number(plain["plain"]), False, match["text"].strip())


def _core(line: str) -> str:
    """What a heading is compared by: folded, without its number and without years."""
    bare = line[match.end() :] if (match := _NUMBER.match(line)) else line
    return _YEARS.sub("", fold(bare).core)


def _known_section(core: str) -> str | None:
    if core not in _all_cores() and _is_about_fees(core):
        return None
    for section, words in words_of("sections_by_word").items():
        if core in words:
            return section
    best = max(
        (
            (similarity(core, known), name)
            for name, cores in section_headings().items()
            for known in cores
        ),
        default=(0.0, UNCLASSIFIED),
    )
    marks = words_of("section_marks").get(best[1], ())
    is_marked = not marks or any(mark in core for mark in marks)
    return best[1] if best[0] >= (_SAME_HEADING if is_marked else _MISREAD_HEADING) else None


def _section_by_words(core: str) -> str | None:
    """The section of a numbered heading in words of its own; None for a point of a text."""
    endings = words_of("section_endings")
    if len(core) > _LONGEST_POINT or not core.endswith(endings["nouns"]):
        return None
    if any(core.startswith(verb) for verb in endings["verbs"]) or _is_about_fees(core):
        return None
    for section, words in words_of("section_words").items():
        if any(fold(word).core in core for word in words):
            return section
    return None


def _is_about_fees(core: str) -> bool:
    return any(word in core for word in words_of("section_fees")["words"])


def _official_cores() -> frozenset[str]:
    """Headings that stand even without their number, as the forms print them."""
    return frozenset(cores[0] for cores in section_headings().values())


def _all_cores() -> frozenset[str]:
    return frozenset(core for cores in section_headings().values() for core in cores)


def _to_number(text: str) -> int | None:
    """12 for 十二; None for no number."""
    if not text:
        return None
    tens, ten, ones = text.rpartition("十")
    value = _DIGITS.index(ones[-1]) if ones else 0
    return value + (10 * (_DIGITS.index(tens[-1]) if tens else 1) if ten else 0)
