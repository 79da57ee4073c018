"""Characters to text: order, spaces, marks, double ink, vertical labels; titles and matrices."""

import pytest

from extract.pdf.lines import chars_to_lines, chars_to_text
from extract.pdf.matrix import Matrix, page_to_seen
from extract.pdf.overflow import char_owners
from extract.pdf.page import Char, chars_on_page, count_unmapped
from extract.pdf.stitch import unite_lines
from extract.pdf.title import title_bytes_to_text, title_to_text

WIDTHS = {".": 0.15, ",": 0.15, "1": 0.25, "-": 0.25}


def ink(text: str, x: float = 0.0, top: float = 0.0, size: float = 10.0) -> list[Char]:
    """Characters of one line: Chinese 1 em apart, others half an em, with plausible ink."""
    chars = []
    for character in text:
        advance = (1.0 if character >= "\u2e80" else 0.5) * size
        if character == " ":
            chars.append(Char(" ", x, top + 0.7 * size, x + advance, top + 0.7 * size))
        elif character in "-一":
            wide = WIDTHS.get(character, 0.9) * size
            middle = x + (advance - wide) / 2
            chars.append(
                Char(character, middle, top + 0.4 * size, middle + wide, top + 0.45 * size)
            )
        elif character in ".,":
            foot = top + 0.7 * size
            chars.append(Char(character, x + 0.05 * size, foot - 1, x + 0.2 * size, foot + 0.5))
        elif character >= "\u2e80":
            chars.append(
                Char(
                    character, x + 0.05 * size, top - 0.1 * size, x + 0.95 * size, top + 0.8 * size
                )
            )
        else:
            wide = WIDTHS.get(character, 0.42) * size
            middle = x + (advance - wide) / 2
            chars.append(Char(character, middle, top, middle + wide, top + 0.7 * size))
        x += advance
    return chars


@pytest.mark.parametrize(
    "text",
    [
        "11111",
        "7730.28",
        "1,234,567",
        "-35",
        "--",
        "2023年1月1日",
        "1 6",
        "规章 12",
        "第（一）项",
        "一",
    ],
)
def test_line_as_printed(text: str) -> None:
    assert chars_to_text(ink(text)) == text


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([("12", 0), ("7", 14)], "12 7"),
        ([("1", 0), ("1", 5)], "11"),
        ([("1", 0), ("1", 9)], "1 1"),
        ([("规章", 0), ("文件", 45)], "规章 文件"),
        ([("规章", 0), ("文件", 28)], "规章文件"),
        ([("年度", 0), ("2023", 24)], "年度2023"),
    ],
)
def test_spaces_that_only_the_gap_tells(parts: list[tuple[str, float]], expected: str) -> None:
    assert chars_to_text([c for text, x in parts for c in ink(text, x)]) == expected


def test_distributed_text_is_not_torn() -> None:
    chars: list[Char] = []
    x = 0.0
    for text in "联系电话05178722":
        chars += ink(text, x)
        x += (10 if text >= "\u2e80" else 5) + 4
    assert chars_to_text(chars) == "联系电话05178722"


def test_order_of_drawing_does_not_matter() -> None:
    chars = ink("规章", 0, 0) + ink("文件", 0, 14)
    assert chars_to_text(chars[::-1]) == "规章\n文件"


def test_marks_stay_in_their_line() -> None:
    assert chars_to_text(ink("1.属于国家秘密", 0, 0) + ink("二、一般，如下-", 0, 13)) == (
        "1.属于国家秘密\n二、一般，如下-"
    )


def test_double_ink_is_one_character() -> None:
    assert chars_to_text(ink("总计1100", 0) + ink("总计1100", 0.4)) == "总计1100"


@pytest.mark.parametrize("drawn", ["down", "up"])
def test_vertical_label(drawn: str) -> None:
    chars = [c for n, text in enumerate("本年度办理结果") for c in ink(text, 0, 11.0 * n)]
    if drawn == "up":
        turned = [c for n, text in enumerate("果结理办度年本") for c in ink(text, 0, 11.0 * n)]
        chars = turned[::-1]
    assert chars_to_text(chars) == "本年度办理结果"


