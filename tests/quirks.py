"""What is messy in real reports, one line a kind, each with the smallest text that shows it.

`PRINTED` are rows with what they must be read as, `CELLS` single cells, `PROVEN` kinds that need a
drawn page, a whole table or several documents, with the tests that show them.
"""

from dataclasses import dataclass
from decimal import Decimal

from normalize.report import Status
from tests.requests_text import one_row_a_line, sound_figures

Value = int | str
"""A number, or the status of a cell that has none."""

B, M, U, P = (
    s.value for s in (Status.BLANK, Status.MISSING, Status.UNREADABLE, Status.PLACEHOLDER)
)

HEAD_2019 = "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |"
HEAD_2021 = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |"
ITEMS = "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |"
FEES_2019 = "信息内容 | 上一年项目数量 | 本年增/减 |"
FEES_2021 = "信息内容 | 本年收费金额（单位：万元） |"
BUYING = "信息内容 | 采购项目数量 | 采购总金额 |"


@dataclass(frozen=True)
class Quirk:
    """A kind of mess: the text, a row of it as (table, row), its values, and which are flagged."""

    section: int
    says: str
    text: str
    row: tuple[str, str]
    values: tuple[Value, ...]
    flagged: str = ""
    """`all`, `some` or, where nothing is in doubt, nothing."""


def proactive(*lines: str) -> str:
    return "\n".join(("二、主动公开政府信息情况", *lines))


def requests(old: str = "", new: str = "") -> str:
    """A sound table of requests, one row a line, with one change."""
    text = one_row_a_line(sound_figures())
    assert old in text
    return text.replace(old, new, 1)


RULES = ("proactive", "regulations")
PAPERS = ("proactive", "normative_documents")
PERMITS = ("proactive", "permits")
FEES = ("proactive", "fees")
BOUGHT = ("proactive", "procurement")
RECEIVED = ("requests", "received")
LAW = ("requests", "refused_prohibited_by_law")
OVER = ("requests", "carried_over")

SOUND = (16, 3, 0, 0, 0, 0, 19)
REFUSED = (1, 0, 0, 0, 0, 0, 1)
LABEL = "2.其他法律行政法规禁止公开"

