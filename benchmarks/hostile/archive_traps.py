"""Word documents and archives that are bombs, lies or something else."""

from __future__ import annotations

import io
import struct
import zipfile

from benchmarks.hostile.trap import Place, kinds_of, refused

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "word/document.xml"
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"><w:body>'.encode()
_TAIL = b"</w:body></w:document>"
_WORDS = b"<w:p><w:r><w:t>a line of words</w:t></w:r></w:p>"
_CELL = b"<w:tc><w:p><w:r><w:t>0</w:t></w:r></w:p></w:tc>"

MEGABYTE = 1_000_000

NO_REPORT = refused("not a report")
TOO_LARGE = refused("unpacks to", "more than", "memory")
BROKEN = refused("damaged", "does not unpack", "does not parse", "no word document", "encrypted")


def docx_of(body: bytes, **others: bytes) -> bytes:
    """A Word document with this body and other parts."""
    return archive_of({MAIN: _HEAD + body + _TAIL, **others})


def archive_of(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return target.getvalue()


def zip_bombs(place: Place) -> None:
    """Archives that unpack to gigabytes, honestly and with a size that is a lie"""
    honest = io.BytesIO()
    with zipfile.ZipFile(honest, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"word/media/{number}.png", bytes(500 * MEGABYTE))
        archive.writestr(MAIN, _HEAD + _WORDS + _TAIL)
    place.write("honest.docx", honest.getvalue(), TOO_LARGE)
    large = docx_of(b" " * (900 * MEGABYTE))
    place.write("main-part.docx", large, TOO_LARGE)
    size = struct.pack("<I", 900 * MEGABYTE + len(_HEAD + _TAIL))
    lying = large.replace(size, struct.pack("<I", 1000))
    place.write("lying.docx", lying, refused("unpacks to", "does not unpack", "does not parse"))
    inner = archive_of({"more.zip": archive_of({"more.zip": bytes(100 * MEGABYTE)})})
    must = {"more.zip!/more.zip": refused("unpacks from")}
    place.write_package("zip-in-zip.zip", inner, must)


def many_members(place: Place) -> None:
    """An archive of 50,000 members, and one of as many under one name"""
    members = {f"word/media/{number}.png": b"" for number in range(50_000)}
    place.write("50000.docx", archive_of({MAIN: _HEAD + _TAIL, **members}), TOO_LARGE)
    twice = archive_of({MAIN: _HEAD + _WORDS + _TAIL, "word/document2.xml": _HEAD + _TAIL})
    place.write("two-main-parts.docx", twice, NO_REPORT)
    same = twice.replace(b"word/document2.xml", b"word/document1.xml")
    place.write("same-name.docx", same, refused("not a report", "no text", "damaged"))


def bursting_main_part(place: Place) -> None:
    """Sixty megabytes of empty paragraphs, of runs and of nested elements in a small archive"""
    for name, element in (("paragraphs", b"<w:p/>"), ("cells", _CELL)):
        body = element * (60 * MEGABYTE // len(element))
        if name == "cells":
            body = b"<w:tbl><w:tr>" + body + b"</w:tr></w:tbl>"
        place.write(f"{name}.docx", docx_of(body), refused("more than"))


def deep_xml(place: Place) -> None:
    """Elements nested 100,000 deep, and tables nested 2,000 and 60 deep"""
    deep = 100_000
    body = b"<w:sdt>" * deep + b"</w:sdt>" * deep
    place.write("elements.docx", docx_of(body), refused("does not parse", "deep"))
    for depth in (60, 2000):
        opened, closed = b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>"
        body = opened * depth + _WORDS + closed * depth
        must = refused("not a report", "does not parse", "deep")
        place.write(f"{depth}-tables.docx", docx_of(body), must)


def wide_tables(place: Place) -> None:
    """Tables of 200,000 cells and more, and spans of a thousand million"""
    row = b"<w:tr>" + _CELL * 500 + b"</w:tr>"
    table = b"<w:tbl>" + row * 401 + b"</w:tbl>"
    place.write("200500-cells.docx", docx_of(table), refused("cells", "tags"))
    span = b'<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc>'
    wide = b"<w:tbl><w:tr>" + span * 3 + b"</w:tr></w:tbl>"
    place.write("wide-span.docx", docx_of(_WORDS + wide), refused("columns", "not a report"))


def entities(place: Place) -> None:
    """Entities that multiply, and entities that name a file of this machine"""
    secret = place.elsewhere / "secret.txt"
    secret.write_text("the contents of a secret file\n", encoding="utf-8")
    laughs = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 12))
    doctypes = {
        "laughs": (f'<!ENTITY e0 "ha">{laughs}', "&e11;"),
        "file": (f'<!ENTITY f SYSTEM "{secret.as_uri()}">', "&f;"),
        "remote": ('<!ENTITY f SYSTEM "http://127.0.0.1:9/x">', "&f;"),
    }
    for name, (declared, used) in doctypes.items():
        text = f"<w:p><w:r><w:t>{used}</w:t></w:r></w:p>"
        body = _HEAD.replace(b"?><w:", f"?><!DOCTYPE x [{declared}]><w:".encode())
        data = archive_of({MAIN: body + text.encode() + _TAIL})
        must = refused("does not parse", "word processor", absent=["a secret file"])
        place.write(f"{name}.docx", data, must)


