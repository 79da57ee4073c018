"""The agency as sentences of a report name it: who wrote it, what it is about, whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.document import Document, Table
from normalize.disputes import are_different_bodies, signature_of
from normalize.labels import agency_words, simplify
from normalize.names import ends_like_agency, line_to_name, text_to_name
from normalize.places.bodies import holds_advertising
from normalize.places.gazetteer import LAST_YEAR
from normalize.places.locate import locate

_BY = re.compile(
    r"由(?P<agency>[^，。,\d]{3,30}?)(?:负责|具体|组织)?"
    r"(?:编制|编写|发布|公布|撰写|根据|依据|按照|综合(?!行政|执法)|汇总)"
)
_MADE = re.compile(
    r"(?:^|[，,。])(?P<agency>[^，。,]{3,30}?)(?:结合[^，。,]{2,30}[，,])?(?:组织)?(?:编制|编写)"
    r"(?:完成|了)?(?:发布)?本(?:年度|单位|部门|机关|局|镇|乡|街道)?(?:(?:19|20)\d\d年)?[^，。,]{0,16}(?:报告|年报)"
)
_OF = re.compile(
    r"(?:结合|根据)(?:(?:19|20)\d\d年度?)?(?P<agency>[^，。,、\d]{3,30}?)(?:(?:19|20)\d\d年度?)?"
    r"(?:(?<!人民)政府)?信息公开工作(?:情况|实际)*(?:编制|编写|撰写|汇总)"
)
_ABOUT = re.compile(
    r"全文(?:包括|包含|涵盖)[:：]?(?P<agency>[^，。,、\d]{3,30}?)(?:(?:19|20)\d\d年度?)?"
    r"(?:(?<!人民)政府)?信息公开(?:工作)?总体情况"
)
_SUBJECT = re.compile(
    r"(?:(?:19|20)\d\d学?年(?:度|以来|来)?[,，]?)(?!在)(?P<agency>[^，。,、：:]{3,30}?)"
    r"(?=认真|高度|坚持|在|以|按照|始终|严格|深入|持续|紧|积极|全面|切实|深化|根据|通过|贯彻|扎实|依法)"
)
_CLAUSE = re.compile(
    r"[，,](?P<agency>[^，。,、：:\d党]{4,20}?(?:局|街道|办事处|镇|乡|人民政府|委员会|管委会))"
    r"(?=认真|严格|高度重视|始终|坚持|扎实|积极|切实)"
)
_CONTACT = re.compile(
    r"(?:请与|请联系|请致电|可与|可致电|可联系|直接与)[:：]?(?P<agency>[^，。,:：;；(（\d]{3,30}?)"
    r"(?=联系|[，。,:：;；(（\d]|$)"
)
_OFFICE = re.compile(
    r"(?:(?:(?<!人民)政府)?(?:信息|政务)公开|电子政务)(?:工作)?(?:领导小组|联席会议)?"
    r"(?:办公室|中心|办|处|科)?(?:[(（][^()（）]*[)）])?$"
)
_ASKED = re.compile(
    r"(?P<agency>.*(?:人民政府|管委会|管理委员会|委员会|局|厅|署|社|联合会|残联|妇联|海关|办事处|街道|镇|乡|苏木|大学|学院))"
    r"[^局府]{0,14}(?:办公室|办|处|科|室|组|股|中心|站)"
)
_INTERNAL = re.compile(r"(?<=[局厅署社街道镇乡)）])(?:党政综合|党政|综合)?(?:服务)?(?:办公室|办)$")
_OF_SCHOOL = re.compile(r"(?<=大学|学院)(?:学校|党委|党政|院长|校长)?办公室$")
_PLACELESS = re.compile(r"[市县区州盟旗省](?=[^市县区州盟旗省]{2,}$)")
_PARTICULARS = 100
"""The longest line that holds particulars of a page, not a sentence."""

_BEFORE = 8
_OPENING = 6


def agency_from_text(lines: Sequence[str]) -> str | None:
    """The agency by the sentences of a report, then by its signature, then by whom to ask."""
    tight = ["".join(line.split()) for line in lines]
    for pattern in (_BY, _MADE, _OF, _ABOUT, _SUBJECT):
        if name := next(_names(pattern, tight), None):
            return _with_its_place(_in_full(name, tight), tight)
    if signature := signature_of(tight):
        return signature
    return next(_names(_CONTACT, tight), None) or next(_names(_CLAUSE, tight[:_OPENING]), None)


def publishers_in(document: Document) -> Iterator[str]:
    """What a page prints beside 发布机构, or under it in a table of particulars."""
    labels = agency_words()["publisher_labels"]
    beside = re.compile(rf"(?:{'|'.join(labels)})\s*[:：|]\s*(?P<name>[^\s|]+)")
    for block in document.blocks:
        if not isinstance(block, Table):
            lines = simplify(block.text).split("\n")
            yield from (
                m["name"]
                for line in lines
                if len(line) <= _PARTICULARS
                for m in beside.finditer(line)
            )
            continue
        cells = {(cell.row, cell.column): cell.text for cell in block.cells}
        for (row, column), text in cells.items():
            if simplify(re.sub(r"[\s:：]", "", text)) in labels:
                yield cells.get((row, column + 1), "")
                yield cells.get((row + 1, column), "")


def name_of_publisher(publishers: Sequence[str]) -> str | None:
    """The first publisher that the page names whose name is a public body's."""
    names = (line_to_name(publisher) for publisher in publishers)
    return next((name for name in names if name and not holds_advertising(name)), None)


def with_place_of(publisher: str | None, agency: str) -> str:
    """青砚县审计局, the page's publisher, for 县审计局, which its text calls itself."""
    said = simplify(agency)
    fuller = publisher and simplify(publisher).endswith(said) and len(publisher) > len(agency)
    return publisher if publisher and fuller and _PLACELESS.match(said) else agency


def _names(pattern: re.Pattern[str], lines: Sequence[str]) -> Iterator[str]:
    """The names that a pattern finds; an office for disclosure stands for the body it is of."""
    for line in lines:
        for match in pattern.finditer(line):
            words = match["agency"]
            if pattern is _CONTACT and (asked := _ASKED.fullmatch(words)):
                words = asked["agency"]
            words = _OF_SCHOOL.sub("", _INTERNAL.sub("", _OFFICE.sub("", words)))
            name = text_to_name(words)
            if name and ends_like_agency(name):
                yield name


def _in_full(name: str, lines: Sequence[str]) -> str:
    """云澜市白鹭区司法局 for 白鹭区司法局, 云澜市水务局 for 市水务局, where it says whom to ask."""
    placeless = _PLACELESS.match(name) is not None
    for asked in _names(_CONTACT, lines):
        same = (
            placeless and _PLACELESS.match(asked) is None and not are_different_bodies(name, asked)
        )
        if len(asked) > len(name) and (same or asked.endswith(name)):
            return asked
    return name


def _with_its_place(name: str, lines: Sequence[str]) -> str:
    """青砚市统计局 for 市统计局, where the text prints that name with one place in front."""
    if len(name) < 3 or _PLACELESS.match(name) is None:
        return name
    longer = {
        found
        for line in lines
        for match in re.finditer(re.escape(name), line)
        for found in _placed(line[max(0, match.start() - _BEFORE) : match.end()], name)
    }
    return longer.pop() if len(longer) == 1 else name


def _placed(words: str, name: str) -> Iterator[str]:
    """The longest end of the words that begins with a place, the name within it."""
    for start in range(len(words) - len(name)):
        found = locate(words[start:], LAST_YEAR)
        if found.place is not None and found.rest == name[1:]:
            yield words[start:]
            return
