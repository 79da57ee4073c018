"""Where agencies are, of what level and kind, and whether their id outlives renamings."""

import pytest

from normalize.places.bodies import ADVERTISING, agency_to_body, scopes_in
from normalize.places.gazetteer import Rank, gazetteer
from normalize.places.make import rows_to_places

LOCATED = [
    # name, year, code, level, kind
    ("江苏省公安厅", 2023, "320000", "province", "department"),
    ("河北省沧州市气象局", 2021, "130900", "city", "department"),
    ("沭阳县发展和改革局", 2023, "321322", "county", "department"),
    ("重庆市合川区二郎镇人民政府", 2019, "500117", "township", "township_government"),
    ("五常市民意乡人民政府", 2021, "230184", "township", "township_government"),
    ("广州市越秀区人民政府北京街道办事处", 2020, "440104", "township", "street_office"),
    ("淮安市洪泽区人民政府", 2023, "320813", "county", "government"),
    ("孝感市人民政府办公室", 2020, "420900", "city", "government_office"),
    ("江苏省苏州工业园区管理委员会", 2021, "320500", "city", "zone"),
    ("国家税务总局重庆市大渡口区税务局", 2022, "500104", "county", "department"),
    ("重庆海关", 2020, "500000", "province", "department"),
    ("蘇州市吳中區民政局", 2022, "320506", "county", "department"),
    ("上海市第十中学", 2022, "310000", "province", "institution"),
    ("教育部", 2020, None, "national", "department"),
    ("国家能源局", 2020, None, "national", "department"),
    ("人力资源社会保障部(含国家公务员局)", 2009, None, "national", "department"),
    ("云澜省青砚市民政局", 2020, None, None, "department"),
    ("城关镇人民政府", 2020, None, "township", "township_government"),
    ("大同镇人民政府", 2020, None, "township", "township_government"),
    ("白鹭镇人民政府办公室", 2020, None, "township", "government_office"),
    ("上海市公安局长宁分局", 2018, "310105", "county", "department"),
    ("广州市公安局花都区分局", 2017, "440114", "county", "department"),
    ("上海市公安局白鹭分局", 2018, "310000", "province", "department"),
    ("中山大学", 2016, None, None, "institution"),
    ("中山市教育局", 2016, "442000", "city", "department"),
]


@pytest.mark.parametrize(("name", "year", "code", "level", "kind"), LOCATED)
def test_a_body_is_located(
    name: str, year: int, code: str | None, level: str | None, kind: str | None
) -> None:
    body = agency_to_body(name, year)
    assert (body.region_code, body.level, body.kind) == (code, level, kind)
    assert body.doubts == ()


@pytest.mark.parametrize(
    ("name", "text", "agency_id"),
    [
        ("大涌镇人民政府办公室", "地址:中山市大涌镇德政路", "442000:大涌镇人民政府办公室"),
        ("市卫生局", "来源 安康市卫生局", "610900:卫生健康委员会"),
        ("市卫生局", "市卫生局年报。来源 安康市卫生局", "610900:卫生健康委员会"),
        ("市卫生局", "安康市卫生局和宝鸡市卫生局", "-:市卫生局"),
        ("南谯工业开发区", "与滁州市南谯区政府联系", "341103:工业开发区"),
        ("南谯工业开发区", "与区政府联系", "-:南谯工业开发区"),
        ("南谯镇人民政府", "与滁州市南谯区政府联系", "-:南谯镇人民政府"),
    ],
)
def test_a_name_without_its_place_takes_the_one_the_text_prints(
    name: str, text: str, agency_id: str
) -> None:
    assert agency_to_body(name, 2014, [text]).agency_id == agency_id


@pytest.mark.parametrize(
    ("year", "code"), [(2008, "320683"), (2010, "320612"), (1993, "329021"), (2025, "320612")]
)
def test_the_code_is_that_of_the_year(year: int, code: str) -> None:
    name = "南通市通州市统计局" if year < 2009 else "南通市通州区统计局"
    assert agency_to_body(name, year).region_code == code


def test_of_namesakes_the_one_whose_city_is_named_counts() -> None:
    alone = agency_to_body("通州区统计局", 2021)
    assert (alone.region_code, alone.level) == (None, "county")
    assert alone.doubts == ("several places are named so: 110112, 320612",)
    named = agency_to_body("通州区统计局", 2021, ["南通市通州区人民政府门户网站"])
    assert (named.region_code, named.doubts) == ("320612", ())
    assert agency_to_body("通州区统计局", 2021, ["北京和南通的经验"]).region_code is None


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (("沭阳县国土资源局", 2016), ("沭阳县自然资源和规划局", 2023)),
        (("通州市环保局", 2008), ("南通市通州区生态环境局", 2020)),
        (("孝感市人民政府办", 2015), ("孝感市人民政府办公室", 2020)),
        (("淮安市洪泽区政府", 2020), ("洪泽区人民政府", 2023)),
    ],
)
def test_the_id_outlives_renamings(earlier: tuple[str, int], later: tuple[str, int]) -> None:
    assert agency_to_body(*earlier).agency_id == agency_to_body(*later).agency_id


def test_a_town_lies_where_the_text_says_before_its_name() -> None:
    texts = ["2020年会昌县中村乡认真贯彻条例。", "中村乡公开信息12条。"]
    body = agency_to_body("中村乡", 2020, texts)
    assert (body.region_code, body.level) == ("360733", "township")
    assert body.agency_id == agency_to_body("会昌县中村乡", 2020).agency_id
    twice = [*texts, "与泗县中村乡交流"]
    assert agency_to_body("中村乡", 2020, twice).region_code is None


def test_bodies_of_unknown_places_keep_their_whole_name() -> None:
    ids = {agency_to_body(name, 2021).agency_id for name in ("通州区统计局", "朝阳区统计局")}
    assert len(ids) == 2


def test_words_of_advertising_are_a_doubt() -> None:
    body = agency_to_body("新葡京博彩官网区人民政府北京街道办事处", 2020)
    assert (body.region_code, body.doubts) == (None, (ADVERTISING,))


@pytest.mark.parametrize(
    ("texts", "scope"),
    [
        (["本报告数据为局本级数据。"], "own"),
        (["数据包括各镇、各街道。"], "territory"),
        (["本级数据不含各镇。"], "own"),
        (["依法公开。"], None),
    ],
)
def test_the_scope_is_what_the_report_says(texts: list[str], scope: str | None) -> None:
    assert scopes_in(texts) == ({scope} if scope else set())


@pytest.mark.parametrize("year", [1980, 2008, 2019, 2024])
def test_every_division_lies_in_those_above_it(year: int) -> None:
    places = gazetteer(year)
    assert sum(place.rank is Rank.PROVINCE for place in places.by_code.values()) >= 29
    for place in places.by_code.values():
        assert places.by_code[place.province].rank is Rank.PROVINCE
        assert place.rank is not Rank.CITY or place.city == place.code


def test_years_of_one_name_are_joined() -> None:
    columns = ("name", "adcode", "short", "id")
    row = {f"{part}_{column}": "" for part in ("province", "city", "county") for column in columns}
    row |= {"rank": "1", "province_name": "甲省", "province_adcode": "110000"}
    row |= {"province_short": "甲", "province_id": "110000"}
    rows = [row | {"year": str(year)} for year in (2001, 2000, 2003)]
    assert list(rows_to_places(rows)) == [
        ("110000", "甲省", "", "1", "110000", "", "110000", 2000, 2001),
        ("110000", "甲省", "", "1", "110000", "", "110000", 2003, 2003),
    ]
