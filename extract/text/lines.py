"""What a single line or cell of plain text looks like, before anything is known of any form."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"[\"“]?(?:人民币|[￥¥]|共计?|约)?[(（]?(?:[+＋\-－−–—减增↑↓]{0,2}|增加|增长|减少|下降|上升)"
    r"\s*[0-9０-９][0-9０-９,，.．\s]*[)）]?"
    r"\s*(?:[百千]?[万亿萬億]?余?(?:[(（][^()（）\d]{1,6}[)）])?元整?|[万萬亿億]?余?[件条次人个项份]|[万萬亿億余]{1,2})?"
    r"(?:\s*[(（][^()（）]{1,30}[)）])?[*①②③④⑤]?[\"”]?[。、，,;；]?"
)
_NUMERAL = re.compile(r"[零〇○]|[一二两三四五六七八九十百千万零〇]{1,8}[件条次人个项份元]?")
_MARK = re.compile(r"[\\/／＼\-－—–─…·.。*×]{1,6}|无|不涉及|[Nn]/?[Aa]")
_REMARK = re.compile(r"[^。：:；;]{0,8}(?:未|无|没|不|见附|详见|暂)[^。：:；;]{0,8}")
_SENTENCE = re.compile(r"[。；;！!？?]|[，,].*[，,]")
LINE_BREAKS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
PIPES = re.compile(r"[|｜│┃║¦]")

LONGEST_CELL = 64
"""Characters without notes in brackets; the longest label of the national forms has 44."""

_LONGEST_NOTED_CELL = 240
"""Characters with them; agencies print the rules for filling in a row behind its label."""

_INNERMOST_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_OPEN_BRACKET = re.compile(r"[(（][^()（）]*$")


def is_number(text: str) -> bool:
    """True for a printed figure, with sign, unit and a bracketed note."""
    bare = text.strip()
    return len(bare) <= LONGEST_CELL and _NUMBER.fullmatch(bare) is not None


def is_mark(text: str) -> bool:
    """True for a mark that stands where a figure could."""
    return _MARK.fullmatch(text.strip()) is not None


def is_figure(text: str) -> bool:
    return is_number(text) or is_mark(text)


def is_numeral(text: str) -> bool:
    """True for a number in Chinese numerals, which may be the number of a heading as well."""
    return _NUMERAL.fullmatch(text.strip()) is not None


def is_remark(text: str) -> bool:
    """True for a few words that say why there is no figure: 本单位未采购, 见附件."""
    return _REMARK.fullmatch(text.strip()) is not None


def is_cell_like(text: str) -> bool:
    """True for what could stand in a cell: short and no sentence, notes in brackets aside."""
    bare = text.strip()
    if not 0 < len(bare) <= _LONGEST_NOTED_CELL:
        return False
    unnoted = without_brackets(bare) if len(bare) > LONGEST_CELL else bare
    return len(unnoted) <= LONGEST_CELL and (
        is_figure(bare) or _SENTENCE.search(without_brackets(bare)) is None
    )


def without_brackets(text: str) -> str:
    """The text without what stands in round brackets, be they nested or never closed."""
    shorter = _INNERMOST_BRACKETS.sub("", text)
    while shorter != text:
        text, shorter = shorter, _INNERMOST_BRACKETS.sub("", shorter)
    return _OPEN_BRACKET.sub("", text)


def split_lines(text: str) -> list[str]:
    return LINE_BREAKS.split(text)