# fmt: off
PRINTED = (
    Quirk(1, "a row called 规范性文件 under the heads of 2021", proactive(HEAD_2021, "规章 | 1 | 0 | 3 |", "规范性文件 | 5 | 4 | 6 |"), PAPERS, (5, 4, 6)),
    Quirk(1, "one table: (一) with the heads of 2019, (五) with those of 2021", proactive(HEAD_2019, "规章 | 2 | 1 | 3 |", "信息内容 | 本年处理决定数量 | ||", "行政许可 | 5 | ||"), PERMITS, (5,)),
    Quirk(1, "本年数量 in place of 本年增/减: a count, not a change", proactive("信息内容 | 上一年项目数量 | 本年数量 | 处理决定数量 |", "行政许可 | 6 | 7 | 122 |"), PERMITS, (6, M, 122), "some"),
    Quirk(1, "a row the form does not have shifts nothing", proactive(HEAD_2019, "规章 | 2 | 2 | 3 |", "规范性文件 | 1 | 1 | 9 |", "其他主动公开文件 | 56 | 45 | 45 |", ITEMS, "行政许可 | 15 | 0 | 583 |"), PERMITS, (15, 0, 583)),
    Quirk(1, "the same in traditional characters", proactive(HEAD_2019, "规章 | 2 | 2 | 3 |", "規範性檔案 | 1 | 1 | 9 |", "其他主動公開檔案 | 186 | 86 | 255 |"), PAPERS, (1, 1, 9)),
    Quirk(1, "a row split into sub-rows has no single value", proactive(ITEMS, "行政许可 | 0 | 0 | 0 |", "其他对外管理服务事项 | 行政检查 | 1 | 2 | 3 |", "行政确认 | 4 | 5 | 6 |"), ("proactive", "other_services"), (M, M, M), "all"),
    Quirk(1, "a sentence under the table", proactive(FEES_2019, "行政事业性收费 | 2 | 1 |", "2020年本行政区域(或本部门)政府信息公开发布总数量:0"), FEES, (2, 1)),
    Quirk(1, "a note under the table", requests("| 四、结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |", "| 四、结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n注：含上年度结转数量。"), RECEIVED, SOUND),
    Quirk(1, "the rules for filling in a row behind its label", proactive(HEAD_2019, "规章(设区的市、自治州人民政府应提供相关数据) | 0 | 0 | 0 |", "规范性文件(行政机关制定发布的决定、公告、通告、意见、通知,以及标题采用“规定”“办法”“细则”“规范”“规程”“规则”等字样的公文,一般情况下属于规范性文件) | 21 | 4 | 33 |"), PAPERS, (21, 4, 33)),
    Quirk(1, "the same, one cell a line", proactive("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量", "规章", "0", "0", "0", "规范性文件(行政机关制定发布的决定、公告、通告、意见、通知,以及标题采用“规定”“办法”“细则”“规范”“规程”“规则”等字样的公文,一般情况下属于规范性文件)", "21", "4", "33"), PAPERS, (21, 4, 33)),
    Quirk(1, "the same with pinyin inside", proactive(HEAD_2019, "規(guī)章(設區(qū)的市、自治州人民政府應提供相關數(shù)據(jù)) | 0 | 0 | 0 |", "規(guī)范性文件(行政機關制定發(fā)布的決定、公告、通告、意見、通知,以及標題采用“規(guī)定”“辦法”“細則”“規(guī)范”“規(guī)程”“規(guī)則”等字樣的公文,一般情況下屬于規(guī)范性文件) | 21 | 4 | 33 |"), PAPERS, (21, 4, 33)),
    Quirk(2, "signs, and none, in one column", proactive(ITEMS, "行政许可 | 15 | +4 | 583 |", "行政处罚 | 151 | 减4 | 0 |"), PERMITS, (15, 4, 583)),
    Quirk(2, "a double minus", proactive(ITEMS, "行政许可 | 15 | --253 | 583 |"), PERMITS, (15, -253, 583), "some"),
    Quirk(2, "减 for a minus", proactive(ITEMS, "行政许可 | 15 | 减4 | 583 |"), PERMITS, (15, -4, 583)),
    Quirk(2, "a space inside a number, which the row's sum proves", requests("| 16 | 3 |", "| 1 6 | 3 |"), RECEIVED, SOUND),
    Quirk(2, "a space inside a number that nothing proves", requests("| 16 | 3 |", "| 1 7 | 3 |"), RECEIVED, (17, 3, 0, 0, 0, 0, 19), "all"),
    Quirk(2, "no-break spaces around numbers", requests("| 16 | 3 |", "| \u00a016\u00a0 |  3\u00a0 |"), RECEIVED, SOUND),
    Quirk(2, "a note in the cell", proactive(HEAD_2021, "规章 | 22（其中修订 16 件） | 0 | 55（含自然失效 29 件） |"), RULES, (22, 0, 55)),
    Quirk(2, "digits inside heads are no values", proactive("信息内容 | 上一年项目数量(指2019年事項數) | 本年增/减(指2020年增加或減少的事項數,減用負值表示,如-8) | 处理决定数量 |", "行政许可 | 15 | 4 | 583 |"), PERMITS, (15, 4, 583)),
    Quirk(2, "full-width digits", proactive(HEAD_2021, "规章 | ２ | １ | ３ |"), RULES, (2, 1, 3)),
    Quirk(2, "large values", proactive(ITEMS, "行政许可 | 0 | 0 | 11398889 |"), PERMITS, (0, 0, 11398889)),
    Quirk(2, "words where a number should be", proactive(HEAD_2021, "规章 | 本单位未制作规章 | 本单位未制作规章 | 本单位未制作规章 |"), RULES, (U, U, U), "all"),
    Quirk(3, "万元 in the head", proactive(FEES_2021, "行政事业性收费 | 7730.28 |"), FEES, (77302800,)),
    Quirk(3, "元 in the cell", proactive(BUYING, "政府集中采购 | 3 | 120198725.06 元 |"), BOUGHT, (3, "120198725.06")),
    Quirk(3, "万元 in the cell", proactive(BUYING, "政府集中采购 | 3 | 976.81万元 |"), BOUGHT, (3, 9768100)),
    Quirk(3, "万元 in head and cell multiplies once", proactive("信息内容 | 采购项目数量 | 采购总金额(万元,保留四位小数) |", "政府集中采购 | 3 | 103.3879万元 |"), BOUGHT, (3, 1033879)),
    Quirk(3, "a unit nowhere is taken as yuan and flagged", proactive(BUYING, "政府集中采购 | 3 | 52.15 |"), BOUGHT, (3, "52.15"), "some"),
    Quirk(3, "0 without a unit is 0 anyway", proactive("資訊內容 | 本年收費金額 |", "行政事业性收费 | 0 |"), FEES, (0,)),
    Quirk(4, "a row of marks", proactive(HEAD_2019, "规章 | / | \\ | -- |"), RULES, (P, P, P)),
    Quirk(4, "only the first and the last column filled", requests("申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |", "申请数量 | 1 |  |  |  |  |  | 1 |"), OVER, (1, B, B, B, B, B, 1)),
    Quirk(4, "a row of blanks", proactive(HEAD_2019, "规章 | 2 | 1 | 3 |", BUYING, "政府集中采购 | ||||"), BOUGHT, (B, B)),
    Quirk(4, "one figure for two columns is given to neither", proactive(FEES_2019, "行政事业性收费 | 0 |", BUYING, "政府集中采购 | 3 | 5元 |"), FEES, (U, U), "all"),
    Quirk(4, "blank cells left out, the row filled up at its end", proactive(HEAD_2021, "规章 | |||", "行政规范性文件 | 2 | ||"), PAPERS, (2, B, B), "all"),
    Quirk(4, "blank cells left out, the last figure being the row's total", requests("申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |", "申请数量 | 1 | 1 | |||||||"), OVER, (1, B, B, B, B, B, 1), "all"),
    Quirk(4, "blank cells left out, one figure for seven columns", requests("申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |", "申请数量 | 1 | ||||||||"), OVER, (1, B, B, B, B, B, B), "all"),
    Quirk(4, "blank cells kept, the row filled up at its end", requests("申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |", "申请数量 | 1 | | | | | | 1 | ||"), OVER, (1, B, B, B, B, B, 1)),
    Quirk(5, "characters lost from a label", requests(LABEL, "2.其他法律行政止公开"), LAW, REFUSED),
    Quirk(5, "characters lost from heads", proactive("信息内容 | 本年发件 | 本年废止件数 | 现行有效件 |", "规章 | 2 | 1 | 3 |"), RULES, (2, 1, 3)),
    Quirk(5, "two columns with the same head", proactive("信息内容 | 本年新 | 本年新 | 对外公开总数量 |", "规章 | 2 | 1 | 3 |"), RULES, (2, 1, 3)),
    Quirk(5, "本年增/ for 本年增/减", proactive("信息内容 | 上一年项目数量 | 本年增/ | 处理决定数量 |", "行政许可 | 6 | 1 | 12 |"), PERMITS, (6, 1, 12)),
    Quirk(5, "characters added to a head", proactive("信非公息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |", "规章 | 2 | 1 | 3 |"), RULES, (2, 1, 3)),
    Quirk(5, "spaces inside labels", requests(LABEL, "2.其他法律 行政 法规禁 止公开"), LAW, REFUSED),
    Quirk(5, "other numbering and brackets", requests(LABEL, "2、其他法律行政法规禁止公开"), LAW, REFUSED),
    Quirk(5, "a label without its number", requests("(一)予以公开", "予以公开"), ("requests", "granted"), (9, 2, 0, 0, 0, 0, 11)),
    Quirk(5, "a shortened label", requests("(六)其他处理", "(六) 其他"), ("requests", "other"), (2, 0, 0, 0, 0, 0, 2)),
    Quirk(5, "a banner that is missing, or long", proactive("中华人民共和国政府信息公开条例  第二十条第(一)项", HEAD_2019, "规章 | 2 | 1 | 3 |"), RULES, (2, 1, 3)),
    Quirk(6, "traditional characters", proactive("資訊內容 | 本年新製作數量 | 本年新公開數量 | 對外公開總數量 |", "規章 | 1 | 2 | 3 |", "規範性檔案 | 5 | 4 | 6 |"), PAPERS, (5, 4, 6)),
    Quirk(6, "pinyin behind characters", proactive("信息內(nèi)容 | 本年制發(fā)件數(shù)量 | 本年廢止件數(shù) | 現(xiàn)行有效件數(shù) |", "規(guī)章 | 2 | 1 | 3 |"), RULES, (2, 1, 3)),
    Quirk(6, "headings of shifted bytes", "?。ㄒ唬┲鲃庸_情況\n" + "\n".join((HEAD_2019, "规章 | 2 | 1 | 3 |", "规范性文件 | 5 | 4 | 6 |")), PAPERS, (5, 4, 6)),
    Quirk(3, "money where counts belong stays as printed", proactive(FEES_2019, "行政事业性收费 | 1288 | 591 |"), FEES, (1288, 591)),
    Quirk(7, "leading pipes and trailing empty columns", proactive("| " + HEAD_2019 + "|", "| 规章 | 2 | 1 | 3 | ||"), RULES, (2, 1, 3)),
    Quirk(7, "tabs, with trailing ones", proactive("信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\t\t", "规章\t2\t1\t3\t\t"), RULES, (2, 1, 3)),
    Quirk(7, "a row cut by the end of an excerpt", requests("| 四、结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |", "| 四、结转下年度继续办理 | 1 | 0 |"), ("requests", "carried_forward"), (1, 0, M, M, M, M, M), "all"),
    Quirk(7, "a separator behind every row", proactive("| 信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |", "|---|---|---|---|", "| 规章 | 2 | 1 | 3 |", "|---|---|---|---|", "| 规范性文件 | 5 | 4 | 6 |"), PAPERS, (5, 4, 6)),
    Quirk(11, "last year's items swapped with the change stay as printed", proactive(ITEMS, "行政许可 | +22 | 0 | 583 |"), PERMITS, (22, 0, 583)),
    Quirk(11, "a total of 0 beside figures stays and is flagged", requests("| 16 | 3 | 0 | 0 | 0 | 0 | 19 |", "| 16 | 3 | 0 | 0 | 0 | 0 | 0 |"), RECEIVED, (16, 3, 0, 0, 0, 0, 0), "all"),
)

