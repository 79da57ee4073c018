"""Proceedings, the 2014 annex, and documents with more than one table of a kind."""

import pytest

from normalize.forms import tables_named
from normalize.report import Verdict
from tests.reading import cell, flags, hard, text_to_report, values

PROCEEDINGS_HEAD = """四、政府信息公开行政复议、行政诉讼情况
行政复议\t\t\t\t\t行政诉讼
结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t\t\t\t\t复议后起诉
\t\t\t\t\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计
"""
SOUND = [1, 0, 2, 0, 3, 0, 1, 0, 0, 1, 4, 0, 0, 1, 5]


def proceedings(figures: list[object]):
    return text_to_report(
        PROCEEDINGS_HEAD + "\t".join(str(figure) for figure in figures) + "\n五、问题\n无。"
    )


def test_fifteen_figures_in_a_row() -> None:
    report = proceedings(list(SOUND))
    assert values(report, "proceedings", "reconsideration") == SOUND[:5]
    assert values(report, "proceedings", "litigation_direct") == SOUND[5:10]
    assert values(report, "proceedings", "litigation_after_reconsideration") == SOUND[10:]
    assert flags(report) == {}


def test_a_surplus_cell_that_does_not_matter_raises_no_doubt() -> None:
    report = proceedings([0] * 16)
    assert values(report, "proceedings", "reconsideration") == [0] * 5
    assert flags(report) == {}


def test_a_surplus_cell_is_found_by_the_sums_and_flagged() -> None:
    report = proceedings([*SOUND[:7], 9, *SOUND[7:]])
    assert values(report, "proceedings", "litigation_direct") == SOUND[5:10]
    assert cell(report, "proceedings", "reconsideration", "upheld").doubts == (
        "one cell too many in the row",
    )


def test_a_lost_cell_is_not_made_up() -> None:
    report = proceedings(SOUND[:7] + SOUND[8:])
    assert values(report, "proceedings", "reconsideration") == ["unreadable"] * 5
    assert cell(report, "proceedings", "reconsideration", "upheld").flagged


def test_a_total_that_does_not_add_up_flags_its_five_cells() -> None:
    report = proceedings([*SOUND[:4], 0, *SOUND[5:]])
    assert set(flags(report)) == {
        ("proceedings", "reconsideration", column)
        for column in ("upheld", "corrected", "other", "pending", "total")
    }
    failed = [c for c in hard(report) if c.passed is False]
    assert [(c.check, c.row, c.column, c.expected, c.actual) for c in failed] == [
        ("P-SUM", "reconsideration", "total", 3, 0)
    ]
    assert report.verdict is Verdict.NEEDS_REVIEW


def test_exchanged_heads_are_flagged_though_every_sum_holds() -> None:
    head = PROCEEDINGS_HEAD.replace("结果维持\t结果纠正", "结果纠正\t结果维持")
    report = text_to_report(head + "\t".join(map(str, SOUND)) + "\n五、问题\n无。")
    assert all(
        o.doubts == ("column heads printed in another order than the form's",)
        for o in report.observations
    )


def statistics_lines() -> list[tuple[str, str, str]]:
    """(label, unit, figure) of the 58 rows, sound by every identity: all zero but a few."""
    given = {
        "requests_received": 3,
        "received_online": 3,
        "requests_concluded": 3,
        "concluded_on_time": 3,
    }
    given |= {
        "requests_answered": 3,
        "answered_granted": 2,
        "answered_refused": 1,
        "refused_privacy": 1,
    }
    given |= {"staff": 2, "staff_part_time": 2, "disclosed_total": 96, "channel_website": 96}
    units = {"yuan": "万元", "items": "条", "times": "次", "persons": "人", "count": "件"}
    rows = tables_named("statistics")[0].blocks[0].rows
    return [(r.label, units[r.unit or "count"], str(given.get(r.name, 0))) for r in rows]


@pytest.mark.parametrize("layout", ["tabs", "one cell a line", "two halves"])
def test_the_annex_of_2014(layout: str) -> None:
    lines = statistics_lines()
    if layout == "tabs":
        text = "统计指标\t单位\t统计数\n一、主动公开情况\t——\t——\n" + "\n".join(
            "\t".join(x) for x in lines
        )
    elif layout == "one cell a line":
        text = "统计指标\n单位\n统计数\n" + "\n".join("\n".join(x) for x in lines)
    else:
        halves = zip(lines[:29], lines[29:], strict=True)
        text = "\t".join(["统计指标", "单位", "统计数"] * 2) + "\n"
        text += "\n".join("\t".join((*left, *right)) for left, right in halves)
    report = text_to_report(text, title="云澜省青砚市2016年政府信息公开年度报告")
    found = [o for o in report.observations if o.value is not None]
    assert [o.form for o in found] == ["2014"] * 58
    assert [str(o.value) for o in found] == [figure for _, _, figure in lines]
    assert flags(report) == {}
    assert {check.passed for check in hard(report)} == {True}


def test_the_annex_flags_a_total_that_does_not_add_up() -> None:
    lines = [
        ("（一）收到申请数", u, "4") if "收到申请数" in x else (x, u, f)
        for x, u, f in statistics_lines()
    ]
    report = text_to_report(
        "\n".join("\t".join(x) for x in lines), title="云澜省青砚市2016年政府信息公开年度报告"
    )
    assert [c.check for c in hard(report) if c.passed is False] == ["T-RECV"]
    assert cell(report, "statistics", "requests_received", "value").doubts == ("fails T-RECV",)


def test_last_years_table_beside_this_years_puts_both_in_doubt() -> None:
    report = text_to_report(
        PROCEEDINGS_HEAD
        + "\t".join(map(str, SOUND))
        + "\n2020年：\n"
        + PROCEEDINGS_HEAD
        + "\t".join("0" * 15)
    )
    assert cell(report, "proceedings", "reconsideration", "total").value == 3
    assert all(o.flagged for o in report.observations)
    assert "table proceedings is printed more than once with different values" in report.reasons


KINDS = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |"
TWO_TABLES = f"""行政复议 |
{KINDS}
1 | 0 | 2 | 0 | 3 |
行政诉讼 |
未经复议直接起诉 | 复议后起诉 |
{KINDS} {KINDS}
0 | 1 | 0 | 0 | 1 | 4 | 0 | 0 | 1 | 5 |
"""
ONE_UNDER_ANOTHER = f"""类型 | {KINDS}
行政复议 | 1 | 0 | 2 | 0 | 3 |
未经复议直接起诉 | 0 | 1 | 0 | 0 | 1 |
复议后起诉 | 4 | 0 | 0 | 1 | 5 |
"""


@pytest.mark.parametrize("tables", [TWO_TABLES, ONE_UNDER_ANOTHER])
def test_proceedings_in_parts(tables: str) -> None:
    report = text_to_report(f"四、政府信息公开行政复议、行政诉讼情况\n{tables}五、问题\n无。")
    assert [o.value for o in report.observations if o.table == "proceedings"] == SOUND
    assert flags(report) == {}


def test_the_table_captioned_with_the_reports_year_is_taken() -> None:
    other = [2, 0, 0, 0, 2, *[0] * 10]
    heading, _, head = PROCEEDINGS_HEAD.partition("\n")
    tables = (
        f"{year}年：\n{head}" + "\t".join(map(str, figures)) + "\n"
        for year, figures in ((2020, other), (2021, SOUND))
    )
    report = text_to_report(f"{heading}\n{''.join(tables)}")
    assert cell(report, "proceedings", "reconsideration", "total").value == 3
    assert all(o.flagged for o in report.observations)
