"""Titles held against what else a document says of its agency and year."""

from datetime import date

import pytest

from normalize.disputes import (
    SIGNED_BY,
    WRITTEN_BY,
    YEAR_NOT_OVER,
    YEAR_OF_FILE,
    YEAR_OF_TEXT,
    agency_disputes,
    are_different_bodies,
    signature_of,
    year_disputes,
)

AGENCY = "青砚市松烟区民政局"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青砚市松烟区民政局", "松烟区民政局"),
        ("松烟镇", "松烟镇人民政府"),
        ("青砚市松烟区人民政府", "松烟区人民政府办公室"),
        ("青砚市科委", "青砚市科学技术委员会"),
        ("松烟区市监局", "青砚市松烟区市场监督管理局"),
        ("青砚市民政局（本级）", "青砚市民政局"),
        ("青硯市民政局", "青砚市民政局"),
    ],
)
def test_short_and_long_names_are_of_one_body(one: str, other: str) -> None:
    assert not are_different_bodies(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青砚市松烟区民政局", "松烟区教育局"),
        ("青砚市民政局", "云澜省民政厅"),
        ("青砚市松烟镇人民政府", "青砚市竹纸镇人民政府"),
    ],
)
def test_other_bodies_are_told_apart(one: str, other: str) -> None:
    assert are_different_bodies(one, other)


@pytest.mark.parametrize(
    ("body", "doubts"),
    [
        (["正文。", "松烟区民政局", "2022年1月12日"], []),
        (["正文。", "松烟区教育局", "2022年1月12日"], [(SIGNED_BY, "松烟区教育局")]),
        (["正文。", "松烟区教育局2022年1月12日"], [(SIGNED_BY, "松烟区教育局")]),
        (["本报告由松烟区民政局办公室编制。"], []),
        (["本报告由松烟区教育局编制，欢迎查阅。"], [(WRITTEN_BY, "松烟区教育局")]),
        (["本报告由办公室编制。"], []),
    ],
)
def test_an_agency_is_disputed(body: list[str], doubts: list[tuple[str, str]]) -> None:
    expected = [doubt.format(title=AGENCY, other=other) for doubt, other in doubts]
    assert list(agency_disputes(AGENCY, body)) == expected


@pytest.mark.parametrize(
    ("source", "published", "body", "doubts"),
    [
        ("2021年报告.pdf", date(2022, 1, 20), ["2021年，我局公开信息。"], []),
        ("2020年报告.pdf", None, [], [YEAR_OF_FILE.format(title=2021, file="2020")]),
        ("a/2020.html", None, [], [YEAR_OF_FILE.format(title=2021, file="2020")]),
        ("a/2022-01-18.html", None, [], []),
        ("a/gk202001180012.html", None, [], []),
        (
            "a.pdf",
            date(2021, 6, 1),
            [],
            [YEAR_NOT_OVER.format(title=2021, day="2021-06-01")],
        ),
        (
            "a.pdf",
            None,
            ["2020年，我局公开信息。", "2020年，我局收到申请。"],
            [YEAR_OF_TEXT.format(title=2021, text=2020)],
        ),
        ("a.pdf", None, ["2020年，我局公开信息。", "2021年，我局收到申请。"], []),
        ("a.pdf", None, ["根据2019年修订的条例。", "2019年修订。", "2019年修订。"], []),
    ],
)
def test_a_year_is_disputed(
    source: str, published: date | None, body: list[str], doubts: list[str]
) -> None:
    assert list(year_disputes(2021, source, published, body)) == doubts


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["松烟区民政局", "2022年1月12日"], "松烟区民政局"),
        (["松烟区民政局", "二〇二二年一月十二日"], "松烟区民政局"),
        (["松烟区民政局（2022年1月12日）"], "松烟区民政局"),
        (["全年无诉讼。", "2022年1月12日"], None),
    ],
)
def test_a_signature_is_found(lines: list[str], name: str | None) -> None:
    assert signature_of(lines) == name
