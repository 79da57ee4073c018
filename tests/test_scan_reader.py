"""Scans read from their pictures, and PDFs of which some pages are pictures."""

import io
import socket

import numpy as np
import pytest
from PIL import Image

from extract import read_bytes, recognise_pages
from extract.document import Reading, Table
from extract.errors import NoTextLayer, ReaderMissing
from extract.scan import models
from extract.scan.orientation import is_sideways
from extract.scan.reader import pages_to_recognise, read, read_pages
from tests.pdf_drawing import Sheet
from tests.scan_drawing import LACKING, Scanned, picture_to_bytes

needs_recognition = pytest.mark.skipif(LACKING is not None, reason=str(LACKING))

ROWS = (
    ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ("规章", "0", "1", "-"),
    ("行政规范性文件", "1808", "", "/"),
    ("行政许可", "12.5", "7", "——"),
)


def page(dpi: int = 200, rows: tuple[tuple[str, ...], ...] = ROWS, **place: float) -> Scanned:
    drawn = Scanned(dpi=dpi)
    drawn.text(60, 20, "二、主动公开政府信息情况", 13)
    drawn.table(place.get("x", 40), 60, rows, wide=85)
    return drawn


def tables(reading: Reading) -> list[Table]:
    return [block for block in reading.blocks if isinstance(block, Table)]


def texts(table: Table) -> list[list[str]]:
    return [[c.text for c in table.cells if c.row == row] for row in range(table.rows)]


@needs_recognition
@pytest.mark.parametrize(
    ("kind", "dpi", "skew"), [("PNG", 150, 2.6), ("JPEG", 200, -1.5), ("TIFF", 300, 0.0)]
)
def test_a_scanned_table_is_read_cell_by_cell(kind: str, dpi: int, skew: float) -> None:
    reading = read(picture_to_bytes([page(dpi).done(skew)], kind, dpi))
    (table,) = tables(reading)
    assert texts(table) == [list(row) for row in ROWS]
    assert reading.pages == 1
    assert reading.recognised_pages == (1,)
    assert reading.notes == ()
    heading = reading.blocks[0]
    assert not isinstance(heading, Table)
    assert (heading.kind, heading.text) == ("heading", "二、主动公开政府信息情况")


@needs_recognition
def test_every_cell_has_candidates_and_a_place_on_the_page_as_it_is_seen() -> None:
    (table,) = tables(read(picture_to_bytes([page().done(3.0)], "PNG")))
    cells = {(c.row, c.column): c for c in table.cells}
    assert all(cell.candidates[0][0] == cell.text for cell in table.cells)
    assert cells[2, 2].candidates == (("", 1.0),)
    assert all(cells[place].candidates[0][1] > 0.9 for place in ((1, 1), (1, 2), (2, 1), (3, 1)))
    x, y = 40 + 3.5 * 85 - 210, 60 + 3.5 * 22 - 150
    sine, cosine = np.sin(np.radians(3.0)), np.cos(np.radians(3.0))
    seen = (210 + x * cosine + y * sine, 150 - x * sine + y * cosine)
    box = cells[3, 3].bbox
    assert box is not None
    assert ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) == pytest.approx(seen, abs=1.5)


@needs_recognition
def test_ink_that_is_no_character_is_neither_blank_nor_certain() -> None:
    drawn = page()
    drawn.draw.ellipse([630, 300, 680, 335], fill="black")
    (table,) = tables(read(picture_to_bytes([drawn.done()], "PNG")))
    cell = next(c for c in table.cells if (c.row, c.column) == (2, 2))
    assert cell.text != ""
    assert cell.candidates[0][1] < 0.97


@needs_recognition
def test_a_coloured_figure_is_read_and_doubted() -> None:
    drawn = page()
    drawn.text(40 + 2 * 85 + 8, 60 + 2 * 22 + 4, "35", colour="red")
    (table,) = tables(read(picture_to_bytes([drawn.done()], "PNG")))
    cell = next(c for c in table.cells if (c.row, c.column) == (2, 2))
    assert cell.text == "35"
    assert cell.candidates[0][1] <= 0.5


