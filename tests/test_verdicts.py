"""What is a report, what is not, and what a person should look at."""

import pytest

from normalize.report import Verdict
from normalize.verdicts import NO_MATTER
from tests.reading import TITLE, text_to_report
from tests.requests_text import one_row_a_line, sound_figures


def test_a_sound_report_is_accepted() -> None:
    report = text_to_report(one_row_a_line(sound_figures()))
    assert (report.verdict, report.reasons) == (Verdict.ACCEPTED, ())


def test_a_report_of_sentences_alone_is_accepted_for_years_before_the_tables() -> None:
    text = "一、概述\n2012年工作顺利开展，各项制度不断完善，公开内容更加丰富，公开渠道更加畅通，群众满意度不断提高。\n二、主动公开情况\n主动公开信息568条，其中网站公开信息三百条，公告栏公开信息二百六十八条。\n"
    report = text_to_report(text, title="青砚市松烟镇2012年政府信息公开年度报告")
    assert (report.verdict, report.reasons) == (Verdict.ACCEPTED, ())


@pytest.mark.parametrize(
    ("text", "title", "reason"),
    [
        ("政务公开\n机构职能\n领导信息\n通知公告\n" * 10, "青砚市政府网站首页", "not a report"),
        ("关于召开会议的通知。" * 20, "通知", "not a report"),
        (one_row_a_line([[""] * 7] * 23), "政府信息公开工作年度报告格式", "the blank form"),
        ("一、总体情况\n正文缺失", TITLE, "only"),
    ],
)
def test_what_is_no_report_is_quarantined_with_a_reason(text: str, title: str, reason: str) -> None:
    report = text_to_report(text, title=title)
    assert report.verdict is Verdict.QUARANTINED
    assert reason in report.reasons[0]
    assert report.observations == ()


def test_the_beginning_of_a_report_that_says_what_it_is_is_looked_at() -> None:
    text = (
        "本报告根据《中华人民共和国政府信息公开条例》要求，由青砚市公安局编制。本报告中所列数据的统计期限自"
        "2018年1月1日起至12月31日止。\n一、概述\n2018年，我局各项工作有序推进。"
    )
    report = text_to_report(text, title="")
    assert report.verdict is Verdict.NEEDS_REVIEW
    assert (report.agency, report.year) == ("青砚市公安局", 2018)
    assert NO_MATTER in report.reasons


@pytest.mark.parametrize(
    "text",
    [
        "第一条 为做好政府信息公开工作，根据《中华人民共和国政府信息公开条例》，制定本制度。\n" * 5,
        "摘要：2022年，课题组对政府部门的政务公开情况进行了评估。评估显示，公开意识提升。\n" * 5,
        "（四）组织编制本机关的政府信息公开指南、政府信息公开目录和政府信息公开工作年度报告；\n"
        * 5,
    ],
)
def test_what_speaks_of_disclosure_and_is_no_report_stays_out(text: str) -> None:
    assert text_to_report(text, title="").verdict is Verdict.QUARANTINED


def test_an_overview_with_the_points_of_the_form_is_a_report_without_a_title() -> None:
    text = (
        "一、总体情况\n（一）主动公开。2024年，我街道公开信息200条。\n"
        "（二）依申请公开。2024年，我街道未收到申请。\n（三）平台建设。栏目及时更新。"
    )
    report = text_to_report(text, title="")
    assert (report.verdict, report.year) == (Verdict.NEEDS_REVIEW, 2024)


def test_one_report_under_two_forms_of_its_name_is_no_list() -> None:
    text = "2016年青砚市政府信息公开年度报告\n一、概述\n2016年，我市政府信息公开工作有序推进。"
    report = text_to_report(text, title="青砚市人民政府2016年政府信息公开年度报告")
    assert report.verdict is Verdict.NEEDS_REVIEW


def test_two_years_side_by_side_are_not_one_report() -> None:
    other = [[figure * 2 for figure in row] for row in sound_figures()]
    head = "四、行政复议、行政诉讼情况\n结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n"
    text = "\n".join(
        f"{one_row_a_line(figures)}\n{head}{first}\t"
        + "\t".join("0" * 3)
        + f"\t{first}"
        + "\t0" * 10
        for figures, first in ((sound_figures(), 1), (other, 2))
    )
    report = text_to_report(text)
    assert report.verdict is Verdict.QUARANTINED
    assert report.reasons[0].startswith("not one report")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            lambda text: text.replace("| 16 |", "| 17 |", 1),
            "hard checks broken: Q-ROW requests.received, Q-BAL requests.concluded",
        ),
        (
            lambda text: text.replace("| 19 |", "| 十九点 |", 1),
            "1 cell flagged: something that is no number",
        ),
        (
            lambda text: text + "\n四、政府信息公开行政复议、行政诉讼情况\n见附件。",
            "section proceedings has no table",
        ),
    ],
)
def test_a_doubtful_report_says_why_it_needs_review(change, reason: str) -> None:
    report = text_to_report(change(one_row_a_line(sound_figures())))
    assert report.verdict is Verdict.NEEDS_REVIEW
    assert any(reason in given for given in report.reasons)


