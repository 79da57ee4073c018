"""Whatever a section says: nothing is raised, every quote is in its place, no text takes long."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.report import Section
from normalize.statements import sections_to_statements

WORDS = [
    "收到", "申请", "政府信息公开", "件", "12", "３", "1,234", "，", "。", "；", "、", "（", "）", "未", "无", "上年",
    "2021年", "其中", "自然人", "行政复议", "诉讼", "维持", "予以公开", "分别为", "各", "增长", "5%", "占", "\n", " ",
    "“", "《", "〔2019〕60号", "全市", "办结", "结转下年度", "均已", "万", "余", "一", "两", "元", "收取", "公开", "信息",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=3)), max_size=40))
def test_any_text_is_read_without_an_error(pieces: list[str]) -> None:
    text = "".join(pieces)
    for statement in sections_to_statements([Section("overview", "", text)], 2022, "甲县水务局"):
        assert statement.offset is not None
        place = slice(statement.offset, statement.offset + len(statement.quote))
        assert text[place] == statement.quote != ""


ENDLESS = [
    "申请",
    "上年",
    "（",
    "“",
    "《",
    "、",
    "未收到",
    "计划拟",
    "的共计总",
    "1,234",
    "一百万",
    "因政府信息公开",
]


@pytest.mark.parametrize("word", ENDLESS)
def test_words_without_end_take_no_time(word: str) -> None:
    begin = time.perf_counter()
    sections_to_statements([Section("overview", "", word * 5000)], 2022, "甲县水务局")
    assert time.perf_counter() - begin < 2
