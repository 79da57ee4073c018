"""The files that layouts write: they hold what was drafted, no more and no less, where it stands."""

from __future__ import annotations

import quopri
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("reportlab", reason="the generator draws its PDFs with reportlab")
pytest.importorskip("opencc", reason="the generator writes traditional characters with opencc")

import docx
import pypdfium2
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from PIL import Image

from benchmarks.accuracy.__main__ import read_case
from benchmarks.accuracy.cases import load_cases
from fixtures.committed import COMMITTED
from fixtures.draft import Draft
from fixtures.form_layout import Grid, form_grid
from fixtures.layouts import LAYOUTS
from fixtures.layouts.deflate import deflated
from fixtures.layouts.grid_halves import grid_in_halves
from fixtures.layouts.grid_pieces import without_rowspans
from fixtures.layouts.html_plain import cut_into_tables, spans_gone_wrong
from fixtures.layouts.pdf_codes import RADICALS
from fixtures.layouts.pdf_flow import draft_to_sheets
from fixtures.layouts.pdf_layouts import STYLES
from fixtures.layouts.pdf_marks import Rule, Sheet, Words
from fixtures.layouts.pdf_paint import draft_to_pdf
from fixtures.layouts.pdf_rules import rules_joined
from fixtures.layouts.printed_layouts import is_installed
from fixtures.layouts.scan_files import misread, render_png, render_tiff
from fixtures.layouts.scan_pages import Scan, damage_of, scanned_sheets
from fixtures.make import REPORTS, draft_to_gold, recipe_to_files
from fixtures.recipe import Recipe, recipe_to_draft

AGENCY = COMMITTED[0].agency
IN_ANOTHER_ORDER = (
    "rows cut short",
    "rows repeated",
    "lines deduplicated",
    "lines misread",
    "markdown torn",
    "markdown a table a row",
    "markdown wrong heads",
)
ENCODINGS = {
    "html plain": "gb18030",
    "html word": "gb18030",
    "html wrong charset": "gb18030",
    "tabs gb18030": "gb18030",
    "rows utf-16": "utf-16",
}


def committed(*suffixes: str) -> list[object]:
    return [
        pytest.param(recipe, id=recipe.id)
        for recipe in COMMITTED
        if LAYOUTS[recipe.layout].suffix in suffixes
    ]


def drafted(layout: str, forms: str = "2021", size: str = "zero", *mess: str) -> Draft:
    year = {"2014": 2016, "2019": 2020}.get(forms, 2022)
    return recipe_to_draft(Recipe("shape", AGENCY, year, forms, layout, mess, size, brief=True))


def texts_of(draft: Draft) -> list[str]:
    texts = list(draft.title_lines)
    for block in draft.filled_blocks():
        if isinstance(block, Grid):
            texts += [box.text for box in block.boxes]
        else:
            texts.append(block.text)
    return texts


def bare(text: str) -> str:
    """Without blanks and the marks that layouts put between cells."""
    return re.sub(r"[\s|]", "", text)


@pytest.mark.parametrize(
    "recipe", [p for p in committed("txt", "md") if p.values[0].layout not in IN_ANOTHER_ORDER]
)
def test_text_is_the_draft_in_order(recipe: Recipe) -> None:
    """Of every layout that neither loses nor moves anything."""
    draft, layout = recipe_to_draft(recipe), LAYOUTS[recipe.layout]
    text = layout.render(draft).decode(ENCODINGS.get(recipe.layout, "utf-8"))
    if recipe.layout == "markdown":
        text = re.sub(r"^#+ |^\|[-|]+\|$", "", text, flags=re.MULTILINE)
    if recipe.layout == "one line":
        text = text.partition("\n")[2]
    if recipe.layout == "torn tabs":
        text = text.replace("\t0\n\n五、", "\n\n五、")
    assert bare(text) == bare("".join(texts_of(draft)))


