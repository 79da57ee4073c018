"""Sentences that say there was none: of a measure as a whole, or of something narrower."""

import pytest

from normalize.report import Section
from normalize.statements import sections_to_statements

RECEIVED = "requests.received.total"
OVER = "requests.carried_over.total"
FORWARD = "requests.carried_forward.total"
RECONSIDERATION = "proceedings.reconsideration.total"
LITIGATION = "proceedings.litigations.total"
COMPLAINTS = "statistics.complaints.value"
FEES = "information_fees.amount"


def nones(text: str) -> list[str]:
    statements = sections_to_statements([Section("overview", "", text)], 2022, "青河县水务局")
    assert all(s.value == 0 for s in statements if s.claim == "none")
    return [s.measure for s in statements if s.claim == "none" and s.scope == "own"]


WHOLE = [
    ("我局全年零申请。", ["requests.received.total"]),
    ("行政诉讼案件零发生。", ["proceedings.litigations.total"]),
    ("未收到任何个人或组织的信息公开申请。", ["requests.received.total"]),
    ("全年未收到政府信息公开申请。", [RECEIVED]),
    ("我局2022年度无申请。", [RECEIVED]),
    ("未收到和处理政府信息公开申请，零报告。", [RECEIVED]),
    ("没有公民、法人或者其他组织向县水务局申请公开政府信息。", [RECEIVED]),
    ("政府信息公开申请受理情况为零。", [RECEIVED]),
    ("政府信息公开申请：无。", [RECEIVED]),
    ("全年未收到申请，也没有上年结转的申请。", [RECEIVED, OVER]),
    ("未收到申请，上年亦无结转。", [RECEIVED, OVER]),
    ("无结转下年度办理的申请。", [FORWARD]),
    ("办结申请8件，无结转。", [FORWARD]),
    ("收到申请3件，均已按期办结。", [FORWARD]),
    ("收到申请3件，网民留言45条，均已办结。", []),
    ("所有申请均已按要求办理完成。", [FORWARD]),
    ("未发生因政府信息公开引起的行政复议和行政诉讼。", [RECONSIDERATION, LITIGATION]),
    ("未发生针对石桥乡有关政府信息公开事务的行政复议案件。", [RECONSIDERATION]),
    ("无行政复议、无行政诉讼。", [RECONSIDERATION, LITIGATION]),
    ("行政复议、行政诉讼均未发生。", [RECONSIDERATION, LITIGATION]),
    ("行政复议、诉讼数均为零。", [RECONSIDERATION, LITIGATION]),
    (
        "未接到政府信息公开方面的复议、诉讼和申诉。",
        [RECONSIDERATION, LITIGATION],
    ),
    ("未收取任何费用。", [FEES]),
    ("未发生政府信息公开收费事项。", [FEES]),
    ("未对任何申请收取信息处理费。", [FEES]),
    ("暂未对依申请提供政府信息收取检索、复印、邮寄等费用。", [FEES]),
    ("未收取行政事业性收费。", ["proactive.fees.amount"]),
    ("未制发行政规范性文件。", ["proactive.normative_documents.issued"]),
]


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_there_was_none(text: str, expected: list[str]) -> None:
    assert nones(text) == expected


NARROWER = [
    "未收到通过信函的申请。",
    "未收到以传真方式提出的申请。",
    "未收到法人和其他组织的申请。",
    "未收到涉及商业秘密的申请。",
    "上半年未收到政府信息公开申请。",
    "3个乡镇均未收到申请。",
    "其中教育局未收到申请。",
    "如未收到申请，视为放弃。",
    "未收到申请人补正材料。",
    "未收到申请人对答复提出的异议。",
    "没有发生复议被撤销、诉讼败诉的情况。",
    "未发生因未按时答复申请而引发的行政复议。",
    "全年无一起因答复不当引发的行政诉讼。",
    "该行政复议案件未被纠错。",
    "无超期未办结申请。",
    "没有未按期答复的申请。",
    "不存在应公开未公开的情况。",
    "申请信息不存在3件。",
    "除1件结转外，其余申请均已办结。",
    "上年结转的2件申请均已办结。",
    "共办理建议提案30件，均已办结。",
    "申请无正当理由逾期不补正的，不再处理。",
]


@pytest.mark.parametrize("text", NARROWER)
def test_a_narrower_denial_is_none_of_the_whole(text: str) -> None:
    assert nones(text) == []


def test_a_denial_is_of_the_year_it_names() -> None:
    text = "2022年未收到申请，2021年收到申请2件。"
    statements = sections_to_statements([Section("overview", "", text)], 2022, None)
    assert [(s.value, s.year, s.claim) for s in statements] == [
        (0, 2022, "none"),
        (2, 2021, "figure"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年未发生一起因政府信息公开引起的行政复议。", [(RECONSIDERATION, 0)]),
        ("我局未收到一件信息公开申请。", [(RECEIVED, 0)]),
        ("没有一件政府信息公开申请被提起行政复议。", []),
        ("收到政府信息公开申请5件，无一件逾期。", [(RECEIVED, 5)]),
        ("全年未发生一起复议，收到政府信息公开申请一件。", [(RECONSIDERATION, 0), (RECEIVED, 1)]),
    ],
)
def test_the_one_of_a_negation_is_no_figure(text: str, expected: list[tuple[str, int]]) -> None:
    statements = sections_to_statements([Section("overview", "", text)], 2022, "青河县水务局")
    assert [(s.measure, s.value) for s in statements] == expected
