"""What `gongkai show --page` draws and what `gongkai compare` says."""

import io
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

from extract.errors import WrongReader
from extract.page_picture import bytes_to_page_picture
from pipeline.comparison import compare_readers, comparison_to_text
from pipeline.drawing import CELL, FIELD, FLAG, RULE, draw_page
from pipeline.plan import Task

REPORTS = Path(__file__).parent.parent / "fixtures" / "reports"
RULED = REPORTS / "water2023-pdf-strokes" / "source.pdf"
MISREAD = REPORTS / "civil2021-pdf-stamp" / "source.pdf"


def colours(file: Path, page: int) -> set[tuple[int, ...]]:
    """All colours of the picture that is drawn."""
    picture = Image.open(io.BytesIO(draw_page(Task(file, "a.pdf"), None, page)))
    return {colour for _, colour in picture.getcolors(maxcolors=1 << 24)}


def test_a_page_picture_has_the_size_of_the_page_and_its_rules() -> None:
    picture = bytes_to_page_picture(RULED.read_bytes(), 2, dots_per_inch=72)
    assert picture.image.size == (596, 842)
    assert len(picture.rules) > 20
    assert all(
        0 <= x0 <= x1 <= 596 and 0 <= top <= bottom <= 842 for x0, top, x1, bottom in picture.rules
    )


def test_fields_are_drawn_over_the_cells_of_a_table() -> None:
    drawn = colours(RULED, 2)
    assert {FIELD, CELL, RULE} <= drawn


def test_flagged_cells_are_named_below_the_page() -> None:
    plain = bytes_to_page_picture(MISREAD.read_bytes(), 2).image
    drawn = Image.open(io.BytesIO(draw_page(Task(MISREAD, "a.pdf"), None, 2)))
    assert drawn.width == plain.width
    assert drawn.height > plain.height + 4 * 19
    assert FLAG in colours(MISREAD, 2)


@pytest.mark.parametrize("page", [0, 99])
def test_a_page_that_is_not_there_is_refused(page: int) -> None:
    with pytest.raises(WrongReader, match=f"there is no page {page}, the file has 4 pages"):
        bytes_to_page_picture(RULED.read_bytes(), page)


def test_a_picture_is_its_own_page() -> None:
    stream = io.BytesIO()
    Image.new("L", (620, 877), "white").save(stream, format="PNG", dpi=(75, 75))
    data = stream.getvalue()
    picture = bytes_to_page_picture(data, 1, dots_per_inch=144)
    assert (picture.image.size, picture.scale) == ((1190, 1684), 2.0)
    with pytest.raises(WrongReader, match="there is no page 2, the file has one page"):
        bytes_to_page_picture(data, 2)


def test_a_file_without_pages_is_refused() -> None:
    with pytest.raises(WrongReader, match="text/html has no pages to draw"):
        bytes_to_page_picture(b"<html><body>x</body></html>", 1)


def test_readers_that_agree_are_said_to() -> None:
    comparison = compare_readers(RULED.read_bytes(), "a.pdf", ["pdfium", "pdfplumber"])
    assert [report.reader for report in comparison.reports] == ["pdfium", "pdfplumber"]
    assert comparison.differences == ()
    console = Console(width=120)
    with console.capture() as said:
        console.print(comparison_to_text(comparison))
    assert "they read every cell alike" in said.get()