CELLS: tuple[tuple[int, str, str, Decimal | None, Status], ...] = (
    (2, "a sign", "+8", Decimal(8), Status.REPORTED),
    (2, "减 as a sign", "减4", Decimal(-4), Status.REPORTED),
    (2, "a double minus", "--253", Decimal(-253), Status.REPORTED),
    (2, "a space inside", "1 6", Decimal(16), Status.REPORTED),
    (2, "a no-break space before", "\u00a00", Decimal(0), Status.REPORTED),
    (2, "a note with a number", "55（含自然失效 29 件）", Decimal(55), Status.REPORTED),
    (2, "a thousands separator", "824,019", Decimal(824019), Status.REPORTED),
    (2, "four decimals", "59237.2449", Decimal("59237.2449"), Status.REPORTED),
    (2, "a sentence", "本单位未制作规章", None, Status.UNREADABLE),
    (3, "元", "251000元", Decimal(251000), Status.REPORTED),
    (4, "a backslash", "\\", None, Status.PLACEHOLDER),
    (4, "a slash", "/", None, Status.PLACEHOLDER),
    (4, "a dash", "-", None, Status.PLACEHOLDER),
    (4, "a no-break space", "\u00a0", None, Status.BLANK),
    (4, "ideographic spaces", "\u3000\u3000", None, Status.BLANK),
)
"""(section, kind, text, value, status)."""

