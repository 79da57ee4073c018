"""Sentences in plain words: what the patterns of the lists are matched against.

Simplified characters, no white space, half width digits, nothing in quotation marks that holds a
figure, no remarks in brackets without one, titles of laws emptied, and years told from the
report's own: 上年, 本年, 下年.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from normalize.labels import vocabulary
from normalize.script import to_simplified
from normalize.statements.vocabulary import lexicon

_TRADITIONAL = re.compile("[開請會議訴訟條結轉辦數據處罰許網絡費現發製複報]|資訊|檔案")
_RADICAL = re.compile("[\u2e80-\u2fd5]")
_WIDTH = str.maketrans(
    {
        **{chr(0xFF10 + n): str(n) for n in range(10)},
        **dict(zip("％．();﹐～：﹪", "%.（）；，~:%", strict=True)),
        **dict.fromkeys("#＃`\u200b\ufeff", ""),
        **dict(zip("[]", "〔〕", strict=True)),
    }
)
# A break within a number stays, so that nobody takes two numbers for one.
_SPACE = re.compile(r"(?<=\d)[^\S\n]+(?=\d)|[^\S\n]+")
_COMMA = re.compile(r",(?!\d{3}(?!\d))|(?<!\d),")
_QUOTED = re.compile(
    r"[“\"「『][^”\"」』\n]{0,40}\d[^”\"」』\n]{0,40}[”\"」』]"
    r"|[“「『][^”」』\n]{0,30}[一二两三]件[^”」』\n]{0,30}[”」』]"
)
_REMOVED = re.compile(
    r"(?P<title>《[^《》\n]{0,60}(?:《[^《》\n]{0,40}》[^《》\n]{0,40})?》)"
    r"|(?P<number>[〔（](?:19|20)\d\d[〕）]\d+号|第\d+号|第[一二三四五六七八九十百零\d]+条)"
    r"|(?P<point>（[一二三四五六七八九十]{1,3}）|（\d{1,2}）|[①-⑳]|(?<![\d.])\d{1,2}[.、](?=[^\d\n]))"
    r"|(?P<remark>（区分处理的，?只计这一情形[^（）\n]*）|（(?![专兼])[^（）\d零一二两三四五六七八九十\n]*）)"
    r"|(?P<quote>[“”\"「」『』‘’])"
)
_LEFT = {"title": "《》", "point": "，"}
_YEAR_WORDS = re.compile(
    r"(?P<last>上一?年度|去年度?|上一年|前一年度?)"
    r"|(?<![提目以之])(?P<before>前年)"
    r"|(?P<this>本年度|今年|当年度?|全年度|年度内|一年来)"
    r"|(?P<next>下一?年度|明年|次年度?|来年|下一年|翌年)"
    r"|(?<![\d.])(?P<digits>(?:19|20)\d\d)(?:年度|年)(?!\d{3}(?!\d*[件宗条份]))"
    r"|(?P<spoken>二[〇○零0O][一二三四五六七八九〇○零0O]{2})年度?"
)
_SPOKEN_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")


def sentences_to_plain(sentences: Sequence[str], year: int | None) -> list[str]:
    """Each sentence in plain words; none may hold a line break."""
    if not sentences:
        return []
    joined = "\n".join(sentences)
    if _RADICAL.search(joined):
        joined = _RADICAL.sub(lambda match: _radical_to_character(match[0]), joined)
    if _TRADITIONAL.search(joined):
        joined = "\n".join(to_simplified(sentence) for sentence in sentences)
    text = _COMMA.sub("，", _SPACE.sub(_kept_space, joined.translate(_WIDTH)))
    text = _REMOVED.sub(_left_of, _QUOTED.sub("", text))
    for pattern, meant in lexicon().as_one:
        text = pattern.sub(meant, text)
    text = _YEAR_WORDS.sub(lambda match: _year_word(match, year), text)
    return text.split("\n")


def _radical_to_character(radical: str) -> str:
    """The character that some programs print as its radical: 人 for U+2F08."""
    return vocabulary()["radicals"].get(radical) or unicodedata.normalize("NFKC", radical)


def _kept_space(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    return " " if text[start - 1 : start].isdigit() and text[end : end + 1].isdigit() else ""


def _left_of(match: re.Match[str]) -> str:
    return _LEFT.get(match.lastgroup or "", "")


def _year_word(match: re.Match[str], year: int | None) -> str:
    """上年, 本年 and 下年 for words and for the years they mean; other years in digits."""
    if match["last"]:
        return "上年"
    if match["before"]:
        return match[0] if year is None else f"{year - 2}年"
    if match["this"]:
        return "本年"
    if match["next"]:
        return "下年"
    spoken = match["digits"] or match["spoken"].translate(_SPOKEN_DIGITS)
    if year is None:
        return f"{spoken}年"
    words = {year - 1: "上年", year: "本年", year + 1: "下年"}
    return words.get(int(spoken), f"{spoken}年")
