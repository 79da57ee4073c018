"""Claims that there were none: 未收到申请, 无结转, 均已办结, 复议、诉讼均为零.

Such a claim counts only when it is about a measure as a whole. Between the negation and the name
of the measure, and behind the name, nothing may stand that narrows it: 未收到通过信函的申请 says
nothing of other requests, and 未发生复议被纠正 nothing of reconsiderations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from normalize.statements.claims import Claim
from normalize.statements.context import Context, scope_at, topic_at, year_at
from normalize.statements.vocabulary import Measure, lexicon

_CLAUSE = re.compile("[^，；：（）。！]+")
LEFT_OPEN = "requests.carried_forward.total"
RECEIVED = ("requests.received.total", "statistics.requests_received.value")
_WHOLES = (
    *RECEIVED,
    "requests.received_and_carried_over.total",
    "requests.handled.total",
)
"""What 均已办结 behind a figure is said of, when it is said of all requests."""

_PARTED_BY = ("who", "organization", "way")


def sentence_to_nones(plain: str, context: Context, figures: Sequence[Claim]) -> Iterator[Claim]:
    """The claims of none in a sentence; `figures` are what its figures state."""
    patterns = lexicon().patterns
    if not patterns["scan.denied"].search(plain):
        return
    for clause in _CLAUSE.finditer(plain):
        text = clause[0]
        if not patterns["scan.denied"].search(text):
            continue
        found: list[Measure] = []
        if negation := _negation_in(text):
            found = _denied(text, negation)
        elif zero := patterns["none.zero"].search(text):
            found = _named_before(text[: zero.start()])
        if not found and _all_are_done(plain, clause, figures, context):
            found = [m for m in lexicon().measures if m.names.get("") == LEFT_OPEN][:1]
        for measure in dict.fromkeys(found):
            claim = _to_claim(measure, plain, clause, context)
            if claim:
                yield claim


def _negation_in(clause: str) -> re.Match[str] | None:
    """The first negation of a clause; 无 and 未 within other words are none."""
    patterns = lexicon().patterns
    for match in patterns["none.negation"].finditer(clause):
        if not patterns["none.whole_word"].match(clause, match.start()):
            return match
    return None


def _denied(clause: str, negation: re.Match[str]) -> list[Measure]:
    """What a clause says there was none of, as objects of the negation or in front of it."""
    patterns = lexicon().patterns
    front, rest = clause[: negation.start()], clause[negation.end() :]
    if _is_narrowed(front):
        return []
    year = patterns["none.year_in_front"].search(front)
    objects, ended = _objects_of((year["year"] if year else "") + rest)
    if objects:
        return objects
    # 申请信息不存在3件 is a figure, no claim of none.
    return _named_before(front) if ended and not re.search(r"\d", rest) else []


def _is_narrowed(front: str) -> bool:
    patterns = lexicon().patterns
    return bool(patterns["none.narrowed"].search(front) or patterns["none.dated"].search(front))


def _objects_of(rest: str) -> tuple[list[Measure], bool]:
    """(the measures in a row behind a negation, whether nothing else stands there).

    Words that are not known end the row; what they follow closely is narrowed and left out.
    """
    patterns = lexicon().patterns
    nouns = lexicon().none_nouns
    found: list[Measure] = []
    at = 0
    while at < len(rest):
        if noun := nouns.pattern.match(rest, at):
            after = _skip(patterns["none.ending"], rest, noun.end())
            joined = patterns["none.joiner"].match(rest, after)
            follows = not joined and nouns.pattern.match(rest, after)
            if patterns["none.led_to"].match(rest, after) or follows:
                # 因申请引发的复议 and 申请处理费 are of what comes last alone.
                at = after
                continue
            if after < len(rest) and not joined:
                return found, False
            found.append(nouns.measure_of(noun))
            at = joined.end() if joined else after
            continue
        word = patterns["none.soft"].match(rest, at) or patterns["none.verbs"].match(rest, at)
        word = word or (patterns["none.joiner"].match(rest, at) if not found else None)
        if word is None or word.end() == at:
            return found, False
        at = word.end()
    return found, True


def _named_before(front: str) -> list[Measure]:
    """The measures in a row in front of 均未发生 or 为零."""
    patterns = lexicon().patterns
    nouns = lexicon().none_nouns
    matches = [m for m in nouns.pattern.finditer(front) if m[0]]
    if not matches or _is_narrowed(front[: matches[0].start()]):
        return []
    rest = _skip(patterns["none.ending"], front, matches[-1].end())
    if not patterns["none.said_of"].fullmatch(front, rest):
        return []
    row = [matches[-1]]
    for match in reversed(matches[:-1]):
        if not patterns["none.between"].fullmatch(front, match.end(), row[0].start()):
            break
        row.insert(0, match)
    return [nouns.measure_of(m) for m in row]


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _all_are_done(
    plain: str, clause: re.Match[str], figures: Sequence[Claim], context: Context
) -> bool:
    """均已办结, said of all requests: then none is carried forward."""
    patterns = lexicon().patterns
    if not patterns["none.all_done"].search(clause[0]):
        return False
    if patterns["none.not_all"].search(clause[0]):
        return False
    if topic_at(plain, clause.end(), context.topic) != "requests":
        return False
    if patterns["none.all_requests"].search(clause[0]):
        return True
    before = [c for c in figures if c.position < clause.end() and c.kind == "figure"]
    if before:
        front = plain[: clause.start()]
        whole = _whole_of(before)
        return whole.measure in _WHOLES and not patterns["none.some"].search(front)
    return patterns["none.every"].search(clause[0]) is not None and "申请" in clause[0]


def _whole_of(said: Sequence[Claim]) -> Claim:
    """The last figure, or the one whose parts stand at the end: 9件，其中网络4件、信函5件."""
    parts = 0
    while parts < len(said) - 1 and said[-1 - parts].group in _PARTED_BY:
        parts += 1
    return said[-1 - parts] if parts > 1 else said[-1]


def _to_claim(
    measure: Measure, plain: str, clause: re.Match[str], context: Context
) -> Claim | None:
    name = measure.named(context.year, measure.topic)
    if name is None or not measure.fits(plain, clause.end()):
        return None
    carried = name.startswith(("requests.carried_over", "requests.carried_forward"))
    return Claim(
        measure=name,
        value=Decimal(0),
        unit=measure.unit,
        approximate=False,
        year=context.year if carried else year_at(plain, clause.end(), context.year),
        scope=scope_at(plain, clause.end(), context),
        kind="none",
        position=clause.start(),
    )
