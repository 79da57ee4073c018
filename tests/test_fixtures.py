"""The made reports: sound figures, complete gold, equal bytes, text that is what was drawn."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("reportlab", reason="the generator draws its PDFs with reportlab")
pytest.importorskip("opencc", reason="the generator writes traditional characters with opencc")

import docx
import pypdfium2
from fontTools.ttLib import TTFont
from lxml import html

from fixtures.broken_files import EXPECTED_CSV
from fixtures.catalogue import COMMITTED, larger_set
from fixtures.draft import Draft
from fixtures.draw import Draw
from fixtures.figures import SIZES, figures_of
from fixtures.form_cells import MIXED, cells_of
from fixtures.form_layout import Grid, form_grid
from fixtures.identities import violations_of
from fixtures.layouts import LAYOUTS
from fixtures.layouts.pdf_text import FONT_FILE
from fixtures.make import BROKEN, HERE, REPORTS, recipe_to_files, write_committed
from fixtures.messiness import MESSINESS
from fixtures.recipe import FORMS, Recipe, recipe_to_draft

ROOT = HERE.parent
IDS = [recipe.id for recipe in COMMITTED]
CELLS = {
    ("proactive", "2019"): 22,
    ("proactive", "2021"): 10,
    ("proactive", MIXED): 10,
    ("requests", "2019"): 161,
    ("requests", "2021"): 175,
    ("proceedings", "2019"): 15,
    ("proceedings", "2021"): 15,
    ("statistics", "2014"): 58,
}
PLANTED = {
    "county2022-rows-broken-sums": 3,
}


def meta_of(id_: str) -> dict[str, Any]:
    meta: dict[str, Any] = json.loads((REPORTS / id_ / "meta.json").read_text(encoding="utf-8"))
    return meta


def gold_of(id_: str) -> dict[tuple[str, str, str], tuple[str, str]]:
    with (REPORTS / id_ / "gold.csv").open(encoding="utf-8", newline="") as file:
        return {
            (line["table"], line["row"], line["column"]): (line["value"], line["status"])
            for line in csv.DictReader(file)
        }


def files_under(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(("table", "form"), CELLS)
def test_form_has_its_cells(table: str, form: str) -> None:
    assert len(cells_of(table, form)) == CELLS[table, form]


@pytest.mark.parametrize("form", ["2014", "2019", "2021"])
def test_names_agree_with_the_forms_of_the_program(form: str) -> None:
    path = ROOT / "normalize" / "forms" / f"{form}.toml"
    declared = tomllib.loads(path.read_text(encoding="utf-8"))
    for table in declared["table"]:
        cells = {
            (table["name"], row["name"], column["name"])
            for block in table["block"]
            for row in block["rows"]
            if not row.get("optional", False)
            for column in block["columns"]
        }
        assert cells == set(cells_of(table["name"], form))


@pytest.mark.parametrize(("table", "form"), CELLS)
def test_grid_covers_every_position_once_and_holds_every_cell(table: str, form: str) -> None:
    grid = form_grid(table, form)
    positions = [
        (row, column)
        for box in grid.boxes
        for row in range(box.row, box.row + box.rowspan)
        for column in range(box.column, box.column + box.colspan)
    ]
    assert len(positions) == len(set(positions)) == grid.rows * grid.columns
    assert tuple(box.cell for box in grid.boxes if box.cell) == cells_of(table, form)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("forms", FORMS.values(), ids=list(FORMS))
def test_figures_satisfy_every_identity(size: str, forms: tuple[tuple[str, str], ...]) -> None:
    for seed in range(20):
        figures = figures_of(forms, size, f"identities {seed}")
        assert set(figures) == {cell for table, form in forms for cell in cells_of(table, form)}
        assert violations_of(figures, forms) == ()


def test_each_broken_identity_is_found_at_its_total() -> None:
    figures = dict(figures_of(FORMS["2021"], "county", "broken"))
    figures["requests", "granted", "business"] += 1
    found = [(v.check, v.cell[1:]) for v in violations_of(figures, FORMS["2021"])]
    assert found == [("Q-ROW", ("granted", "total")), ("Q-OUT", ("concluded", "business"))]


def test_draws_stay_the_same() -> None:
    draw = Draw("a name")
    assert [draw.below(1000) for _ in range(4)] == [28, 196, 708, 626]


def test_committed_set_is_what_the_generator_makes(tmp_path: Path) -> None:
    write_committed(tmp_path / "reports", tmp_path / "broken")
    assert files_under(tmp_path / "reports") == files_under(REPORTS)
    assert files_under(tmp_path / "broken") == files_under(BROKEN)


def test_larger_sets_are_equal_for_equal_seeds() -> None:
    first = [recipe_to_files(recipe) for recipe in larger_set("equal", 25)]
    again = [recipe_to_files(recipe) for recipe in larger_set("equal", 25)]
    assert first == again
    assert first != [recipe_to_files(recipe) for recipe in larger_set("other", 25)]


def test_committed_set_is_small() -> None:
    folders = (REPORTS, BROKEN, HERE / "font")
    size = sum(len(content) for folder in folders for content in files_under(folder).values())
    assert size < 2_500_000
    assert FONT_FILE.stat().st_size < 500_000


def test_committed_set_uses_every_layout_and_every_messiness() -> None:
    assert {recipe.layout for recipe in COMMITTED} == set(LAYOUTS)
    assert {name for recipe in COMMITTED for name in recipe.messiness} == set(MESSINESS)
    assert {recipe.forms for recipe in COMMITTED} == set(FORMS)


@pytest.mark.parametrize("id_", IDS)
def test_gold_has_exactly_the_cells_of_the_forms(id_: str) -> None:
    expected = [
        cell for table, form in meta_of(id_)["forms"].items() for cell in cells_of(table, form)
    ]
    assert list(gold_of(id_)) == expected


@pytest.mark.parametrize("id_", IDS)
def test_gold_has_a_value_where_it_says_reported(id_: str) -> None:
    for value, status in gold_of(id_).values():
        assert status in ("reported", "blank", "placeholder", "unreadable")
        assert (value != "") == (status == "reported")


@pytest.mark.parametrize("id_", IDS)
def test_only_planted_identities_are_broken(id_: str) -> None:
    meta = meta_of(id_)
    values = {cell: Decimal(value) for cell, (value, _) in gold_of(id_).items() if value}
    found = [str(violation) for violation in violations_of(values, tuple(meta["forms"].items()))]
    assert found == meta["identity_violations"]
    assert len(found) == PLANTED.get(id_, 0)
    assert meta["expect"] == ("needs_review" if found or meta["doubts"] else "accepted")


def test_planted_violations_are_named() -> None:
    assert meta_of("county2022-rows-broken-sums")["identity_violations"] == [
        "Q-ROW requests.unavailable_not_held.total: expected 8, printed 10",
        "Q-OUT requests.concluded.total: expected 87, printed 85",
        "P-SUM proceedings.reconsideration.total: expected 5, printed 0",
    ]


@pytest.mark.parametrize(
    ("id_", "row", "column", "value"),
    [
        ("streets2019-torn-tabs", "procurement", "amount", "120198725.06"),
        ("streets2019-torn-tabs", "permits", "change", "4"),
        ("streets2019-torn-tabs", "compulsions", "items_last_year", ""),
        ("water2023-pdf-strokes", "fees", "amount", "132200"),
        ("ministry2022-pdf-rectangles", "fees", "amount", "1605561161"),
        ("street2020-pipe-after", "procurement", "amount", "50"),
    ],
)
def test_gold_is_in_the_unit_kept(id_: str, row: str, column: str, value: str) -> None:
    assert gold_of(id_)["proactive", row, column][0] == value


@pytest.mark.parametrize("id_", IDS)
def test_sentences_restate_the_table_except_where_planted(id_: str) -> None:
    gold = gold_of(id_)
    wrong = []
    for statement in meta_of(id_)["statements"]:
        cell = tuple(statement["measure"].split("."))
        printed = gold.get((cell[0], cell[1], cell[2]), ("", ""))[0]
        if printed and printed != statement["value"]:
            wrong.append(statement["measure"])
    planted = ["requests.received.total"] if "sentence-against-table" in id_ else []
    assert wrong == planted


@pytest.mark.parametrize("name", MESSINESS)
def test_messiness_changes_a_draft_and_says_so(name: str) -> None:
    forms = "2019" if name in ("signed changes", "backslashes beside a change") else "2021"
    needed = ("traditional characters",) if name == "pinyin after characters" else ()
    recipe = next(recipe for recipe in COMMITTED if name in recipe.messiness)
    id_, agency, year = "messiness", recipe.agency, recipe.year
    size = "village" if name == "blank middle columns" else "county"
    before = recipe_to_draft(Recipe(id_, agency, year, forms, "", needed, size))
    after = recipe_to_draft(Recipe(id_, agency, year, forms, "", (*needed, name), size))
    assert len(after.quirks) == len(before.quirks) + 1
    assert (after.blocks, after.printed) != (before.blocks, before.printed)


def test_font_covers_all_that_can_be_written() -> None:
    covered = {chr(code) for code in TTFont(FONT_FILE).getBestCmap()} | {"\n", "\u00a0"}
    recipes = [*COMMITTED, *larger_set("font", 400)]
    for recipe in recipes:
        assert set(_all_text(recipe_to_draft(recipe))) <= covered, recipe.id


def test_font_has_a_name_of_its_own() -> None:
    names = TTFont(FONT_FILE)["name"]
    assert names.getDebugName(1) == "Gongkai Fixture Song"
    assert "SIL OPEN FONT LICENSE" in (FONT_FILE.parent / "OFL.txt").read_text(encoding="utf-8")


def _texts(draft: Draft) -> list[str]:
    texts = list(draft.title_lines)
    for block in draft.filled_blocks():
        if isinstance(block, Grid):
            texts += [box.text for box in block.boxes]
        else:
            texts.append(block.text)
    return texts


def _all_text(draft: Draft) -> str:
    return "".join(_texts(draft))


def _bare(text: str) -> str:
    """Without blanks and the marks that layouts put between cells."""
    return re.sub(r"[\s|]", "", text)


@pytest.mark.parametrize(
    "recipe",
    [recipe for recipe in COMMITTED if LAYOUTS[recipe.layout].suffix in ("txt", "md")],
    ids=lambda recipe: recipe.id,
)
def test_text_is_the_draft_in_order(recipe: Recipe) -> None:
    draft, layout = recipe_to_draft(recipe), LAYOUTS[recipe.layout]
    text = layout.render(draft).decode()
    if recipe.layout == "markdown":
        text = re.sub(r"^#+ |^\|[-|]+\|$", "", text, flags=re.MULTILINE)
    if recipe.layout == "one line":
        text = text.partition("\n")[2]
    if recipe.layout == "torn tabs":
        text = text.replace("\t0\n\n五、", "\n\n五、")
    assert _bare(text) == _bare(_all_text(draft))


FIRST_LINES = {
    "tabs": ["", "第二十条第（一）项\t\t\t", "信息内容\t甲\t乙\t丙", "规章\t0\t0\t0"],
    "lines ending in pipes": ["第二十条第（一）项 |", "|||", "信息内容 |", "甲 |", "乙 |", "丙 |"],
    "pipe after cell": ["第二十条第（一）项", "|", "信息内容", "|", "甲", "|"],
    "pipe before row": ["|", "第二十条第（一）项 |", "|||", "|", "信息内容 |", "甲 |"],
    "pipe then value": ["| ", " 第二十条第（一）项  | |||", "| ", " 信息内容  | ", " 甲  | "],
    "rows": ["第二十条第（一）项 |", "信息内容 | 甲 | 乙 | 丙 |", "规章 | 0 | 0 | 0 |"],
    "rows padded": ["| 第二十条第（一）项 | |||", "| 信息内容 | 甲 | 乙 | 丙 |"],
    "rows covered": ["第二十条第（一）项 |", "信息内容 | 甲 | 乙 | 丙 |"],
    "markdown": [
        "| 第二十条第（一）项 |  |  |  |",
        "|---|---|---|---|",
        "| 信息内容 | 甲 | 乙 | 丙 |",
    ],
    "lines spaced": ["第二十条第（一）项", "", "信息内容", "", "甲", "", "乙"],
}


@pytest.mark.parametrize("name", FIRST_LINES)
def test_text_layout_flattens_a_table_so(name: str) -> None:
    draft = recipe_to_draft(Recipe("shape", COMMITTED[0].agency, 2022, "2021", name, size="zero"))
    lines = LAYOUTS[name].render(draft).decode().split("\n")
    short = {"本年制发件数": "甲", "本年废止件数": "乙", "现行有效件数": "丙"}
    for label, letter in short.items():
        lines = [line.replace(label, letter) for line in lines]
    expected = FIRST_LINES[name]
    starts = [i for i in range(len(lines)) if lines[i : i + len(expected)] == expected]
    assert len(starts) == 1


@pytest.mark.parametrize(
    "recipe", [r for r in COMMITTED if r.layout.startswith("html")], ids=lambda r: r.id
)
def test_html_tables_hold_the_grid(recipe: Recipe) -> None:
    source = (REPORTS / recipe.id / "source.html").read_bytes()
    encoding = "gb18030" if recipe.layout == "html plain" else "utf-8"
    tables = html.fromstring(source.decode(encoding)).findall(".//table")
    grids = [b for b in recipe_to_draft(recipe).filled_blocks() if isinstance(b, Grid)]
    found = [
        [_bare(cell.text_content()) for cell in table.iter("td")]
        for table in tables
        if table.get("class") != "about"
    ]
    assert found == [[_bare(box.text) for box in grid.boxes] for grid in grids]


def test_declared_gb2312_is_not_enough() -> None:
    source = (REPORTS / "upland2019-html-gb2312" / "source.html").read_bytes()
    assert b"charset=gb2312" in source
    with pytest.raises(UnicodeDecodeError):
        source.decode("gb2312")


@pytest.mark.parametrize(
    "recipe", [r for r in COMMITTED if r.layout.startswith("docx")], ids=lambda r: r.id
)
def test_docx_tables_hold_the_grid(recipe: Recipe) -> None:
    source = REPORTS / recipe.id / "source.docx"
    grids = [b for b in recipe_to_draft(recipe).filled_blocks() if isinstance(b, Grid)]
    tables = docx.Document(str(source)).tables
    assert len(tables) == len(grids)
    for table, grid in zip(tables, grids, strict=True):
        for box in grid.boxes:
            last_row, last_column = box.row + box.rowspan - 1, box.column + box.colspan - 1
            for row, column in ((box.row, box.column), (last_row, last_column)):
                assert _bare(table.cell(row, column).text) == _bare(box.text)
    with zipfile.ZipFile(source) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2020, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    "recipe", [r for r in COMMITTED if r.layout.startswith("pdf")], ids=lambda r: r.id
)
def test_pdf_shows_every_character_of_the_draft_once(recipe: Recipe) -> None:
    document = pypdfium2.PdfDocument(REPORTS / recipe.id / "source.pdf")
    pages = [page.get_textpage().get_text_bounded() for page in document]
    number = "- {} -" if recipe.layout == "pdf strokes" else "— {} —"
    drawn = _all_text(recipe_to_draft(recipe))
    drawn += "".join(number.format(page) for page in range(1, len(pages) + 1))
    if recipe.forms == "2014":
        drawn += "统计指标单位统计数" * (len(pages) - 1)
    assert Counter(_bare("".join(pages))) == Counter(_bare(drawn))


def test_broken_files_are_broken_as_listed() -> None:
    listed = [line["file"] for line in csv.DictReader(io.StringIO(EXPECTED_CSV))]
    assert sorted([*listed, "expected.csv"]) == sorted(files_under(BROKEN))
    assert (BROKEN / "empty.pdf").read_bytes() == b""
    assert (BROKEN / "picture.pdf").read_bytes().startswith(b"\x89PNG")
    assert not zipfile.is_zipfile(BROKEN / "random.docx")


@pytest.mark.parametrize(
    ("name", "error"), [("truncated.pdf", "format"), ("encrypted.pdf", "password")]
)
def test_pdfium_refuses(name: str, error: str) -> None:
    with pytest.raises(pypdfium2.PdfiumError, match=error):
        pypdfium2.PdfDocument(BROKEN / name)


def test_readme_names_every_file() -> None:
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    names = [*IDS, *(name for name in files_under(BROKEN) if name != "expected.csv")]
    assert [name for name in names if f"`{name}`" not in readme] == []