def names_that_climb(place: Place) -> None:
    """Members named to be written outside of the archive, of a document and of a package"""
    parts = {
        MAIN: _HEAD + _WORDS + _TAIL,
        "../../../climbed.txt": b"outside",
        str(place.elsewhere / "written.txt"): b"outside",
        "word/../../climbed.xml": b"outside",
    }
    place.write("climbing.docx", archive_of(parts), NO_REPORT)
    package = archive_of({f"../../../{number}/etc/a.txt": b"a line" for number in range(2)})
    must = {f"{number}/etc/a.txt": NO_REPORT for number in range(2)}
    place.write_package("climbing.zip", package, must)


def broken_archives(place: Place) -> None:
    """Methods unknown, parts encrypted, directories lost, offsets beyond the end"""
    sound = docx_of(_WORDS)
    directory = sound.rindex(b"PK\x01\x02")
    end = sound.rindex(b"PK\x05\x06")
    flagged = bytearray(sound)
    flagged[6] |= 1
    flagged[directory + 8] |= 1
    place.write("encrypted-part.docx", bytes(flagged), BROKEN)
    place.write("no-directory.docx", sound[:directory], BROKEN)
    unknown = bytearray(sound)
    unknown[8:10] = unknown[directory + 10 : directory + 12] = b"\x63\x00"
    place.write("unknown-method.docx", bytes(unknown), BROKEN)
    far = sound[: directory + 42] + b"\xff\xff\xff\x7f" + sound[directory + 46 :]
    place.write("offset-beyond.docx", far, BROKEN)
    place.write("end-alone.docx", sound[end:], refused("damaged", "zip archive"))
    for name, method in (("bzip2", zipfile.ZIP_BZIP2), ("lzma", zipfile.ZIP_LZMA)):
        data = archive_of({MAIN: _HEAD + _WORDS + _TAIL}, method)
        place.write(f"{name}.docx", data, NO_REPORT)
        cut = len(data) // 3
        place.write(f"{name}-hurt.docx", data[:cut] + data[cut + 9 :], BROKEN)


def other_office_files(place: Place) -> None:
    """Spreadsheets, slides, legacy and protected documents, all named .docx"""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")

    def entry(name: str) -> bytes:
        return name.encode("utf-16-le").ljust(128, b"\0")

    files = {
        "sheet": (archive_of({"xl/workbook.xml": b"<x/>"}), "excel"),
        "slides": (archive_of({"ppt/presentation.xml": b"<x/>"}), "powerpoint"),
        "ofd": (archive_of({"OFD.xml": b"<x/>"}), "ofd"),
        "doc": (ole + entry("WordDocument"), "libreoffice"),
        "protected": (ole + entry("EncryptedPackage"), "password"),
        "ole-alone": (ole, "ole"),
        "rtf": (b"{\\rtf1 words}", ("not a report", "libreoffice")),
        "gzip": (b"\x1f\x8b" + bytes(64), "gzip"),
    }
    for name, (data, words) in files.items():
        said = (words,) if isinstance(words, str) else words
        place.write(f"{name}.docx", data, refused(*said))


KINDS = kinds_of(
    (
        zip_bombs,
        many_members,
        bursting_main_part,
        deep_xml,
        wide_tables,
        entities,
        names_that_climb,
        broken_archives,
        other_office_files,
    )
)
