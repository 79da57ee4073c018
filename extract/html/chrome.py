"""What on a page is the site's and not the report's: menus, clocks, footers, service lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from extract.html.lines import is_block
from extract.html.tree import Look, look_within, name_of

MENU_LINKS = 3
MENU_LINK_SHARE = 0.6
MENU_OTHER_CHARACTERS = 60
"""A menu has at least three links, mostly link text, and hardly any other."""

LONGEST_SERVICE_LINE = 120
LONGEST_BOXED = 100
"""Characters of a table of one cell that is only a box around a label or figure."""

CLOCK_SURROUNDINGS = 12
"""Characters that may stand beside a clock's date; more make it a sentence that names a date."""

_CLOCK = re.compile(
    r"\d{4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}\s*日?[\s,，]*(星期|周)[一二三四五六日天]"
)
_PATH = re.compile(
    r"(当前|所在)的?位置\s*[:：>]|您?(现在|当前)?(所在)?的?位置(是|为)?\s*[:：>]"
    r"|[【\[]?(上|下)一(篇|条)[】\]]?\s*[:：]"
)
_TOOLS = re.compile(
    r"打印(本页|此页)?|关闭(窗口|本页|此页)?|加入收藏|收藏(本页)?|设为首页|分享(到|至)?|更多|我?要?纠错"
    r"|微信|微博|QQ空间|朋友圈|扫一扫.{0,20}|字体(大小)?|字号|大\s?中\s?小"
    r"|返回(顶部|首页|列表|上一页)?|回到顶部|(浏览|阅读|点击|访问)(次数|量|数|率)?"
    r"|无障碍(浏览|阅读)?|适老化|长者(模式|助手|版)|[繁简][體体](版|中文)?|智能问答"
)
_BETWEEN_TOOLS = re.compile(r"[\s\d【】\[\]()（）|:：,，次+-]*")
_FOOTER = re.compile(
    r"ICP\s*备|公网安备|网站标识码|版权所有|[Cc]opyright|©|网站地图|建议使用.{0,20}分辨率"
    r"|^(主办|承办|技术支持)(单位)?\s*[:：]"
)


@dataclass(slots=True)
class Weight:
    """What an element holds: characters outside white space, those in links, links, and lines.

    `tables` counts tables with text, the element itself and boxes around a label or figure
    excluded; `cells` counts a table's own cells.
    """

    characters: int = 0
    link_characters: int = 0
    links: int = 0
    lines: int = 0
    tables: int = 0
    cells: int = 0


def weigh(root: etree._Element, look: Look) -> dict[etree._Element, Weight]:
    """The weight of every element, what `look` hides weighing nothing.

    Holding the dictionary keeps the elements' identities.
    """
    elements = list(root.iter())
    weights = {element: Weight() for element in elements}
    for element in reversed(elements):
        weight = weights[element]
        name = name_of(element)
        if look_within(element, look) is None:
            weights[element] = Weight()
            weight = weights[element]
        else:
            weight.characters += _length(element.text)
            if name == "a" and element.get("href") is not None:
                weight.link_characters = weight.characters
                weight.links += 1
            if weight.characters and (is_block(element) or name == "br"):
                weight.lines += 1
        if name in ("td", "th"):
            table = next(element.iterancestors("table"), None)
            if table is not None:
                weights[table].cells += 1
        parent = element.getparent()
        if parent is not None:
            above = weights[parent]
            above.characters += weight.characters + _length(element.tail)
            above.link_characters += weight.link_characters
            above.links += weight.links
            above.lines += weight.lines + (name == "br")
            above.tables += weight.tables + (name == "table" and _is_more_than_box(weight))
    return weights


def _is_more_than_box(weight: Weight) -> bool:
    return weight.characters > (LONGEST_BOXED if weight.cells == 1 else 0)


def is_menu(weight: Weight) -> bool:
    """Whether an element is a list of links and hardly anything else."""
    other = weight.characters - weight.link_characters
    return (
        weight.links >= MENU_LINKS
        and other <= MENU_OTHER_CHARACTERS
        and weight.link_characters >= MENU_LINK_SHARE * weight.characters
    )


def is_service_line(text: str) -> bool:
    """Whether a line is a clock, a path, tools or a footer of the site, and nothing else."""
    plain = text.strip()
    if len(plain) > LONGEST_SERVICE_LINE:
        return False
    clock = _CLOCK.search(plain)
    if clock and len(plain) - len(clock.group()) <= CLOCK_SURROUNDINGS:
        return True
    rest, tools = _TOOLS.subn("", plain)
    if tools and _BETWEEN_TOOLS.fullmatch(rest):
        return True
    return bool(_PATH.match(plain) or _FOOTER.search(plain))


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0
