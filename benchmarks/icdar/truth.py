"""The competition's XML -> the cells of each region of a document's tables."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from benchmarks.icdar.relations import PlacedText

_ENDING = "-str.xml"


def folder_to_pairs(folder: Path) -> list[tuple[Path, Path]]:
    """Each PDF below the folder with its XML; XML without a PDF of its name is passed over."""
    pairs = []
    for xml in sorted(folder.rglob(f"*{_ENDING}")):
        pdf = xml.with_name(xml.name.removesuffix(_ENDING) + ".pdf")
        if pdf.exists():
            pairs.append((pdf, xml))
    return pairs


def xml_to_tables(xml: Path) -> list[list[PlacedText]]:
    """The cells region by region; a table over several pages has a region on each."""
    tables = []
    for region in ElementTree.parse(xml).getroot().iter("region"):
        rows = int(region.get("row-increment") or 0)
        columns = int(region.get("col-increment") or 0)
        tables.append([_cell(cell, rows, columns) for cell in region.iter("cell")])
    return tables


def _cell(cell: ElementTree.Element, rows: int, columns: int) -> PlacedText:
    top, left = int(cell.attrib["start-row"]), int(cell.attrib["start-col"])
    bottom, right = int(cell.get("end-row") or top), int(cell.get("end-col") or left)
    text = "".join(part.text or "" for part in cell.iter("content"))
    return PlacedText(top + rows, left + columns, bottom + rows, right + columns, text)
