"""Wordings of published reports, in sentences of our own: one line a kind of trouble."""

from __future__ import annotations

import pytest

from normalize.report import Section, Statement
from normalize.statements import sections_to_statements

YEAR = 2022
AGENCY = "青河县水务局"
RECEIVED = "requests.received.total"
CONCLUDED = "requests.concluded.total"
FORWARD = "requests.carried_forward.total"
OVER = "requests.carried_over.total"
DISCLOSED = "statistics.disclosed_total.value"
WEBSITE = "statistics.channel_website.value"
WECHAT = "statistics.channel_wechat.value"
RECONSIDERATION = "proceedings.reconsideration.total"
LITIGATION = "proceedings.litigations.total"


def read(text: str, section: str, year: int) -> tuple[Statement, ...]:
    return sections_to_statements([Section(section, "", text)], year, AGENCY)


def said(text: str, section: str = "overview", year: int = YEAR) -> list[tuple[str, str]]:
    return [(s.measure, f"{s.value}") for s in read(text, section, year)]


DOCUMENTS = [
    "全年共发文96件，其中主动公开文件12件，不公开文件80件，依申请公开4件。",
    "我局制作政府信息300条，其中主动公开信息100条，依申请公开信息40条，不予公开信息160条。",
    "印发公文4份，标注主动公开的2份，依申请公开的1份，不予公开的1份。",
    "办理政协提案9件，其中主动公开7件，不予公开2件。",
    "对30件旧文件重新审核，转为主动公开12件。",
    "制定文件30件，其中主动公开12件、依申请公开10件、不公开8件。",
    "经审核，主动公开30件，依申请公开20件，不予公开70件。",
    "街道便民服务中心受理各类申请90件，办结80件。",
]


@pytest.mark.parametrize("text", DOCUMENTS)
def test_documents_are_not_requests(text: str) -> None:
    assert said(text) == []


NOT_THE_WHOLE = [
    (
        "发布政策解读9篇，其中图解2篇、负责人解读3篇。",
        [("statistics.policy_interpretations.value", "9")],
    ),
    ("主动公开的信息包括概况信息1条、文件信息12条。", []),
    ("全年主动公开财政信息12条、人事信息3条。", []),
    ("通过官方微信、微博平台公开政府信息20条。", []),
    ("门户网站主动公开政府信息90条，其中行政许可30条，行政处罚20条。", [(WEBSITE, "90")]),
    ("信息公开申请9件，占全市总量的3%。", [(RECEIVED, "9")]),
    ("收到申请9件，其中市本级3件，占33%。", [(RECEIVED, "9")]),
    ("建立信息公开员队伍，指导12个部门办理依申请公开30件。", []),
    ("按规定收取信息处理费20元，涉及申请3件。", [("information_fees.amount", "20")]),
    ("参加行政诉讼出庭3次，负责人出庭应诉2次。", []),
]


NOT_THE_WHOLE += [
    ("县政府网站公开信息120条，局网站公开信息80条。", []),
    ("维持3件，驳回2件。", []),
    (
        "行政复议5件，其中维持3件，驳回2件。",
        [(RECONSIDERATION, "5"), ("proceedings.reconsideration.upheld", "3")],
    ),
    ("收到申请9件，均为个人申请，其中3件涉及征地。", [(RECEIVED, "9")]),
    ("新收申请9件，结转2件，办结7件。", [(RECEIVED, "9"), (CONCLUDED, "7")]),
    ("予以公开或部分公开的占90%。", []),
]


