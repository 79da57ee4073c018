"""Who wrote a report that has no title of its own, as its sentences and particulars tell."""

import pytest

from extract.document import Cell, Document, Table, Text
from extract.text.reader import read
from normalize.titles import (
    AGENCY_FROM_PAGE,
    AGENCY_FROM_TEXT,
    NO_AGENCY,
    SCHOOL_YEAR,
    YEAR_FROM_TEXT,
    identify,
)
from normalize.writers import agency_from_text

LAW = "《中华人民共和国政府信息公开条例》"


def identify_blocks(*blocks: Text | Table):
    return identify(Document("a.txt", "0" * 64, "text/plain", "text", None, blocks))


def identify_lines(*lines: str):
    return identify_blocks(*(Text("paragraph", line) for line in lines))


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        (f"本年度报告根据{LAW}要求,由青砚市公安局编制。", "青砚市公安局"),
        (f"本报告由青砚市统计局根据{LAW}的相关规定编制。", "青砚市统计局"),
        (
            "由青砚区人民政府办公室综合区政府所属各行政机关的年度报告编制而成。",
            "青砚区人民政府办公室",
        ),
        ("本报告由青砚市人民政府信息公开工作领导小组办公室编制。", "青砚市人民政府"),
        ("由城北街道信息公开工作办公室编制完成本报告。", "城北街道"),
        ("按照要求,青砚县供销合作社联合社编制了本报告。", "青砚县供销合作社联合社"),
        ("由青砚县人民政府办公室编制。", "青砚县人民政府办公室"),
        ("如有疑问,可与青砚县供销社办公室联系", "青砚县供销社"),
        ("2024年,在主管部门的引领下,松烟街道办事处严格依照要求公开信息。", "松烟街道办事处"),
        ("2024年,在区委的领导下,局党组高度重视,各部门认真落实。", None),
        ("由高新区管委会信息公开工作领导小组办公室(高新区信息中心)具体编制。", "高新区管委会"),
        ("全文涵盖白鹭镇人民政府2025年政府信息公开总体情况、主动公开情况。", "白鹭镇人民政府"),
        ("全文包括青砚旗白鹭镇政府信息公开总体情况,主动公开情况。", "青砚旗白鹭镇"),
        ("如对本报告有任何疑问,请联系青砚市民政局,地址:青砚路15号。", "青砚市民政局"),
        (
            "如对本报告有任何疑问,请与青砚区白鹭镇人民政府办公室联系(电话:5550)。",
            "青砚区白鹭镇人民政府",
        ),
        ("请联系:青砚市公安局白鹭区分局指挥中心警讯组,5550.", "青砚市公安局白鹭区分局"),
        ("2012年,在国务院全面加强透明政府建设、全面推进的大环境下,工作顺利。", None),
    ],
)
def test_a_sentence_names_the_writer(sentence: str, agency: str | None) -> None:
    assert agency_from_text([sentence]) == agency


def test_a_name_that_leaves_out_its_place_takes_the_one_the_text_prints() -> None:
    lines = ["2016年,市统计局认真落实有关要求。", "本报告在重庆市统计局网站公布。"]
    assert agency_from_text(lines) == "重庆市统计局"
    assert agency_from_text(lines[:1]) == "市统计局"
    both = [*lines, "与成都市统计局交流。"]
    assert agency_from_text(both) == "市统计局"


@pytest.mark.parametrize(
    ("sentence", "agency", "title"),
    [
        ("由青砚市水务局编制的2018年度政府信息公开年度报告。", "青砚市水务局", "2018年度政府信息公开年度报告"),
        ("现向社会公布青砚区教育局2018年度政府信息公开年度报告。", "青砚区教育局", "青砚区教育局2018年度政府信息公开年度报告"),
        ("本局编制了青砚县教育局2018年政府信息公开年度报告。", "青砚县教育局", "青砚县教育局2018年政府信息公开年度报告"),
        ("特向社会公布2018年度青砚区信息公开年度报告。", "青砚区", "2018年度青砚区信息公开年度报告"),
        ("特编制青砚市教育局2018年政府信息公开工作年度报告(以下简称年报)。", "青砚市教育局", "青砚市教育局2018年政府信息公开工作年度报告"),
    ],
)  # fmt: skip
def test_a_title_in_a_sentence_is_taken_without_the_sentence(
    sentence: str, agency: str, title: str
) -> None:
    found = identify_lines(sentence, "一、概述")
    assert (found.agency, found.year, found.title) == (agency, 2018, title)


def test_words_before_the_year_that_end_like_no_body_are_no_name() -> None:
    found = identify_lines(
        "严格落实文件精神,及时发布2024年度政府信息公开工作报告。",
        "本报告由白鹭街道综合办公室编制。",
        "一、总体情况",
    )
    assert (found.agency, found.title) == ("白鹭街道", "2024年度政府信息公开工作报告")
    assert found.doubts == (AGENCY_FROM_TEXT,)


def test_reports_of_which_a_report_is_put_together_are_not_its_title() -> None:
    found = identify_lines(
        "综合2017年度青砚市各县(市、区)政府和市级各部门的政府信息公开年度工作报告编制而成。",
        "报告中所列数据的统计期限自2017年1月1日起至2017年12月31日止。",
        "请与青砚市人民政府办公室政府信息公开中心联系。",
        "一、概述",
    )
    assert (found.agency, found.title) == ("青砚市人民政府办公室", None)
    assert found.doubts == (AGENCY_FROM_TEXT, YEAR_FROM_TEXT)


def test_a_subject_said_again_behind_the_year_is_no_agency() -> None:
    found = identify_lines("青砚海关2017年海关政府信息公开年度工作报告", "一、概述")
    assert (found.agency, found.year) == ("青砚海关", 2017)
    assert identify_lines("2017年海关信息公开年度报告").agency is None


