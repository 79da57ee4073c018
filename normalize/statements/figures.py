"""The figures of one sentence with their measures, and the changes and shares stated of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from normalize.statements.changes import Change, change_of, direction_of
from normalize.statements.context import Context, scope_at, topic_at, year_at
from normalize.statements.labels import (
    Surroundings,
    label_of,
    nouns_in_row,
    surroundings_of,
)
from normalize.statements.quantities import Quantity, find_quantities
from normalize.statements.vocabulary import Measure, lexicon

_SHARED = ("requests.", "statistics.received_", "statistics.answered_")
"""Measures whose wholes are known: requests received or concluded."""

_IN_A_ROW = re.compile(r"[、，和及与]*")
_TURNED = re.compile(r"[、，和及与]*[^、，和及与\d]{2,6}")
_YEARS = re.compile(r"(?:上年|本年|(?:19|20)\d\d年)")


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a sentence states; `position` is in its plain words, for the order.

    `kind` is figure, none, growth or share.
    """

    measure: str
    value: Decimal
    unit: str
    approximate: bool
    year: int | None
    scope: str
    kind: str
    position: int
    group: str = ""


def sentence_to_figures(plain: str, context: Context) -> Iterator[Claim]:
    """What the figures of a sentence state, from left to right."""
    quantities = find_quantities(plain)
    done = 0
    last: Measure | None = None
    last_topic = context.topic
    group = ""
    said: list[Claim] = []
    planned = _plans_begin(plain)
    patterns = lexicon().patterns
    for at, quantity in enumerate(quantities):
        if at < done or quantity.start >= planned or _is_planned(plain, quantity.start):
            continue
        around = surroundings_of(plain, quantities, at)
        topic = topic_at(plain, quantity.start, context.topic)
        if patterns["row.respectively"].search(around.front):
            row = _row_of_figures(plain, quantities, at)
            done = at + len(row)
            yield from _respectively(plain, row, around, topic, context)
            continue
        if "分别" in around.front and (sign := direction_of(around.front)):
            changes = _row_of_changes(plain, quantities, at, sign)
            done = at + len(changes)
            yield from _grown_respectively(changes, said)
            continue
        if quantity.unit == "%" and around.front.endswith("分别占"):
            row = _row_of_figures(plain, quantities, at)
            done = at + len(row)
            yield from _shared_respectively(row, said)
            continue
        change = change_of(plain, around, quantity, topic, last)
        if change is not None:
            yield from _changed(change, plain, quantity, last_topic, topic, context)
            last = change.measure or last
            continue
        label = label_of(around, quantity, topic)
        measures = label.measures if label else _of_group(around, group, quantity, topic)
        if not measures and last and _is_the_same(around.front):
            measures = (last,) if quantity.unit in last.printed_units else ()
        for measure in measures:
            claim = _to_claim(measure, plain, quantity, topic, context)
            if claim:
                last, last_topic, group = measure, topic, measure.group or group
                said.append(claim)
                yield claim


def _is_the_same(front: str) -> bool:
    """True for words that give one measure again: 增加到12件, 上年为9件."""
    patterns = lexicon().patterns
    return bool(patterns["changes.level"].search(front) or patterns["row.same"].fullmatch(front))


def _plans_begin(plain: str) -> int:
    match = lexicon().patterns["sure.plans_from_here"].search(plain)
    return match.start() if match else len(plain)


def _is_planned(plain: str, position: int) -> bool:
    """True for a figure in a part of the sentence that plans or prescribes."""
    begin = max(plain.rfind(stop, 0, position) for stop in "，；。") + 1
    return lexicon().patterns["sure.planned"].search(plain, begin, position) is not None


def _to_claim(
    measure: Measure, plain: str, quantity: Quantity, topic: str, context: Context
) -> Claim | None:
    name = measure.named(context.year, topic)
    if name is None or not measure.fits(plain, quantity.start):
        return None
    carried_in = lexicon().patterns["row.carried_in"]
    carried = name.startswith(("requests.carried_over", "requests.carried_forward"))
    if name == "requests.received.total" and carried_in.match(plain, quantity.end):
        name = "requests.received_and_carried_over.total"
    return Claim(
        measure=name,
        value=quantity.value,
        unit=measure.unit,
        approximate=quantity.approximate,
        year=context.year if carried else year_at(plain, quantity.start, context.year),
        scope=scope_at(plain, quantity.start, context),
        kind="share" if measure.unit == "percent" else "figure",
        position=quantity.start,
        group=measure.group,
    )


