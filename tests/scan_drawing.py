"""Helpers of tests: small scanned pages drawn with the fixtures' own font, and what lacks to read
them."""

import io
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONT = Path(__file__).parents[1] / "fixtures" / "font" / "GongkaiFixtureSong.ttf"
PAPER = 250
LACKING = next(
    (
        f"recognition needs {name}: pip install 'gongkai[ocr]'"
        for name in ("rapidocr", "onnxruntime")
        if find_spec(name) is None
    ),
    None,
)
"""Why nothing can be recognised here, None when it can."""

Dots = npt.NDArray[np.uint8]


class Scanned:
    """A page of paper in points, drawn at a resolution and then treated as scanners do."""

    def __init__(self, width: float = 420.0, height: float = 300.0, dpi: int = 200) -> None:
        self.scale = dpi / 72
        self.dpi = dpi
        size = (round(width * self.scale), round(height * self.scale))
        self.image = Image.new("RGB", size, (PAPER, PAPER, PAPER))
        self.draw = ImageDraw.Draw(self.image)

    def text(
        self, x: float, top: float, text: str, size: float = 10.0, colour: str = "black"
    ) -> None:
        font = ImageFont.truetype(FONT, round(size * self.scale))
        self.draw.text((x * self.scale, top * self.scale), text, font=font, fill=colour)

    def line(self, x0: float, top: float, x1: float, bottom: float, width: float = 0.7) -> None:
        ends = [v * self.scale for v in (x0, top, x1, bottom)]
        self.draw.line(ends, fill="black", width=max(round(width * self.scale), 1))

    def table(
        self,
        x: float,
        top: float,
        rows: Sequence[Sequence[str]],
        wide: float = 70,
        high: float = 22,
    ) -> None:
        """A ruled table of equal cells, each text in the middle of the height of its cell."""
        columns = len(rows[0])
        for row in range(len(rows) + 1):
            self.line(x, top + row * high, x + columns * wide, top + row * high)
        for column in range(columns + 1):
            self.line(x + column * wide, top, x + column * wide, top + len(rows) * high)
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                self.text(x + column * wide + 8, top + row * high + 4, text)

    def done(self, skew: float = 0.0, blur: float = 0.6, noise: float = 3.0) -> Image.Image:
        """The picture turned to the left by some degrees, a little blurred and noisy."""
        white = (PAPER, PAPER, PAPER)
        turned = self.image.rotate(skew, Image.Resampling.BICUBIC, fillcolor=white)
        dots = np.asarray(turned.filter(ImageFilter.GaussianBlur(blur)), dtype=np.float64)
        chance = np.random.RandomState(7)
        dots = dots + chance.normal(0.0, noise, dots.shape[:2])[:, :, np.newaxis]
        return Image.fromarray(np.clip(dots, 0, 255).astype(np.uint8))


def picture_to_bytes(pages: Sequence[Image.Image], kind: str, dpi: int = 200) -> bytes:
    """A file of the kind PNG, JPEG, TIFF or PDF; only the last two hold several pages."""
    target = io.BytesIO()
    first, *others = pages
    more = {"save_all": True, "append_images": others} if kind in ("TIFF", "PDF") else {}
    where = {"resolution": float(dpi)} if kind == "PDF" else {"dpi": (dpi, dpi)}
    first.save(target, kind, **more, **where)
    return target.getvalue()
