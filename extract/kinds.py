"""What kind of file some bytes are, by content and never by name."""

from __future__ import annotations

import re

from extract.archive import open_archive, read_member
from extract.encodings import BOMS, utf16_without_mark
from extract.errors import EmptyFile, EncryptedFile, ExtractError, NoTextLayer, UnknownKind

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
MHTML = "multipart/related"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"

PDF_HEADER_WITHIN = 1024
"""Bytes of junk tolerated before a PDF's header, as by most readers."""

SAMPLE = 65_536
"""Bytes looked at to tell text from binary, and HTML from plain text."""

CONTROL_SHARE = 0.01
"""Greatest share of control characters in a text."""

DOCX_MAIN_PART = re.compile(r"word/document\d*\.xml")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENTRY = 128
_WHITE = b" \t\r\n\x0b\x0c\x00"
_CONTROLS = bytes({*range(0x20), 0x7F} - set(_WHITE) | {0})

PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
)
OTHERS = (
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it"),
    (b"%!PS", "a PostScript file", "convert it to PDF"),
    (b"{\\rtf", "a Rich Text document", "convert it to DOCX or PDF, for example with LibreOffice"),
)
"""Magic bytes, what they stand for, and what to do with such a file."""

OLE_STREAMS = (
    ("WordDocument", "a legacy Word document (.doc)", "DOCX or PDF"),
    ("Workbook", "a legacy Excel workbook (.xls)", "PDF"),
    ("Book", "a legacy Excel workbook (.xls)", "PDF"),
    ("PowerPoint Document", "a legacy PowerPoint presentation (.ppt)", "PDF"),
)

_HTML_START = re.compile(rb"<(!doctype\s+html|html)\b", re.I)
_HTML_TAG = re.compile(
    rb"</?(html|head|body|div|p|br|span|table|tbody|tr|td|th|h[1-6]|ul|ol|li|font|center|article)\b"
    rb"[^<>]*>",
    re.I,
)
_MARKDOWN = re.compile(
    rb"^(#{1,6}[ \t]+\S|\|?[ \t]*:?-{3,}:?[ \t]*(\|[ \t]*:?-{3,}:?[ \t]*)+\|?[ \t]*\r?$|```)", re.M
)
_MHTML = re.compile(rb"^content-type:\s*multipart/related\b", re.I | re.M)


def kind_of(data: bytes) -> str:
    """The media type of a file that some reader here can read.

    Raises EmptyFile, NoTextLayer for pictures, EncryptedFile for protected Office files,
    BrokenFile for damaged archives, and UnknownKind, naming the kind and what to do, for all else.
    """
    if not data.strip(_WHITE) or not _without_mark(data).strip(_WHITE):
        raise _empty()
    for test in (_pdf, _zip):
        kind = test(data)
        if kind:
            return kind
    refusal = _refusal(data)
    if refusal:
        raise refusal
    return _kind_of_text(data)


def ole_refusal(data: bytes) -> ExtractError:
    """Why an OLE compound file is not read: EncryptedFile or UnknownKind."""
    if _has_ole_stream(data, "EncryptedPackage"):
        return EncryptedFile(
            "the Office document is protected by a password",
            "open it, remove the password and save it again",
        )
    for stream, what, target in OLE_STREAMS:
        if _has_ole_stream(data, stream):
            return UnknownKind(
                f"this is {what}", f"convert it to {target}, for example with LibreOffice"
            )
    return UnknownKind("this is an OLE compound file", "convert it to DOCX or PDF")


def is_ole(data: bytes) -> bool:
    return data.startswith(_OLE)


def _without_mark(data: bytes) -> bytes:
    for mark, _ in BOMS:
        if data.startswith(mark):
            return data[len(mark) :]
    return data


def _pdf(data: bytes) -> str | None:
    found = re.search(rb"%PDF-\d", data[:PDF_HEADER_WITHIN])
    if found and (found.start() == 0 or b" obj" in data):
        return PDF
    return None


