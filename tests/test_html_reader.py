"""Web pages: every cell at its place and as it is written, the site around the article gone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.document import Block, Cell, Reading, Table, Text
from extract.errors import BrokenFile, EmptyFile, ExtractError, NoTextLayer, NotShown, TooLarge
from extract.html.reader import read
from tests.grids import table_to_html, tables

REPORTS = Path(__file__).resolve().parents[2] / "shared" / "reports"


def blocks_of(markup: str) -> tuple[Block, ...]:
    return read(("<!doctype html>" + markup).encode()).blocks


def table_of(markup: str) -> Table:
    (table,) = [block for block in blocks_of(markup) if isinstance(block, Table)]
    return table


def rows_of(table: Table) -> list[list[str]]:
    """The texts of a table's cells in order, without their positions."""
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(cell.text)
    return rows


def texts_of(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if isinstance(block, Text)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("0", "0"),
        ("", ""),
        ("&nbsp;", "\u00a0"),
        ("<p>&nbsp;</p>", "\u00a0"),
        ("<p></p>", ""),
        (" \n\t ", ""),
        ("\u3000\u3000", "\u3000\u3000"),
        ("<p align=center>0</p>", "0"),
        ("<P ALIGN=CENTER STYLE='MARGIN:0'>0</P>", "0"),
        ("<p>商业</p><p>企业</p>", "商业\n企业"),
        ("本年新<br />制作数量", "本年新\n制作数量"),
        ("0<br>", "0"),
        ("<p></p><p>自然人</p>", "自然人"),
        ("<span>三</span><span>、本</span><span>年<o:p></o:p></span>", "三、本年"),
        ("1.<font face='x'>属于国家秘密</font>", "1.属于国家秘密"),
        ("1\n   6", "1 6"),
        ("<span>1</span> <span>6</span>", "1 6"),
        ("12<sup>1</sup>", "12¹"),
        ("10<span style='vertical-align: super'>3</span>", "10³"),
        ("x<sub>2</sub>", "x₂"),
        ("<s>12</s>13", "13"),
        ("<span style='text-decoration:line-through'>12</span>13", "13"),
        ("12<span style='display:none'>3</span>", "12"),
        ("12<span style='DISPLAY : NONE'>3</span>", "12"),
        ("12<span style='display:none;display:inline'>3</span>", "123"),
        ("<span style='visibility:hidden'>9</span>7", "7"),
        ("12<script>var x = 3</script>", "12"),
        ("12<!-- 3 -->", "12"),
        ("<![if !supportEmptyParas]>&nbsp;<![endif]><o:p></o:p>", "\u00a0"),
        ("發<ruby>發<rp>(</rp><rt>fā</rt><rp>)</rp></ruby>", "發發"),
        ("<input value='26'>", "26"),
        ("<input type=hidden value='26'>", ""),
        ("<textarea>26</textarea>", "26"),
        ("<pre>1\n2</pre>", "1\n2"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("<ul><li>甲<li>乙</ul>", "甲\n乙"),
        ("-&#8209;35", "-\u201135"),
    ],
)
def test_cell_text(cell: str, text: str) -> None:
    table = table_of(f"<table><tr><td>项<td>{cell}</td></tr></table>")
    assert [one.text for one in table.cells] == ["项", text]


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        (
            "<tr><td rowspan=2>a<td>b<tr><td>c",
            [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)],
        ),
        (
            "<tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d",
            [(0, 0, 3, 1), (0, 1, 1, 1), (1, 1, 1, 1), (2, 1, 1, 1)],
        ),
        (
            "<tr><td rowspan=65535>a<td>b<tr><td>c",
            [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)],
        ),
        (
            "<tr><td rowspan=-3 colspan=-1>a<td colspan=0>b<tr><td colspan=x>c<td rowspan=''>d",
            [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)],
        ),
        (
            "<tr><td colspan=' 2px'>a<td colspan='1.9'>b",
            [(0, 0, 1, 2), (0, 2, 1, 1)],
        ),
        # A row span does not leave its row group.
        (
            "<thead><tr><td rowspan=9>a<td>b</thead><tbody><tr><td>c<td>d</tbody>",
            [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)],
        ),
        # A column span that runs into a row span from above is cut short.
        (
            "<tr><td>a<td>b<td rowspan=2>c<tr><td colspan=3>d<td>e",
            [(0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 2, 1), (1, 0, 1, 2), (1, 3, 1, 1)],
        ),
        # The head 1+2+1 over data 2+1+1 stays as declared.
        (
            "<tr><td>a<td colspan=2>b<td>c<tr><td colspan=2>d<td>e<td>f",
            [(0, 0, 1, 1), (0, 1, 1, 2), (0, 3, 1, 1), (1, 0, 1, 2), (1, 2, 1, 1), (1, 3, 1, 1)],
        ),
        # Neither a hidden row nor a hidden cell has a place.
        (
            "<tr><td>a<td>b<tr style='display:none'><td>x<td>y<tr><td hidden>z<td>c<td>d",
            [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)],
        ),
        # Rows in a form, rows without <tr>, a foot that is written first.
        ("<form><tr><td>a<td>b</tr></form>", [(0, 0, 1, 1), (0, 1, 1, 1)]),
        ("<td>a<td>b", [(0, 0, 1, 1), (0, 1, 1, 1)]),
        # Inline tags left open keep nothing from ending.
        (
            "<tr><td><span>a<td><b>b<tr><td><div>1<td>2",
            [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)],
        ),
    ],
)
def test_grid(rows: str, cells: list[tuple[int, int, int, int]]) -> None:
    table = table_of(f"<table>{rows}</table>")
    found = [(cell.row, cell.column, cell.rowspan, cell.colspan) for cell in table.cells]
    assert found == cells


