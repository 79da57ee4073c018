"""What Word prints and keeps elsewhere: numbers of lists, documents within the document."""

from __future__ import annotations

import io
import zipfile

import pytest

from extract.document import Block, Cell, Table, Text
from extract.docx.numerals import numeral
from extract.docx.reader import read
from tests.word_documents import NAMESPACES, cell, document, package, paragraph, row, run, table


def level(depth: int, form: str, text: str, start: int = 1, more: str = "") -> str:
    return (
        f"<w:lvl w:ilvl='{depth}'><w:start w:val='{start}'/><w:numFmt w:val='{form}'/>{more}"
        f"<w:lvlText w:val='{text}'/></w:lvl>"
    )


NUMBERING = f"""<w:numbering {NAMESPACES}>
<w:abstractNum w:abstractNumId="0">
{level(0, "chineseCounting", "%1、")}
{level(1, "chineseCountingThousand", "（%2）")}
{level(2, "decimal", "%3.")}
{level(3, "decimal", "%1.%4", more="<w:isLgl/>")}
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "●")}</w:abstractNum>
<w:abstractNum w:abstractNumId="2">{level(0, "decimal", "%1)", start=5)}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>
</w:numbering>"""

STYLES = f"""<w:styles {NAMESPACES}>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/>
<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="3"><w:basedOn w:val="1"/>
<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
</w:styles>"""


def item(list_: int, depth: int = 0) -> str:
    return f"<w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{list_}'/></w:numPr>"


def blocks_of(body: str) -> tuple[Block, ...]:
    data = package(document(body), word__numbering=NUMBERING, word__styles=STYLES)
    return read(data).blocks


def texts_of(*items: str) -> list[str]:
    blocks = blocks_of("".join(paragraph(run("项"), properties) for properties in items))
    return [block.text.removesuffix("项") for block in blocks if isinstance(block, Text)]


@pytest.mark.parametrize(
    ("items", "numbers"),
    [
        ([item(1), item(1), item(1)], ["一、", "二、", "三、"]),
        ([item(1), item(1, 1), item(1, 1), item(1), item(1, 1)],
         ["一、", "（一）", "（二）", "二、", "（一）"]),
        ([item(1), item(1, 2), item(1, 2)], ["一、", "1. ", "2. "]),
        ([item(1), item(1), item(1, 3)], ["一、", "二、", "2.1 "]),
        ([item(1, 3)], ["1.1 "]),
        ([item(2), item(2)], ["", ""]),
        ([item(3), item(3)], ["5)", "6)"]),
        ([item(1), item(1), item(5)], ["一、", "二、", "三、"]),
        ([item(1), item(1), item(4), item(4)], ["一、", "二、", "一、", "二、"]),
        ([item(0), item(9), item(1, 99)], ["", "", ""]),
        (["<w:pStyle w:val='1'/>", "<w:pStyle w:val='2'/>", "<w:pStyle w:val='1'/>"],
         ["一、", "（一）", "二、"]),
        (["<w:pStyle w:val='1'/>" + item(0), "<w:pStyle w:val='3'/>"], ["", ""]),
        ([item(1), "", item(1)], ["一、", "", "二、"]),
    ],
)  # fmt: skip
def test_numbers_are_those_that_word_prints(items: list[str], numbers: list[str]) -> None:
    assert texts_of(*items) == numbers


