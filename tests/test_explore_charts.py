"""Axes of shares, and the map of squares."""

from collections import Counter
from xml.etree import ElementTree

import pytest

pytest.importorskip("datasette", reason="the extra 'web' is not installed")

from explore.chart_parts import wrap
from explore.charts import Chart, Series, chart_to_svg
from explore.routes import chart_to_csv
from explore.tile_map import SHADES, Legend, Tile, all_squares
from explore.wording import LANGUAGES
from normalize.places.gazetteer import LAST_YEAR, gazetteer

SVG = "{http://www.w3.org/2000/svg}"
LEGEND = Legend("fewer than 10 reports", "no data")


def texts(chart: Chart, *, linked: bool = False) -> list[str]:
    return [
        t.text or ""
        for t in ElementTree.fromstring(chart_to_svg(chart, linked=linked)).iter(f"{SVG}text")
    ]


@pytest.mark.parametrize(
    ("highest", "top"),
    [
        (0.013, "4.0%"),
        (0.07, "10.0%"),
        (0.33, "40.0%"),
        (0.41, "60.0%"),
        (0.97, "100.0%"),
        (1.0, "100.0%"),
        (1.15, "120.0%"),
        (3.0, "320.0%"),
    ],
)
def test_an_axis_of_shares_ends_a_little_above_the_highest(highest: float, top: str) -> None:
    chart = Chart("lines", "t", "", ("2021", "2022"), (Series("s", (0.01, highest)),), "", True)
    said = [text for text in texts(chart) if text.endswith("%")]
    assert said == ["0.0%", *said[1:-1], top]


def test_an_axis_of_shares_without_numbers_is_drawn() -> None:
    chart = Chart("lines", "t", "", ("2021",), (Series("s", (None,)),), "", True)
    assert "100.0%" in texts(chart)


def test_every_province_has_one_square_of_its_own() -> None:
    squares = all_squares()
    provinces = {code[:2] for code in gazetteer(LAST_YEAR).by_code if code.endswith("0000")}
    assert {square.code for square in squares} >= provinces
    assert Counter((square.column, square.row) for square in squares).most_common(1)[0][1] == 1
    for language in LANGUAGES:
        assert len({square.name(language) for square in squares}) == 34


def tile(code: str, value: float | None, reports: int, *, few: bool = False) -> Tile:
    [square] = [s for s in all_squares() if s.code == code]
    return Tile(
        square, square.name("en"), value, reports, few, f"/reports?province={code}&year=2022"
    )


def a_map() -> Chart:
    tiles = (
        tile("11", 0.5, 40),
        tile("12", 0.25, 30),
        tile("31", 0.125, 20),
        tile("32", 0.9, 3, few=True),
        tile("71", None, 0),
    )
    values = tuple(None if t.few else t.value for t in tiles)
    counts = tuple(float(t.reports) for t in tiles)
    series = (Series("share", values), Series("reports", counts, as_count=True))
    names = tuple(t.name for t in tiles)
    return Chart("tiles", "a <map>", "", names, series, "note", True, tiles, LEGEND)


def test_a_square_says_its_number_and_not_by_its_shade_alone() -> None:
    said = texts(a_map())
    assert said[said.index("Beijing") :][:3] == ["Beijing", "50.0%", "(40)"]
    assert said[said.index("Jiangsu") :][:3] == ["Jiangsu", "…", "(3)"]
    assert said[said.index("Taiwan") :][:2] == ["Taiwan", "–"]
    assert "90.0%" not in said
    assert {LEGEND.few, LEGEND.nothing} <= set(said)


def test_squares_without_numbers_are_hatched() -> None:
    root = ElementTree.fromstring(chart_to_svg(a_map()))
    fills = {
        group.find(f"{SVG}title").text: group.find(f"{SVG}rect").get("fill")
        for group in root.iter(f"{SVG}g")
        if group.find(f"{SVG}title") is not None
    }
    assert fills["Taiwan: no data"] == "url(#nothing)"
    assert fills["Jiangsu: fewer than 10 reports (3)"] == "url(#few)"
    assert fills["Beijing: 50.0% (40)"] == SHADES[-1]
    assert fills["Shanghai: 12.5% (20)"] != fills["Beijing: 50.0% (40)"]


def test_squares_lead_to_their_reports_on_a_page_and_not_in_a_file() -> None:
    page = ElementTree.fromstring(chart_to_svg(a_map(), linked=True))
    links = {a.get("aria-label"): a.get("href") for a in page.iter(f"{SVG}a")}
    assert links["Beijing: 50.0% (40)"] == "/reports?province=11&year=2022"
    assert len(links) == 5
    assert page.get("role") == "group"
    assert "<a " not in chart_to_svg(a_map())


def test_the_data_of_a_map_have_the_numbers_of_reports() -> None:
    assert chart_to_csv(a_map()) == (
        "\ufeff,share,reports\nBeijing,0.5,40\nTianjin,0.25,30\nShanghai,0.125,20\n"
        "Jiangsu,,3\nTaiwan,,0\n"
    )


@pytest.mark.parametrize(
    ("said", "most", "lines"),
    [
        ("", 10, []),
        ("one two three", 8, ["one two", "three"]),
        ("甲乙丙丁戊", 4, ["甲乙", "丙丁", "戊"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
    ],
)
def test_notes_are_broken_into_lines(said: str, most: int, lines: list[str]) -> None:
    assert wrap(said, most) == lines
