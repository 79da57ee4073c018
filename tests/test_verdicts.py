"""What is a report, what is not, and what a person should look at."""

import pytest

from normalize.report import Verdict
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
