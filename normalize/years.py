"""The year that a report is for, as its text tells it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

YEAR = (
    r"(?<!\d)(?:(?:19|20)\d\d年?[-—–~～至到]+(?=(?:19|20)\d\d学年))?"
    r"(?P<year>(?:19|20)\d\d|二[〇○零0O]{1,2}[一二三四五六七八九〇○零]{1,2})"
    r"(?:学年|年)?(?:度)?(?:的)?"
)
"""A year as titles print it, the second of a school year; `read_year` reads the group `year`."""

_PERIOD = re.compile(r"(?:期限|时限|周期|时间|期间|数据)[^。]{0,24}?((?:19|20)\d\d)年1月1日")
_PERIOD_LOOSE = re.compile(r"自?((?:19|20)\d\d)年1月1日(?:起)?(?:至|到|—|-)+")
_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
_SPOKEN = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_OPENING = re.compile(r"(?:^|[。；;])((?:19|20)\d\d)年(?:度|以来|来)?[,，]")
_LAWS = re.compile(
    r"《[^《》]{0,80}》|[〔\[(（](?:19|20)\d\d[〕\])）]\d+号|(?:19|20)\d\d年?\d*月?(?:\d+日)?(?:新)?(?:修订|修正|修改|颁布|公布|施行|制定|印发)"
)
_LINES = 200


def read_year(text: str) -> int | None:
    """2021 for 2021 and for 二〇二一."""
    digits = text.translate(_DIGITS)
    return int(digits) if re.fullmatch(r"(?:19|20)\d\d", digits) else None


def period_year(lines: Sequence[str]) -> int | None:
    """The year whose figures the report says it holds."""
    tight = ["".join(line.split()) for line in lines]
    dated = [line for line in tight if "年1月1日" in line]
    for pattern in (_PERIOD, _PERIOD_LOOSE):
        for line in dated:
            if match := pattern.search(line):
                return int(match[1])
    return None


def most_spoken_year(lines: Sequence[str]) -> int | None:
    """The year that sentences speak of most, the earlier of two; None where none is named."""
    counts = count_years(lines)
    return min(counts, key=lambda year: (-counts[year], year)) if counts else None


def count_years(lines: Sequence[str]) -> Counter[int]:
    """How often sentences speak of each year.

    A year that opens a sentence counts twice; those of laws and of documents' numbers do not.
    """
    counts: Counter[int] = Counter()
    for line in lines[:_LINES]:
        plain = _LAWS.sub("", "".join(line.split()))
        counts.update(int(year) for year in _SPOKEN.findall(plain))
        counts.update(int(year) for year in _OPENING.findall(plain))
    return counts
