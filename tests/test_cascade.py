"""Which readers are asked for a file, and what becomes of pages that are pictures."""

from importlib.util import find_spec
from pathlib import Path

import pytest

import extract
from extract.errors import NoTextLayer, ReaderMissing
from normalize.report import Report, Verdict
from pipeline.cascade import bytes_to_report

REPORTS = Path(__file__).parent.parent / "fixtures" / "reports"
needs_recognition = pytest.mark.skipif(
    find_spec("rapidocr") is None or find_spec("onnxruntime") is None,
    reason="recognition is not installed (pip install 'gongkai[ocr]')",
)


def report_of(name: str) -> Report:
    return bytes_to_report((REPORTS / name / "source.pdf").read_bytes(), "a.pdf", None)


def no_recognition(*_: object, **__: object) -> None:
    raise ReaderMissing("recognition is not installed", "install it")


def test_one_reader_is_asked_where_the_arithmetic_holds() -> None:
    report = report_of("water2023-pdf-strokes")
    assert report.readers == ("pdfium",)
    assert {o.reader for o in report.observations} == {"pdfium"}


def test_pictures_without_recognition_are_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(extract, "READERS", extract.READERS | {"ocr": no_recognition})
    with pytest.raises(NoTextLayer, match="the pages are pictures without text; install it"):
        report_of("civil2022-scan")


def test_doubtful_pages_without_recognition_stay_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "recognise_pages", no_recognition)
    report = report_of("finance2022-pdf-no-unicode-map")
    assert report.verdict is not Verdict.ACCEPTED
    assert any("were not read from their pictures" in reason for reason in report.reasons)


@needs_recognition
def test_a_page_with_a_wrong_text_layer_is_read_from_its_picture() -> None:
    report = report_of("forestry2023-scan-wrong-text")
    assert report.readers[:2] == ("ocr", "pdfium")
    assert {o.reader for o in report.observations} == {"ocr"}
    assert not any(check.is_broken for check in report.checks)


@needs_recognition
def test_a_scan_is_read_from_its_pictures() -> None:
    report = report_of("civil2022-scan")
    assert report.readers == ("ocr",)
    assert report.year == 2022
    assert not any(check.is_broken for check in report.checks)
