"""Tables framed, delimited, quoted by mail programs, or with their labels behind the figures."""

import pytest

from extract.text.delimited import delimited_to_tabs
from extract.text.frames import is_rule, without_frames
from tests.test_text_reader import tables_of

GRID = [
    ["信息内容", "制发件数", "废止件数"],
    ["规章", "0", "12"],
    ["规范性文件", "", "3"],
    ["行政许可", "4", "5"],
]


def framed(rows: list[list[list[str]]], corners: str = "┌┬┐├┼┤└┴┘", run: str = "─") -> str:
    """A table with rules between all rows; each row is some lines of cells."""
    bar = "|" if run == "-" else "│"
    width = len(rows[0][0])

    def rule(left: str, between: str, right: str) -> str:
        return left + between.join([run * 6] * width) + right

    body = ["\n".join(bar + bar.join(line) + bar for line in row) for row in rows]
    first, middle, last = (rule(*corners[at : at + 3]) for at in (0, 3, 6))
    return "\n".join([first, f"\n{middle}\n".join(body), last])


@pytest.mark.parametrize(
    ("corners", "run"),
    [
        ("┌┬┐├┼┤└┴┘", "─"),
        ("┏┳┓┣╋┫┗┻┛", "━"),
        ("╔╦╗╠╬╣╚╩╝", "═"),
        ("+++++++++", "-"),
        ("+++++++++", "="),
    ],
)
def test_rules_of_characters_are_no_rows(corners: str, run: str) -> None:
    text = "二、主动公开\n" + framed([[row] for row in GRID], corners, run) + "\n三、其他"
    assert tables_of(text) == [GRID]


def test_a_row_over_several_lines_between_rules_is_one() -> None:
    rows = [
        [GRID[0]],
        [["规", "0", "12"], ["章", "", ""]],
        [["规范性", "", ""], ["文件", "", "3"]],
        [["行政许可", "4", "5"]],
    ]
    assert tables_of(framed(rows)) == [GRID]


def test_rows_that_no_rule_parts_stay_rows() -> None:
    head, body = GRID[0], GRID[1:]
    lines = [[row] for row in [head]] + [body]
    assert tables_of(framed(lines, "+++++++++", "-")) == [GRID]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("├───┼───┤", True),
        ("+-----+---+", True),
        ("|-----|---|", False),
        ("---", False),
        ("+++", False),
        ("│  │  │", False),
        ("  ├──┤", True),
        ("一、──┼", False),
    ],
)
def test_rules(line: str, expected: bool) -> None:
    assert is_rule(line) is expected


def test_text_without_rules_is_left_alone() -> None:
    lines = ["| a | b |", "|---|---|", "| 1 | 2 |", "正文"]
    assert without_frames(lines) == lines


ROWS = [
    "信息内容,制发,废止,有效",
    "规章,1,2,3",
    "规范性文件,4,,6",
    "行政许可,7,8,9",
    '"行政处罚,含简易程序",1,1,1',
    "行政强制,0,0,0",
]
CELLS = [
    ["信息内容", "制发", "废止", "有效"],
    ["规章", "1", "2", "3"],
    ["规范性文件", "4", "", "6"],
    ["行政许可", "7", "8", "9"],
    ["行政处罚,含简易程序", "1", "1", "1"],
    ["行政强制", "0", "0", "0"],
]


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_delimited_tables(delimiter: str) -> None:
    lines = [row.replace(",", delimiter).replace(f"{delimiter}含", ",含") for row in ROWS]
    assert tables_of("二、主动公开\n" + "\n".join(lines)) == [CELLS]


@pytest.mark.parametrize(
    "lines",
    [
        ["规章,1,234,5", "文件,1,2", "许可,3,4", "处罚,5,6", "强制,7,8"],
        ["2021年,我局从小处着手,逐栏清理", "全年共3件,其中网络2件", "一,二,三"],
        ["规章,1", "文件,2", "正文"],
        ['规章,"1', "文件,2", "许可,3", "处罚,4", "强制,5", '收费,"6'],
    ],
    ids=["thousands", "prose", "too few", "a quote left open"],
)
def test_what_may_be_no_delimited_table_is_left_alone(lines: list[str]) -> None:
    if lines[0].endswith('"1'):
        assert delimited_to_tabs(lines)[0] == lines[0]
        assert delimited_to_tabs(lines)[-1] == lines[-1]
    else:
        assert delimited_to_tabs(lines) == lines


def test_thousands_in_rows_of_one_width_are_cells() -> None:
    lines = [f"{label},1,234" for label in ("规章", "文件", "许可", "处罚", "强制")]
    assert delimited_to_tabs(lines) == [line.replace(",", "\t") for line in lines]


def test_a_text_that_a_mail_quotes() -> None:
    lines = ["> 二、主动公开", ">"] + ["> " + " | ".join(row) + " |" for row in GRID]
    assert tables_of("\n".join(["转发：", *lines, *(f">> {n}" for n in "甲乙丙")])) == [GRID]
    assert tables_of("\n".join(f">{' | '.join(row)} |" for row in GRID)) == [GRID]


BEHIND = [["1", "2", "3", "一、新收"], ["4", "5", "9", "二、结转"], ["", "7", "7", "三、办结"]]


@pytest.mark.parametrize(
    "text",
    [
        "申请人情况 ||||\n" + "\n".join(f"{cell} |" for row in BEHIND for cell in row),
        "|\n申请人情况 ||||\n"
        + "\n".join("|\n" + "\n".join(f"{cell} |" for cell in row) for row in BEHIND),
        "| \n 申请人情况  ||||\n"
        + "\n".join("| \n " + "  | \n ".join(row) + "  |" for row in BEHIND),
    ],
    ids=["one cell a line", "a pipe before each row", "a pipe, then a cell"],
)
def test_rows_whose_labels_stand_behind_are_rows(text: str) -> None:
    assert tables_of(text) == [[["申请人情况", "", "", ""], *BEHIND]]


def test_labels_of_the_next_rows_are_not_taken_for_those_behind() -> None:
    cells = ["一、新收", "1", "2", "3", "二、结转", "4", "5", "9"]
    (table,) = tables_of("申请人情况 ||\n" + "\n".join(f"{cell} |" for cell in cells))
    assert ["1", "2", "3", "二、结转"] not in table
