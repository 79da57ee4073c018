"""Sentences filled with figures, and what they then state."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from benchmarks.statements.slots import slot_to_measure

HERE = Path(__file__).parent
FAMILIES = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twentyfirst",
    "twentysecond",
)
_FIELD = re.compile(
    r"\{(?P<none>-?)(?P<slot>[a-z_]+)(?:@(?P<whose>[a-z0-9]+))?(?::(?P<print>[a-z]+))?\}"
)
_SECTIONS = {
    "requests": "overview",
    "proceedings": "proceedings",
    "proactive": "proactive",
    "other": "other_matters",
    "older": "unclassified",
    "problems": "problems",
}
_CHINESE = "零一二三四五六七八九"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_AGENCIES = (
    ("临溪县水务局", "我局"),
    ("桐岭市人民政府办公室", "本机关"),
    ("云溪镇人民政府", "我镇"),
    ("南屏区卫生健康委员会", "区卫健委"),
    ("乌沙街道办事处", "街道"),
)


@dataclass(frozen=True, slots=True)
class Gold:
    """What one figure states; `scope` as in Statement, `year` the one spoken of."""

    measure: str
    value: Decimal
    approximate: bool
    year: int
    scope: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more filled sentences of one section with all that they state."""

    template: str
    section: str
    text: str
    gold: tuple[Gold, ...]
    year: int
    agency: str


def family_templates(family: str) -> Mapping[str, list[str]]:
    """The templates of a family by the matter they speak of."""
    return tomllib.loads((HERE / f"{family}.toml").read_text(encoding="utf-8"))


def family_to_paragraphs(family: str, rounds: int, seed: int = 7) -> Iterator[Paragraph]:
    """Every template filled `rounds` times, each for another agency and year."""
    draw = random.Random(f"{family} {seed}")
    for matter, templates in family_templates(family).items():
        for template in templates:
            for _ in range(rounds):
                yield _filled(template, _SECTIONS[matter], draw)


def _filled(template: str, section: str, draw: random.Random) -> Paragraph:
    agency, itself = draw.choice(_AGENCIES)
    year = draw.randint(2010, 2025)
    words = {
        "year": str(year),
        "last": str(year - 1),
        "next": str(year + 1),
        "self": itself,
        "agency": agency,
    }
    gold: list[Gold] = []

    def fill(field: re.Match[str]) -> str:
        slot = field["slot"]
        if slot in words:
            return words[slot]
        printed, value = _draw_figure(slot, field["print"] or "", draw)
        if slot == "x":
            return printed
        measure, scale, factor = slot_to_measure(slot.removesuffix("_about"), year)
        whose = (field["whose"] or "own").rstrip("0123456789")
        spoken = year - 1 if whose == "last" else year
        gold.append(
            Gold(
                measure=measure,
                value=Decimal(0) if field["none"] else factor * scale * value,
                approximate=field["print"] == "about" or slot.endswith("_about"),
                year=spoken,
                scope="own" if whose == "last" else whose,
            )
        )
        return "" if field["none"] else printed

    text = _FIELD.sub(fill, template)
    return Paragraph(template, section, text, tuple(gold), year, agency)


def _draw_figure(slot: str, style: str, draw: random.Random) -> tuple[str, Decimal]:
    """(as printed, its value): shares and growth with decimals, money with two."""
    if slot.endswith(("_share", "_percent")):
        value = Decimal(draw.randint(1, 999)) / 10
        return str(value), value
    if slot.endswith(("_times", "_fold")):
        value = Decimal(draw.randint(11, 49)) / 10
        return str(value), value
    if slot in ("fees", "budget"):
        value = Decimal(draw.randint(1, 99999)) / 100
        return str(value), value
    count = draw.choice(
        (0, 1, 2, 3, draw.randint(4, 19), draw.randint(20, 400), draw.randint(401, 9999))
    )
    if slot.endswith(("_up", "_down")):
        count = max(1, count)
    if style == "zh":
        count = draw.randint(1, 9)
        return ("两" if count == 2 else _CHINESE[count]), Decimal(count)
    if style == "comma":
        count = draw.randint(1000, 2_000_000)
        return f"{count:,}", Decimal(count)
    if style == "wide":
        return str(count).translate(_WIDE), Decimal(count)
    if style == "about" or slot.endswith("_about"):
        count = draw.randint(2, 90) * 10
    return str(count), Decimal(count)
