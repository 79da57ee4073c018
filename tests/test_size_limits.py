"""Documents that are too large to be reports are refused before they cost time and memory."""

import pytest

import extract
from benchmarks.hostile.archive_traps import docx_of
from extract.errors import TooLarge
from extract.grid_limits import MAX_COLUMNS, MAX_ROWS
from extract.size_limits import MAX_ATTRIBUTES, MAX_CHARACTERS, MAX_LINES, MAX_TAGS

HEAD = b'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><p>'


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (HEAD + b"<br>" * MAX_TAGS, f"more than {MAX_TAGS}"),
        (HEAD + b"<i" + b" a" * MAX_ATTRIBUTES * 2 + b">", f"more than {MAX_ATTRIBUTES}"),
        (docx_of(b"<w:p/>" * MAX_TAGS), f"more than {MAX_TAGS}"),
        (b"a\n" * (MAX_LINES + 1), f"{MAX_LINES + 2} lines"),
        ("规章\t0\n".encode() * (MAX_ROWS + 1), f"more than {MAX_ROWS} rows"),
        (b"| 0 " * (MAX_COLUMNS + 2), f"{MAX_COLUMNS} columns"),
        (b"ab" * (MAX_CHARACTERS // 2 + 1), f"{MAX_CHARACTERS + 2} characters"),
    ],
)
def test_more_than_any_report_has_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(TooLarge, match=problem):
        extract.read_bytes(data, "a")


def test_many_words_within_an_attribute_are_no_attributes() -> None:
    page = HEAD + b'<i title="' + b"words = " * MAX_ATTRIBUTES + b'">text</i>'
    assert [block.text for block in extract.read_bytes(page, "a").blocks] == ["text"]


def test_the_limit_itself_is_read() -> None:
    assert len(extract.read_bytes("政\n".encode() * (MAX_LINES - 1), "a").blocks) == MAX_LINES - 1
