"""What kind of file some bytes are, by content and never by name."""

from __future__ import annotations

import re
import zipfile

from extract.archive import ZIP_STARTS, open_archive, read_member
from extract.encodings import BOMS, utf16_without_mark
from extract.errors import EmptyFile, EncryptedFile, ExtractError, UnknownKind
from extract.ole import WORD_STREAM, is_encrypted_word, is_ole, stream_entry
from extract.packages.names import archive_to_names
from extract.refused_kinds import (
    OPEN_DOCUMENTS,
    XML_ROOTS,
    ZIP_MEMBERS,
    ole_refusal,
    picture_refusal,
    refused,
    start_refusal,
)

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
RTF = "application/rtf"
ODT = "application/vnd.oasis.opendocument.text"
WORD_2003_XML = "application/vnd.ms-wordml"
FLAT_DOCX = "application/vnd.ms-word2006ml"
"""A DOCX in one XML file, as Word saves it and content systems keep it (Flat OPC)."""

PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
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

_WHITE = b" \t\r\n\x0b\x0c\x00"
_CONTROLS = bytes({*range(0x20), 0x7F} - set(_WHITE) | {0})

STARTS = (
    (b"{\\rtf", RTF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
"""What files of kinds that are read begin with."""

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
_MAIL = re.compile(rb"^content-type:\s*(multipart/(mixed|alternative)|text/html)\b", re.I | re.M)
_MIME = re.compile(rb"^mime-version:", re.I | re.M)


def kind_of(data: bytes) -> str:
    """The media type of a file that some reader here can read.

    Raises EmptyFile, NoTextLayer for pictures of a kind that cannot be recognised, EncryptedFile
    for protected Office files, BrokenFile for damaged archives, and UnknownKind, naming the kind
    and what to do, for all else.
    """
    if not data.strip(_WHITE) or not _without_mark(data).strip(_WHITE):
        raise _empty()
    kind = _pdf(data) or _zip(data) or _ole(data) or _start(data)
    if kind:
        return kind
    refusal = None if data.startswith(b"BM") and _is_text(data) else start_refusal(data)
    if refusal:
        raise refusal
    return _kind_of_text(data)


def archive_kind(archive: zipfile.ZipFile) -> str | None:
    """The media type of a document in a ZIP archive; None for an archive that is no document.

    Raises UnknownKind for one that nothing here reads, and EncryptedFile.
    """
    names = archive.namelist()
    if any(DOCX_MAIN_PART.fullmatch(name) for name in names):
        return DOCX
    declared = read_member(archive, "mimetype") if "mimetype" in names else b""
    if b"opendocument" in declared:
        return _open_document(archive, declared.decode("ascii", "replace").strip())
    for member, what, remedy in ZIP_MEMBERS:
        if member in names:
            raise refused(what, remedy)
    return None


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
    """The kind of an archive that is a document. Raises for every other one."""
    if not data.startswith(ZIP_STARTS):
        return None
    archive = open_archive(data)
    kind = archive_kind(archive)
    if kind is None:
        names = [name for name in archive_to_names(archive.infolist()) if not name.endswith("/")]
        if not names:
            raise EmptyFile("the ZIP package holds no files", "fetch it again")
        raise UnknownKind(
            f"this is a ZIP package of {len(names)} files and no document",
            f"name one of them, as package.zip!/{names[0]}, or unpack it",
        )
    return kind


def _open_document(archive: zipfile.ZipFile, declared: str) -> str:
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist() and b"encryption-data" in read_member(archive, manifest):
        raise EncryptedFile(
            "the OpenDocument file is protected by a password",
            "open it, remove the password and save it again",
        )
    if declared.startswith(ODT):
        return ODT
    named = (what for word, what in OPEN_DOCUMENTS.items() if word in declared)
    raise refused(next(named, "an OpenDocument file of no kind known here"), "save it as PDF")


def _ole(data: bytes) -> str | None:
    """DOC for a Word document of before 2007. Raises for every other compound file."""
    if not is_ole(data):
        return None
    if stream_entry(data, WORD_STREAM) is None:
        raise ole_refusal(data)
    if is_encrypted_word(data):
        raise EncryptedFile(
            "the Word document is protected by a password",
            "open it, remove the password and save it again",
        )
    return DOC


def _start(data: bytes) -> str | None:
    return next((kind for magic, kind in STARTS if data.startswith(magic)), None)


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
        raise picture_refusal("an SVG")
    if start.startswith(b"<?xml"):
        return _kind_of_xml(start)
    return MARKDOWN if _MARKDOWN.search(text) else PLAIN


def _kind_of_xml(start: bytes) -> str:
    """The kind of an XML file by its beginning in lower case."""
    if b'progid="word.document"' in start or b"<w:worddocument" in start:
        return FLAT_DOCX if b"<pkg:package" in start else WORD_2003_XML
    if b"<pkg:package" in start:
        return FLAT_DOCX
    for mark, what, remedy in XML_ROOTS:
        if mark in start:
            raise refused(what, remedy)
    raise refused("an XML file of no kind known here", "save it as DOCX, PDF or a web page")


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
    """Whether it is a page saved with its pictures, or a mail that holds a page."""
    head = text.lstrip()[:SAMPLE].replace(b"\r\n", b"\n").split(b"\n\n", 1)[0]
    if not re.match(rb"[A-Za-z-]+:", head):
        return False
    return bool(_MHTML.search(head)) or bool(_MAIL.search(head) and _MIME.search(head))


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
