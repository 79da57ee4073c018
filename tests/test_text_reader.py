"""The shapes into which programs flatten tables; a new shape of a real report is a new case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Table
from extract.text.reader import read


def tables_of(text: str) -> list[list[list[str]]]:
    """Rows of cell texts of every table in a text, an empty one for what only fills up a row."""
    tables = [block for block in read(text).blocks if isinstance(block, Table)]
    return [
        [
            [
                text
                for cell in table.cells
                if cell.row == row
                for text in (cell.text, *("",) * (cell.colspan - 1))
            ]
            for row in range(table.rows)
        ]
        for table in tables
    ]


GRID = [
    ["信息内容", "本年制发件数", "本年废止件数"],
    ["规章", "0", "12"],
    ["行政规范性文件", "", "3"],
]


def padded(row: list[str]) -> list[str]:
    return [*row, ""]


SHAPES = {
    "tabs": ("\n".join("\t".join(row) for row in GRID), GRID),
    "tabs with trailing tabs": ("\n".join("\t".join(row) + "\t" for row in GRID), GRID),
    "one row a line": ("\n".join(" | ".join(row) + " |" for row in GRID), GRID),
    "one row a line, leading pipe": (
        "\n".join("| " + " | ".join(row) + " |" for row in GRID),
        GRID,
    ),
    "one row a line, padded": (
        "\n".join(" | ".join(row) + " | |" for row in GRID),
        [padded(row) for row in GRID],
    ),
    "full-width pipes": ("\n".join("｜".join(row) + "｜" for row in GRID), GRID),
    "markdown": (
        "| "
        + " | ".join(GRID[0])
        + " |\n|---|---|---|\n"
        + "\n".join("| " + " | ".join(row) + " |" for row in GRID[1:]),
        GRID,
    ),
    "one cell a line, closed by a pipe": (
        "第（一）项 |\n|||\n"
        + "\n".join("\n".join(f"{cell} |" for cell in row) + "\n|" for row in GRID),
        [["第（一）项", "", "", ""], *(padded(row) for row in GRID)],
    ),
    "a pipe before each row": (
        "|\n第（一）项 |\n||\n"
        + "\n".join("|\n" + "\n".join(f"{c} |" for c in row) for row in GRID),
        [["第（一）项", "", ""], *GRID],
    ),
    "the cell on the line after its pipe": (
        "| \n 第（一）项  | ||\n"
        + "\n".join("| \n " + "  | \n ".join(row) + "  | " for row in GRID),
        [["第（一）项", "", ""], *GRID],
    ),
}


def bold(row: list[str]) -> str:
    return "| " + " | ".join(f"**{cell}**" if cell else "" for cell in row) + " |"


SHAPES |= {
    "markdown, bold": ("\n".join([bold(GRID[0]), "|:---:|---|---|", *map(bold, GRID[1:])]), GRID),
    "marks of no width": (
        "\n".join(
            "\u200b|\u200e" + "|".join(f"\ufeff{c}\u200b" for c in row) + "|" for row in GRID
        ),
        GRID,
    ),
    "a mark of no width in a rule": (
        "信息内容|件数|\n\u200b---|---|\n规章|3|",
        [["信息内容", "件数"], ["规章", "3"]],
    ),
    "a lone pipe before each row": ("\n".join("|\n" + " | ".join(row) for row in GRID), GRID),
    "rows parted by pipes, a blank at the end": (
        "信息内容 | 制发 | 总计\n规章 | 1 | \n文件 | 2 | ",
        [["信息内容", "制发", "总计"], ["规章", "1", ""], ["文件", "2", ""]],
    ),
    "tabs, a blank at the end": (
        "信息内容\t制发\t总计\n规章\t1\t\n文件\t2\t",
        [["信息内容", "制发", "总计"], ["规章", "1", ""], ["文件", "2", ""]],
    ),
    "tabs, blank cells only": (
        "信息内容\t制发\t总计\n规章\t\t\n文件\t2\t1",
        [["信息内容", "制发", "总计"], ["规章", "", ""], ["文件", "2", "1"]],
    ),
    "a line break in a Markdown cell": (
        "| 信息内容 | 金额 |\n|---|---|\n| 收费 | 12.5<br/>万元 |",
        [["信息内容", "金额"], ["收费", "12.5\n万元"]],
    ),
    "a row broken in its last cell": (
        "信息内容 | 制发 | 金额 |\n收费 | 1 | 12.5\n万元 |\n许可 | 2 | 3 |",
        [["信息内容", "制发", "金额"], ["收费", "1", "12.5\n万元"], ["许可", "2", "3"]],
    ),
    "spaces, marks only": (
        "规章  1  2\n文件  无  无\n许可 / /\n处罚  ——",
        [["规章", "1", "2"], ["文件", "无", "无"], ["许可", "/", "/"], ["处罚", "——"]],
    ),
    "spaces, Chinese numerals": (
        "规章  零  十二\n文件  1  未统计",
        [["规章", "零", "十二"], ["文件", "1", "未统计"]],
    ),
}


@pytest.mark.parametrize("shape", SHAPES, ids=list(SHAPES))
def test_a_flattened_table_gives_its_rows_back(shape: str) -> None:
    text, rows = SHAPES[shape]
    assert tables_of(f"二、主动公开政府信息情况\n{text}\n三、其他") == [rows]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        pytest.param("规章 | 3 | | 5 | ||", [1, 1, 1, 3], id="filling behind a blank cell"),
        pytest.param("规章 | 3 | | |", [1, 1, 1, 1], id="blank cells that show as spaces"),
        pytest.param("规章 | 3 |||", [1, 1, 1, 1], id="blank cells without spaces"),
        pytest.param("规章 | |||", [4], id="a label alone"),
        pytest.param(
            "废止 |\n|||\n规章 |\n|\n3 |\n|||\n文件 |\n1 |\n2 |\n|||", [1, 1, 4], id="a line each"
        ),
    ],
)
def test_what_only_fills_a_row_up_is_no_cell(text: str, spans: list[int]) -> None:
    head = "信息内容 |\n制发 |" if "|\n" in text else "信息内容 | 制发 |"
    (table,) = (block for block in read(f"{head}\n{text}").blocks if isinstance(block, Table))
    rows = {cell.row for cell in table.cells if cell.text == "规章"}
    assert [cell.colspan for cell in table.cells if cell.row in rows] == spans


def closed(*rows: list[str], width: int = 4) -> str:
    """Rows with one cell a line, padded with pipes to the same width."""
    return "\n".join(
        "\n".join(f"{cell} |" for cell in row) + "|" * (width - len(row)) for row in rows
    )


BANNER = ["第二十条第（一）项"]
PADDED_BANNER = [*BANNER, "", ""]


@pytest.mark.parametrize(
    "cell",
    [
        *("12.", "12、", "12。", "〇", "零", "十二", "1.2万", "*", "未统计", "本单位未制作规章"),
        *("12.5\n万元", "239\n件", "22\n（其中修订 16 件）"),
    ],
)
@pytest.mark.parametrize("column", [1, 2, 3])
def test_a_cell_that_is_no_plain_figure_moves_no_other(cell: str, column: int) -> None:
    odd = ["行政规范性文件", "1", "2", "3"]
    odd[column] = cell
    rows = [
        ["第二十条第（一）项"],
        ["信息内容", "制发件数", "废止件数", "有效件数"],
        ["规章", "4", "5", "6"],
        odd,
        ["信息内容", "处理决定数量"],
        ["行政许可", "7"],
        ["行政处罚", cell],
    ]
    expected = [[*row, *[""] * (4 - len(row))] for row in rows]
    assert tables_of(f"二、主动公开\n{closed(*rows)}\n三、其他") == [expected]


@pytest.mark.parametrize("broken", ["本年新\n制作数量", "要求行政机关确认\n或重新出具"])
def test_a_head_or_a_label_of_two_lines_is_one_cell(broken: str) -> None:
    head = ["信息内容", broken, "对外公开总数量"]
    rows = [head, ["规章", "1", "2"], [broken, "3", "4"], ["许可", "5", "6"]]
    assert tables_of(closed(BANNER, *rows, width=3)) == [[PADDED_BANNER, *rows]]


@pytest.mark.parametrize("heading", ["三、收到和处理情况", "收到和处理政府信息公开申请情况"])
def test_a_heading_between_tables_belongs_to_neither(heading: str) -> None:
    first = [["信息内容", "件数", "总数"], ["规章", "1", "2"], ["许可", "3", "4"]]
    second = [["自然人", "企业", "总计"], ["新收", "5", "5"]]
    tables = [closed(BANNER, *first, width=3), closed(["申请人情况"], *second, width=3)]
    text = f"{tables[0]}\n{heading}\n{tables[1]}"
    assert tables_of(text) == [[PADDED_BANNER, *first], [["申请人情况", "", ""], *second]]
    assert heading in [block.text for block in read(text).blocks if not isinstance(block, Table)]


def test_a_row_without_its_label_keeps_its_blank_cell() -> None:
    rows = [["规章", "1", "2"], ["许可", "3", "4"], ["", "5", "6"], ["处罚", "7", "8"]]
    assert tables_of(closed(BANNER, *rows, width=3)) == [[PADDED_BANNER, *rows]]


def test_a_row_cut_by_the_end_keeps_the_cells_that_are_there() -> None:
    rows = [["规章", "1", "2"], ["许可", "3", "4"], ["强制", "5", "6"]]
    text = f"{closed(BANNER, *rows, width=3)}\n处罚 |\n7"
    assert tables_of(text) == [[PADDED_BANNER, *rows, ["处罚", "7"]]]


def test_bold_headings_are_headings() -> None:
    blocks = read("**某局2022年报告**\n**一、总体情况**\n全年**无**申请。").blocks
    assert [(b.kind, b.text) for b in blocks if not isinstance(b, Table)] == [
        ("paragraph", "某局2022年报告"),
        ("heading", "一、总体情况"),
        ("paragraph", "全年**无**申请。"),
    ]


def test_one_cell_a_line_keeps_the_order_only() -> None:
    cells = [cell for row in GRID for cell in row if cell]
    text = "二、主动公开政府信息情况\n\n" + "\n\n".join([*cells, "行政许可", "4"])
    assert tables_of(text) == [[[cell] for cell in [*cells, "行政许可", "4"]]]


def test_a_pipe_after_each_cell_keeps_the_order_only() -> None:
    cells = [
        "信息内容",
        "本年制发件数",
        "规章",
        "0",
        "规范性文件",
        "1",
        "信息内容",
        "行政许可",
        "2",
    ]
    assert tables_of("\n|\n".join(cells) + "\n|") == [[[cell] for cell in cells]]


def test_columns_aligned_by_spaces() -> None:
    text = "信息内容        本年制发件数    本年废止件数\n规章              0             12\n行政许可 97"
    assert tables_of(text) == [
        [["信息内容", "本年制发件数", "本年废止件数"], ["规章", "0", "12"], ["行政许可", "97"]]
    ]


def test_a_space_inside_a_number_does_not_part_it() -> None:
    assert tables_of("收到    1 6    3\n合计    7    9") == [
        [["收到", "1 6", "3"], ["合计", "7", "9"]]
    ]


def test_a_whole_report_on_one_line() -> None:
    prose = "本年度工作进展顺利。" * 50
    line = f"某局2021年报告 一、总体情况 {prose} 二、主动公开 规章 0 0 3 行政许可 5 三、其他 无"
    assert ["规章"] in tables_of(line)[0]
    assert tables_of(line)[0][-5:] == [["0"], ["0"], ["3"], ["行政许可"], ["5"]]


@pytest.mark.parametrize(
    "prose",
    [
        "2020年,县水务局坚持依法行政,按照县赛程|政务公开领导小组办公室的统一部署,有力推动了各项工作的全面开展。",
        "全年共发布信息 1640 篇，其中原创文章 294",
        "一、总体情况\n本年度未收到申请。\n二、主动公开情况\n无",
        "2021年，共收到申请3件，\n办结 3 件。",
    ],
)
def test_prose_is_no_table(prose: str) -> None:
    assert tables_of(prose) == []


def test_headings_and_paragraphs_keep_their_order_around_tables() -> None:
    kinds = [
        block.kind if not isinstance(block, Table) else "table"
        for block in read("一、总体情况\n正文。\n规章\t0\t1\n许可\t2\t3\n六、其他\n无").blocks
    ]
    assert kinds == ["heading", "paragraph", "table", "heading", "paragraph"]


@given(st.text(alphabet=" \t\n|一规章0123456789.、-—\u3000年", max_size=300))
def test_no_ink_is_lost(text: str) -> None:
    blocks = read(text).blocks
    read_back = "".join(
        "".join(cell.text for cell in block.cells) if isinstance(block, Table) else block.text
        for block in blocks
    )
    assert ink_of(read_back) == ink_of(text)


def ink_of(text: str) -> list[str]:
    """The characters that are no white space, no pipes and no dashes of Markdown rules."""
    return [char for char in text if char not in " \t\n\u3000|-"]