def test_a_title_that_goes_on_as_a_notice_is_a_notice() -> None:
    found = identify_lines(
        "青砚市人民政府办公室",
        "关于做好2025年政府信息公开工作年度报告",
        "编制和发布工作的通知",
        "各区人民政府：",
    )
    assert found.is_notice


def test_the_file_ending_is_no_part_of_a_title() -> None:
    found = identify_lines("青砚旗白鹭苏木2021年政府信息公开工作年度报告.docx")
    assert (found.agency, found.title) == (
        "青砚旗白鹭苏木",
        "青砚旗白鹭苏木2021年政府信息公开工作年度报告",
    )


def test_a_school_year_goes_by_its_second_half_and_is_doubted() -> None:
    found = identify_lines("青砚大学2015-2016学年度信息公开工作年度报告", "一、概述")
    assert (found.agency, found.year, found.doubts) == ("青砚大学", 2016, (SCHOOL_YEAR,))


@pytest.mark.parametrize(("row", "column"), [(0, 1), (1, 0)])
def test_the_publisher_stands_beside_its_label_or_under_it(row: int, column: int) -> None:
    cells = (Cell(0, 0, "发布机构"), Cell(row, column, "青砚区白鹭镇人民政府"))
    opening = Text("paragraph", f"根据{LAW}要求,特向社会公布2019年度本机关信息公开年度报告。")
    found = identify_blocks(Table(row + 1, column + 1, cells), opening)
    assert (found.agency, found.doubts) == ("青砚区白鹭镇人民政府", (AGENCY_FROM_PAGE,))


def test_the_branch_that_the_text_speaks_of_is_a_doubt() -> None:
    found = identify_lines(
        "现公布2017年度青砚市公安局政府信息公开工作年度报告。",
        "内容涵盖青砚市公安局白鹭区分局2017年的政府信息公开情况。",
    )
    assert found.agency == "青砚市公安局"
    assert found.doubts == (
        "the title names 青砚市公安局, the text its branch 青砚市公安局白鹭区分局",
    )


def test_the_year_of_the_report_that_a_sentence_publishes_is_held_against_the_title() -> None:
    found = identify_lines(
        "松烟乡2017年政府信息公开工作年度报告",
        "根据规定,特向社会公开松烟乡2016年政府信息公开年度报告。",
    )
    assert found.year == 2017
    assert found.doubts == (
        "the title's year 2017 is not that of the report the text publishes, 2016",
    )


def test_who_is_named_nowhere_stays_unnamed() -> None:
    found = identify_lines(
        "2019年政府信息公开工作年度报告", "我局根据要求，现将情况总结如下：", "一、概述"
    )
    assert (found.agency, found.doubts) == (None, (NO_AGENCY,))


@pytest.mark.parametrize(
    ("publisher", "agency"),
    [
        ("青砚县审计局", "青砚县审计局"),
        ("青砚县人民政府", "县审计局"),
        ("", "县审计局"),
    ],
)
def test_a_name_without_its_place_takes_that_of_the_publisher(publisher: str, agency: str) -> None:
    found = identify_lines(
        f"公开形式: 主动公开 发布机构: {publisher} 有效性: 是",
        "如对本报告有任何疑问,请与县审计局联系。",
        "一、总体情况",
    )
    assert found.agency == agency


def test_a_publisher_beside_its_label_is_taken_from_a_line_of_text() -> None:
    found = identify_lines(
        "索引号: 000/2020-1 发布机构: 青砚县民政局", "一、总体情况", "今年工作顺利。"
    )
    assert (found.agency, found.doubts[0]) == ("青砚县民政局", AGENCY_FROM_PAGE)


def test_the_keywords_of_a_page_leave_its_particulars_a_table() -> None:
    words = "政府信息公开;公开;信息公开;工作;审计;公开信息;公开政府;行政复议;机关;年度报告;制度"
    (table,) = read(f"| 关键词 | {words} | 发布机构 | 青砚县审计局 |\n").blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells][2:] == ["发布机构", "青砚县审计局"]


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        (
            "根据通知要求,青砚县水务局结合单位实际,编制本单位2022年度政务公开工作年度报告。",
            "青砚县水务局",
        ),
        ("按照要求,云澜大学学校办公室结合学校实际情况,编制发布本报告。", "云澜大学"),
        ("2021-2022学年,云澜职业学院严格落实《高等学校信息公开办法》。", "云澜职业学院"),
        ("2019年度,截止目前我局在青砚县政府网站公开0篇次。", None),
    ],
)
def test_a_sentence_of_other_words_names_the_writer(sentence: str, agency: str | None) -> None:
    assert agency_from_text([sentence]) == agency


@pytest.mark.parametrize(
    ("asked", "agency"),
    [
        ("云澜市白鹭区司法局", "云澜市白鹭区司法局"),
        ("白鹭区政务服务中心", "白鹭区司法局"),
        ("白鹭区司法局办公室", "白鹭区司法局"),
    ],
)
def test_the_name_of_whom_to_ask_completes_the_writers(asked: str, agency: str) -> None:
    lines = [f"如有疑问,请与{asked}联系。", "2021年,白鹭区司法局坚持依法公开。"]
    assert agency_from_text(lines) == agency


def test_a_short_name_without_place_gives_way_to_that_of_whom_to_ask() -> None:
    lines = ["如有疑问,请与青砚市住房和城乡建设局联系。", "2022年,市住建局坚持依法公开。"]
    assert agency_from_text(lines) == "青砚市住房和城乡建设局"
    assert agency_from_text(["如有疑问,请与青砚市水务局联系。", lines[1]]) == "市住建局"