def test_figures_in_a_column_stay_apart() -> None:
    assert chars_to_text([c for n in range(4) for c in ink(str(n), 0, 11.0 * n)]) == "0\n1\n2\n3"


def test_raised_digit_is_a_footnote() -> None:
    assert chars_to_text(ink("10", 0, 0) + ink("3", 10.2, -2, 6)) == "10³"


def test_lines_from_the_top_down_without_blank_ones() -> None:
    lines = chars_to_lines(ink("乙", 0, 30) + ink("  ", 0, 15) + ink("甲", 0, 0))
    assert [(line.text, line.x0, line.size) for line in lines] == [
        ("甲", 0.5, 9.0),
        ("乙", 0.5, 9.0),
    ]


def test_half_a_figure_is_not_left_on_the_page() -> None:
    chars = ink("19", 94) + ink("7", 120)
    kept, outside = chars_on_page(chars, 98, 50)
    assert ("".join(c.text for c in kept), outside) == ("19", 1)


@pytest.mark.parametrize(
    ("text", "expected"), [("规章12", 0), ("2\ufffd3", 1), ("\ue005\uf8ff", 2), ("𠮷", 0)]
)
def test_count_unmapped(text: str, expected: int) -> None:
    assert count_unmapped([Char(character, 0, 0, 1, 1) for character in text]) == expected


@pytest.mark.parametrize(
    ("start", "expected", "crossing"),
    [
        (40, [0, 0, 0, 0], []),
        (84, [0, 0, 0, 0], ["1234"]),
        (96, [1, 1, 1, 1], ["1234"]),
        (104, [1, 1, 1, 1], []),
    ],
)
def test_figure_belongs_to_one_cell(start: float, expected: list[int], crossing: list[str]) -> None:
    owners, found = char_owners(ink("1234", start), lambda x, y: int(x >= 100), [0, 100, 200])
    assert (owners, found) == (expected, crossing)


@pytest.mark.parametrize(
    ("above", "below", "united"),
    [
        ([0, 50, 100], [0, 52, 100], [0, 52, 100]),
        ([0, 50, 100], [0, 100], [0, 50, 100]),
        ([0, 100], [0, 30, 100], [0, 30, 100]),
        ([0, 20, 50, 100], [0, 50, 80, 100], [0, 20, 50, 80, 100]),
    ],
)
def test_unite_lines(above: list[float], below: list[float], united: list[float]) -> None:
    found, above_at, below_at = unite_lines(above, below)
    assert found == united
    assert [abs(united[at] - x) <= 6 for at, x in zip(above_at, above, strict=True)] == [
        True
    ] * len(above)
    assert [united[at] for at in below_at] == below


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_corner_of_the_visible_box_is_the_origin(turns: int) -> None:
    seen = page_to_seen(turns, 10, 20, 110, 220)
    width, height = (100, 200) if turns % 2 == 0 else (200, 100)
    assert seen.box(10, 20, 110, 220) == (0, 0, width, height)


def test_matrix_and_its_inverse() -> None:
    matrix = Matrix(0, 2, -2, 0, 30, 40)
    assert matrix.then(matrix.inverse()).point(3, 4) == pytest.approx((3, 4))
    assert matrix.scale == 2


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"Report", "Report"),
        ("年报".encode("utf-16"), "年报"),
        ("年报".encode("utf-16-be"), "^tbX"),
        (b"\xfe\xff" + "年报".encode("utf-16-be"), "年报"),
        (b"\xef\xbb\xbf" + "年报".encode(), "年报"),
        ("年报".encode("gb18030"), "年报"),
        (b"caf\xe9", "café"),
    ],
)
def test_title_bytes(raw: bytes, expected: str) -> None:
    assert title_bytes_to_text(raw).replace("\x5e\x74\x62\xa5", "^tbX") == expected


def test_title_text() -> None:
    assert title_to_text("  年报 \x00") == "年报"
