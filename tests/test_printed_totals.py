"""Totals that agencies print though the form has no such column."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.document import Document
from extract.html import reader as html_reader
from normalize import interpret
from normalize.placed import OtherColumn
from normalize.printed import Kind, Printed
from normalize.report import Report
from tests.catalogue_examples import Outcome, flagged, outcome, subject
from tests.requests_text import LABELS, sound_figures

ORGANISATIONS = slice(1, 6)
APPLICANTS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def with_column(table: str, label: str, cells: dict[str, str]) -> Outcome:
    """The sound report of 2023 with a further printed column in one table."""
    column = OtherColumn(
        label, tuple((row, Printed(text, Kind.FIGURE, 0)) for row, text in cells.items())
    )
    whole = subject(2023)
    tables = tuple(replace(t, others=(column,)) if t.table == table else t for t in whole.tables)
    return outcome(replace(whole, tables=tables))


def organisations(row: str) -> int:
    cells = subject(2023).tables[1].observations
    found = [o.value or Decimal(0) for o in cells if o.row == row]
    return int(sum(found[ORGANISATIONS], Decimal(0)))


def test_a_sound_sub_total_holds_and_flags_nothing() -> None:
    found = with_column("requests", "小计", {"granted": str(organisations("granted"))})
    assert [(c.row, c.column, c.passed, c.kind) for c in found.of("Q-LEGAL")] == [
        ("granted", "", True, "H")
    ]
    assert flagged(found) == []


def test_a_wrong_sub_total_flags_what_it_is_the_sum_of() -> None:
    due = organisations("granted")
    found = with_column("requests", "法人或其他组织小计", {"granted": str(due + 1)})
    assert found.failed("Q-LEGAL") == [("granted", "", Decimal(due), Decimal(due + 1))]
    assert [c.blame for c in found.of("Q-LEGAL")] == ["unknown"]
    assert [key[2] for key in flagged(found)] == [
        "business",
        "research",
        "public_interest",
        "legal_service",
        "other_organization",
    ]


@pytest.mark.parametrize(("printed", "as_zero"), [("", False), ("/", False), ("见附件", None)])
def test_a_sub_total_that_is_no_number_cannot_be_assessed(
    printed: str, as_zero: bool | None
) -> None:
    (check,) = with_column("requests", "小计", {"granted": printed}).of("Q-LEGAL")
    assert (check.passed, check.blank_as_zero, check.actual) == (None, as_zero, None)


def test_a_column_of_another_kind_is_no_sub_total() -> None:
    assert with_column("requests", "备注", {"granted": "9"}).of("Q-LEGAL") == []


def page(sub_total: int, lawsuits: int) -> Report:
    """A web page with a sub-total of the organisations and one of the lawsuits."""
    heads = "".join(f"<td>{head}</td>" for head in (*APPLICANTS, "小计"))
    printed = [sum(row[ORGANISATIONS]) for row in sound_figures()]
    printed[0] = sub_total
    rows = "".join(
        f"<tr><td>{label}</td>"
        + "".join(f"<td>{n}</td>" for n in (*row[:6], added, row[6]))
        + "</tr>"
        for label, row, added in zip(LABELS, sound_figures(), printed, strict=True)
    )
    results = "".join(f"<td>{head}</td>" for head in RESULTS * 3)
    figures = (3, 1, 0, 2, 6, 1, 0, 0, 1, 2, 4, 0, 1, 0, 5, lawsuits)
    html = f"""<html><head><meta charset="utf-8"></head><body>
    <h1>青砚市民政局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>{"认真落实条例。" * 60}</p>
    <table><tr><td rowspan="2">申请人情况</td><td rowspan="2">自然人</td>
    <td colspan="6">法人或其他组织</td><td rowspan="2">总计</td></tr><tr>{heads}</tr>{rows}</table>
    <table><tr><td colspan="5" rowspan="2">行政复议</td><td colspan="11">行政诉讼</td></tr>
    <tr><td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td>
    <td rowspan="2">总计</td></tr><tr>{results}</tr>
    <tr>{"".join(f"<td>{n}</td>" for n in figures)}</tr></table></body></html>"""
    reading = html_reader.read(html.encode())
    return interpret(Document("a.html", "0" * 64, "text/html", "html", None, reading.blocks))


def test_printed_sub_totals_of_a_page_are_checked_and_kept() -> None:
    due = sum(sound_figures()[0][ORGANISATIONS])
    report = page(due, 7)
    assert [o for o in report.observations if o.flagged and o.table != "proactive"] == []
    outcomes = {c.check: c.passed for c in report.checks if c.check in ("Q-LEGAL", "P-TOT2")}
    assert outcomes == {"Q-LEGAL": True, "P-TOT2": True}
    kept = {(extra.table, extra.label): extra.values[:1] for extra in report.extras}
    assert kept == {("requests", "小计"): (str(due),), ("proceedings", "总计"): ("7",)}


def test_wrong_sub_totals_of_a_page_are_found() -> None:
    due = sum(sound_figures()[0][ORGANISATIONS])
    report = page(due + 2, 8)
    broken = [
        (c.check, c.row, c.expected, c.actual)
        for c in report.checks
        if c.check in ("Q-LEGAL", "P-TOT2") and c.is_broken
    ]
    assert broken == [("Q-LEGAL", "received", due, due + 2), ("P-TOT2", "", 7, 8)]
