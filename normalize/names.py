"""The name of a public body out of the words that a title or a sentence prints around it."""

from __future__ import annotations

import re
from functools import cache

from normalize.labels import agency_words, simplify

LONGEST_NAME = 40

_NOT_NAME = re.compile(r"[>＞»|｜:：\s《》,，。;；!！?？/\\\[\]【】〖〗]")
_QUOTES = re.compile(r"[“”\"‘’「」『』]")
_PAIRS = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("（", "）"), ("(", ")"))
_HYPHEN = re.compile(r"[-–—－_]+")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_ORDINAL = re.compile(r"\d{1,2}[.、．](?!\d)|[（(]?[一二三四五六七八九十]{1,3}[)）]?、")
_DATE_FIRST = re.compile(r"^(?:19|20)\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?")
_DATED = re.compile(
    r"(?:19|20)\d\d|\d{1,2}月|\d{1,2}[:：]\d\d|二[〇○零0O]{1,2}[一二三四五六七八九〇○零]{1,2}年"
)
_FORBIDDEN = re.compile(r"信息公开|资讯公开|年度")
_OURSELVES = re.compile(
    r"[我本](?:局|厅|委|办|院|校|县|市|区|镇|乡|街道|街|单位|部门|机关|中心|所)$"
)
_SITE = ("网", "网站", "平台", "专栏", "首页")


def text_to_name(text: str) -> str | None:
    """The name alone, as printed; None where the words name no body or only a form's blank."""
    printed = re.sub(r"\s", "", text).rstrip('(（《[【〔“"')
    if is_placeholder(printed):
        return None
    whole = _last_part(printed)
    name = _without_leads(whole, beginning=whole == printed)
    name = _without_tails(name)
    return name if _may_be_name(name) else None


def is_placeholder(text: str) -> bool:
    """True for ××市××局, （单位名称） and the like, as blank forms print them."""
    plain = simplify(text)
    return any(word in plain or word in text for word in agency_words()["placeholders"])


def ends_like_agency(name: str) -> bool:
    """True for a name whose ending is a public body's, in brackets behind it or not."""
    return _bare(name).endswith(agency_words()["endings"])


def ends_like_title_agency(name: str) -> bool:
    """True as well for schools, districts and others that only a title can name."""
    return ends_like_agency(name) or _bare(name).endswith(agency_words()["endings_in_titles"])


def line_to_name(line: str) -> str | None:
    """The name that is a line of its own, above or below a title or at a report's foot."""
    tight = re.sub(r"[\s*#]", "", line)
    if len(tight) < 3 or any(word in simplify(tight) for word in agency_words()["no_names"]):
        return None
    name = text_to_name(tight)
    return name if name == tight and ends_like_agency(name) else None


def _bare(name: str) -> str:
    return simplify(re.sub(rf"(?:{_BRACKETED.pattern})+$", "", name))


def _last_part(text: str) -> str:
    """What stands behind the last mark that no name holds."""
    name = _NOT_NAME.split(text)[-1]
    for opening, closing in _PAIRS:
        if name.count(opening) < name.count(closing):
            name = name.rpartition(closing)[2]
        elif name.count(opening) > name.count(closing):
            name = name.rpartition(opening)[2]
    if name.count('"') % 2:
        name = name.rpartition('"')[2]
    # 中国—上海合作组织示范区 is one name: only what ends like a body or a site is cut off.
    for match in reversed(list(_HYPHEN.finditer(name))):
        before = name[: match.start()]
        if ends_like_agency(before) or before.endswith(_SITE):
            return name[match.end() :]
    return name


def _without_leads(name: str, beginning: bool) -> str:
    changed = True
    while changed:
        shorter = name
        for lead in _leads():
            if simplify(shorter).startswith(lead):
                shorter, beginning = shorter[len(lead) :].removeprefix("了"), False
        shorter = _DATE_FIRST.sub("", shorter)
        shorter = re.sub(rf"^(?:{_BRACKETED.pattern}|{_ORDINAL.pattern})(?=.)", "", shorter)
        if not beginning:
            # Behind other words a figure is a count or the end of a time: 浏览次数：127青岩市…
            shorter = re.sub(r"^[\dA-Za-z]+", "", shorter)
        changed, name = shorter != name, shorter
    return name


@cache
def _leads() -> tuple[str, ...]:
    """The words that run into a name, the longer before those that they begin with."""
    return tuple(sorted(agency_words()["lead_ins"], key=len, reverse=True))


def _without_tails(name: str) -> str:
    tails = agency_words()["tails"]
    while tail := next((tail for tail in tails if simplify(name).endswith(tail)), ""):
        name = name[: -len(tail)]
    works = "|".join(agency_words()["joined_works"])
    return re.sub(rf"(?:{works})(?:工作)?(?:暨|和|及|与)$", "", name)


def _may_be_name(name: str) -> bool:
    plain, words = simplify(name), agency_words()
    if plain in words["generic"] or plain in words["no_names"]:
        return False
    if plain.startswith(words["self"]) and not plain.startswith(words["not_self"]):
        return False
    if _OURSELVES.search(plain):
        return False
    if not 2 <= len(name) <= LONGEST_NAME or plain.isdigit():
        return False
    return _DATED.search(plain) is None and _FORBIDDEN.search(plain) is None
