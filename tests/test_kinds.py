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
from extract.kinds import (
    DOC,
    DOCX,
    FLAT_DOCX,
    HTML,
    JPEG,
    MARKDOWN,
    MHTML,
    ODT,
    PDF,
    PLAIN,
    PNG,
    RTF,
    TIFF,
    WORD_2003_XML,
    kind_of,
)
from extract.readers import KINDS_READ

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
    (compound("WordDocument"), DOC),
    (b"{\\rtf1\\ansi", RTF),
    (archive("mimetype", content=b"application/vnd.oasis.opendocument.text"), ODT),
    (
        b"<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?><w:wordDocument/>",
        WORD_2003_XML,
    ),
    (b"<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?><pkg:package/>", FLAT_DOCX),
    (b"\x89PNG\r\n\x1a\n\x00\x00", PNG),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", JPEG),
    (b"II*\x00\x08\x00\x00\x00", TIFF),
    (b"MM\x00*\x00\x00\x00\x08", TIFF),
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
    (b"MIME-Version: 1.0\nSubject: x\nContent-Type: text/html; charset=gbk\n\n<p>x", MHTML),
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
    (b"BZh: a text that begins like an archive", PLAIN),
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
        archive("mimetype", content=b"application/vnd.oasis.opendocument.spreadsheet"),
        UnknownKind,
        ".ods",
    ),
    (
        archive("report.pdf", "x/"),
        UnknownKind,
        "a ZIP package of 1 files and no document; name one of them, as package.zip!/report.pdf",
    ),
    (archive(), EmptyFile, "the ZIP package holds no files"),
    (archive("xl/workbook.bin"), UnknownKind, ".xlsb"),
    (archive("FixedDocSeq.fdseq"), UnknownKind, "XPS"),
    (
        archive("mimetype", "META-INF/container.xml", content=b"application/epub+zip"),
        UnknownKind,
        "EPUB",
    ),
    (archive("word/document.xml")[:-30], BrokenFile, "damaged or cut short"),
    (compound("Workbook"), UnknownKind, ".xls"),
    (compound("EncryptedPackage"), EncryptedFile, "password"),
    (compound("Other"), UnknownKind, "OLE"),
    (b"\x1f\x8b\x08\x00", UnknownKind, "gzip archive; unpack it"),
    (b"BZh91AY&SY", UnknownKind, "bzip2 archive; unpack it"),
    (b"\xfd7zXZ\x00\x00", UnknownKind, "xz archive"),
    (b"\x28\xb5\x2f\xfd\x24", UnknownKind, "Zstandard archive"),
    (b"Rar!\x1a\x07\x01\x00", UnknownKind, "RAR"),
    (bytes(257) + b"ustar\x0000", UnknownKind, "tar archive"),
    (b"%!PS-Adobe-3.0 EPSF-3.0", UnknownKind, "PostScript"),
    (b"\xc5\xd0\xd3\xc6\x1e\x00", UnknownKind, "EPS"),
    (b"ITSF\x03\x00\x00\x00", UnknownKind, "CHM"),
    (b"CAJ\x00\x01", UnknownKind, "a CAJ document; convert it to PDF with CAJViewer"),
    (b"MZ\x90\x00\x03", UnknownKind, "Windows program"),
    (b"GIF89a\x01\x00\x01\x00\x00", NoTextLayer, "a GIF picture"),
    (b"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00", NoTextLayer, "a BMP picture"),
    (b"RIFF\x24\x00\x00\x00WEBPVP8 ", NoTextLayer, "a WebP picture"),
    (b"\x00\x00\x00\x18ftypheic\x00\x00", NoTextLayer, "a HEIC picture"),
    (b"\x00\x00\x00\x18ftypavif\x00\x00", NoTextLayer, "an AVIF picture"),
    (b"\x00\x00\x00\x18ftypmp42\x00\x00", UnknownKind, "a film"),
    (
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        NoTextLayer,
        "an SVG picture, whose characters would have to be recognised; convert it to PNG",
    ),
    (b"<?xml version='1.0'?><x:other/>", UnknownKind, "XML file of no kind known"),
    (
        b"<?xml version='1.0'?>\n<?mso-application progid=\"Excel.Sheet\"?><Workbook/>",
        UnknownKind,
        "Excel 2003",
    ),
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


KINDS = {kind for kinds in KINDS_READ.values() for kind in kinds}


def test_every_kind_has_a_reader() -> None:
    assert {kind for _, kind in READ} == KINDS


@given(st.binary(max_size=2000))
def test_any_bytes_have_a_kind_or_an_extract_error(data: bytes) -> None:
    try:
        kind = kind_of(data)
    except ExtractError as error:
        assert error.problem
        assert error.remedy
    else:
        assert kind in KINDS
