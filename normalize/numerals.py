"""Numbers written with Chinese numerals or with scales as words: 十二, 3万, 12万5千."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

import cn2an

SCALES = {"亿": Decimal(100_000_000), "万": Decimal(10_000)}
_STEPS = {**SCALES, "千": Decimal(1_000), "百": Decimal(100)}

_ONE_DIGIT_OR_SCALED = re.compile(
    r"[零〇○一二两三四五六七八九]|[〇零○一二两三四五六七八九十].*[十百千万亿].*|十.*"
)
_DIGIT_BY_DIGIT = re.compile(
    r"[一二三四五六七八九][〇零○一二三四五六七八九]*[〇零○][〇零○一二三四五六七八九]*"
)
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
"""Numerals as cheques have them."""

_ROUNDED = re.compile(r".*[百千万亿][一二两三四五六七八九]")
"""一百二 says 120 or, misprinted, 102."""


def chinese_to_number(text: str) -> Decimal | None:
    """The value of a number in Chinese numerals; None for two or three of them in a list.

    三五 and 两三 mean three to five, two or three.
    """
    text = text.translate(_FORMAL)
    if not (_ONE_DIGIT_OR_SCALED.fullmatch(text) or _DIGIT_BY_DIGIT.fullmatch(text)):
        return None
    if _ROUNDED.fullmatch(text):
        return None
    try:
        return Decimal(str(cn2an.cn2an(re.sub("[〇○]", "零", text), "smart")))
    except (ValueError, InvalidOperation):
        return None


def scaled_to_number(text: str) -> Decimal | None:
    """The value of digits with scales between them: 12万5千 is 125000.

    None where a scale is not smaller than the one before it, where a part is larger than its
    scale allows, and where digits follow that may stand for either ones or a smaller scale: 12万5.
    """
    parts = re.findall(r"(\d+(?:\.\d+)?)([亿万千百])", text)
    tail = re.fullmatch(r"(?:\d+(?:\.\d+)?[亿万千百])+(?P<tail>\d{4})?", text)
    if tail is None or (len(parts) > 1 and any("." in digits for digits, _ in parts)):
        return None
    total, above = Decimal(0), None
    for digits, scale in parts:
        step = _STEPS[scale]
        part = Decimal(digits) * step
        if above is not None and part >= above:
            return None
        total, above = total + part, step
    if tail["tail"] is None:
        return total
    return total + Decimal(tail["tail"]) if parts[-1][1] == "万" else None
