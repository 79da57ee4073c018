"""The scripts in docs/examples: those in Python run, that in R where R is installed."""

import re
import shutil
import subprocess
from pathlib import Path
from runpy import run_path

import pandas
import pytest

from tests.sample_database import sample_release, sample_url

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
SCRIPTS = sorted(EXAMPLES.glob("*.py"))


def pictures_of(script: Path) -> list[str]:
    """The pictures that a script writes."""
    return re.findall(r"\w+\.svg", script.read_text(encoding="utf-8"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_runs_and_makes_its_pictures(
    script: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_path(str(script))["main"](sample_url(), tmp_path)
    said = capsys.readouterr().out
    assert pictures_of(script)
    for name in pictures_of(script):
        assert name in said
        drawn = (tmp_path / name).read_text(encoding="utf-8")
        shown = (EXAMPLES / name).read_text(encoding="utf-8")
        title = re.compile(r"<title>(.*?)</title>")
        assert title.search(drawn)[1] == title.search(shown)[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(pictures_of(script))


def test_the_page_of_examples_names_every_script_and_picture() -> None:
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for path in EXAMPLES.iterdir():
        assert path.name == "README.md" or path.name in text


def test_what_the_script_for_stata_uses_is_in_the_stata_file_with_its_type() -> None:
    script = (EXAMPLES / "panel.do").read_text(encoding="utf-8")
    code = "\n".join(line for line in script.splitlines() if not line.startswith("*"))
    path = sample_release() / "stata" / "panel.dta"
    with pandas.read_stata(path, iterator=True) as reader:
        variables, labels = reader.variable_labels(), reader.value_labels()
        frame = reader.read(convert_categoricals=False)
    [outcomes] = re.findall(r"^local outcomes (.+)$", code, flags=re.M)
    used = [*outcomes.split(), *(f"{name}_flagged" for name in outcomes.split())]
    assert all(f"{name}_flagged" in code for name in outcomes.split())
    used += ["received", "received_status", "requests_form", "year"]
    for name in used:
        assert re.search(rf"\b{name}\b", code), name
        assert variables[name]
    # `inlist` compares with texts, sums and means are of numbers, statuses have labels.
    assert set(frame["requests_form"]) <= {"2014", "2019", "2021", ""}
    assert all(frame[name].dtype.kind in "fiu" for name in used if name != "requests_form")
    assert labels["received_status"]


def test_every_variable_that_stata_is_told_of_is_known() -> None:
    script = (EXAMPLES / "panel.do").read_text(encoding="utf-8")
    head = (sample_release() / "csv" / "panel.csv").read_text(encoding="utf-8")
    columns = head.partition("\n")[0].split(",")
    for name in re.findall(r"\b\w+_(?:flagged|status|form)\b", script):
        assert name in columns


def test_the_script_for_r_reads_a_release(tmp_path: Path) -> None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R is not installed")
    done = subprocess.run(
        [rscript, EXAMPLES / "panel.R", sample_release()],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "granted" in done.stdout
    assert (tmp_path / "outcomes_over_years.png").stat().st_size > 1000
