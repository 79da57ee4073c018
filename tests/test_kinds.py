"""Kinds of files are told by content; what cannot be read says what it is and what to do."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import (
    BrokenFile,
    EmptyFile,
    EncryptedFile,
    ExtractError,
    NoTextLayer,
    UnknownKind,
)
from extract.kinds import DOCX, HTML, MARKDOWN, MHTML, PDF, PLAIN, kind_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(*names: str, content: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, content)
    return stream.getvalue()


def compound(stream: str) -> bytes:
    """The beginning of an OLE file with one named stream."""
    entry = stream.encode("utf-16-le").ljust(128, b"\x00")
    return OLE + b"\x00" * 504 + entry + b"\x00" * 384


READ = [
    (b"%PDF-1.7\n", PDF),
    (b"\xef\xbb\xbf\r\n%PDF-1.4\n1 0 obj", PDF),
    (b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj\n", PDF),
    (archive("[Content_Types].xml", "word/document.xml"), DOCX),
    (archive("[Content_Types].xml", "word/document2.xml"), DOCX),
    (b"<!DOCTYPE html><title>x</title>", HTML),
    (b"\xef\xbb\xbf<html><body>x", HTML),
    (b"<!-- saved -->\n<?xml version='1.0'?>\n<HTML>x", HTML),
    ("<html><p>统计".encode("utf-16"), HTML),
    ("<html><p>统计".encode("utf-16-le"), HTML),
    ("<html><p>统计".encode("gb18030"), HTML),
    ("<p>规章</p><p>0</p>".encode(), HTML),
    ("<TD>规章</TD>".encode(), HTML),
    ("前文\n<table><tr><td>1</td></tr></table>".encode(), HTML),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b", MHTML),
    ("# 一、总体情况\n正文".encode(), MARKDOWN),
    ("规章 | 0\n--- | ---\n".encode(), MARKDOWN),
    ("规章\t0\t0\n".encode(), PLAIN),
    ("规章 | 0 | |||\n".encode(), PLAIN),
    ("一、总体情况".encode("utf-16"), PLAIN),
    ("一、总体情况，报告全文如下".encode("utf-16-le"), PLAIN),
    ("一、总体情况".encode("gb18030"), PLAIN),
    ("臺北市政府".encode("big5"), PLAIN),
    ("1 < 2 且 3 > 2".encode(), PLAIN),
    (b"BM: a text that begins like a bitmap", PLAIN),
]


@pytest.mark.parametrize(("data", "kind"), READ)
def test_kind_by_content(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


REFUSED: list[tuple[bytes, type[ExtractError], str]] = [
    (b"", EmptyFile, "empty"),
    (b" \r\n\t\x00\x00", EmptyFile, "empty"),
    (b"\xef\xbb\xbf \n", EmptyFile, "empty"),
    ("\u3000\u00a0\n".encode(), EmptyFile, "empty"),
    (archive("xl/workbook.xml"), UnknownKind, ".xlsx"),
    (archive("ppt/presentation.xml"), UnknownKind, ".pptx"),
    (archive("OFD.xml"), UnknownKind, "OFD"),
    (
        archive("mimetype", content=b"application/vnd.oasis.opendocument.text"),
        UnknownKind,
        "OpenDocument",
    ),
    (archive("report.pdf"), UnknownKind, "ZIP archive"),
    (archive("word/document.xml")[:-30], BrokenFile, "damaged or cut short"),
    (compound("WordDocument"), UnknownKind, "legacy Word document (.doc); convert it to DOCX"),
    (compound("Workbook"), UnknownKind, ".xls"),
    (compound("EncryptedPackage"), EncryptedFile, "password"),
    (compound("Other"), UnknownKind, "OLE"),
    (b"{\\rtf1\\ansi", UnknownKind, "Rich Text"),
    (b"\x1f\x8b\x08\x00", UnknownKind, "gzip archive; unpack it"),
    (b"Rar!\x1a\x07\x01\x00", UnknownKind, "RAR"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", NoTextLayer, "PNG picture"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", NoTextLayer, "JPEG picture"),
    (b"II*\x00\x08\x00\x00\x00", NoTextLayer, "TIFF picture"),
    (b"GIF89a\x01\x00\x01\x00\x00", NoTextLayer, "GIF picture"),
    (b"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00", NoTextLayer, "BMP picture"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NoTextLayer, "SVG picture"),
    (b"<?xml version='1.0'?><w:wordDocument/>", UnknownKind, "XML file"),
    (bytes(range(256)), UnknownKind, "neither text nor a document"),
]


@pytest.mark.parametrize(("data", "error", "says"), REFUSED)
def test_refusal_names_the_kind(data: bytes, error: type[ExtractError], says: str) -> None:
    with pytest.raises(error) as raised:
        kind_of(data)
    assert says in str(raised.value)
    assert raised.value.remedy


def test_many_comments_before_text_take_no_time() -> None:
    assert kind_of(b"<!-- -->" * 5000 + b"x") == PLAIN


@given(st.binary(max_size=2000))
def test_any_bytes_have_a_kind_or_an_extract_error(data: bytes) -> None:
    try:
        kind = kind_of(data)
    except ExtractError as error:
        assert error.problem
        assert error.remedy
    else:
        assert kind in (PDF, DOCX, HTML, MHTML, MARKDOWN, PLAIN)
