"""Which measure a figure counts, by the words around it.

The words nearest in front of a figure name it (收到申请12件), with nothing but filling words
between; where these say nothing, those right behind it do (12件予以公开). Words of more than one
kind at once, or words that no list knows in between, leave the figure without a measure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from normalize.statements.quantities import Quantity
from normalize.statements.vocabulary import Measure, lexicon, nouns_of

_STOPS = re.compile("[，；：、（）。]")
_PIECES = re.compile("[，；：（）:]")
_CLAIMED_BY = frozenset({"who", "organization", "way"})
_JOINED = re.compile("(?:[、和或]|(?<!涉)及|(?<!参)与)$")
_TOLD = re.compile("(?:均|都|全部|皆|全)(?:为|是|系|由|来自)")
"""均为个人申请，其中3件: the words of that part say something whole by themselves."""
_EACH = re.compile("[各均都]")
_BECAUSE = re.compile("(?<!原)(?:因|由于)$")
_BEHIND_VERB = re.compile("(?:并|且|已|均|全部|中|其中|次|左右|以上|$)")


@dataclass(frozen=True, slots=True)
class Label:
    """The measures of a figure: one, or several that each have it (各3件, 均为0件).

    `noun` are the words that name the last of them.
    """

    measures: tuple[Measure, ...]
    noun: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words of one figure: those in front that say something, and those behind."""

    front: str
    behind: str
    idle: str


def surroundings_of(plain: str, quantities: Sequence[Quantity], at: int) -> Surroundings:
    """The words that may name the figure; none of them belong to the figure before it."""
    quantity = quantities[at]
    start = quantities[at - 1].end if at else 0
    between = plain[start : quantity.start]
    if at and (stop := _STOPS.search(between)):
        between = between[stop.end() :]
    elif at and _JOINED.search(between):
        between = ""
    idle = lexicon().patterns["words.idle"]
    pieces = _PIECES.split(between)
    front, said = pieces.pop(), ""
    while pieces and idle.fullmatch(front) and not _TOLD.match(pieces[-1]):
        said = front + said
        front = lexicon().patterns["row.trend"].sub("", pieces.pop())
    end = quantities[at + 1].start if at + 1 < len(quantities) else len(plain)
    behind = plain[quantity.end : end]
    if stop := _STOPS.search(behind):
        behind = behind[: stop.start()]
    elif at + 1 < len(quantities):
        # 3名专职和2名兼职: a word that joins two figures ends what is said of the first.
        behind = behind[:-1] if _JOINED.search(behind) else ""
    return Surroundings(front, behind, said)


def label_of(around: Surroundings, quantity: Quantity, topic: str) -> Label | None:
    """The measure that the words name, None when none does for certain."""
    words = lexicon()
    so = words.patterns["words.so"]
    matches = [m for m in nouns_of(topic).pattern.finditer(around.front) if m[0]]
    if matches and so.fullmatch(around.front, matches[-1].end()):
        label = _label_in_front(matches, around, quantity, topic)
        if label or not nouns_of(topic).measure_of(matches[-1]).bare:
            return label
    return _label_behind(around, quantity, topic)


def nouns_in_row(text: str, topic: str) -> list[Measure]:
    """The measures named at the end of a text one after another: 复议、诉讼 are two."""
    nouns = nouns_of(topic)
    matches = [m for m in nouns.pattern.finditer(text) if m[0]]
    if not matches or not lexicon().patterns["row.shared"].fullmatch(text, matches[-1].end()):
        return []
    return [nouns.measure_of(m) for m in _row_of(matches, text)]


def _row_of(matches: Sequence[re.Match[str]], text: str) -> list[re.Match[str]]:
    """The last matches that nothing but 、 or 和 parts."""
    join = lexicon().patterns["words.join"]
    row = [matches[-1]]
    for match in reversed(matches[:-1]):
        if not join.fullmatch(text, match.end(), row[0].start()):
            break
        row.insert(0, match)
    return row


