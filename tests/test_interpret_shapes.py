"""Tables laid out otherwise than the forms print them: every value right, or in doubt."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest

from normalize.placed import OTHER_ORDER
from normalize.report import Report
from normalize.shapes.plans import ONE_COLUMN
from tests.reading import cell, text_to_report, values
from tests.requests_text import LABELS, NAMES, sound_figures

KINDS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
HEADS = ("自然人", *KINDS, "总计")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
PROCEEDINGS = (27, 18, 28, 3, 76, 27, 15, 18, 30, 90, 6, 35, 32, 10, 83)
ROWS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")

Grid = Sequence[Sequence[object]]
Writer = Callable[[Grid], str]


def as_pipes(rows: Grid) -> str:
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)


def as_tabs(rows: Grid) -> str:
    return "\n".join("\t".join(map(str, row)) for row in rows)


def as_list(rows: Grid) -> str:
    return "\n\n".join(str(cell) for row in rows for cell in row)


EVERY_WAY = pytest.mark.parametrize("write", [as_pipes, as_tabs, as_list])


def requests(text: str) -> Report:
    return text_to_report(f"三、收到和处理政府信息公开申请情况\n{text}\n四、其他")


def proceedings(text: str) -> Report:
    return text_to_report(f"四、政府信息公开行政复议、行政诉讼情况\n{text}\n五、其他")


def proactive(text: str) -> Report:
    return text_to_report(f"二、主动公开政府信息情况\n{text}\n三、其他")


def with_labels(figures: Grid) -> list[list[object]]:
    return [[label, *row] for label, row in zip(LABELS, figures, strict=True)]


def has_figures(report: Report, figures: Grid) -> bool:
    read = [values(report, "requests", name) for name in NAMES]
    return read == [[Decimal(str(figure)) for figure in row] for row in figures]


def doubts(report: Report) -> set[str]:
    return {doubt for o in report.observations for doubt in o.doubts}


@EVERY_WAY
def test_three_columns_leave_the_kinds_of_organisation_open(write: Writer) -> None:
    figures = sound_figures()
    rows = [[row[0], sum(row[1:6]), row[6]] for row in figures]
    report = requests(write([["事项", "自然人", "法人或其他组织", "总计"], *with_labels(rows)]))
    for name, row in zip(NAMES, figures, strict=True):
        expected = [Decimal(row[0]), *["missing"] * 5, Decimal(row[6])]
        assert values(report, "requests", name) == expected
    assert [extra.label for extra in report.extras] == ["法人或其他组织"]
    assert report.extras[0].values == tuple(str(row[1]) for row in rows)


def test_one_column_is_the_total_in_doubt() -> None:
    figures = sound_figures()
    report = requests(as_pipes([["事项", "数量"], *with_labels([[row[6]] for row in figures])]))
    received = cell(report, "requests", "received", "total")
    assert (received.value, received.doubts) == (Decimal(19), (ONE_COLUMN,))


@EVERY_WAY
def test_a_subtotal_of_organisations_is_no_column_of_the_form(write: Writer) -> None:
    figures = sound_figures()
    rows = [[row[0], sum(row[1:6]), *row[1:]] for row in figures]
    head = [["申请人情况"], ["自然人", "法人或其他组织", "总计"], ["小计", *KINDS]]
    report = requests(write([*head, *with_labels(rows)]))
    assert has_figures(report, figures) or doubts(report)


def test_a_subtotal_in_the_group_is_known_by_the_heads() -> None:
    figures = sound_figures()
    rows = [[row[0], sum(row[1:6]), *row[1:]] for row in figures]
    head = [["申请人情况"], ["自然人", "法人或其他组织", "总计"], ["小计", *KINDS]]
    report = requests(as_pipes([*head, *with_labels(rows)]))
    assert has_figures(report, figures)
    assert doubts(report) == set()


def test_the_total_may_stand_in_front() -> None:
    figures = sound_figures()
    head = [["申请人情况"], ["总计", "自然人", "法人或其他组织"], [*KINDS]]
    report = requests(as_pipes([*head, *with_labels([[row[6], *row[:6]] for row in figures])]))
    assert has_figures(report, figures)
    assert doubts(report) == set()


def test_kinds_in_another_order_are_read_by_their_heads_and_in_doubt() -> None:
    figures = sound_figures()
    head = [["自然人", *reversed(KINDS), "总计"]]
    rows = [[row[0], *reversed(row[1:6]), row[6]] for row in figures]
    report = requests(as_pipes([["项目", *head[0]], *with_labels(rows)]))
    assert has_figures(report, figures)
    assert doubts(report) == {OTHER_ORDER}


def test_invented_heads_do_not_move_columns() -> None:
    figures = sound_figures()
    head = [
        "项目",
        "本年新收件数",
        "上年结转件数",
        "予以公开",
        "部分公开",
        "不予公开",
        "结转",
        "总计",
    ]
    report = requests(as_pipes([head, *with_labels(figures)]))
    assert has_figures(report, figures)


@EVERY_WAY
def test_a_requests_table_on_its_side_is_turned(write: Writer) -> None:
    figures = sound_figures()
    before = [["规章", 1, 0, 7], ["行政规范性文件", 3, 1, 22], ["行政许可", 5], ["行政处罚", 6]]
    rows = [["申请人情况", *LABELS]]
    rows += [[head, *(row[at] for row in figures)] for at, head in enumerate(HEADS)]
    # Text readers take a list of cells for a table from its first figures on.
    report = requests(write([*(before if write is as_list else []), *rows]))
    assert has_figures(report, figures)
    assert all(not o.flagged for o in report.observations if o.table == "requests")


def test_a_table_on_its_side_with_figures_without_labels_is_left() -> None:
    figures = sound_figures()
    rows = [["申请人情况", *LABELS[:12], *[""] * 11]]
    rows += [[head, *(row[at] for row in figures)] for at, head in enumerate(HEADS)]
    report = requests(as_pipes(rows))
    wrong = [o for o in report.observations if o.table == "requests" and o.value and not o.flagged]
    assert wrong == []


@EVERY_WAY
def test_labels_behind_their_figures_are_brought_to_the_front(write: Writer) -> None:
    figures = sound_figures()
    head = [["申请人情况"], ["自然人", "法人或其他组织", "总计"], [*KINDS]]
    rows = [[*row, label] for label, row in zip(LABELS, figures, strict=True)]
    report = requests(write([*head, *rows]))
    assert has_figures(report, figures)
    assert doubts(report) == set()


def has_proceedings(report: Report) -> bool:
    read = [value for row in ROWS for value in values(report, "proceedings", row)]
    return read == [Decimal(figure) for figure in PROCEEDINGS]


def test_a_total_of_litigation_is_left_over() -> None:
    head = [["行政复议", "行政诉讼"], [*RESULTS, "未经复议直接起诉", "复议后起诉", "总计"]]
    report = proceedings(as_pipes([*head, [*RESULTS, *RESULTS], [*PROCEEDINGS, 173]]))
    assert has_proceedings(report)
    assert doubts(report) == set()
    assert [(extra.label, extra.values) for extra in report.extras] == [("总计", ("173",))]


def test_totals_in_front_are_known_by_their_heads() -> None:
    results = (RESULTS[-1], *RESULTS[:-1])
    head = [["行政复议", "行政诉讼"], [*results, "未经复议直接起诉", "复议后起诉"]]
    figures = [PROCEEDINGS[at + n] for at in (0, 5, 10) for n in (4, 0, 1, 2, 3)]
    report = proceedings(as_pipes([*head, [*results, *results], figures]))
    assert has_proceedings(report)
    assert doubts(report) == set()


def test_totals_that_are_not_printed_are_missing() -> None:
    results = RESULTS[:-1]
    head = [["行政复议", "行政诉讼"], [*results, "未经复议直接起诉", "复议后起诉"]]
    figures = [PROCEEDINGS[at + n] for at in (0, 5, 10) for n in range(4)]
    report = proceedings(as_pipes([*head, [*results, *results], figures]))
    assert values(report, "proceedings", "litigation_direct") == [
        *map(Decimal, figures[4:8]),
        "missing",
    ]


@EVERY_WAY
def test_proceedings_one_figure_a_row(write: Writer) -> None:
    names = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
    cells = [(name, result) for name in names for result in RESULTS]
    rows = [[*cell, figure] for cell, figure in zip(cells, PROCEEDINGS, strict=True)]
    report = proceedings(write([["类别", "结果", "数量"], *rows]))
    assert has_proceedings(report)
    assert doubts(report) == set()


def test_proceedings_with_the_results_one_below_another() -> None:
    rows = [[result, *PROCEEDINGS[at::5]] for at, result in enumerate(RESULTS)]
    head = ["结果", "行政复议", "未经复议直接起诉", "复议后起诉"]
    report = proceedings(as_pipes([head, *rows]))
    assert has_proceedings(report)


def test_reconsideration_alone() -> None:
    report = proceedings(as_pipes([["行政复议"], RESULTS, PROCEEDINGS[:5]]))
    assert values(report, "proceedings", "reconsideration") == [*map(Decimal, PROCEEDINGS[:5])]
    assert values(report, "proceedings", "litigation_direct") == ["missing"] * 5


PROACTIVE = (
    ("regulations", "规章", ("本年制发件数", "本年废止件数", "现行有效件数"), (1, 0, 7)),
    (
        "normative_documents",
        "行政规范性文件",
        ("本年制发件数", "本年废止件数", "现行有效件数"),
        (3, 1, 22),
    ),
    ("permits", "行政许可", ("本年处理决定数量",), (337,)),
    ("penalties", "行政处罚", ("本年处理决定数量",), (55,)),
    ("compulsions", "行政强制", ("本年处理决定数量",), (4,)),
    ("fees", "行政事业性收费", ("本年收费金额（单位：万元）",), ("12.5",)),
)


def has_proactive(report: Report) -> bool:
    wanted = {name: [*map(Decimal, figures)] for name, _, _, figures in PROACTIVE}
    wanted["fees"] = [Decimal(125000)]
    return {name: values(report, "proactive", name) for name in wanted} == wanted


@EVERY_WAY
def test_the_proactive_table_as_one_long_line(write: Writer) -> None:
    rows: Grid = [
        [label for _, label, _, _ in PROACTIVE],
        [head for _, _, heads, _ in PROACTIVE for head in heads],
        [figure for _, _, _, figures in PROACTIVE for figure in figures],
    ]
    assert has_proactive(proactive(write(rows)))


@EVERY_WAY
def test_the_proactive_table_one_figure_a_row(write: Writer) -> None:
    rows = [
        [label, head, figure]
        for _, label, heads, figures in PROACTIVE
        for head, figure in zip(heads, figures, strict=True)
    ]
    assert has_proactive(proactive(write(rows)))


ANNEX = (
    ("disclosed_total", "（一）主动公开政府信息数", "条", 790),
    ("disclosed_normative_documents", "其中：主动公开规范性文件数", "条", 19),
    ("normative_documents_issued", "制发规范性文件总数", "件", 22),
    ("channel_gazette", "1.政府公报公开政府信息数", "条", 30),
    ("channel_website", "2.政府网站公开政府信息数", "条", 700),
    ("channel_weibo", "3.政务微博公开政府信息数", "条", 60),
)


def annex(text: str) -> Report:
    title = "云澜省青砚市民政局2016年政府信息公开工作年度报告"
    return text_to_report(f"一、概述\n政府信息公开情况统计表\n{text}", title)


@EVERY_WAY
@pytest.mark.parametrize(
    ("heads", "this_year"),
    [
        (("上年", "本年"), 1),
        (("2016年", "2015年"), 0),
        (("2015", "2016"), 1),
        (("统计数", "上年统计数"), 0),
        (("本期", "累计"), 0),
    ],
)
def test_the_annex_with_another_column_of_figures(
    write: Writer, heads: tuple[str, str], this_year: int
) -> None:
    rows: list[list[object]] = [["统计指标", "单位", *heads], ["一、主动公开情况", *["——"] * 3]]
    for _, label, unit, figure in ANNEX:
        pair = [figure + 7, figure + 7]
        pair[this_year] = figure
        rows.append([label, unit, *pair])
    report = annex(write(rows))
    for name, _, _, figure in ANNEX:
        assert cell(report, "statistics", name, "value").value == figure


def test_columns_that_nobody_can_tell_are_not_read() -> None:
    rows: list[list[object]] = [["统计指标", "单位", "市本级", "全市"]]
    rows += [[label, unit, figure, figure + 7] for _, label, unit, figure in ANNEX]
    read = [cell(annex(as_pipes(rows)), "statistics", name, "value") for name, *_ in ANNEX]
    assert all(o.value is None and o.flagged for o in read)
