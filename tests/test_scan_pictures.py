"""What is done with a scanned page before anything is recognised."""

import io

import numpy as np
import pytest
from PIL import Image

from extract.errors import BrokenFile, EmptyFile, TooLarge
from extract.pdf.edges import rules_to_edge_groups
from extract.pdf.lattice import edge_group_to_grid
from extract.scan import limits
from extract.scan.cleaning import dots_to_ink, picture_to_sheet
from extract.scan.decoding import Step, steps_to_candidates, steps_to_placed
from extract.scan.figures import as_figure, mean_of, with_figures, with_sign
from extract.scan.ink import dots_to_text_ink, ink_to_lines
from extract.scan.marks import has_sign, ink_to_mark
from extract.scan.pictures import Picture, file_to_pictures, pdf_to_pictures
from extract.scan.regions import sheet_to_regions
from extract.scan.ruling import dots_to_ruling
from extract.scan.skew import ink_to_skew
from extract.scan.tall import picture_to_parts
from tests.scan_drawing import Dots, Scanned, picture_to_bytes

ROWS = (("一", "12", ""), ("二", "", "7"), ("三", "-", "/"))


def scanned(skew: float = 0.0, **damage: float) -> Picture:
    page = Scanned()
    page.text(60, 20, "政府信息公开情况")
    page.table(60, 60, ROWS)
    return Picture(1, np.asarray(page.done(skew, **damage)), page.scale)


def ink_of(text: str, size: float = 10.0) -> tuple[Dots, float]:
    """The ink of one text, cut to its edges, and the height of a character in dots."""
    page = Scanned(120, 40)
    page.text(10, 10, text, size)
    ink = dots_to_text_ink(np.asarray(page.done().convert("L")), page.scale)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], 0.9 * size * page.scale


@pytest.mark.parametrize("skew", [-4.0, -1.3, -0.2, 0.0, 0.7, 2.5, 5.0])
def test_the_skew_of_a_page(skew: float) -> None:
    sheet_ink = np.asarray(scanned(skew).dots.max(axis=2) < 150)
    assert ink_to_skew(sheet_ink) == pytest.approx(skew, abs=0.11)


def test_a_page_without_ink_stands_upright() -> None:
    assert ink_to_skew(np.zeros((300, 200), np.bool_)) == 0.0


@pytest.mark.parametrize("skew", [0.0, 3.0, -2.4])
@pytest.mark.parametrize("dpi", [150, 300])
def test_the_cells_of_a_turned_table(dpi: int, skew: float) -> None:
    page = Scanned(dpi=dpi)
    page.table(60, 60, ROWS)
    sheet = picture_to_sheet(Picture(1, np.asarray(page.done(skew)), page.scale))
    groups = rules_to_edge_groups(dots_to_ruling(sheet.dots, sheet.scale).rules)
    grids = [edge_group_to_grid(group) for group in groups]
    assert [grid and (len(grid.xs), len(grid.ys), len(grid.cells)) for grid in grids] == [(4, 4, 9)]


def test_boxes_lead_back_to_the_page_as_it_is_seen() -> None:
    picture = scanned(3.0)
    sheet = picture_to_sheet(picture)
    assert sheet.back is not None
    middle = (sheet.width / 2, sheet.height / 2)
    rows, columns = picture.dots.shape[:2]
    seen = (columns / 2 / picture.scale, rows / 2 / picture.scale)
    assert sheet.back.point(*middle) == pytest.approx(seen, abs=0.5)


def test_broken_rules_are_healed_and_strokes_are_no_rules() -> None:
    page = Scanned()
    page.table(60, 60, ROWS)
    page.text(60, 20, "三王口国一", 20)
    for x in range(70, 250, 30):
        page.draw.rectangle(
            [x * page.scale, 60 * page.scale, (x + 1) * page.scale, 66 * page.scale], "white"
        )
    dots = np.asarray(page.done().convert("L"))
    rules = dots_to_ruling(dots, page.scale).rules
    assert len([r for r in rules if r.horizontal]) == 4
    assert len([r for r in rules if not r.horizontal]) == 4


def test_dashes_in_a_row_are_a_rule_and_ones_below_each_other_are_none() -> None:
    page = Scanned()
    for y in (60, 82, 104, 126, 148):
        for x in range(60, 300, 6):
            page.line(x, y, x + 3, y)
    for x in (60, 180, 300):
        for y in range(60, 148, 6):
            page.line(x, y, x, y + 3)
    for y in (64, 86, 108, 130):
        page.text(100, y, "1")
    dots = np.asarray(page.done().convert("L"))
    groups = rules_to_edge_groups(dots_to_ruling(dots, page.scale).rules)
    grids = [edge_group_to_grid(group) for group in groups]
    assert [grid and (len(grid.xs), len(grid.ys), len(grid.cells)) for grid in grids] == [(3, 5, 8)]


