"""The figures of a sentence in plain words: value, printed unit, exact or approximate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from normalize.numerals import SCALES, chinese_to_number

_UNIT = (
    r"件次|条次|篇次|场次|班次|人次|件(?!事(?!项))|条(?![例款规])|份(?!额)|宗(?!旨)|起(?![草来诉至到])|例(?![行如外会])"
    r"|篇(?!章|幅)|个(?!工作日|自然日|月|小时|百分点|方面|部门|单位|镇|乡|街道|县|区|市|村|社区|栏目|专栏|环节|领域|类|平台|账号|网站|部分)"
    r"|项(?!目)|次(?![日年月性])|场(?![所景地])|期(?![限间内满])|名(?![单称义额])"
    r"|人(?![民员士大社口力性生均才事群物文工为数])|位(?![置于居])|元(?![旦素])|封(?!闭|面)|笔|单(?![位一独])|桩|批(?![评准示复])"
    r"|部(?![门分署长队委])|则(?!为)|回(?![复应访])|家|处(?![理罚置室长])|案(?![例卷件])|倍|%"
)
_QUANTITY = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>[百千万亿]?)(?P<more>[余多几来]?)(?P<scale2>[万]?)"
    rf"(?:\((?:件|条|次)\)|(?P<unit>{_UNIT}))"
    r"|(?<![第每同逐这那某另任唯数几上成好十百千二三四五六七八九])(?P<spoken>[零〇一二两三四五六七八九十百千][零〇一二三四五六七八九十百千万]*|两)(?P<more3>[余多几来]?)"
    rf"(?P<unit3>{_UNIT})"
    r"|百分之(?P<percent>[零〇一二三四五六七八九十百点\d.]+)"
    r"|(?<=[数量][为是:])(?P<alone>\d+|零)(?=[，。；、）]|$)"
)
_ORDINAL_OR_RANGE = re.compile(r"(?:[第〔/.]|\d[件条个次项]?(?:-|—|–|~|至|到))$")
_ABOUT = re.compile(r"(?:近|约|大约|超过|超|逾|将近|接近|不足|不到|至少|突破|约为|约有|多达)$")
_AROUND = re.compile(r"左右|以上|上下|余(?=[，。；])|之多")
_AT_MOST = re.compile(r"以[内下]|之内")
_ROUND = Decimal(1000)
_SCALES = {**SCALES, "百": Decimal(100), "千": Decimal(1000)}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure at [start, end) of a sentence; `unit` as printed, % for percentages, "" for none.

    `value` is scaled already: 1.2万条 is 12000 with the unit 条.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    approximate: bool


def find_quantities(plain: str) -> tuple[Quantity, ...]:
    """The figures of a sentence from left to right; ranges and ordinals are none."""
    found = (_to_quantity(match, plain) for match in _QUANTITY.finditer(plain))
    return tuple(quantity for quantity in found if quantity is not None)


def _to_quantity(match: re.Match[str], plain: str) -> Quantity | None:
    start, end = match.span()
    before = plain[:start]
    if _ORDINAL_OR_RANGE.search(before) or _is_cut(before):
        return None
    value = _value_of(match)
    if value is None:
        return None
    unit = match["unit"] or match["unit3"] or ("%" if match["percent"] else "")
    scaled = bool(match["scale"] or match["scale2"])
    about = _ABOUT.search(before)
    around = _AROUND.match(plain, end)
    if (around and unit == "%") or _AT_MOST.match(plain, end):
        return None
    approximate = bool(
        about
        or around
        or match["more"]
        or match["more3"]
        or (scaled and unit != "元" and value % _ROUND == 0)
    )
    return Quantity(
        start=about.start() if about else start,
        end=around.end() if around else end,
        value=value,
        unit=unit,
        approximate=approximate,
    )


def _is_cut(before: str) -> bool:
    """True for digits behind other digits and a comma or a space: the rest of a longer number."""
    return len(before) > 1 and before[-1] in ", " and before[-2].isdigit()


def _value_of(match: re.Match[str]) -> Decimal | None:
    if match["digits"]:
        scale = match["scale"] or match["scale2"]
        return Decimal(match["digits"].replace(",", "")) * _SCALES.get(scale, Decimal(1))
    spoken = match["spoken"] or match["alone"] or match["percent"].replace("点", ".")
    if spoken.replace(".", "").isdigit() and spoken.isascii():
        return Decimal(spoken)
    return chinese_to_number(f"一{spoken}" if spoken in ("百", "千") else spoken)
