"""Figures in sentences: what each kind of wording states, and what it does not."""

from decimal import Decimal

import pytest

from normalize.report import Section, Statement
from normalize.statements import sections_to_statements

YEAR = 2022
AGENCY = "青河县水务局"


def read(text: str, section: str = "overview", year: int | None = YEAR) -> tuple[Statement, ...]:
    return sections_to_statements([Section(section, "", text)], year, AGENCY)


def said(text: str, section: str = "overview") -> list[tuple[str, str]]:
    return [(s.measure, f"{s.value}") for s in read(text, section)]


RECEIVED = "requests.received.total"
REQUESTS = [
    ("全年共收到申请12件。", [(RECEIVED, "12")]),
    ("收到12件政府信息公开申请。", [(RECEIVED, "12")]),
    ("依申请公开方面，共受理3宗。", [(RECEIVED, "3")]),
    ("共有5件政府信息公开申请，涉及房屋征收。", [(RECEIVED, "5")]),
    ("政府信息公开申请总量为7件。", [(RECEIVED, "7")]),
    ("本年收到申请数量为9，办结数量为8。", [(RECEIVED, "9"), ("requests.concluded.total", "8")]),
    (
        "共收到申请859件，其中自然人822件、法人37件。",
        [
            (RECEIVED, "859"),
            ("requests.received.natural_person", "822"),
            ("requests.received.organizations", "37"),
        ],
    ),
    (
        "予以公开233件，部分公开12件；其他3件。",
        [
            ("requests.granted.total", "233"),
            ("requests.partially_granted.total", "12"),
            ("requests.other.total", "3"),
        ],
    ),
    (
        "收到申请11件，8件予以公开、2件部分公开、1件不予公开。",
        [
            (RECEIVED, "11"),
            ("requests.granted.total", "8"),
            ("requests.partially_granted.total", "2"),
            ("requests.refused.total", "1"),
        ],
    ),
    (
        "予以公开、部分公开、不予公开分别为5件、4件和3件。",
        [
            ("requests.granted.total", "5"),
            ("requests.partially_granted.total", "4"),
            ("requests.refused.total", "3"),
        ],
    ),
    (
        "办理结果：（1）予以公开6件；（2）部分公开（区分处理的，只计这一情形，不计其他情形）2件。",
        [("requests.granted.total", "6"), ("requests.partially_granted.total", "2")],
    ),
    (
        "收到申请6件，因重复申请不予处理1件，因敏感内容不予公开2件。",
        [(RECEIVED, "6"), ("requests.not_processed_repeated.total", "1")],
    ),
    (
        "办结8件申请，结转下年度1件。",
        [("requests.concluded.total", "8"), ("requests.carried_forward.total", "1")],
    ),
    (
        "2021年结转申请2件，2022年新收9件。",
        [("requests.carried_over.total", "2"), (RECEIVED, "9")],
    ),
    (
        "收到申请15件（含上年结转3件）。",
        [("requests.received_and_carried_over.total", "15"), ("requests.carried_over.total", "3")],
    ),
    (
        "收到网上申请5件，以信函形式提交2件。",
        [("statistics.received_online.value", "5"), ("statistics.received_letter.value", "2")],
    ),
]
PROCEEDINGS = [
    (
        "行政复议3件（维持2件、纠正1件），行政诉讼0件。",
        [
            ("proceedings.reconsideration.total", "3"),
            ("proceedings.reconsideration.upheld", "2"),
            ("proceedings.reconsideration.corrected", "1"),
            ("proceedings.litigations.total", "0"),
        ],
    ),
    (
        "行政诉讼4件，其中维持3件，尚未审结1件。",
        [
            ("proceedings.litigations.total", "4"),
            ("proceedings.litigations.upheld", "3"),
            ("proceedings.litigations.pending", "1"),
        ],
    ),
    (
        "行政诉讼4件，其中未经复议直接起诉3件，复议后起诉1件。",
        [
            ("proceedings.litigations.total", "4"),
            ("proceedings.litigation_direct.total", "3"),
            ("proceedings.litigation_after_reconsideration.total", "1"),
        ],
    ),
    (
        "行政复议、行政诉讼各1件。",
        [("proceedings.reconsideration.total", "1"), ("proceedings.litigations.total", "1")],
    ),
    ("行政复议和行政诉讼共3件。", []),
    ("全年办理行政复议案件120件。", []),
    ("行政诉讼3件，一审维持2件。", [("proceedings.litigations.total", "3")]),
]
PROACTIVE = [
    (
        "主动公开政府信息340条，其中政府网站公开320条，政务微信公开20条。",
        [
            ("statistics.disclosed_total.value", "340"),
            ("statistics.channel_website.value", "320"),
            ("statistics.channel_wechat.value", "20"),
        ],
    ),
    (
        "制发行政规范性文件3件，废止2件，现行有效11件。",
        [
            ("proactive.normative_documents.issued", "3"),
            ("proactive.normative_documents.repealed", "2"),
            ("proactive.normative_documents.in_force", "11"),
        ],
    ),
    (
        "行政许可25件，行政处罚13件，行政强制0件。",
        [
            ("proactive.permits.decisions", "25"),
            ("proactive.penalties.decisions", "13"),
            ("proactive.compulsions.decisions", "0"),
        ],
    ),
    ("行政事业性收费金额12.5万元。", [("proactive.fees.amount", "125000.0")]),
    (
        "发出收费通知2件，总金额60元，实际收取40元。",
        [
            ("information_fees.notices", "2"),
            ("information_fees.notified_amount", "60"),
            ("information_fees.amount", "40"),
        ],
    ),
    (
        "举办培训班3期，培训180人次，召开政务公开工作会议2次。",
        [
            ("statistics.trainings.value", "3"),
            ("statistics.trainees.value", "180"),
            ("statistics.meetings.value", "2"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [*REQUESTS, *PROCEEDINGS, *PROACTIVE])
def test_a_figure_is_named_by_the_words_around_it(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert said(text) == expected


SILENT = [
    "受理行政许可申请120件，办结118件。",
    "受理群众来信来访45件次，办结45件，办结率100%。",
    "收到12345热线转办件300件，办结298件。",
    "收到申请10至15件。",
    "收到申请2 3件。",
    "努力做到“办结一件申请、解决一个问题”。",
    "对每一件申请都认真办理，做到件件有回音。",
    "自收到申请之日起20个工作日内答复，延长期限不超过20个工作日。",
    "国办公开办函〔2019〕60号、国务院令第711号第20条第5项。",
    "第12次政务公开会议研究了3件申请。",
    "公开行政许可信息25条、行政处罚信息13条。",
    "公开公文和解读信息9条。",
    "其中涉及征地的申请5件。",
    "自然人申请中予以公开5件。",
    "申请人主要为自然人，共5人。",
    "下一步，力争举办培训5次，公开信息1000条。",
    "预计2023年将收到申请50件。",
    "政务新媒体共4个，其中微信3个、微博1个。",
    "网站访问量12345人次，粉丝9000人。",
    "联系电话：0517-87222589，邮编223100。",
    "行政复议、行政诉讼各3件以内。",
]


@pytest.mark.parametrize("text", SILENT)
def test_other_figures_are_left_alone(text: str) -> None:
    assert said(text) == []


PRINTED = [
    ("共收到申请1,234件。", "1234", False),
    ("共收到申请１２件。", "12", False),
    ("共收到申请十二件。", "12", False),
    ("共收到申请两件。", "2", False),
    ("共收到申请 1 234件。", None, False),
    ("共收到申请1.2万件。", "12000.0", True),
    ("共收到申请百余件。", "100", True),
    ("共收到申请100余件。", "100", True),
    ("共收到申请近50件。", "50", True),
    ("共收到申请50件左右。", "50", True),
]


@pytest.mark.parametrize(("text", "value", "approximate"), PRINTED)
def test_a_figure_is_read_as_printed(text: str, value: str | None, approximate: bool) -> None:
    read_as = [(str(s.value), s.approximate) for s in read(text)]
    assert read_as == ([] if value is None else [(value, approximate)])


SPOKEN = [
    ("2021年收到申请5件，2022年收到申请8件。", [(5, 2021, "own"), (8, 2022, "own")]),
    ("2021年和2022年分别收到政府信息公开申请5件、8件。", [(5, 2021, "own"), (8, 2022, "own")]),
    ("2022年收到申请8件，上年为5件。", [(8, 2022, "own"), (5, 2021, "own")]),
    ("申请由上年的15件减少至12件。", [(15, 2021, "own"), (12, 2022, "own")]),
    ("与2021年收到的8件申请相比，有所减少。", [(8, 2021, "own")]),
    ("与2021年相比，收到申请9件。", [(9, 2022, "own")]),
    ("全县收到申请200件，其中县政府本级15件。", [(200, 2022, "territory")]),
    ("全县收到申请200件。其中予以公开90件。", [(200, 2022, "territory"), (90, 2022, "territory")]),
    ("其中县公安局收到申请20件。", [(20, 2022, "part")]),
    ("县水务局收到申请20件。", [(20, 2022, "own")]),
    ("上半年收到申请3件。", [(3, 2022, "part")]),
    ("2022年1月1日至12月31日，收到申请3件。", [(3, 2022, "own")]),
    ("自2008年《条例》施行以来，累计收到申请300件。", [(300, 2022, "cumulated")]),
    ("自2022年以来，收到申请3件。", [(3, 2022, "own")]),
    (
        "自2008年以来累计收到申请300件，2022年收到申请8件。",
        [(300, 2022, "cumulated"), (8, 2022, "own")],
    ),
    (
        "2022年收到申请8件，较2021年的5件增长60%。",
        [(8, 2022, "own"), (5, 2021, "own"), (60, 2022, "own")],
    ),
    ("其中3个乡镇收到申请4件。", [(4, 2022, "part")]),
    ("2022年1至6月收到申请4件。", [(4, 2022, "part")]),
]


@pytest.mark.parametrize(("text", "expected"), SPOKEN)
def test_the_year_and_whose_figure_it_is_are_kept(
    text: str, expected: list[tuple[int, int, str]]
) -> None:
    assert [(int(s.value), s.year, s.scope) for s in read(text)] == expected


CHANGES = [
    (
        "收到申请12件，比上年减少3件，同比下降20%。",
        [("growth", "-3"), ("growth_percent", "-20")],
    ),
    ("收到申请12件，是上年的2.4倍。", [("growth_times", "2.4")]),
    ("收到申请12件，增长1.5倍，同比明显。", []),
    ("收到申请12件，同比增长1.5倍。", [("growth_percent", "150.0")]),
    ("政府信息公开申请数量较上年增加7件。", [("growth", "7")]),
    ("新开设专栏较上年增加7个。", []),
]


@pytest.mark.parametrize(("text", "expected"), CHANGES)
def test_growth_has_a_measure_of_its_own(text: str, expected: list[tuple[str, str]]) -> None:
    grown = [s for s in read(text) if s.claim == "growth"]
    assert [(s.measure, str(s.value)) for s in grown] == [
        (f"{RECEIVED}.{kind}", value) for kind, value in expected
    ]


def test_growth_in_a_row_belongs_to_the_figures_before_it() -> None:
    text = "行政复议2件、行政诉讼1件，同比分别减少5件、4件。"
    assert said(text)[2:] == [
        ("proceedings.reconsideration.total.growth", "-5"),
        ("proceedings.litigations.total.growth", "-4"),
    ]


def test_names_follow_the_form_of_the_year() -> None:
    text = "全年共收到申请3件，予以公开2件；制发规范性文件1件。"
    assert [s.measure for s in read(text, year=2016)] == [
        "statistics.requests_received.value",
        "statistics.answered_granted.value",
        "statistics.normative_documents_issued.value",
    ]
    assert [s.measure for s in read(text, year=2020)][2] == "proactive.normative_documents.produced"


def test_a_report_without_a_year_is_read_too() -> None:
    statements = read("2019年收到申请3件。", year=None)
    assert [(s.measure, s.year) for s in statements] == [(RECEIVED, 2019)]


TRADITIONAL = "2022年，共收到政府信息公開申請4件，其中自然人3件；未發生行政複議。"
TAIWANESE = "全年受理政府資訊公開申請4件。"
RADICALS = "全年收到政府信息公开申请4件，其中⾃然⼈3件。"
PINYIN = "2022年，受理的政府信息公開(kāi)申請(qǐng)為4宗。"


@pytest.mark.parametrize("text", [TRADITIONAL, TAIWANESE, RADICALS, PINYIN])
def test_scripts_do_not_matter(text: str) -> None:
    assert said(text)[0] == (RECEIVED, "4")


def test_a_sentence_broken_over_lines_is_one() -> None:
    text = "全年收到政府信息公开申请 34 件，上年结转政府信息公开\n申请 2 件，所有申请均已按时答复，不予公开 5\n件。"
    assert said(text) == [
        (RECEIVED, "34"),
        ("requests.carried_over.total", "2"),
        ("requests.refused.total", "5"),
    ]


def test_cells_of_a_table_in_lines_are_no_sentences() -> None:
    lines = (
        "（一）予以公开\n3\n2\n0\n（二）部分公开（区分处理的，只计这一情形，不计其他情形）\n1\n1"
    )
    assert said(lines, "requests") == []


@pytest.mark.parametrize("text", [t for t, _ in REQUESTS] + [TRADITIONAL, PINYIN])
def test_a_quote_stands_at_its_place_verbatim(text: str) -> None:
    before = "（一）概况。本年工作正常。\n  "
    sections = [Section("overview", "", "无。"), Section("overview", "", before + text)]
    for statement in sections_to_statements(sections, YEAR, AGENCY):
        assert statement.section_position == 2
        assert statement.offset is not None
        place = slice(statement.offset, statement.offset + len(statement.quote))
        assert sections[1].text[place] == statement.quote
        assert statement.quote in text


def test_money_is_in_yuan() -> None:
    assert [(s.value, s.unit) for s in read("收取信息处理费120元。")] == [(Decimal(120), "yuan")]


ROWS = [
    (
        "行政复议案件9件，行政诉讼案件4件，分别较上年增加3件、减少1件。",
        {
            "proceedings.reconsideration.total.growth": 3,
            "proceedings.litigations.total.growth": -1,
        },
    ),
    (
        "收到的申请中，自然人30件、法人10件，分别占75%、25%。",
        {
            "requests.received.natural_person.share_percent": 75,
            "requests.received.organizations.share_percent": 25,
        },
    ),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_changes_and_shares_in_a_row_are_those_of_the_figures_before(
    text: str, expected: dict[str, int]
) -> None:
    compared = {s.measure: int(s.value) for s in read(text) if s.claim != "figure"}
    assert compared == expected
