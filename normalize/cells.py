"""The text of one cell -> a value and its status. Pure: no form, no context beyond the unit.

`read_cell` names every step that went beyond taking the digits as they stand; a step that guesses
is a doubt and flags the value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from normalize.numerals import SCALES, chinese_to_number, scaled_to_number
from normalize.report import Status
from normalize.script import to_simplified

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Characters that only tell a program how to break or to order a line."""

_SPACE = re.compile(r"[\s\u00a0\u3000\u2002-\u200a]")
_MARKS = re.compile(
    r"(?:[\\/／＼|]{1,3}|[-－—–―─‐‑‒━_＿~～]{1,8}|[.．。·…]{1,8}|[×xX*]{1,3}"
    r"|无|暂无|不涉及|不适用|[Nn]ull|NULL|[Nn]il|None"
    r"|[Nn]\.?/?[Aa]\.?)"
)
_WIDTH = str.maketrans("０１２３４５６７８９，．＋－（）％：", "0123456789,.+-()%:")
_FOOTNOTE = re.compile(r"(?:[*※①-⑳\u00b9\u00b2\u00b3\u2070-\u2079]+|注\d?)$")
_NOTE = re.compile(r"(?P<head>.*?\d\D{0,4}?)[(\[【〔](?P<inner>[^()\[\]【】〔〕]*)[)\]】〕]$")
_COUNTED = (
    r"件次|条次|人次|场次|批次|件|条|次|人|个|项|篇|份|场|期|宗|起|家|处|名|位|批|例|户|部|套|本|册"
)
_MONEY_OF_CELL = r"[百千]?万元|[百千亿]?元"
_UNIT = re.compile(rf"(?P<digits>.*?\d)(?P<unit>{_MONEY_OF_CELL}|{_COUNTED}|万|亿)$")
_UNIT_ALONE = re.compile(rf"(?:{_MONEY_OF_CELL}|{_COUNTED})")
_WRITTEN_OUT = re.compile(
    rf"(?P<number>[零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+|[\d.]*[万亿千][\d万千百]*)"
    rf"(?P<unit>元|{_COUNTED})?"
)
"""A number with its scales as words; 万 before 元 is a scale here: 12万5千元 has the unit 元."""

_MONEY_UNIT = re.compile(r"(?P<unit>[美港日欧韩]?[十百千万亿萬億兆]*元)")
_SCALE_ALONE = re.compile(r"(?:单位[:：]?|[(（])(?:单位[:：]?)?(?P<scale>[万亿])(?:[)）]|$)")
_SIGN = re.compile(r"(?:增加|增长|上升|减少|下降|[+\-−–—减增↑↓])")
_DOWN = ("-", "−", "–", "—", "减", "下降", "↓")
_ARROWS = ("↑", "↓")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PARTED = re.compile(r"\d+(?: \d+)+")
_QUOTED = re.compile(r"[\"“”„'‘’「『](?P<inner>[^\"“”„'‘’「』]+)[\"“”'‘’」』]")
_CURRENCY = re.compile(r"^(?:人民币)?[￥¥]?(?=[\d+\-])")
_ROUND_SUM = re.compile(r"(?<=元)整$")
_PUNCTUATION = re.compile(r"(?<=[\d元件条次人个项篇份])[,.、。;；]$")
_IN_BRACKETS = re.compile(
    rf"\((?P<inner>[\d.,]+(?:{_MONEY_OF_CELL})?)\)(?P<unit>{_MONEY_OF_CELL})?"
)
_ALTOGETHER = re.compile(r"^(?:共计?|总共)(?=[\d一二两三四五六七八九十])")
_ABOUT = re.compile(
    r"^(?:大?约|近)(?=[\d一二两三四五六七八九十])"
    rf"|(?<=[\d十百千万亿])[余多](?=$|{_MONEY_OF_CELL}|{_COUNTED})"
    r"|左右$"
)

_LONGEST = 500
"""Characters; no number with its notes has as many."""

_MOST_DIGITS = 18
"""Digits of a number, those behind the point counted; arithmetic keeps as many exact in yuan, and
the longest that a spreadsheet prints, 0.30000000000000004, has 17."""

MONEY = {
    "元": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿元": Decimal(100_000_000),
}
"""Yuan in each printed unit of money."""

INNER_SPACE = "space inside the number"
"""The doubt of a number such as '1 6'; a row that adds up removes it."""

PUNCTUATION = "punctuation after the number"
WORDS_AROUND = "words around the number"
APPROXIMATE = "approximate"
TOO_LONG = "more digits than a figure has"
TURNED = "shown in the other direction than stored"

_TURNING = "\u202e"
"""From here on a screen shows 12 as 21."""


@dataclass(frozen=True, slots=True)
class CellReading:
    """`value` in `unit` as printed in the cell ('万元', '件', None where none is printed).

    With the unit '万' or '亿', printed without 元, the value is scaled already: 12.5万 is 125000.
    """

    status: Status
    value: Decimal | None = None
    unit: str | None = None
    doubts: tuple[str, ...] = ()


@lru_cache(maxsize=16384)
def read_cell(text: str) -> CellReading:
    """What a cell says: a number, a mark that stands for no number, nothing, or something else."""
    turned = _TURNING in text
    text = _INVISIBLE.sub("", text)
    if not _SPACE.sub("", text):
        return CellReading(Status.BLANK)
    if len(text) > _LONGEST:
        return CellReading(Status.UNREADABLE)
    if turned:
        return CellReading(Status.UNREADABLE, doubts=(TURNED,))
    text = to_simplified(text)
    tight = _SPACE.sub("", text)
    if _MARKS.fullmatch(tight):
        return CellReading(Status.PLACEHOLDER)
    return _read_number(text) or CellReading(Status.UNREADABLE)


