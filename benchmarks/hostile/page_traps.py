"""Web pages that are too deep, too wide or too clever."""

from __future__ import annotations

from benchmarks.hostile.trap import Place, kinds_of, read, refused

_HEAD = '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>'
_TAIL = "</body></html>"

NO_REPORT = refused("not a report")
TOO_DEEP = refused("nest", "deep", "does not parse", "not a report", "tags")

MEGABYTE = 1_000_000


def page_of(body: str) -> str:
    return f"{_HEAD}{body}{_TAIL}"


def deep_pages(place: Place) -> None:
    """Elements and tables nested up to 100,000 deep, closed and never closed"""
    for name, opened, closed in (
        ("div", "<div>", "</div>"),
        ("span", "<span>", "</span>"),
        ("table", "<table><tr><td>", "</td></tr></table>"),
        ("list", "<ul><li>", "</li></ul>"),
    ):
        for depth in (250, 100_000):
            body = opened * depth + "words" + closed * depth
            place.write(f"{name}-{depth}.html", page_of(body), TOO_DEEP)
    place.write("never-closed.html", page_of("<p><b>" * 200_000 + "words"), TOO_DEEP)
    tables = "<table><tr><td>" * 80 + "words" + "</td></tr></table>" * 80
    place.write("80-tables.html", page_of(tables), NO_REPORT)


def wide_pages(place: Place) -> None:
    """Tables of 200,000 cells and more, and spans without measure"""
    row = "<tr>" + "<td>0</td>" * 500 + "</tr>"
    place.write("200500-cells.html", page_of(f"<table>{row * 401}</table>"), refused("cells"))
    place.write("200000-cells.html", page_of(f"<table>{row * 400}</table>"), NO_REPORT)
    one = "<table><tr>" + "<td>0</td>" * 200_000 + "</tr></table>"
    place.write("one-row.html", page_of(one), refused("columns"))
    column = "<table>" + "<tr><td>0</td></tr>" * 200_000 + "</table>"
    place.write("one-column.html", page_of(column), refused("rows", "tags"))
    span = '<td colspan="999999999" rowspan="999999999">0</td>'
    place.write(
        "one-span.html",
        page_of(f"<table><tr>{span * 3}</tr></table>"),
        refused("columns", "report"),
    )
    tall = '<tr><td colspan="900" rowspan="65534">0</td></tr>' * 15_000
    place.write("tall-spans.html", page_of(f"<table>{tall}</table>"), refused("columns", "report"))
    cells = "<td>0</td>" * 190_000
    place.write("cells-alone.html", page_of(f"<table>{cells}</table>"), refused("columns"))


def large_pages(place: Place) -> None:
    """Millions of elements, of attributes, of characters in one word, of sites' scripts"""
    pages = {
        "too-many-breaks": "<br>" * (12 * MEGABYTE),
        "breaks": "<br>" * 450_000,
        "paragraphs": "<p>a</p>" * 200_000,
        "attribute": f'<p title="{"a" * (40 * MEGABYTE)}">words</p>',
        "attributes": "<p " + " ".join(f"a{n}=1" for n in range(500_000)) + ">words</p>",
        "classes": f'<p class="{"a " * MEGABYTE}">words</p>' * 3,
        "style": '<p style="' + "a:b;" * MEGABYTE + '">words</p>' * 3,
        "sheet": "<style>" + ".a{display:none}" * 500_000 + "</style><p class=a>words</p>",
        "script": f"<script>{'var a = 1;' * (3 * MEGABYTE)}</script><p>words</p>",
        "script-strings": "<script>" + 'a="<table><tr><td>0";' * 200_000 + "</script><p>words</p>",
        "picture-inside": f'<img src="data:image/png;base64,{"A" * (40 * MEGABYTE)}"><p>words</p>',
        "entities": "&#48;&amp;" * (3 * MEGABYTE),
        "comment": "<!--" + "-" * (20 * MEGABYTE) + "<p>words</p>",
        "angles": "<" * (5 * MEGABYTE) + "<p>words</p>",
        "links": '<a href="x">政府信息公开年报</a>' * 200_000,
    }
    for name, body in pages.items():
        must = refused("not a report", "more than", "parse", "no text", "empty", "seconds")
        place.write(f"{name}.html", page_of(body), must)
    place.write("too-many.html", page_of("a" * (51 * MEGABYTE)), refused("characters"))
    place.write("too-large.html", page_of("a" * (210 * MEGABYTE)), refused("bytes"))


def charsets(place: Place) -> None:
    """Declared encodings that are none, or that would run something else than decoding"""
    seed = place.seed(".html")
    text = seed.data.decode("utf-8")
    names = (
        *("zip", "base64", "rot13", "hex", "bz2", "unicode_escape", "raw_unicode_escape", "idna"),
        *("punycode", "undefined", "mbcs", "utf-7", "utf-16", "utf-8-sig", "x" * 5000, "../../a"),
        *("\x00", "", " ", "%s%n", "gb2312; drop table reports", "utf\n-8"),
    )
    for number, name in enumerate(names):
        data = text.replace('charset="utf-8"', f'charset="{name}"')
        data = data.replace("charset=utf-8", f'charset="{name}"')
        place.write(f"{number:02}.html", data, read())


def xml_pages(place: Place) -> None:
    """Pages with entities that multiply or name a file of this machine"""
    secret = place.elsewhere / "secret.txt"
    secret.write_text("the contents of a secret file\n", encoding="utf-8")
    laughs = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 12))
    body = "<html><body><p>words &e11; &f;</p></body></html>"
    declared = f'<!ENTITY e0 "ha">{laughs}<!ENTITY f SYSTEM "{secret.as_uri()}">'
    data = f'<?xml version="1.0"?><!DOCTYPE html [{declared}]>{body}'
    place.write("entities.xhtml", data, refused("not a report", absent=["a secret file"]))
    frames = f'<iframe src="{secret.as_uri()}"></iframe><object data="{secret.as_uri()}"></object>'
    linked = f'<link rel="stylesheet" href="{secret.as_uri()}"><p>words</p>{frames}'
    must = refused("not a report", absent=["a secret file"])
    place.write("frames.html", page_of(linked), must)


KINDS = kinds_of((deep_pages, wide_pages, large_pages, charsets, xml_pages))
