"""What was read of a page, drawn over its picture: rules, cells, matched fields and flags.

Made for finding out in a minute why a table was misread: a cell without a field was not
understood, a field in the wrong place was matched wrongly, a rule without cells bounds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from extract import BBox, Document, Table, file_to_bytes, read_bytes
from extract.page_picture import PagePicture, bytes_to_page_picture, picture_to_png
from normalize.report import Observation, Report, Status
from pipeline.cascade import bytes_to_report, first_readings
from pipeline.plan import Task
from pipeline.show import number

RULE = (255, 140, 0)
CELL = (30, 110, 220)
FIELD = (0, 150, 80)
FLAG = (210, 0, 40)
_WASH = 60
"""How opaque a field is painted, of 255."""
_LEGEND_SIZE = 15
_LABEL_SIZE = 10
_MARGIN = 8
_LEGEND = (
    ("rules found", RULE),
    ("cells of tables", CELL),
    ("matched to a field of the form, its value and its name", FIELD),
    ("flagged, see below", FLAG),
)


def draw_page(task: Task, reader: str | None, page: int) -> bytes:
    """A page of a report with what was read of it, as PNG; raises ExtractError.

    Drawn are the cells of the first reader, and the fields as all readers together have them.
    """
    data = file_to_bytes(task.path)
    picture = bytes_to_page_picture(data, page)
    asked = [read_bytes(data, task.source, reader=reader)] if reader else None
    document = (asked or first_readings(data, task.source))[0]
    report = bytes_to_report(data, task.source, reader)
    return picture_to_png(draw_reading(picture, document, report))


def draw_reading(picture: PagePicture, document: Document, report: Report) -> Image.Image:
    """The page with everything drawn over it, and below it a legend and the flagged cells."""
    cells = [
        cell.bbox
        for block in document.blocks
        if isinstance(block, Table)
        for cell in block.cells
        if cell.page == picture.number and cell.bbox is not None
    ]
    fields = [o for o in report.observations if o.page == picture.number and o.bbox is not None]
    over = Image.new("RGBA", picture.image.size)
    pen = ImageDraw.Draw(over)
    for rule in picture.rules:
        x0, top, x1, bottom = _scaled(rule, picture.scale)
        pen.rectangle((x0 - 1, top - 1, x1 + 1, bottom + 1), fill=(*RULE, 150))
    for box in cells:
        pen.rectangle(_scaled(box, picture.scale), outline=(*CELL, 255), width=2)
    flagged = [o for o in fields if o.flagged]
    for field in fields:
        _draw_field(pen, field, flagged, picture.scale)
    page = Image.alpha_composite(picture.image.convert("RGBA"), over)
    return _with_legend(page.convert("RGB"), flagged, report)


def _draw_field(
    pen: ImageDraw.ImageDraw, field: Observation, flagged: Sequence[Observation], scale: float
) -> None:
    colour = FLAG if field.flagged else FIELD
    x0, top, x1, bottom = _scaled(field.bbox or (0, 0, 0, 0), scale)
    pen.rectangle((x0, top, x1, bottom), fill=(*colour, _WASH), outline=(*colour, 255), width=2)
    value = "-" if field.value is None else number(field.value)
    mark = f" !{flagged.index(field) + 1}" if field.flagged else ""
    font = ImageFont.load_default(_LABEL_SIZE)
    pen.text((x0 + 2, top + 1), f"{value}{mark}", fill=(*colour, 255), font=font)
    for at, name in enumerate((field.column, field.row)):
        place = (x0 + 2, bottom - (at + 1) * _LABEL_SIZE - 2)
        pen.text(place, _cut_to(name, x1 - x0 - 4, font), (*colour, 255), font)


def _cut_to(name: str, width: float, font: ImageFont.ImageFont | ImageFont.FreeTypeFont) -> str:
    """As much of the name as the width holds."""
    while name and font.getlength(name) > width:
        name = name[:-1]
    return name


def _scaled(box: BBox, scale: float) -> BBox:
    x0, top, x1, bottom = (side * scale for side in box)
    return (x0, top, max(x0, x1), max(top, bottom))


def _with_legend(page: Image.Image, flagged: Sequence[Observation], report: Report) -> Image.Image:
    lines = [(text, colour) for text, colour in _LEGEND]
    lines += [(_said(at, field), FLAG) for at, field in enumerate(flagged, 1)]
    lines += [
        (f"not found: {o.table}.{o.row}.{o.column}", FLAG)
        for o in report.observations
        if o.status is Status.MISSING
    ]
    font = ImageFont.load_default(_LEGEND_SIZE)
    step = _LEGEND_SIZE + 4
    out = Image.new("RGB", (page.width, page.height + step * len(lines) + 2 * _MARGIN), "white")
    out.paste(page, (0, 0))
    pen = ImageDraw.Draw(out)
    for at, (text, colour) in enumerate(lines):
        top = page.height + _MARGIN + at * step
        pen.rectangle((_MARGIN, top + 2, _MARGIN + 12, top + 14), fill=colour)
        pen.text((_MARGIN + 20, top), text, fill="black", font=font)
    return out


def _said(at: int, field: Observation) -> str:
    value = field.status.value if field.value is None else number(field.value)
    doubts = ", ".join(field.doubts)
    text = f"!{at} {field.table}.{field.row}.{field.column} = {value}: {doubts}"
    return text.encode("ascii", "replace").decode("ascii")
