"""Document -> Report: the chain from printed lines to checked observations and a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import Document
from normalize.catalogue.assess import Assessed, assess
from normalize.catalogue.subject import Subject
from normalize.given import NOTHING_GIVEN, Given
from normalize.labels import simplify
from normalize.lines import document_to_lines
from normalize.opinions import weigh_opinions
from normalize.places.bodies import Body, agency_to_body, scopes_in
from normalize.places.gazetteer import LAST_YEAR
from normalize.regions import Region, lines_to_regions
from normalize.report import Report, Section, Statement, Verdict
from normalize.sections import split_sections
from normalize.shapes.run_on import without_run_on
from normalize.silence import complete
from normalize.split_rows import join_split_rows
from normalize.statements import compare_statements, doubt_contradicted, sections_to_statements
from normalize.tables import regions_to_tables
from normalize.titles import Identity, identify
from normalize.verdicts import Evidence, judge

_OPENING = 300
_ADDRESS = 800
_SIGNATURE = 200
"""Characters at the beginning of a section that say what a report is about, those in which its
place may be named, an address too, and those of its end."""


def interpret(document: Document, *others: Document, given: Given = NOTHING_GIVEN) -> Report:
    """What a document says in the words of the forms; one that is no report is quarantined.

    `others` are the same file as other readers read it. Each table is taken from the reading
    that satisfies most of its identities, everything else from the first. `given` is what is
    known of the document from elsewhere; it is used where the document is silent.
    """
    document = without_run_on(document)
    regions = _document_to_regions(document)
    own = identify(document)
    completed = complete(own, given)
    identity = completed.identity
    sections = split_sections(document, {member.line.block for r in regions for member in r.lines})
    first = regions_to_tables(regions, identity.year, document)
    tables = weigh_opinions(
        first, [regions_to_tables(_document_to_regions(d), identity.year, d) for d in others]
    )
    around = _around_the_name(document, identity, sections, _OPENING)
    body = _resolve(identity, _around_the_name(document, identity, sections, _ADDRESS))
    scopes = scopes_in(around)
    assessed = assess(Subject(document, identity, body, sections, tables, scopes, own, given))
    statements = sections_to_statements(sections, identity.year, identity.agency)
    assessed = _with_statements(assessed, statements, identity.year)
    tables = assessed.tables
    verdict, reasons = judge(
        Evidence(
            # What is given makes no report of a document that is none by its own word.
            identity=replace(own, doubts=identity.doubts),
            year=identity.year,
            sections=sections,
            observations=tuple(o for table in tables for o in table.observations),
            checks=(*(c for table in tables for c in table.checks), *assessed.checks),
            doubled_tables=tuple(table.table for table in tables if table.doubled),
            characters=sum(len(section.text) for section in sections),
            notes=document.notes,
        )
    )
    report = _to_report(document, identity, sections, assessed, verdict, reasons)
    return replace(
        report,
        readers=tuple(reading.reader for reading in (document, *others)),
        body=body,
        given=given,
        from_given=completed.taken,
        scope=next(iter(scopes)) if len(scopes) == 1 else None,
        statements=() if verdict is Verdict.QUARANTINED else statements,
    )


def _with_statements(
    assessed: Assessed, statements: Sequence[Statement], year: int | None
) -> Assessed:
    """With the checks of sentences against tables, and their doubts on the cells."""
    observations = [o for table in assessed.tables for o in table.observations]
    compared = compare_statements(statements, observations, year)
    tables = tuple(
        replace(t, observations=doubt_contradicted(t.observations, compared))
        for t in assessed.tables
    )
    return replace(assessed, tables=tables, checks=(*assessed.checks, *compared.checks))


def _around_the_name(
    document: Document, identity: Identity, sections: Sequence[Section], opening: int
) -> tuple[str, ...]:
    """The words that may say where the agency is and what its report is about."""
    said = [value for _, value in document.metadata]
    openings = (section.text[:opening] for section in sections)
    signature = sections[-1].text[-_SIGNATURE:] if sections else ""
    return tuple(map(simplify, (identity.title or "", *said, *openings, signature)))


def _resolve(identity: Identity, around: Sequence[str]) -> Body | None:
    if identity.agency is None:
        return None
    return agency_to_body(identity.agency, identity.year or LAST_YEAR, around)


def _document_to_regions(document: Document) -> tuple[Region, ...]:
    return lines_to_regions(join_split_rows(document_to_lines(document)))


def _to_report(
    document: Document,
    identity: Identity,
    sections: tuple[Section, ...],
    assessed: Assessed,
    verdict: Verdict,
    reasons: tuple[str, ...],
) -> Report:
    held_back = verdict is Verdict.QUARANTINED
    tables = () if held_back else assessed.tables
    checks = (*(c for t in tables for c in t.checks), *assessed.checks)
    return Report(
        source=document.source,
        sha256=document.sha256,
        media_type=document.media_type,
        reader=document.reader,
        pages=document.pages,
        verdict=verdict,
        reasons=reasons,
        agency=identity.agency,
        year=identity.year,
        title=identity.title,
        published_on=identity.published_on,
        sections=sections,
        observations=tuple(o for t in tables for o in t.observations),
        checks=() if held_back else checks,
        extras=tuple(e for t in tables for e in t.extras),
    )