def test_foot_stands_last_wherever_it_is_written() -> None:
    markup = "<table><tfoot><tr><td>z<td>3</tfoot><tr><td>b<td>2<thead><tr><td>a<td>1</table>"
    assert rows_of(table_of(markup)) == [["a", "1"], ["b", "2"], ["z", "3"]]


@pytest.mark.parametrize(
    ("rows", "columns", "spans"),
    [
        ("<tr><td>a<td colspan=65535>b", 2, [1, 1]),
        ("<tr><td colspan=99>a<tr><td>1<td>2<td>3", 3, [3, 1, 1, 1]),
        ("<tr><td colspan=9>a<tr><td>1<td>2<td>3", 3, [3, 1, 1, 1]),
        ("<tr><td colspan=2>a<tr><td>1<td>2<td>3", 3, [2, 1, 1, 1]),
        ("<tr><td colspan=999 rowspan=2>a<td>x<tr><td>y<tr><td>1<td>2<td>3", 3, [2, 1, 1, 1, 1, 1]),
        ("<tr><td>a<td colspan=9999>b<tr><td>1<td>2<td>3", 3, [1, 2, 1, 1, 1]),
        ("<tr><td>a<td colspan=9>b", 10, [1, 9]),
        ("<tbody><tr><td colspan=12>a<tbody><tr><td>1<td>2", 2, [2, 1, 1]),
    ],
)
def test_a_span_beyond_all_other_rows_is_cut_to_the_width_of_the_table(
    rows: str, columns: int, spans: list[int]
) -> None:
    table = table_of(f"<table>{rows}</table>")
    assert (table.columns, [cell.colspan for cell in table.cells]) == (columns, spans)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('855<span style="font-size:0">8</span>', "855"),
        ('855<span style="FONT-SIZE: 0px">8</span>', "855"),
        ('855<span style="font-size:0pt !important">8</span>', "855"),
        ('855<span style="font-size:.0em">8</span>', "855"),
        ('855<span style="font-size:1px">8</span>', "855"),
        ('855<span style="font:0/0 a">8</span>', "855"),
        ('855<span style="font-size:0"><b>8</b></span>', "855"),
        ('<span style="font-size:0">8<span style="font-size:14px">55</span></span>', "55"),
        ('<span style="font-size:0">8<i style="font-size:2em">9</i></span>55', "55"),
        ('<div style="font-size:0"> <span class="num">855</span> </div>', "855"),
        ('<div style="font-size:0"><font size="3">855</font></div>', "855"),
        ('<span style="font-size:14px">855</span>', "855"),
        ('<span style="font:bold 12px/1.5 宋体">855</span>', "855"),
        ('<span style="font-size:small">855</span>', "855"),
        ('855<span style="color:transparent">8</span>', "855"),
        ('855<span style="color:rgba(0,0,0,0)">8</span>', "855"),
        ('855<span style="color:#FFF;background:white">8</span>', "855"),
        ('<span style="color:#fff">855</span>', "855"),
        ('<span style="color:#fff;background-color:#00f">855</span>', "855"),
        ('855<span style="opacity:0">8</span>', "855"),
        ('<div style="opacity:0">855</div>', "855"),
        ('855<span style="position:absolute;left:-9999px">8</span>', "855"),
        ('855<i style="display:inline-block;width:0;overflow:hidden">8</i>', "855"),
        ('<span style="width:0;overflow:hidden">855</span>', "855"),
        ('855<span style="position:absolute;clip:rect(0 0 0 0)">8</span>', "855"),
    ],
)
def test_what_a_style_makes_unseen_is_no_text_of_a_cell(cell: str, text: str) -> None:
    table = table_of(f"<table><tr><td>行政强制<td>{cell}<tr><td>规章<td>1</table>")
    assert rows_of(table) == [["行政强制", text], ["规章", "1"]]


