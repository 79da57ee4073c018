import pytest

from normalize.sections import heading_to_section
from tests.reading import text_to_report


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("一、总体情况", "overview"),
        ("一、概述", "overview"),
        ("八上其他需要报告的事项", "other_matters"),
        ("二、主动公开政府信息情况", "proactive"),
        ("二、行政机关主动公开政府信息情况", "proactive"),
        ("三、收到和处理政府信息公开申请情况", "requests"),
        ("三、收到和處理政府信息公開申請情況", "requests"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "proceedings"),
        ("五、存在的主要问题及整改措施", "problems"),
        ("六、其他需要报告的事项", "other_matters"),
        ("存在的主要问题及改进情况", "problems"),
        ("二、工作机制保障", "unclassified"),
        ("**一、总体情况**", "overview"),
        ("## 二、主动公开政府信息情况", "proactive"),
        ("第一部分 总体情况", "overview"),
        ("一、2022年总体情况", "overview"),
        ("一、2022年政府信息公开工作总体情况", "overview"),
        ("三、收到和处理政府信息公开申请的情况", "requests"),
        ("四、行政复议和行政诉讼情况", "proceedings"),
        ("五、2022年存在的主要问题及2023年改进措施", "problems"),
        ("五、政府信息公开工作存在的主要问题和下一步打算", "problems"),
        ("五、存在问题和改进措施", "problems"),
        ("五、工作中存在的不足及下一步工作计划", "problems"),
        ("六、需要说明的其他事项", "other_matters"),
        ("二、扎实做好主动公开工作", "unclassified"),
        ("一、政府信息公开工作的基本概况", "overview"),
        ("一、主要工作概述", "overview"),
        ("一、政府信息公开总体工作情况", "overview"),
        ("一、信息公开工作基本情况", "overview"),
        ("二、政府信息公开情况", "proactive"),
        ("三、政府信息公开申请情况", "requests"),
        ("四、依申请公开信息收取费用或减免费用情况", "unclassified"),
        ("四、依申请公开政府信息收费及减免情况", "unclassified"),
        ("一概述", "overview"),
        ("一、綜述", "overview"),
        ("一、总体概况", "overview"),
        ("二、推进政府信息公开情况", "unclassified"),
        ("三、收到和处理政府信息公开甲请情况", "requests"),
        ("七、改进措施", "problems"),
        ("二 政府信息主动公开情况", "proactive"),
        ("- 总体情况", "overview"),
        ("五、政府信息公开行政复议、行政诉讼情况BET下载_体育官方入口app下载_官网", "proceedings"),
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
        "四、行政复议数量",
        "一、主动公开情况 —— ——",
        "一、总体情况……1",
        "二、主动公开政府信息情况 3",
        "一、加强组织领导。确定专人负责政务公开日常工作。",
        "一名专职人员负责",
        "- 主动公开情况良好。",
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


def sections_of(text: str) -> list[tuple[str, str]]:
    """Section and text, without what stands before the first heading."""
    return [(s.section, s.text) for s in text_to_report(text).sections if s.heading]


def test_text_run_on_behind_a_heading_is_its_text() -> None:
    assert sections_of(
        "一、总体情况。2022年，我局公开信息。\n二、主动公开政府信息情况：共3条。\n六、其他需要报告的事项 无"
    ) == [("overview", "2022年，我局公开信息。"), ("proactive", "共3条。"), ("other_matters", "无")]


@pytest.mark.parametrize("page", ["……1", "", " 1"])
def test_a_table_of_contents_has_no_sections(page: str) -> None:
    names = ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"]
    contents = "\n".join(name + page for name in names)
    text = "\n".join(f"{name}\n正文{name[0]}。" for name in names)
    assert sections_of(f"目录\n{contents}\n{text}") == [
        ("overview", "正文一。"),
        ("proactive", "正文二。"),
        ("requests", "正文三。"),
    ]


@pytest.mark.parametrize(
    "nested",
    [
        "一、加强领导。专人负责。\n二、确保安全。先审后公开。\n三、主动公开政府信息情况。无。\n四、依申请公开情况。无。",
        "一、主动公开情况\n无。\n二、依申请公开情况\n无。\n三、存在问题\n无。",
        "一、主动公开\n无。\n二、依申请公开\n无。\n三、政府信息管理\n无。\n四、平台建设\n无。",
        "（一）主动公开政府信息情况\n无。\n（二）收到和处理政府信息公开申请情况\n无。",
    ],
)
def test_numbering_nested_in_a_section_is_its_text(nested: str) -> None:
    assert sections_of(
        f"一、总体情况\n{nested}\n二、主动公开政府信息情况\n正文。\n三、收到和处理政府信息公开申请情况\n无。"
    ) == [("overview", nested), ("proactive", "正文。"), ("requests", "无。")]


def test_headings_numbered_in_brackets_count_where_no_others_do() -> None:
    assert sections_of(
        "（一）总体情况\n正文。\n（二）主动公开政府信息情况\n无。\n（三）存在的主要问题及改进情况\n无。"
    ) == [("overview", "正文。"), ("proactive", "无。"), ("problems", "无。")]


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


def test_a_heading_run_on_to_the_end_of_a_paragraph_still_parts_the_text() -> None:
    report = text_to_report(
        "如有疑问，请与办公室联系（电话：5550）。一、总体情况\n2024年，工作有序推进。\n"
        "二、主动公开政府信息情况\n主动公开信息8条。"
    )
    assert [(s.section, s.text) for s in report.sections][-2:] == [
        ("overview", "2024年，工作有序推进。"),
        ("proactive", "主动公开信息8条。"),
    ]
    assert report.sections[0].text.endswith("（电话：5550）。")


def test_a_number_at_the_end_of_a_sentence_is_no_heading() -> None:
    report = text_to_report("一、总体情况\n全面推进。 二、三产业\n主动公开信息8条。")
    assert [s.section for s in report.sections][-1] == "overview"


def test_points_in_brackets_under_a_section_are_no_sections() -> None:
    report = text_to_report(
        "一、总体情况\n（一）主动公开情况\n公开信息135条。\n（二）依申请公开情况\n收到申请0件。\n"
        "（三）政府信息管理\n制度健全。\n"
    )
    assert [(s.section, s.heading) for s in report.sections if s.heading] == [
        ("overview", "一、总体情况")
    ]


def test_headings_in_brackets_that_go_on_after_a_numbered_one_stay_headings() -> None:
    report = text_to_report(
        "一、总体情况\n工作顺利。\n（二）主动公开政府信息情况\n公开信息135条。\n"
        "（三）依申请公开情况\n收到申请0件。\n"
    )
    assert [s.section for s in report.sections if s.heading] == [
        "overview",
        "proactive",
        "requests",
    ]
