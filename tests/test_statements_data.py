"""The lists of words and checks agree with themselves and with the forms."""

import re

import pytest

from benchmarks.statements.__main__ import (
    LEAST_PRECISION,
    LEAST_RECALL,
    precision_of,
    recall_of,
    score,
    totals,
)
from benchmarks.statements.texts import FAMILIES, family_to_paragraphs
from normalize.forms import tables_named
from normalize.statements.restated import restatements, shares, wholes
from normalize.statements.vocabulary import lexicon, nouns_of

TABLES = ("proactive", "requests", "proceedings", "statistics")
FIELDS = {
    f"{name}.{row}.{column}"
    for name in TABLES
    for table in tables_named(name)
    for row, column in table.fields
}
NAMES = {
    name
    for measure in lexicon().measures
    for names in (measure.names, measure.trial_names, measure.annex_names)
    for name in names.values()
}
OWN = {
    "requests.received.organizations",
    "requests.refused.total",
    "requests.unavailable.total",
    "requests.not_processed.total",
    "requests.handled.total",
    "requests.received_and_carried_over.total",
    "requests.withdrawn.total",
    "requests.received_email.total",
    "requests.received_other_way.total",
    "requests.on_time_rate",
    "requests.answered_rate",
    "information_fees.notices",
    "information_fees.amount",
    "information_fees.notified_amount",
    "proactive.normative_documents.disclosed",
    "proceedings.litigations.total",
    "proceedings.litigations.upheld",
    "proceedings.litigations.corrected",
    "proceedings.litigations.other",
    "proceedings.litigations.pending",
}
"""Names of measures that no cell holds alone."""


def test_every_cell_that_a_sentence_restates_is_in_a_form() -> None:
    sums = [cells for entry in restatements().values() for cells in (*entry.sums, *entry.also)]
    sums += [cells for listed in shares().values() for cells in listed]
    keys = {".".join(key) for cells in sums for _, key in cells}
    assert sorted(keys - FIELDS) == []


def test_every_measure_that_is_compared_can_be_read() -> None:
    named = {*restatements(), *(n for rule in wholes() for n in (*rule.wholes, *rule.parts))}
    known = NAMES | {"requests.received_and_carried_over.total"}
    assert sorted(named - known) == []


def test_a_measure_is_a_cell_of_a_form_or_a_name_of_its_own() -> None:
    optional = {
        "requests.other.total",
        "proactive.procurement.amount",
        "proactive.regulations.in_force",
    }
    assert sorted(NAMES - FIELDS - OWN - optional) == []


def test_no_pattern_has_groups_of_its_own() -> None:
    nouns = [noun for m in lexicon().measures for noun in (*m.nouns, *m.none_nouns)]
    assert [noun for noun in nouns if re.compile(noun).groups] == []


@pytest.mark.parametrize("topic", ["", *lexicon().topic_names])
def test_each_matter_has_words(topic: str) -> None:
    nouns = nouns_of(topic)
    assert nouns.pattern.groups == len(nouns.measures) > 0


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_of_sentences_is_read_well_enough(family: str) -> None:
    count = totals([score(paragraph) for paragraph in family_to_paragraphs(family, rounds=2)])
    assert precision_of(count) >= LEAST_PRECISION
    assert recall_of(count) >= LEAST_RECALL
    assert count["otherwise"] == 0
