"""The requests table in the conditions in which real reports print it."""

from decimal import Decimal

import pytest

from normalize.report import Status
from tests.reading import cell, flags, hard, text_to_report, values
from tests.requests_text import HEAD, LABELS, NAMES, one_cell_a_line, one_row_a_line, sound_figures


def assert_reads(text: str, figures: list[list[int]]) -> None:
    """Every cell as printed, nothing flagged, every check passed."""
    report = text_to_report(text)
    for name, row in zip(NAMES, figures, strict=True):
        assert values(report, "requests", name) == [Decimal(figure) for figure in row], name
    assert flags(report) == {}
    assert {check.passed for check in hard(report)} == {True}


@pytest.mark.parametrize("layout", [one_cell_a_line, one_row_a_line])
def test_a_sound_table(layout) -> None:
    assert_reads(layout(sound_figures()), sound_figures())


@pytest.mark.parametrize(
    "lost",
    [
        pytest.param(range(4, 12), id="the sub-labels of one group"),
        pytest.param(range(4, 20), id="the sub-labels of all groups"),
        pytest.param([13], id="one label in the middle"),
        pytest.param([2, 9, 18], id="three labels"),
    ],
)
def test_lost_labels_are_made_up_for_by_order_and_arithmetic(lost) -> None:
    assert_reads(one_cell_a_line(sound_figures(), unlabelled=lost), sound_figures())


def test_a_space_inside_a_number_is_proven_by_its_row() -> None:
    text = one_cell_a_line(sound_figures()).replace("\n16\n", "\n1 6\n", 1)
    assert_reads(text, sound_figures())


def test_a_space_inside_a_number_that_nothing_proves_is_flagged() -> None:
    figures = sound_figures()
    text = one_cell_a_line(figures).replace("\n16\n", "\n1 7\n", 1)
    report = text_to_report(text)
    received = cell(report, "requests", "received", "natural_person")
    assert received.value == 17
    assert received.doubts == ("space inside the number", "fails Q-ROW", "fails Q-BAL")


def test_blanks_stay_blank_and_are_no_zeros() -> None:
    figures: list[list[object]] = [[row[6], "", "", "", "", "", row[6]] for row in sound_figures()]
    report = text_to_report(one_row_a_line(figures))
    assert values(report, "requests", "received") == [19, *["blank"] * 5, 19]
    assert flags(report) == {}
    assert [c.passed for c in report.checks if c.check == "Q-ROW"] == [None] * 23
    assert {c.blank_as_zero for c in hard(report)} == {True}


def test_a_blank_where_the_arithmetic_demands_a_number_is_flagged() -> None:
    figures: list[list[object]] = [list(row) for row in sound_figures()]
    figures[22][6] = ""
    report = text_to_report(one_row_a_line(figures))
    doubt = ("blank where the arithmetic demands a number",)
    assert flags(report) == {("requests", "carried_forward", "total"): doubt}


@pytest.mark.parametrize("row", range(len(NAMES)))
def test_a_wrong_figure_is_flagged_wherever_it_stands(row: int) -> None:
    figures = sound_figures()
    figures[row][2] += 1
    report = text_to_report(one_row_a_line(figures))
    assert cell(report, "requests", NAMES[row], "research").flagged
    failed = {c.check for c in hard(report) if c.passed is False}
    assert failed == {"Q-ROW", "Q-OUT" if 2 <= row < 21 else "Q-BAL"} | (
        {"Q-OUT"} if NAMES[row] == "concluded" else set()
    )


def test_a_table_of_its_own_for_each_row_under_invented_heads() -> None:
    head = "| 本年新收件数 | 上年结转件数 | 予以公开 | 部分公开 | 不予公开 | 结转下年度 | 总计 |"
    parts = [
        f"{label}\n{head}\n{'|---' * 7}|\n| {' | '.join(str(f) for f in row)} |"
        for label, row in zip(LABELS, sound_figures(), strict=True)
    ]
    assert_reads("三、收到和处理政府信息公开申请情况\n" + "\n".join(parts), sound_figures())


def test_a_row_with_too_few_figures_is_not_spread_over_columns() -> None:
    figures: list[list[object]] = [list(row) for row in sound_figures()]
    figures[4] = [0, 0, 0]
    report = text_to_report(one_cell_a_line(figures) + "\n\n四、政府信息公开行政复议情况\n\n无。")
    row = [o for o in report.observations if o.row == "refused_state_secret"]
    assert {(o.status, o.raw, o.flagged) for o in row} == {(Status.UNREADABLE, "0 | 0 | 0", True)}


def test_a_row_cut_by_the_end_of_the_document_keeps_what_is_there() -> None:
    text = (
        one_row_a_line(sound_figures()).rsplit("\n", 1)[0] + "\n| 四、结转下年度继续办理 | 1 | 0 |"
    )
    report = text_to_report(text)
    assert values(report, "requests", "carried_forward") == [1, 0, *["missing"] * 5]
    assert cell(report, "requests", "carried_forward", "business").flagged


def test_a_row_that_the_form_does_not_have_shifts_nothing() -> None:
    text = one_row_a_line(sound_figures())
    line = "| | 其中：网络申请 | 5 | 0 | 0 | 0 | 0 | 0 | 5 |"
    where = text.index("| 二、上年结转")
    report = text_to_report(f"{text[:where]}{line}\n{text[where:]}")
    assert values(report, "requests", "carried_over") == [1, 0, 0, 0, 0, 0, 1]
    assert [(extra.label, extra.values[0]) for extra in report.extras] == [("其中：网络申请", "5")]
    assert flags(report) == {}