FIRST_LINES = {
    "tabs": ["", "第二十条第（一）项\t\t\t", "信息内容\t甲\t乙\t丙", "规章\t0\t0\t0"],
    "lines ending in pipes": ["第二十条第（一）项 |", "|||", "信息内容 |", "甲 |", "乙 |", "丙 |"],
    "pipe after cell": ["第二十条第（一）项", "|", "信息内容", "|", "甲", "|"],
    "pipe before row": ["|", "第二十条第（一）项 |", "|||", "|", "信息内容 |", "甲 |"],
    "pipe then value": ["| ", " 第二十条第（一）项  | |||", "| ", " 信息内容  | ", " 甲  | "],
    "rows": ["第二十条第（一）项 |", "信息内容 | 甲 | 乙 | 丙 |", "规章 | 0 | 0 | 0 |"],
    "rows padded": ["| 第二十条第（一）项 | |||", "| 信息内容 | 甲 | 乙 | 丙 |"],
    "rows covered": ["第二十条第（一）项 |", "信息内容 | 甲 | 乙 | 丙 |"],
    "rows repeated": [
        "三、本年度办理结果 | （四）无法提供 | 3.补正后申请内容仍不明确 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
        "三、本年度办理结果 | （五）不予处理 | 1.信访举报投诉类申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
    ],
    "markdown": [
        "| 第二十条第（一）项 |  |  |  |",
        "|---|---|---|---|",
        "| 信息内容 | 甲 | 乙 | 丙 |",
    ],
    "markdown torn": [
        "（四）无法1.本机关不掌握相关",
        "提供政府信息",
        "2.没有现成信息需要",
        "另行制作",
        "3.补正后申请内容仍",
        "不明确",
        "| 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
        "|---|---|---|---|---|---|---|",
    ],
    "markdown a table a row": [
        "| 项目 | 数据1 | 数据2 | 数据3 |",
        "|---|---|---|---|",
        "| 行政规范性文件 | 0 | 0 | 0 |",
    ],
    "markdown wrong heads": [
        "| - | - | - |",
        "|---|---|---|",
        "| - | - | - |",
        "",
        "| 类别 | 本年新收件数 | 上年结转件数 | 予以公开 | 部分公开 | 不予公开 | 结转下年度 | 总计 |",
    ],
    "lines spaced": ["第二十条第（一）项", "", "信息内容", "", "甲", "", "乙"],
    "lines packed": ["第二十条第（一）项", "信息内容", "甲", "乙", "丙", "规章", "0", "0"],
    "lines deduplicated": ["第二十条第（一）项", "信息内容", "甲", "乙", "丙", "规章", "0"],
}


@pytest.mark.parametrize("name", FIRST_LINES)
def test_text_layout_flattens_a_table_so(name: str) -> None:
    lines = LAYOUTS[name].render(drafted(name)).decode().split("\n")
    short = {"本年制发件数": "甲", "本年废止件数": "乙", "现行有效件数": "丙"}
    for label, letter in short.items():
        lines = [line.replace(label, letter) for line in lines]
    expected = FIRST_LINES[name]
    starts = [i for i in range(len(lines)) if lines[i : i + len(expected)] == expected]
    assert len(starts) == 1


def test_a_cut_text_ends_in_the_middle_of_a_row() -> None:
    draft = drafted("rows cut short")
    layout = LAYOUTS["rows cut short"]
    lines = layout.render(draft).decode().split("\n")
    assert lines[-1] == "（二）部分公开（区分处理的，只计这一情形，不计其他情形） | 0 | 0 | 0 | 0 |"
    assert draft_to_gold(draft, layout).count("\n") == 1 + 10 + 3 * 7 + 4


def test_cells_of_a_row_with_a_vanished_blank_are_left_out_of_gold() -> None:
    draft = drafted("lines packed", "2021", "bureau", "blank middle columns")
    kept = LAYOUTS["lines packed"].cells_of(draft)
    rows = {cell[1] for cell in kept if cell[0] == "requests"}
    assert rows == {
        row
        for _, row, _ in draft.printed
        if all(p.status != "blank" for key, p in draft.printed.items() if key[1] == row)
    } & {key[1] for key in draft.printed if key[0] == "requests"}
    assert LAYOUTS["lines packed"].doubts_of(draft) == ("blank cells have vanished",)


def test_misread_text_shows_the_bytes_of_utf_8_as_gbk() -> None:
    text = LAYOUTS["lines misread"].render(drafted("lines misread")).decode()
    assert "涓€銆佹€讳綋鎯呭喌" in text


@pytest.mark.parametrize("recipe", committed("html"))
def test_html_holds_the_draft(recipe: Recipe) -> None:
    source = (REPORTS / recipe.id / "source.html").read_bytes()
    text = source.decode(ENCODINGS.get(recipe.layout, "utf-8"))
    tree = html.fromstring(text)
    cells = [
        bare(cell.text_content())
        for cell in tree.iter("td")
        if not list(cell.iter("table")) and cell.getparent().getparent().get("class") != "about"
    ]
    drafts = [b for b in recipe_to_draft(recipe).filled_blocks() if isinstance(b, Grid)]
    wanted = [bare(box.text) for grid in drafts for box in grid.boxes if bare(box.text)]
    found = [cell for cell in cells if cell]
    if recipe.layout == "html layout tables":
        first = found.index(wanted[0])
        found = found[first : first + len(wanted)]
    assert found == wanted


