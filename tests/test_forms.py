import csv
from pathlib import Path

import pytest

from normalize.catalogue.patterns import PATTERNS
from normalize.errors import FormError
from normalize.form_rules import PATTERN_NAMES, load_rule
from normalize.forms import all_fields, all_forms, load_form, tables_named

SHARED = Path(__file__).parents[2] / "shared"


@pytest.mark.skipif(not (SHARED / "fields.csv").exists(), reason="shared/fields.csv is not here")
def test_forms_declare_exactly_the_fields_of_the_contract() -> None:
    with (SHARED / "fields.csv").open(encoding="utf-8") as file:
        expected = [tuple(row.values()) for row in csv.DictReader(file)]
    declared = [
        (f.form, f.table, f.row, f.row_label, f.column, f.column_label, f.unit)
        for f in all_fields()
        if not f.optional
    ]
    assert sorted(declared) == sorted(expected)


def test_forms_cover_every_year_once() -> None:
    for year in range(2014, 2031):
        assert [form.name for form in all_forms() if form.includes_year(year)] == [
            "2014" if year < 2019 else "2019" if year < 2021 else "2021"
        ]


def test_tables_have_the_printed_number_of_cells() -> None:
    assert [len(t.fields) for t in tables_named("requests")] == [23 * 7 + 21, 25 * 7 + 28]
    assert [len(t.fields) for t in tables_named("proceedings")] == [15, 15]


@pytest.mark.parametrize(
    ("rows", "rule", "complaint"),
    [
        ('{name="a",label="A"},{name="a",label="B"}', "a = a", "declared twice"),
        ('{name="a",label="A"}', "a = b", "names no cell"),
        ('{name="a"}', "a = a", "'label' must be a text"),
    ],
)
def test_a_form_that_contradicts_itself_is_refused(rows: str, rule: str, complaint: str) -> None:
    text = f"""
        form = "x"
        notice = "n"
        first_year = 1
        [[table]]
        name = "t"
        [[table.block]]
        columns = [{{name="c", label="C"}}]
        rows = [{rows}]
        [[table.check]]
        id = "R"
        each = "column"
        rule = "{rule}"
    """
    with pytest.raises(FormError, match=complaint):
        load_form(text, "x.toml")


def test_every_pattern_a_form_may_name_can_be_looked_for() -> None:
    elsewhere = {"power of regulations", "order"}
    slips = {name for name in PATTERN_NAMES if name.startswith("slip ")}
    assert set(PATTERN_NAMES) == {*PATTERNS, *elsewhere, *slips}


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ("pattern of clouds", "there is no pattern 'of clouds'"),
        ("a plus b", "cannot read the rule 'a plus b'"),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused(rule: str, complaint: str) -> None:
    with pytest.raises(FormError, match=complaint):
        load_rule({"id": "R", "each": "column", "rule": rule}, "x.toml")
