"""Growth and shares: figures that compare, in percent, in items or as a multiple."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from normalize.statements.labels import Surroundings, nouns_in_row
from normalize.statements.quantities import Quantity
from normalize.statements.vocabulary import Measure, lexicon, nouns_of


@dataclass(frozen=True, slots=True)
class Change:
    """A comparison of `measure`; `kind` ends its name: growth, growth_percent, share_percent.

    `measure` is None when nobody can tell what is compared.
    """

    measure: Measure | None
    kind: str
    value: Decimal
    unit: str


def change_of(
    plain: str, around: Surroundings, quantity: Quantity, topic: str, last: Measure | None
) -> Change | None:
    """The comparison that a figure states, None for a figure that is no comparison."""
    patterns = lexicon().patterns
    front = around.front
    if quantity.unit == "%" and (share := patterns["changes.share"].search(front)):
        if patterns["changes.of_others"].search(share["of"]):
            return Change(None, "share_percent", quantity.value, "percent")
        named = _named_in(front[: share.start()], topic)
        in_row = nouns_in_row(front[: share.start()], topic)
        if named and (len(in_row) > 1 or not named.fits(plain, quantity.start)):
            named = last = None
        return Change(named or last, "share_percent", quantity.value, "percent")
    if quantity.unit == "倍":
        return _multiple(front, quantity, topic, last)
    sign = direction_of(front)
    if sign is None or patterns["changes.level"].search(front):
        return None
    begin = max(plain.rfind(stop, 0, quantity.start) for stop in "；。") + 1
    compared = list(patterns["changes.compared"].finditer(plain, begin, quantity.start))
    if not compared:
        return None
    # What is compared stands in front of the comparison: 申请量较上年增加.
    start = front.rfind(compared[-1][0])
    clause = patterns["changes.comparing"].sub("", front[:start]) if start >= 0 else front
    measure = _named_in(clause, topic) or last
    if quantity.unit == "%":
        return Change(measure, "growth_percent", sign * quantity.value, "percent")
    if measure is None or quantity.unit not in measure.printed_units:
        return Change(None, "growth", quantity.value, "count")
    return Change(measure, "growth", sign * quantity.value, measure.unit)


def _multiple(front: str, quantity: Quantity, topic: str, last: Measure | None) -> Change | None:
    """是上年的2.3倍, and 增长1.5倍, which is 150 percent."""
    if match := lexicon().patterns["changes.times"].search(front):
        named = _named_in(front[: match.start()], topic)
        return Change(named or last, "growth_times", quantity.value, "times")
    if direction_of(front) == 1 and re.search("上年|同比|同期", front):
        grown = 100 * quantity.value
        return Change(_named_in(front, topic) or last, "growth_percent", grown, "percent")
    return Change(None, "growth_times", quantity.value, "times")


def direction_of(front: str) -> int | None:
    """1 for words of growth right in front of the figure, -1 for words of decline."""
    patterns = lexicon().patterns
    for name, sign in (("changes.up", 1), ("changes.down", -1)):
        if patterns[name].search(front):
            return sign
    return None


def _named_in(text: str, topic: str) -> Measure | None:
    """The measure named last in a text."""
    nouns = nouns_of(topic)
    found = [nouns.measure_of(m) for m in nouns.pattern.finditer(text) if m[0]]
    return found[-1] if found else None