@pytest.mark.parametrize(("text", "expected"), NOT_THE_WHOLE)
def test_a_part_is_not_the_whole(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


SHARED_WORDS = [
    (
        "网站、微博、微信公众号分别发布信息3条、4条、5条。",
        [(WEBSITE, "3"), ("statistics.channel_weibo.value", "4"), (WECHAT, "5")],
    ),
    (
        "政府信息公开行政复议数量和行政诉讼数量分别为4件、5件，同比分别下降16.4%和37%。",
        [
            (RECONSIDERATION, "4"),
            (LITIGATION, "5"),
            (f"{RECONSIDERATION}.growth_percent", "-16.4"),
            (f"{LITIGATION}.growth_percent", "-37"),
        ],
    ),
    (
        "废止规章3件、行政规范性文件8件，现行有效规章14件、行政规范性文件51件。",
        [
            ("proactive.regulations.repealed", "3"),
            ("proactive.normative_documents.repealed", "8"),
            ("proactive.regulations.in_force", "14"),
            ("proactive.normative_documents.in_force", "51"),
        ],
    ),
    (
        "新收政府信息公开申请17件（其中自然人申请12件、企业申请5件），上年结转申请3件，共20件。",
        [
            (RECEIVED, "17"),
            ("requests.received.natural_person", "12"),
            ("requests.received.business", "5"),
            (OVER, "3"),
            ("requests.received_and_carried_over.total", "20"),
        ],
    ),
    (
        "配备了3名专职和2名兼职工作人员。",
        [("statistics.staff_full_time.value", "3"), ("statistics.staff_part_time.value", "2")],
    ),
    ("落实专（兼）职工作人员3名。", [("statistics.staff.value", "3")]),
    ("安排2名工作人员负责政务公开日常工作。", [("statistics.staff.value", "2")]),
    (
        "举办新闻发布会6次，其中主要负责同志参加2次；参与在线访谈5次，其中主要负责同志参加1次。",
        [
            ("statistics.press_conferences.value", "6"),
            ("statistics.press_conferences_by_leader.value", "2"),
            ("statistics.online_interviews.value", "5"),
            ("statistics.online_interviews_by_leader.value", "1"),
        ],
    ),
    (
        "因本机关不掌握等原因无法提供的49件，占50%。",
        [("requests.unavailable.total", "49"), ("requests.unavailable.total.share_percent", "50")],
    ),
    (
        "共收到申请36件（甲部门30件、乙部门6件），同比增长70.3%。",
        [(RECEIVED, "36"), (f"{RECEIVED}.growth_percent", "70.3")],
    ),
    (
        "受理申请数量较上年下降52.3%，共3件。",
        [(f"{RECEIVED}.growth_percent", "-52.3"), (RECEIVED, "3")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SHARED_WORDS)
def test_words_that_several_figures_share(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


WHEN_AND_WHOSE = [
    ("与2021年的7件相比，2022年的申请量为9件。", [("7", 2021, "own"), ("9", 2022, "own")]),
    ("2021年发生行政复议18起，2022年发生4起。", [("18", 2021, "own"), ("4", 2022, "own")]),
    ("2022年主动公开341条，2021年同期200条。", [("341", 2022, "own"), ("200", 2021, "own")]),
    (
        "截至2022年底，累计主动公开政府信息900条，其中本年度新增30条。",
        [("900", 2022, "cumulated"), ("30", 2022, "own")],
    ),
    (
        "累计主动公开政府信息900条。2022年新增主动公开政府信息30条。",
        [("900", 2022, "cumulated"), ("30", 2022, "own")],
    ),
    ("相比2021年的300条，2022年公开政府信息400条。", [("300", 2021, "own"), ("400", 2022, "own")]),
    ("去年收到申请8件，前年收到5件。", [("8", 2021, "own"), ("5", 2020, "own")]),
    ("2021年12月收到的申请2件。", [("2", 2021, "part")]),
    ("2023年1月收到申请2件。", [("2", 2023, "part")]),
    ("二是我市各级政府共收到申请90件。", [("90", 2022, "territory")]),
    ("各县（区）政府、市政府各部门共收到申请90件。", [("90", 2022, "territory")]),
    ("截至6月底，已受理申请9件。", [("9", 2022, "part")]),
    ("2022年5月1日至12月31日，我局共收到申请9件。", [("9", 2022, "part")]),
    ("2022年1月1日至12月31日，我局共收到申请9件。", [("9", 2022, "own")]),
    ("我局将加强业务培训，每年至少组织培训3次，覆盖100人次。", []),
]


@pytest.mark.parametrize(("text", "expected"), WHEN_AND_WHOSE)
def test_the_year_and_the_scope_spoken_of(text: str, expected: list[tuple[str, int, str]]) -> None:
    stated = read(text, "overview", YEAR)
    assert [(f"{s.value}", s.year, s.scope) for s in stated] == expected


def test_the_first_report_begins_in_may() -> None:
    (statement,) = read("2008年5月1日至12月31日，我局共收到申请9件。", "overview", 2008)
    assert (statement.year, statement.scope) == (2008, "own")


LEFT_OPEN = [
    (
        "答复申请9件（含上年度转结申请3件，另有2件申请转结下年度继续办理）。",
        [(CONCLUDED, "9"), (OVER, "3"), (FORWARD, "2")],
    ),
    ("除3件未到答复期限外，其余申请均已答复。", [(FORWARD, "3")]),
    (
        "在9件申请中，已经答复的7件，待答复的2件。",
        [(RECEIVED, "9"), (CONCLUDED, "7"), (FORWARD, "2")],
    ),
    (
        "受理申请9件，包括信函申请2件、网络申请7件，全部在规定时间内办结。",
        [
            (RECEIVED, "9"),
            ("statistics.received_letter.value", "2"),
            ("statistics.received_online.value", "7"),
            (FORWARD, "0"),
        ],
    ),
    ("本年度申请均全部办结。", [(FORWARD, "0")]),
]


@pytest.mark.parametrize(("text", "expected"), LEFT_OPEN)
def test_what_is_left_open(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


def test_no_request_under_the_heading_of_something_else_is_not_said_of_requests() -> None:
    for heading in ("五、行政复议和行政诉讼情况", "四、收费及减免情况"):
        section = Section("unclassified", heading, "我镇本年度无申请。")
        assert sections_to_statements([section], YEAR, None) == ()
    (statement,) = sections_to_statements(
        [Section("requests", "三、依申请公开情况", "我镇本年度无申请。")], YEAR, None
    )
    assert (statement.measure, statement.claim) == (RECEIVED, "none")


NONES = [
    ("没有接到群众主动要求公开政府信息的申请。", [RECEIVED]),
    ("全年没有单位和个人向我局申请公开政府信息。", [RECEIVED]),
    ("2022年没有收到公开政府信息的书面申请。", [RECEIVED]),
    ("本年度依申请公开零受理。", [RECEIVED]),
    ("没有因为政府信息公开而被申请复议或被起诉。", [RECONSIDERATION, LITIGATION]),
    ("未发出收费通知，未收取信息处理费。", ["information_fees.notices", "information_fees.amount"]),
]


@pytest.mark.parametrize(("text", "expected"), NONES)
def test_there_was_none(text: str, expected: list[str]) -> None:
    stated = read(text, "overview", YEAR)
    assert [s.measure for s in stated] == expected
    assert {(s.value, s.claim) for s in stated} == {(0, "none")}


ABOUT = [
    ("主动公开政府信息4千余条。", [("4000", True)]),
    ("主动公开政府信息3千多条。", [("3000", True)]),
    ("主动公开政府信息近五千条。", [("5000", True)]),
    ("主动公开政府信息二百三十五条。", [("235", False)]),
    ("主动公开政府信息数千条。", []),
    ("主动公开政府信息上百条。", []),
    ("主动公开政府信息几十条。", []),
]


@pytest.mark.parametrize(("text", "expected"), ABOUT)
def test_round_figures(text: str, expected: list[tuple[str, bool]]) -> None:
    assert [(f"{s.value}", s.approximate) for s in read(text, "overview", YEAR)] == expected


STAFF = [
    ("政府信息公开工作人员3名。", [("statistics.staff.value", "3")]),
    ("从事政府信息公开工作的有5人。", [("statistics.staff.value", "5")]),
    ("我局专职从事政府信息公开工作人员2名。", [("statistics.staff_full_time.value", "2")]),
    ("设兼职信息员12名。", [("statistics.staff_part_time.value", "12")]),
    ("政务公开领导小组成员9名。", []),
]


@pytest.mark.parametrize(("text", "expected"), STAFF)
def test_staff(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected
