"""Pages whose report stands elsewhere, in a file, a frame or a picture, or in tables of divs."""

import pytest

from extract.document import Cell, Table, Text
from extract.errors import EmptyFile, NoTextLayer
from extract.html.reader import read

PROSE = (
    "<p>一、总体情况</p><p>"
    + "全年主动公开政府信息二百四十九条，办理依申请公开事项。" * 15
    + "</p>"
)
TABLE = "<table><tr><td>规章<td>1<tr><td>文件<td>2</table>"


def notes_on(page: str) -> tuple[str, ...]:
    return read(f"<html><body><div>{page}</div></body></html>".encode()).notes


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<p>附件下载：<a href='/files/2023年报.pdf?x=1'>2023年报</a>", "only names files: 2023年报.pdf"),
        ("<p>年报见附件。<a href='a%20b.DOC'>附件</a><a href='c.zip'>二</a>", "files: a b.DOC, c.zip"),
        ("<p>年报</p><iframe src='/viewer.html?file=%2Ff%2Freport.pdf'></iframe>", "files: report.pdf"),
        ("<iframe src='/viewer.html?file=report.pdf'></iframe>", "elsewhere: report.pdf"),
        ("<iframe src='article.html'></iframe>", "shows what is elsewhere: article.html; fetch that"),
        ("<object data='r.pdf' type='application/pdf'></object>", "elsewhere: r.pdf"),
        ("<iframe src='about:blank'></iframe>", "the page has no text"),
    ],
)  # fmt: skip
def test_a_page_that_only_leads_to_the_report_says_where_it_is(page: str, said: str) -> None:
    with pytest.raises(EmptyFile) as raised:
        read(f"<html><body><div>{page}</div></body></html>".encode())
    assert said in str(raised.value)


def test_frames_of_an_old_page() -> None:
    with pytest.raises(EmptyFile, match=r"elsewhere: menu.htm, text.htm; fetch that"):
        read(b"<html><frameset><frame src=menu.htm><frame src=text.htm></frameset></html>")


def test_pictures_alone_are_pictures() -> None:
    with pytest.raises(NoTextLayer):
        read(b"<html><body><img src=scan.jpg></body></html>")


DATA = "".join(f'{{"name": "第{number}行", "value": "x"}}, ' for number in range(3))
FIGURES = "var data = {" + ", ".join(f'"规章{n}": {n}' for n in range(12)) + "};"
ROWS = "var rows = [" + ", ".join(f'["\\u89c4\\u7ae0", "{n}"]' for n in range(12)) + "];"


@pytest.mark.parametrize(
    ("script", "noted"), [(FIGURES, True), (ROWS, True), (DATA, False), ("var a = 1;", False)]
)
def test_figures_that_scripts_hold_are_noted(script: str, noted: bool) -> None:
    note = "there is no table, and figures that scripts of the page hold were not read"
    assert notes_on(PROSE + f"<script>{script}</script>") == ((note,) if noted else ())


def test_a_page_of_scripts_alone_says_so() -> None:
    with pytest.raises(EmptyFile, match="no text, its data are in scripts; fetch it again"):
        read(f"<html><body><div id=app></div><script>{FIGURES}</script></body></html>".encode())


PICTURES = "there is no table, and pictures were not read: {}"
FILES = "there is no table, and files that the page names were not read: {}"


@pytest.mark.parametrize(
    ("page", "notes"),
    [
        (PROSE + "<img src='t.jpg'>", (PICTURES.format(1),)),
        (PROSE + "<p><img src='t.jpg' width='600'><img src='u.png'></p>", (PICTURES.format(2),)),
        (PROSE + "<img src='t.gif' width='16'><img src='logo.png'><img>", ()),
        (PROSE + "<a href='a.pdf'>附件</a>", (FILES.format("a.pdf"),)),
        (PROSE + "<a href='next.html'>下一页</a>", ()),
        (PROSE + TABLE + "<img src='t.jpg'><a href='a.pdf'>附件</a>", ()),
    ],
)
def test_what_may_hold_the_missing_table_is_noted(page: str, notes: tuple[str, ...]) -> None:
    assert notes_on(page) == notes


def laid_out(table: str, row: str, cell: str, element: str = "div") -> bytes:
    rows = "".join(
        f"<{element} {row}>"
        + "".join(f"<{element} {cell}>{text}</{element}>" for text in texts)
        + f"</{element}>"
        for texts in (("规章", "1"), ("文件", ""), ("许可", "3"))
    )
    return f"<body><p>前。</p><{element} {table}>{rows}</{element}><p>后。</p></body>".encode()


@pytest.mark.parametrize(
    "page",
    [
        laid_out("style='display:table'", "style='display: table-row'", "style='display:table-cell'"),
        laid_out("role='table'", "role='row'", "role='cell'"),
        laid_out("role=grid", "role=row", "role=gridcell", "span"),
    ],
)  # fmt: skip
def test_tables_of_other_elements(page: bytes) -> None:
    texts = ("规章", "1", "文件", "", "许可", "3")
    cells = tuple(Cell(at // 2, at % 2, text) for at, text in enumerate(texts))
    assert read(page).blocks == (
        Text("paragraph", "前。"),
        Table(3, 2, cells),
        Text("paragraph", "后。"),
    )


@pytest.mark.parametrize(
    ("table", "row", "cell"),
    [
        ("style='display:table'", "", "style='display:table-cell'"),
        ("style='display:table'", "", ""),
        ("role='table'", "role='row'", ""),
    ],
)
def test_what_only_lays_out_a_page_is_no_table(table: str, row: str, cell: str) -> None:
    blocks = read(laid_out(table, row, cell)).blocks
    assert not any(isinstance(block, Table) and block.columns > 1 for block in blocks)
