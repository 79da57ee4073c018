"""Sections -> statements: the figures that sentences give, and what they say there was none of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest

from normalize.labels import simplify
from normalize.report import Section, Statement
from normalize.statements.claims import Claim
from normalize.statements.context import CUMULATED, OWN, TERRITORY, Context, topic_at
from normalize.statements.figures import sentence_to_figures
from normalize.statements.nones import RECEIVED, sentence_to_nones
from normalize.statements.sentences import Sentence, text_to_sentences
from normalize.statements.vocabulary import lexicon

_TOPIC_OF_SECTION = {"requests": "requests", "proactive": "disclosure"}
_HEADED = ("requests", "disclosure")


def sections_to_statements(
    sections: Sequence[Section], year: int | None, agency: str | None
) -> tuple[Statement, ...]:
    """What the sentences of a report state, in order; `section_position` counts from 1.

    `year` and `agency` are the report's. A figure that no list of measures knows is left out.
    """
    return tuple(
        statement
        for position, section in enumerate(sections, start=1)
        for statement in _section_to_statements(section, position, year, agency)
    )


def _section_to_statements(
    section: Section, position: int, year: int | None, agency: str | None
) -> Iterator[Statement]:
    first = _TOPIC_OF_SECTION.get(section.section) or _topic_of_heading(section.heading)
    topic, scope = first, OWN
    sentences = list(text_to_sentences(section.text, year))
    for sentence, following in zip_longest(sentences, sentences[1:]):
        if sentence.is_point:
            topic, scope = first, OWN
        context = Context(topic, scope, year, agency)
        if following and _is_over_years(sentence, following):
            context = Context(topic, CUMULATED, year, agency)
        claims = sentence_to_claims(sentence, context)
        if _is_of_something_else(sentence, section.heading):
            claims = [claim for claim in claims if claim.measure not in RECEIVED]
        for claim in claims:
            yield _to_statement(claim, sentence, section, position)
        # A sum over a territory goes on in the sentences behind it.
        if claims and claims[-1].scope in (OWN, TERRITORY):
            scope = claims[-1].scope
        topic = topic_at(sentence.plain, len(sentence.plain), topic)


def _is_of_something_else(sentence: Sentence, heading: str) -> bool:
    """True for 无申请 under a heading of reviews or fees: no requests for information."""
    patterns = lexicon().patterns
    return bool(
        patterns["sure.other_headings"].search(simplify(heading))
        and not patterns["sure.says_of_what"].search(sentence.plain)
    )


def _is_over_years(sentence: Sentence, following: Sentence) -> bool:
    """True for 累计公开90条 when the next sentence tells what was new this year."""
    patterns = lexicon().patterns
    return bool(
        patterns["scope.summed_up"].search(sentence.plain)
        and patterns["scope.new_ones"].match(following.plain)
    )


def _topic_of_heading(heading: str) -> str:
    """The matter of a heading; none for one of several, such as 行政复议、行政诉讼情况."""
    topic = topic_at(heading, len(heading), "") if heading else ""
    return topic if topic in _HEADED else ""


def sentence_to_claims(sentence: Sentence, context: Context) -> list[Claim]:
    """What one sentence states, each once, in the order of its words."""
    if not sentence.plain:
        return []
    figures = list(sentence_to_figures(sentence.plain, context))
    nones = sentence_to_nones(sentence.plain, context, figures)
    ordered = sorted([*figures, *nones], key=lambda claim: claim.position)
    apart = _told_twice(ordered)
    unique: dict[tuple[object, ...], Claim] = {}
    for claim in ordered:
        if (claim.measure, claim.year, claim.scope) in apart:
            continue
        unique.setdefault((claim.measure, claim.value, claim.year, claim.scope), claim)
    return list(unique.values())


def _told_twice(claims: Sequence[Claim]) -> set[tuple[str, int | None, str]]:
    """Channels with more than one figure: 县网站公开9条，局网站公开3条 are both but a part."""
    values: dict[tuple[str, int | None, str], set[Decimal]] = {}
    for claim in claims:
        if claim.group == "channel":
            values.setdefault((claim.measure, claim.year, claim.scope), set()).add(claim.value)
    return {told for told, figures in values.items() if len(figures) > 1}


def _to_statement(claim: Claim, sentence: Sentence, section: Section, position: int) -> Statement:
    return Statement(
        section=section.section,
        measure=claim.measure,
        value=claim.value,
        unit=claim.unit,
        quote=sentence.quote,
        approximate=claim.approximate,
        year=claim.year,
        scope=claim.scope,
        claim=claim.kind,
        section_position=position,
        offset=sentence.start,
    )