PROVEN: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (1, "a comparison of two years, and a blank form, are no reports", ("test_verdicts.py::test_two_years_side_by_side_are_not_one_report", "test_verdicts.py::test_what_is_no_report_is_quarantined_with_a_reason")),
    (4, "a blank that the arithmetic says is a lost number", ("test_interpret_requests.py::test_a_blank_where_the_arithmetic_demands_a_number_is_flagged",)),
    (4, "totals left blank for the outcomes", ("test_interpret_html.py::test_totals_left_blank_for_the_outcomes",)),
    (4, "lines kept once, so that one 0 stands for many cells", ("test_interpret_requests.py::test_a_list_that_lost_its_repeated_lines_is_in_doubt_throughout",)),
    (4, "blank cells that vanish in flattened text", ("test_interpret_proactive.py::test_one_figure_for_two_columns_is_given_to_neither", "test_interpret_requests.py::test_a_row_with_too_few_figures_is_not_spread_over_columns")),
    (5, "line breaks in heads and labels", ("test_interpret_proactive.py::test_heads_in_pieces_one_cell_a_line", "test_text_reader.py::test_a_head_or_a_label_of_two_lines_is_one_cell")),
    (5, "sub-labels missing, the group followed by all figures", ("test_interpret_requests.py::test_lost_labels_are_made_up_for_by_order_and_arithmetic",)),
    (5, "a group label cut by a page break", ("test_pdf_cut_groups.py::test_group_label_cut_in_two", "test_pdf_cuts.py::test_a_table_cut_anywhere_is_read_as_it_was")),
    (6, "UTF-8 read as GBK", ("test_encodings.py::test_mojibake_is_turned_back_and_noted", "test_encodings.py::test_mojibake_with_lost_bytes_is_only_noted")),
    (6, "years in damaged dates and numbers of documents", ("test_titles.py::test_years_of_laws_and_of_documents_do_not_count",)),
    (6, "advertising in names", ("test_titles.py::test_names_above_and_below_a_title_that_differ_are_a_doubt", "test_titles.py::test_words_of_the_page_are_no_name")),
    (7, "one cell a line", ("test_text_reader.py::test_one_cell_a_line_keeps_the_order_only",)),
    (7, "a pipe after each cell, or before each row", ("test_text_reader.py::test_a_pipe_after_each_cell_keeps_the_order_only",)),
    (7, "a whole report on one line", ("test_text_reader.py::test_a_whole_report_on_one_line",)),
    (7, "a table a row, under invented heads", ("test_interpret_requests.py::test_a_table_of_its_own_for_each_row_under_invented_heads",)),
    (7, "label fragments between orphan rows", ("test_split_rows.py::test_the_pieces_of_a_row_are_joined", "test_split_rows.py::test_figures_between_two_whole_labels_belong_to_neither_and_put_both_in_doubt")),
    (8, "spans of a data row that differ from its heads", ("test_interpret_html.py::test_a_data_row_whose_spans_differ_from_its_heads",)),
    (8, "missing spans made up for by empty cells", ("test_interpret_html.py::test_missing_row_spans_emulated_by_empty_cells",)),
    (8, "soup of spans and fonts, no-break spaces, breaks", ("test_html_tables.py::test_cell_text", "test_html_tables.py::test_grid")),
    (8, "the site around the article, two titles, another date", ("test_html_article.py::test_site_around_the_article_is_gone", "test_html_article.py::test_metadata")),
    (8, "the article in a string of a script, which is not read", ("test_html_article.py::test_a_table_in_a_script_is_not_read_and_the_page_says_so",)),
    (9, "a table over pages, its head repeated or not", ("test_pdf_stitch.py::test_repeated_head_is_kept_once", "test_pdf_cuts.py::test_a_table_cut_anywhere_is_read_as_it_was")),
    (9, "a banner at the foot and its head on the next page", ("test_pdf_stitch.py::test_banner_at_the_foot_and_its_head_on_the_next_page",)),
    (9, "another grid on the continuation, a stray line", ("test_pdf_stitch.py::test_continuation_with_fewer_columns", "test_pdf_stitch.py::test_continuation_with_a_stray_column")),
    (9, "a label in a vertical font, or one character a line", ("test_pdf_lines.py::test_vertical_label", "test_pdf_cell_text.py::test_vertical_label_of_one_character_a_line")),
    (9, "lines and boxes around prose", ("test_pdf_tables.py::test_lines_around_prose_are_no_table", "test_pdf_tables.py::test_white_boxes_behind_lines_are_nothing")),
    (9, "page numbers inside tables", ("test_pdf_cut_groups.py::test_group_cut_without_a_bottom_rule",)),
    (9, "year blocks side by side", ("test_pdf_tables.py::test_side_by_side", "test_pdf_stitch.py::test_side_by_side_tables_go_on_each_for_itself")),
    (9, "scans", ("test_cascade.py::test_a_scan_is_read_from_its_pictures", "test_pdf_errors.py::test_pictures_alone")),
    (10, "headings lost, doubled, nested or restarting", ("test_sections.py::test_numbering_nested_in_a_section_is_its_text", "test_sections.py::test_headings_swept_into_a_list_still_part_the_text")),
    (10, "prose between heading and table", ("test_text_reader.py::test_headings_and_paragraphs_keep_their_order_around_tables",)),
    (10, "titles within sentences, and reports that only say who made them", ("test_writers.py::test_a_title_in_a_sentence_is_taken_without_the_sentence", "test_writers.py::test_a_sentence_names_the_writer")),
    (10, "the beginning of a page whose rest was lost", ("test_verdicts.py::test_the_beginning_of_a_report_that_says_what_it_is_is_looked_at",)),
    (10, "names of bodies without the place they are of", ("test_places.py::test_a_name_without_its_place_takes_the_one_the_text_prints",)),
    (10, "old reports of sentences alone", ("test_verdicts.py::test_a_report_of_sentences_alone_is_accepted_for_years_before_the_tables",)),
    (11, "identities that the source breaks", ("test_opinions.py::test_when_both_agree_the_agency_printed_it_so", "test_interpret_tables.py::test_a_total_that_does_not_add_up_flags_its_five_cells")),
)
# fmt: on
"""(section, kind, tests)."""