SENTENCE = "全年公开政府信息三百条，公开渠道更加畅通，群众满意度不断提高，各项制度不断完善，干部作风更加扎实。"


@pytest.mark.parametrize(
    ("text", "title", "reason"),
    [
        (
            "青砚市民政局2021年政府信息公开工作年度报告\n" * 2,
            "青砚市水务局2020年政府信息公开年度报告",
            "a list",
        ),
        (f"一、评估情况\n{SENTENCE}", "青砚市2021年政府信息公开工作评估报告", "another kind"),
        (f"一、收支情况\n{SENTENCE}", "青砚市民政局2021年度部门决算", "another kind"),
        (f"一、主动公开\n{SENTENCE}", "青砚市民政局政府信息公开指南", "another kind"),
        (f"一、总体要求\n{SENTENCE}", "青砚市2021年政务公开工作要点", "another kind"),
        (f"一、概述\n{SENTENCE}", "青砚市民政局2021年上半年政府信息公开工作总结", "part of a year"),
        (f"本报讯 {SENTENCE}", TITLE, "news"),
        (
            f"一、总体情况\n{SENTENCE}\n六、其他",
            "××市××局2021年政府信息公开工作年度报告",
            "blank form",
        ),
        ("行政许可 | 12 | 13 |\n行政处罚 | 4 | 5 |", "松烟区统计年鉴", "not a report"),
        ("抱歉，您访问的页面不存在。", "404", "names no agency"),
        (
            "行政许可 | 12 | 13 | +1 |",
            "青砚市民政局2020年与2021年政府信息公开年报数据对比",
            "not one report",
        ),
    ],
)
def test_documents_of_other_kinds_are_kept_out(text: str, title: str, reason: str) -> None:
    report = text_to_report(text, title=title)
    assert report.verdict is Verdict.QUARANTINED
    assert reason in report.reasons[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (SENTENCE, "no section of an annual report was found"),
        ("2021年我会共公开信息23条，无依申请公开，无行政复议。", "only"),
        (
            "一、总体情况\n二、主动公开政府信息情况\n无\n三、收到和处理政府信息公开申请情况\n无\n四、政府信息公开行政复议、行政诉讼情况\n无",
            "only",
        ),
    ],
)
def test_meagre_reports_are_kept_and_looked_at(text: str, reason: str) -> None:
    report = text_to_report(text)
    assert report.verdict is Verdict.NEEDS_REVIEW
    assert any(said.startswith(reason) for said in report.reasons)


def test_an_annex_that_is_named_and_not_found_is_looked_at() -> None:
    text = f"一、概述\n{SENTENCE}\n二、主动公开情况\n{SENTENCE}\n附件：政府信息公开情况统计表"
    report = text_to_report(text, title="青砚市民政局2016年政府信息公开年度报告")
    assert report.reasons == ("the 政府信息公开情况统计表 is named and was not found",)


def test_a_page_that_explains_a_report_stays_out() -> None:
    text = (
        "《青砚县松烟镇人民政府2023年政府信息公开工作年度报告》已经编制完成并向社会公开,现解读如下。\n"
        "一、编制背景\n年度报告是条例确立的法定制度安排,是反映政府信息公开工作情况的重要途径。\n"
        "二、编制依据\n条例和省里的工作要点。\n三、主要内容\n报告全文包括总体情况等六项内容。\n"
    )
    report = text_to_report(text, title="")
    assert report.verdict is Verdict.QUARANTINED
    assert "explains a report" in report.reasons[0]


def test_a_report_that_names_nobody_but_says_what_it_is_is_looked_at() -> None:
    text = (
        "依据《中华人民共和国政府信息公开条例》第五十条规定,编制本报告。\n一、总体情况\n"
        "（一）主动公开。全年公开信息100余条。\n（二）依申请公开。全年收到申请16件,均按时答复。\n"
    )
    assert text_to_report(text, title="").verdict is Verdict.NEEDS_REVIEW


@pytest.mark.parametrize(
    "overview",
    [
        "2022年,一是做好政府信息主动公开工作。二是做好政府信息依申请公开答复工作。\n",
        "2022年,我局落实条例,把政务公开作为重点。我局成立了领导小组,部署信息公开。"
        "我局在网站做好信息公开。\n",
        "2022年,云澜大学依法办学。\n",
    ],
)
def test_an_overview_of_ones_own_disclosure_makes_a_report(overview: str) -> None:
    opening = (
        "按照《高等学校信息公开办法》要求,结合实际编制发布本报告。\n" if "大学" in overview else ""
    )
    report = text_to_report(f"{opening}一、总体情况\n{overview}", title="")
    assert report.verdict is Verdict.NEEDS_REVIEW