def _read_number(text: str) -> CellReading | None:
    doubts: list[str] = []
    spaced = re.sub(" +", " ", _SPACE.sub(" ", text)).translate(_WIDTH).strip()
    if parted := _PARTED.search(_NOTE.sub(r"\g<head>", spaced)):
        if _are_several(parted[0].split(" ")):
            return None
        doubts.append(INNER_SPACE)
    rest, unit_in_brackets = _without_notes(spaced.replace(" ", ""))
    rest = _without_words(rest, doubts)
    if bracketed := _IN_BRACKETS.fullmatch(rest):
        rest = f"-{bracketed['inner']}{bracketed['unit'] or ''}"
        doubts.append("brackets taken for a minus sign")
    rest, negative = _take_sign(rest, doubts)
    found = _number_and_unit(rest, doubts)
    if found is None:
        return None
    magnitude, unit = found
    if _digits(magnitude) > _MOST_DIGITS:
        return CellReading(Status.UNREADABLE, doubts=(TOO_LONG,))
    value = -magnitude if negative else magnitude
    return CellReading(Status.REPORTED, value, unit or unit_in_brackets, tuple(doubts))


def _digits(number: Decimal) -> int:
    """How many digits a positive number has in front of the point and behind it."""
    exponent = number.as_tuple().exponent
    behind = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return max(number.adjusted() + 1, 0) + behind


def _are_several(groups: list[str]) -> bool:
    """True for groups of digits that are numbers of their own: neither 1 2 3 nor 1 234 567."""
    lone = all(len(group) == 1 for group in groups)
    thousands = all(len(group) == 3 for group in groups[1:])
    return len(groups) > 2 and not lone and not thousands


def _without_notes(text: str) -> tuple[str, str | None]:
    """The number without quotation marks, footnotes and brackets; a unit that stands in these."""
    rest = text
    if quoted := _QUOTED.fullmatch(rest):
        rest = quoted["inner"]
    rest = _FOOTNOTE.sub("", rest) if re.match(r"^[+\-−(]*\d", rest) else rest
    note = _NOTE.fullmatch(rest)
    if note is None:
        return rest, None
    inner = note["inner"].removeprefix("单位:")
    return note["head"].rstrip(",，;；:"), inner if _UNIT_ALONE.fullmatch(inner) else None


def _without_words(text: str, doubts: list[str]) -> str:
    """The number without the words for money, and without those that make it less certain."""
    rest = _ROUND_SUM.sub("", _CURRENCY.sub("", text))
    for pattern, doubt in (
        (_PUNCTUATION, PUNCTUATION),
        (_ALTOGETHER, WORDS_AROUND),
        (_ABOUT, APPROXIMATE),
    ):
        shorter = pattern.sub("", rest)
        if shorter != rest:
            doubts.append(doubt)
        rest = shorter
    return rest


def _take_sign(text: str, doubts: list[str]) -> tuple[str, bool]:
    """(the number without its sign, whether that says less)."""
    signs: list[str] = []
    rest = text
    while len(signs) < 2 and (match := _SIGN.match(rest)):
        signs.append(match[0])
        rest = rest[match.end() :]
    if len(signs) > 1:
        doubts.append(f"two signs '{''.join(signs)}'")
    elif signs and signs[0] in _ARROWS:
        doubts.append("arrow taken for a sign")
    return rest, bool(signs) and signs[0].startswith(_DOWN)


def _number_and_unit(text: str, doubts: list[str]) -> tuple[Decimal, str | None] | None:
    """The magnitude and the unit printed behind it; None for what is no number."""
    unit = None
    rest = text
    if suffix := _UNIT.fullmatch(text):
        rest, unit = suffix["digits"], suffix["unit"]
    plain = _digits_to_number(rest, doubts)
    if plain is not None:
        return plain * SCALES.get(unit or "", Decimal(1)), unit
    written = _WRITTEN_OUT.fullmatch(text)
    if written is None:
        return None
    number = written["number"]
    magnitude = scaled_to_number(number) if number[0].isdigit() else chinese_to_number(number)
    unit = written["unit"] or next((scale for scale in SCALES if scale in number), None)
    if magnitude is None or (unit is None and number[0].isdigit()):
        return None
    return magnitude, unit


def _digits_to_number(text: str, doubts: list[str]) -> Decimal | None:
    if _GROUPED.fullmatch(text.replace("，", ",")):
        return Decimal(text.replace("，", ",").replace(",", ""))
    if not _DIGITS.fullmatch(text):
        return None
    if len(text) > 1 and text[0] == "0" and text[1] != ".":
        doubts.append("leading zero")
    return Decimal(text)


def money_unit(text: str) -> str | None:
    """The unit of money that a printed head names; None when it names none or another currency.

    None as well where it names two. Expects simplified characters: 萬元 taken for 元 would be wrong
    by four digits.
    """
    tight = _SPACE.sub("", _INVISIBLE.sub("", text))
    named = {match["unit"] for match in _MONEY_UNIT.finditer(tight)}
    if not named and (scale := _SCALE_ALONE.search(tight)):
        named = {f"{scale['scale']}元"}
    unit = named.pop() if len(named) == 1 else None
    return unit if unit in MONEY else None
