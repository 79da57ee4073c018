"""Tables of web pages: their cells, spans and texts."""

from __future__ import annotations

import pytest

from extract.document import Cell, Table, Text
from extract.errors import TooLarge
from extract.html.reader import read
from tests.html_pages import blocks_of, rows_of, table_of


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
