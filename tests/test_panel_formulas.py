"""The formulas between two years: the smallest error that breaks each, and a sound pair."""

from dataclasses import replace

import pytest

from normalize.errors import FormError
from normalize.forms import all_fields
from normalize.panel import declared
from normalize.panel.declared import (
    formulas,
    money_cells,
    peer_measures,
    rules_digest,
    summed_cells,
)
from normalize.panel.history import Figure
from tests.panel_examples import BLANK, failures, figures, outcomes, year

REQUESTS = ("2021", "requests")
PROACTIVE_2019, PROACTIVE = ("2019", "proactive"), ("2021", "proactive")
PROCEEDINGS = ("2021", "proceedings")
STATISTICS = ("2014", "statistics")


def pair(before, after, first=2021):
    """Two years' reports from (form, table, values) each."""
    (form, table, values), (form_after, table_after, values_after) = before, after
    return (
        year(first, figures(form, table, **values)),
        year(first + 1, figures(form_after, table_after, **values_after)),
    )


FORMULAS = [
    # check, year of the second, (form, table, values) before, after, how it fails
    pytest.param(
        "Y-CARRY",
        2022,
        (*REQUESTS, {"carried_forward__total": 3}),
        (*REQUESTS, {"carried_over__total": 3}),
        {"carried_over__total": 4},
        ("carried_over", "total", 3, 4),
        id="Y-CARRY",
    ),
    pytest.param(
        "Y-CARRY",
        2021,
        ("2019", "requests", {"carried_forward__business": 1}),
        (*REQUESTS, {"carried_over__business": 1}),
        {},
        ("carried_over", "business", 1, 0),
        id="Y-CARRY over the change of forms",
    ),
    pytest.param(
        "Y-FORCE",
        2022,
        (*PROACTIVE, {"normative_documents__in_force": 10}),
        (
            *PROACTIVE,
            {
                "normative_documents__in_force": 11,
                "normative_documents__issued": 3,
                "normative_documents__repealed": 2,
            },
        ),
        {"normative_documents__in_force": 12},
        ("normative_documents", "in_force", 10, 12),
        id="Y-FORCE",
    ),
    pytest.param(
        "Y-ITEMS",
        2020,
        (*PROACTIVE_2019, {"permits__items_last_year": 30, "permits__change": -2}),
        (*PROACTIVE_2019, {"permits__items_last_year": 28}),
        {"permits__items_last_year": 30},
        ("permits", "items_last_year", 28, 30),
        id="Y-ITEMS",
    ),
    pytest.param(
        "Y-PEND",
        2022,
        (*PROCEEDINGS, {"reconsideration__pending": 2}),
        (*PROCEEDINGS, {"reconsideration__total": 2}),
        {"reconsideration__total": 1},
        ("reconsideration", "total", 2, 1),
        id="Y-PEND",
    ),
    pytest.param(
        "B-GROW",
        2020,
        (*PROACTIVE_2019, {"regulations__total_disclosed": 7}),
        (*PROACTIVE_2019, {"regulations__total_disclosed": 7}),
        {"regulations__total_disclosed": 6},
        ("regulations", "total_disclosed", 7, 6),
        id="B-GROW",
    ),
    pytest.param(
        "A-REP",
        2022,
        (*PROACTIVE, {"normative_documents__in_force": 2}),
        (
            *PROACTIVE,
            {"normative_documents__issued": 1, "normative_documents__repealed": 3},
        ),
        {"normative_documents__issued": 1, "normative_documents__repealed": 4},
        ("normative_documents", "repealed", 3, 4),
        id="A-REP",
    ),
    pytest.param(
        "P-REL1",
        2022,
        (*PROCEEDINGS, {"reconsideration__total": 1}),
        (*PROCEEDINGS, {"litigation_after_reconsideration__total": 1}),
        None,
        ("litigation_after_reconsideration", "total", 0, 1),
        id="P-REL1",
    ),
    pytest.param(
        "T-DONE",
        2016,
        (*STATISTICS, {"requests_received__value": 10}),
        (*STATISTICS, {"requests_received__value": 5, "requests_concluded__value": 15}),
        {"requests_received__value": 5, "requests_concluded__value": 16},
        ("requests_concluded", "value", 15, 16),
        id="T-DONE",
    ),
    pytest.param(
        "Y-F1819",
        2019,
        (*STATISTICS, {"requests_received__value": 50, "requests_concluded__value": 20}),
        ("2019", "requests", {"carried_over__total": 33}),
        {"carried_over__total": 34},
        ("carried_over", "total", 30, 34),
        id="Y-F1819",
    ),
    pytest.param(
        "Y-F2021",
        2021,
        (*PROACTIVE_2019, {"regulations__total_disclosed": 8}),
        (*PROACTIVE, {"regulations__issued": 1, "regulations__in_force": 9}),
        {"regulations__in_force": 9},
        ("regulations", "in_force", 8, 9),
        id="Y-F2021",
    ),
]


