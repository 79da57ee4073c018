"""Comparing with all labels in one call finds what comparing with each of them finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from normalize.labels import labels_like, similarity
from normalize.lexicon import SURE

LABELS = (
    "行政许可",
    "行政处罚",
    "行政强制",
    "（一）予以公开",
    "（三）不予公开",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "（其他）",
    "其他",
)


@st.composite
def damaged_labels(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(LABELS))
    start, stop = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    return text[:start] + draw(st.text("其他公开（）1. 一、", max_size=3)) + text[stop:]


@given(damaged_labels())
def test_labels_like_finds_what_similarity_finds(printed: str) -> None:
    each = {label: similarity(printed, label) for label in LABELS}
    assert labels_like(printed, LABELS, SURE) == {
        label: score for label, score in each.items() if score >= SURE
    }
