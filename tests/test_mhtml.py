"""Web archives and mails: the right part, in the right charset, whoever saved it."""

from __future__ import annotations

import base64
import quopri

import pytest

from extract.document import Cell, Table, Text
from extract.errors import BrokenFile, EmptyFile, NoTextLayer
from extract.html.reader import read
from extract.kinds import MHTML, kind_of

TABLE = "<table><tr><td>规章</td><td>3</td></tr><tr><td>行政许可</td><td>47</td></tr></table>"
PAGE = f"<html><head><title>某局年报</title></head><body><h1>某局年度报告</h1>{TABLE}</body></html>"
READ = (
    Text("heading", "某局年度报告"),
    Table(2, 2, (Cell(0, 0, "规章"), Cell(0, 1, "3"), Cell(1, 0, "行政许可"), Cell(1, 1, "47"))),
)


def packed(text: str, charset: str, packing: str) -> bytes:
    data = text.encode(charset)
    if packing == "base64":
        return base64.encodebytes(data)
    return quopri.encodestring(data) if packing == "quoted-printable" else data


def part(
    text: str,
    charset: str = "utf-8",
    packing: str = "quoted-printable",
    named: str | None = None,
    head: str = "",
    kind: str = "text/html",
) -> bytes:
    """One part; `named` is the charset of its header, none when empty."""
    said = charset if named is None else named
    parameter = f'; charset="{said}"' if said else ""
    lines = f"Content-Type: {kind}{parameter}\nContent-Transfer-Encoding: {packing}\n{head}\n"
    return lines.encode() + packed(text, charset, packing)


def archive(*parts: bytes, parameters: str = "", kind: str = "related", ends: str = "\n") -> bytes:
    head = (
        "From: <Saved by a browser>\nSubject: =?utf-8?B?5bm05oql?=\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/{kind};\n\ttype="text/html"{parameters};\n\tboundary="--=_x"\n\n'
    ).encode()
    body = b"".join(b"----=_x\n" + one + b"\n" for one in parts) + b"----=_x--\n"
    return (head + body).replace(b"\n", ends.encode())


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("packing", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5"])
def test_parts_are_unpacked(charset: str, packing: str, ends: str) -> None:
    text = (
        PAGE.replace("规", "規").replace("许", "許").replace("报", "報")
        if charset == "big5"
        else PAGE
    )
    data = archive(part(text, charset, packing), ends=ends)
    assert kind_of(data) == MHTML
    table = read(data).blocks[1]
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells if cell.column == 1] == ["3", "47"]
    assert table.cells[0].text in ("规章", "規章")


@pytest.mark.parametrize(
    ("named", "meta"),
    [("", "gbk"), ("utf-8", "gbk"), ("gb2312", "utf-8"), ("us-ascii", "gb2312"), ("x-none", "")],
)
def test_the_charset_is_the_one_that_reads_well(named: str, meta: str) -> None:
    text = PAGE.replace("<head>", f'<head><meta charset="{meta}">' if meta else "<head>")
    assert read(archive(part(text, "gb18030", named=named))).blocks == READ


def test_word_saves_utf_16_and_calls_it_unicode() -> None:
    assert read(archive(part(PAGE, "utf-16", "base64", named="unicode"))).blocks == READ


def test_a_soft_break_within_a_figure_joins_it() -> None:
    data = archive(part(PAGE)).replace(b"47", b"4=\n7")
    assert read(data).blocks == READ


def test_the_start_parameter_names_the_page() -> None:
    other = part("<p>广告：欢迎您。</p><table><tr><td>其他<td>9<tr><td>项<td>8</table>")
    root = part(PAGE, head="Content-ID: <root@x>\n")
    data = archive(other, root, parameters=';\n\tstart="<root@x>"')
    assert read(data).blocks == READ


def test_the_table_of_a_frame_is_found() -> None:
    outer = part("<html><title>外</title><frameset><frame src='cid:a'></frameset></html>")
    menu = part("<ul><li><a href='/'>首页</a></ul>")
    assert read(archive(outer, menu, part(PAGE))).blocks == READ
    words = part("<html><title>外</title><p>正文如下。<iframe src='cid:a'></iframe></html>")
    framed = read(archive(words, part(PAGE)))
    assert framed.blocks == READ
    assert framed.metadata == (
        ("title", "外"),
        ("title", "某局年度报告"),
        ("title", "某局年报"),
    )


def test_a_part_of_alternatives_is_the_page() -> None:
    inner = (
        b'Content-Type: multipart/alternative; boundary="y"\n\n--y\nContent-Type: text/plain\n\nx\n'
        b"--y\n" + part(PAGE) + b"\n--y--\n"
    )
    assert read(archive(inner)).blocks == READ


def test_a_mail_with_a_page_is_read_as_one() -> None:
    plain = part("见网页", kind="text/plain")
    assert read(archive(plain, part(PAGE), kind="alternative")).blocks == READ
    alone = b"MIME-Version: 1.0\nSubject: x\n" + part(PAGE)
    assert kind_of(alone) == MHTML
    assert read(alone).blocks == READ


def test_leading_marks_and_lines_do_no_harm() -> None:
    assert read(b"\xef\xbb\xbf\r\n\r\n" + archive(part(PAGE))).blocks == READ


def test_an_archive_cut_short_gives_what_is_there() -> None:
    data = archive(part(PAGE, packing="8bit"))
    assert read(data[: data.index(b"</table>")]).blocks == READ


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (archive(part("x", kind="image/png")), BrokenFile, "holds no page, or is cut short"),
        (archive(), BrokenFile, "holds no page"),
        (archive(part("<p></p>")), EmptyFile, "no text"),
        (archive(part("<img src=x>")), NoTextLayer, "pictures"),
    ],
)
def test_what_cannot_be_read(data: bytes, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        read(data)
