"""Forms brought by users: checked, and read by data alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from normalize import forms
from normalize.errors import FormError
from normalize.form_check import check_forms
from normalize.forms import load_form, load_forms, table_names

ROOT = Path(__file__).parent.parent
INDICATORS = ROOT / "fixtures" / "forms" / "indicators"
FIGURES = (
    *(1203, 1200, 120, 35, 10, 20, 5, 20115, 9, 4, 0, 1, 3, 1, 10, 6, 1, 1, 2),
    *(0, 1, 0, "35.5", 1, 2),
)


def page(figures: tuple[object, ...]) -> str:
    """A report of 2010 with the table of the form, in codes, labels, units and figures."""
    rows = load_forms(INDICATORS)[0].tables[0].blocks[0].rows
    units = {"items": "条", "times": "次", "persons": "人", "yuan": "元"}
    lines = "".join(
        f"<tr><td>{row.label}</td><td>{code:02}</td><td>{units[row.unit or 'items']}</td>"
        f"<td>{figure}</td></tr>"
        for code, (row, figure) in enumerate(zip(rows, figures, strict=True), start=1)
    )
    return (
        "<html><body><h1>云澜省青砚市民政局2010年政府信息公开工作年度报告</h1><p>一、概述</p>"
        "<p>2010年，我局认真贯彻《政府信息公开条例》，做好各项工作。</p><table>"
        "<tr><td>指标名称</td><td>代码</td><td>计量单位</td><td>本年数</td></tr>"
        f"{lines}</table></body></html>"
    )


def gongkai(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, for the forms are read once in each."""
    command = [sys.executable, "-c", "from pipeline.command import main; main()"]
    return subprocess.run(
        [*command, *map(str, arguments)], capture_output=True, text=True, cwd=ROOT
    )


def test_a_form_of_another_kind_is_read_by_data_alone(tmp_path: Path) -> None:
    (tmp_path / "r.html").write_text(page(FIGURES), encoding="utf-8")
    db = f"sqlite:///{tmp_path}/g.db"
    run = gongkai("run", tmp_path / "r.html", "--forms", INDICATORS, "--db", db, "--jobs", 1)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 accepted" in run.stdout
    sql = "SELECT applications__value, queries__value, charges__value_yuan FROM indicators_2008"
    asked = gongkai("query", sql, "--db", db)
    assert "9" in asked.stdout and "35.5" in asked.stdout, asked.stdout + asked.stderr


def test_its_identities_are_checked(tmp_path: Path) -> None:
    wrong = tuple(9 if at == 14 else figure for at, figure in enumerate(FIGURES))
    (tmp_path / "r.html").write_text(page(wrong), encoding="utf-8")
    shown = gongkai("show", tmp_path / "r.html", "--forms", INDICATORS)
    assert "L-ANSWER (identity) indicators.answers.value: expected 10, printed 9" in shown.stdout


def test_without_its_form_the_table_is_not_read_in_full(tmp_path: Path) -> None:
    (tmp_path / "r.html").write_text(page(FIGURES), encoding="utf-8")
    assert "indicators" not in gongkai("show", tmp_path / "r.html").stdout


def test_a_sound_folder_passes_the_check() -> None:
    assert not [finding for finding in check_forms(INDICATORS) if finding.wrong]
    checked = gongkai("forms", "check", INDICATORS)
    assert checked.returncode == 0
    assert "the forms can be used" in checked.stdout


SOUND = (INDICATORS / "indicators.toml").read_text(encoding="utf-8")
WRONG = [
    # what is replaced, by what, what is said
    ('form = "2008"', 'form = "2019"', "there is a form 2019 already; rename it"),
    ('form = "2008"', "form = 2008", "'form' must be a text, found 2008"),
    ("last_year = 2013", "last_year = 2001", "'first_year' must be a year"),
    ("first_year = 2008", 'first_year = "2008"', "'first_year' must be a year, found '2008'"),
    ('"queries"', '"Queries!"', "names no cell of it: ['queries']"),
    ('name = "page_views"', 'name = "页面访问量"', "must be of small letters"),
    ('unit = "persons"', 'unit = "heads"', "the unit 'heads' is none of count, items"),
    (
        "+ answers_other = answers",
        "+ answers_lost = answers",
        "names no cell of it: ['answers_lost']",
    ),
    ('rule = "count"', 'rule = "is fine"', "cannot read the rule 'is fine'"),
    ('each = "cell"', 'each = "page"', "'each' must be one of"),
    ("[[table.check]]", "[[table.check]", "is no TOML"),
    ('name = "appeals"', 'name = "lawsuits"', "declared twice: lawsuits.value"),
    ("aliases = [", "alias = [", "nothing reads the key 'alias'; is 'aliases' meant?"),
    ("heads = [", "haeds = [", "nothing reads the key 'haeds'; is 'heads' meant?"),
    ("columns = [", "colums = [", "nothing reads the key 'colums'; is 'columns' meant?"),
    ("notice =", "source_of = 1\nnotice =", "known are form, notice, first_year"),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG, ids=[new for _, new, _ in WRONG])
def test_what_is_wrong_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in SOUND
    (tmp_path / "own.toml").write_text(SOUND.replace(old, new), encoding="utf-8")
    wrong = [finding for finding in check_forms(tmp_path) if finding.wrong]
    assert any(said in f"{finding.place}: {finding.what}" for finding in wrong), wrong


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("form.txt", b"", "holds no form"),
        ("form.toml", b"\xff\xfe", "is not in UTF-8"),
        ("form.toml", b'form = "x"', "declares no table"),
    ],
)
def test_a_folder_that_cannot_be_used_is_refused_by_run(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    run = gongkai(
        "run", ROOT / "fixtures" / "broken", "--forms", tmp_path, "--db", "sqlite:///x.db"
    )
    assert run.returncode == 2
    assert said in run.stderr.replace("\n", " ")


def test_two_forms_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = (load_form(SOUND, "a.toml"), load_form(SOUND, "b.toml"))
    monkeypatch.setattr(forms, "shipped_forms", lambda: twice)
    with pytest.raises(FormError, match="form 2008 is declared 2 times"):
        forms.all_forms.__wrapped__()


def test_the_tables_come_in_the_order_of_the_newest_form() -> None:
    assert table_names() == ("proactive", "requests", "proceedings", "statistics")
