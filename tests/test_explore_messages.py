"""What is wrong with a file or an address, said in Chinese on pages in Chinese."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from explore.messages import is_in_words, message_in_words
from explore.reasons import reason_in_words

ROOT = Path(__file__).parents[1]
KINDS = {
    *("UnknownKind", "EmptyFile", "BrokenFile", "EncryptedFile", "NotShown", "NoTextLayer"),
    *("TooLarge", "ReaderMissing", "WrongReader", "BadAddress", "NotThere", "NotDrawn"),
}
CJK = re.compile("[一-鿿]")


def _to_text(node: ast.expr) -> str | None:
    """A literal with `x` for each of its parts; None for what is no literal."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = [p.value if isinstance(p, ast.Constant) else "x" for p in node.values]
        return "".join(map(str, parts))
    return None


def _raised() -> Iterator[str]:
    """The messages that extract and explore raise, as far as they are written where they are."""
    for folder in ("extract", "explore"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                said = [_to_text(argument) for argument in node.args]
                if name in KINDS and said[0] not in (None, "x"):
                    yield "; ".join(p for p in said if p and p != "x").replace("knownx", "known")


def _judged() -> Iterator[str]:
    """Why documents are taken for no report."""
    tree = ast.parse((ROOT / "normalize" / "verdicts.py").read_text(encoding="utf-8"))
    within = {id(p) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for p in n.values}
    for node in ast.walk(tree):
        whole = isinstance(node, ast.expr) and id(node) not in within
        said = _to_text(node) if whole else None
        if said and re.match("(not a|not one|a |no annual|news|the blank).*report", said):
            yield said.replace("{}", "x")


@pytest.mark.parametrize("message", sorted({*_raised(), *_judged()}))
def test_every_message_has_words_in_chinese(message: str) -> None:
    assert is_in_words(message)
    assert CJK.search(message_in_words(message, "zh"))


@pytest.mark.parametrize(
    ("message", "chinese"),
    [
        ("the file is empty; fetch it again", "文件是空的；请重新下载"),
        (
            "the page holds no report, it only names files: a.pdf; b.pdf; fetch these files",
            "网页没有报告正文，只列出文件：a.pdf; b.pdf；请下载这些文件",
        ),
        (
            "not a report: only 12 characters of text; check that the whole page was downloaded",
            "不是报告：只有 12 个字符；请核对网页是否下载完整",
        ),
        ("the file is empty; ask the agency", "文件是空的；ask the agency"),
        ("some new message; do this", "some new message; do this"),
        ("there is no such report", "没有这份报告"),
        ("{0} {braces}; %s", "{0} {braces}; %s"),
        ("", ""),
    ],
)
def test_messages(message: str, chinese: str) -> None:
    assert message_in_words(message, "zh") == chinese
    assert message_in_words(message, "en") == message


def test_why_a_file_is_quarantined_is_said_on_its_page_in_chinese() -> None:
    reason = "the PDF is encrypted and asks for a password; save a copy without one"
    assert reason_in_words(reason, "zh") == "PDF 已加密，需要密码；请另存一份无密码的"


@pytest.mark.parametrize(
    ("note", "chinese"),
    [
        ("page 3 is a picture without text", "第 3 页是没有文字层的图片"),
        ("page 2 holds a picture over 61% of its area", "第 2 页有图片占版面的 61%"),
        ("the encoding is a guess: big5", "编码是推测的：big5"),
    ],
)
def test_notes_of_readers_are_said_in_chinese(note: str, chinese: str) -> None:
    assert reason_in_words(note, "zh") == chinese
    assert reason_in_words(note, "en") == note