def test_what_is_blank_is_told_by_its_ink() -> None:
    sheet = picture_to_sheet(scanned(1.5))
    found = sheet_to_regions(sheet, dots_to_ruling(sheet.dots, sheet.scale))
    cells = [region for region in found.regions if region.bbox is not None]
    assert [len(region.lines) for region in cells] == [1, 1, 0, 1, 0, 1, 1, 1, 1]
    assert not any(region.cut for region in cells)


def test_dirt_is_no_ink() -> None:
    dots = np.full((200, 200), 255, np.uint8)
    dots[50, 50] = dots[120:122, 90] = 0
    dots[20:40, 100:104] = 0
    assert int(dots_to_text_ink(dots, 200 / 72).sum()) == 80


def test_faint_ink_counts_where_it_hangs_together_with_plain_ink() -> None:
    dots = np.full((20, 40), 255, np.uint8)
    dots[5, 2:12] = 215
    dots[5, 12] = 120
    dots[15, 2:30] = 215
    assert dots_to_ink(dots).sum(axis=1).tolist() == [0] * 5 + [11] + [0] * 14


def test_a_stamp_is_no_black_ink() -> None:
    page = Scanned()
    page.text(60, 60, "12", colour="black")
    page.draw.ellipse([150, 100, 350, 300], outline=(220, 20, 20), width=8)
    sheet = picture_to_sheet(Picture(1, np.asarray(page.done()), page.scale))
    assert sheet.coloured is not None
    assert [len(ink_to_lines(dots_to_text_ink(d, page.scale), 25)) for d in (sheet.dots,)] == [1]
    assert dots_to_ink(sheet.coloured).sum() > 3 * dots_to_ink(sheet.dots).sum()


def test_paper_that_is_dark_on_one_side_is_paper() -> None:
    picture = scanned()
    shade = np.linspace(1.0, 0.6, picture.dots.shape[1])[np.newaxis, :, np.newaxis]
    dots = (picture.dots * shade).astype(np.uint8)
    ink = [
        dots_to_ink(picture_to_sheet(Picture(1, d, picture.scale)).dots)
        for d in (dots, picture.dots)
    ]
    assert int(ink[0].sum()) == pytest.approx(int(ink[1].sum()), rel=0.1)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("12", 1),
        ("三", 1),
        ("二三一", 1),
        ("7", 1),
        ("公开\n情况", 2),
        ("三\n本\n年", 3),
        ("公开                情况", 2),
    ],
)
def test_lines_of_a_region(text: str, lines: int) -> None:
    page = Scanned(300, 80)
    for number, line in enumerate(text.split("\n")):
        page.text(20, 10 + 14 * number, line)
    ink = dots_to_text_ink(np.asarray(page.done().convert("L")), page.scale)
    assert len(ink_to_lines(ink, 9 * page.scale)) == lines


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("-", "-"),
        ("—", "—"),
        ("——", "——"),
        ("/", "/"),
        ("\\", "\\"),
        *((c, None) for c in "0123456789人八无"),
        ("11", None),
        ("-3", None),
        ("+4", None),
        ("12.5", None),
    ],
)
def test_marks_by_the_shape_of_their_ink(text: str, mark: str | None) -> None:
    found = ink_to_mark(*ink_of(text))
    assert (found and found[0]) == mark


@pytest.mark.parametrize(
    ("text", "sign"), [("-3", True), ("-151", True), ("3", False), ("+4", False), ("12.5", False)]
)
def test_a_stroke_before_a_figure_is_its_sign(text: str, sign: bool) -> None:
    assert has_sign(*ink_of(text)) is sign


def steps(*choices: dict[str, float]) -> list[Step]:
    return [Step(tuple(sorted(c.items(), key=lambda kv: -kv[1]))) for c in choices]


def test_likelihoods_to_text() -> None:
    line = steps({"1": 0.9}, {"1": 0.8}, {"": 0.9}, {"1": 0.7, "7": 0.3}, {"": 1.0})
    assert [(p.text, p.start, p.stop) for p in steps_to_placed(line)] == [("1", 0, 2), ("1", 3, 4)]


def test_candidates_are_sums_over_their_spellings() -> None:
    line = steps({"8": 0.6, "": 0.4}, {"8": 0.5, "3": 0.3, "": 0.2})
    found = dict(steps_to_candidates(line, 5))
    assert found["8"] == pytest.approx(0.6 * 0.5 + 0.6 * 0.2 + 0.4 * 0.5)
    assert found["83"] == pytest.approx(0.6 * 0.3)
    assert found["3"] == pytest.approx(0.4 * 0.3)
    assert found[""] == pytest.approx(0.4 * 0.2)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("0", "0"),
        ("O", "0"),
        ("l", "1"),
        ("1O3", "103"),
        ("-5", "-5"),
        ("一5", "-5"),
        ("103.3879", "103.3879"),
        ("3，090", "3,090"),
        ("一", None),
        ("无", None),
        ("/", None),
        ("OO", "00"),
        ("一一", "——"),
        ("第1项", None),
        ("", None),
    ],
)
def test_letters_that_are_digits(text: str, figure: str | None) -> None:
    found = as_figure(text)
    assert (found and found[0]) == figure


