"""Figures in a row behind names in a row: 复议、诉讼分别为3件、2件, 同比分别增长5%、下降2%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from normalize.statements.changes import direction_of
from normalize.statements.claims import SHARED, Claim, measure_to_claim
from normalize.statements.context import Context
from normalize.statements.labels import Surroundings, nouns_in_row
from normalize.statements.quantities import Quantity
from normalize.statements.vocabulary import Measure, lexicon

_IN_A_ROW = re.compile(r"[、，和及与]*")
_TURNED = re.compile(r"[、，和及与]*[^、，和及与\d]{2,6}")
_YEARS = re.compile(r"(?:上年|本年|(?:19|20)\d\d年)")


def row_to_claims(
    plain: str,
    quantities: Sequence[Quantity],
    at: int,
    around: Surroundings,
    topic: str,
    context: Context,
    said: Sequence[Claim],
) -> tuple[list[Claim], int]:
    """What the row of figures that begins at one states, and how many they are; 0 for no row.

    `said` is what the sentence has stated before.
    """
    if lexicon().patterns["row.respectively"].search(around.front):
        row = _row_of_figures(plain, quantities, at)
        return list(_named_respectively(plain, row, around, topic, context)), len(row)
    if "分别" in around.front and (sign := direction_of(around.front)):
        changes = _row_of_changes(plain, quantities, at, sign)
        return list(_grown_respectively(changes, said)), len(changes)
    if quantities[at].unit == "%" and around.front.endswith("分别占"):
        row = _row_of_figures(plain, quantities, at)
        return list(_shared_respectively(row, said)), len(row)
    return [], 0


def _row_of_figures(plain: str, quantities: Sequence[Quantity], at: int) -> list[Quantity]:
    """The figures from one on that stand in a row: 3件、2件和1件."""
    row = [quantities[at]]
    for quantity in quantities[at + 1 :]:
        if not _IN_A_ROW.fullmatch(plain, row[-1].end, quantity.start):
            break
        row.append(quantity)
    return row


def _named_respectively(
    plain: str, row: Sequence[Quantity], around: Surroundings, topic: str, context: Context
) -> Iterator[Claim]:
    """Names in a row with figures in a row; as many of each, or nothing is said."""
    told = lexicon().patterns["row.respectively"].search(around.front)
    named = around.front[: told.start()] if told else around.front
    measures = nouns_in_row(named, topic) or nouns_in_row(around.front[len(named) + 2 :], topic)
    years = _YEARS.findall(plain[: row[0].start])[-len(row) :]
    if len(measures) == 1 and len(years) == len(row) > 1:
        for quantity, year in zip(row, years, strict=True):
            claim = measure_to_claim(measures[0], plain, quantity, topic, context)
            if claim and (spoken := _year_named(year, context.year)):
                yield replace(claim, year=spoken)
        return
    if len(measures) != len(row) or len(set(measures)) != len(measures):
        return
    for quantity, measure in zip(row, measures, strict=True):
        if quantity.unit in measure.printed_units:
            claim = measure_to_claim(measure, plain, quantity, _topic_of(measure, topic), context)
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
        if claim.measure.startswith(SHARED):
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
