"""The article of a web page: what is text of it, and what is the site around it."""

from __future__ import annotations

import pytest

from extract.document import Cell, Table, Text
from extract.errors import NotShown
from extract.html.reader import read
from tests.html_pages import blocks_of, rows_of, texts_of


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
