"""Rows of text that a program ran together, and rows padded with blank cells on both sides."""

import pytest

from extract.document import Cell, Document, Table, Text
from normalize import interpret
from normalize.cells import read_cell
from normalize.forms import tables_named
from normalize.printed import Kind, Line, Printed
from normalize.rows import usual_start
from normalize.shapes.joined import part_joined
from normalize.widths import Width, fit_row
from tests.reading import values

REQUESTS = tables_named("requests")[-1]
BLOCK = REQUESTS.blocks[0]


def kind_of(text: str) -> Kind:
    if not text:
        return Kind.BLANK
    return Kind.WORDS if read_cell(text).value is None else Kind.FIGURE


def printed(row: str) -> tuple[Printed, ...]:
    return tuple(Printed(text, kind_of(text), 0) for text in row.split("|"))


def texts(cells: tuple[Printed | None, ...] | None) -> list[str] | None:
    return None if cells is None else [cell.text if cell else "" for cell in cells]


@pytest.mark.parametrize(
    ("row", "labels"),
    [
        ("2.重复申请|0|0|0|0|0|0|0", [0]),
        ("|2.重复申请|||||||||3.要求提供公开出版物|1||||||1", [0, 10]),
        ("（七）总计|3|0|0|0|0|0|3||四、结转下年度继续办理|||||||", [0, 9]),
        (
            "|8.属于行政查询事项|||23||||23||（四）无法提供|1.本机关不掌握相关政府信息||1|||||1",
            [0, 10],
        ),
        ("5.要求行政机关确认或重新出具已获取信息||||12|||12||（六）其他处理|2||||||2", [0, 9]),
        ("（四）无法提供|1.本机关不掌握相关政府信息|0|0|0|0|0|0|0", [0]),
        ("规章|1|2|规范性文件|3|4", [0]),
        ("自然人|法人或其他组织|总计|||||||", [0]),
        ("商业企业|科研机构|其他|||||||||总计", [0]),
    ],
)
def test_a_row_is_parted_where_another_rows_label_stands(row: str, labels: list[int]) -> None:
    parts = part_joined(printed(row))
    starts = [sum(len(part) for part in parts[:at]) for at in range(len(parts))]
    assert starts == labels


USUAL = ["1|0|0|0|0|0|1||", "0|2|0|0|0|0|2||"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("|||7|||7||", ["", "", "", "7", "", "", "7"]),
        ("7||||||7||", ["7", "", "", "", "", "", "7"]),
        ("||||||||", [""] * 7),
        ("|7||||||7|", ["7", "", "", "", "", "", "7"]),
        ("|7||||||8|", None),
        ("||7||||||8", None),
        ("|||7|||7|||7.行政执法||", None),
        ("|||7|||8||", ["", "", "", "7", "", "", "8"]),
    ],
)
def test_a_padded_row_is_cut_where_the_others_are_or_not_at_all(
    values: str, expected: list[str] | None
) -> None:
    lines = [printed(row) for row in USUAL]
    width = Width(frozenset(), usual_start(lines, BLOCK.width))
    cells, _ = fit_row(Line((), printed(values), (), 0), BLOCK, REQUESTS.rules, width)
    assert texts(cells) == expected


ROWS = [
    "一、本年新收政府信息公开申请数量|9|||7|||16||",
    "二、上年结转政府信息公开申请数量|||||||||",
    "三、本年度办理结果|（一）予以公开|9||||||9||",
    "|（三）不予公开|5.属于三类内部事务信息||||||||",
    "|6.属于四类过程性信息||||7|||7|||7.属于行政执法案卷|||||||",
    "（七）总计|9|||7|||16||四、结转下年度继续办理|||||||||",
]


def test_blank_cells_at_both_ends_of_a_row_shift_nothing() -> None:
    rows = [row.split("|") for row in ROWS]
    cells = [Cell(y, x, text) for y, row in enumerate(rows) for x, text in enumerate(row)]
    table = Table(len(rows), max(map(len, rows)), tuple(cells), aligned=False)
    heading = Text("heading", "三、收到和处理政府信息公开申请情况")
    report = interpret(Document("a.txt", "0" * 64, "text/plain", "text", None, (heading, table)))
    blank = ["blank"] * 7
    found = ["blank", "blank", "blank", 7, "blank", "blank", 7]
    assert values(report, "requests", "refused_deliberative_process") == found
    assert values(report, "requests", "refused_enforcement_files") == blank
    assert values(report, "requests", "concluded") == [9, *["blank"] * 2, 7, *["blank"] * 2, 16]
    assert values(report, "requests", "carried_forward") == blank
