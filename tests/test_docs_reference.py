"""The generated pages of docs/reference: fresh, and complete against what the program has."""

import ast
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from handbook.reference import PAGES
from handbook.reference.checks import described_checks
from handbook.reference.commands import named_commands
from normalize.forms import shipped_forms
from pipeline.settings import SETTINGS
from tests.sample_database import sample_file

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reference"
KINDS = {c.check: c.kind for checks in described_checks().values() for c in checks}
CHECK_ID = re.compile(r"[A-Z]-[A-Z0-9]+")


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_fresh(name: str) -> None:
    stored = (FOLDER / name).read_text(encoding="utf-8")
    assert PAGES[name]() == stored, "write it anew: python -m handbook reference"


def test_every_page_of_reference_but_the_first_is_generated() -> None:
    assert {path.name for path in FOLDER.glob("*.md")} - {"index.md"} == set(PAGES)


def test_every_command_option_and_setting_is_there() -> None:
    page = PAGES["commands.md"]()
    for name, command in named_commands():
        assert f"\n## gongkai {name}\n" in page
        for option in command.params:
            assert option.name == "help" or any(o in page for o in (*option.opts, option.metavar))
    assert all(f"`{setting.name}`" in PAGES["settings.md"]() for setting in SETTINGS)


def test_every_field_is_there() -> None:
    page = PAGES["fields.md"]()
    for form in shipped_forms():
        for table in form.tables:
            assert f"### {form.name}.{table.name}\n" in page
            assert all(f"`{row}`" in page and f"`{column}`" in page for row, column in table.fields)


def ids_in_code() -> Iterator[str]:
    """Every check that the program's code names."""
    for path in (ROOT / "normalize").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and CHECK_ID.fullmatch(value):
                yield value


def ids_in_data() -> Iterator[str]:
    """Every check that the forms and the declared rules name."""
    for path in (ROOT / "normalize").rglob("*.toml"):
        said = re.findall(r'^(?:id|check) = "(.+)"$', path.read_text(encoding="utf-8"), re.M)
        yield from (name for name in said if CHECK_ID.fullmatch(name))


def test_the_checks_described_are_those_of_the_program() -> None:
    assert set(KINDS) == {*ids_in_code(), *ids_in_data()}


def test_the_kinds_described_are_those_declared() -> None:
    declared = {r.check: r.kind for f in shipped_forms() for t in f.tables for r in t.rules}
    assert {check: KINDS[check] for check in declared} == declared


def test_the_kinds_described_are_those_of_a_database() -> None:
    with closing(sqlite3.connect(sample_file())) as database:
        found = {
            *database.execute('SELECT DISTINCT "check", kind FROM checks'),
            *database.execute('SELECT DISTINCT "check", kind FROM panel_checks'),
        }
    # A contradicted date of publication is no suspicion (see its meaning).
    assert {(c, k) for c, k in found if KINDS[c] != k} <= {("M-MANIFEST", "S"), ("A-UNIT", "X")}
    assert len(found) > 80