def test_exchanged_columns_are_flagged_though_every_row_adds_up() -> None:
    text = one_row_a_line(sound_figures()).replace("商业企业 | 科研机构", "科研机构 | 商业企业")
    report = text_to_report(text)
    assert {check.passed for check in hard(report)} == {True}
    doubt = "column heads printed in another order than the form's"
    assert cell(report, "requests", "received", "business").doubts == (doubt,)


GROUP_START = {4: "(三)不予公开", 12: "(四)无法提供", 15: "(五)不予处理"}


@pytest.mark.parametrize("row", GROUP_START)
def test_a_groups_first_row_without_its_own_label_is_no_sub_total(row: int) -> None:
    group = GROUP_START[row]
    text = one_row_a_line(sound_figures()).replace(f"{group} | {LABELS[row]} |", f"{group} |")
    assert_reads(text, sound_figures())


def sub_total(rows: list[list[int]], label: str) -> str:
    sums = " | ".join(str(sum(column)) for column in zip(*rows, strict=True))
    return f"| | {label} | {sums} |"


@pytest.mark.parametrize("behind", [False, True])
@pytest.mark.parametrize("label", ["小计", "不予公开小计"])
def test_a_sub_total_before_or_behind_its_members(behind: bool, label: str) -> None:
    figures = sound_figures()
    lines = one_row_a_line(figures).split("\n")
    at = next(n for n, line in enumerate(lines) if LABELS[12 if behind else 4] in line)
    lines.insert(at, sub_total(figures[4:12], label))
    report = text_to_report("\n".join(lines))
    assert values(report, "requests", "refused") == [1, 0, 0, 0, 0, 0, 1]
    assert values(report, "requests", "unavailable_not_held") == figures[12]
    assert flags(report) == {}
    assert [c.passed for c in report.checks if c.check == "Q-SUB"] == [True] * 7


def test_a_wrong_sub_total_is_flagged() -> None:
    figures = sound_figures()
    lines = one_row_a_line(figures).split("\n")
    at = next(n for n, line in enumerate(lines) if LABELS[12] in line)
    lines.insert(at, sub_total([*figures[4:12], [1, 0, 0, 0, 0, 0, 1]], "不予公开小计"))
    report = text_to_report("\n".join(lines))
    assert "fails Q-SUB" in cell(report, "requests", "refused", "natural_person").doubts


@pytest.mark.parametrize(
    "column",
    [
        pytest.param(lambda at, row: [row[0], sum(row[1:6]), *row[1:]], id="organisations"),
        pytest.param(lambda at, row: [at + 1, *row], id="serial numbers"),
        pytest.param(lambda at, row: [*row, 7], id="another column behind"),
    ],
)
def test_one_column_that_the_form_does_not_have(column) -> None:
    figures = [column(at, row) for at, row in enumerate(sound_figures())]
    assert_reads(one_row_a_line(figures), sound_figures())


def test_rows_printed_in_another_order_are_found_and_flagged() -> None:
    lines = one_row_a_line(sound_figures()).split("\n")
    at = next(n for n, line in enumerate(lines) if LABELS[1] in line)
    lines[at - 1], lines[at] = lines[at], lines[at - 1]
    report = text_to_report("\n".join(lines))
    assert values(report, "requests", "received") == sound_figures()[0]
    assert values(report, "requests", "carried_over") == sound_figures()[1]
    assert set(flags(report).values()) == {("row printed in another order than the form's",)}


def test_figures_in_front_of_a_table_whose_first_label_is_lost_are_flagged() -> None:
    lines = ["三、收到和处理政府信息公开申请情况", *HEAD]
    for label, row in zip(LABELS, sound_figures(), strict=True):
        lines += [*map(str, row), label]
    report = text_to_report("\n".join(lines[:-1]) + "\n五、问题\n无。")
    assert all(o.flagged for o in report.observations if o.value is not None)


def test_a_blank_row_takes_nothing_from_a_neighbour_without_a_label() -> None:
    figures: list[list[object]] = [list(row) for row in sound_figures()]
    figures[9] = [""] * 7
    report = text_to_report(one_row_a_line(figures).replace(LABELS[10], "?"))
    assert values(report, "requests", "refused_deliberative_process") == ["blank"] * 7
    unnamed = cell(report, "requests", "refused_enforcement_files", "total")
    assert (unnamed.value, unnamed.doubts) == (0, ("row label not recognised",))


def test_a_padded_row_that_lacks_only_its_total_is_flagged() -> None:
    figures: list[list[object]] = [[*row, "", ""] for row in sound_figures()]
    figures[2] = [*sound_figures()[2][:6], "", "", ""]
    report = text_to_report(one_row_a_line(figures))
    doubt = "the row's last cell is blank or one of its cells is lost"
    assert doubt in cell(report, "requests", "granted", "natural_person").doubts


def test_a_list_that_lost_its_repeated_lines_is_in_doubt_throughout() -> None:
    text = one_cell_a_line(sound_figures())
    once = "\n".join(dict.fromkeys(line for line in text.split("\n") if line))
    report = text_to_report(once + "\n五、问题\n无。")
    assert all(o.flagged for o in report.observations if o.value is not None)
