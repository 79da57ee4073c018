"""Groups of a grid whose members have no labels of their own, in a table with blank cells."""

import pytest

from extract.document import Cell, Document, Table, Text
from normalize import interpret
from normalize.report import Report
from tests.reading import cell
from tests.requests_text import LABELS

GROUPS = {4: ("(三)不予公开", 8), 12: ("(四)无法提供", 3), 15: ("(五)不予处理", 5)}
HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def report(totals: bool) -> Report:
    """The requests table of 2019; only the first column has figures, and the totals if asked."""
    cells = [Cell(0, 0, "申请人情况")]
    cells += [Cell(0, 1 + column, head) for column, head in enumerate(HEADS)]
    inside = {row for first, (_, size) in GROUPS.items() for row in range(first, first + size)}
    for row, label in enumerate(LABELS):
        figure = "15" if row == 21 else "1" if 2 <= row <= 20 else "19" if row == 0 else "0"
        if row in GROUPS:
            cells.append(Cell(1 + row, 0, GROUPS[row][0], rowspan=GROUPS[row][1]))
        elif row not in inside:
            cells.append(Cell(1 + row, 0, label))
        whole = totals or row in (0, 1, 21, 22)
        texts = (figure, "0", "0", "0", "0", "0", figure if whole else "")
        cells += [Cell(1 + row, 1 + column, text) for column, text in enumerate(texts)]
    cells.sort(key=lambda c: (c.row, c.column))
    table = Table(1 + len(LABELS), 8, tuple(cells))
    title = Text("heading", "云岭县2020年政府信息公开工作年度报告")
    heading = Text("heading", "三、收到和处理政府信息公开申请情况")
    return interpret(Document("a", "0", "text/html", "html", None, (title, heading, table)))


@pytest.mark.parametrize("totals", [True, False], ids=["totals", "blank totals"])
def test_members_are_known_by_their_number(totals: bool) -> None:
    found = report(totals)
    for row in (
        "refused_state_secret",
        "refused_administrative_query",
        "unavailable_unclear_request",
    ):
        at = cell(found, "requests", row, "natural_person")
        assert at.value == 1
        assert at.flagged
