"""Who, for which year, and when: as titles, sentences and pages print it."""

from datetime import date

import pytest

from extract.document import Document, Text
from normalize.titles import (
    AGENCY_FROM_TEXT,
    NO_AGENCY,
    NO_YEAR,
    NOTICE,
    YEAR_FROM_TEXT,
    identify,
)


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
        (["青砚市民政局2022年", "政府信息公开工作年度报告"], "青砚市民政局", 2022),
        (["青砚市民政局", "二〇二二年", "政府信息公开工作", "年度报告"], "青砚市民政局", 2022),
        (["2022年政府信息公开工作年度报告", "青砚市民政局"], "青砚市民政局", 2022),
        (
            ["2022年政府信息公开工作年度报告", "（2023年1月18日）", "青砚市民政局"],
            "青砚市民政局",
            2022,
        ),
        (["青砚市民政局政府信息公开工作年度报告（2022年）"], "青砚市民政局", 2022),
        (["青砚市民政局政府信息公开工作年度报告", "（2022年度）"], "青砚市民政局", 2022),
        (["青砚市民政局政府信息公开工作2022年度报告"], "青砚市民政局", 2022),
        (["青砚市民政局关于2022年度政府信息公开工作年度报告"], "青砚市民政局", 2022),
        (["青砚市民政局关于报送2022年政府信息公开工作年度报告的函"], "青砚市民政局", 2022),
        (["关于印发《青砚市民政局2022年政府信息公开工作年度报告》的通知"], "青砚市民政局", 2022),
        (
            ["青砚市“12345”政务服务热线中心2022年政府信息公开工作年度报告"],
            "青砚市“12345”政务服务热线中心",
            2022,
        ),
        (["青砚市第1局2022年政府信息公开工作年度报告"], "青砚市第1局", 2022),
        (["浏览次数：127 青砚市民政局2022年政府信息公开工作年度报告"], "青砚市民政局", 2022),
        (["1/5/24, 9:10 AM 青砚市民政局2022年政府信息公开工作年度报告"], "青砚市民政局", 2022),
        (
            ["青砚市民政局 2022 年度法治政府建设暨政府信息公开工作年度报告"],
            "青砚市民政局",
            2022,
        ),
        (
            ["2022年度青砚市民政局法治政府建设暨政府信息公开工作年度报告"],
            "青砚市民政局",
            2022,
        ),
        (["青砚市人民政府 - 青砚市商务局2022年政府信息公开工作年度报告"], "青砚市商务局", 2022),
        (
            ["中国—上海合作组织示范区管委会2022年政府信息公开工作年度报告"],
            "中国—上海合作组织示范区管委会",
            2022,
        ),
        (["青砚市商务局2022年政府信息公开工作总结"], "青砚市商务局", 2022),
        (["青硯市商務局2022年政府資訊公開工作年度報告"], "青硯市商務局", 2022),
        (["2022年白鹭镇人民政府信息公开工作年度报告"], "白鹭镇人民政府", 2022),
        (["本溪市民政局2022年政府信息公开工作年度报告"], "本溪市民政局", 2022),
        (["青砚市档案局（馆）2022年政府信息公开工作年度报告"], "青砚市档案局（馆）", 2022),
        (
            [
                "根据《青砚市人民政府办公室关于做好2022年政府信息公开年度报告发布工作的通知》要求，"
                "现公布青砚市水务局2022年政府信息公开工作年度报告。"
            ],
            "青砚市水务局",
            2022,
        ),
    ],
)
def test_a_title_tells_agency_and_year(lines: list[str], agency: str, year: int) -> None:
    found = identify_lines(*lines, "一、总体情况", "2021年，我局收到申请3件。")
    assert (found.agency, found.year, found.doubts) == (agency, year, ())


@pytest.mark.parametrize(
    "title",
    [
        "××市××局2022年政府信息公开工作年度报告",
        "（单位名称）2022年政府信息公开工作年度报告",
        "XX市XX局2022年政府信息公开工作年度报告",
        "某某局2022年政府信息公开工作年度报告",
    ],
)
def test_a_blank_for_the_name_is_no_name(title: str) -> None:
    found = identify_lines(title, "一、总体情况", "2022年，青砚市民政局坚持依法行政。")
    assert (found.agency, found.year, found.doubts) == (None, 2022, (NO_AGENCY,))


@pytest.mark.parametrize(
    "title",
    [
        "关于做好2022年政府信息公开工作年度报告编制发布工作的通知",
        "青砚市人民政府办公室关于做好2022年政府信息公开工作年度报告编制工作的通知",
        "青砚市2022年政府信息公开工作年度报告编制指南",
        "政府信息公开工作年度报告格式",
    ],
)
def test_a_notice_names_no_report(title: str) -> None:
    found = identify_lines(title, "各镇：", "请按时报送。", "一、总体情况")
    assert (found.is_notice, found.title, found.agency) == (True, None, None)
    assert NOTICE in found.doubts


def test_names_above_and_below_a_title_that_differ_are_a_doubt() -> None:
    found = identify_lines("青砚市人民政府", "2022年政府信息公开工作年度报告", "青砚市民政局")
    assert found.agency == "青砚市人民政府"
    assert found.doubts == (
        "one name stands above the title, another below it: 青砚市人民政府, 青砚市民政局",
    )


def test_a_name_that_ends_like_no_public_body_is_a_doubt() -> None:
    found = identify_lines("青砚市法治建设2022年政府信息公开工作年度报告")
    assert found.doubts == (
        "the title's agency 青砚市法治建设 does not end like the name of a public body",
    )


