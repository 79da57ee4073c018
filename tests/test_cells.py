"""What is printed in a cell, and what it says. A new oddity of a real report is a new line."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.cells import (
    APPROXIMATE,
    INNER_SPACE,
    PUNCTUATION,
    TOO_LONG,
    TURNED,
    WORDS_AROUND,
    money_unit,
    read_cell,
)
from normalize.report import Status

NUMBERS = [
    ("0", "0", None),
    (" 16", "16", None),
    ("0 ", "0", None),
    ("\u00a00\u00a0", "0", None),
    ("+4", "4", None),
    ("-35", "-35", None),
    ("−35", "-35", None),
    ("减4", "-4", None),
    ("增2", "2", None),
    ("１２３", "123", None),
    ("1,234", "1234", None),
    ("12，345", "12345", None),
    ("11398889", "11398889", None),
    ("7730.28", "7730.28", None),
    ("120198725.06 元", "120198725.06", "元"),
    ("251000元", "251000", "元"),
    ("976.81万元", "976.81", "万元"),
    ("103.3879万元", "103.3879", "万元"),
    ("22（其中修订 16 件）", "22", None),
    ("55（含自然失效 29 件）", "55", None),
    ("3件", "3", "件"),
    ("9.5萬元", "9.5", "万元"),
    ("12千元", "12", "千元"),
    ("3①", "3", None),
    ("3*", "3", None),
    ("10³", "10", None),
    ("两千三百", "2300", None),
    ("二十", "20", None),
    ("〇", "0", None),
    ("3万", "30000", "万"),
    ("12.5万", "125000", "万"),
    ("十二万", "120000", "万"),
    ("1.2万件", "12000", "件"),
    ("12万5千元", "125000", "元"),
    ("12万5000元", "125000", "元"),
    ("十二万五千元", "125000", "元"),
    ("零", "0", None),
    ("十二件", "12", "件"),
    ("239\n件", "239", "件"),
    ("12.5\n万元", "12.5", "万元"),
    ("22\n（其中修订 16 件）", "22", None),
    ('"12"', "12", None),
    ("“12”", "12", None),
    ("增加7", "7", None),
    ("增加4项", "4", "项"),
    ("减少4", "-4", None),
    ("下降3", "-3", None),
    ("￥12.5", "12.5", None),
    ("¥12.5", "12.5", None),
    ("￥12.5万元", "12.5", "万元"),
    ("人民币12.5元", "12.5", "元"),
    ("12500元整", "12500", "元"),
    ("12.5（万元）", "12.5", "万元"),
    ("12（单位：件）", "12", "件"),
    ("12.5（其中诉讼费3万元）", "12.5", None),
    ("壹佰贰拾", "120", None),
    ("陆佰元整", "600", "元"),
    ("12场", "12", "场"),
    ("3宗", "3", "宗"),
    ("12〔1〕", "12", None),
    ("12注1", "12", None),
    ("\u200b12\u200b", "12", None),
    ("\u202a1\u200d6\u202c", "16", None),
]


@pytest.mark.parametrize(("text", "value", "unit"), NUMBERS)
def test_a_number_is_read_exactly(text: str, value: str, unit: str | None) -> None:
    reading = read_cell(text)
    assert (reading.status, reading.value, reading.unit) == (Status.REPORTED, Decimal(value), unit)
    assert reading.doubts == ()


@pytest.mark.parametrize(
    ("text", "value", "doubt"),
    [
        ("1 6", "16", INNER_SPACE),
        ("1 2 3", "123", INNER_SPACE),
        ("1 234 567", "1234567", INNER_SPACE),
        ("--253", "-253", "two signs '--'"),
        ("（12）", "-12", "brackets taken for a minus sign"),
        ("007", "7", "leading zero"),
        ("12.", "12", PUNCTUATION),
        ("12。", "12", PUNCTUATION),
        ("12，", "12", PUNCTUATION),
        ("12、", "12", PUNCTUATION),
        ("3万元。", "3", PUNCTUATION),
        ("共12件", "12", WORDS_AROUND),
        ("共计12", "12", WORDS_AROUND),
        ("12  34", "1234", INNER_SPACE),
        ("（12.5万元）", "-12.5", "brackets taken for a minus sign"),
        ("(12.5)万元", "-12.5", "brackets taken for a minus sign"),
        ("约16", "16", APPROXIMATE),
        ("近16", "16", APPROXIMATE),
        ("3万余", "30000", APPROXIMATE),
        ("10余件", "10", APPROXIMATE),
        ("12左右", "12", APPROXIMATE),
        ("减-4", "-4", "two signs '减-'"),
        ("↓4", "-4", "arrow taken for a sign"),
    ],
)
def test_a_guess_is_a_doubt(text: str, value: str, doubt: str) -> None:
    reading = read_cell(text)
    assert (reading.value, reading.doubts) == (Decimal(value), (doubt,))


@pytest.mark.parametrize(
    "text",
    ["\\", "/", "-", "--", "—", "——", "－", "无", "……", "不涉及", "N/A", "null", "*"],
)
def test_a_mark_is_no_number_and_no_blank(text: str) -> None:
    assert read_cell(text).status is Status.PLACEHOLDER


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\u3000\u3000", "\n", "\u200b", "\u200e"])
def test_white_space_is_blank(text: str) -> None:
    assert read_cell(text).status is Status.BLANK


UNREADABLE = [
    *(
        "本单位未制作规章",
        "没有",
        "无此项",
        "未统计",
        "持平",
        "见附件",
        "合计12",
        "第3",
        "1a",
        "1O",
        "+",
        "增加",
    ),
    *("1.2.3", "12%", "1-2", "12 13 14", "12/15", "3+4", ">100", "不足3", "100以上"),
    *("2021年", "2022-03-05", "2022年3月5日"),
    *("12万5", "12万5万", "5千12万", "12千", "一百二", "两三", "三五", "七八十", "一二三"),
    *("万", "元", "万元", "百万元", "千元", "余", "约", "一、"),
]


@pytest.mark.parametrize("text", UNREADABLE)
def test_anything_else_is_kept_as_unreadable(text: str) -> None:
    reading = read_cell(text)
    assert (reading.status, reading.value) == (Status.UNREADABLE, None)


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("1" * 18, None),
        ("0.30000000000000004", None),
        ("0" * 30, None),
        ("1" * 19, (TOO_LONG,)),
        ("1" * 400 + "万元", (TOO_LONG,)),
        ("0." + "0" * 400 + "1", (TOO_LONG,)),
        ("1,000" + ",000" * 9, (TOO_LONG,)),
        ("\u202e12", (TURNED,)),
    ],
)
def test_more_digits_than_arithmetic_keeps_are_no_number(
    text: str, doubts: tuple[str, ...] | None
) -> None:
    reading = read_cell(text)
    if doubts is None:
        assert reading.value == Decimal(text)
    else:
        assert (reading.status, reading.value, reading.doubts) == (Status.UNREADABLE, None, doubts)


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("本年收费金额（单位：万元）", "万元"),
        ("采购总金额(万元,保留四位小数)", "万元"),
        ("金额（元）", "元"),
        ("金额（单位： 亿元）", "亿元"),
        ("金额（千元）", "千元"),
        ("金额（万）", "万元"),
        ("金额（单位：亿）", "亿元"),
        ("采购总金额", None),
        ("上万件", None),
        ("金额（元/万元）", None),
        ("金额（美元）", None),
        ("金额（單位：萬元）", None),
    ],
)
def test_a_head_names_the_unit_of_money(head: str, unit: str | None) -> None:
    assert money_unit(head) == unit


@given(st.text(max_size=40))
def test_any_text_has_a_status_and_only_numbers_have_a_value(text: str) -> None:
    reading = read_cell(text)
    assert (reading.value is not None) == (reading.status is Status.REPORTED)


@given(st.decimals(min_value=0, max_value=10**12, places=4, allow_nan=False))
def test_a_printed_number_comes_back(number: Decimal) -> None:
    assert read_cell(format(number, "f")).value == number


@given(st.integers(min_value=0, max_value=10**12), st.text(" \u00a0\u3000", max_size=3))
def test_white_space_around_a_number_does_not_count(number: int, space: str) -> None:
    assert read_cell(f"{space}{number}{space}") == read_cell(str(number))
