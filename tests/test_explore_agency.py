"""The charts of an agency: which number of a year they show."""

from explore.pages.agency import AgencyPage, Figure, YearRow, agency_to_charts
from explore.sums import OUTCOMES, PROCEEDINGS
from explore.wording import words_in

MEASURES = ("received", "granted", "refused", *OUTCOMES, *PROCEEDINGS)


def _report(year: int | None, received: float | None) -> YearRow:
    missing = Figure(None, "absent", False)
    figures = [Figure(received, "reported", False), *(missing for _ in MEASURES[1:])]
    return YearRow({"year": year}, tuple(figures))


def test_a_year_whose_reports_differ_is_a_gap() -> None:
    rows = (
        _report(None, 1),
        _report(2020, 4),
        _report(2021, 7),
        _report(2021, None),
        _report(2022, 5),
        _report(2022, 5),
        _report(2024, 0),
        _report(2024, 6),
        _report(2025, 0),
    )
    page = AgencyPage("a", "甲县乙局", (), None, None, None, MEASURES, rows, (), (), ())
    chart = agency_to_charts(page, words_in("en"))["requests"]
    assert chart.categories == ("2020", "2021", "2022", "2023", "2024", "2025")
    assert chart.series[0].values == (4, 7, 5, None, None, 0)