def test_candidates_that_mean_one_figure_are_one() -> None:
    assert with_figures([("O", 0.5), ("0", 0.4), ("U", 0.1)]) == (("0", 0.96),)


def test_a_seen_sign_moves_likelihood_to_the_figure_with_it() -> None:
    assert with_sign((("5", 0.6), ("-5", 0.4))) == (("-5", 0.85), ("5", 0.15))
    assert with_sign((("无", 0.9),)) == (("无", 0.9),)


def test_two_opinions_that_differ_leave_neither_likely() -> None:
    assert mean_of([[("3", 0.96)], [("8", 0.9)]]) == (("3", 0.48), ("8", 0.45))
    assert mean_of([[("3", 0.96)], [("3", 0.9)]]) == (("3", 0.93),)


def test_a_tall_picture_is_cut_between_its_pages() -> None:
    dots = np.full((3000, 1000), 250, np.uint8)
    dots[100:1300, 100:900:7] = 0
    dots[1500:2900, 100:900:7] = 0
    parts = picture_to_parts(Picture(1, dots, 2.0))
    assert len(parts) == 2
    assert 1300 < parts[0][0].dots.shape[0] < 1500
    assert parts[1][1] == parts[0][0].dots.shape[0] / 2.0


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_knows_its_size_on_paper(kind: str) -> None:
    page = Scanned(420, 300, dpi=150)
    (picture,) = file_to_pictures(picture_to_bytes([page.done()], kind, dpi=150))
    assert picture.scale == pytest.approx(150 / 72, rel=0.01)
    assert picture.dots.shape[:2] == (625, 875)


def test_pages_of_a_tiff_and_a_pdf_come_one_by_one() -> None:
    pages = [Scanned(400, 300, dpi=100).done() for _ in range(3)]
    assert [p.number for p in file_to_pictures(picture_to_bytes(pages, "TIFF"))] == [1, 2, 3]
    pdf = picture_to_bytes(pages, "PDF", dpi=100)
    assert [p.number for p in pdf_to_pictures(pdf)] == [1, 2, 3]
    assert [p.number for p in pdf_to_pictures(pdf, [3])] == [3]


def test_a_picture_without_paper_lies_on_white() -> None:
    image = Image.new("RGBA", (400, 500), (0, 0, 0, 0))
    (picture,) = file_to_pictures(picture_to_bytes([image], "PNG"))
    assert int(picture.dots.min()) == 255


def test_too_many_dots_are_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_DOTS", 10_000)
    data = picture_to_bytes([Image.new("L", (200, 200))], "TIFF")
    with pytest.raises(TooLarge, match="200 x 200 dots"):
        list(file_to_pictures(data))
    pdf = picture_to_bytes([Image.new("L", (200, 200))], "PDF")
    with pytest.raises(TooLarge, match="200 x 200 dots"):
        list(pdf_to_pictures(pdf))


def test_a_picture_that_claims_a_billion_dots() -> None:
    target = io.BytesIO()
    Image.new("1", (40_000, 30_000), 1).save(target, "TIFF", compression="group4")
    with pytest.raises(TooLarge):
        list(file_to_pictures(target.getvalue()))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b"\x89PNG\r\n\x1a\n nothing", BrokenFile),
        (b"II*\x00 nothing", BrokenFile),
        (picture_to_bytes([Image.effect_noise((300, 300), 50)], "PNG")[:5000], BrokenFile),
    ],
)
def test_pictures_that_cannot_be_opened(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        list(file_to_pictures(data))


def test_the_side_of_a_stamp_is_no_rule() -> None:
    page = Scanned()
    page.table(60, 60, ROWS)
    middle = 95 * page.scale
    page.draw.rectangle([middle, 60 * page.scale, middle + 5, 126 * page.scale], (220, 20, 20))
    sheet = picture_to_sheet(Picture(1, np.asarray(page.done()), page.scale))
    rules = dots_to_ruling(sheet.ruled, sheet.scale, sheet.dots).rules
    assert len([rule for rule in rules if not rule.horizontal]) == 4
    found = sheet_to_regions(sheet, dots_to_ruling(sheet.ruled, sheet.scale, sheet.dots))
    assert len([region for region in found.regions if region.bbox is not None]) == 9


def test_a_dashed_rule_may_end_in_one_of_its_gaps() -> None:
    page = Scanned()
    for y in (60, 78, 96):
        page.line(60, y, 300, y)
    for x in (60, 300):
        page.line(x, 60, x, 96)
    for y in range(61, 90, 9):
        page.line(180, y, 180, y + 4.5)
    dots = np.asarray(page.done().convert("L"))
    upright = [r for r in dots_to_ruling(dots, page.scale).rules if not r.horizontal]
    dashed = [r for r in upright if abs(r.x0 - 180) < 2]
    assert [(round(r.top), round(r.bottom)) for r in dashed] == [(60, 96)]
