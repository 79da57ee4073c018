"""The stage's one verb: a path to a Document, its reader chosen by content or by name."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

import extract
from extract.document import Cell, Document, Table, Text
from extract.errors import (
    BrokenFile,
    EmptyFile,
    ExtractError,
    NoTextLayer,
    TooLarge,
    UnknownKind,
    WrongReader,
)
from extract.readers import KINDS_READ

PAGE = "<html><h1>某局年报</h1><table><tr><td>规章<td>0<tr><td>文件<td>8</table>".encode()
TABLE = Table(2, 2, (Cell(0, 0, "规章"), Cell(0, 1, "0"), Cell(1, 0, "文件"), Cell(1, 1, "8")))


def word_document() -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>年报</w:t></w:r></w:p></w:body>'
            "</w:document>",
        )
    return stream.getvalue()


def saved(folder: Path, data: bytes, name: str = "file") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_file_becomes_a_document(tmp_path: Path) -> None:
    path = saved(tmp_path, PAGE, "named.pdf")
    assert extract.read(path) == Document(
        source=str(path),
        sha256=hashlib.sha256(PAGE).hexdigest(),
        media_type="text/html",
        reader="html",
        pages=None,
        blocks=(Text("heading", "某局年报"), TABLE),
        metadata=(("title", "某局年报"),),
    )


def test_source_is_the_name_given(tmp_path: Path) -> None:
    assert extract.read(str(saved(tmp_path, PAGE)), source="a/b.html").source == "a/b.html"


@pytest.mark.parametrize(
    ("data", "media_type", "reader"),
    [
        (PAGE, "text/html", "html"),
        (
            word_document(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "docx",
        ),
        ("一、总体情况\n全年公开249条。\n".encode(), "text/plain", "text"),
        ("# 一、总体情况\n全年公开249条。\n".encode("gb18030"), "text/markdown", "text"),
    ],
)
def test_reader_by_content(tmp_path: Path, data: bytes, media_type: str, reader: str) -> None:
    document = extract.read(saved(tmp_path, data))
    assert (document.media_type, document.reader, document.pages) == (media_type, reader, None)


def test_doubts_about_the_encoding_reach_the_document(tmp_path: Path) -> None:
    document = extract.read(saved(tmp_path, "涓€銆佹€讳綋鎯呭喌\n全年公开249条。".encode()))
    assert document.notes[0].startswith("1 garbled passages")


@pytest.mark.parametrize(
    ("reader", "data", "says"),
    [
        ("html", word_document(), "readers that do: docx"),
        ("docx", PAGE, "reader 'docx' does not read text/html; readers that do: html"),
        ("text", PAGE, "readers that do: html"),
        ("html", b"%PDF-1.4", "readers that do: pdfium, pdfplumber, camelot, ocr"),
        ("tesseract", PAGE, "there is no reader 'tesseract'; for text/html there are: html"),
    ],
)
def test_forced_reader_must_fit(tmp_path: Path, reader: str, data: bytes, says: str) -> None:
    with pytest.raises(WrongReader) as raised:
        extract.read(saved(tmp_path, data), reader=reader)
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b"GIF89a\x01\x00\x01\x00", NoTextLayer),
        (bytes(range(256)), UnknownKind),
        (b"PK\x03\x04broken", BrokenFile),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, data: bytes, error: type[ExtractError]) -> None:
    with pytest.raises(error):
        extract.read(saved(tmp_path, data))


def test_size_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path, PAGE)
    monkeypatch.setattr(extract, "MAX_BYTES", len(PAGE))
    assert extract.read(path).blocks[1] == TABLE
    monkeypatch.setattr(extract, "MAX_BYTES", len(PAGE) - 1)
    with pytest.raises(TooLarge, match=f"the file has {len(PAGE)} bytes, more than"):
        extract.read(path)


@pytest.mark.parametrize("name", ["missing.html", "a\x00b", "", "x" * 5000])
def test_what_the_system_does_not_hand_out(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with pytest.raises(ExtractError) as raised:
        extract.read(path)
    assert str(path) in raised.value.problem
    assert type(raised.value) is ExtractError


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path, PAGE)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ExtractError, match=r"file cannot be read \(Permission denied\)"):
        extract.read(path)


def test_every_reader_has_a_loader_and_kinds() -> None:
    names = ["pdfium", "pdfplumber", "camelot", "ocr", "html", "docx", "text"]
    assert list(extract.READERS) == names
    assert list(KINDS_READ) == names


def test_json_has_the_shape_of_the_contract() -> None:
    box = (1.0, 2.006, 3.123456, 4.0)
    document = Document(
        source="a.pdf",
        sha256="0" * 64,
        media_type="application/pdf",
        reader="pdfium",
        pages=2,
        blocks=(
            Text("heading", "年报", 1, box),
            Table(1, 3, (Cell(0, 0, "甲", 1, 2, 1, box), Cell(0, 2, "")), 1, box, aligned=False),
        ),
        metadata=(("title", "年报"),),
        notes=("a doubt",),
    )
    written = json.loads(json.dumps(extract.document_to_json(document)))
    rounded = [1.0, 2.01, 3.12, 4.0]
    assert written == {
        "source": "a.pdf",
        "media_type": "application/pdf",
        "reader": "pdfium",
        "pages": 2,
        "blocks": [
            {"kind": "heading", "page": 1, "bbox": rounded, "text": "年报"},
            {
                "kind": "table",
                "page": 1,
                "bbox": rounded,
                "rows": 1,
                "columns": 3,
                "cells": [
                    {
                        "row": 0,
                        "column": 0,
                        "rowspan": 1,
                        "colspan": 2,
                        "text": "甲",
                        "page": 1,
                        "bbox": rounded,
                    },
                    {
                        "row": 0,
                        "column": 2,
                        "rowspan": 1,
                        "colspan": 1,
                        "text": "",
                        "page": None,
                        "bbox": None,
                    },
                ],
            },
        ],
    }