def test_what_is_struck_often_is_noted_once() -> None:
    markup = "<table>" + "<tr><td>规章<td>1<s>99</s>" * 3 + "<tr><td>文件<td>2<del>8</del></table>"
    assert read(markup.encode()).notes == (
        "crossed-out text was left out: 99",
        "crossed-out text was left out: 8",
    )


def test_a_table_of_one_cell_in_a_cell_is_the_text_of_that_cell() -> None:
    def boxed(text: str) -> str:
        return f"<td><table><tr><td>{text}</table></td>"

    twice = boxed(f"<table><tr>{boxed('2')}</table>")
    rows = f"<tr>{boxed('规章')}{boxed('1')}<tr>{boxed('文件')}{twice}"
    assert rows_of(table_of(f"<table>{rows}</table>")) == [["规章", "1"], ["文件", "2"]]


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr>" + "<td>1" * 1001 + "</table>",
        "<table>" + "<tr><td>1<td>2" * 20_001 + "</table>",
    ],
)
def test_huge_tables_are_refused(markup: str) -> None:
    with pytest.raises(TooLarge, match="a table has more than"):
        read(markup.encode())


def test_rows_outside_any_table_make_one() -> None:
    assert blocks_of("<div><tr><td>规章<td>1</tr>\n<tr><td>文件<td>2</tr>正文。</div>") == (
        Table(
            2,
            2,
            (Cell(0, 0, "规章"), Cell(0, 1, "1"), Cell(1, 0, "文件"), Cell(1, 1, "2")),
        ),
        Text("paragraph", "正文。"),
    )


def test_what_stands_between_rows_stands_before_the_table() -> None:
    markup = "<table>甲<caption>表一</caption><p>乙<tr><td>a<td>1</table>丙"
    assert [block.text for block in blocks_of(markup) if isinstance(block, Text)] == [
        "甲",
        "表一",
        "乙",
        "丙",
    ]


def test_nested_table_in_a_grid_follows_it() -> None:
    inner = "<table><tr><td>x<td>7</table>"
    markup = f"<table><tr><td>甲<td>1<td>2<td>3<tr><td>乙<td>4<td>5{inner}<td>6</table>"
    outer, nested = blocks_of(markup)
    assert isinstance(outer, Table)
    assert isinstance(nested, Table)
    assert rows_of(outer) == [["甲", "1", "2", "3"], ["乙", "4", "5", "6"]]
    assert rows_of(nested) == [["x", "7"]]


@pytest.mark.parametrize(
    "frame",
    [
        "<table><tr><td>{}</td></tr></table>",
        "<table><tr><td width=10></td><td>{}</td><td>&nbsp;</td></tr></table>",
        "<table role=presentation><tr><td>{}</td></tr></table>",
        "<table><tr><td><table><tr><td>{}</td></tr></table></td></tr></table>",
        "<table><tr><td>{}</td></tr><tr><td></td></tr></table>",
    ],
)
def test_layout_tables_flow(frame: str) -> None:
    article = "<p>正文。</p><table><tr><td>规章<td>1</table><p>后文。</p>"
    assert blocks_of(frame.format(article)) == (
        Text("paragraph", "正文。"),
        Table(1, 2, (Cell(0, 0, "规章"), Cell(0, 1, "1"))),
        Text("paragraph", "后文。"),
    )


