"""Each check between years and reports: the smallest error that breaks it, and a sound pair."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from normalize.errors import FormError
from normalize.forms import all_fields
from normalize.panel import declared
from normalize.panel.declared import formulas, peer_measures, rules_digest, summed_cells
from normalize.panel.history import Figure, YearReport, one_a_year
from normalize.panel.identity import is_one_body
from normalize.panel.peers import peer_checks
from normalize.panel.settings import PanelSettings
from normalize.panel.territories import is_within, territory_checks
from normalize.panel.twins import Bearer, copies_to_check, report_to_fingerprints, twins_to_checks
from normalize.report import Statement
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
    assert cells.issuperset(summed_cells())
    assert len(formulas()) == 7 + 2 + 5 + 3 + 1 + 2 + 2 + 2 + 1 + 1
    assert len(rules_digest()) == 64


@pytest.mark.parametrize("rule", ["a.b.c is d.e.f", "a.b = d.e.f", " = d.e.f"])
def test_a_rule_that_cannot_be_read_is_refused(rule: str) -> None:
    with pytest.raises(FormError, match="cannot read"):
        declared._to_formula({"id": "X", "kind": "S", "forms": []}, rule)


OWN = {
    f"{row}__natural_person": n
    for n, row in enumerate(
        ("received", "granted", "carried_over", "other_remaining", "refused_state_secret"), start=11
    )
}


def test_last_years_table_is_noticed() -> None:
    same = year(2021, figures(*REQUESTS, **OWN)), year(2022, figures(*REQUESTS, **OWN))
    assert failures("Y-SAME", *same) == [(2022, "", "", 5, 5)]
    one_other = {**OWN, "granted__natural_person": 99}
    other = same[0], year(2022, figures(*REQUESTS, **one_other))
    assert [c.passed for c in outcomes("Y-SAME", *other)] == [True]
    # One request and its answer, alike in both years, say nothing.
    few = {"received__natural_person": 1, "received__total": 1, "granted__natural_person": 1}
    alike = year(2021, figures(*REQUESTS, **few)), year(2022, figures(*REQUESTS, **few))
    assert [c.passed for c in outcomes("Y-SAME", *alike)] == [None]


def test_a_year_that_is_lacking_is_named() -> None:
    years = year(2018), year(2019), year(2022)
    assert [(c.year, c.passed, c.expected, c.actual) for c in outcomes("Y-GAP", *years)] == [
        (2019, True, 2018, 2018),
        (2022, False, 2021, 2019),
    ]


def series(*values, row="received"):
    return [
        year(2021 + n, figures(*REQUESTS, **{f"{row}__natural_person": value}))
        for n, value in enumerate(values)
    ]


def test_a_figure_far_from_all_other_years_stands_out() -> None:
    assert failures("Y-JUMP", *series(40, 41, 39, 42, 400)) == [
        (2025, "received", "natural_person", 41, 400)
    ]
    assert {c.passed for c in outcomes("Y-JUMP", *series(40, 41, 39, 42, 60))} == {True}
    # Far in proportion, yet nineteen are few.
    assert failures("Y-JUMP", *series(1, 1, 1, 1, 20)) == []
    assert {c.passed for c in outcomes("Y-JUMP", *series(40, 41, 400))} == {None}
    assert failures("Y-JUMP", *series(40, 41, 39, BLANK, 400)) != []


def test_a_power_of_ten_between_two_years_is_suspected() -> None:
    assert failures("Y-10K", *series(52, 520_000, 50)) == [
        (2022, "received", "natural_person", 52, 520_000)
    ]
    assert failures("Y-10K", *series(520_000, 52, 530_000)) == [
        (2022, "received", "natural_person", 520_000, 52)
    ]
    assert failures("Y-10K", *series(52, 700_000, 50)) == []
    assert failures("Y-10K", *series(1, 10, 1)) == []
    assert [c.passed for c in outcomes("Y-10K", *series(5, 6, 7))] == [None, True, None]
    with_gap = [r for r in series(52, 520_000, 50, 50) if r.year != 2023]
    assert failures("Y-10K", *with_gap) == []


def growth(measure: str, value: str, claim: str = "growth", at: int = 2022) -> Statement:
    return Statement("overview", measure, Decimal(value), "count", "", year=at, claim=claim)


def told(statement: Statement, before: dict, after: dict) -> tuple[YearReport, YearReport]:
    return (
        year(2021, figures(*REQUESTS, **before)),
        year(2022, figures(*REQUESTS, **after), statements=(statement,)),
    )


GREW = ({"received__total": 50}, {"received__total": 60})


def test_stated_growth_is_proven_by_both_years() -> None:
    percent = "requests.received.total.growth_percent"
    assert [c.passed for c in outcomes("N-GROW", *told(growth(percent, "20"), *GREW))] == [True]
    wrong = told(growth(percent, "12"), *GREW)
    assert failures("N-GROW", *wrong) == [(2022, "received", "total", 12, 20)]
    assert (
        outcomes("N-GROW", *told(growth(percent, "20"), {"received__total": BLANK}, GREW[1])) == []
    )


def test_last_years_figure_is_quoted_as_it_was() -> None:
    quoted = growth("requests.received.total", "50", "figure", 2021)
    assert [c.passed for c in outcomes("Y-DUAL", *told(quoted, *GREW))] == [True]
    wrong = replace(quoted, value=Decimal(55))
    assert failures("Y-DUAL", *told(wrong, *GREW)) == [(2022, "received", "total", 55, 50)]
    before, after = told(wrong, *GREW)
    lacking = replace(
        before, figures={k: f for k, f in before.figures.items() if k[1] != "received"}
    )
    assert [c.passed for c in outcomes("Y-DUAL", lacking, after)] == [None]
    assert outcomes("Y-DUAL", *told(replace(wrong, year=2022), *GREW)) == []
    assert outcomes("Y-DUAL", *told(replace(wrong, approximate=True), *GREW)) == []


TEXT = "一是主动公开的内容还不够丰富，二是依申请公开的答复还不够规范，三是队伍的业务能力有待提高，下一步将加强培训。"


@pytest.mark.parametrize(
    ("other", "passed", "likeness"),
    [
        (TEXT, False, Decimal(100)),
        (TEXT.replace("三", "3"), False, Decimal("98.1")),
        (TEXT[::-1], True, None),
        ("无", None, None),
    ],
)
def test_a_section_that_is_an_earlier_years_is_named(other, passed, likeness) -> None:
    years = year(2019, sections={"problems": TEXT}), year(2022, sections={"problems": other})
    found = outcomes("G-TEXT", *years)
    assert [(c.year, c.row, c.passed, c.actual) for c in found] == [
        (2019, "problems", None, None),
        (2022, "problems", passed, likeness),
    ]


def test_the_report_published_last_stands_for_its_year() -> None:
    first = replace(year(2022, report_id="z"), published_on=date(2023, 1, 20))
    second = replace(
        year(2022, figures(*REQUESTS, received__total=1), report_id="a"),
        published_on=date(2023, 3, 1),
    )
    assert one_a_year([first, second, year(2021)])[0] == (year(2021), second)
    (found,) = outcomes("G-DUPE", first, second)
    assert (found.report_id, found.other_report_id, found.passed) == ("z", "a", False)
    assert found.actual == 175 + 28  # optional rows are among those that differ


def test_fingerprints_are_of_what_a_table_or_text_says() -> None:
    one = year(2021, figures(*REQUESTS, **OWN), sections={"a": "公开 " * 200})
    two = year(2023, figures(*REQUESTS, **OWN), agency="别处", sections={"a": "公开" * 200})
    prints = report_to_fingerprints(one)
    assert [p.what for p in prints] == ["requests", "text"]
    assert report_to_fingerprints(two) == prints
    changed = year(2023, figures(*REQUESTS, **{**OWN, "granted__natural_person": 99}))
    assert report_to_fingerprints(changed)[0] != prints[0]
    assert report_to_fingerprints(year(2021, figures(*REQUESTS), sections={"a": "无"})) == ()


def test_twins_are_named_each_with_another_but_editions_are_not() -> None:
    a, b, c = Bearer("1", "甲", 2021), Bearer("2", "乙", 2021), Bearer("3", "甲", 2023)
    found = list(twins_to_checks("requests", [c, b, a]))
    assert [(f.report_id, f.other_report_id, f.check, f.table) for f in found] == [
        ("1", "2", "G-TWIN", "requests"),
        ("2", "1", "G-TWIN", "requests"),
        ("3", "1", "G-TWIN", "requests"),
    ]
    assert [f.check for f in twins_to_checks("text", [a, b])] == ["G-DUPE", "G-DUPE"]
    assert list(twins_to_checks("text", [a, replace(a, report_id="4")])) == []
    copies = copies_to_check(a, 3)
    assert (copies.check, copies.expected, copies.actual, copies.passed) == ("G-DUPE", 1, 3, False)


def test_what_is_beyond_nearly_all_peers_is_named() -> None:
    group = [
        year(2022, figures(*REQUESTS, received__total=n), agency=str(n)) for n in range(1, 400)
    ]
    group.append(year(2022, figures(*REQUESTS, received__total=9000), agency="far"))
    found = list(peer_checks(group))
    assert [(c.agency_id, c.row, c.expected, c.actual) for c in found] == [
        ("399", "received", 398, 399),
        ("far", "received", 398, 9000),
    ]
    assert list(peer_checks(group[-100:])) == []


def test_a_rate_is_of_bodies_with_enough_of_what_it_is_a_rate_of() -> None:
    def body(name: str, received: int | None, forward: int) -> YearReport:
        cells = figures(*REQUESTS, received__total=received, carried_forward__total=forward)
        return year(2022, cells, agency=name)

    group = [body(str(n), 100, 1) for n in range(199)]
    group += [body("far", 100, 90), body("small", 2, 2), body("blank", BLANK, 5)]
    found = [c for c in peer_checks(group, PanelSettings(peers=200)) if c.row == "carried_forward"]
    assert [(c.agency_id, c.expected, c.actual) for c in found] == [
        ("far", Decimal("0.0100"), Decimal("0.9000")),
    ]


BODIES = [
    ("110101:财政局", "county", "department", True),
    ("-:教育部", "national", "department", True),
    ("-:某某大学", None, "institution", True),
    ("-:栖霞岭县水务局", None, "department", True),
    ("-:栖霞岭县太平镇人民政府", "township", "township_government", True),
    ("栖霞岭县水务局", None, None, True),
    ("-:区档案局", None, "department", False),
    ("-:财政局", None, "department", False),
    ("-:太平镇人民政府", "township", "township_government", False),
    ("-:鼓楼区人民政府", "county", "government", False),
]


@pytest.mark.parametrize(("agency_id", "level", "kind", "one"), BODIES)
def test_a_name_is_of_one_body_or_may_be_of_several(agency_id, level, kind, one) -> None:
    assert is_one_body(agency_id, level, kind) is one


PLACES = [
    ("110101", "110000", True),
    ("130102", "130100", True),
    ("130100", "130000", True),
    ("130102", "130200", False),
    ("130100", "130100", False),
    ("130102", "130103", False),
    ("130102", "", False),
]


@pytest.mark.parametrize(("code", "territory", "expected"), PLACES)
def test_a_code_says_of_what_a_place_is_a_part(code: str, territory: str, expected: bool) -> None:
    assert is_within(code, territory) is expected


def test_a_territory_has_no_less_than_any_part_of_it() -> None:
    def body(name: str, received: int | None) -> YearReport:
        return year(2022, figures(*REQUESTS, received__total=received), agency=name)

    parts = [body("甲县", 7), body("乙县", 9), body("丙县", BLANK)]
    for whole, passed, as_zero in ((9, True, True), (8, False, False), (BLANK, None, False)):
        found = {c.row: c for c in territory_checks(body("市", whole), parts)}
        assert set(found) == {"received", "concluded"}
        check = found["received"]
        assert (check.expected, check.actual, check.passed) == (9, whole, passed)
        assert (check.other_report_id, check.blank_as_zero) == (parts[1].report_id, as_zero)
    assert list(territory_checks(year(2022), parts)) == []


@pytest.mark.parametrize("wrong", [{"same_share": 0}, {"alike": 101}, {"peers": 1}])
def test_tolerances_that_make_no_sense_are_refused(wrong: dict) -> None:
    with pytest.raises(ValueError):
        PanelSettings(**wrong)
