"""The proactive table: blocks in their own editions, units of money, split and unknown rows."""

from decimal import Decimal

import pytest

from normalize.report import Status
from tests.reading import cell, flags, text_to_report, values

HEAD_2019 = "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |"
HEAD_2021 = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |"
ITEMS = "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |"
DECISIONS = "信息内容 | 本年处理决定数量 | ||"


def report_of(*lines: str):
    return text_to_report("二、主动公开政府信息情况\n" + "\n".join(lines))


def test_the_form_is_found_block_by_block() -> None:
    report = report_of(HEAD_2019, "规章 | 1 | 2 | 3 |", DECISIONS, "行政许可 | 5 | ||")
    assert [(o.form, o.row, o.column) for o in report.observations if o.value is not None] == [
        ("2021", "permits", "decisions"),
        ("2019", "regulations", "produced"),
        ("2019", "regulations", "newly_disclosed"),
        ("2019", "regulations", "total_disclosed"),
    ]


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (HEAD_2021, "2021"),
        ("信息内容 | 本年发件 | 本年废止件数 | 现行有效件 |", "2021"),
        ("信息内容 | 本年制发件数量 | 本年废止件数 | 现行有效件数 |", "2021"),
        (HEAD_2019, "2019"),
        ("信息内容 | 本年新 | 本年新 | 对外公开总数量 |", "2019"),
        ("資訊內容 | 本年新製作數量 | 本年新公開數量 | 對外公開總數量 |", "2019"),
        (
            "信息內(nèi)容 | 本年制發(fā)件數(shù)量 | 本年廢止件數(shù) | 現(xiàn)行有效件數(shù) |",
            "2021",
        ),
    ],
)
def test_damaged_heads_still_tell_the_form(head: str, form: str) -> None:
    report = report_of(head, "规章 | 2 | 1 | 3 |", "规范性文件 | 5 | 4 | 6 |")
    assert {o.form for o in report.observations if o.value is not None} == {form}
    assert values(report, "proactive", "normative_documents") == [5, 4, 6]
    assert flags(report) == {}


def test_heads_in_pieces_one_cell_a_line() -> None:
    cells = [
        "信息内容",
        "本年新",
        "制作数量",
        "本年新",
        "公开数量",
        "对外公开",
        "总数量",
        "规章",
        "1",
        "2",
        "3",
    ]
    report = report_of(*cells)
    assert values(report, "proactive", "regulations") == [1, 2, 3]


def test_without_a_head_the_edition_is_a_guess_and_flagged() -> None:
    report = report_of("规章 | 1 | 2 | 3 |")
    found = [o for o in report.observations if o.row == "regulations"]
    assert [(o.value, o.doubts) for o in found] == [
        (Decimal(value), ("column heads not found",)) for value in (1, 2, 3)
    ]


def test_a_column_whose_head_means_something_else_is_not_read() -> None:
    report = report_of(
        "信息内容 | 上一年项目数量 | 本年数量 | 处理决定数量 |", "行政许可 | 6 | 7 | 122 |"
    )
    assert values(report, "proactive", "permits") == [6, "missing", 122]


def test_rows_that_the_form_does_not_have_shift_nothing() -> None:
    report = report_of(
        HEAD_2019,
        "规章 | 2 | 2 | 3 |",
        "规范性文件 | 11 | 11 | 119 |",
        "其他主动公开文件 | 56 | 45 | 45 |",
        ITEMS,
        "行政许可 | 15 | +4 | 583 |",
    )
    assert values(report, "proactive", "normative_documents") == [11, 11, 119]
    assert values(report, "proactive", "permits") == [15, 4, 583]
    assert [(extra.label, extra.values) for extra in report.extras] == [
        ("其他主动公开文件", ("56", "45", "45"))
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [
            "行政许可 | 0 | 0 | 0 |",
            "其他对外管理服务事项 | 行政检查 | 1 | 2 | 3 |",
            "行政确认 | 4 | 5 | 6 |",
        ],
        [
            "行政许可",
            "0",
            "0",
            "0",
            "其他对外管理服务事项",
            "行政检查",
            "1",
            "2",
            "3",
            "行政确认",
            "4",
            "5",
            "6",
        ],
    ],
)
def test_a_row_printed_as_sub_rows_has_no_single_value(rows: list[str]) -> None:
    head = ITEMS if "|" in rows[0] else ITEMS.replace(" |", "").replace(" ", "\n")
    report = report_of(head, *rows, "六、其他需要报告的事项", "无。")
    found = [o for o in report.observations if o.row == "other_services"]
    assert {(o.status, o.value) for o in found} == {(Status.MISSING, None)}
    assert all(o.doubts == ("printed as several sub-rows",) for o in found)


@pytest.mark.parametrize(
    ("head", "printed", "yuan", "doubts"),
    [
        ("采购总金额", "120198725.06 元", "120198725.06", ()),
        ("采购总金额(万元)", "477.35", "4773500", ()),
        ("采购总金额(万元,保留四位小数)", "103.3879万元", "1033879", ()),
        ("采购总金额", "976.81万元", "9768100", ()),
        ("采购总金额", "153103.83", "153103.83", ("no unit of money printed, taken as yuan",)),
        ("采购总金额", "0", "0", ("fails B-PRO1",)),
        ("采购总金额（亿元）", "1.5", "150000000", ()),
        ("採購總金額（單(dān)位：萬(wàn)元）", "22.59", "225900", ()),
        ("采购总金额（美元）", "22", "22", ("no unit of money printed, taken as yuan",)),
    ],
)
def test_money_comes_out_in_yuan_and_is_scaled_once(
    head: str, printed: str, yuan: str, doubts: tuple[str, ...]
) -> None:
    report = report_of(f"信息内容 | 采购项目数量 | {head} |", f"政府集中采购 | 9 | {printed} |")
    amount = cell(report, "proactive", "procurement", "amount")
    assert (amount.value, amount.unit, amount.raw, amount.doubts) == (
        Decimal(yuan),
        "yuan",
        printed,
        doubts,
    )


