"""Each check between years and reports: the smallest error that breaks it, and a sound pair."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from normalize.panel.history import YearReport, one_a_year
from normalize.panel.identity import is_one_body
from normalize.panel.peers import peer_checks
from normalize.panel.settings import PanelSettings
from normalize.panel.twins import Bearer, copies_to_check, report_to_fingerprints, twins_to_checks
from normalize.report import Statement
from tests.panel_examples import BLANK, failures, figures, outcomes, year

REQUESTS = ("2021", "requests")
PROACTIVE = ("2021", "proactive")

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


def fees(*yuan):
    return [year(2021 + n, figures(*PROACTIVE, fees__amount=value)) for n, value in enumerate(yuan)]


def test_money_nearer_to_the_years_beside_it_in_another_unit_is_suspected() -> None:
    assert failures("A-UNIT", *fees(1_200_000, 130, 1_100_000)) == [
        (2022, "fees", "amount", 1_200_000, 130)
    ]
    assert failures("A-UNIT", *fees(130, 1_200_000, 110)) == [
        (2022, "fees", "amount", 130, 1_200_000)
    ]
    assert [found[0] for found in failures("A-UNIT", *fees(130, 1_200_000))] == [2021, 2022]
    assert failures("A-UNIT", *fees(1_200_000, 13_000, 1_100_000)) == []
    assert failures("A-UNIT", *fees(0, 130, BLANK)) == []
    assert failures("A-UNIT", *series(120, 1_200_000, 110)) == []


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


@pytest.mark.parametrize("wrong", [{"same_share": 0}, {"alike": 101}, {"peers": 1}])
def test_tolerances_that_make_no_sense_are_refused(wrong: dict) -> None:
    with pytest.raises(ValueError):
        PanelSettings(**wrong)
