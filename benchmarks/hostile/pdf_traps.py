"""PDFs that lie about their structure."""

from __future__ import annotations

from benchmarks.hostile.pdf_bytes import (
    CATALOG,
    FONT,
    WORDS,
    objects_to_pdf,
    one_page_pdf,
    page,
    stream,
)
from benchmarks.hostile.trap import Place, either, kinds_of, refused
from fixtures.broken_files import encrypted_pdf

NO_REPORT = refused("not a report", "broken", "no page", "recognised")
"""Nothing in it is a report, if it is read at all."""


def encrypted(place: Place) -> None:
    """A page that opens with a password only"""
    place.write("locked.pdf", encrypted_pdf(), refused("password", "encrypted"))


def page_tree_in_a_circle(place: Place) -> None:
    """A page tree that leads back into itself"""
    own_kid = b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"
    place.write("own-kid.pdf", objects_to_pdf((CATALOG, own_kid)), NO_REPORT)
    up, down = (
        b"<< /Type /Pages /Kids [3 0 R] /Count 9 /Parent 3 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 /Parent 2 0 R >>",
    )
    place.write("two-in-a-circle.pdf", objects_to_pdf((CATALOG, up, down)), NO_REPORT)
    orphan = b"<< /Type /Page /Parent 3 0 R /Contents 4 0 R >>"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    place.write("own-parent.pdf", objects_to_pdf((CATALOG, pages, orphan, WORDS)), NO_REPORT)


def many_pages(place: Place) -> None:
    """20,000 pages, and a count of two thousand million that is not true"""
    count = 20_000
    kids = b" ".join(b"%d 0 R" % number for number in range(6, 6 + count))
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    objects = (CATALOG, pages, page(), WORDS, FONT, *(page() for _ in range(count)))
    place.write("20000-pages.pdf", objects_to_pdf(objects), refused(f"{count} pages"))
    lying = b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"
    data = objects_to_pdf((CATALOG, lying, page(), WORDS, FONT))
    place.write("lying-count.pdf", data, refused("pages", "not a report", "broken"))


def impossible_pages(place: Place) -> None:
    """Pages of 40,000 points a side, of none, of no number, upside down"""
    place.write(
        "40000-points.pdf",
        one_page_pdf(WORDS, page(b"[0 0 40000 40000]")),
        refused("40000 x 40000 points"),
    )
    boxes = {
        "no-area": b"[0 0 0 0]",
        "inside-out": b"[595 842 0 0]",
        "far-away": b"[1e30 1e30 2e30 2e30]",
        "no-number": b"[0 0 NaN NaN]",
        "three-sides": b"[0 0 595]",
        "words": b"(a page)",
        "itself": b"3 0 R",
    }
    for name, box in boxes.items():
        place.write(f"{name}.pdf", one_page_pdf(WORDS, page(box)), refused("not a report", "page"))
    more = {
        "turned-45": b"/Rotate 45",
        "turned-far": b"/Rotate 99999999999",
        "unit-of-a-mile": b"/UserUnit 100000",
        "cropped-away": b"/CropBox [-500 -500 -400 -400]",
    }
    for name, entries in more.items():
        data = one_page_pdf(WORDS, page(more=entries))
        place.write(f"{name}.pdf", data, refused("not a report", "page"))


def false_structure(place: Place) -> None:
    """Cross-references that run in a circle, point nowhere or promise everything"""
    sound = one_page_pdf(WORDS)
    start = sound.rindex(b"xref\n0")
    variants = {
        "circle-of-tables": sound.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start),
        "table-nowhere": sound.replace(b"startxref\n%d" % start, b"startxref\n999999999"),
        "huge-size": sound.replace(b"/Size 6", b"/Size 2147483647"),
        "huge-length": sound.replace(b"/Length", b"/Length 2147483647 %"),
        "negative-length": sound.replace(b"/Length", b"/Length -1 %"),
        "root-nowhere": sound.replace(b"/Root 1 0 R", b"/Root 77 0 R"),
        "root-itself": objects_to_pdf((b"1 0 R",)),
        "header-alone": b"%PDF-1.7\n",
        "objects-without-end": b"%PDF-1.7\n" + b"1 0 obj\n" * 100_000,
    }
    for name, data in variants.items():
        place.write(f"{name}.pdf", data, NO_REPORT)


def nested_objects(place: Place) -> None:
    """Arrays and dictionaries nested 200,000 deep"""
    deep = 200_000
    for name, opened, closed in (("arrays", b"[", b"]"), ("dictionaries", b"<< /A ", b">>")):
        body = opened * deep + b"0" + closed * deep
        data = one_page_pdf(WORDS, page(more=b"/Deep 6 0 R"), others=[body])
        place.write(f"{name}.pdf", data, refused("not a report", "broken"))
        data = one_page_pdf(stream(body + b" BT /F1 12 Tf (a) Tj ET"))
        place.write(f"{name}-in-content.pdf", data, refused("not a report", "broken", "text"))
    saved = stream(b"q " * deep + b"BT /F1 12 Tf 72 700 Td (a) Tj ET")
    place.write("saved-states.pdf", one_page_pdf(saved), refused("not a report", "text"))


def text_nowhere(place: Place) -> None:
    """Characters at infinite places, in sizes of zero and without bound"""
    shows = {
        "far-away": b"1e38 0 0 1e38 1e38 1e38 Tm (0 1 2) Tj",
        "no-size": b"0 0 0 0 72 700 Tm (0 1 2) Tj",
        "giant": b"1e9 0 0 1e9 0 0 Tm (0 1 2) Tj",
        "no-number": b"NaN 0 0 NaN 72 700 Tm (0 1 2) Tj",
        "spaced-out": b"1e30 Tc 1e30 Tw 72 700 Td (0 1 2) Tj",
    }
    for name, show in shows.items():
        data = one_page_pdf(stream(b"BT /F1 12 Tf %s ET" % show))
        place.write(f"{name}.pdf", data, either("not a report", "text", "page", "recognised"))


def strange_titles(place: Place) -> None:
    """Titles that are half a surrogate pair, of no encoding, a megabyte long or no text"""
    titles = {
        "half-a-pair": b"<FEFFD8000041>",
        "odd-bytes": b"<FEFF41>",
        "no-encoding": b"(\xff\x80\x81)",
        "long": b"(" + b"a" * 1_000_000 + b")",
        "zeros": b"<FEFF000000410000>",
        "number": b"42",
        "itself": b"6 0 R",
        "formula": b"(=1+1)",
    }
    for name, title in titles.items():
        info = b"<< /Title %s >>" % title
        data = one_page_pdf(WORDS, others=[info], trailer=b"/Info 6 0 R")
        place.write(f"{name}.pdf", data, NO_REPORT)


def active_content(place: Place) -> None:
    """Scripts, programs to launch and files inside, which no reader may heed"""
    target = str(place.elsewhere / "launched").encode()
    entries = (
        b"/AA << /O << /S /JavaScript /JS (app.alert\\(1\\)) >> "
        b"/C << /S /Launch /F (touch %s) >> >>" % target
    )
    catalog = CATALOG[:-2] + b"/OpenAction << /S /Launch /F (%s) /P (%s) >> >>" % (target, target)
    data = one_page_pdf(WORDS, page(more=entries), catalog=catalog)
    place.write("actions.pdf", data, refused("not a report", "broken"))


KINDS = kinds_of(
    (
        encrypted,
        page_tree_in_a_circle,
        many_pages,
        impossible_pages,
        false_structure,
        nested_objects,
        text_nowhere,
        strange_titles,
        active_content,
    )
)