def test_marks_words_and_blanks_stay_what_they_are() -> None:
    report = report_of(
        HEAD_2019,
        "规章 | 本单位未制作规章 | 本单位未制作规章 | 本单位未制作规章 |",
        "规范性文件 | | | |",
        ITEMS,
        "行政许可 | \\ | +3 | / |",
    )
    assert values(report, "proactive", "regulations") == ["unreadable"] * 3
    assert values(report, "proactive", "normative_documents") == ["blank"] * 3
    assert values(report, "proactive", "permits") == ["placeholder", 3, "placeholder"]


def test_one_figure_for_two_columns_is_given_to_neither() -> None:
    head = "信息内容\n上一年项目数量\n本年增/减"
    report = report_of(head, "行政许可", "1", "2", "行政事业性收费", "5", "三、其他", "无。")
    found = [o for o in report.observations if o.row == "fees"]
    assert [(o.value, o.raw, o.flagged) for o in found] == [(None, "5", True)] * 2


def test_a_note_in_the_cell_is_not_added() -> None:
    report = report_of(HEAD_2021, "规章 | 22（其中修订 16 件） | 0 | 55（含自然失效 29 件） |")
    assert values(report, "proactive", "regulations") == [22, 0, 55]


def test_negative_counts_are_flagged_and_signed_changes_are_not() -> None:
    report = report_of(ITEMS, "行政许可 | 15 | -4 | -583 |")
    assert flags(report) == {("proactive", "permits", "decisions"): ("fails B-INT",)}


def test_heads_in_another_order_take_their_figures_along() -> None:
    report = report_of(
        "信息内容 | 现行有效件数 | 本年制发件数 | 本年废止件数 |", "规章 | 9 | 2 | 1 |"
    )
    assert values(report, "proactive", "regulations") == [2, 1, 9]


def test_last_years_column_beside_this_years_is_left_out() -> None:
    report = report_of("信息内容 | 本年处理决定数量 | 上年处理决定数量 |", "行政处罚 | 392 | 399 |")
    assert values(report, "proactive", "penalties") == [392]
    assert flags(report) == {}


PROCUREMENT = "信息内容 | 采购项目数量 | 采购总金额 |"


@pytest.mark.parametrize(
    "lines",
    [
        ["（单位：万元）", PROCUREMENT, "政府集中采购 | 9 | 12.5 |"],
        [PROCUREMENT, "政府集中采购（万元） | 9 | 12.5 |"],
        [PROCUREMENT, "政府集中采购 | 9 | 12.5（万元） |"],
        [PROCUREMENT, "政府集中采购 | 9 | 12.5万 |"],
    ],
)
def test_the_unit_of_money_may_stand_around_the_cell(lines: list[str]) -> None:
    amount = cell(report_of(*lines), "proactive", "procurement", "amount")
    assert (amount.value, amount.doubts) == (Decimal(125000), ())


def test_words_in_place_of_figures_are_unreadable_in_a_list_too() -> None:
    words = (
        "信息内容 本年制发件数 本年废止件数 现行有效件数 规章 未统计 未统计 未统计 规范性文件 4 5 6"
    )
    report = report_of(*words.split())
    assert values(report, "proactive", "regulations") == ["unreadable"] * 3
    assert values(report, "proactive", "normative_documents") == [4, 5, 6]


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ("19\n+4", [19, 4, "missing"]),
        ("+4", ["missing", 4, "missing"]),
        ("减3\n16", ["missing", -3, 16]),
        ("19\n4", ["unreadable"] * 3),
        ("-3\n-2", ["unreadable"] * 3),
    ],
)
def test_a_sign_tells_the_change_where_blank_cells_were_left_out(figures: str, found) -> None:
    report = report_of(
        *ITEMS.rstrip(" |").split(" | "),
        "行政许可",
        *figures.split("\n"),
        "行政处罚",
        "3",
        "0",
        "3",
    )
    assert values(report, "proactive", "permits") == found
    assert all(
        cell(report, "proactive", "permits", column).flagged
        for column in ("items_last_year", "change", "decisions")
    )


PURCHASES = ("信息内容", "采购项目数量", "采购总金额（万元）", "政府集中采购")


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("3", "未采购"), [3, "unreadable"]),
        (("3", "详见附件"), [3, "unreadable"]),
        (("3", "五万元"), [3, 50000]),
        (("3", "由县里统一办理采购"), ["unreadable", "unreadable"]),
    ],
)
def test_a_remark_in_place_of_a_figure_is_a_cell_of_the_row(cells, found) -> None:
    lines = [*ITEMS.rstrip(" |").split(" | "), "行政许可", "3", "+1", "4", *PURCHASES, *cells]
    report = report_of(*lines, "三、收到和处理政府信息公开申请情况")
    assert values(report, "proactive", "procurement") == found
    assert values(report, "proactive", "permits") == [3, 1, 4]
    remarked = found[1] == "unreadable"
    assert cell(report, "proactive", "procurement", "projects").flagged is remarked


def test_a_remark_between_two_rows_belongs_to_the_row_it_fills() -> None:
    items = ITEMS.rstrip(" |").split(" | ")
    report = report_of(*items, "行政许可", "3", "+1", "未统计", "行政处罚", "8", "0", "8")
    assert values(report, "proactive", "permits") == [3, 1, "unreadable"]
    assert values(report, "proactive", "penalties") == [8, 0, 8]
