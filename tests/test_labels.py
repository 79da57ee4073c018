import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.labels import fold, similarity
from normalize.lexicon import SURE, match_rows


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("(三) 不予公开", "（三）不予公开"),
        ("商业\n企业", "商业企业"),
        ("結 果 維 持", "结果维持"),
        ("項(xiàng)目", "项目"),
        ("行政規(guī)范性文件", "行政规范性文件"),
        ("規範性檔案", "规范性文件"),
        ("資訊內容", "信息内容"),
        ("⼀、本年新收政府信息公开申请数量", "一、本年新收政府信息公开申请数量"),
        ("第二十条 第(一)项", "第二十条第（一）项"),
        ("部分公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ],
)
def test_the_same_label_printed_otherwise(printed: str, label: str) -> None:
    assert similarity(printed, label) == 1.0


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("2.其他法律行政止公开", "2.其他法律行政法规禁止公开"),
        ("现行有效件", "现行有效件数"),
        ("本年发件", "本年制发件数"),
        ("本年增/", "本年增/减"),
        ("本年新", "本年新制作数量"),
        ("信非公息内容", "信息内容"),
    ],
)
def test_a_damaged_label_is_still_that_label(printed: str, label: str) -> None:
    assert SURE <= similarity(printed, label) < 1.0


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("本年数量", "本年增/减"),
        ("其他主动公开文件", "行政规范性文件"),
        ("本单位未制作规章", "规章"),
    ],
)
def test_another_meaning_is_another_label(printed: str, label: str) -> None:
    assert similarity(printed, label) < SURE


@pytest.mark.parametrize(
    ("words", "row", "rest"),
    [
        (["三、本年度办理结果", "(一)予以公开"], "granted", 0),
        (["(三)", "不予公开", "1.属于国家秘密"], "refused_state_secret", 0),
        (
            ["1.申请人无正当理由逾", "期不补正、行政机关不", "再处理其政府信息公开", "申请"],
            "other_not_corrected",
            0,
        ),
        (["信息内容", "本年制发件数", "规章"], "regulations", 0),
        (["其他对外管理服务事项", "行政检查"], "other_services", 1),
    ],
)
def test_the_end_of_the_words_names_the_row(words: list[str], row: str, rest: int) -> None:
    best = match_rows(words)[0]
    assert (best.name.row, best.rest) == (row, rest)


@pytest.mark.parametrize("words", [["行政确认"], ["其他主动公开文件"], ["信息内容"], [""], []])
def test_words_that_name_no_row(words: list[str]) -> None:
    assert match_rows(words) == ()


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert (
        fold(fold(text).core).core == fold(text).core
        or fold(text).ordinal != fold(fold(text).core).ordinal
    )


@given(st.text(max_size=30), st.text(max_size=30))
def test_similarity_is_a_share(one: str, other: str) -> None:
    assert 0.0 <= similarity(one, other) <= 1.0
