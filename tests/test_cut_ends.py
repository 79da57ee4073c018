"""Texts that end within a table: what stands last may be a part of what was printed."""

import pytest

from extract.document import OPEN_END, Document
from extract.html import reader as html_reader
from extract.text import reader
from normalize import interpret
from normalize.placed import CUT_SHORT
from normalize.report import Report
from tests.reading import TITLE, cell, values
from tests.requests_text import one_row_a_line, sound_figures


def text_to_report(text: str) -> Report:
    reading = reader.read(f"{TITLE}\n{text}")
    blocks, notes = reading.blocks, reading.notes
    return interpret(Document("a.txt", "0" * 64, "text/plain", "text", None, blocks, notes=notes))


HEADS = (
    "二、主动公开政府信息情况\n第二十条第（六）项 | |||\n"
    "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n"
)
GRID_HEADS = (
    "三、收到和处理政府信息公开申请情况\n"
    "| （勾稽关系） |  |  | 申请人情况 |  |  |  |  |  |  |\n|---|---|---|---|---|---|---|---|---|---|\n"
    "|  |  |  | 自然人 | 法人或其他组织 |  |  |  |  | 总计 |\n"
    "|  |  |  |  | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |  |\n"
    "| 一、本年新收政府信息公开申请数量 |  |  | 31 | 2 | 0 | 0 | 1 | 0 | 34 |\n"
    "| 二、上年结转政府信息公开申请数量 |  |  | 2 | 0 | 0 | 0 | 0 | 0 | 2 |\n"
    "| 三、本年度办理结果 | （一）予以公开 |  | 12 | 1 | 0 | 0 | 0 | 0 | 13 |\n"
)


@pytest.mark.parametrize(
    ("row", "found", "doubted"),
    [
        ("行政处罚 | 12 | 0 | 15", [12, 0, 15], True),
        ("行政处罚 | 12 | 0 | 15 |", [12, 0, 15], False),
        ("行政处罚 | 12 | 0 | 15\n", [12, 0, 15], False),
        ("行政处罚 | 12 | 0 | 0", [12, 0, 0], False),
        ("行政处罚 | 12 | 0", [12, 0, "missing"], True),
        ("行政处罚 | 12 | 0 | 15 |\n行政强制 | 0 | 0 | 0 |", [12, 0, 15], False),
    ],
)
def test_the_last_figure_of_a_text_may_go_on(row: str, found, doubted: bool) -> None:
    report = text_to_report(HEADS + row)
    assert values(report, "proactive", "penalties") == found
    doubts = cell(report, "proactive", "penalties", "decisions").doubts
    assert (CUT_SHORT in doubts) is doubted


def test_a_row_that_ends_too_soon_is_not_filled_with_blank_cells_of_its_label() -> None:
    report = text_to_report(GRID_HEADS + "|  | （二）部分公开 |  | 7 | 3 | 0 | 0 | 2 | 0")
    assert values(report, "requests", "partially_granted") == [7, 3, 0, 0, 2, 0, "missing"]
    first = cell(report, "requests", "partially_granted", "natural_person")
    assert CUT_SHORT in first.doubts


@pytest.mark.parametrize(
    ("row", "doubted"), [("7 | 3 | 0 | 0 | 2 | 0 | 12", False), ("7 | 3 | 0 | 0 | 2 | 0 | 1", True)]
)
def test_a_last_row_that_adds_up_is_whole(row: str, doubted: bool) -> None:
    report = text_to_report(f"{GRID_HEADS}|  | （二）部分公开 |  | {row}")
    assert cell(report, "requests", "partially_granted", "total").flagged is doubted


def test_a_last_cell_that_is_blank_is_in_doubt() -> None:
    figures = sound_figures()
    whole = text_to_report(one_row_a_line(figures))
    assert not cell(whole, "requests", "carried_forward", "total").flagged
    text = "一、总体情况\n顺利。\n三、收到和处理政府信息公开申请情况\n"
    report = text_to_report(
        text
        + "一、本年新收政府信息公开申请数量\t3\t0\t0\t0\t0\t0\t3\n"
        + "二、上年结转政府信息公开申请数量\t1\t0\t0\t0\t0\t0\t"
    )
    assert CUT_SHORT in cell(report, "requests", "carried_over", "total").doubts


def test_words_in_front_of_figures_head_one_of_several_rows() -> None:
    items = HEADS.replace("（六）", "（五）")
    report = text_to_report(
        items + "行政许可 | 3 | 0 | 3 |\n其他对外管理服务事项 | 行政检查 | 4 | 5"
    )
    assert values(report, "proactive", "other_services") == ["missing"] * 3


def test_a_text_ends_open_within_a_table_alone() -> None:
    assert reader.read("一、总体情况\n2021年公开信息15").notes == ()
    assert reader.read("规章 | 0 | 12\n规范性文件 | 0 | 3").notes == (OPEN_END,)
    assert reader.read("规章 | 0 | 12\n规范性文件 | 0 | 3\n").notes == ()


def test_a_filled_row_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    report = text_to_report(
        "三、收到和处理政府信息公开申请情况\n"
        "一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | 3 | ||\n"
        "二、上年结转政府信息公开申请数量 | 0 | 1 | |||"
    )
    assert values(report, "requests", "received") == [3, 0, 0, 0, 0, 0, 3]
    assert cell(report, "requests", "carried_over", "business").flagged


def test_a_single_figure_at_the_end_may_go_on() -> None:
    rows = (
        ("一、主动公开情况", "——", "——"),
        ("（一）主动公开政府信息数", "条", "57"),
        ("其中：主动公开规范性文件数", "条", "3"),
        ("制发规范性文件总数", "件", "3"),
        ("（二）通过不同渠道和方式公开政府信息的情况", "——", "——"),
        ("1．政府公报公开政府信息数", "条", "0"),
    )
    lines_before = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    report = text_to_report(
        "政府信息公开情况统计表\n| 统计指标 | 单位 | 统计数 |\n|---|---|---|\n"
        f"{lines_before}\n| 2．政府网站公开政府信息数 | 条 | 4"
    )
    assert CUT_SHORT in cell(report, "statistics", "channel_website", "value").doubts
    assert CUT_SHORT not in cell(report, "statistics", "disclosed_total", "value").doubts


ROW = "<tr><td>行政处罚</td><td>12</td><td>+1</td><td>15</td></tr>"


@pytest.mark.parametrize(
    ("end", "notes"),
    [
        ("</table>", ()),
        ("</table><p>三、收到和处理政府信息公开申请情况", ()),
        ("<tr><td>行政强制</td><td>1", (OPEN_END,)),
        ("<tr><td>行政强制</td><td width='3", (OPEN_END,)),
        ("<tr><td>行政强制</td><td>1</td>", ()),
        ("<tr><td>行政强制<td>1</table>", ()),
    ],
)
def test_a_page_that_breaks_off_in_a_cell_is_noted(end: str, notes: tuple[str, ...]) -> None:
    page = f"<html><body><p>二、主动公开政府信息情况</p><table>{ROW}{ROW}{ROW}{end}"
    found = html_reader.read(page.encode())
    assert tuple(note for note in found.notes if note == OPEN_END) == notes
