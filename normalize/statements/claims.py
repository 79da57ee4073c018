"""What one sentence states: a claim for each figure, with its measure, year and scope."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from normalize.statements.context import Context, scope_at, year_at
from normalize.statements.quantities import Quantity
from normalize.statements.vocabulary import Measure, lexicon

SHARED = ("requests.", "statistics.received_", "statistics.answered_")
"""Measures whose wholes are known: requests received or concluded."""


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


def measure_to_claim(
    measure: Measure, plain: str, quantity: Quantity, topic: str, context: Context
) -> Claim | None:
    """A figure as one of a measure; None where the words around it forbid that."""
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