@pytest.mark.parametrize(
    ("markup", "kind", "text"),
    [
        ("<h1>题</h1>", "heading", "题"),
        ("<h3><span>题</span></h3>", "heading", "题"),
        ("<p><b>题</b></p>", "heading", "题"),
        ("<p><span style='FONT-WEIGHT: 700'>题</span></p>", "heading", "题"),
        ("<p align=center>题</p>", "heading", "题"),
        ("<p style='text-align:center'>题</p>", "heading", "题"),
        ("<center>题</center>", "heading", "题"),
        ("<p>一、总体情况</p>", "heading", "一、总体情况"),
        ("<p>一、总体情况.......1</p>", "paragraph", "一、总体情况.......1"),
        ("<p><b>注：</b>含上年</p>", "paragraph", "注：含上年"),
        ("<p><b>一句完整的话。</b></p>", "paragraph", "一句完整的话。"),
        ("<p>　　正文</p>", "paragraph", "　　正文"),
        ("<li>条目</li>", "paragraph", "条目"),
        ("<div>条目</div>", "paragraph", "条目"),
        ("散文", "paragraph", "散文"),
    ],
)
def test_headings_and_paragraphs(markup: str, kind: str, text: str) -> None:
    (block,) = blocks_of(markup)
    assert isinstance(block, Text)
    assert (block.kind, block.text) == (kind, text)


def test_each_broken_line_is_a_paragraph() -> None:
    assert [
        block.text
        for block in blocks_of("<p>甲<br>乙<br/><br/>丙</p>丁")
        if isinstance(block, Text)
    ] == ["甲", "乙", "丙", "丁"]


CHROME = """<html><head><title>某市人民政府</title><meta name="SiteName" content="某市人民政府">
<meta name="ColumnName" content="头部">
<meta name="others" content="页面生成时间 2025-05-28 15:46:43">
<style>.gone { display: none } @media print { .kept { display: none } }</style></head><body>
<div class="top"><span id="utime">2025年12月30日	星期二</span>
<ul><li><a href="#">首页</a></li><li><a href="#">政务公开</a></li>
<li><a href="#">互动</a></li></ul></div>
<nav>导航 栏目</nav><form><input name="q" value="请输入关键词"><select><option>全部</select></form>
<div>您现在的位置：<a href="/">首页</a> &gt; 年报</div>
<h2>某市某局</h2>
<div class="gone">看不见的话。</div>
<div class="main">
%s
</div>
<div class="side"><h3>相关新闻</h3><ul><li><a href="1">某局召开会议。</a></li>
<li><a href="2">某局举行活动。</a></li><li><a href="3">某局发布公告。</a></li></ul></div>
<div>【打印】 【关闭】 分享到：</div>
<div class="foot">主办：某市人民政府办公室　版权所有<br>
网站标识码：3200000000　苏ICP备05000000号</div>
<script>document.write("2025年12月30日")</script></body></html>"""

ARTICLE = """<h1><ucaptitle>某市某局2023年政府信息公开工作年度报告</ucaptitle></h1>
<p>发布日期：2024-01-17 10:15:14  来源：某局</p>
<p class="kept">根据《条例》要求，编制本报告。</p>
<p>一、总体情况</p><p>2023年5月4日 星期四，本局召开了全系统政府信息公开工作会议并部署全年任务</p>
<table border=1><tr><td>规章<td>0<tr><td>规范性文件<td>8</table>
<p>六、其他需要报告的事项</p><p>无</p><p>某市某局</p><p>2024年1月17日</p>"""


def test_site_around_the_article_is_gone() -> None:
    reading = read((CHROME % ARTICLE).encode())
    assert texts_of(reading) == [
        "某市某局2023年政府信息公开工作年度报告",
        "发布日期：2024-01-17 10:15:14 来源：某局",
        "根据《条例》要求，编制本报告。",
        "一、总体情况",
        "2023年5月4日 星期四，本局召开了全系统政府信息公开工作会议并部署全年任务",
        "六、其他需要报告的事项",
        "无",
        "某市某局",
        "2024年1月17日",
    ]
    assert reading.metadata == (
        ("title", "某市某局2023年政府信息公开工作年度报告"),
        ("title", "某市人民政府"),
        ("published_on", "2024-01-17 10:15:14"),
        ("publisher", "某市人民政府"),
    )
    assert reading.notes == ()


