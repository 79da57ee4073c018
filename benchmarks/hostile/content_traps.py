"""Reports whose words are formulas, statements, scripts and commands to whatever shows them."""

from __future__ import annotations

from html import escape

from benchmarks.hostile.archive_traps import docx_of
from benchmarks.hostile.trap import Place, kinds_of, read

FORMULAS = (
    '=HYPERLINK("http://a.example","报告")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "=1+1",
    '"=1+1"',
    "'=1+1",
)
STATEMENTS = (
    "'); DROP TABLE reports; --",
    '"; DELETE FROM observations; --',
    "' OR '1'='1",
    "%' UNION SELECT sql FROM sqlite_master --",
    ":name ?1 $a @b %(c)s %s {d}",
)
SCRIPTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{7*7}} ${7*7} #{7*7} <%= 7*7 %>",
    "[bold]x[/bold] [link=http://a.example]y[/link] [/]",
    "file:///etc/passwd http://a.example mailto:a@b.example internal:Sheet1!A1",
    "_x0041_ &amp; &#65; \\u0041 \\n",
    "😀𠀀",
)
CONTROLS = "\x1b[31mred\x1b]0;title\x07"
"""Kept out of the table because text files with many such characters are no text."""


def _sentence(words: str) -> str:
    return f"本段原文为{words}以上。"


def _with(text: str, words: str, number: int) -> str:
    """A sound report with these words in a sentence, in a heading and in a cell."""
    lines = text.split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("一、"))
    lines[at + 1 : at + 1] = [_sentence(words), f"第{number}号"]
    row = next(at for at, line in enumerate(lines) if line.startswith("规章\t"))
    lines[row] = f"规章\t{words.strip()}\t0\t0"
    return "\n".join(lines)


def _lay(place: Place, words: tuple[str, ...]) -> None:
    text = place.report()
    for number, one in enumerate(words):
        place.write(f"{number:02}.txt", _with(text, one, number), read(_sentence(one)))


def formulas(place: Place) -> None:
    """Sentences and cells that a spreadsheet would compute"""
    _lay(place, FORMULAS)


def statements(place: Place) -> None:
    """Sentences and cells that end a statement of SQL and begin another"""
    _lay(place, STATEMENTS)


def scripts(place: Place) -> None:
    """Sentences and cells that a page, a template or a terminal would obey"""
    _lay(place, (*SCRIPTS, CONTROLS))


def hostile_agencies(place: Place) -> None:
    """Agencies whose names are formulas, statements and scripts, in text, page and Word"""
    text = place.report()
    title = text.split("\n", 1)[0]
    year = title.index("20")
    for number, words in enumerate((*FORMULAS, *STATEMENTS, *SCRIPTS)):
        agency = f"{words.strip()}{title[:year]}"
        named = f"{agency}{title[year:]}"
        body = text.replace(title, named, 1)
        place.write(f"{number:02}.txt", f"{body}\n第{number}号", read(*agency.split("|")))
        lines = body.split("\n")
        page = "".join(f"<p>{escape(line)}</p>" for line in lines)
        data = f'<meta charset="utf-8"><title>{escape(named)}</title>{page}'
        place.write(f"{number:02}.html", data, read(*agency.split("|")))
        runs = (f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
        place.write(f"{number:02}.docx", docx_of("".join(runs).encode()), read(*agency.split("|")))


def absurd_figures(place: Place) -> None:
    """Cells with figures of 5,000 digits, of other scripts, without bound or without number"""
    text = place.report()
    figures = (
        *(
            "1" * 5000,
            "9" * 30,
            "9" * 100,
            "9" * 301,
            "0." + "0" * 400 + "1",
            "1e999999999",
            "1E400",
            "-0",
            "+-1",
        ),
        *("NaN", "Infinity", "-inf", "0x10", "1_000", "1,0,0,0", "1.2.3", "--5", "1/2", "½"),
        *("²", "10³", "Ⅳ", "④", "٣", "９", "𝟗", "一" * 3000, "万" * 3000, "亿万亿", "1万亿亿亿"),
        *("\u202e12", "1\u200b2", "1\u00a02", "1\x002", "0" * 5000),
    )
    for number, figure in enumerate(figures):
        place.write(f"{number:02}.txt", _with(text, figure, number), read())


KINDS = kinds_of((formulas, statements, scripts, hostile_agencies, absurd_figures))
