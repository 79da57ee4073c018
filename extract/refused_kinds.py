"""Kinds of files that nothing here reads: what tells them, what they are called, what to do."""

from __future__ import annotations

from extract.errors import EncryptedFile, ExtractError, NoTextLayer, UnknownKind
from extract.ole import stream_entry

_UNPACK = "unpack it"
_TO_PDF = "save it as PDF"
_TO_PNG = "convert it to PNG"
_FETCH = "fetch the report again"

PICTURES = (
    (b"GIF87a", "a GIF"),
    (b"GIF89a", "a GIF"),
    (b"BM", "a BMP"),
    (b"8BPS", "a Photoshop"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000"),
    (b"\xd7\xcd\xc6\x9a", "a WMF"),
    (b"\x00\x00\x01\x00", "an ICO"),
)
"""What pictures begin with; those of more kinds are told in `picture_name`."""

BRANDS = {
    b"heic": "a HEIC",
    b"heix": "a HEIC",
    b"hevc": "a HEIC",
    b"mif1": "a HEIF",
    b"msf1": "a HEIF",
    b"avif": "an AVIF",
}
"""Pictures by the brand of their box file (ISO/IEC 14496-12)."""

STARTS = (
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"MSCF\x00\x00", "a CAB archive", _UNPACK),
    (b"\xc5\xd0\xd3\xc6", "an EPS drawing", "convert it to PDF"),
    (b"%!PS", "a PostScript file", "convert it to PDF"),
    (b"ITSF\x03\x00", "a compiled HTML help file (CHM)", "unpack its pages"),
    (b"CAJ\x00", "a CAJ document", "convert it to PDF with CAJViewer"),
    (b"HN\x00\x00", "a CAJ document", "convert it to PDF with CAJViewer"),
    (b"KDH ", "a KDH document", "convert it to PDF with CAJViewer"),
    (b"AT&TFORM", "a DjVu document", "convert it to PDF"),
    (b"SQLite format 3\x00", "an SQLite database", _FETCH),
    (b"MZ", "a Windows program", _FETCH),
    (b"\x7fELF", "a Linux program", _FETCH),
    (b"FWS", "a Flash film", _FETCH),
    (b"CWS", "a Flash film", _FETCH),
    (b"ID3", "a sound recording", _FETCH),
)
"""Magic bytes, what they stand for, and what to do with such a file."""

OLE_STREAMS = (
    ("Workbook", "a legacy Excel workbook (.xls)", _TO_PDF),
    ("Book", "a legacy Excel workbook (.xls)", _TO_PDF),
    ("PowerPoint Document", "a legacy PowerPoint presentation (.ppt)", _TO_PDF),
    ("HwpSummaryInformation", "a Hangul document (.hwp)", _TO_PDF),
    ("__properties_version1.0", "an Outlook message (.msg)", "save what is attached to it"),
    ("VisioDocument", "a Visio drawing", _TO_PDF),
    ("MatOST", "a Microsoft Works document (.wps)", "save it as DOCX or PDF"),
)

ZIP_MEMBERS = (
    ("xl/workbook.xml", "an Excel workbook (.xlsx)", "save it as PDF or as a web page"),
    ("xl/workbook.bin", "an Excel workbook (.xlsb)", "save it as PDF or as a web page"),
    ("ppt/presentation.xml", "a PowerPoint presentation (.pptx)", _TO_PDF),
    ("visio/document.xml", "a Visio drawing", _TO_PDF),
    ("OFD.xml", "an OFD document", "convert it to PDF with an OFD viewer"),
    ("FixedDocSeq.fdseq", "an XPS document", _TO_PDF),
    ("FixedDocumentSequence.fdseq", "an XPS document", _TO_PDF),
    ("META-INF/container.xml", "an e-book (EPUB)", "convert it to PDF"),
    ("Index/Document.iwa", "an Apple Pages or Numbers document", _TO_PDF),
    ("META-INF/MANIFEST.MF", "a Java or Android program", _FETCH),
)
"""Archives that are documents, by the name of one member."""

OPEN_DOCUMENTS = {
    "spreadsheet": "an OpenDocument spreadsheet (.ods)",
    "presentation": "an OpenDocument presentation (.odp)",
    "graphics": "an OpenDocument drawing (.odg)",
}

XML_ROOTS = (
    (b'progid="excel.sheet"', "an Excel 2003 workbook as XML", "save it as PDF or as a web page"),
    (b"<office:document", "a flat OpenDocument file", "save it as ODT, DOCX or PDF"),
    (b"<rss", "a news feed", "fetch the pages it names"),
    (b"<feed", "a news feed", "fetch the pages it names"),
    (b"<urlset", "a site map", "fetch the pages it names"),
)
"""What stands near the start of an XML file, in lower case."""


def refused(what: str, remedy: str) -> UnknownKind:
    return UnknownKind(f"this is {what}", remedy)


def start_refusal(data: bytes) -> ExtractError | None:
    """Why a file that begins so is not read; None when nothing here knows it."""
    picture = picture_name(data)
    if picture:
        return picture_refusal(picture)
    if data[:3] == b"BZh" and not data[3:4].isdigit():
        return None
    for magic, what, remedy in STARTS:
        if data.startswith(magic):
            return refused(what, remedy)
    if data[257:262] == b"ustar":
        return refused("a tar archive", _UNPACK)
    if data[4:8] == b"ftyp":
        return refused("a film or a sound recording", _FETCH)
    return None


def picture_name(data: bytes) -> str | None:
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "a WebP"
    if data[4:8] == b"ftyp":
        return BRANDS.get(data[8:12])
    return next((name for magic, name in PICTURES if data.startswith(magic)), None)


def picture_refusal(name: str) -> NoTextLayer:
    return NoTextLayer(
        f"this is {name} picture, whose characters would have to be recognised",
        f"{_TO_PNG}, or supply a PDF with text or the web page",
    )


def ole_refusal(data: bytes) -> ExtractError:
    """Why an OLE compound file that is no Word document is not read."""
    if stream_entry(data, "EncryptedPackage") is not None:
        return EncryptedFile(
            "the Office document is protected by a password",
            "open it, remove the password and save it again",
        )
    for stream, what, remedy in OLE_STREAMS:
        if stream_entry(data, stream) is not None:
            return refused(what, remedy)
    return refused("an OLE compound file of no kind known here", "convert it to DOCX or PDF")
