"""Signs that a page is something else than one report: a list, a news item, another document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize.candidates import text_to_title
from normalize.disputes import are_different_bodies
from normalize.labels import simplify, words_of

_LONGEST_HEADLINE = 60
_HEADLINES = 8
_SENTENCE_END = re.compile(r"[。；;]")
_SHORTEST_SENTENCE = 15
_OPENING_LINES = 20
_OF_ITSELF = (
    re.compile(
        r"(?:本|此)(?:年度?)?(?:报告|年报)[^。]{0,80}信息公开(?:条例|规定|办法|实施办法)"
        r"[^。]{0,160}(?:编制|制作|编写|要求|组成)"
    ),
    re.compile(
        r"信息公开(?:条例|规定|办法)[^。]{0,240}(?:编制|制作|编写)(?:了|完成)?(?:并|和)?(?:发布|公布)?"
        r"本(?:年度)?(?:报告|年报)"
    ),
    re.compile(
        r"(?:报告|年报)[^。]{0,12}(?:数据|信息|统计)[^。]{0,8}(?:期限|时限|时间|周期)"
        r"[^。]{0,6}(?:19|20)\d\d年"
    ),
    re.compile(
        r"(?:全文|报告内容)(?:包括|由|包含|涵盖)[:：]?[^。]{0,24}(?:概述|总体情况|主动公开)"
    ),
)
_MAY_BE_REPORT = re.compile(r"公开.{0,14}(?:报告|年报|总结)")


def other_kind(head: Sequence[str]) -> str | None:
    """The headline of a document that is no report on disclosure, None where no line is one."""
    words = words_of("other_documents")
    for line in head[:_HEADLINES]:
        plain = re.sub(r"\s", "", simplify(line)).strip("#*《》")
        if not 4 <= len(plain) <= _LONGEST_HEADLINE:
            continue
        compared = any(word in plain for word in words_of("agencies")["comparisons"])
        about_reports = any(word in plain for word in words["about_reports"])
        if plain.endswith(words["endings"]) or (compared and about_reports):
            return plain
    return None


def describes_itself(lines: Sequence[str]) -> bool:
    """True for an opening that says what it is: a report made as the law on disclosure demands.

    本报告根据《中华人民共和国政府信息公开条例》编制; or what its figures are of: 本年报所列数据的
    统计期限; or of what parts it is: 全文包括概述.
    """
    tight = [re.sub(r"\s", "", simplify(line)) for line in lines[:_OPENING_LINES]]
    return any(pattern.search(line) for line in tight for pattern in _OF_ITSELF)


def is_part_of_year(title: str) -> bool:
    """True for a title that names less than a year: 2022年上半年政府信息公开工作总结."""
    return any(word in simplify(title) for word in words_of("other_documents")["parts_of_year"])


def is_explaining(heading: str) -> bool:
    """True for a heading such as 一、编制背景."""
    plain = re.sub(r"\s", "", simplify(heading))
    return plain.endswith(words_of("other_documents")["explaining"])


def is_news(text: str) -> bool:
    """True for words with which journalists tell of a report."""
    plain = simplify(text)
    return any(word in plain for word in words_of("other_documents")["news"])


def count_reports(lines: Sequence[str]) -> int:
    """How many reports, by agency and year, lines of their own name."""
    named: set[tuple[str, int]] = set()
    for line in (line for line in lines if "公" in line):
        tight = re.sub(r"\s", "", line)
        if len(tight) > _LONGEST_HEADLINE or not _MAY_BE_REPORT.search(simplify(tight)):
            continue
        title = text_to_title(tight)
        if title is None or title.is_notice or not (title.agency and title.year):
            continue
        if all(y != title.year or are_different_bodies(name, title.agency) for name, y in named):
            named.add((title.agency, title.year))
    return len(named)


def count_sentences(lines: Sequence[str]) -> int:
    """How many whole sentences speak of disclosure."""
    return sum(
        "公开" in sentence and len(sentence) >= _SHORTEST_SENTENCE
        for line in lines
        for sentence in _SENTENCE_END.split(line)[:-1]
    )