def test_a_numbered_line_is_a_heading_and_labels_in_cells_are_numbered() -> None:
    label = f"<w:tc>{paragraph(run('规章'), item(3))}</w:tc>"
    assert blocks_of(paragraph(run("总体情况"), item(1)) + table(row(label, cell("12")))) == (
        Text("heading", "一、总体情况"),
        Table(1, 2, (Cell(0, 0, "5)规章"), Cell(0, 1, "12"))),
    )


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (11, "chineseCounting", "十一"),
        (20, "taiwaneseCounting", "二十"),
        (35, "japaneseCounting", "三十五"),
        (105, "chineseCountingThousand", "一百零五"),
        (1010, "chineseCountingThousand", "一千零一十"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (12, "ideographDigital", "一二"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (2, "decimalEnclosedParen", "⑵"),
        (2, "decimalEnclosedFullstop", "⒉"),
        (4, "ideographTraditional", "丁"),
        (12, "ideographZodiac", "亥"),
        (19, "lowerRoman", "xix"),
        (4, "upperRoman", "IV"),
        (2, "lowerLetter", "b"),
        (27, "upperLetter", "AA"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (3, "ordinal", "3"),
        (0, "chineseCounting", "〇"),
    ],
)
def test_numerals(number: int, form: str, text: str) -> None:
    assert numeral(number, form) == text


def with_chunk(content: bytes, target: str = "afchunk.htm", mode: str = "") -> bytes:
    """A document of one line, and a chunk that may lie in the package."""
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    ids = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    body = paragraph(run("前")) + f"<w:altChunk xmlns:r='{ids}' r:id='c1'/>"
    stream = io.BytesIO(package(document(body)))
    with zipfile.ZipFile(stream, "a") as made:
        made.writestr(
            "word/_rels/document.xml.rels",
            f"<Relationships xmlns='{relations}'>"
            f"<Relationship Id='c1' Type='aFChunk' Target='{target}' {mode}/></Relationships>",
        )
        made.writestr("word/afchunk.htm", content)
    return stream.getvalue()


PAGE = "<html><body><h1>年报</h1><table><tr><td>规章<td>3<tr><td>文件<td>4</table></body></html>"
IN_PAGE = (
    Text("heading", "年报"),
    Table(2, 2, (Cell(0, 0, "规章"), Cell(0, 1, "3"), Cell(1, 0, "文件"), Cell(1, 1, "4"))),
)
ARCHIVE = (
    b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n'
    b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    + PAGE.encode()
    + b"\n--x--\n"
)


@pytest.mark.parametrize(
    ("content", "blocks"),
    [
        (PAGE.encode(), IN_PAGE),
        (PAGE.encode("gb18030"), IN_PAGE),
        (ARCHIVE, IN_PAGE),
        (package(document(paragraph(run("内")))), (Text("paragraph", "内"),)),
        ("全年公开249条。".encode(), (Text("paragraph", "全年公开249条。"),)),
    ],
)
def test_a_document_within_the_document_is_taken_in(
    content: bytes, blocks: tuple[Block, ...]
) -> None:
    reading = read(with_chunk(content))
    assert reading.blocks == (Text("paragraph", "前"), *blocks)
    assert reading.notes == ()


@pytest.mark.parametrize(
    "data",
    [
        with_chunk(PAGE.encode(), target="elsewhere.htm"),
        with_chunk(PAGE.encode(), target="http://127.0.0.1:9/a.htm", mode="TargetMode='External'"),
        with_chunk(b"{\\rtf1 x}"),
        package(document(paragraph(run("前")) + "<w:altChunk/>")),
    ],
)
def test_one_that_cannot_be_taken_in_is_noted(data: bytes) -> None:
    reading = read(data)
    assert reading.blocks == (Text("paragraph", "前"),)
    assert reading.notes == ("a document kept within the document was not read",)


DELETED_END = "<w:rPr><w:del w:id='1'/></w:rPr>"


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    parts = paragraph(run("1"), DELETED_END) + paragraph(run("6"))
    assert read(package(document(parts))).blocks == (Text("paragraph", "16"),)
    found = read(package(document(table(row(cell("项"), f"<w:tc>{parts}</w:tc>"))))).blocks
    assert found == (Table(1, 2, (Cell(0, 0, "项"), Cell(0, 1, "16"))),)
    alone = paragraph(run("1"), DELETED_END)
    assert read(package(document(alone))).blocks == (Text("paragraph", "1"),)


def test_text_that_merging_repeats_is_read_once() -> None:
    rows = (
        row(cell("3", "<w:vMerge w:val='restart'/>"), cell("b")),
        row(cell("3", "<w:vMerge/>"), cell("c")),
        row(cell("4", "<w:vMerge/>"), cell("d")),
    )
    (found,) = read(package(document(table(*rows)))).blocks
    assert isinstance(found, Table)
    assert found.cells[0] == Cell(0, 0, "3\n4", 3, 1)
