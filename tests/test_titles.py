"""Who, for which year, and when: as titles, sentences and pages print it."""

from datetime import date

import pytest

from extract.document import Document, Text
from normalize.titles import AGENCY_FROM_TEXT, NO_AGENCY, NO_YEAR, YEAR_FROM_TEXT, identify


def identify_lines(*lines: str, metadata: tuple[tuple[str, str], ...] = ()):
    blocks = tuple(Text("paragraph", line) for line in lines)
    return identify(Document("a.txt", "0" * 64, "text/plain", "text", None, blocks, metadata))


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        (["青砚市民政局2021年政府信息公开工作年度报告"], "青砚市民政局", 2021),
        (["青砚市民政局 2021 年政府信息公开工作年度报告"], "青砚市民政局", 2021),
        (["青砚市民政局2021年度政府信息公开年报"], "青砚市民政局", 2021),
        (["青砚市民政局2021年度政府信息公开工作年度报告"], "青砚市民政局", 2021),
        (["青砚市民政局", "2021年政府信息公开工作年度报告"], "青砚市民政局", 2021),
        (["2021年青砚市民政局政府信息公开工作", "年度报告"], "青砚市民政局", 2021),
        (["2022年度松烟镇政府信息公开工作年度报告"], "松烟镇", 2022),
        (["正文", "青砚市民政局2019年政府信息公开工作报告"], "青砚市民政局", 2019),
        (
            ["首页>政务公开>政府信息公开年报", "青砚市民政局2021年政府信息公开工作年度报告"],
            "青砚市民政局",
            2021,
        ),
        (["您的位置：首页 > 青砚市民政局2021年政府信息公开工作年度报告"], "青砚市民政局", 2021),
        (["青硯市民政局2021年政府信息公開工作年度報告"], "青硯市民政局", 2021),
        (["青砚市民政局二〇二一年政府信息公开年度报告"], "青砚市民政局", 2021),
        (["根据规定，现公布青砚市民政局2020年政府信息公开工作年度报告。"], "青砚市民政局", 2020),
        (
            ["按照规定，《2020年度青砚市水务局信息公开工作年度报告》已经研究同意。"],
            "青砚市水务局",
            2020,
        ),
    ],
)
def test_a_title_tells_agency_and_year(lines: list[str], agency: str, year: int) -> None:
    found = identify_lines(*lines, "一、总体情况", "2021年，我局收到申请3件。")
    assert (found.agency, found.year, found.doubts) == (agency, year, ())


def test_the_page_title_counts_when_the_text_has_none() -> None:
    found = identify_lines(
        "一、总体情况", metadata=(("title", "青砚市民政局2021年政府信息公开工作年度报告"),)
    )
    assert (found.agency, found.year) == ("青砚市民政局", 2021)


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        ("本报告由云澜省公安厅编制。", "云澜省公安厅"),
        ("2023年，云澜省公安厅坚持以人民为中心。", "云澜省公安厅"),
        ("2023年度,栖梧县林业局在县委的领导下开展工作。", "栖梧县林业局"),
    ],
)
def test_a_name_from_a_sentence_is_a_doubt(sentence: str, agency: str) -> None:
    found = identify_lines("一、总体情况", sentence)
    assert (found.agency, AGENCY_FROM_TEXT in found.doubts) == (agency, True)


@pytest.mark.parametrize("sentence", ["2023年，我局坚持依法行政。", "2023年，本镇认真贯彻条例。"])
def test_we_is_no_name(sentence: str) -> None:
    found = identify_lines("一、总体情况", sentence)
    assert (found.agency, found.year) == (None, 2023)
    assert found.doubts == (NO_AGENCY, YEAR_FROM_TEXT)


def test_the_period_of_the_figures_tells_the_year() -> None:
    found = identify_lines(
        "本报告所列数据的统计期限自2019年1月1日起至12月31日止。", "一、总体情况", "2020年将继续。"
    )
    assert (found.year, YEAR_FROM_TEXT in found.doubts) == (2019, True)


def test_a_title_of_another_year_than_the_figures_is_a_doubt() -> None:
    found = identify_lines(
        "青砚市民政局2022年政府信息公开工作年度报告", "数据统计期限为2021年1月1日至2021年12月31日。"
    )
    assert found.year == 2022
    assert found.doubts == ("the title's year 2022 is not the year of its figures 2021",)


def test_nothing_is_made_up() -> None:
    found = identify_lines("一、总体情况", "工作顺利。")
    assert (found.agency, found.year, found.title, found.published_on) == (None, None, None, None)
    assert found.doubts == (NO_AGENCY, NO_YEAR)


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["发布日期:2020-01-23 10:15:14", "一、总体情况"], date(2020, 1, 23)),
        (["发布时间：2020年1月23日", "一、总体情况"], date(2020, 1, 23)),
        (["日期: 2020/01/23", "一、总体情况"], date(2020, 1, 23)),
        (["一、总体情况", "正文。", "青砚市民政局", "2020年1月23日"], date(2020, 1, 23)),
        (["一、总体情况", "会议于2020年1月23日召开。"], None),
        (["发布日期：", "一、总体情况"], None),
        (["发布日期：2020-02-31", "一、总体情况"], None),
    ],
)
def test_the_date_of_publication(lines: list[str], day: date | None) -> None:
    assert identify_lines(*lines).published_on == day
