"""Text that is none, text in other encodings, and lines made to keep a pattern busy."""

from __future__ import annotations

import codecs

from benchmarks.hostile.trap import Must, Place, either, kinds_of, read, refused

NO_REPORT = refused("not a report", "not one report", "blank form")
NO_TEXT = refused("neither text", "empty", "not a report", "no encoding")

MEGABYTE = 1_000_000


def no_text(place: Place) -> None:
    """Random bytes, control characters, nothing, and nothing but space, named as reports"""
    files: dict[str, tuple[bytes, Must]] = {
        "random": (place.draw.randbytes(100_000), NO_TEXT),
        "controls": (bytes(range(32)) * 1000, NO_TEXT),
        "zeros": (bytes(100_000), refused("empty", "neither text")),
        "nothing": (b"", refused("empty")),
        "space": (b" \n\t\r" * 10_000, refused("empty")),
        "mark-alone": (codecs.BOM_UTF8, refused("empty")),
        "marks": (codecs.BOM_UTF8 * 1000, NO_TEXT),
        "wide-space": ("\u3000\u00a0\u200b".encode() * 1000, NO_TEXT),
        "escapes": (b"\x1b[2J\x1b[31mwords\x1b]0;title\x07" * 1000, NO_TEXT),
        "words-and-random": (b"words " * 20_000 + place.draw.randbytes(100_000), NO_TEXT),
    }
    for suffix in (".txt", ".pdf", ".html", ".docx"):
        for name, (data, must) in files.items():
            place.write(f"{name}{suffix}", data, must)


def wrong_names(place: Place) -> None:
    """Sound reports named as another kind of file, or as none"""
    for seed in (place.seed(suffix) for suffix in (".pdf", ".html", ".docx", ".txt")):
        for name in ("a.pdf", "a.docx", "a.txt", "a.html", "a.jpg", "a.exe", "a"):
            place.write(f"{seed.suffix[1:]}/{name}", seed.data, read())


def encodings(place: Place) -> None:
    """A sound report in every encoding that Chinese is written in, with and without a mark"""
    text = place.report()
    whole = {
        "utf-8-mark": text.encode("utf-8-sig"),
        "utf-16": text.encode("utf-16"),
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "utf-16-be-mark": codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        "gb18030": text.encode("gb18030"),
        "crlf": text.replace("\n", "\r\n").encode(),
        "cr": text.replace("\n", "\r").encode(),
    }
    for name, data in whole.items():
        place.write(f"{name}.txt", data, read())
    hurt = {
        "utf-16-odd": text.encode("utf-16")[:-1],
        "utf-32": text.encode("utf-32"),
        "utf-7": text.encode("utf-7"),
        "surrogates": text.replace("。", "\ud800。").encode("utf-8", "surrogatepass"),
        "surrogates-16": text.replace("。", "\udfff。").encode("utf-16", "surrogatepass"),
        "zeros-between": text.replace("。", "\x00。").encode(),
        "cut-inside-a-character": text.encode()[:-1],
        "two-encodings": text.encode() + text.encode("gb18030"),
        "false-mark": codecs.BOM_UTF16_LE + text.encode(),
    }
    for name, data in hurt.items():
        place.write(f"{name}.txt", data, either())


def long_lines(place: Place) -> None:
    """Lines of a million characters, each of them the beginning of what a pattern looks for"""
    size = MEGABYTE
    units = {
        "one-character": "政",
        "years": "2021年",
        "dates": "2021年1月1日至",
        "titles": "2021年政府信息公开工作年度报",
        "quotes": "《政府信息公开",
        "subjects": "2021年，我局认真",
        "agencies": "由青砚市人民政府",
        "digits": "1",
        "chinese-digits": "一千",
        "spaces": "　 ",
        "brackets": "（",
        "numbers": "一、",
        "pinyin": "報(bào)",
        "commas": "1,000",
        "units": "1万元",
        "dots": "1.",
        "dashes": "—-",
        "hyphens": "---|",
    }
    for name, unit in units.items():
        line = unit * (size // len(unit))
        place.write(f"{name}.txt", f"某市2021年报告\n{line}", either("not", "more than", "digits"))


def many_lines(place: Place) -> None:
    """Five million lines, and as many as are allowed: of pipes, tabs, figures, titles"""
    lines = {
        "too-many": ("a\n", 5 * MEGABYTE),
        "empty": ("\n", 5 * MEGABYTE),
        "characters": ("a\n", 150_000),
        "figures": ("0\n", 150_000),
        "pipes": ("|\n", 150_000),
        "pipe-rows": ("| 一 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n", 100_000),
        "tabs": ("规章\t0\t0\t0\n", 150_000),
        "wide-pipes": ("|" * 20_000 + "\n", 200),
        "titles": ("青砚市民政局2021年政府信息公开工作年度报告\n", 100_000),
        "headings": ("一、总体情况\n", 150_000),
        "fences": ("```\n", 150_000),
        "marks": ("# \n", 150_000),
        "rules": ("|---|---|\n", 150_000),
        "spaced": ("规章          0     0     0\n", 150_000),
    }
    for name, (line, times) in lines.items():
        place.write(f"{name}.txt", line * times, either("not", "blank", "empty", "more than"))


def repeated_tables(place: Place) -> None:
    """A sound report two hundred times over in one file"""
    text = place.report()
    place.write("same.txt", text * 200, either("not one report"))
    other = text.replace("1", "2")
    place.write("others.txt", (text + other) * 100, either("not one report"))


KINDS = kinds_of((no_text, wrong_names, encodings, long_lines, many_lines, repeated_tables))
