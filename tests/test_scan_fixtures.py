"""Larger sets of chosen layouts, and scans of any PDF."""

import json
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

pytest.importorskip("reportlab", reason="the generator draws its PDFs with reportlab")

from fixtures.catalogue import larger_set
from fixtures.layouts.scan_pages import Scan
from fixtures.make import recipe_to_files
from fixtures.scanned import INKS, pdf_to_scan, scan_set


def test_a_larger_set_may_keep_to_some_layouts() -> None:
    layouts = ["scan 150 dpi", "scan as png"]
    recipes = list(larger_set("s", 5, layouts=layouts))
    assert [recipe.layout for recipe in recipes] == [layouts[i % 2] for i in range(5)]
    assert recipes == list(larger_set("s", 5, layouts=layouts))


def test_any_pdf_of_a_set_can_be_had_as_a_scan(tmp_path: Path) -> None:
    recipe = next(larger_set("scanned", 1, layouts=["pdf horizontal rules"]))
    folder = tmp_path / "drawn" / recipe.id
    folder.mkdir(parents=True)
    for name, content in recipe_to_files(recipe).items():
        (folder / name).write_bytes(content)
    scan = Scan(40, grey=False, inked=INKS["red"])
    assert scan_set(tmp_path / "drawn", tmp_path / "scans", scan) == 1
    made = tmp_path / "scans" / recipe.id
    assert (made / "gold.csv").read_bytes() == (folder / "gold.csv").read_bytes()
    assert "scanned at 40 dpi" in json.loads((made / "meta.json").read_text("utf-8"))["quirks"]
    drawn = pypdfium2.PdfDocument((folder / "source.pdf").read_bytes())
    scanned = pypdfium2.PdfDocument((made / "source.pdf").read_bytes())
    assert len(scanned) == len(drawn)
    assert scanned[0].get_textpage().get_text_bounded() == ""
    dots = np.asarray(scanned[0].render(scale=1).to_pil().convert("RGB"), dtype=int)
    assert np.count_nonzero(dots[:, :, 0] - dots[:, :, 1] > 60) > 100
    again = pdf_to_scan((folder / "source.pdf").read_bytes(), recipe.id, scan)
    assert again == (made / "source.pdf").read_bytes()
