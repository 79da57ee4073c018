"""Reports as programs that save pages flatten them and cut them off."""

import pytest

from normalize.report import Report, Verdict
from tests.reading import flags, text_to_report, values

ZEROS = " ".join("0" * 15)
CODED = (
    ("主动公开信息数", "条", 21, 57),
    ("申请总数", "条", 3, 9),
    ("其中:1.当面申请数", "条", 1, 4),
    ("2.传真申请数", "条", 0, 0),
    ("对申请的答复总数", "条", 3, 9),
    ("其中:1.同意公开答复数", "条", 2, 8),
    ("行政复议数", "件", 0, 1),
)


def form_of(report: Report, table: str) -> set[str]:
    return {o.form for o in report.observations if o.table == table}


@pytest.mark.parametrize(
    ("heads", "edition"),
    [
        ("信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |", "2021"),
        ("信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |", "2019"),
    ],
)
def test_a_table_cut_off_before_its_editions_part_is_in_that_of_the_one_before(
    heads: str, edition: str
) -> None:
    report = text_to_report(
        f"二、主动公开政府信息情况\n{heads}\n规章 | 1 | 0 | 3 |\n三、收到和处理政府信息公开申请情况\n"
        "自然人 | 法人或其他组织 | 总计 |\n"
        "一、本年新收政府信息公开申请数量 | 4 | 1 | 0 | 0 | 0 | 0 | 5 |\n"
        "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"
    )
    assert form_of(report, "requests") == {edition}
    assert values(report, "requests", "received") == [4, 1, 0, 0, 0, 0, 5]


def test_the_number_of_a_label_that_the_cut_took_is_no_figure() -> None:
    report = text_to_report(
        "三、收到和处理政府信息公开申请情况\n"
        "一、本年新收政府信息公开申请数量 |\n4 |\n1 |\n0 |\n0 |\n0 |\n0 |\n5 |\n||\n"
        "二、上年结转政府信息公开申请数量 |\n0 |\n0 |\n0 |\n0 |\n0 |\n0 |\n0 |\n||\n(三)不予公开 |\n1."
    )
    assert values(report, "requests", "carried_over") == [0] * 7
    assert {o.row for o in report.observations if o.value is not None} == {
        "received",
        "carried_over",
    }
    assert flags(report) == {}


def test_figures_alone_on_a_line_under_heads_in_pieces_are_a_row() -> None:
    report = text_to_report(
        "四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n"
        "结果 结果 其他 尚未 总\n维持 纠正 结果 审结 计 结果 结果 其他 尚未 总 结果 结果 其他 尚未 总\n"
        f"维持 纠正 结果 审结 计 维持 纠正 结果 审结 计\n{ZEROS.replace('0 0', '1 0', 1)[:-1]}0\n"
        "五、存在的主要问题及改进情况\n无。"
    )
    assert values(report, "proceedings", "reconsideration") == [1, 0, 0, 0, 0]
    assert values(report, "proceedings", "litigation_after_reconsideration") == [0] * 5


def test_a_row_broken_within_a_blank_cell_is_one_row() -> None:
    report = text_to_report(
        "二、主动公开政府信息情况\n信息内容 | 本年处理决定数量 | ||\n行政处罚 | 2 | ||\n"
        "行政强制 |\n| ||\n第二十条第(八)项 | |||\n信息内容 | 本年收费金额(单位:万元) | ||\n"
        "行政事业性收费 | 3 | ||"
    )
    assert values(report, "proactive", "compulsions") == ["blank"]
    assert values(report, "proactive", "fees") == [30000]


def coded(*columns: int) -> str:
    """A local form with codes, of which only some columns of figures are filled."""
    rows = (
        " | ".join(
            (
                row[0],
                row[1],
                f"{code:02}",
                *(str(row[at]) if at in columns else "" for at in (2, 3)),
            )
        )
        for code, row in enumerate(CODED, start=8)
    )
    return "指标名称 | 计量单位 | 代码 | 本期实际 | 本年累计 |\n" + "\n".join(
        f"{row} |" for row in rows
    )


