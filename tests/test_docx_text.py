"""Text, headings and tables of Word documents, from pieces of their XML."""

from __future__ import annotations

import pytest

from extract.document import Cell, Table, Text
from extract.docx.reader import read
from tests.word_documents import (
    STYLES,
    blocks_of,
    cell,
    document,
    package,
    paragraph,
    row,
    run,
    table,
)

BOX = f"<w:txbxContent>{paragraph(run('框内'))}</w:txbxContent>"
ANCHORED = (
    "<w:r><mc:AlternateContent>"
    f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("统") + run("计"), "统计"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a\tb"),
        ("<w:r><w:noBreakHyphen/><w:t>35</w:t></w:r>", "-35"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:t>1</w:t></w:r>", "✓1"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F082'/><w:t>项</w:t></w:r>", "②项"),
        ("<w:r><w:sym w:font='Symbol' w:char='F033'/><w:t>5</w:t></w:r>", "35"),
        ("<w:r><w:sym w:font='宋体' w:char='2014'/></w:r>", "—"),
        (f"<w:ins w:id='1'>{run('新')}</w:ins>" + run("文"), "新文"),
        ("<w:del w:id='1'><w:r><w:delText>旧</w:delText></w:r></w:del>" + run("文"), "文"),
        (f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo>", "新"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('26')}</w:sdtContent></w:sdt>", "26"),
        (f"<w:hyperlink>{run('链')}</w:hyperlink><w:smartTag>{run('接')}</w:smartTag>", "链接"),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>=SUM(ABOVE)"
            "</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
            + run("28")
            + "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
            "28",
        ),
        (run("12") + run("1", "<w:vertAlign w:val='superscript'/>"), "12¹"),
        (run("12") + "<w:r><w:footnoteReference w:id='2'/></w:r>", "12"),
        (run("12", "<w:strike/>") + run("13", "<w:strike w:val='0'/>"), "13"),
        (run("12", "<w:vanish/>") + run("13"), "13"),
        ("<w:r><w:ruby><w:rt>" + run("fā") + "</w:rt><w:rubyBase>" + run("發") + "</w:rubyBase>"
         "</w:ruby></w:r>", "發"),
        ("<m:oMath><m:r><m:t>42</m:t></m:r></m:oMath>", "42"),
        ("<w:bookmarkStart w:id='0'/>" + run("　　正文") + "<w:bookmarkEnd w:id='0'/>", "　　正文"),
    ],
)  # fmt: skip
def test_text_of_a_paragraph(inside: str, text: str) -> None:
    assert blocks_of(paragraph(inside)) == (Text("paragraph", text),)
    in_table = f"<w:tc>{paragraph(inside)}</w:tc>"
    assert blocks_of(table(row(cell("项"), in_table))) == (
        Table(1, 2, (Cell(0, 0, "项"), Cell(0, 1, text))),
    )


@pytest.mark.parametrize(
    ("inside", "properties", "kind"),
    [
        (run("题"), "<w:pStyle w:val='1'/>", "heading"),
        (run("题"), "<w:pStyle w:val='a'/>", "heading"),
        (run("题"), "<w:pStyle w:val='b'/>", "heading"),
        (run("题"), "<w:outlineLvl w:val='0'/>", "heading"),
        (run("题"), "<w:jc w:val='center'/>", "heading"),
        (run("题", "<w:b/>") + run("目", "<w:b/>"), "", "heading"),
        (run("一、总体情况"), "", "heading"),
        (run("题"), "<w:pStyle w:val='c'/>", "paragraph"),
        (run("题"), "<w:pStyle w:val='none'/>", "paragraph"),
        (run("题"), "<w:pStyle w:val='1'/><w:outlineLvl w:val='9'/>", "paragraph"),
        (run("注", "<w:b/>") + run("意"), "", "paragraph"),
        (run("题", "<w:b w:val='false'/>"), "", "paragraph"),
    ],
)
def test_headings(inside: str, properties: str, kind: str) -> None:
    data = package(document(paragraph(inside, properties)), word__styles=STYLES)
    (block,) = read(data).blocks
    assert isinstance(block, Text)
    assert block.kind == kind