def _zip(data: bytes) -> str | None:
    """DOCX for a Word document. Raises for every other archive."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    archive = open_archive(data)
    names = archive.namelist()
    if any(DOCX_MAIN_PART.fullmatch(name) for name in names):
        return DOCX
    if "xl/workbook.xml" in names:
        raise UnknownKind("this is an Excel workbook (.xlsx)", "save it as PDF or as a web page")
    if "ppt/presentation.xml" in names:
        raise UnknownKind("this is a PowerPoint presentation (.pptx)", "save it as PDF")
    if "OFD.xml" in names:
        raise UnknownKind("this is an OFD document", "convert it to PDF with an OFD viewer")
    if "mimetype" in names and b"opendocument" in read_member(archive, "mimetype"):
        raise UnknownKind(
            "this is an OpenDocument file",
            "convert it to DOCX or PDF, for example with LibreOffice",
        )
    raise UnknownKind("this is a ZIP archive and no document", "unpack it")


def _refusal(data: bytes) -> ExtractError | None:
    """Why these bytes are not read, when they are of a known kind that nothing here reads."""
    if is_ole(data):
        return ole_refusal(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _picture("WebP")
    for magic, name in PICTURES:
        if data.startswith(magic) and not (name == "BMP" and _is_text(data)):
            return _picture(name)
    for magic, what, remedy in OTHERS:
        if data.startswith(magic):
            return UnknownKind(f"this is {what}", remedy)
    return None


def _picture(name: str) -> ExtractError:
    return NoTextLayer(
        f"this is a {name} picture without text that can be read",
        "its characters would have to be recognised; supply a PDF with text or the web page",
    )


def _has_ole_stream(data: bytes, name: str) -> bool:
    """Whether a directory entry of that name exists; entries are 128 bytes long and so aligned."""
    wanted = name.encode("utf-16-le") + b"\x00\x00"
    at = data.find(wanted)
    while at >= 0:
        if at % _OLE_ENTRY == 0:
            return True
        at = data.find(wanted, at + 1)
    return False


def _kind_of_text(data: bytes) -> str:
    if not _is_text(data):
        raise UnknownKind(
            "the bytes are neither text nor a document of a kind known here",
            "supply the report as PDF, DOCX, a web page or text",
        )
    text = _ascii_like(data)
    if len(text) <= SAMPLE and not text.decode("utf-8", "replace").strip():
        raise _empty()
    if _is_mhtml(text):
        return MHTML
    if _is_html(text):
        return HTML
    start = text.lstrip()[:SAMPLE].lower()
    if start.startswith(b"<svg") or (start.startswith(b"<?xml") and b"<svg" in start):
        raise _picture("SVG")
    if start.startswith(b"<?xml"):
        raise UnknownKind(
            "this is an XML file of no kind known here", "save it as DOCX, PDF or a web page"
        )
    return MARKDOWN if _MARKDOWN.search(text) else PLAIN


def _empty() -> ExtractError:
    return EmptyFile("the file is empty", "fetch it again")


def _is_text(data: bytes) -> bool:
    """Whether control characters are as rare as in text; UTF-16 needs no mark for it."""
    sample = data[:SAMPLE]
    if sample.startswith(tuple(mark for mark, _ in BOMS)):
        return True
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls <= CONTROL_SHARE * len(sample) or utf16_without_mark(data) is not None


def _ascii_like(data: bytes) -> bytes:
    """The bytes with ASCII characters as single bytes, whatever width the encoding gives them."""
    codec = utf16_without_mark(data) or "utf-8"
    for mark, marked in BOMS:
        if data.startswith(mark):
            data = data[len(mark) :]
            codec = marked
            break
    if codec in ("utf-8", "gb18030"):
        return data
    return data.decode(codec, "replace").encode("utf-8", "replace")


def _is_mhtml(text: bytes) -> bool:
    head = text.lstrip()[:SAMPLE].replace(b"\r\n", b"\n").split(b"\n\n", 1)[0]
    return bool(re.match(rb"[A-Za-z-]+:", head)) and bool(_MHTML.search(head))


def _is_html(text: bytes) -> bool:
    """Whether tags make it a page: one at the very start, or several anywhere."""
    start = _past_prologue(text[:SAMPLE])
    if _HTML_START.match(start):
        return True
    found = [tag.lower() for tag in _HTML_TAG.findall(text)]
    if _HTML_TAG.match(start) and len(found) >= 2:
        return True
    return b"table" in found or b"td" in found or len(found) >= 20


def _past_prologue(text: bytes) -> bytes:
    """The text after leading white space, comments and XML declarations."""
    while True:
        text = text.lstrip()
        opened, closing = (b"<!--", b"-->") if text.startswith(b"<!--") else (b"<?", b"?>")
        end = text.find(closing)
        if not text.startswith(opened) or end < 0:
            return text
        text = text[end + len(closing) :]
