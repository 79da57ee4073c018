"""What review says: every doubt of the readers in plain words, in both languages."""

import ast
import re
from pathlib import Path

import pytest

from explore.review.words import check_in_words, doubt_in_words, is_in_words, review_words
from explore.wording import LANGUAGES, phrases
from normalize.forms import all_fields, table_names, tables_named

ROOT = Path(__file__).parents[1]
PLACES = ("placed.py", "recognised.py", "cells.py", "observations.py", "opinions.py", "tables.py")
NOT_DOUBTS = {"_DOWN", "_ARROWS", "_TURNING", "_MONEY_OF_CELL", "_COUNTED"}


def _doubts() -> list[str]:
    """The sentences among the constants of the modules that cast doubt on cells."""
    found = []
    for name in PLACES:
        for node in ast.walk(ast.parse((ROOT / "normalize" / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                names = {target.id for target in node.targets if isinstance(target, ast.Name)}
                said = node.value.value
                plain = not any(name.startswith("_") for name in names)
                if plain and isinstance(said, str) and re.search("[a-z]{3}", said):
                    found.append(re.sub(r"\{\w+\}", "x", said))
    return found


@pytest.mark.parametrize("doubt", _doubts())
def test_every_doubt_has_words(doubt: str) -> None:
    assert is_in_words(doubt)
    assert re.search("[一-鿿]", doubt_in_words(doubt, "zh"))


@pytest.mark.parametrize(
    ("doubt", "zh", "en"),
    [
        (
            "fails Q-ROW",
            "未通过核对 Q-ROW：一行各列之和应等于总计",
            "fails check Q-ROW: the columns of a row add up to its total",
        ),
        (
            "fails N-WHO",
            "未通过核对 N-WHO：正文句中的数字与表格不符",
            "fails check N-WHO: a sentence of the report says otherwise",
        ),
        (
            "pdfplumber reads '8'",
            "另一读取程序 pdfplumber 读作“8”",
            "another reader, pdfplumber, reads “8”",
        ),
        ("column heads not found", "没有找到列标题", "column heads not found"),
        (
            "the only cell whose change makes Q-ROW granted, Q-OUT total hold",
            "只改这一格即可使 Q-ROW (（一）予以公开), Q-OUT (总计) 成立",
            "the only cell whose change makes Q-ROW (granted), Q-OUT (total) hold",
        ),
        ("a doubt that is new", "a doubt that is new", "a doubt that is new"),
        ("{0} {x}", "{0} {x}", "{0} {x}"),
        (
            "{check} reads '{said}'",
            "另一读取程序 {check} 读作“{said}”",
            "another reader, {check}, reads “{said}”",
        ),
    ],
)
def test_doubts_in_words(doubt: str, zh: str, en: str) -> None:
    assert doubt_in_words(doubt, "zh", "2021", "requests") == zh
    assert doubt_in_words(doubt, "en", "2021", "requests") == en


def test_every_rule_of_the_forms_has_words() -> None:
    rules = {
        rule.check for name in table_names() for table in tables_named(name) for rule in table.rules
    }
    assert [check for check in sorted(rules) if not check_in_words(check, "zh")] == []
    assert check_in_words("OWN-1", "en") == ""
    assert all_fields()


def test_both_languages_say_everything() -> None:
    own = {lang: review_words(lang).phrases for lang in LANGUAGES}
    assert own["zh"].keys() == own["en"].keys() > set(phrases())
    parts = re.compile(r"\{\w+\}")
    for key, said in own["zh"].items():
        assert sorted(parts.findall(said)) == sorted(parts.findall(own["en"][key])), key


def test_every_phrase_of_the_templates_is_there() -> None:
    known = review_words("zh").phrases
    for file in (ROOT / "explore" / "templates").glob("review*.html"):
        asked = re.findall(r"say\('([\w.]+)'[,)]", file.read_text(encoding="utf-8"))
        assert [key for key in asked if key not in known] == [], file.name