def _changed(
    change: Change, plain: str, quantity: Quantity, last_topic: str, topic: str, context: Context
) -> Iterator[Claim]:
    """The claim of a change or share of what was counted before it."""
    if change.measure is None:
        return
    name = change.measure.named(context.year, topic) or change.measure.named(
        context.year, last_topic
    )
    is_share = change.kind == "share_percent"
    if name is None or (is_share and not name.startswith(_SHARED)):
        return
    yield Claim(
        measure=f"{name}.{change.kind}",
        value=change.value,
        unit=change.unit,
        approximate=quantity.approximate,
        year=context.year,
        scope=scope_at(plain, quantity.start, context),
        kind="share" if is_share else "growth",
        position=quantity.start,
    )


def _row_of_figures(plain: str, quantities: Sequence[Quantity], at: int) -> list[Quantity]:
    """The figures from one on that stand in a row: 3件、2件和1件."""
    row = [quantities[at]]
    for quantity in quantities[at + 1 :]:
        if not _IN_A_ROW.fullmatch(plain, row[-1].end, quantity.start):
            break
        row.append(quantity)
    return row


def _respectively(
    plain: str, row: Sequence[Quantity], around: Surroundings, topic: str, context: Context
) -> Iterator[Claim]:
    """Names in a row with figures in a row; as many of each, or nothing is said."""
    told = lexicon().patterns["row.respectively"].search(around.front)
    named = around.front[: told.start()] if told else around.front
    measures = nouns_in_row(named, topic) or nouns_in_row(around.front[len(named) + 2 :], topic)
    years = _YEARS.findall(plain[: row[0].start])[-len(row) :]
    if len(measures) == 1 and len(years) == len(row) > 1:
        for quantity, year in zip(row, years, strict=True):
            claim = _to_claim(measures[0], plain, quantity, topic, context)
            if claim and (spoken := _year_named(year, context.year)):
                yield replace(claim, year=spoken)
        return
    if len(measures) != len(row) or len(set(measures)) != len(measures):
        return
    for quantity, measure in zip(row, measures, strict=True):
        if quantity.unit in measure.printed_units:
            claim = _to_claim(measure, plain, quantity, _topic_of(measure, topic), context)
            if claim:
                yield claim


def _row_of_changes(
    plain: str, quantities: Sequence[Quantity], at: int, sign: int
) -> list[tuple[Quantity, int]]:
    """The changes from one on that stand in a row, each with its sign: 增加3件、2件、减少1件."""
    row = [(quantities[at], sign)]
    for before, quantity in pairwise(quantities[at:]):
        between = plain[before.end : quantity.start]
        turned = direction_of(between)
        if not _IN_A_ROW.fullmatch(between) and not (turned and _TURNED.fullmatch(between)):
            break
        sign = turned or sign
        row.append((quantity, sign))
    return row


def _grown_respectively(
    row: Sequence[tuple[Quantity, int]], said: Sequence[Claim]
) -> Iterator[Claim]:
    """较上年分别增加3件、2件, of as many figures as the sentence has given before."""
    if len(row) != len(said):
        return
    for (quantity, sign), claim in zip(row, said, strict=True):
        percent = quantity.unit == "%"
        yield replace(
            claim,
            measure=f"{claim.measure}.{'growth_percent' if percent else 'growth'}",
            value=sign * quantity.value,
            unit="percent" if percent else claim.unit,
            kind="growth",
            position=quantity.start,
        )


def _shared_respectively(row: Sequence[Quantity], said: Sequence[Claim]) -> Iterator[Claim]:
    """分别占60%、40%, of the figures just given, which are parts of one whole."""
    named = said[-len(row) :]
    if len(named) != len(row) or len({claim.group for claim in named} - {""}) != 1:
        return
    for quantity, claim in zip(row, named, strict=True):
        if claim.measure.startswith(_SHARED):
            yield replace(
                claim,
                measure=f"{claim.measure}.share_percent",
                value=quantity.value,
                unit="percent",
                approximate=quantity.approximate,
                kind="share",
                position=quantity.start,
            )


def _topic_of(measure: Measure, topic: str) -> str:
    return topic if not measure.topics or topic in measure.topics else measure.topics[0]


def _year_named(word: str, year: int | None) -> int | None:
    if word[0].isdigit():
        return int(word[:4])
    return None if year is None else year - (word == "上年")


def _of_group(
    around: Surroundings, group: str, quantity: Quantity, topic: str
) -> tuple[Measure, ...]:
    """其他3件 after a row of outcomes, ways or results is its rest, 总计9件 its sum."""
    if not group or around.behind:
        return ()
    fitting: list[Measure] = []
    if lexicon().patterns["row.others"].fullmatch(around.front):
        fitting = [m for m in lexicon().measures if m.rest and m.group == group]
    elif lexicon().patterns["after.summed"].fullmatch(around.front):
        sums = [m for m in lexicon().measures if m.sums == group]
        fitting = [m for m in sums if topic in (m.topic, *m.topics)]
    return tuple(m for m in fitting if quantity.unit in m.printed_units)
