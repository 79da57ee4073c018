"""Texts without any line break: cut at the forms' own words, read where digits part in one way."""

import pytest

from extract.document import Document, Text
from normalize.report import Verdict
from normalize.shapes.run_on import run_on_to_lines, without_run_on
from tests.reading import cell, flags, text_to_report, values

PROSE = "2022年，我镇把政务公开作为重点，制度不断完善，渠道更加畅通，内容更加丰富。" * 4
TITLE = "青砚县松烟镇2022年政府信息公开工作年度报告"
PROACTIVE = (
    "二、主动公开政府信息情况第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数"
    "规章000行政规范性文件(指以正式文号印发的文件)213第二十条第（五）项信息内容本年处理决定数量行政许可1517"
)
REQUESTS = (
    "三、收到和处理政府信息公开申请情况（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    "申请人情况自然人法人或其他组织总计商业企业科研机构社会公益组织法律服务机构其他"
    "一、本年新收政府信息公开申请数量12000021462二、上年结转政府信息公开申请数量1000001"
    "三、本年度办理结果（一）予以公开120000012"
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）112013"
)
ENDING = "五、存在的主要问题及改进情况公开意识有待加强。六、其他需要报告的事项无。"


def test_a_report_in_one_line_is_cut_at_the_words_of_the_forms() -> None:
    lines = run_on_to_lines(f"一、总体情况{PROSE}{PROACTIVE}{ENDING}")
    assert lines[0] == "一、总体情况"
    assert lines[2:] == [
        "二、主动公开政府信息情况",
        "第二十条第（一）项",
        "信息内容本年制发件数本年废止件数现行有效件数",
        "规章000",
        "行政规范性文件(指以正式文号印发的文件)213",
        "第二十条第（五）项",
        "信息内容本年处理决定数量",
        "行政许可1517",
        "五、存在的主要问题及改进情况",
        "公开意识有待加强。",
        "六、其他需要报告的事项",
        "无。",
    ]


def test_figures_of_a_report_in_one_line_are_read_and_in_doubt() -> None:
    text = f"{TITLE}一、总体情况{PROSE}{PROACTIVE}{REQUESTS}{ENDING}"
    report = text_to_report(text, title="")
    assert (report.agency, report.year) == ("青砚县松烟镇", 2022)
    assert report.verdict is Verdict.NEEDS_REVIEW
    assert [s.section for s in report.sections if s.heading] == [
        "overview",
        "proactive",
        "requests",
        "problems",
        "other_matters",
    ]
    assert values(report, "proactive", "regulations") == [0, 0, 0]
    assert values(report, "proactive", "normative_documents") == [2, 1, 3]
    assert cell(report, "proactive", "permits", "decisions").value == 1517
    assert values(report, "requests", "carried_over") == [1, 0, 0, 0, 0, 0, 1]
    assert values(report, "requests", "granted") == [12, 0, 0, 0, 0, 0, 12]
    assert flags(report)[("proactive", "normative_documents", "issued")]


@pytest.mark.parametrize("row", ["received", "partially_granted"])
def test_digits_that_part_in_no_way_or_in_several_give_no_figure(row: str) -> None:
    report = text_to_report(f"{TITLE}一、总体情况{PROSE}{PROACTIVE}{REQUESTS}", title="")
    assert not [v for v in values(report, "requests", row) if not isinstance(v, str)]


def test_a_long_paragraph_that_quotes_the_forms_stays_whole() -> None:
    text = Text(
        "paragraph",
        f"本报告由一、总体情况，二、主动公开政府信息情况等部分组成，信息内容完整。{PROSE}",
    )
    document = Document("a.txt", "0" * 64, "text/plain", "text", None, (text,))
    assert without_run_on(document) is document
