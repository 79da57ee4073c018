"""Bytes become text without loss; a wrong codec is found out by the characters it yields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.encodings import Decoded, codecs_of, declared_charsets, decode
from extract.errors import BrokenFile, ExtractError
from extract.mojibake import mend_mojibake

SIMPLIFIED = "一、总体情况\n根据《中华人民共和国政府信息公开条例》，全年主动公开政府信息249条。"
TRADITIONAL = "一、總體情況\n依據政府資訊公開規定，全年主動公開政府資訊249條，受理申請26件。"


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "utf-16", "utf-16-le"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "utf-32", "utf-32-le"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "gb18030", "gb18030"),
        ("规章 0 0 0", "gb18030", "gb18030"),
        ("联通", "gb18030", "gb18030"),
        ("臺灣", "big5", "big5"),
        ("only ASCII 123", "ascii", "utf-8"),
        ("", "utf-8", "utf-8"),
    ],
)
def test_round_trip(text: str, codec: str, encoding: str) -> None:
    assert decode(text.encode(codec)) == Decoded(text, encoding)


def page(charset: str, text: str = SIMPLIFIED) -> str:
    return f'<html><head><meta charset="{charset}"></head><body>{text}</body></html>'


@pytest.mark.parametrize(
    ("declared", "codec", "encoding", "notes"),
    [
        ("utf-8", "utf-8", "utf-8", ()),
        ("gb2312", "gb18030", "gb18030", ()),
        ("GBK", "gb18030", "gb18030", ()),
        ("utf-8", "gb18030", "gb18030", ("declared charset utf-8 does not decode the file",)),
        ("gb2312", "utf-8", "utf-8", ("declared charset gb2312 does not decode the file",)),
        (
            "iso-8859-1",
            "gb18030",
            "gb18030",
            ("declared charset iso-8859-1 gives nonsense, read as gb18030",),
        ),
        (
            "big5",
            "gb18030",
            "gb18030",
            ("declared charset big5 does not decode the file",),
        ),
        ("x-unheard-of", "utf-8", "utf-8", ("declared charset x-unheard-of is not known",)),
        ("utf-16", "utf-8", "utf-8", ()),
    ],
)
def test_declaration_is_tried_and_doubted(
    declared: str, codec: str, encoding: str, notes: tuple[str, ...]
) -> None:
    text = page(declared)
    assert decode(text.encode(codec)) == Decoded(text, encoding, notes)


def test_traditional_characters_beyond_gb2312_are_read_under_that_name() -> None:
    text = page("gb2312", "镕 喆 萬元")
    assert decode(text.encode("gb18030")) == Decoded(text, "gb18030")


def test_big5_is_not_taken_for_gb18030() -> None:
    data = TRADITIONAL.encode("big5")
    assert data.decode("gb18030", "replace") != TRADITIONAL
    assert decode(data).text == TRADITIONAL


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b'<meta charset="GB2312">', ("gb2312",)),
        (b"<META http-equiv=Content-Type content='text/html; charset=gbk'>", ("gbk",)),
        (b'<?xml version="1.0" encoding="Big5"?>', ("big5",)),
        (b'<meta charset=utf-8><meta charset="gbk"><meta charset=utf-8>', ("utf-8", "gbk")),
        (b"no declaration", ()),
    ],
)
def test_declared_charsets(data: bytes, names: tuple[str, ...]) -> None:
    assert declared_charsets(data) == names


@pytest.mark.parametrize(
    ("name", "codecs"),
    [
        ("gb2312", ("gb18030",)),
        ("GB_2312-80", ("gb18030",)),
        ("utf8", ("utf-8",)),
        ("Big5-HKSCS", ("cp950", "big5hkscs")),
        ("hex", ()),
        ("unicode_escape", ()),
    ],
)
def test_codecs_of(name: str, codecs: tuple[str, ...]) -> None:
    assert codecs_of(name) == codecs


def test_a_header_from_outside_declares_too() -> None:
    assert decode("规章".encode("gb18030"), "GB2312") == Decoded("规章", "gb18030")


def test_cut_in_the_middle_of_a_character() -> None:
    decoded = decode(SIMPLIFIED.encode()[:-1])
    assert decoded.text == SIMPLIFIED[:-1] + "\ufffd"
    assert decoded.notes == ("damaged characters, each marked \ufffd, in utf-8 text: 1",)


def test_wrong_mark_is_noted() -> None:
    decoded = decode(b"\xef\xbb\xbf" + SIMPLIFIED.encode("gb18030"))
    assert decoded.text == SIMPLIFIED
    assert decoded.notes == ("the byte order mark says utf-8, but the bytes are not",)


@pytest.mark.parametrize("data", [b"\xff\xff\xff\xff\xff\xfe", bytes(range(128, 256)) * 3])
def test_nonsense_is_broken(data: bytes) -> None:
    with pytest.raises(BrokenFile, match="no encoding known here"):
        decode(data)


@pytest.mark.parametrize(
    ("garbled", "text"),
    [
        ("涓€銆佹€讳綋鎯呭喌", "一、总体情况"),
        ("正文在前，涓€銆佹€讳綋鎯呭喌，正文在后。", "正文在前，一、总体情况，正文在后。"),
        ("主动公开涓€銆佹€讳綋鎯呭喌报告", "主动公开一、总体情况报告"),
        ("一、总体情况".encode().decode("latin-1"), "一、总体情况"),
    ],
)
def test_mojibake_is_turned_back_and_noted(garbled: str, text: str) -> None:
    assert mend_mojibake(garbled).text == text
    decoded = decode(garbled.encode())
    assert decoded.text == text
    assert decoded.notes[0].startswith("1 garbled passages, UTF-8 misread elsewhere")


def test_mojibake_with_lost_bytes_is_only_noted() -> None:
    garbled = "涓�鏀垮簻淇℃伅鍏紑宸ヤ綔骞村害鎶ュ憡"
    decoded = decode(garbled.encode())
    assert decoded.notes
    assert "garbled" in decoded.notes[-1]


@pytest.mark.parametrize(
    "sound",
    [
        SIMPLIFIED,
        TRADITIONAL,
        "沭阳县沭城街道苏州东路42号",
        "鄄城县郯城县盱眙县亳州市濮阳市",
        "Müller, naïve café — ÀÉÈÇÖÜ",
        "①②③④⑤ √×％‰ ～—— “三安全一稳定”",
        "本年制發(fā)件數(shù)量",
    ],
)
def test_sound_text_is_left_alone(sound: str) -> None:
    assert decode(sound.encode()) == Decoded(sound, "utf-8")


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_plain_unicode_is_never_shortened(text: str) -> None:
    mended = mend_mojibake(text)
    if not mended.restored:
        assert mended.text == text


@given(st.binary(max_size=500))
def test_any_bytes_decode_or_raise_an_extract_error(data: bytes) -> None:
    try:
        decoded = decode(data)
    except ExtractError:
        return
    assert decoded.encoding
