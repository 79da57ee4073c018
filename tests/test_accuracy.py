"""The program against gold: the committed reports always, the real ones where they lie beside."""

import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from benchmarks.accuracy.__main__ import main, read_case
from benchmarks.accuracy.breakdown import share_bounds
from benchmarks.accuracy.cases import Case, load_cases
from normalize.report import Verdict

ROOT = Path(__file__).parents[1]
MADE = list(load_cases(ROOT / "fixtures" / "reports"))
SHARED = ROOT.parent / "shared" / "reports"
REAL = list(load_cases(SHARED)) if SHARED.is_dir() else []
WHOLE = ("dadukou-cgj2019-txt", "hzq2023-pdf", "shuyang-fgj2023-html")


KNOWN_FAILURES = {
    "audit2023-docx-sub-labels": "rows known by their place are accepted when the sums prove them",
    "schools2024-markdown-wrong-heads": "heads that name no column at all raise no doubt",
    "street2019-one-line": "a table on one line is read whole, and not sent to review",
    "street2023-lines-misread": "text that went through the wrong encoding twice is not mended",
    "streets2019-torn-tabs": "sixteen zeros for fifteen columns are all the same to us",
    "upland2022-lines-deduplicated": "what is left of rows with lost lines is stored, flagged",
}

RECOGNITION = find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None
ONLY_RECOGNISED = (
    "civil2022-scan",
    "finance2022-pdf-no-unicode-map",
    "forestry2023-scan-wrong-text",
)
"""Reports without a text that says what is printed."""


def expected_verdict(case: Case) -> Verdict:
    meta = json.loads((case.source.parent / "meta.json").read_text(encoding="utf-8"))
    return Verdict(meta["expect"])


def made_case(case: Case) -> ParameterSet:
    reason = KNOWN_FAILURES.get(case.name)
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [made_case(case) for case in MADE])
def test_every_cell_of_a_made_report_is_right(case: Case) -> None:
    result = read_case(case, None)
    expected = expected_verdict(case)
    if case.name in ONLY_RECOGNISED and not RECOGNITION:
        pytest.skip("recognition is not installed (pip install 'gongkai[ocr]')")
    assert result.report.verdict is not Verdict.QUARANTINED
    assert result.mistakes == ()
    assert (result.metadata["agency"], result.metadata["year"]) == (True, True)
    assert expected is not Verdict.NEEDS_REVIEW or result.report.verdict is expected


@pytest.mark.parametrize("case", MADE, ids=lambda case: case.name)
def test_no_error_in_a_made_report_is_silent(case: Case) -> None:
    assert read_case(case, None).counts.silent == 0


@pytest.mark.skipif(not REAL, reason="the real reports are not beside this checkout")
@pytest.mark.parametrize("case", REAL, ids=lambda case: case.name)
def test_no_error_in_a_real_report_is_silent(case: Case) -> None:
    result = read_case(case, None)
    counts = result.counts
    assert counts.silent == 0
    assert counts.right >= 0.95 * counts.gold
    assert case.is_report == (result.report.verdict is not Verdict.QUARANTINED)


@pytest.mark.skipif(not REAL, reason="the real reports are not beside this checkout")
@pytest.mark.parametrize("name", WHOLE)
def test_every_cell_of_a_whole_real_report_is_right_and_only_broken_sums_are_flagged(
    name: str,
) -> None:
    case = next(case for case in REAL if case.name == name)
    result = read_case(case, None)
    assert result.mistakes == ()
    broken = json.loads((SHARED / name / "meta.json").read_text(encoding="utf-8"))[
        "identity_violations"
    ]
    failed = [c for c in result.report.checks if c.kind == "H" and c.passed is False]
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


def test_bounds_of_a_share() -> None:
    assert share_bounds(0, 0) == (0.0, 1.0)
    low, high = share_bounds(10, 10)
    assert (round(low, 4), high) == (0.7225, 1.0)


def test_the_page_and_the_counts_are_written_by_the_command(tmp_path: Path) -> None:
    page, counts = tmp_path / "accuracy.md", tmp_path / "accuracy.json"
    one = tmp_path / "set"
    one.mkdir()
    (one / "a").symlink_to(ROOT / "fixtures" / "reports" / "schools2021-tabs")
    assert main([str(one), "--out", str(page), "--json", str(counts)]) == 0
    assert "| all | 1 | 200 | 200 | 100.00% (98.12% to 100.00%) |" in page.read_text(
        encoding="utf-8"
    )
    assert json.loads(counts.read_text(encoding="utf-8"))["all"]["counts"]["right"] == 200