def test_metadata_table_above_the_article_is_kept() -> None:
    table = (
        "<div><table><tr><td>索引号：</td><td>014/2024-2</td><td>发布机构：</td><td>某局</td></tr>"
        "<tr><td>名　　称</td><td colspan=3>某局年报</td></tr>"
        "<tr><td>成文日期</td><td>2024-01-10</td><td>公开日期</td><td>2024年1月17日</td>"
        "</tr></table></div>"
    )
    reading = read((CHROME % (table + "<div>" + ARTICLE + "</div>")).encode())
    first = reading.blocks[0]
    assert isinstance(first, Table)
    assert rows_of(first)[2] == ["成文日期", "2024-01-10", "公开日期", "2024年1月17日"]
    assert reading.metadata[2:] == (
        ("published_on", "2024年1月17日"),
        ("published_on", "2024-01-10"),
        ("published_on", "2024-01-17 10:15:14"),
        ("publisher", "某局"),
        ("publisher", "某市人民政府"),
    )


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("<div>某县某局2023年政府信息公开工作年度报告</div>", True),
        ("<div>某局二〇一九年政府信息公开年报（全文）</div>", True),
        ("<h2>某县某局年度报告</h2>", True),
        ("<div>政府信息公开年报</div>", False),
        ("<div>标题：某局2023年政府信息公开年度报告</div>", False),
        ("<h2>某县某局</h2>", False),
        ("<div>字体：大 中 小</div>", False),
    ],
)
def test_title_above_the_article_is_kept(line: str, kept: bool) -> None:
    page = f"<html><body><div>{line}</div><div><p>正文甲。</p><p>正文乙。</p></div>"
    texts = texts_of(read(page.encode()))
    assert texts[-2:] == ["正文甲。", "正文乙。"]
    assert len(texts) == (3 if kept else 2)


OLD_SITE = """<HTML><BODY><TABLE width=1000><TR><TD colspan=3><IMG src=banner.jpg></TD></TR>
<TR><TD colspan=3><TABLE><TR><TD><A href=1>首页</A></TD><TD><A href=2>新闻</A></TD>
<TD><A href=3>公开</A></TD></TR></TABLE></TD></TR>
<TR><TD width=200><TABLE><TR><TD>栏目导航</TD></TR><TR><TD><A href=4>机构</A></TD></TR>
<TR><TD><A href=5>法规</A></TD></TR><TR><TD><A href=6>年报</A></TD></TR></TABLE></TD>
<TD><TABLE><TR><TD align=center><FONT size=5><B>某县2009年政府信息公开年度报告</B></FONT></TD></TR>
<TR><TD align=center>发布时间：2010-03-02　来源：某县</TD></TR>
<TR><TD>&nbsp;&nbsp;一、概述<BR>&nbsp;&nbsp;本县公开信息859条。<BR>
<TABLE border=1><TR><TD>指标</TD><TD>件数</TD></TR><TR><TD>申请</TD><TD>859</TD></TR></TABLE>
二、其他<BR>无。</TD></TR></TABLE></TD><TD>&nbsp;</TD></TR>
<TR><TD colspan=3 align=center>版权所有：某县人民政府</TD></TR></TABLE></BODY></HTML>"""


def test_a_site_laid_out_with_tables() -> None:
    reading = read(OLD_SITE.encode("gb18030"))
    assert reading.blocks == (
        Text("heading", "某县2009年政府信息公开年度报告"),
        Text("heading", "\u00a0\u00a0一、概述"),
        Text("paragraph", "\u00a0\u00a0本县公开信息859条。"),
        Table(
            2, 2, (Cell(0, 0, "指标"), Cell(0, 1, "件数"), Cell(1, 0, "申请"), Cell(1, 1, "859"))
        ),
        Text("heading", "二、其他"),
        Text("paragraph", "无。"),
    )
    assert reading.metadata == (("published_on", "2010-03-02"),)


