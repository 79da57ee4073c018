"""The parts of the page beside its tables: documents, main figures, checks, doubts, texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from html import escape

from dossier.content import ComparedSection, Dossier, Failure
from dossier.figures import measure_label
from dossier.find import Row
from dossier.numbers import FLAG, change_to_text, value_to_text
from dossier.words import Words
from explore.equations import Equation, Term
from normalize.forms import all_fields
from normalize.report import Observation, Report
from store.measuring import NO_TABLE, NOT_IN_FORM

KEY_FIGURES = (
    *("received", "carried_over", "granted", "partially_granted", "refused", "unavailable"),
    *("not_processed", "other", "concluded", "carried_forward"),
    *("reconsiderations", "reconsiderations_corrected", "litigations", "litigations_corrected"),
)
_MARKS = {"placeholder": "—", "unreadable": "?", "missing": "×", NO_TABLE: "·", NOT_IN_FORM: "·"}
_LONGEST_SAME = 160
_EDGE = 60
"""Characters kept on each side of an unchanged passage that is longer."""


def documents_to_html(dossier: Dossier, words: Words) -> str:
    """What the two documents are, and how sure their cells are."""
    heads = ("year", "document_title", "source", "published_on", "reader", "state", "cells")
    rows = [
        (
            str(year),
            report.title or "",
            report.source,
            report.published_on.isoformat() if report.published_on else words("unknown"),
            report.reader,
            words.name(report.verdict.value),
            f"{len(report.observations)} ({sum(o.flagged for o in report.observations)} {FLAG})",
        )
        for year, report in _reports(dossier)
    ]
    return rows_to_html([words(head) for head in heads], rows)


def figures_to_html(dossier: Dossier, words: Words) -> str:
    """The main measures of both years and their difference."""
    before, after = dossier.rows
    differing = {
        name
        for row in (before, after)
        for name in f"{row['requests_differs'] or ''} {row['proactive_differs'] or ''}".split()
    }
    same_form = before["requests_form"] == after["requests_form"]
    lines = []
    for name in KEY_FIGURES:
        label = measure_label(name, words)
        if name in differing and not same_form:
            label = f"{label} ({words('differs_note')})"
        one, two = before[name], after[name]
        change = ""
        if one is not None and two is not None:
            change = change_to_text(Decimal(str(two)) - Decimal(str(one)))
        lines.append((label, _figure(before, name, words), _figure(after, name, words), change))
    heads = [words("measure"), *map(str, dossier.years), words("difference")]
    return rows_to_html(heads, lines, numbers_from=1)


def _figure(row: Row, name: str, words: Words) -> str:
    flag = f" {FLAG}" if row[f"{name}_flagged"] else ""
    if row[name] is not None:
        return f"{value_to_text(row[name])}{flag}"
    return f"{_MARKS.get(str(row[f'{name}_status']), words('blank_mark'))}{flag}"


def checks_to_html(dossier: Dossier, words: Words) -> str:
    """The failed checks of both reports, those at the same place in both said to be so."""
    if not dossier.failures:
        return f"<p>{escape(words('checks_none'))}</p>"
    heads = ("year", "check", "place", "equation", "expected", "actual", "blame", "kept")
    rows = [
        (
            str(failure.year),
            failure.check.check,
            _place(failure, words),
            _equation_to_text(failure.equation),
            value_to_text(failure.check.expected),
            value_to_text(failure.check.actual),
            words.name(failure.check.blame or "") or "–",
            words("kept") if failure.kept else words("new_failure"),
        )
        for failure in dossier.failures
    ]
    return rows_to_html([words(head) for head in heads], rows)


def _place(failure: Failure, words: Words) -> str:
    check = failure.check
    return cell_to_label(check.form, check.table, check.row, check.column, words)


def cell_to_label(form: str, table: str, row: str, column: str, words: Words) -> str:
    """A cell by its printed labels, or by its names where the form does not say."""
    field = next(
        (
            f
            for f in all_fields()
            if (f.form, f.table, f.row, f.column) == (form, table, row, column)
        ),
        None,
    )
    named = words.name(table) if table else ""
    if field is not None and words.language == "zh":
        parts = [field.row_label.replace("/", " / "), field.column_label]
    else:
        parts = [row.replace("_", " "), column.replace("_", " ")]
    return ": ".join(part for part in (named, " × ".join(p for p in parts if p)) if part) or "–"


def _equation_to_text(equation: Equation | None) -> str:
    if equation is None:
        return "–"
    return f"{_side(equation.left)} {equation.sign} {_side(equation.right)}"


def _side(terms: Sequence[Term]) -> str:
    return " + ".join(
        f"{term.label} {value_to_text(term.cell.value) if term.cell else ''}".strip()
        for term in terms
    )


def panel_checks_to_html(dossier: Dossier, words: Words) -> str:
    """What fails against other years and reports; nothing where nothing does."""
    if not dossier.panel_failures:
        return ""
    heads = ("year", "check", "other_report", "place", "expected", "actual")
    rows = []
    for row in dossier.panel_failures:
        other = " ".join(str(row[k]) for k in ("other_agency", "other_year") if row[k] is not None)
        form, table, cell_row, cell_column = (
            str(row[key] or "") for key in ("form", "form_table", "form_row", "form_column")
        )
        rows.append(
            (
                str(row["year"]),
                str(row["check_name"]),
                other or "–",
                cell_to_label(form, table, cell_row, cell_column, words),
                value_to_text(row["expected"]),
                value_to_text(row["actual"]),
            )
        )
    shown = rows_to_html([words(head) for head in heads], rows)
    return f"<h3>{escape(words('panel_checks'))}</h3>{shown}"


def doubts_to_html(dossier: Dossier, words: Words) -> str:
    """Every cell in doubt, with what is printed and why."""
    rows = [
        (
            str(year),
            cell_to_label(cell.form, cell.table, cell.row, cell.column, words),
            value_to_text(cell.value) or "–",
            cell.raw or "",
            "" if cell.page is None else str(cell.page),
            words("separator").join(cell.doubts),
        )
        for year, cell in _doubtful(dossier)
    ]
    if not rows:
        return f"<p>{escape(words('doubts_none'))}</p>"
    heads = ("year", "place", "value", "printed", "page", "why")
    return rows_to_html([words(head) for head in heads], rows)


def _doubtful(dossier: Dossier) -> Iterator[tuple[int, Observation]]:
    for year, report in _reports(dossier):
        yield from ((year, cell) for cell in report.observations if cell.flagged)


def _reports(dossier: Dossier) -> Iterator[tuple[int, Report]]:
    yield dossier.years[0], dossier.before
    yield dossier.years[1], dossier.after


def texts_to_html(sections: Iterable[ComparedSection], words: Words) -> str:
    """The texts of both as one, long passages that are the same shortened."""
    parts = []
    for section in sections:
        if all(change.kind == "same" for change in section.changes):
            body = f'<p class="same">{escape(words("texts_same"))}</p>'
        else:
            pieces = (_change_to_html(c.kind, c.text, words) for c in section.changes)
            body = f'<p class="text">{"".join(pieces)}</p>'
        parts.append(f"<h3>{escape(section.heading or words.name(section.name))}</h3>{body}")
    return "".join(parts) or f"<p>{escape(words('texts_none'))}</p>"


def _change_to_html(kind: str, text: str, words: Words) -> str:
    if kind == "gone":
        return f"<del>{escape(text)}</del>"
    if kind == "new":
        return f"<ins>{escape(text)}</ins>"
    if len(text) <= _LONGEST_SAME:
        return escape(text)
    skipped = words("skipped", count=len(text) - 2 * _EDGE)
    return (
        f'{escape(text[:_EDGE])}<span class="same">{escape(skipped)}</span>{escape(text[-_EDGE:])}'
    )


def rows_to_html(
    heads: Sequence[str], rows: Iterable[Sequence[str]], numbers_from: int | None = None
) -> str:
    """A plain table of texts; from a column on they are numbers and stand on the right."""
    head = "".join(f'<th scope="col">{escape(said)}</th>' for said in heads)
    lines = []
    for row in rows:
        cells = "".join(
            f'<td class="number">{escape(said)}</td>'
            if numbers_from is not None and at >= numbers_from
            else f"<td>{escape(said)}</td>"
            for at, said in enumerate(row)
        )
        lines.append(f"<tr>{cells}</tr>")
    return (
        f'<table class="list"><thead><tr>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table>'
    )
