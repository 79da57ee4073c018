"""Names of files and folders that a shell, a pattern, a table or a terminal takes for more."""

from __future__ import annotations

import os

from benchmarks.hostile.trap import Place, kinds_of, read

NAMES = (
    "two\nlines.txt",
    "0 quarantined\n  other.txt: broken",
    "tab\there.txt",
    "return\rback.txt",
    "'single'.txt",
    '"double".txt',
    "`tick`.txt",
    "-rf.txt",
    "--db.txt",
    "-.txt",
    "$(touch launched).txt",
    "; touch launched.txt",
    "| cat.txt",
    "* ? [a-z].txt",
    "%s%n%x.txt",
    "{0.__class__}.txt",
    "[bold red]markup[ bold].txt",
    "\x1b[31mred\x1b[0m.txt",
    "\x1b]0;title\x07.txt",
    "backspace\b\b\b.txt",
    "back\\slash.txt",
    "=1+1.txt",
    "@SUM(A1).txt",
    "a,b;c.txt",
    "'); DROP TABLE reports;--.txt",
    "<script>alert(1)<|script>.txt",
    "right\u202eto left.txt",
    "zero\u200bwidth.txt",
    "combining\u0301.txt",
    "separator\u2028.txt",
    "😀.txt",
    "报告" * 40 + ".txt",
    "a" * 251 + ".txt",
    " leading space.txt",
    "trailing space.txt ",
    "trailing dot.",
    ".hidden.txt",
    "...",
    "CON.txt",
    ":memory:",
    "file:a.db?mode=memory",
    "\\xb1.txt",
    "\\\\xb1.txt",
)
BYTES = (b"\xb1\xa8\xb8\xe6.txt", b"\xb1.txt", b"\xff\xfe.txt", b"\xed\xa0\x80.txt", b"\\\xb1.txt")
"""Names that are no UTF-8: GB 2312, stray bytes, an unpaired surrogate."""


def strange_names(place: Place) -> None:
    """Names with line ends, quotes, dashes, escapes, wild cards, formulas, and of bytes that are
    no text"""
    report = place.report().encode()
    for number, name in enumerate((*NAMES, *map(os.fsdecode, BYTES))):
        place.write(name, report + f"\n第{number}号\n".encode(), read())


def folders_named_as_files(place: Place) -> None:
    """Folders named x.pdf, with reports in them, and folders nested 400 deep"""
    report = place.report().encode()
    for number, folder in enumerate(("x.pdf", "source.html", "-", "two\nlines", "a.docx/b.pdf")):
        place.write(f"{folder}/a.txt", report + f"\n文件夹{number}\n".encode(), read())
    (place.folder / "empty.pdf").mkdir()
    place.write("/".join(["d"] * 400) + "/a.txt", report + "\n深\n".encode(), read())


KINDS = kinds_of((strange_names, folders_named_as_files))