@pytest.mark.parametrize(
    ("markup", "pairs"),
    [
        (
            '<meta name="ArticleTitle" content="甲"><meta property="og:title" content="丙">'
            "<title> 丁\n戊 </title><h1>乙</h1>",
            [("title", "甲"), ("title", "乙"), ("title", "丙"), ("title", "丁 戊")],
        ),
        (
            '<meta NAME="PubDate" content="2020-01-23 10:15">',
            [("published_on", "2020-01-23 10:15")],
        ),
        ("<publishtime>2024-01-17</publishtime>", [("published_on", "2024-01-17")]),
        ("<dl><dt>发布时间<dd>2020/1/2</dl>", [("published_on", "2020/1/2")]),
        ("<p>【发布日期】2020年1月2日 【字号：大】</p>", [("published_on", "2020年1月2日")]),
        ("<p>时间：2020-01-02 浏览：3</p>", [("published_on", "2020-01-02")]),
        ("<p>当前时间：2025-01-02</p>", []),
        ("<p>采集时间：2025-01-02</p>", []),
        ("<p>一、总体情况</p><p>发布日期：2020-01-02</p>", []),
        ('<meta name="ContentSource" content="某局">', [("publisher", "某局")]),
        ("<p>发布机构：某局　索引号：1</p>", [("publisher", "某局")]),
    ],
)
def test_metadata(markup: str, pairs: list[tuple[str, str]]) -> None:
    assert list(read(f"<html><body>{markup}<p>正文。</p>".encode()).metadata) == pairs


def test_hidden_article_is_read_and_noted() -> None:
    reading = read(f"<html><body style='display:none'>{ARTICLE}".encode())
    assert len(reading.blocks) == 10
    assert reading.notes == ("text that the page hides at first was read",)


def test_a_table_in_a_script_is_not_read_and_the_page_says_so() -> None:
    page = (
        b"<html><body><h1>T</h1><div id=a></div><script>var a = 'x', content = \"<p>\\u6b63"
        b'\\u6587<\\/p><table><tr><td>\\u89c4\\u7ae0<\\/td><td width=\\"9\\">0<\\/td><\\/tr>'
        b'<tr><td>b<\\/td><td>1<\\/td><\\/tr><\\/table>";</script>'
    )
    with pytest.raises(NotShown, match="in a string of its scripts, which are not read; save it"):
        read(page)
    shown = read(page + "<table><tr><td>规章</td><td>3</td></tr></table>".encode())
    assert [block for block in shown.blocks if isinstance(block, Table)] == [
        Table(1, 2, (Cell(0, 0, "规章"), Cell(0, 1, "3")))
    ]


def test_article_in_a_text_area_is_read_and_noted() -> None:
    reading = read(
        "<html><body><h1>T</h1><textarea style='display:none'><p>正文</p><table><tr><td>规章</td>"
        "<td>0</td></tr><tr><td>b</td><td>1</td></tr></table></textarea>".encode()
    )
    assert reading.blocks[1:] == (
        Text("paragraph", "正文"),
        Table(2, 2, (Cell(0, 0, "规章"), Cell(0, 1, "0"), Cell(1, 0, "b"), Cell(1, 1, "1"))),
    )
    assert reading.notes == ("the article was read from a text area of the page",)


def test_text_with_marked_up_tables_keeps_its_lines() -> None:
    reading = read("# 年度报告\n第一行\n第二行\n<table><tr><td>甲\n乙<td>1</table>\n后文".encode())
    assert reading.blocks == (
        Text("heading", "年度报告"),
        Text("paragraph", "第一行"),
        Text("paragraph", "第二行"),
        Table(1, 2, (Cell(0, 0, "甲 乙"), Cell(0, 1, "1"))),
        Text("paragraph", "后文"),
    )


def test_small_tables_beside_the_article_are_kept() -> None:
    page = "<html><body><div><p>正文甲。</p><p>正文乙。</p></div>"
    fees = "<div><table><tr><td>行政事业性收费<td>0</table></div>"
    chrome = "<div><table><tr><td>站内搜索<td>高级</table></div>"
    assert read((page + fees + chrome).encode()).blocks[2:] == (
        Table(1, 2, (Cell(0, 0, "行政事业性收费"), Cell(0, 1, "0"))),
        Table(1, 2, (Cell(0, 0, "站内搜索"), Cell(0, 1, "高级"))),
    )
    assert read((page + chrome).encode()).blocks == (
        Text("paragraph", "正文甲。"),
        Text("paragraph", "正文乙。"),
    )


