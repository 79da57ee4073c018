"""The text of one cell -> a value and its status. Pure: no form, no context beyond the unit.

`read_cell` names every step that went beyond taking the digits as they stand; a step that guesses
is a doubt and flags the value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

import cn2an

from normalize.report import Status
from normalize.script import to_simplified

_SPACE = re.compile(r"[\s\u00a0\u3000\u200b\ufeff\u2060\u2002-\u200a]")
_MARKS = re.compile(
    r"(?:[\\/／＼|]{1,3}|[-－—–―─‐‑‒━_＿~～]{1,8}|[.．。·…]{1,8}|[×xX*]{1,3}"
    r"|无|不涉及|不适用|暂无|[Nn]\.?/?[Aa]\.?)"
)
_WIDTH = str.maketrans("０１２３４５６７８９，．＋－（）％：", "0123456789,.+-()%:")
_FOOTNOTE = re.compile(r"[*※①-⑳\u00b9\u00b2\u00b3\u2070-\u2079]+$")
_NOTE = re.compile(r"(?P<head>.*?\d\D{0,4}?)[(\[【][^()\[\]【】]*[)\]】]$")
_UNIT = re.compile(
    r"(?P<digits>.*?\d)(?P<unit>[百千]?万元|[百千亿]?元|件|条|次|人次|人|个|项|篇|份|万|亿|件次|条次)$"
)
_MONEY_UNIT = re.compile(r"(?P<unit>[美港日欧韩]?[十百千万亿萬億兆]*元)")
_SIGN = re.compile(r"^(?P<sign>[+\-−–—减增]{1,2})")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_CHINESE = re.compile(r"[零〇○一二两三四五六七八九十百千万亿]+")

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

_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}

INNER_SPACE = "space inside the number"
"""The doubt of a number such as '1 6'; a row that adds up removes it."""


@dataclass(frozen=True, slots=True)
class CellReading:
    """`value` in `unit` as printed in the cell ('万元', '件', None where none is printed)."""

    status: Status
    value: Decimal | None = None
    unit: str | None = None
    doubts: tuple[str, ...] = ()


@lru_cache(maxsize=16384)
def read_cell(text: str) -> CellReading:
    """What a cell says: a number, a mark that stands for no number, nothing, or something else."""
    if not _SPACE.sub("", text):
        return CellReading(Status.BLANK)
    text = to_simplified(text)
    tight = _SPACE.sub("", text)
    if _MARKS.fullmatch(tight):
        return CellReading(Status.PLACEHOLDER)
    return _read_number(text) or CellReading(Status.UNREADABLE)


def _read_number(text: str) -> CellReading | None:
    doubts: list[str] = []
    spaced = _SPACE.sub(" ", text).translate(_WIDTH).strip()
    if re.search(r"\d \d", _NOTE.sub(r"\g<head>", spaced)):
        doubts.append(INNER_SPACE)
    rest = spaced.replace(" ", "")
    rest = _FOOTNOTE.sub("", rest) if re.match(r"^[+\-−(]*\d", rest) else rest
    if note := _NOTE.fullmatch(rest):
        rest = note["head"].rstrip(",，;；:")
    unit = None
    if suffix := _UNIT.fullmatch(rest):
        rest, unit = suffix["digits"], suffix["unit"]
    if bracketed := re.fullmatch(r"\((?P<inner>[\d.,]+)\)", rest):
        rest = f"-{bracketed['inner']}"
        doubts.append("brackets taken for a minus sign")
    rest, negative, sign_doubt = _take_sign(rest)
    if sign_doubt:
        doubts.append(sign_doubt)
    magnitude = _magnitude(rest, doubts)
    if magnitude is None:
        return None
    scale = _SCALES.get(unit or "", Decimal(1))
    value = magnitude * scale * (-1 if negative else 1)
    return CellReading(Status.REPORTED, value, None if unit in _SCALES else unit, tuple(doubts))


def _take_sign(text: str) -> tuple[str, bool, str | None]:
    match = _SIGN.match(text)
    if match is None:
        return text, False, None
    sign, rest = match["sign"], text[match.end() :]
    negative = sign[0] not in "+增"
    return rest, negative, f"two signs '{sign}'" if len(sign) > 1 else None


def _magnitude(text: str, doubts: list[str]) -> Decimal | None:
    if _GROUPED.fullmatch(text.replace("，", ",")):
        return Decimal(text.replace("，", ",").replace(",", ""))
    if _DIGITS.fullmatch(text):
        if len(text) > 1 and text[0] == "0" and text[1] != ".":
            doubts.append("leading zero")
        return Decimal(text)
    if _CHINESE.fullmatch(text):
        return _chinese(text)
    return None


def _chinese(text: str) -> Decimal | None:
    try:
        return Decimal(str(cn2an.cn2an(text.replace("〇", "零").replace("○", "零"), "smart")))
    except (ValueError, InvalidOperation):
        return None


def money_unit(text: str) -> str | None:
    """The unit of money that a printed head names; None when it names none or another currency.

    Expects simplified characters: 萬元 taken for 元 would be wrong by four digits.
    """
    found = _MONEY_UNIT.search(_SPACE.sub("", text))
    return found["unit"] if found and found["unit"] in MONEY else None