@pytest.mark.parametrize(
    ("id_", "declared", "encoding", "error"),
    [
        ("upland2019-html-gb2312", b"gb2312", "gb2312", UnicodeDecodeError),
        ("finance2019-html-wrong-charset", b"utf-8", "utf-8", UnicodeDecodeError),
        ("health2022-html-utf-8-as-gb2312", b"gb2312", "gb2312", UnicodeDecodeError),
    ],
)
def test_the_declared_charset_does_not_decode_the_page(
    id_: str, declared: bytes, encoding: str, error: type[Exception]
) -> None:
    source = (REPORTS / id_ / "source.html").read_bytes()
    assert b"charset=" + declared in source
    with pytest.raises(error):
        source.decode(encoding)


def test_a_web_archive_holds_the_page() -> None:
    source = (REPORTS / "justice2017-mhtml-annex" / "source.mht").read_bytes()
    page = quopri.decodestring(source.replace(b"\r\n", b"\n")).decode()
    assert "政府信息公开情况统计表" in page
    assert source.startswith(b"From: <Saved by a browser>\r\n")


def test_spans_and_pieces_of_html_tables() -> None:
    grid = form_grid("proactive", "2019")
    wrong = spans_gone_wrong(grid)[0]
    fees = [row for row in wrong.by_row() if len(row) == 3][:2]
    assert [[box.colspan for box in row] for row in fees] == [[1, 2, 1], [2, 1, 1]]
    requests = form_grid("requests", "2021")
    pieces = cut_into_tables(requests)
    assert [piece.rows for piece in pieces] == [15, 3, 8, 2]
    assert [box.text for box in pieces[1].row_boxes(0)][:2] == ["", "（四）无法提供"]
    figures = [box.cell for piece in pieces for box in piece.boxes if box.cell]
    assert figures == [box.cell for box in requests.boxes if box.cell]
    emulated = without_rowspans(requests)
    assert all(sum(b.colspan for b in row) == 10 for row in emulated.by_row())


def test_the_annex_in_halves_covers_every_position_once() -> None:
    grid = grid_in_halves(form_grid("statistics", "2014"))
    assert grid.columns == 6
    positions = {(box.row, box.column) for box in grid.boxes}
    assert len(positions) == len(grid.boxes) == grid.rows * 6
    assert sum(box.cell is not None for box in grid.boxes) == 58


@pytest.mark.parametrize("recipe", committed("docx"))
def test_docx_tables_hold_the_grid(recipe: Recipe) -> None:
    source = REPORTS / recipe.id / "source.docx"
    grids = [b for b in recipe_to_draft(recipe).filled_blocks() if isinstance(b, Grid)]
    tables = docx.Document(str(source)).tables
    assert len(tables) == len(grids)
    for table, grid in zip(tables, grids, strict=True):
        for box in grid.boxes:
            last_row, last_column = box.row + box.rowspan - 1, box.column + box.colspan - 1
            for row, column in ((box.row, box.column), (last_row, last_column)):
                assert bare(table.cell(row, column).text) == bare(box.text)
    with zipfile.ZipFile(source) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2020, 1, 1, 0, 0, 0)}


def words_of(sheets: tuple[Sheet, ...]) -> str:
    return "".join(mark.text for sheet in sheets for mark in sheet.marks if isinstance(mark, Words))


WITH_TEXT = [
    p for p in committed("pdf") if "scan" not in p.id and p.values[0].layout != "pdf no unicode map"
]
"""PDFs whose codes say what is shown."""


@pytest.mark.parametrize("recipe", WITH_TEXT)
def test_pdf_shows_every_character_that_was_placed(recipe: Recipe) -> None:
    draft = recipe_to_draft(recipe)
    placed = words_of(draft_to_sheets(draft, STYLES[recipe.layout]))
    assert Counter(bare("".join(texts_of(draft)))) - Counter(bare(placed)) == Counter()
    document = pypdfium2.PdfDocument(REPORTS / recipe.id / "source.pdf")
    shown = "".join(page.get_textpage().get_text_bounded() for page in document)
    for character, radical in RADICALS.items():
        shown = shown.replace(radical, character)
    assert Counter(bare(shown)) == Counter(bare(placed))


@pytest.mark.parametrize("name", ["pdf turned right", "pdf turned left"])
def test_a_turned_page_looks_like_one_that_is_not(name: str) -> None:
    draft, style = drafted(name), STYLES[name]
    turned = pypdfium2.PdfDocument(draft_to_pdf(draft, style))
    plain = pypdfium2.PdfDocument(draft_to_pdf(draft, replace(style, turned=0)))
    assert [page.get_rotation() for page in turned] == [style.turned] * len(plain)
    for one, other in zip(turned, plain, strict=True):
        seen, wanted = (page.render(grayscale=True).to_numpy().astype(int) for page in (one, other))
        assert seen.shape == wanted.shape
        assert abs(seen - wanted).mean() < 1.5