def test_tables_spelled_out_in_lines() -> None:
    rows = ["信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数", "规章 | 0 | 0 | 0"]
    rows.append("规范性文件 | 8 | 0 | 18")
    page = "<html><p>二、主动公开</p>" + "".join(f"<p>{line}</p>" for line in rows)
    reading = read(page.encode())
    assert [rows_of(block) for block in reading.blocks if isinstance(block, Table)] == [
        [[cell.strip() for cell in line.split("|")] for line in rows]
    ]
    assert reading.notes == ("the page marks up no table; its tables were read from lines of text",)


def test_web_archive() -> None:
    data = (
        b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=b\r\n"
        b'\r\n--b\r\nContent-Type: text/html; charset="gb2312"\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>=B9=E6=D5=C2</p>\r\n--b--\r\n"
    )
    assert read(data).blocks == (Text("paragraph", "规章"),)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"<html></html>", EmptyFile),
        (b"<html><p>&nbsp;</p><script>1</script>", EmptyFile),
        (b"<html><img src='scan.jpg'>", NoTextLayer),
        (b"<div>" * 100_000, BrokenFile),
        (b"<table><tr><td>" * 500 + b"1", BrokenFile),
    ],
)
def test_what_cannot_be_read(data: bytes, error: type[ExtractError]) -> None:
    with pytest.raises(error):
        read(data)


def test_missing_row_spans_emulated_by_empty_cells() -> None:
    """Heads as some sites write them: empty cells where a span should be, no span at all."""
    empty = "<td>&nbsp;</td>"
    kinds = "".join(f"<td>{name}</td>" for name in ("结果维持", "结果纠正", "尚未审结"))
    table = table_of(
        "<table><tr><td colspan=3>行政复议<td colspan=3>行政诉讼</tr>"
        f"<tr>{kinds}{kinds}</tr><tr>{empty * 3}{kinds}</tr><tr>{'<td>0' * 6}</tr></table>"
    )
    assert (table.rows, table.columns) == (4, 6)
    assert rows_of(table)[2] == ["\u00a0"] * 3 + ["结果维持", "结果纠正", "尚未审结"]
    assert rows_of(table)[3] == ["0"] * 6


@settings(max_examples=60)
@given(tables())
def test_rendered_tables_are_read_back(table: Table) -> None:
    assert table_of(table_to_html(table)) == table


@given(st.text(st.sampled_from("<>/=\"' tabledrpscon1&;!-[]规章"), max_size=300))
def test_any_markup_is_read_or_raises_an_extract_error(markup: str) -> None:
    try:
        read(("<html>" + markup).encode())
    except ExtractError as error:
        assert error.remedy


@given(st.binary(max_size=1000))
def test_any_bytes_are_read_or_raise_an_extract_error(data: bytes) -> None:
    try:
        read(data)
    except ExtractError as error:
        assert error.remedy


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")
@pytest.mark.parametrize("folder", sorted(REPORTS.glob("*-html")), ids=lambda path: path.name)
def test_real_pages_hold_every_figure(folder: Path) -> None:
    """Cell by cell in the order of the form: what is read is what a person read."""
    with (folder / "gold.csv").open(encoding="utf-8", newline="") as stream:
        gold = list(csv.DictReader(stream))
    tables = [
        block
        for block in read((folder / "source.html").read_bytes()).blocks
        if isinstance(block, Table)
    ][-3:]
    for name, table in zip(("proactive", "requests", "proceedings"), tables, strict=True):
        expected = [row["value"] for row in gold if row["table"] == name]
        assert [text.strip() for text in figure_cells(table)] == expected


def figure_cells(table: Table) -> list[str]:
    """The texts of the cells that hold a figure or stand in its place, by row and column."""
    if table.columns == 10:
        return [cell.text for cell in table.cells if cell.row >= 3 and cell.column >= 3]
    if table.columns == 15:
        return [cell.text for cell in table.cells if cell.row == table.rows - 1]
    return [cell.text for cell in table.cells if cell.text.strip().isdigit()]
