"""What the program says of files and addresses that it cannot use, in the language of a page.

Messages are written in English, most as `problem; remedy`. Each of the two parts is looked up by
itself in `messages.toml`; what is not there stays as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

SEPARATOR = "; "
CHINESE_SEPARATOR = "；"

_PART = re.compile(r"\\\{(\w+)\\\}")
Patterns = tuple[tuple[re.Pattern[str], str], ...]


def message_in_words(message: str, language: str) -> str:
    """A message by its problem and its remedy, else as a whole, else the problem that is known."""
    if language == "en":
        return message
    parts = [
        (_translated(problem, "problems"), remedy, _translated(remedy, "remedies"))
        for problem, remedy in _splits(message)
    ]
    for said, _, advice in parts:
        if said is not None and advice is not None:
            return f"{said}{CHINESE_SEPARATOR}{advice}"
    if (whole := _translated(message, "problems")) is not None:
        return whole
    known = [f"{said}{CHINESE_SEPARATOR}{remedy}" for said, remedy, _ in parts if said is not None]
    return known[0] if known else message


def is_in_words(message: str) -> bool:
    """Whether every part of a message has words in Chinese."""
    return _translated(message, "problems") is not None or any(
        _translated(problem, "problems") is not None and _translated(remedy, "remedies") is not None
        for problem, remedy in _splits(message)
    )


def _splits(message: str) -> Iterator[tuple[str, str]]:
    """The message parted at each of its semicolons, the last one first."""
    at = message.rfind(SEPARATOR)
    while at >= 0:
        yield message[:at], message[at + len(SEPARATOR) :]
        at = message.rfind(SEPARATOR, 0, at)


def _translated(text: str, key: str) -> str | None:
    for pattern, chinese in patterns("messages.toml", key):
        if found := pattern.fullmatch(text):
            return chinese.format(**found.groupdict())
    return None


@cache
def patterns(file: str, key: str) -> Patterns:
    """Patterns of English phrases with what they are in Chinese."""
    text = (resources.files("explore") / file).read_text(encoding="utf-8")
    return tuple(
        (re.compile(_PART.sub(r"(?P<\1>.+?)", re.escape(english)), re.DOTALL), chinese)
        for english, chinese in tomllib.loads(text)[key]
    )
