"""The title of a report among the lines of a page: every candidate, the most trusted first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from normalize.labels import agency_words, simplify, words_of
from normalize.names import (
    LONGEST_NAME,
    ends_like_agency,
    ends_like_title_agency,
    is_placeholder,
    line_to_name,
    text_to_name,
)
from normalize.years import YEAR, read_year

_OBJECT = (
    r"(?:政府信息(?:公开)?(?:和|与|及|暨|、))?"
    # 白鹭镇人民政府信息公开… is 白鹭镇人民政府 and 信息公开.
    r"(?:(?<!人民)政府|政务)?(?:信息|资讯|政务)公开"
)
_NOUN = r"(?:年度报告|报告|年报|总结)"
_KIND = (
    rf"{_OBJECT}(?:工作)?(?:情况)?(?:的)?"
    rf"(?:年度)?(?:工作)?(?:情况)?(?:的)?{_NOUN}"
)
_JOINED = r"(?:[^\d，。,；;：:]{2,20}?(?:暨|和|及|与))?"
_AGAIN = rf"(?:我?(?:{'|'.join(agency_words()['repeated'])})(?:[(（]机关[)）])?)?"
_PATTERNS = (
    re.compile(rf"(?P<agency>.*?)[(（《]?{YEAR}{_JOINED}{_AGAIN}{_KIND}(?P<rest>.*)"),
    re.compile(rf"{YEAR}(?P<agency>[^，。,；;:：]{{2,40}}?)(?:的)?{_KIND}(?P<rest>.*)"),
    re.compile(rf"(?P<agency>.*?){_KIND}[-—_－:：]*[(（〔\[【]{YEAR}[)）〕\]】](?P<rest>.*)"),
    re.compile(rf"(?P<agency>.*?){_KIND}[-—_－:：]*{YEAR}(?P<rest>$)"),
    re.compile(
        rf"(?P<agency>.*?){_OBJECT}(?:工作)?(?:情况)?{YEAR}(?:工作)?(?:情况)?{_NOUN}(?P<rest>.*)"
    ),
)
_UNDATED = re.compile(
    rf"(?P<agency>.{{2,40}}?)(?:20[XⅩ×x*]{{2}}年(?:度)?)?{_KIND}(?P<rest>.{{0,12}})"
)
_NOT_TITLE = re.compile(r"[>＞»|｜:：,，;；!！?？/\\\[\]【】]")
_YEAR_ALONE = re.compile(rf".*?[(（]?{YEAR}[)）]?")
_TITLE_WORDS = re.compile(r"信息公开|资讯公开|政务公开|年度报告|^\d{4}年|^报告$|^总结$")
_SEPARATOR = re.compile(r"(?<!\s)\s+[-–—|·_]+\s+")
_SENTENCE_END = re.compile(r"[。；;]")
_COVERING = re.compile(r"关于(?P<verb>.{2})")
_NOTICE_GOES_ON = re.compile(r"(?:的|编制|报送|发布|公布|撰写|填报|有关|相关|工作).{0,25}通知")
_ANY_YEAR = re.compile(YEAR)
_ANY_KIND = re.compile(_KIND)
_FILE_ENDING = re.compile(r"\.(?:docx?|pdf|wps|html?|txt)$", re.IGNORECASE)
_LAST_WORDS = "工作年度报告"
_LONGEST_TITLE = 80
_LONGEST_READ = 200


@dataclass(frozen=True, slots=True)
class Title:
    """A title read: `agency` and `year` are None where it does not name them.

    `at` is the number of its last line among those it was looked for in, None for a title from
    elsewhere. `name_above` is True where the agency stood on a line of its own above it.
    `is_notice` marks a notice about reports, `is_blank_form` a title with a blank for the name,
    `in_sentence` one that only a sentence names.
    """

    text: str
    agency: str | None
    year: int | None
    at: int | None = None
    name_above: bool = False
    is_notice: bool = False
    is_blank_form: bool = False
    in_sentence: bool = False


def find_title(head: Sequence[str], said: Sequence[str]) -> Title | None:
    """The title that says most among the lines `head` and the titles `said` by the file itself.

    A line of its own comes first, agency and year before one of them; a notice is the title only
    where no line names a report of an agency.
    """
    lines = [_without_notices(_tighten(line)) for line in head]
    found = (*_own_lines(lines), *_broken_lines(lines), *_said(said))
    whole = [_as_notice_that_goes_on(title, lines) for title in found]
    reports = [title for title in whole if not title.is_notice]
    notice = next((title for title in whole if title.is_notice), None)
    best = _best(reports)
    if notice and (best is None or not (best.agency and best.year)):
        return notice
    if best is None or not (best.agency and best.year):
        best = _best([*reports, *_in_sentences(lines)]) or best
    return best or next(_undated(lines, said), None)


def text_to_title(text: str) -> Title | None:
    """A title as agency and year; None when the text names no report of a year."""
    if len(text) > _LONGEST_READ:
        return None
    plain = _in_order(simplify(text))
    dated: Title | None = None
    for pattern in _PATTERNS:
        if match := pattern.search(plain):
            title = _match_to_title(match, text, read_year(match["year"]))
            if title.agency or title.is_notice:
                return title
            dated = dated or title
    return dated


def _in_order(text: str) -> str:
    """A title with the characters of its last words in their order: 信息公开工作告年度报."""
    body, last = text[: -len(_LAST_WORDS)], text[-len(_LAST_WORDS) :]
    mixed = body.endswith("公开") and sorted(last) == sorted(_LAST_WORDS)
    return body + _LAST_WORDS if mixed else text


def _match_to_title(match: re.Match[str], printed: str, year: int | None) -> Title:
    start, stop = match.span("agency")
    same_length = len(match.string) == len(printed)
    words = printed[start:stop] if same_length else match["agency"]
    agency = text_to_name(words)
    text = printed
    if agency and start == 0 and same_length:
        # What stood before the name is the page's, except 关于, which is the title's.
        at = words.rfind(agency)
        text = printed[at - 2 if words[:at].endswith(("关于", "關於")) else at :]
    if text.count("”") > text.count("“"):
        text = text.removesuffix("”")
    if text.count("》") > text.count("《"):
        text = text.partition("》")[0]
    return Title(
        text=_FILE_ENDING.sub("", text),
        agency=agency,
        year=year,
        is_notice=_is_notice(match),
        is_blank_form=is_placeholder(words.strip("*#")),
    )


def _is_notice(match: re.Match[str]) -> bool:
    """True for a title about reports to be written, not for one that hands a report out."""
    rest = re.sub(r"[(（].*|[》”」\]］】]", "", match["rest"]).rstrip("。：:")
    words = words_of("notices")
    if not rest.endswith(words["endings"]):
        return False
    covering = _COVERING.search(match.string)
    handed_out = covering is not None and covering["verb"] in words["covering"]
    return not (handed_out and rest in ("的通知", "通知"))


def _tighten(line: str) -> str:
    """A line without white space and marks of emphasis; a spaced dash stays as a bar."""
    return re.sub(r"\s", "", _SEPARATOR.sub("｜", line.strip())).strip("#*")


def _without_notices(line: str) -> str:
    """A line without the notices cited in 《》, by which a report says why it is written."""

    def keep(match: re.Match[str]) -> str:
        title = text_to_title(match[1])
        return "" if title and title.is_notice and match.group() != line else match.group()

    return re.sub(r"《([^《》]{8,90})》", keep, line)


def _best(titles: Sequence[Title]) -> Title | None:
    full = [title for title in titles if title.agency and title.year]
    return next(iter(full), None) or next(iter(titles), None)


def _own_lines(lines: Sequence[str]) -> Iterator[Title]:
    for at, line in enumerate(lines):
        short = len(line) <= _LONGEST_TITLE and _SENTENCE_END.search(line) is None
        if short and (title := text_to_title(line)):
            in_sentence = re.search(r"[，,].*如下", simplify(title.text)) is not None
            yield replace(
                title, at=at, text=_without_sentence(title) if in_sentence else title.text
            )


def _broken_lines(lines: Sequence[str]) -> Iterator[Title]:
    """Titles broken over two to four lines."""
    for size in (2, 3, 4):
        for at in range(len(lines) - size + 1):
            parts = lines[at : at + size]
            if all(_may_be_part(part) for part in parts) and (
                title := text_to_title("".join(parts))
            ):
                above = line_to_name(parts[0]) is not None
                yield replace(title, at=at + size - 1, name_above=above)


def _may_be_part(line: str) -> bool:
    """True for a line that may be one of several that make up a title."""
    plain = simplify(line)
    if _NOT_TITLE.search(plain) or _SENTENCE_END.search(plain) or len(line) > LONGEST_NAME:
        return False
    return (
        line_to_name(line) is not None
        or _TITLE_WORDS.search(plain) is not None
        or _YEAR_ALONE.fullmatch(plain) is not None
    )


def _said(said: Sequence[str]) -> Iterator[Title]:
    for value in said:
        if title := text_to_title(_tighten(value)):
            yield title


def _in_sentences(lines: Sequence[str]) -> Iterator[Title]:
    """Reports named within sentences, in 《》 first.

    Notices named there are of no account, nor those of which the report is put together.
    """
    quoted = (match[1] for line in lines for match in re.finditer(r"《([^》]{8,60})》", line))
    parts = (part for line in lines for part in re.split(r"[，。,；;：:]", line))
    compositions = agency_words()["compositions"]
    for text in (*quoted, *parts):
        title = text_to_title(text)
        composed = any(word in simplify(text) for word in compositions)
        if title and not title.is_notice and not composed:
            # In 及时发布2020年的年度报告 the words before the year are no name.
            named = title.agency is not None and ends_like_title_agency(title.agency)
            sound = title if named else replace(title, agency=None)
            yield replace(sound, text=_without_sentence(sound), in_sentence=True)


def _without_sentence(title: Title) -> str:
    """The title's words without those of the sentence around it.

    特向社会公布2020年青砚市政府信息公开年度报告如下 names a report from 2020 to 报告; of one that
    is 由青砚市水务局编制的2020年… the year comes first.
    """
    text = title.text
    year = _ANY_YEAR.search(text)
    at = text.find(title.agency) if title.agency else -1
    start = year.start() if year else 0
    if 0 <= at < start and not text[:start].endswith(("编制的", "編制的", "编制了", "編制了")):
        start = at
    plain = simplify(text)
    kind = _ANY_KIND.search(plain) if len(plain) == len(text) else None
    stop = kind.end() if kind and kind.end() > start else len(text)
    return text[start:stop]


def _as_notice_that_goes_on(title: Title, lines: Sequence[str]) -> Title:
    """A title whose next line makes it a notice: 关于做好2022年…年度报告, then 编制工作的通知."""
    following = "" if title.at is None else "".join(lines[title.at + 1 : title.at + 2])
    goes_on = len(following) <= LONGEST_NAME and _NOTICE_GOES_ON.fullmatch(simplify(following))
    return replace(title, is_notice=True) if goes_on else title


def _undated(lines: Sequence[str], said: Sequence[str]) -> Iterator[Title]:
    """Titles without a year: the agency's name must be beyond doubt, or left blank as in forms."""
    broken = ["".join(pair) for pair in pairwise(lines)]
    ends = {text: at for at, text in (*enumerate(lines), *enumerate(broken, start=1))}
    for text in (*lines, *broken, *(_tighten(value) for value in said)):
        plain = simplify(text) if len(text) <= _LONGEST_TITLE else ""
        match = _UNDATED.fullmatch(plain)
        if match is None or _NOT_TITLE.search(plain) or _SENTENCE_END.search(plain):
            continue
        title = _match_to_title(match, text, None)
        title = replace(_as_notice_that_goes_on(replace(title, at=ends.get(text)), lines), at=None)
        if (
            title.is_notice
            or title.is_blank_form
            or (title.agency and not match["rest"] and ends_like_agency(title.agency))
        ):
            yield title
