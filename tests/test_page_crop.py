"""Parts of pages, enlarged."""

import io
from pathlib import Path

import pytest
from PIL import Image

from extract.errors import BrokenFile, ExtractError, WrongReader
from extract.page_crop import bytes_to_page_crop

SAMPLES = Path(__file__).parents[1] / "fixtures" / "reports"
PDF = (SAMPLES / "audit2021-pdf-cut-in-a-row" / "source.pdf").read_bytes()
CELL = (404.8, 244.5, 435.4, 260.5)


def _picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def _png(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(stream, format="PNG", dpi=(144, 144))
    return stream.getvalue()


def test_a_cell_is_drawn_as_wide_as_is_asked_for() -> None:
    cut = bytes_to_page_crop(PDF, 3, (340.0, 220.0, 500.0, 280.0), 800)
    width, height = _picture(cut.png).size
    assert cut.box == (340.0, 220.0, 500.0, 280.0)
    assert abs(width - 800) <= 5
    assert abs(width / height - 160 / 60) < 0.05


def test_a_small_cell_is_not_drawn_beyond_what_can_be_seen() -> None:
    cut = bytes_to_page_crop(PDF, 3, CELL, 5000)
    assert _picture(cut.png).width < 180


def test_what_is_not_on_the_page_is_left_out() -> None:
    cut = bytes_to_page_crop(PDF, 1, (-50.0, -20.0, 9999.0, 100.0), 600)
    assert cut.box[:2] == (0.0, 0.0)
    assert cut.box[2] < 900
    assert cut.box[3] == 100.0


def test_the_part_shows_what_stands_there() -> None:
    ink = _picture(bytes_to_page_crop(PDF, 3, CELL, 400).png).convert("L").getextrema()
    margin = _picture(bytes_to_page_crop(PDF, 3, (0.0, 0.0, 30.0, 30.0), 400).png)
    assert ink[0] < 64
    assert margin.convert("L").getextrema() == (255, 255)


def test_a_picture_has_one_page() -> None:
    cut = bytes_to_page_crop(_png(400, 200), 1, (10.0, 10.0, 60.0, 30.0), 500)
    assert _picture(cut.png).width > 250
    with pytest.raises(ExtractError):
        bytes_to_page_crop(_png(400, 200), 2, CELL, 500)


@pytest.mark.parametrize(
    ("data", "page", "box", "error"),
    [
        (PDF, 0, CELL, WrongReader),
        (PDF, 99, CELL, WrongReader),
        (PDF, 3, (900.0, 10.0, 950.0, 20.0), WrongReader),
        (PDF, 3, (50.0, 50.0, 40.0, 60.0), WrongReader),
        (PDF, 3, (float("nan"), 1.0, 2.0, 3.0), WrongReader),
        (b"plain text", 1, CELL, WrongReader),
        (b"%PDF-1.7 broken", 1, CELL, BrokenFile),
    ],
)
def test_what_cannot_be_drawn(
    data: bytes, page: int, box: tuple[float, float, float, float], error: type[ExtractError]
) -> None:
    with pytest.raises(error):
        bytes_to_page_crop(data, page, box, 500)
