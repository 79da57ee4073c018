"""What a terminal is given of names and texts that were written by others."""

import pytest

from pipeline.plain_text import on_one_line, without_controls


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("报告 2021.pdf", "报告 2021.pdf"),
        ("a\n0 quarantined", r"a\n0 quarantined"),
        ("a\r\tb", r"a\r\tb"),
        ("\x1b[2J\x1b]0;title\x07", r"\x1b[2J\x1b]0;title\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("right\u202eto left", r"right\u202eto left"),
        ("\u200b\u2028\u2029\ufeff", r"\u200b\u2028\u2029\ufeff"),
        ("\udcb1", r"\udcb1"),
        ("　全角 空格\u3000", "　全角 空格\u3000"),
        ("😀 é \u00a0", "😀 é \u00a0"),
        ("", ""),
    ],
)
def test_what_a_terminal_would_obey_is_written_out(text: str, shown: str) -> None:
    assert on_one_line(text) == shown


def test_a_cell_keeps_its_lines() -> None:
    assert without_controls("一\n二\t\x1b[31m三") == "一\n二\t\\x1b[31m三"
