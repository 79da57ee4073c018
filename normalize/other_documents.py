"""Signs that a page is something else than one report: a list, a news item, another document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize.candidates import text_to_title
from normalize.labels import simplify, words_of

_LONGEST_HEADLINE = 60
_HEADLINES = 8
_SENTENCE_END = re.compile(r"[。；;]")
_SHORTEST_SENTENCE = 15
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


def is_part_of_year(title: str) -> bool:
    """True for a title that names less than a year: 2022年上半年政府信息公开工作总结."""
    return any(word in simplify(title) for word in words_of("other_documents")["parts_of_year"])


def is_news(text: str) -> bool:
    """True for words with which journalists tell of a report."""
    plain = simplify(text)
    return any(word in plain for word in words_of("other_documents")["news"])


def count_reports(lines: Sequence[str]) -> int:
    """How many reports, by agency and year, lines of their own name."""
    named = set()
    for line in lines:
        tight = re.sub(r"\s", "", line)
        if len(tight) > _LONGEST_HEADLINE or not _MAY_BE_REPORT.search(simplify(tight)):
            continue
        title = text_to_title(tight)
        if title and title.agency and title.year and not title.is_notice:
            named.add((title.agency, title.year))
    return len(named)


def count_sentences(lines: Sequence[str]) -> int:
    """How many whole sentences speak of disclosure."""
    return sum(
        "公开" in sentence and len(sentence) >= _SHORTEST_SENTENCE
        for line in lines
        for sentence in _SENTENCE_END.split(line)[:-1]
    )