def test_soft_line_breaks_make_paragraphs() -> None:
    inside = "<w:r><w:t>一、总体情况</w:t><w:br/><w:t>全年公开249条。</w:t></w:r>"
    assert blocks_of(paragraph(inside)) == (
        Text("heading", "一、总体情况"),
        Text("paragraph", "全年公开249条。"),
    )


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        (
            (row(cell("a", "<w:gridSpan w:val='2'/>"), cell("b")), row(*map(cell, "cde"))),
            [("a", 0, 0, 1, 2), ("b", 0, 2, 1, 1), ("c", 1, 0, 1, 1), ("d", 1, 1, 1, 1),
             ("e", 1, 2, 1, 1)],
        ),
        (
            (
                row(cell("a", "<w:vMerge w:val='restart'/>"), cell("b")),
                row(cell("", "<w:vMerge/>"), cell("c")),
                row(cell("", "<w:vMerge w:val='continue'/>"), cell("d")),
                row(cell("e", "<w:vMerge w:val='restart'/>"), cell("f")),
            ),
            [("a", 0, 0, 3, 1), ("b", 0, 1, 1, 1), ("c", 1, 1, 1, 1), ("d", 2, 1, 1, 1),
             ("e", 3, 0, 1, 1), ("f", 3, 1, 1, 1)],
        ),
        # Nothing above to continue: a cell of its own. Text in a continued cell is not lost.
        (
            (row(cell("a", "<w:vMerge/>"), cell("b")), row(cell("c", "<w:vMerge/>"), cell("d"))),
            [("a\nc", 0, 0, 2, 1), ("b", 0, 1, 1, 1), ("d", 1, 1, 1, 1)],
        ),
        (
            (
                row(cell("a", "<w:vMerge w:val='restart'/><w:gridSpan w:val='2'/>")),
                row(cell("b", "<w:vMerge/>"), cell("c")),
            ),
            [("a", 0, 0, 1, 2), ("b", 1, 0, 1, 1), ("c", 1, 1, 1, 1)],
        ),
        (
            (row(cell("a"), cell("b")), row(cell("c"), properties="<w:gridBefore w:val='1'/>")),
            [("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1), ("c", 1, 1, 1, 1)],
        ),
        (
            (row(cell("a", "<w:hMerge w:val='restart'/>"), cell("", "<w:hMerge/>"), cell("b")),),
            [("a", 0, 0, 1, 2), ("b", 0, 2, 1, 1)],
        ),
        (
            (
                row(cell("a"), cell("b")),
                row(cell("x"), cell("y"), properties="<w:del w:id='1'/>"),
                row(cell("c"), cell("z", "<w:cellDel w:id='2'/>"), cell("d")),
            ),
            [("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1), ("c", 1, 0, 1, 1), ("d", 1, 1, 1, 1)],
        ),
        (
            (row(cell("a", "<w:gridSpan w:val='-2'/>"), cell("b", "<w:gridSpan w:val='x'/>")),),
            [("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1)],
        ),
        (
            (
                "<w:sdt><w:sdtContent>" + row(cell("a"), cell("b")) + "</w:sdtContent></w:sdt>",
                row("<w:sdt><w:sdtContent>" + cell("c") + "</w:sdtContent></w:sdt>", cell("d")),
            ),
            [("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1), ("c", 1, 0, 1, 1), ("d", 1, 1, 1, 1)],
        ),
    ],
)  # fmt: skip
def test_grid(rows: tuple[str, ...], cells: list[tuple[str, int, int, int, int]]) -> None:
    (found,) = blocks_of(table(*rows))
    assert isinstance(found, Table)
    assert [(c.text, c.row, c.column, c.rowspan, c.colspan) for c in found.cells] == cells


def test_paragraphs_of_a_cell_are_its_lines() -> None:
    lines = "".join(paragraph(run(text) if text else "") for text in ("商业", "", "企业"))
    (found,) = blocks_of(table(row(cell("项"), f"<w:tc>{lines}</w:tc>")))
    assert isinstance(found, Table)
    assert found.cells[1].text == "商业\n企业"


def test_nested_table_follows_and_is_not_in_the_text() -> None:
    inner = table(row(cell("x"), cell("7")))
    outer = table(row(cell("a"), f"<w:tc>{paragraph(run('b'))}{inner}{paragraph('')}</w:tc>"))
    assert blocks_of(outer + paragraph(run("后"))) == (
        Table(1, 2, (Cell(0, 0, "a"), Cell(0, 1, "b"))),
        Table(1, 2, (Cell(0, 0, "x"), Cell(0, 1, "7"))),
        Text("paragraph", "后"),
    )


def test_nested_table_of_one_cell_is_the_text_of_its_cell() -> None:
    def boxed(text: str) -> str:
        inner = table(row(cell(text)))
        return f"<w:tc>{paragraph('')}{inner}{paragraph('')}</w:tc>"

    twice = f"<w:tc>{table(row(boxed('2')))}{paragraph('')}</w:tc>"
    assert blocks_of(table(row(boxed("规章"), boxed("1")), row(boxed("文件"), twice))) == (
        Table(2, 2, (Cell(0, 0, "规章"), Cell(0, 1, "1"), Cell(1, 0, "文件"), Cell(1, 1, "2"))),
    )


def test_text_boxes_are_read_once_and_outside_their_cell() -> None:
    assert blocks_of(paragraph(run("前") + ANCHORED)) == (
        Text("paragraph", "前"),
        Text("paragraph", "框内"),
    )
    anchored = f"<w:tc>{paragraph(run('1') + ANCHORED)}</w:tc>"
    assert blocks_of(table(row(cell("a"), anchored))) == (
        Table(1, 2, (Cell(0, 0, "a"), Cell(0, 1, "1"))),
        Text("paragraph", "框内"),
    )
    alone = f"<w:tc>{paragraph(ANCHORED)}</w:tc>"
    assert blocks_of(table(row(cell("a"), alone))) == (
        Table(1, 2, (Cell(0, 0, "a"), Cell(0, 1, "框内"))),
    )


def test_table_that_frames_prose_flows() -> None:
    prose = "全年主动公开政府信息。" * 50
    assert blocks_of(table(row(cell("一、总体情况")), row(cell(prose)))) == (
        Text("heading", "一、总体情况"),
        Text("paragraph", prose),
    )


def test_what_is_left_out_is_noted() -> None:
    body = paragraph(run("12", "<w:strike/>") + "<w:r><w:sym/><w:t>3</w:t></w:r>")
    assert read(package(document(body))).notes == (
        "crossed-out text was left out: 12",
        "characters of a symbol font that were not read: 1",
    )


def test_title_among_the_properties() -> None:
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>某局\n年报</dc:title></c>'
    data = package(document(paragraph(run("文"))), docProps__core=core)
    assert read(data).metadata == (("title", "某局 年报"),)


def test_strict_documents_are_read_alike() -> None:
    strict = document(table(row(cell("a", "<w:gridSpan w:val='2'/>"), cell("b")))).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert read(package(strict)).blocks == (Table(1, 3, (Cell(0, 0, "a", 1, 2), Cell(0, 2, "b"))),)
