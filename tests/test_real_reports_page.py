"""The page that tells of every published report what is right, wrong or in doubt."""

from pathlib import Path

from benchmarks.real_reports import main

REPORTS = Path(__file__).parents[1] / "fixtures" / "reports"


def test_the_page_tells_what_is_right_and_why_cells_are_flagged(tmp_path: Path) -> None:
    for name in ("county2022-rows-broken-sums", "schools2021-tabs"):
        (tmp_path / "set").mkdir(exist_ok=True)
        (tmp_path / "set" / name).symlink_to(REPORTS / name)
    assert main([str(tmp_path / "set"), "--out", str(tmp_path / "page.md")]) == 0
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "2 documents, " in page
    assert "| county2022-rows-broken-sums | text | needs_review | " in page
    assert "cells flagged: fails Q-OUT" in page
    assert "**schools2021-tabs**" not in page
