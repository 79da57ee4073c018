"""What is printed in a cell, and what it says. A new oddity of a real report is a new line."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.cells import INNER_SPACE, money_unit, read_cell
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
    ("3万", "30000", None),
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
        ("--253", "-253", "two signs '--'"),
        ("（12）", "-12", "brackets taken for a minus sign"),
        ("007", "7", "leading zero"),
    ],
)
def test_a_guess_is_a_doubt(text: str, value: str, doubt: str) -> None:
    reading = read_cell(text)
    assert (reading.value, reading.doubts) == (Decimal(value), (doubt,))


@pytest.mark.parametrize(
    "text", ["\\", "/", "-", "--", "—", "——", "－", "无", "……", "不涉及", "N/A", "*"]
)
def test_a_mark_is_no_number_and_no_blank(text: str) -> None:
    assert read_cell(text).status is Status.PLACEHOLDER


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\u3000\u3000", "\n", "\u200b"])
def test_white_space_is_blank(text: str) -> None:
    assert read_cell(text).status is Status.BLANK


@pytest.mark.parametrize(
    "text", ["本单位未制作规章", "1.2.3", "12%", "约30", "第3", "1a", "+", "1-2", "2021年"]
)
def test_anything_else_is_kept_as_unreadable(text: str) -> None:
    reading = read_cell(text)
    assert (reading.status, reading.value) == (Status.UNREADABLE, None)


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("本年收费金额（单位：万元）", "万元"),
        ("采购总金额(万元,保留四位小数)", "万元"),
        ("金额（元）", "元"),
        ("金额（单位： 亿元）", "亿元"),
        ("金额（千元）", "千元"),
        ("采购总金额", None),
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
