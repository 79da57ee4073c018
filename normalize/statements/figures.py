"""The figures of one sentence with their measures, and the changes and shares stated of them."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.statements.again import (
    is_in_brackets,
    is_part_of_the_same,
    is_the_same,
    is_told_behind,
)
from normalize.statements.changes import Change, change_of
from normalize.statements.claims import SHARED, Claim, measure_to_claim
from normalize.statements.context import Context, scope_at, topic_at
from normalize.statements.labels import Label, Surroundings, label_of, surroundings_of
from normalize.statements.quantities import Quantity, find_quantities
from normalize.statements.rows import row_to_claims
from normalize.statements.unsaid import is_unsaid, plans_begin
from normalize.statements.vocabulary import Measure, lexicon, named_alike

_RECEIVED = {"requests.received.total", "statistics.requests_received.value"}


def sentence_to_figures(plain: str, context: Context) -> Iterator[Claim]:
    """What the figures of a sentence state, from left to right."""
    quantities = find_quantities(plain)
    planned = plans_begin(plain)
    done = 0
    # What the figure before was of, and what stood in front of the brackets that it is in.
    last: Measure | None = None
    outside: Measure | None = None
    was_change = False
    ahead: Quantity | None = None
    last_topic = context.topic
    group = ""
    said: list[Claim] = []
    for at, quantity in enumerate(quantities):
        if at < done or quantity.start >= planned:
            continue
        if is_unsaid(plain, quantity.start):
            last = None
            continue
        if not is_in_brackets(plain, quantity.start):
            last, outside = outside or last, None
        elif outside is None:
            outside = last
        around = surroundings_of(plain, quantities, at)
        topic = topic_at(plain, quantity.start, context.topic)
        row, length = row_to_claims(plain, quantities, at, around, topic, context, said)
        if length:
            done = at + length
            said += [claim for claim in row if claim.kind == "figure"]
            yield from row
            continue
        change = change_of(plain, around, quantity, topic, last)
        if change is not None:
            yield from _changed(change, plain, quantity, last_topic, topic, context)
            last, was_change = change.measure or last, True
            continue
        label = label_of(around, quantity, topic)
        measures = (
            _fitting(label, plain, quantity, topic)
            if label
            else _of_group(around, _group_summed(said, group), quantity, topic)
        )
        if not measures and last and is_the_same(plain, around.front, quantity, was_change):
            measures = (last,) if quantity.unit in last.printed_units else ()
        was_change = False
        stated: list[Measure] = []
        for measure in measures:
            claim = measure_to_claim(measure, plain, quantity, topic, context)
            if claim is None or is_part_of_the_same(claim, said, plain):
                continue
            last_topic, group = topic, measure.group or group
            stated.append(measure)
            said.append(claim)
            yield claim
            if ahead and quantity.unit == ahead.unit:
                yield from _told_ahead(measure, plain, ahead, topic, context)
        # A share behind a figure of no measure, or of several, is not one of the figure before.
        last = stated[0] if len(stated) == len(measures) == 1 else None
        ahead = quantity if is_told_behind(plain, around.front, quantity) else None


def _fitting(label: Label, plain: str, quantity: Quantity, topic: str) -> tuple[Measure, ...]:
    """The label's measures, or the first other one of that name where its own do not fit."""
    if len(label.measures) > 1 or label.measures[0].fits(plain, quantity.start):
        return label.measures
    alike = named_alike(label.noun, topic) if label.noun else ()
    fitting = (m for m in alike if m.fits(plain, quantity.start))
    return tuple(m for m in fitting if quantity.unit in m.printed_units)[:1]


def _told_ahead(
    measure: Measure, plain: str, quantity: Quantity, topic: str, context: Context
) -> Iterator[Claim]:
    claim = measure_to_claim(measure, plain, quantity, topic, context)
    if claim and claim.year != context.year:
        yield claim


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
    if name is None or (is_share and not name.startswith(SHARED)):
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


def _group_summed(said: list[Claim], group: str) -> str:
    """The group that 其他 and 共计 speak of: requests received and carried over are one, too."""
    named = {claim.measure for claim in said}
    return "coming" if named & _RECEIVED and "requests.carried_over.total" in named else group


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
