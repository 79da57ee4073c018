"""Word documents that cannot be read, of other writers, of any bytes, and real reports."""

from __future__ import annotations

import io
import random
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import archive
from extract.document import Cell, Table, Text
from extract.docx.reader import read
from extract.errors import (
    BrokenFile,
    EmptyFile,
    EncryptedFile,
    ExtractError,
    NoTextLayer,
    TooLarge,
)
from tests.grids import table_to_word, tables
from tests.word_documents import (
    NAMESPACES,
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

REPORTS = Path(__file__).resolve().parents[2] / "shared" / "reports"

ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", BrokenFile),
        (b"PK\x03\x04", BrokenFile),
        (package(document(paragraph(run("文"))))[:-40], BrokenFile),
        (package("<w:document"), BrokenFile),
        (package(""), BrokenFile),
        (package(f"<w:document {NAMESPACES}/>"), BrokenFile),
        (package(ENTITIES + document(paragraph(run("&b;")))), BrokenFile),
        (package(document("<w:sdt>" * 400 + "</w:sdt>" * 400)), BrokenFile),
        (package(document(paragraph(""))), EmptyFile),
        (package(document(paragraph("<w:r><w:drawing><a:blip/></w:drawing></w:r>"))), NoTextLayer),
        (package(document(table(row(*[cell("1")] * 1001)))), TooLarge),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504, BrokenFile),
    ],
)
def test_what_cannot_be_read(data: bytes, error: type[ExtractError]) -> None:
    with pytest.raises(error):
        read(data)


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = package(document(paragraph(run("0" * 10_000))))
    monkeypatch.setattr(archive, "MAX_MEMBER_BYTES", 5_000)
    with pytest.raises(TooLarge, match=r"word/document\.xml unpacks to more than 5000 bytes"):
        read(data)
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 4_000)
    with pytest.raises(TooLarge, match="1 members"):
        read(data)


def test_encrypted_member_is_refused() -> None:
    data = bytearray(package(document(paragraph(run("文")))))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    with pytest.raises(EncryptedFile):
        read(bytes(data))


def test_documents_of_another_writer() -> None:
    written = docx.Document()
    written.add_heading("年度报告", level=1)
    grid = written.add_table(rows=3, cols=3)
    for number, one in enumerate(grid._cells):
        one.text = str(number)
    grid.cell(0, 0).merge(grid.cell(1, 1)).text = "合并"
    stream = io.BytesIO()
    written.save(stream)
    assert read(stream.getvalue()).blocks == (
        Text("heading", "年度报告"),
        Table(
            3,
            3,
            (
                Cell(0, 0, "合并", 2, 2),
                Cell(0, 2, "2"),
                Cell(1, 2, "5"),
                Cell(2, 0, "6"),
                Cell(2, 1, "7"),
                Cell(2, 2, "8"),
            ),
        ),
    )


@settings(max_examples=60)
@given(tables())
def test_rendered_tables_are_read_back(made: Table) -> None:
    assert blocks_of(table_to_word(made)) == (made,)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_raise_an_extract_error(data: bytes) -> None:
    for candidate in (data, b"PK\x03\x04" + data, package(data.decode("latin-1"))):
        try:
            read(candidate)
        except ExtractError as error:
            assert error.remedy


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_damaged_documents_are_read_or_raise_an_extract_error(seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(package(document(table(row(cell("a"), cell("1")))), word__styles=STYLES))
    for _ in range(rng.randint(1, 6)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    try:
        read(bytes(data))
    except ExtractError as error:
        assert error.remedy


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real documents are not here")
@pytest.mark.parametrize("folder", sorted(REPORTS.glob("*-docx")), ids=lambda path: path.name)
def test_real_documents_hold_the_whole_form(folder: Path) -> None:
    found = [
        block
        for block in read((folder / "source.docx").read_bytes()).blocks
        if isinstance(block, Table)
    ]
    shapes = [(one.rows, one.columns, len(one.cells)) for one in found]
    assert shapes == [(14, 4, 30), (28, 10, 215), (4, 15, 34)]
    results = next(one for one in found[1].cells if one.text == "三、本年度办理结果")
    assert (results.row, results.column, results.rowspan, results.colspan) == (5, 0, 22, 1)


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real documents are not here")
@pytest.mark.parametrize("folder", sorted(REPORTS.glob("*-docx")), ids=lambda path: path.name)
def test_real_documents_filled_by_machine_are_read_back(folder: Path) -> None:
    opened = docx.Document(str(folder / "source.docx"))
    written: list[str] = []
    for grid in opened.tables:
        for one in grid._tbl.iter_tcs():
            blank = not "".join(one.itertext()).strip()
            if blank and one.vMerge != "continue":
                written.append(str(1000 + len(written)))
                one.p_lst[0].add_r().text = written[-1]
    stream = io.BytesIO()
    opened.save(stream)
    figures = [
        cell.text.strip()
        for block in read(stream.getvalue()).blocks
        if isinstance(block, Table)
        for cell in block.cells
        if cell.text.strip().isdigit()
    ]
    assert len(written) == 200
    assert figures == written
