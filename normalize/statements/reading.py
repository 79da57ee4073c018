"""Sections -> statements: the figures that sentences give, and what they say there was none of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalize.report import Section, Statement
from normalize.statements.context import OWN, TERRITORY, Context, topic_at
from normalize.statements.figures import Claim, sentence_to_figures
from normalize.statements.nones import sentence_to_nones
from normalize.statements.sentences import Sentence, text_to_sentences

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
    for sentence in text_to_sentences(section.text, year):
        if sentence.is_point:
            topic, scope = first, OWN
        context = Context(topic, scope, year, agency)
        claims = sentence_to_claims(sentence, context)
        for claim in claims:
            yield _to_statement(claim, sentence, section, position)
        # A sum over a territory goes on in the sentences behind it.
        if claims and claims[-1].scope in (OWN, TERRITORY):
            scope = claims[-1].scope
        topic = topic_at(sentence.plain, len(sentence.plain), topic)


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
    unique: dict[tuple[object, ...], Claim] = {}
    for claim in ordered:
        unique.setdefault((claim.measure, claim.value, claim.year, claim.scope), claim)
    return list(unique.values())


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