def test_figures_of_the_year_stand_beside_codes_and_those_of_a_part_of_it() -> None:
    report = text_to_report(coded(2, 3))
    assert values(report, "statistics", "disclosed_total") == [57]
    assert values(report, "statistics", "answered_granted") == [8]


def test_a_code_is_no_figure_where_the_figures_are_blank() -> None:
    report = text_to_report(coded())
    assert [o for o in report.observations if o.value is not None] == []


def test_figures_of_all_years_together_are_not_those_of_the_year() -> None:
    report = text_to_report(
        "一、概述\n2021年，我局主动公开政府信息57条。\n二、附表\n"
        "指标名称 | 计量单位 | 历年累计 |\n主动公开信息数 | 条 | 900 |\n其中:1.当面申请数 | 件 | 15 |\n"
        "2.传真申请数 | 件 | 3 |\n行政复议数 | 件 | 1 |\n行政诉讼数 | 件 | 0 |"
    )
    assert [o for o in report.observations if o.value is not None] == []
    assert ("历年累计", ("900", "15", "3", "1", "0")) in [
        (e.label, e.values) for e in report.extras
    ]


GLUED = """二、主动公开政府信息情况
第二十条第(一)项
信息内容本年制发件数本年废止件数现行有效件数
规章000
行政规范性文件{papers}
第二十条第(六)项
信息内容本年处理决定数量
行政处罚30
行政强制0
第二十条第(八)项
信息内容本年收费金额(单位:万元)
行政事业性收费12.5
三、收到和处理政府信息公开申请情况
一、本年新收政府信息公开申请数量4100005
二、上年结转政府信息公开申请数量0000000
四、政府信息公开行政复议、行政诉讼情况
行政复议行政诉讼
结果维持结果纠正其他结果尚未审结总计未经复议直接起诉复议后起诉
100010000000000
五、存在的主要问题及改进情况
无。"""


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        ("502", [5, 0, 2]),
        ("5008", [50, 0, 8]),
        ("512", [5, 1, 2]),
        ("5010", []),
        ("5123", []),
        ("51", []),
        ("", []),
    ],
)
def test_figures_without_gaps_are_parted_where_there_is_one_way(
    papers: str, expected: list[int]
) -> None:
    report = text_to_report(GLUED.format(papers=papers))
    row = [o for o in report.observations if o.row == "normative_documents" and o.value is not None]
    assert [o.value for o in row] == expected
    assert all(o.flagged for o in row)
    assert values(report, "proactive", "penalties") == [30]
    assert values(report, "proactive", "fees") == [125000]
    assert values(report, "requests", "received") == [4, 1, 0, 0, 0, 0, 5]
    assert values(report, "proceedings", "reconsideration") == [1, 0, 0, 0, 1]
    assert {o.flagged for o in report.observations if o.row in ("penalties", "fees")} == {False}


def test_a_form_younger_than_the_report_is_in_doubt() -> None:
    title = "松石县水务局2012年政府信息公开工作年度报告"
    opening = "一、概述\n2012年，我局主动公开政府信息57条。\n二、附表\n"
    report = text_to_report(opening + coded(2, 3), title)
    assert report.year == 2012
    assert values(report, "statistics", "disclosed_total") == [57]
    assert all(o.flagged for o in report.observations if o.value is not None)
    assert report.verdict is Verdict.NEEDS_REVIEW


def test_a_sign_between_label_and_figure_is_not_passed_over() -> None:
    report = text_to_report(
        "二、主动公开政府信息情况\n第二十条第(五)项\n信息内容 本年处理决定数量\n行政许可  >100\n"
        "第二十条第(六)项\n信息内容 本年处理决定数量\n行政处罚  50\n行政强制  5\n"
    )
    assert values(report, "proactive", "permits") != [100]
    assert values(report, "proactive", "penalties") == [50]
