"""PDFs that are small on disk and large in memory or time."""

from __future__ import annotations

from benchmarks.hostile.pdf_bytes import (
    deflated,
    one_page_pdf,
    page,
    stream,
)
from benchmarks.hostile.trap import Place, either, kinds_of, refused

_NOTHING_THERE = refused("not a report", "text", "more than", "memory", "seconds")

MEGABYTE = 1_000_000


def flate_bombs(place: Place) -> None:
    """Streams that unpack to a thousand million spaces, once and twice over"""
    spaces = b" " * (1000 * MEGABYTE)
    place.write("one-gigabyte.pdf", one_page_pdf(deflated(spaces)), _NOTHING_THERE)
    place.write("packed-twice.pdf", one_page_pdf(deflated(spaces, times=2)), _NOTHING_THERE)


def page_of_characters(place: Place) -> None:
    """Millions of characters on one page, on one spot and spread out"""
    spot = b"BT /F1 12 Tf 72 700 Td " + b"(0) Tj " * 300_000 + b"ET"
    place.write("one-spot.pdf", one_page_pdf(deflated(spot)), _NOTHING_THERE)
    line = b"(" + b"0 " * 60 + b") Tj T* "
    spread = b"BT /F1 4 Tf 4 TL 9 830 Td " + line * 30_000 + b"ET"
    place.write("spread.pdf", one_page_pdf(deflated(spread)), _NOTHING_THERE)


def page_of_rules(place: Place) -> None:
    """A page ruled into 90,000 cells, and one with a million lines at random"""
    grid = b"".join(
        b"%d 10 m %d 310 l S 10 %d m 310 %d l S " % (at, at, at, at) for at in range(10, 311)
    )
    words = b"BT /F1 1 Tf 1 TL 10 310 Td " + (b"(" + b"0 " * 300 + b") Tj T* ") * 300 + b"ET"
    place.write("90000-cells.pdf", one_page_pdf(deflated(grid + words)), _NOTHING_THERE)
    draw = place.draw
    lines = b"".join(
        b"%d %d m %d %d l S " % (x := draw.randrange(595), y := draw.randrange(842), x, y + 9)
        for _ in range(200_000)
    )
    place.write("lines.pdf", one_page_pdf(deflated(lines * 5 + words)), _NOTHING_THERE)


def forms_within_forms(place: Place) -> None:
    """Thirty drawings, each of which draws the next one ten times; and one that draws itself"""
    count = 30
    forms = [
        stream(
            b"/Next Do " * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
            b"/Resources << /XObject << /Next %d 0 R >> >>" % (7 + at),
        )
        for at in range(count)
    ]
    last = stream(
        b"BT /F1 12 Tf (0) Tj ET",
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >>",
    )
    shown = page(resources=b"/XObject << /Next 6 0 R >>")
    data = one_page_pdf(stream(b"/Next Do"), shown, others=[*forms, last])
    place.write("ten-to-the-thirty.pdf", data, _NOTHING_THERE)
    itself = stream(
        b"/Next Do /Next Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
        b"/Resources << /XObject << /Next 6 0 R >> >>",
    )
    data = one_page_pdf(stream(b"/Next Do"), shown, others=[itself])
    place.write("itself.pdf", data, _NOTHING_THERE)


def huge_pictures(place: Place) -> None:
    """Pictures that claim a thousand million points"""
    for name, coding in (("jpeg-2000", b"/JPXDecode"), ("jbig2", b"/JBIG2Decode"), ("raw", b"")):
        entries = (
            b"/Type /XObject /Subtype /Image /Width 32000 /Height 32000 /ColorSpace /DeviceRGB "
            b"/BitsPerComponent 8 "
        )
        if coding:
            entries += b"/Filter " + coding
        picture = stream(place.draw.randbytes(4096), entries)
        data = one_page_pdf(
            stream(b"q 595 0 0 842 0 0 cm /P Do Q"),
            page(resources=b"/XObject << /P 6 0 R >>"),
            others=[picture],
        )
        place.write(f"{name}.pdf", data, either("text", "not a report", "dots", "recognised"))


KINDS = kinds_of(
    (flate_bombs, page_of_characters, page_of_rules, forms_within_forms, huge_pictures)
)
