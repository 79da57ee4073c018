"""A government against those of the divisions of its territory."""

import pytest

from normalize.panel.history import YearReport
from normalize.panel.territories import coverage_check, is_within, sum_checks, territory_checks
from normalize.places.gazetteer import divisions_of
from tests.panel_examples import BLANK, figures, year

REQUESTS = ("2021", "requests")

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


def body(name: str, received: int | None, form: str = "2021") -> YearReport:
    return year(2022, figures(form, "requests", received__total=received), agency=name)


@pytest.mark.parametrize(
    ("whole", "parts", "passed", "as_zero"),
    [
        (16, (7, 9), True, True),
        (17, (7, 9), False, False),
        (7, (7, BLANK), None, True),
        (BLANK, (7, 9), None, False),
    ],
)
def test_a_territory_may_be_the_sum_of_its_divisions(
    whole: int | None, parts: tuple[int | None, ...], passed: bool | None, as_zero: bool
) -> None:
    children = {code: body(code, n) for code, n in zip(("130102", "130104"), parts, strict=True)}
    found = {c.row: c for c in sum_checks(body("市", whole), children.keys(), children)}
    assert set(found) == {"received", "concluded"}
    check = found["received"]
    assert (check.check, check.kind, check.actual) == ("G-SUM", "I", whole)
    assert (check.expected, check.passed, check.blank_as_zero) == (
        sum(n or 0 for n in parts),
        passed,
        as_zero,
    )


def test_a_sum_needs_every_division_in_the_same_edition() -> None:
    whole, children = body("市", 9), {"130102": body("130102", 9)}
    assert list(sum_checks(whole, {"130102", "130104"}, children)) == []
    assert list(sum_checks(whole, {"130102"}, {"130102": body("130102", 9, "2019")})) == []
    assert list(sum_checks(whole, set(), {})) == []


def test_divisions_without_a_report_are_counted() -> None:
    check = coverage_check("r", "a", 2022, {"130102", "130104", "130105"}, {"130104", "130200"})
    assert (check.check, check.kind, check.passed) == ("G-COVER", "I", False)
    assert (check.expected, check.actual) == (3, 1)
    assert coverage_check("r", "a", 2022, {"130102"}, {"130102"}).passed is True


def test_divisions_are_those_of_the_year() -> None:
    assert {"440100", "440300"} <= divisions_of("440000", 2022)
    assert "440305" in divisions_of("440300", 2022)
    assert divisions_of("440305", 2022) == frozenset()
    # A municipality's districts belong to no city of the table; nor does a county of its province.
    assert "110101" in divisions_of("110000", 2022)
    assert "429004" in divisions_of("420000", 2022)
    # Tongzhou became a district in 1997.
    assert "110223" in divisions_of("110000", 1990)
    assert "110223" not in divisions_of("110000", 2022)
