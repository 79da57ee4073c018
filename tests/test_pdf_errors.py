"""What the PDF readers refuse, and what they say about doubtful pages."""

import contextlib
import io
import logging
import warnings
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extract.errors import (
    BrokenFile,
    EmptyFile,
    EncryptedFile,
    ExtractError,
    NoTextLayer,
    TooLarge,
)
from extract.pdf import camelot_reader, limits, paths
from extract.pdf.quiet import quiet
from tests.pdf_drawing import READERS, Sheet, even, grid, rows, tables

FONT = Path(__file__).parents[1] / "fixtures" / "font" / "GongkaiFixtureSong.ttf"
ALL = [*READERS, camelot_reader]
each_reader = pytest.mark.parametrize("reader", ALL, ids=lambda r: r.__name__.split(".")[-1])
own_readers = pytest.mark.parametrize("reader", READERS, ids=lambda r: r.__name__.split(".")[-1])


def picture(sheet: Sheet, x0: float, top: float, x1: float, bottom: float) -> None:
    image = ImageReader(Image.new("RGB", (8, 8), (200, 190, 180)))
    sheet.canvas.drawImage(image, x0, sheet.height - bottom, x1 - x0, bottom - top)


def without_pages() -> bytes:
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    )
    second = body.index(b"2 0 obj")
    table = f"xref\n0 3\n0000000000 65535 f \n{9:010} 00000 n \n{second:010} 00000 n \n"
    return (
        body
        + table.encode()
        + f"trailer<</Size 3/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF".encode()
    )


@each_reader
def test_no_bytes(reader: ModuleType) -> None:
    with pytest.raises(EmptyFile, match="empty"):
        reader.read(b"")


@each_reader
def test_no_pages(reader: ModuleType) -> None:
    with pytest.raises((EmptyFile, BrokenFile)):
        reader.read(without_pages())


@each_reader
@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing", b"PK\x03\x04", b"%PDF" + bytes(500)])
def test_broken(reader: ModuleType, data: bytes) -> None:
    with pytest.raises(BrokenFile, match="broken"):
        reader.read(data)


@each_reader
def test_password(reader: ModuleType) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", strength=128))
    canvas.drawString(100, 100, "1")
    canvas.save()
    with pytest.raises(EncryptedFile, match="encrypted"):
        reader.read(buffer.getvalue())


@each_reader
def test_pictures_alone(reader: ModuleType) -> None:
    sheet = Sheet()
    picture(sheet, 0, 0, 595, 842)
    with pytest.raises(NoTextLayer, match="the pages are pictures without text; recognition"):
        reader.read(sheet.done())


@each_reader
def test_pictures_with_page_numbers(reader: ModuleType) -> None:
    sheet = Sheet()
    for number in (1, 2):
        picture(sheet, 40, 40, 555, 780)
        sheet.text(290, 800, f"- {number} -", 9)
        sheet.page()
    with pytest.raises(NoTextLayer):
        reader.read(sheet.done())


@each_reader
def test_drawings_alone(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.line(10, 10, 100, 100)
    with pytest.raises(NoTextLayer, match="no page has any text"):
        reader.read(sheet.done())


@own_readers
def test_too_many_pages(reader: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PAGES", 2)
    sheet = Sheet()
    for _ in range(3):
        sheet.text(50, 50, "一")
        sheet.page()
    with pytest.raises(TooLarge, match="3 pages, more than 2"):
        reader.read(sheet.done())


@own_readers
def test_too_many_characters(reader: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CHARS", 10)
    sheet = Sheet()
    sheet.text(50, 50, "一二三四五六七八九十一")
    with pytest.raises(TooLarge, match="page 1 has 11 characters, more than 10"):
        reader.read(sheet.done())


@own_readers
def test_drawing_of_very_many_lines(reader: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "MAX_RULES", 10)
    sheet = Sheet()
    sheet.text(50, 50, "一、总体情况", 12)
    for number in range(12):
        sheet.line(50, 100 + 9 * number, 300, 100 + 9 * number)
    reading = reader.read(sheet.done())
    assert reading.notes == ("page 1: so many lines are drawn that no table was looked for",)


@own_readers
def test_page_too_large(reader: ModuleType) -> None:
    sheet = Sheet(15000, 300)
    sheet.text(50, 50, "一")
    with pytest.raises(TooLarge, match="page 1 is 15000 x 300 points"):
        reader.read(sheet.done())


@own_readers
def test_page_that_is_a_picture_is_noted(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.text(50, 50, "一、总体情况", 12)
    sheet.page()
    picture(sheet, 0, 0, 595, 842)
    sheet.page()
    sheet.text(50, 50, "二、主动公开", 12)
    picture(sheet, 50, 100, 545, 521)
    reading = reader.read(sheet.done())
    assert reading.pages == 3
    assert reading.notes == (
        "page 2 is a picture without text",
        "page 3 holds a picture over 42% of its area",
    )


@own_readers
def test_characters_without_a_meaning_are_kept_and_noted(reader: ModuleType) -> None:
    """A digit that the file gives no meaning must not vanish from its figure."""
    pdfmetrics.registerFont(TTFont("Fixture", str(FONT)))
    sheet = Sheet()
    sheet.table([60, 160, 260], even(100, 24, 2), rows([["规章", "1"], ["文件", ""]]))
    sheet.text(180, 128, "2一章3", 10, "Fixture")
    reading = reader.read(sheet.done().replace(b"/ToUnicode", b"/ToUnicodX"))
    assert grid(tables(reading)[0]) == [["规章", "1"], ["文件", "2\ufffd\ufffd3"]]
    assert reading.notes == ("page 1: the file does not give the meaning of 2 of its characters",)


@own_readers
@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "青砚市2023年政府信息公开工作年度报告",
            (("title", "青砚市2023年政府信息公开工作年度报告"),),
        ),
        ("Report 2023", (("title", "Report 2023"),)),
        ("  ", ()),
        ("年报".encode("gb18030").decode("latin-1"), (("title", "年报"),)),
    ],
)
def test_title(reader: ModuleType, title: str, expected: tuple[tuple[str, str], ...]) -> None:
    sheet = Sheet()
    sheet.canvas.setTitle(title)
    sheet.text(50, 50, "一、总体情况", 12)
    assert reader.read(sheet.done()).metadata == expected


@own_readers
@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=400), place=st.integers(0, 3000))
def test_damaged_files_raise_only_what_is_declared(
    reader: ModuleType, data: bytes, place: int
) -> None:
    sheet = Sheet()
    sheet.table([60, 160, 260], even(100, 24, 2), rows([["规章", "1"], ["文件", "2"]]))
    whole = sheet.done()
    damaged = whole[:place] + data + whole[place + len(data) :]
    with contextlib.suppress(ExtractError):
        reader.read(damaged)


@pytest.mark.parametrize("warn", [logging.getLogger("playa").warning, warnings.warn])
def test_other_libraries_say_nothing(warn, capfd: pytest.CaptureFixture[str]) -> None:
    with quiet("playa"):
        warn("a font without a name")
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("playa").level == logging.NOTSET
