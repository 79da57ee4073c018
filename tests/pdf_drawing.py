"""Helpers of tests: small PDFs drawn from the top left, and readings as plain values."""

import io
from collections.abc import Callable, Sequence
from types import ModuleType

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extract.document import Reading, Table, Text
from extract.pdf import pdfium_reader, pdfplumber_reader

SONG = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
READERS: list[ModuleType] = [pdfium_reader, pdfplumber_reader]

pdfmetrics.registerFont(UnicodeCIDFont(SONG))

Span = tuple[int, int, int, int, str]
"""row, column, rowspan, colspan, text"""


class Sheet:
    """Pages drawn with coordinates from the top left; `done` gives the file.

    Width and height are those that are seen after turning the page.
    """

    def __init__(self, width: float = WIDTH, height: float = HEIGHT, rotate: int = 0) -> None:
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=(width, height), pageCompression=0)
        self.height = height
        self.rotate = rotate
        self.start()

    def start(self) -> None:
        self.canvas.setPageRotation(self.rotate)

    def page(self) -> None:
        """Begins the next page."""
        self.canvas.showPage()
        self.start()

    def done(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()

    def text(self, x: float, top: float, text: str, size: float = 10, font: str = SONG) -> None:
        """Text whose characters begin at x and whose highest ink is about at top."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - top - 0.88 * size, text)

    def centered(self, x0: float, x1: float, top: float, text: str, size: float = 10) -> None:
        width = self.canvas.stringWidth(text, SONG, size)
        self.text((x0 + x1 - width) / 2, top, text, size)

    def line(self, x0: float, top: float, x1: float, bottom: float, width: float = 0.7) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, self.height - top, x1, self.height - bottom)

    def box(self, x0: float, top: float, x1: float, bottom: float, fill: Sequence[float]) -> None:
        """A filled box without an outline, in RGB."""
        self.canvas.setFillColorRGB(*fill)
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
        self.canvas.setFillColorRGB(0, 0, 0)

    def frame(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """An outlined box."""
        self.canvas.setLineWidth(0.7)
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=1, fill=0)

    def table(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        spans: Sequence[Span],
        side: Callable[["Sheet", float, float, float, float], None] | None = None,
        open_top: bool = False,
        open_bottom: bool = False,
        size: float = 8,
    ) -> None:
        """Cells with their sides and their text in the middle; open ends have no rule."""
        draw = side or Sheet.line
        for row, column, rowspan, colspan, text in spans:
            x0, x1 = xs[column], xs[column + colspan]
            top, bottom = ys[row], ys[row + rowspan]
            if not (open_top and row == 0):
                draw(self, x0, top, x1, top)
            if not (open_bottom and row + rowspan == len(ys) - 1):
                draw(self, x0, bottom, x1, bottom)
            draw(self, x0, top, x0, bottom)
            draw(self, x1, top, x1, bottom)
            lines = text.split("\n") if text else []
            first = (top + bottom - len(lines) * 1.2 * size) / 2
            for number, line in enumerate(lines):
                self.centered(x0, x1, first + number * 1.2 * size, line, size)


def thin_box(sheet: Sheet, x0: float, top: float, x1: float, bottom: float) -> None:
    """A side drawn as a filled box, as word processors do."""
    sheet.box(x0 - 0.25, top - 0.25, x1 + 0.25, bottom + 0.25, (0, 0, 0))


def double_line(sheet: Sheet, x0: float, top: float, x1: float, bottom: float) -> None:
    """A side drawn as two lines 1.5 points apart."""
    for shift in (0, 1.5):
        if top == bottom:
            sheet.line(x0, top + shift, x1, top + shift, 0.4)
        else:
            sheet.line(x0 + shift, top, x0 + shift, bottom, 0.4)


def dashes(sheet: Sheet, x0: float, top: float, x1: float, bottom: float) -> None:
    """A side drawn as separate dashes."""
    if top == bottom:
        x = x0
        while x < x1:
            sheet.line(x, top, min(x + 3, x1), top)
            x += 5
    else:
        y = top
        while y < bottom:
            sheet.line(x0, y, x0, min(y + 3, bottom))
            y += 5


def row_spans(row: int, texts: Sequence[str]) -> list[Span]:
    """One row of single cells."""
    return [(row, column, 1, 1, text) for column, text in enumerate(texts)]


def rows(texts: Sequence[Sequence[str]]) -> list[Span]:
    """Rows of single cells."""
    return [span for row, line in enumerate(texts) for span in row_spans(row, line)]


def even(start: float, step: float, count: int) -> list[float]:
    return [start + step * number for number in range(count + 1)]


def tables(reading: Reading) -> list[Table]:
    return [block for block in reading.blocks if isinstance(block, Table)]


def texts(reading: Reading) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in reading.blocks if isinstance(block, Text)]


def spans(table: Table) -> list[Span]:
    return [(c.row, c.column, c.rowspan, c.colspan, c.text) for c in table.cells]


def grid(table: Table) -> list[list[str]]:
    """The texts row by row, spans aside."""
    return [[c.text for c in table.cells if c.row == row] for row in range(table.rows)]


XS = [60.0, 90.0, 200.0, 260.0, 320.0, 380.0]
YS = even(100.0, 22.0, 5)
MERGED: list[Span] = [
    (0, 0, 2, 2, "项目"),
    (0, 2, 1, 3, "申请人情况"),
    (1, 2, 1, 1, "自然人"),
    (1, 3, 1, 1, "企业"),
    (1, 4, 1, 1, "总计"),
    (2, 0, 2, 1, "三"),
    (2, 1, 1, 1, "（一）予以公开"),
    (2, 2, 1, 1, "21"),
    (2, 3, 1, 1, "0"),
    (2, 4, 1, 1, "21"),
    (3, 1, 1, 1, "（二）部分公开"),
    (3, 2, 1, 1, "4"),
    (3, 3, 1, 1, ""),
    (3, 4, 1, 1, "4"),
    (4, 0, 1, 2, "四、结转"),
    (4, 2, 1, 1, "0"),
    (4, 3, 1, 1, "-"),
    (4, 4, 1, 1, "/"),
]


def only_table(reader: ModuleType, sheet: Sheet) -> Table:
    found = tables(reader.read(sheet.done()))
    assert len(found) == 1
    return found[0]
