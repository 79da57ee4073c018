"""Whether a document is a report, and whether a person should look at it before it is used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from normalize.forms import shipped_forms, tables_named
from normalize.labels import agency_words, simplify
from normalize.observations import any_printed
from normalize.other_documents import is_explaining, is_news, is_part_of_year
from normalize.placed import NOT_SEPARABLE
from normalize.report import Check, Observation, Section, Status, Verdict
from normalize.sections import UNCLASSIFIED
from normalize.silence import GIVEN_CHECK
from normalize.titles import Identity

_FEWEST_CHARACTERS = 60
_FEWEST_SECTIONS = 2
_FEWEST_WITH_TITLE = 1
_MANY_SECTIONS = 4
_FEWEST_SURE = 5
"""Figures beyond doubt that make a document one with tables of the forms."""

_POINTS = re.compile(
    r"(?:[（(][一二三四五][)）]|[一二三四五]是[^，。]{0,10}?|(?m:^)\s*[-\d][.、．]?)\s*(?:全面|行政机关|政府信息)?"
    r"(主动公开|依申请公开|信息管理|平台建设|监督保障|信息资源)"
)
_FEWEST_POINTS = 2
_OUR_DISCLOSURE = re.compile(
    r"[我本](?:局|厅|委|办|院|校|县|市|区|镇|乡|街道|单位|部门|机关)[^。]{0,80}(?:政务|政府信息|信息)公开"
)
_FEWEST_OF_OURS = 3
_FEWEST_EXPLAINING = 2

_FIRST_YEAR_WITH_TABLES = 2019
_ANNEX = "政府信息公开情况统计表"
_TABLED = ("proactive", "requests", "proceedings")
_TOLD = ("proactive", "requests")
"""Of these one at least is in every report since 2008; without both a page may have been cut."""

_SUSPICIONS = {
    "M-ENC": "many characters of the text have no meaning in any font or encoding",
    "M-TYPE": "the file's name says another kind of file than its content is",
    "M-SHORT": "too little text for a report",
}
"""What suspicions about the document as a whole say; others have a doubt of their own already."""

NO_TABLE = "section {section} has no table"
NO_MATTER = "neither section proactive nor section requests was found"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything a verdict rests on.

    `doubled_tables` are printed twice with different values, `notes` are the reader's own doubts.
    `year` is the report's, be it named by the document or given.
    """

    identity: Identity
    sections: tuple[Section, ...]
    observations: tuple[Observation, ...]
    checks: tuple[Check, ...]
    doubled_tables: tuple[str, ...]
    characters: int
    notes: tuple[str, ...] = ()
    year: int | None = None