def _label_in_front(
    matches: Sequence[re.Match[str]], around: Surroundings, quantity: Quantity, topic: str
) -> Label | None:
    nouns, patterns = nouns_of(topic), lexicon().patterns
    row = _row_of(matches, around.front)
    measures = tuple(dict.fromkeys(nouns.measure_of(m) for m in row))
    measure = measures[-1]
    if measure.group == "outcome" and len(row) == 1:
        because = _cause_of(matches, around.front, topic)
        # 因信息不存在: the outcome is a reason itself.
        before = _BECAUSE.sub("", around.front[: row[0].start()])
        if (
            because is None
            and patterns["row.reason"].search(before)
            and not patterns["row.causes"].search(before)
        ):
            return None
        measures = (because or measure,)
        measure = measures[0]
    if quantity.unit not in measure.printed_units:
        return None
    if measure.bare and not _stays_with_verb(around.behind):
        return None
    if _is_joined(around.front[: row[0].start()]):
        return None
    earlier = {nouns.measure_of(m).group for m in matches[: -len(row)]} - {""}
    if _is_crossed(measure.group, earlier):
        return None
    if len(measures) == 1:
        return Label(measures, row[-1][0])
    shared = quantity.value == 0 or _EACH.search(around.front[row[-1].end() :] + around.idle)
    fitting = all(quantity.unit in m.printed_units for m in measures)
    return Label(measures) if shared and fitting else None


def _cause_of(matches: Sequence[re.Match[str]], front: str, topic: str) -> Measure | None:
    """The reason named right in front of an outcome: 因重复申请不予处理 counts repeated ones."""
    if len(matches) < 2:
        return None
    measure = nouns_of(topic).measure_of(matches[-2])
    close = (
        lexicon()
        .patterns["row.after_cause"]
        .fullmatch(front, matches[-2].end(), matches[-1].start())
    )
    return measure if measure.group == "cause" and close else None


def _is_joined(front: str) -> bool:
    """True when the figure is also one of something that no list knows: 公文和解读信息9条."""
    return bool(_JOINED.search(front)) and not lexicon().patterns["words.idle"].fullmatch(front)


def _is_crossed(group: str, earlier: set[str]) -> bool:
    """True for a cell inside the table, such as what natural persons were granted."""
    others = earlier - {group}
    if group in _CLAIMED_BY:
        return bool(others)
    return bool(others & _CLAIMED_BY)


def _stays_with_verb(behind: str) -> bool:
    """True when nothing else than requests is counted behind the figure: 收到12件(申请)."""
    patterns = lexicon().patterns
    rest = patterns["words.gap"].match(behind)
    bare = behind[rest.end() :] if rest else behind
    return bool(patterns["words.apply"].match(bare) or _BEHIND_VERB.match(bare))


def _label_behind(around: Surroundings, quantity: Quantity, topic: str) -> Label | None:
    patterns = lexicon().patterns
    if not around.behind:
        return None
    if label := _label_around(around, quantity, topic):
        return label
    front_says_nothing = patterns["words.idle"].fullmatch(around.front) or patterns[
        "after.given"
    ].search(around.front)
    if not front_says_nothing:
        return None
    nouns = nouns_of(topic)
    start = patterns["after.of"].match(around.behind)
    begin = start.end() if start else 0
    match = nouns.pattern.match(around.behind, begin) or nouns.pattern.match(around.behind)
    if match is None or not match[0]:
        return None
    measure = nouns.measure_of(match)
    # 12件已办结 says so of the figure, 12件答复不及时 does not.
    if measure.bare and match.end() < len(around.behind):
        return None
    if quantity.unit not in measure.printed_units:
        return None
    if measure is _received() and not patterns["after.counted"].search(around.front + around.idle):
        return None
    return Label((measure,), match[0])


@cache
def _received() -> Measure:
    return next(m for m in lexicon().measures if m.names.get("") == "requests.received.total")


@cache
def _counted() -> re.Pattern[str]:
    """共有12件申请 and 共有12人次向本机关提出申请."""
    patterns = lexicon().patterns
    counted = patterns["after.counted"].pattern.removesuffix("$")
    asked = "(?:向[^，。；#]{1,12}?(?=提出|提交|递交|申请))?"
    request = f"{patterns['words.gap'].pattern}{patterns['words.apply'].pattern}"
    return re.compile(f"{counted}#{asked}{request}$")


def _label_around(around: Surroundings, quantity: Quantity, topic: str) -> Label | None:
    """收到12件申请 and 召开3次工作会议: the verb in front of the figure, its object behind."""
    is_counted = _counted().search(f"{around.front}#{around.behind}")
    if is_counted and quantity.unit in _received().printed_units:
        return Label((_received(),))
    nouns, parted = nouns_of(topic), len(around.front)
    behind = lexicon().patterns["after.within"].sub("", around.behind.removeprefix("次"))
    sentence = around.front + behind
    for match in nouns.pattern.finditer(sentence):
        if not match.start() < parted < match.end():
            continue
        measure = nouns.measure_of(match)
        said = lexicon().patterns["words.so"].fullmatch(sentence, match.end())
        if said and quantity.unit in measure.printed_units:
            return Label((measure,), match[0])
    return None
