"""The program against gold: the committed reports always, the real ones where they lie beside."""

import json
from pathlib import Path

import pytest

from benchmarks.accuracy import Case, load_cases, main, score
from normalize.report import Verdict

ROOT = Path(__file__).parents[1]
MADE = list(load_cases(ROOT / "fixtures" / "reports"))
SHARED = ROOT.parent / "shared" / "reports"
REAL = list(load_cases(SHARED)) if SHARED.is_dir() else []
WHOLE = ("dadukou-cgj2019-txt", "hzq2023-pdf", "shuyang-fgj2023-html")


def expected_verdict(case: Case) -> str:
    return str(json.loads((case.source.parent / "meta.json").read_text(encoding="utf-8"))["expect"])


@pytest.mark.parametrize("case", MADE, ids=lambda case: case.name)
def test_every_cell_of_a_made_report_is_right(case: Case) -> None:
    result = score(case, None)
    assert result.mistakes == ()
    assert (result.agency, result.year) == (True, True)
    assert result.report.verdict.value == expected_verdict(case)


@pytest.mark.skipif(not REAL, reason="the real reports are not beside this checkout")
@pytest.mark.parametrize("case", REAL, ids=lambda case: case.name)
def test_no_error_in_a_real_report_is_silent(case: Case) -> None:
    result = score(case, None)
    counts = result.counts
    assert counts.silent == 0
    assert counts.right >= 0.95 * counts.gold
    assert case.is_report == (result.report.verdict is not Verdict.QUARANTINED)


@pytest.mark.skipif(not REAL, reason="the real reports are not beside this checkout")
@pytest.mark.parametrize("name", WHOLE)
def test_every_cell_of_a_whole_real_report_is_right_and_only_broken_sums_are_flagged(name: str) -> None:
    case = next(case for case in REAL if case.name == name)
    result = score(case, None)
    assert result.mistakes == ()
    broken = json.loads((SHARED / name / "meta.json").read_text(encoding="utf-8"))["identity_violations"]
    failed = [check for check in result.report.checks if check.passed is False]
    assert [f"{c.table}.{c.row}" for c in failed] == [text.split(":")[0] for text in broken]
    in_failed = {(c.table, c.row) for c in failed}
    assert {(o.table, o.row) for o in result.report.observations if o.flagged} == in_failed


def test_the_benchmark_fails_when_an_error_is_silent(tmp_path: Path, capsys) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    source = ROOT / "fixtures" / "reports" / "schools2021-tabs"
    for name in ("source.txt", "meta.json", "gold.csv"):
        text = (source / name).read_text(encoding="utf-8")
        wrong = text.replace("requests,received,total,", "requests,received,total,9", 1)
        (folder / name).write_text(wrong if name == "gold.csv" else text, encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    assert "requests.received.total" in capsys.readouterr().out
