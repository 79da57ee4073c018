"""Helpers of tests: plain text as an interpreted report, and its cells by name."""

from decimal import Decimal

from extract.document import Document
from extract.text import reader as text_reader
from normalize import interpret
from normalize.report import Check, Observation, Report

TITLE = "云澜省青砚市民政局2021年政府信息公开工作年度报告"


def text_to_report(text: str, title: str = TITLE) -> Report:
    """What is understood of a text under a title line."""
    reading = text_reader.read(f"{title}\n{text}")
    return interpret(Document("a.txt", "0" * 64, "text/plain", "text", None, reading.blocks))


def cell(report: Report, table: str, row: str, column: str) -> Observation:
    """The one observation of a cell, whatever the form."""
    found = [o for o in report.observations if (o.table, o.row, o.column) == (table, row, column)]
    assert len(found) == 1, f"{len(found)} cells {table}.{row}.{column}"
    return found[0]


def values(report: Report, table: str, row: str) -> list[Decimal | str]:
    """A row's values in the form's order; the status where there is no value."""
    cells = [o for o in report.observations if (o.table, o.row) == (table, row)]
    return [o.value if o.value is not None else o.status.value for o in cells]


def flags(report: Report) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """The doubts of every flagged cell."""
    return {(o.table, o.row, o.column): o.doubts for o in report.observations if o.flagged}


def hard(report: Report) -> list[Check]:
    """The identities of the forms among the report's checks."""
    return [check for check in report.checks if check.kind == "H"]
