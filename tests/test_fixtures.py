"""The made reports: sound figures, complete gold, equal bytes, text that is what was drawn."""

from __future__ import annotations

import csv
import io
import json
import tomllib
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("reportlab", reason="the generator draws its PDFs with reportlab")
pytest.importorskip("opencc", reason="the generator writes traditional characters with opencc")

import pypdfium2
from fontTools.ttLib import TTFont

from fixtures.broken_files import EXPECTED_CSV
from fixtures.catalogue import larger_set, rates_of
from fixtures.committed import COMMITTED
from fixtures.draw import Draw
from fixtures.figures import SIZES, figures_of
from fixtures.form_cells import MIXED, cells_of
from fixtures.form_layout import Grid, form_grid
from fixtures.identities import violations_of
from fixtures.layouts import LAYOUTS
from fixtures.layouts.pdf_text import FONT_FILE
from fixtures.make import (
    BROKEN,
    HERE,
    REPORTS,
    recipe_to_files,
    write_committed,
    write_larger_set,
)
from fixtures.messiness import MESSINESS
from fixtures.messiness.rows import SUBTOTALS
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
    "audit2021-pdf-cut-in-a-row": 1,
    "city2021-rows-repeated": 2,
    "province2022-rows-taiwan": 2,
}
MISSTATED = {
    "water2022-tabs-sentence-against-table": ["requests.received.total"],
    "city2021-rows-repeated": ["requests.carried_forward.total", "requests.refused.total"],
    # The sentence has the sum that the table misses.
    "county2022-rows-broken-sums": ["requests.unavailable.total"],
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


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed set made again."""
    folder = tmp_path_factory.mktemp("made")
    write_committed(folder / "reports", folder / "broken")
    return folder


def test_committed_set_is_what_the_generator_makes(made: Path) -> None:
    """Pictures depend on the libraries that draw and pack them; their gold does not."""
    inexact = {
        f"{recipe.id}/source.{LAYOUTS[recipe.layout].suffix}"
        for recipe in COMMITTED
        if not LAYOUTS[recipe.layout].exact
    }
    again, committed = files_under(made / "reports"), files_under(REPORTS)
    assert again.keys() == committed.keys()
    assert [name for name in again if again[name] != committed[name] and name not in inexact] == []
    assert files_under(made / "broken") == files_under(BROKEN)


def test_larger_sets_are_equal_for_equal_seeds() -> None:
    assert list(larger_set("equal", 300)) == list(larger_set("equal", 300))
    assert list(larger_set("equal", 300)) != list(larger_set("other", 300))
    recipes = [r for r in larger_set("equal", 80) if LAYOUTS[r.layout].suffix in ("html", "md")]
    assert len(recipes) == 13
    assert [recipe_to_files(r) for r in recipes] == [recipe_to_files(r) for r in recipes]


def test_larger_sets_go_through_all_layouts_and_forms() -> None:
    recipes = list(larger_set("all", 5 * len(LAYOUTS)))
    assert {recipe.layout for recipe in recipes} == set(LAYOUTS)
    assert {recipe.forms for recipe in recipes} == set(FORMS)
    for name, layout in LAYOUTS.items():
        forms = {recipe.forms for recipe in recipes if recipe.layout == name}
        assert forms <= set(layout.forms or FORMS)
        assert len(forms) >= min(4, len(layout.forms or FORMS))


def test_a_layout_without_its_program_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fixtures.make.is_installed", lambda program: False)
    layouts = ("tabs", "doc")
    assert write_larger_set("skip", 4, tmp_path, rates_of(()), layouts) == {"doc": 2}
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    ("options", "all_rates", "unit_nowhere"),
    [
        ([], 0.01, 0.01),
        (["0.5"], 0.5, 0.5),
        (["unit nowhere=1"], 0.01, 1.0),
        (["0", "unit nowhere=0.25"], 0.0, 0.25),
    ],
)
def test_rates_of_messiness(options: list[str], all_rates: float, unit_nowhere: float) -> None:
    rates = rates_of(options)
    assert set(rates) == set(MESSINESS)
    assert rates["tables lost"] == all_rates
    assert rates["unit nowhere"] == unit_nowhere


@pytest.mark.parametrize("option", ["2", "-0.1", "unit nowhere=two", "no such kind=0.5"])
def test_a_rate_that_is_none_is_refused(option: str) -> None:
    with pytest.raises(ValueError):
        rates_of([option])


def test_rates_are_kept_to() -> None:
    rates = rates_of(["0", "unit nowhere=0.3"])
    recipes = list(larger_set("rates", 2000, rates))
    assert {name for recipe in recipes for name in recipe.messiness} == {"unit nowhere"}
    assert 500 < sum("unit nowhere" in recipe.messiness for recipe in recipes) < 700
    clean = sum(not recipe.messiness for recipe in larger_set("usual", 2000))
    assert 800 < clean < 1200


def test_kinds_that_contradict_each_other_do_not_meet() -> None:
    for recipe in larger_set("full", 500, rates_of(["0.9"])):
        groups = [MESSINESS[name].group for name in recipe.messiness if MESSINESS[name].group]
        assert len(groups) == len(set(groups))


def test_committed_set_is_small() -> None:
    folders = (REPORTS, BROKEN, HERE / "font")
    sizes = {folder: [len(file) for file in files_under(folder).values()] for folder in folders}
    assert sum(map(sum, sizes.values())) < 5_000_000
    assert FONT_FILE.stat().st_size < 500_000
    sources = [path.stat().st_size for path in REPORTS.glob("*/source.*")]
    assert sum(size < 60_000 for size in sources) > len(sources) / 2


def test_committed_set_uses_every_layout_and_every_messiness() -> None:
    wanted = {name for name, layout in LAYOUTS.items() if not layout.on_demand}
    assert {recipe.layout for recipe in COMMITTED} == wanted
    assert {name for id_ in IDS for name in meta_of(id_)["mess"]} == set(MESSINESS)
    assert {recipe.forms for recipe in COMMITTED} == set(FORMS)


def test_every_kind_asked_for_in_the_committed_set_changes_something() -> None:
    for recipe in COMMITTED:
        assert tuple(meta_of(recipe.id)["mess"]) == recipe.messiness


@pytest.mark.parametrize("id_", IDS)
def test_gold_has_exactly_the_cells_of_the_forms(id_: str) -> None:
    meta = meta_of(id_)
    cells = {cell for table, form in meta["forms"].items() for cell in cells_of(table, form)}
    left_out = {tuple(name.split(".")) for name in meta["left_out"]}
    optional = {cell for cell in gold_of(id_) if cell[1] in SUBTOTALS} - cells
    assert left_out <= cells
    assert set(gold_of(id_)) == cells - left_out | optional
    assert bool(optional) == ("subtotals" in meta["mess"])


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
    if meta["expect"] != "quarantined":
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
        ("finance2019-html-wrong-charset", "procurement", "amount", "24958200"),
        ("justice2020-html-layout-tables", "permits", "change", "-4"),
    ],
)
def test_gold_is_in_the_unit_kept(id_: str, row: str, column: str, value: str) -> None:
    assert gold_of(id_)["proactive", row, column][0] == value


@pytest.mark.parametrize("id_", IDS)
def test_sentences_restate_the_table_except_where_planted(id_: str) -> None:
    gold = gold_of(id_)
    wrong = []
    for statement in meta_of(id_)["statements"]:
        table, row, column = statement["measure"].split(".")
        parts = [gold.get((table, part, column)) for part in SUBTOTALS.get(row, (row,))]
        printed = [Decimal(part[0]) for part in parts if part and part[0]]
        whole = len(printed) == len(parts)
        if whole and sum(printed) != Decimal(statement["value"]):
            wrong.append(statement["measure"])
    assert wrong == MISSTATED.get(id_, [])


@pytest.mark.parametrize("name", MESSINESS)
def test_messiness_changes_a_draft_and_says_so(name: str) -> None:
    kind = MESSINESS[name]
    recipe = next(recipe for recipe in COMMITTED if name in recipe.messiness)
    needed = (kind.after,) if kind.after else ()
    before = recipe_to_draft(replace(recipe, messiness=needed))
    after = recipe_to_draft(replace(recipe, messiness=(*needed, name)))
    assert len(after.quirks) == len(before.quirks) + 1
    assert after.mess == (*before.mess, name)
    assert (after.blocks, after.printed) != (before.blocks, before.printed)


@pytest.mark.parametrize("forms", FORMS)
def test_messiness_leaves_alone_what_it_does_not_concern(forms: str) -> None:
    """Every kind can be asked of every form; what it does not change it does not claim."""
    for name in MESSINESS:
        recipe = Recipe("any", COMMITTED[0].agency, 2016, forms, "tabs", (name,), "bureau")
        draft = recipe_to_draft(recipe)
        assert draft.mess in ((), (name,))
        cells = [b.cell for g in draft.blocks if isinstance(g, Grid) for b in g.boxes if b.cell]
        assert sorted(cells) == sorted(draft.printed)


def test_split_rows_and_changed_heads_leave_their_cells_out_of_gold() -> None:
    split = {("proactive", "other_services", column) for column in ("items_last_year", "change")}
    assert split.isdisjoint(gold_of("justice2020-html-layout-tables"))
    assert {cell for cell in gold_of("health2020-pdf-dashed") if cell[2] == "change"} == set()


def test_font_covers_all_that_can_be_written() -> None:
    covered = {chr(code) for code in TTFont(FONT_FILE).getBestCmap()} | {"\n", "\u00a0"}
    recipes = [*COMMITTED, *larger_set("font", 400)]
    for recipe in recipes:
        draft = recipe_to_draft(recipe)
        grids = (block for block in draft.filled_blocks() if isinstance(block, Grid))
        boxes = "".join(box.text for grid in grids for box in grid.boxes)
        texts = [block.text for block in draft.blocks if not isinstance(block, Grid)]
        assert set("".join([draft.title, boxes, *texts])) <= covered, recipe.id


def test_font_has_a_name_of_its_own() -> None:
    names = TTFont(FONT_FILE)["name"]
    assert names.getDebugName(1) == "Gongkai Fixture Song"
    assert "SIL OPEN FONT LICENSE" in (FONT_FILE.parent / "OFL.txt").read_text(encoding="utf-8")


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
