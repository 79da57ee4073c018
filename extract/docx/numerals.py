"""Numerals as Word prints them before list items (ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

NO_NUMERALS = frozenset(("bullet", "none"))

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_COUNTED = frozenset(
    (
        *("chineseCounting", "chineseCountingThousand", "taiwaneseCounting"),
        *("taiwaneseCountingThousand", "japaneseCounting", "koreanCounting"),
    )
)
_ENCLOSED = {
    "decimalEnclosedCircle": (0x2460, 20),
    "decimalEnclosedCircleChinese": (0x2460, 20),
    "decimalEnclosedParen": (0x2474, 20),
    "decimalEnclosedFullstop": (0x2488, 20),
    "ideographEnclosedCircle": (0x3280, 10),
}
"""The first character of each set, and how many there are."""


def numeral(number: int, form: str) -> str:
    """The number in a form of Word's; in decimal digits where the form has no numeral for it."""
    if form in _COUNTED:
        return _counted(number, _DIGITS, "十百千")
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return _counted(number, _FORMAL, "拾佰仟")
    if form in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form in _ENCLOSED:
        first, size = _ENCLOSED[form]
        return chr(first + number - 1) if 1 <= number <= size else str(number)
    if form == "ideographTraditional":
        return _STEMS[number - 1] if 1 <= number <= 10 else str(number)
    if form == "ideographZodiac":
        return _BRANCHES[number - 1] if 1 <= number <= 12 else str(number)
    if form in ("upperRoman", "lowerRoman"):
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    if form in ("upperLetter", "lowerLetter") and number >= 1:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form == "decimalZero":
        return f"{number:02}"
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord("０") + int(digit)) for digit in str(number))
    return str(number)


def _counted(number: int, digits: str, places: str) -> str:
    """Chinese as it is counted: 十二, 二十, 一百零五."""
    if number <= 0:
        return digits[0]
    if 10 <= number < 20 and places[0] == "十":
        return places[0] + (digits[number - 10] if number > 10 else "")
    written = ""
    skipped = False
    text = str(number)
    for at, digit in enumerate(text):
        place = len(text) - at - 1
        if digit == "0":
            skipped = True
            continue
        written += ("零" if skipped and written else "") + digits[int(digit)]
        written += places[place - 1] if place else ""
        skipped = False
    return written


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written