@needs_recognition
@pytest.mark.parametrize("turns", [1, 2, 3])
def test_pages_on_their_side_and_upside_down(turns: int) -> None:
    image = page().done(1.0)
    turned = image.rotate(90 * turns, expand=True)
    (table,) = tables(read(picture_to_bytes([turned], "PNG")))
    assert texts(table) == [list(row) for row in ROWS]


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_lines_that_run_up_or_down(turns: int) -> None:
    dots = np.rot90(np.asarray(page().done(1.0)), turns)
    assert is_sideways(np.ascontiguousarray(dots)) is (turns % 2 == 1)


@needs_recognition
def test_a_table_goes_on_over_pages_of_a_tiff() -> None:
    tiff = picture_to_bytes([page().done(), _continuation().done()], "TIFF")
    (table,) = tables(read(tiff))
    assert [row[0] for row in texts(table)] == [
        "信息内容",
        "规章",
        "行政规范性文件",
        "行政许可",
        "行政处罚",
    ]
    assert [c.page for c in table.cells if c.row == 4] == [2, 2, 2, 2]


def _continuation() -> Scanned:
    drawn = Scanned()
    drawn.table(40, 30, [("行政处罚", "3", "4", "5")], wide=85)
    return drawn


@needs_recognition
def test_pages_of_a_tall_picture_are_one_page() -> None:
    upper, lower = page().done(), _continuation().done()
    blank = Image.new("RGB", (upper.width, 700), (250, 250, 250))
    tall = Image.new("RGB", (upper.width, 3 * upper.height + 700), (250, 250, 250))
    tall.paste(upper, (0, 0))
    tall.paste(blank, (0, upper.height))
    tall.paste(lower, (0, upper.height + 700))
    reading = read(picture_to_bytes([tall], "PNG"))
    assert reading.pages == 1
    assert {c.page for table in tables(reading) for c in table.cells} == {1}
    last = tables(reading)[-1].cells[-1]
    assert last.text == "5"
    assert last.bbox is not None and last.bbox[1] > 500


def _mixed() -> bytes:
    """A page of text with the head of a table, and a scanned page with its last rows."""
    sheet = Sheet(420, 300)
    for y in range(200, 290, 22):
        sheet.line(40, y, 380, y)
    for x in range(40, 381, 85):
        sheet.line(x, 200, x, 288)
    for number, row in enumerate(ROWS):
        for column, text in enumerate(row):
            sheet.text(48 + 85 * column, 205 + 22 * number, text)
    sheet.page()
    target = io.BytesIO()
    _continuation().done(2.0).save(target, "PNG")
    target.seek(0)
    from reportlab.lib.utils import ImageReader

    sheet.canvas.drawImage(ImageReader(target), 0, 0, 420, 300)
    return sheet.done()


def test_pages_that_are_pictures_are_to_be_recognised() -> None:
    assert pages_to_recognise(_mixed()) == (2,)


@needs_recognition
def test_a_table_goes_on_from_text_to_a_picture() -> None:
    reading = read_pages(_mixed(), [2])
    (table,) = tables(reading)
    assert texts(table)[-1] == ["行政处罚", "3", "4", "5"]
    assert table.rows == 5
    read_from_text = [c for c in table.cells if c.page == 1]
    assert not any(c.candidates for c in read_from_text)
    assert all(c.candidates for c in table.cells if c.page == 2)
    assert reading.recognised_pages == (2,)
    assert reading.doubtful_pages == ()
    document = recognise_pages(_mixed(), "mixed.pdf", [2])
    assert document.blocks == reading.blocks


@needs_recognition
def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("recognition asked the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    models.load_recognition.cache_clear()
    (table,) = tables(read(picture_to_bytes([_continuation().done()], "PNG")))
    assert texts(table) == [["行政处罚", "3", "4", "5"]]


@needs_recognition
def test_a_blank_page_has_no_text() -> None:
    data = picture_to_bytes([Scanned().done()], "PNG")
    with pytest.raises(NoTextLayer, match="no characters could be recognised"):
        read(data)


def test_what_to_install_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    models.load_recognition.cache_clear()
    monkeypatch.setattr(models, "find_spec", lambda name: None)
    data = picture_to_bytes([Scanned().done()], "PNG")
    with pytest.raises(ReaderMissing, match=r"pip install 'gongkai\[ocr\]'"):
        read_bytes(data, "scan.png", reader="ocr")