def judge(evidence: Evidence) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict and its reasons, in plain words."""
    if reason := _why_no_report(evidence):
        return Verdict.QUARANTINED, (reason, *evidence.notes)
    reasons = tuple(_why_review(evidence))
    return (Verdict.NEEDS_REVIEW if reasons else Verdict.ACCEPTED), reasons


def _why_no_report(evidence: Evidence) -> str | None:
    identity = evidence.identity
    known = {s.section for s in evidence.sections if s.section != UNCLASSIFIED}
    printed = [o for o in evidence.observations if o.raw and o.raw.strip()]
    if len(evidence.doubled_tables) > 1 or _is_comparison(evidence):
        return (
            "not one report: its tables are printed more than once with different values "
            f"({', '.join(evidence.doubled_tables) or 'a comparison by its title'}); "
            "supply each year's own report"
        )
    if surplus := _surplus_figures(evidence.observations):
        return (
            "not one report: its rows print {} figures where the form has {}, as a comparison of "
            "years or agencies does; supply each report on its own"
        ).format(*surplus)
    if not printed and evidence.observations and not (identity.agency and identity.year):
        return "the blank form, not a report: it names no agency and year and holds no figure"
    nameless = bool(identity.title) and not identity.agency and not identity.year
    sample = identity.is_notice or (nameless and bool(evidence.observations))
    if sample and not any(o.value for o in evidence.observations):
        return (
            "a notice or a form, not a report: no line names a report of an agency and a year, and "
            "no figure but zero is printed; supply the report itself"
        )
    if reason := _why_other_kind(evidence, known, bool(printed)):
        return reason
    if printed or _is_told(identity) or _describes_itself(evidence):
        return None
    if identity.year and _has_points_of_overview(evidence.sections):
        return None
    if identity.year and _tells_of_its_own(evidence.sections):
        return None
    if len(known) < (_FEWEST_WITH_TITLE if identity.title else _FEWEST_SECTIONS):
        return (
            "not a report: neither the sections nor a table of an annual report on information "
            "disclosure was found; check that the right page was downloaded"
        )
    if evidence.characters < _FEWEST_CHARACTERS and not (
        identity.title and len(known) >= _MANY_SECTIONS
    ):
        return (
            f"not a report: only {evidence.characters} characters of text; "
            "check that the whole page was downloaded"
        )
    return None


def _is_told(identity: Identity) -> bool:
    """True for a title that names agency and year over sentences about disclosure."""
    return bool(identity.title and identity.agency and identity.year and identity.sentences)


def _has_points_of_overview(sections: Sequence[Section]) -> bool:
    """True for an overview that tells of what the form of 2021 asks for, point by point."""
    return any(
        len(set(_POINTS.findall(s.text))) >= _FEWEST_POINTS
        for s in sections
        if s.section == "overview"
    )


def _tells_of_its_own(sections: Sequence[Section]) -> bool:
    """True for an overview in which the writer tells what disclosure it did itself."""
    return any(
        len(_OUR_DISCLOSURE.findall(section.text)) >= _FEWEST_OF_OURS
        for section in sections
        if section.section == "overview"
    )


def _describes_itself(evidence: Evidence) -> bool:
    """True for a beginning that says it is a report, over an agency, a year or its overview."""
    identity = evidence.identity
    named = bool(identity.agency or identity.year) or _has_points_of_overview(evidence.sections)
    return identity.describes_itself and named


def _why_other_kind(evidence: Evidence, known: Collection[str], printed: bool) -> str | None:
    """Why a document with few signs of a report is taken for one of another kind."""
    identity = evidence.identity
    sure = sum(o.value is not None and not o.flagged for o in evidence.observations)
    if identity.title and is_part_of_year(identity.title):
        return f"no annual report: its title names a part of a year, {identity.title}"
    if identity.is_blank_form and not printed:
        return "the blank form, not a report: its title has a blank for the agency's name"
    if identity.other_kind and sure < _FEWEST_SURE and len(known) < _MANY_SECTIONS - 1:
        return f"a document of another kind, not a report: {identity.other_kind}"
    if not identity.title and not known and evidence.observations and sure < _FEWEST_SURE:
        return (
            "not a report: it has neither the title nor a section of one, and few figures fit the "
            "forms; check that the right page was downloaded"
        )
    if printed:
        return None
    named = identity.title or identity.agency or identity.year or _describes_itself(evidence)
    if not named and len(known) < _MANY_SECTIONS:
        return "not a report: it names no agency, no year and no report; supply the report itself"
    if len(known) < _FEWEST_SECTIONS and identity.reports_named > 1:
        return (
            f"a list, not a report: it names {identity.reports_named} reports and holds none of "
            "their sections; supply each report itself"
        )
    if len(known) < _FEWEST_SECTIONS and _explains(evidence.sections):
        return "a page that explains a report, not the report; supply the report itself"
    if len(known) < _FEWEST_SECTIONS and any(is_news(s.text) for s in evidence.sections):
        return "news of a report, not the report; supply the report itself"
    return None


def _explains(sections: Sequence[Section]) -> bool:
    """True for headings of a page about a document: why, after what and how it was written."""
    return sum(is_explaining(section.heading) for section in sections) >= _FEWEST_EXPLAINING


def _surplus_figures(observations: Sequence[Observation]) -> tuple[int, int] | None:
    """(printed, expected) figures a row when most rows of a table print too many; else None."""
    rows = Counter((o.table, o.row) for o in observations if not _stands_in_one_line(o.table))
    loose = {
        (o.table, o.row): o.raw.count(" | ") + 1
        for o in observations
        if o.raw and NOT_SEPARABLE in o.doubts and (o.table, o.row) in rows
    }
    tables = Counter(table for table, _ in rows)
    for table, printed_rows in tables.items():
        surplus = [row for row, n in loose.items() if row[0] == table and n >= 2 * rows[row] > 2]
        if len(surplus) * 2 > printed_rows and len(surplus) > 1:
            return loose[surplus[0]], rows[surplus[0]]
    return None


def _stands_in_one_line(table: str) -> bool:
    """True for a table whose rows are printed side by side."""
    return any(block.across for edition in tables_named(table) for block in edition.blocks)


def _is_comparison(evidence: Evidence) -> bool:
    """True for a title that compares, over tables printed twice or with two years in it."""
    title = simplify(evidence.identity.title or "")
    several = bool(evidence.doubled_tables) or len(set(re.findall(r"(?:19|20)\d\d", title))) > 1
    return several and any(word in title for word in agency_words()["comparisons"])


def _why_review(evidence: Evidence) -> list[str]:
    reasons = [*evidence.identity.doubts, *evidence.notes, *_why_meagre(evidence)]
    reasons += [_SUSPICIONS[c.check] for c in evidence.checks if _is_suspicion(c)]
    for table in evidence.doubled_tables:
        reasons.append(f"table {table} is printed more than once with different values")
    reasons += figure_reasons(evidence.observations, evidence.checks)
    reasons += [NO_TABLE.format(section=name) for name in _sections_without_table(evidence)]
    if _lacks_annex(evidence):
        reasons.append(f"the {_ANNEX} is named and was not found")
    return reasons


def _is_suspicion(check: Check) -> bool:
    return check.passed is False and check.check in _SUSPICIONS


def figure_reasons(observations: Sequence[Observation], checks: Sequence[Check]) -> list[str]:
    """What is to be said of the figures of a report and of the checks that they fail."""
    reasons = []
    failed = [c for c in checks if c.passed is False and c.check != GIVEN_CHECK]
    hard = [check for check in failed if check.kind == "H"]
    if hard:
        reasons.append(f"{_count(len(hard), 'hard check')} broken: {_names(hard)}")
    lost = [c for c in checks if c.passed is None and c.is_broken]
    if lost:
        reasons.append(f"{_count(len(lost), 'hard check')} broken if a blank cell is zero")
    if soft := [check for check in failed if check.kind == "S"]:
        reasons.append(f"{_count(len(soft), 'soft check')} broken: {_names(soft)}")
    said = {doubt for o in observations for doubt in o.doubts}
    if odd := [c for c in failed if c.kind == "X" and f"fails {c.check}" in said]:
        reasons.append(f"{_count(len(odd), 'suspicion')} of misreading: {_names(odd)}")
    doubts = Counter(d for o in observations for d in o.doubts if not d.startswith("fails "))
    reasons += [f"{_count(n, 'cell')} flagged: {doubt}" for doubt, n in sorted(doubts.items())]
    absent = Counter(o.table for o in observations if _is_absent(o))
    reasons += [f"table {t}: {_count(n, 'cell')} of the form not found" for t, n in absent.items()]
    return reasons


def _lacks_annex(evidence: Evidence) -> bool:
    """True for a text that names the statistics annex, where no such table was read."""
    named = any(_ANNEX in simplify(f"{s.heading}{s.text}") for s in evidence.sections)
    return named and not any(o.table == "statistics" for o in evidence.observations)


def _names(checks: Sequence[Check]) -> str:
    return ", ".join(dict.fromkeys(f"{c.check} {c.table}.{c.row}" for c in checks[:5]))


def _why_meagre(evidence: Evidence) -> list[str]:
    """What is striking of a report without tables."""
    if any_printed(evidence.observations):
        return []
    reasons = []
    if not any(s.section != UNCLASSIFIED for s in evidence.sections):
        reasons.append("no section of an annual report was found")
    elif not any(s.section in _TOLD for s in evidence.sections):
        reasons.append(NO_MATTER)
    if evidence.characters < _FEWEST_CHARACTERS:
        reasons.append(f"only {_count(evidence.characters, 'character')} of text")
    if evidence.identity.reports_named > _FEWEST_SECTIONS:
        reasons.append(f"the page names {evidence.identity.reports_named} reports")
    return reasons


def _is_absent(observation: Observation) -> bool:
    """True for a cell that is not printed for a reason that nothing tells."""
    return observation.status is Status.MISSING and not observation.doubts


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _sections_without_table(evidence: Evidence) -> list[str]:
    """Sections in which the forms of 2019 and later print a table, and this report does not.

    None of a report with a table of a form of one's own, which tells nothing of these.
    """
    year = evidence.year if evidence.year is not None else evidence.identity.year
    if year is not None and year < _FIRST_YEAR_WITH_TABLES:
        return []
    if not {o.form for o in evidence.observations} <= {form.name for form in shipped_forms()}:
        return []
    tables = {o.table for o in evidence.observations}
    headed = {s.section for s in evidence.sections}
    return [name for name in _TABLED if name in headed and name not in tables]