def test_without_unicode_maps_no_label_can_be_read() -> None:
    draft = drafted("pdf no unicode map")
    pdf = LAYOUTS["pdf no unicode map"].render(draft)
    shown = "".join(p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(pdf))
    assert b"/ToUnicode" not in pdf
    assert "信息内容" not in shown


def test_a_row_is_divided_by_the_end_of_a_page() -> None:
    sheets = draft_to_sheets(drafted("pdf cut in a row"), STYLES["pdf cut in a row"])
    texts = [[mark.text for mark in sheet.marks if isinstance(mark, Words)] for sheet in sheets]
    assert texts[1][-8:-1] == ["0"] * 7
    assert "2.申请人逾期未按收费通知要求" in texts[1] and "政府信息公开申请" in texts[2]


def test_rules_that_touch_are_joined() -> None:
    rules = [Rule(0, 5, 4, 5), Rule(4, 5, 9, 5), Rule(11, 5, 12, 5), Rule(3, 0, 3, 2)]
    assert rules_joined(rules) == [Rule(0, 5, 9, 5), Rule(11, 5, 12, 5), Rule(3, 0, 3, 2)]


@given(st.binary(max_size=2000) | st.text("ab", max_size=3000).map(str.encode))
def test_what_is_deflated_inflates_again(data: bytes) -> None:
    assert zlib.decompress(deflated(data)) == data


def test_hidden_text_of_a_scan_differs_from_the_picture() -> None:
    draft = drafted("scan with wrong text", "2021", "bureau")
    sheet = scanned_sheets(draft, Scan(150))[1]
    wrong = misread(sheet, draft)
    right = [mark for mark in sheet.marks if isinstance(mark, Words)]
    assert len(right) - 20 < len(wrong) < len(right)
    assert {word.text for word in wrong} - {word.text for word in right}
    pdf = pypdfium2.PdfDocument(LAYOUTS["scan with wrong text"].render(draft))
    shown = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "信息内容" in shown and len(bare(shown)) > 500


def test_a_scan_has_no_text() -> None:
    pdf = pypdfium2.PdfDocument(LAYOUTS["scan 150 dpi"].render(drafted("scan 150 dpi")))
    assert "".join(page.get_textpage().get_text_bounded() for page in pdf) == ""
    width, height = pdf[0].get_size()
    # Whole dots of A4, as a scanner gives them.
    assert (width * 150 / 72, height * 150 / 72) == pytest.approx((1241, 1754), abs=0.1)


def test_damage_stays_within_its_limits_and_is_on_record() -> None:
    for number in range(200):
        recipe = Recipe(f"{number}", AGENCY, 2008 + number, "sentences only", "")
        damage = damage_of(recipe_to_draft(recipe), Scan(200))
        assert 0.3 <= abs(damage.skew) <= 3
        assert 1 <= damage.noise <= 7
        assert 35 <= damage.quality <= 65
    draft = drafted("scan 150 dpi")
    assert LAYOUTS["scan 150 dpi"].quirks_of(draft) == (str(damage_of(draft, Scan(150))),)


@pytest.mark.parametrize(
    "name", [name for name, layout in LAYOUTS.items() if layout.program is not None]
)
def test_what_other_programs_write_of_our_reports_is_read_back(name: str, tmp_path: Path) -> None:
    program = LAYOUTS[name].program or ""
    if not is_installed(program):
        pytest.skip(f"{program} is not installed")
    recipe = Recipe("other-programs", AGENCY, 2022, "2021", name, brief=True)
    for file, content in recipe_to_files(recipe).items():
        path = tmp_path / recipe.id / file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    (case,) = load_cases(tmp_path)
    start = case.source.read_bytes()[:5]
    assert start.startswith(b"%PDF-" if case.source.suffix == ".pdf" else b"\xd0\xcf\x11\xe0")
    result = read_case(case, None)
    assert result.mistakes == ()
    assert result.counts.right == result.counts.gold == 200
    assert all(result.metadata.values())


def test_pictures_are_pictures(tmp_path: Path) -> None:
    draft = drafted("scan as png")
    (tmp_path / "one.png").write_bytes(render_png(draft, Scan(50)))
    (tmp_path / "pages.tiff").write_bytes(render_tiff(draft, Scan(50)))
    pages = len(scanned_sheets(draft, Scan(50)))
    with Image.open(tmp_path / "one.png") as one, Image.open(tmp_path / "pages.tiff") as tiff:
        assert one.height == pages * tiff.height
        assert tiff.n_frames == pages