@pytest.mark.parametrize(("check", "later", "before", "after", "planted", "found"), FORMULAS)
def test_a_formula_holds_fails_at_its_cell_and_waits_for_operands(
    check, later, before, after, planted, found
) -> None:
    sound = pair(before, after, later - 1)
    assert failures(check, *sound) == []
    assert {c.passed for c in outcomes(check, *sound)} == {True}
    if planted is None:
        before, planted = (*before[:2], {}), after[2]
    wrong = pair(before, (*after[:2], planted), later - 1)
    row, column, expected, actual = found
    assert failures(check, *wrong) == [(later, row, column, expected, actual)]
    (failed,) = [c for c in outcomes(check, *wrong) if c.passed is False]
    assert (failed.report_id, failed.other_report_id) == (wrong[1].report_id, wrong[0].report_id)
    assert failed.form == after[0]

    key = (after[1], row, column)
    blank = replace(wrong[1], figures={**wrong[1].figures, key: Figure(after[0], BLANK)})
    (at,) = [c for c in outcomes(check, wrong[0], blank) if (c.row, c.column) == (row, column)]
    assert at.passed is None and at.blank_as_zero is not None and at.actual is None
    missing = replace(wrong[1], figures={k: f for k, f in wrong[1].figures.items() if k != key})
    (at,) = [c for c in outcomes(check, wrong[0], missing) if (c.row, c.column) == (row, column)]
    assert (at.passed, at.blank_as_zero, at.expected) == (None, None, None)


def test_without_last_years_table_nothing_can_be_assessed() -> None:
    found = outcomes("Y-CARRY", year(2021), year(2022, figures(*REQUESTS)))
    assert [c.passed for c in found] == [None] * 7


def test_a_rule_of_other_editions_says_nothing() -> None:
    two_years = year(2019), year(2020, figures("2019", "requests", "proactive"))
    assert outcomes("Y-F1819", *two_years) == []
    assert {c.passed for c in outcomes("Y-ITEMS", *two_years)} == {None}
    late = year(2022, figures(*PROACTIVE)), year(2023, figures(*PROACTIVE_2019))
    assert outcomes("Y-FORCE", *late) == []


def test_years_are_compared_only_with_the_one_before() -> None:
    before = year(2020, figures("2019", "requests", carried_forward__total=3))
    assert outcomes("Y-CARRY", before, year(2022, figures(*REQUESTS))) == []


def test_a_body_alone_is_not_compared_with_its_territory() -> None:
    before = year(2021, figures(*REQUESTS, carried_forward__total=3), scope="territory")
    after = year(2022, figures(*REQUESTS), scope="own")
    assert {c.passed for c in outcomes("Y-CARRY", before, after)} == {None}


def test_the_text_may_explain_a_failure() -> None:
    before = year(2019, figures(*PROACTIVE_2019, regulations__total_disclosed=7))
    after = year(2020, figures(*PROACTIVE_2019), sections={"proactive": "本年废止规章7件。"})
    assert [c.passed for c in outcomes("B-GROW", before, after)] == [None, True]


def test_every_cell_of_the_declared_rules_is_one_of_the_forms() -> None:
    known = {(f.form, f.table, f.row, f.column) for f in all_fields()}
    for formula in formulas():
        for before, after in formula.forms:
            for term in formula.terms:
                assert (before if term.last else after, *term.key) in known, formula.check
    cells = {name[1:] for name in known}
    assert all(key in cells for measure in peer_measures() for key in measure.keys)
    assert cells.issuperset({*summed_cells(), *money_cells()})
    assert len(formulas()) == 7 + 2 + 5 + 3 + 1 + 2 + 2 + 2 + 1 + 1
    assert len(rules_digest()) == 64


@pytest.mark.parametrize("rule", ["a.b.c is d.e.f", "a.b = d.e.f", " = d.e.f"])
def test_a_rule_that_cannot_be_read_is_refused(rule: str) -> None:
    with pytest.raises(FormError, match="cannot read"):
        declared._to_formula({"id": "X", "kind": "S", "forms": []}, rule)