@pytest.mark.parametrize("line", ["返回顶部", "青砚市人民政府门户网站"])
def test_words_of_the_page_are_no_name(line: str) -> None:
    found = identify_lines(line, "2022年政府信息公开工作年度报告", "一、总体情况", "顺利。")
    assert (found.agency, found.doubts) == (None, (NO_AGENCY,))


def test_a_cited_notice_is_no_title() -> None:
    found = identify_lines(
        "根据《青砚市人民政府办公室关于做好2021年政府信息公开年度报告发布工作的通知》要求编制。",
        "一、总体情况",
    )
    assert (found.agency, found.title, found.is_notice) == (None, None, False)


def test_years_of_laws_and_of_documents_do_not_count() -> None:
    found = identify_lines(
        "青砚市商务局政府信息公开工作年度报告",
        "根据国办公开办函〔2021〕30号、2019年修订的《条例》和2020年要求，制定本报告。",
        "一、总体情况",
        "2022年，我局认真贯彻条例。2022年共公开信息12条。",
    )
    assert (found.agency, found.year) == ("青砚市商务局", 2022)
    assert found.doubts == (YEAR_FROM_TEXT,)


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
        (["发布日期：20200123", "一、总体情况"], date(2020, 1, 23)),
        (["公开日期:", "2020-01-23 09:04", "一、总体情况"], date(2020, 1, 23)),
        (["釋出日期：2020-01-23", "一、總體情況"], date(2020, 1, 23)),
        (["生成日期：2019-12-30  公开日期：2020-01-23", "一、总体情况"], date(2020, 1, 23)),
        (["成文日期：2020-01-12", "发布日期：2020-01-23", "一、总体情况"], date(2020, 1, 23)),
        (["更新时间：2024-05-06 发布时间：2020-01-23", "一、总体情况"], date(2020, 1, 23)),
        (["页面生成时间：2024-05-06", "成文日期：2020-01-12", "一、总体情况"], date(2020, 1, 12)),
        (["有效期至：2028-01-12", "一、总体情况"], None),
        (["当前时间：2025-12-30", "一、总体情况"], None),
        (["今天是2025年12月30日 星期二", "一、总体情况"], None),
        (["一、总体情况", "正文。", "青砚市商务局　　　　2020年1月23日"], date(2020, 1, 23)),
        (["一、总体情况", "正文。", "二〇二〇年一月三十日"], date(2020, 1, 30)),
        (
            ["一、总体情况", "正文。", "青砚市商务局", "2020年1月23日", "打印 关闭"],
            date(2020, 1, 23),
        ),
    ],
)
def test_the_date_of_publication(lines: list[str], day: date | None) -> None:
    assert identify_lines(*lines).published_on == day


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["（2020年1月30日发布）"], date(2020, 1, 30)),
        (["2020-01-30 15:20:11"], date(2020, 1, 30)),
        (["（二〇二〇年元月十一日）"], date(2020, 1, 11)),
        (["时间：2020/1/30　　　阅读：88次"], date(2020, 1, 30)),
        (["来源:区人民政府办公室 时间:2020-01-30 10:01"], date(2020, 1, 30)),
        (["门户网站 www.example.gov.cn 2020-01-30 10:21 来源: 市网站"], date(2020, 1, 30)),
        (["2020-01-30    浏览:"], date(2020, 1, 30)),
        (["门户网站   2020年01月30日   来源：市人民政府网站"], date(2020, 1, 30)),
        (["会议于2020年1月30日召开"], None),
        (["2025年12月30日"], None),
        (["更新时间：2024-05-06", "2020-01-30"], date(2020, 1, 30)),
    ],
)
def test_a_date_beside_the_title_counts_in_the_years_that_fit(
    lines: list[str], day: date | None
) -> None:
    title = "青砚市商务局2019年政府信息公开工作年度报告"
    assert identify_lines(title, *lines, "一、总体情况", "正文。").published_on == day


def test_a_sentence_that_hands_on_the_report_is_no_name() -> None:
    found = identify_lines(
        "首页 > 政府信息公开 > 政府信息公开年报",
        "青砚县水务局2020年政府信息公开工作",
        "年度报告",
        "来源: 时间:2021年04月12日",
        "根据通知精神,将我局2020年度政府信息公开工作报告如下:",
        "一、总体情况",
    )
    assert (found.agency, found.year) == ("青砚县水务局", 2020)
    assert found.title == "青砚县水务局2020年政府信息公开工作年度报告"
    assert identify_lines("现将我局2020年度政府信息公开工作报告如下:").agency is None


@pytest.mark.parametrize(
    ("opening", "year"),
    [
        ("我镇编制了《松烟镇2020年政府信息公开工作年度报告》。", 2021),
        ("松烟镇2020年政府信息公开工作年度报告", 2020),
    ],
)
def test_last_years_title_in_a_sentence_gives_way_to_the_year_of_the_figures(
    opening: str, year: int
) -> None:
    found = identify_lines(
        opening,
        "所列数据的统计期限自2021年1月1日起至12月31日止。",
        "一、总体情况",
        "2021年,我镇公开信息88条。2021年,未收到申请。",
    )
    assert (found.agency, found.year) == ("松烟镇", year)
    assert "the title's year 2020 is not the year of its figures 2021" in found.doubts


def test_the_last_words_of_a_title_may_stand_in_another_order() -> None:
    found = identify_lines("青砚县松烟镇2023年政府信息公开 工作告年度报", "一、总体情况")
    assert (found.agency, found.year) == ("青砚县松烟镇", 2023)


def test_a_school_year_is_no_name() -> None:
    found = identify_lines("2020-2021学年信息公开工作年度报告", "一、概述")
    assert (found.agency, found.year) == (None, 2021)
