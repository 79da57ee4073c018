import pytest

from normalize.sections import heading_to_section
from tests.reading import text_to_report


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("一、总体情况", "overview"),
        ("一、概述", "overview"),
        ("二、主动公开政府信息情况", "proactive"),
        ("二、行政机关主动公开政府信息情况", "proactive"),
        ("三、收到和处理政府信息公开申请情况", "requests"),
        ("三、收到和處理政府信息公開申請情況", "requests"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "proceedings"),
        ("五、存在的主要问题及整改措施", "problems"),
        ("六、其他需要报告的事项", "other_matters"),
        ("存在的主要问题及改进情况", "problems"),
        ("二、工作机制保障", "unclassified"),
    ],
)
def test_a_heading_names_its_section(heading: str, section: str) -> None:
    assert heading_to_section(heading) == section


@pytest.mark.parametrize(
    "line",
    [
        "一、本年新收政府信息公开申请数量",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
        "一、加强组织领导。确定专人负责政务公开日常工作。",
        "其他",
        "无",
        "2021年工作总体情况良好。",
        "",
    ],
)
def test_a_row_label_or_a_sentence_is_no_heading(line: str) -> None:
    assert heading_to_section(line) is None


def test_all_text_is_in_some_section_and_no_cell_is() -> None:
    report = text_to_report(
        "前言。\n一、总体情况\n正文一。\n（一）小标题\n正文二。\n"
        "二、主动公开政府信息情况\n规章\t0\t1\t2\n行政规范性文件\t3\t4\t5\n说明文字。\n"
        "六、其他需要报告的事项\n无"
    )
    assert [(s.section, s.heading, s.text) for s in report.sections] == [
        ("unclassified", "", "云澜省青砚市民政局2021年政府信息公开工作年度报告\n前言。"),
        ("overview", "一、总体情况", "正文一。\n（一）小标题\n正文二。"),
        ("proactive", "二、主动公开政府信息情况", "说明文字。"),
        ("other_matters", "六、其他需要报告的事项", "无"),
    ]


def test_headings_swept_into_a_list_still_part_the_text() -> None:
    report = text_to_report(
        "一、总体情况\n正文。\n二、主动公开政府信息情况\n行政许可\n1\n行政处罚\n2\n行政强制\n3\n"
        "三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量\n0\n0\n0\n0\n0\n0\n0\n五、问题\n无。"
    )
    assert [s.section for s in report.sections] == [
        "unclassified",
        "overview",
        "proactive",
        "requests",
        "unclassified",
    ]
