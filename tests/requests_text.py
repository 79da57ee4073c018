"""A requests table of the 2019 form as lists of printed words and figures, for layouts in tests."""

from collections.abc import Sequence

GROUPS = {2: "三、本年度办理结果", 4: "(三)不予公开", 12: "(四)无法提供", 15: "(五)不予处理"}
"""Group labels by the row in front of which they are printed."""

LABELS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "(一)予以公开",
    "(二)部分公开(区分处理的,只计这一情形,不计其他情形)",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "(六)其他处理",
    "(七)总计",
    "四、结转下年度继续办理",
)
HEAD = (
    "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)",
    "申请人情况",
    "自然人",
    "法人或其他组织",
    "总计",
    "商业企业",
    "科研机构",
    "社会公益组织",
    "法律服务机构",
    "其他",
)
NAMES = (
    "received",
    "carried_over",
    "granted",
    "partially_granted",
    "refused_state_secret",
    "refused_prohibited_by_law",
    "refused_security_stability",
    "refused_third_party_rights",
    "refused_internal_affairs",
    "refused_deliberative_process",
    "refused_enforcement_files",
    "refused_administrative_query",
    "unavailable_not_held",
    "unavailable_requires_creation",
    "unavailable_unclear_request",
    "not_processed_petition",
    "not_processed_repeated",
    "not_processed_publications",
    "not_processed_excessive",
    "not_processed_reissue",
    "other",
    "concluded",
    "carried_forward",
)
"""The rows' canonical names, in the order of LABELS."""


def sound_figures() -> list[list[int]]:
    """23 rows of 7 figures in which every identity holds."""
    rows = [[0] * 7 for _ in LABELS]
    rows[0][:2] = [16, 3]
    rows[1][:1] = [1]
    rows[2][:2] = [9, 2]
    rows[5][0] = 1
    rows[12][:2] = [4, 1]
    rows[20][0] = 2
    rows[21][:6] = [sum(rows[row][column] for row in range(2, 21)) for column in range(6)]
    rows[22][:6] = [rows[0][c] + rows[1][c] - rows[21][c] for c in range(6)]
    for row in rows:
        row[6] = sum(row[:6])
    return rows


def one_cell_a_line(figures: Sequence[Sequence[object]], unlabelled: Sequence[int] = ()) -> str:
    """The table with one cell a line; the rows in `unlabelled` lose their labels."""
    lines: list[str] = ["三、收到和处理政府信息公开申请情况", *HEAD]
    for at, (label, row) in enumerate(zip(LABELS, figures, strict=True)):
        lines += [GROUPS[at]] if at in GROUPS else []
        lines += [] if at in unlabelled else [label]
        lines += [str(figure) for figure in row]
    return "\n\n".join(lines)


def one_row_a_line(figures: Sequence[Sequence[object]]) -> str:
    """The table with one row a line, cells parted by pipes, group labels on their first row."""
    lines = ["三、收到和处理政府信息公开申请情况", f"| {HEAD[0]} | 申请人情况 |"]
    lines += ["| 自然人 | 法人或其他组织 | 总计 |", f"| {' | '.join(HEAD[5:])} |"]
    for at, (label, row) in enumerate(zip(LABELS, figures, strict=True)):
        group = f"{GROUPS[at]} | " if at in GROUPS else "| " if 4 <= at < 20 else ""
        lines.append(f"| {group}{label} | {' | '.join(str(figure) for figure in row)} |")
    return "\n".join(lines)
