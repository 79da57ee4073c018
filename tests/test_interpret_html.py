"""Tables of web pages as content systems leave them, from the markup to the cells."""

from extract.document import Document
from extract.html import reader as html_reader
from normalize import interpret
from normalize.report import Report
from tests.reading import TITLE, flags, values
from tests.requests_text import LABELS, sound_figures


def page_to_report(body: str) -> Report:
    page = f"<html><head><meta charset='utf-8'><title>网站</title></head><body><h1>{TITLE}</h1>{body}</body></html>"
    reading = html_reader.read(page.encode())
    return interpret(
        Document("a.html", "0" * 64, "text/html", "html", None, reading.blocks, reading.metadata)
    )


def row(*cells: object, spans: tuple[int, ...] = ()) -> str:
    """One row of cells; `spans` are the colspans of the first ones."""
    widths = (*spans, *(1,) * (len(cells) - len(spans)))
    return (
        "<tr>"
        + "".join(
            f"<td colspan='{width}'><p>{cell}</p></td>"
            for cell, width in zip(cells, widths, strict=True)
        )
        + "</tr>"
    )


def table(*rows: str) -> str:
    return f"<table>{''.join(rows)}</table>"


def test_a_data_row_whose_spans_differ_from_its_heads() -> None:
    report = page_to_report(
        "<h2>二、主动公开政府信息情况</h2>"
        + table(
            row("第二十条第（五）项", spans=(4,)),
            row("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
            row("行政许可", 15, "+4", 583),
            row("第二十条第（九）项", spans=(4,)),
            row("信息内容", "采购项目数量", "采购总金额", spans=(1, 2, 1)),
            row("政府集中采购", 279, "251000元", spans=(2, 1, 1)),
        )
    )
    assert values(report, "proactive", "permits") == [15, 4, 583]
    assert values(report, "proactive", "procurement") == [279, 251000]
    assert flags(report) == {}


def test_missing_row_spans_emulated_by_empty_cells() -> None:
    kinds = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    report = page_to_report(
        "<h2>四、政府信息公开行政复议、行政诉讼情况</h2>"
        + table(
            row("行政复议", "行政诉讼", spans=(5, 10)),
            row(*kinds, "未经复议直接起诉", "复议后起诉", spans=(1, 1, 1, 1, 1, 5, 5)),
            row(*[""] * 5, *kinds, *kinds),
            row(1, 0, 2, 0, 3, 0, 1, 0, 0, 1, 4, 0, 0, 1, 5),
        )
    )
    assert values(report, "proceedings", "reconsideration") == [1, 0, 2, 0, 3]
    assert values(report, "proceedings", "litigation_after_reconsideration") == [4, 0, 0, 1, 5]
    assert flags(report) == {}


def requests_rows(figures: list[list[object]]) -> list[str]:
    """Data rows with the group label in a cell of its own on the first row of each group."""
    groups = {
        2: ("三、本年度办理结果", 20),
        4: ("(三)不予公开", 8),
        12: ("(四)无法提供", 3),
        15: ("(五)不予处理", 5),
    }
    rows = []
    for at, (label, figures_of_row) in enumerate(zip(LABELS, figures, strict=True)):
        group = f"<td rowspan='{groups[at][1]}'>{groups[at][0]}</td>" if at in groups else ""
        wide = 3 if at in (0, 1, 22) else 1 if 4 <= at < 20 else 2
        data = "".join(f"<td>{figure}</td>" for figure in figures_of_row)
        rows.append(f"<tr>{group}<td colspan='{wide}'>{label}</td>{data}</tr>")
    return rows


def requests_page(figures: list[list[object]]) -> Report:
    head = [
        "<tr><td colspan='3' rowspan='3'>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td><td colspan='7'>申请人情况</td></tr>",
        "<tr><td rowspan='2'><p></p><p>自然人</p></td><td colspan='5'>法人或其他组织</td><td rowspan='2'>总计</td></tr>",
        "<tr><td><p>商业</p><p>企业</p></td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>",
    ]
    return page_to_report(
        "<h2>三、收到和处理政府信息公开申请情况</h2>" + table(*head, *requests_rows(figures))
    )


def test_totals_left_blank_for_the_outcomes() -> None:
    figures: list[list[object]] = [list(figures_of_row) for figures_of_row in sound_figures()]
    for at in range(2, 21):
        figures[at][6] = "&nbsp;"
    report = requests_page(figures)
    assert values(report, "requests", "received") == [16, 3, 0, 0, 0, 0, 19]
    assert values(report, "requests", "granted") == [9, 2, 0, 0, 0, 0, "blank"]
    assert values(report, "requests", "partially_granted") == [*[0] * 6, "blank"]


def test_only_people_and_totals_filled() -> None:
    figures: list[list[object]] = [[r[6], *["&nbsp;"] * 5, r[6]] for r in sound_figures()]
    report = requests_page(figures)
    assert values(report, "requests", "concluded") == [19, *["blank"] * 5, 19]
    assert flags(report) == {}
